"""Every error that a caller can see: a class with a status, a stable code and a message for a person.

Knows no HTTP library; `middleware/error_handlers.py` renders these. No message holds a path, SQL or vendor text.
"""

from collections.abc import Iterator
from typing import ClassVar


class SkillMapError(Exception):
    """Base of all errors that a caller may see."""

    status_code: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    message: str = "Something went wrong on our side. Please try again."

    def __init__(
        self,
        message: str | None = None,
        *,
        details: dict[str, object] | None = None,
        retry_after: int | None = None,
    ) -> None:
        """`details` are added to the JSON body (balance, required …); `retry_after` is in seconds."""
        if message is not None:
            self.message = message
        self.details = details or {}
        self.retry_after = retry_after
        super().__init__(self.message)


def error_of_code(code: str, message: str) -> SkillMapError:
    """The error of that code again, after a trip through another process or a stored event."""

    def descendants(kind: type[SkillMapError]) -> Iterator[type[SkillMapError]]:
        for child in kind.__subclasses__():
            yield child
            yield from descendants(child)

    known = {kind.code: kind for kind in descendants(SkillMapError)}
    return known.get(code, SkillMapError)(message)


# --- Who is asking ---


class NotAuthenticated(SkillMapError):
    status_code, code = 401, "not_authenticated"
    message = "Please log in: the access token is missing, invalid or expired."


class InvalidCredentials(SkillMapError):
    status_code, code = 401, "invalid_credentials"
    message = "E-mail or password is wrong."


class WrongPassword(InvalidCredentials):
    """A 403: the token is good, and a front end must not log the person out."""

    status_code, code = 403, "wrong_password"
    message = "The current password is wrong."


class EmailTaken(SkillMapError):
    status_code, code = 409, "email_taken"
    message = "An account with this e-mail address exists already. Please log in."


class RateLimited(SkillMapError):
    status_code, code = 429, "rate_limited"
    message = "Too many requests. Please wait a moment and try again."


class GoogleNotConfigured(SkillMapError):
    status_code, code = 503, "google_not_configured"
    message = "Signing in with Google is not set up on this server."


class GoogleUnavailable(SkillMapError):
    status_code, code = 503, "google_unavailable"
    message = "Google could not be reached. Please try again in a moment."


class InvalidGoogleToken(SkillMapError):
    status_code, code = 401, "invalid_google_token"
    message = "Google did not confirm this sign-in. Please try again."


# --- What is asked for ---


class NotFound(SkillMapError):
    status_code, code = 404, "not_found"
    message = "There is nothing here, or it is not yours."


class NotReady(SkillMapError):
    status_code, code = 503, "not_ready"
    message = "The server cannot do its work at the moment. Please try again later."


class InvalidRequest(SkillMapError):
    status_code, code = 422, "invalid_request"
    message = "The request could not be understood."


class NoBaseResume(SkillMapError):
    status_code, code = 409, "no_base_resume"
    message = "Please upload a resume first."


class NotTailored(SkillMapError):
    status_code, code = 404, "not_tailored"
    message = "This project has not been tailored yet. Start a tailoring run first."


class RunInProgress(SkillMapError):
    status_code, code = 409, "run_in_progress"
    message = "A tailoring run is already in progress for this project."


class TooManyRuns(SkillMapError):
    status_code, code = 429, "too_many_runs"
    message = "You have several tailoring runs in progress. Please wait until one of them is done."


class RequestRefused(SkillMapError):
    status_code, code = 422, "request_refused"
    message = "The request was refused; nothing was charged."


class RunCancelled(SkillMapError):
    status_code, code = 409, "run_cancelled"
    message = "The run was cancelled."


class RunInterrupted(SkillMapError):
    status_code, code = 503, "run_interrupted"
    message = "The server stopped during the run. Nothing was charged; please start it again."


# --- Documents ---


class UnreadableDocument(SkillMapError):
    """Base of all refusals of an uploaded file; subclasses say what it is and what to do."""

    status_code, code = 422, "unreadable_document"
    message = "The file could not be read. Please upload a .docx or .pdf file."


class UploadTooLarge(SkillMapError):
    status_code, code = 413, "upload_too_large"
    message = "The file is too large."


class UnsupportedFileType(UnreadableDocument):
    status_code, code = 415, "unsupported_file_type"
    message = "This is no Word document (.docx), no PDF and no JSON Resume. Please upload one of these."


class EmptyFile(UnreadableDocument):
    code = "empty_file"
    message = "The file is empty. Please choose the file again."


class EncryptedDocument(UnreadableDocument):
    code = "encrypted_document"
    message = "The file is protected by a password. Please remove the protection and upload it again."


class LegacyDocument(UnreadableDocument):
    code = "legacy_document"
    message = "This is an old Word file (.doc). Please save it as .docx and upload it again."


class CorruptDocument(UnreadableDocument):
    code = "corrupt_document"
    message = "The file is damaged. Please open it in Word, save it anew and upload it again."


class MacroDocument(UnreadableDocument):
    code = "macro_document"
    message = "The file contains macros. Please save it as a plain .docx and upload it again."


class DocumentTooComplex(UnreadableDocument):
    code = "document_too_complex"
    message = (
        "The document is too large or too complex for a resume. "
        "Please upload one of at most 30 pages, without large things embedded in it."
    )


class InvalidJsonResume(UnreadableDocument):
    code = "invalid_json_resume"
    message = "The file is not a JSON Resume (see jsonresume.org)."


class NoTextInDocument(UnreadableDocument):
    code = "no_text_in_document"
    message = (
        "No text was found: the file seems to be a scan or a picture. "
        "Please upload the original Word file or a PDF with text."
    )


class PdfUnavailable(SkillMapError):
    status_code, code = 503, "pdf_unavailable"
    message = (
        "PDFs need LibreOffice, which is not installed on this server "
        "(apt-get install --no-install-recommends libreoffice-writer-nogui). The Word file can be downloaded."
    )


class PdfTimeout(SkillMapError):
    status_code, code = 504, "pdf_timeout"
    message = "The PDF could not be made in time from this document. The Word file can be downloaded."


class PdfFailed(SkillMapError):
    status_code, code = 502, "pdf_failed"
    message = "LibreOffice could not make a PDF from this document. The Word file can be downloaded."


class PdfBusy(SkillMapError):
    status_code, code = 503, "pdf_busy"
    message = "Too many PDFs are being made right now. Please try again in a moment."


READING_ERRORS = (
    UnreadableDocument,
    UnsupportedFileType,
    EmptyFile,
    EncryptedDocument,
    LegacyDocument,
    CorruptDocument,
    MacroDocument,
    DocumentTooComplex,
    InvalidJsonResume,
    NoTextInDocument,
)
PDF_ERRORS = (PdfUnavailable, PdfBusy, PdfTimeout, PdfFailed)


class StorageFull(SkillMapError):
    status_code, code = 507, "storage_full"
    message = "The server cannot store files at the moment. Nothing was changed; please try again later."


# --- The model ---


class ModelUnavailable(SkillMapError):
    status_code, code = 503, "model_unavailable"
    message = "The language model did not answer. Nothing was charged; please try again in a moment."


class ModelTimeout(ModelUnavailable):
    status_code, code = 504, "model_timeout"
    message = "The language model did not answer in time. Nothing was charged; please try again."


class ModelRefused(SkillMapError):
    status_code, code = 502, "model_refused"
    message = "The language model declined to answer this request. Nothing was charged."


class ModelAnswerInvalid(SkillMapError):
    status_code, code = 502, "model_answer_invalid"
    message = "The language model gave an answer that could not be used. Nothing was charged; please try again."


# --- Money ---


class InsufficientCredits(SkillMapError):
    status_code, code = 402, "insufficient_credits"
    message = "There are not enough credits for this. Please top up."


class UnknownPackage(SkillMapError):
    status_code, code = 422, "unknown_package"
    message = "There is no such credit package."


class PaymentMismatch(SkillMapError):
    status_code, code = 400, "payment_mismatch"
    message = "What was paid is not what was ordered. Nothing was credited; please contact support."


class InvalidPaymentMetadata(SkillMapError):
    status_code, code = 400, "invalid_payment_metadata"
    message = "The payment does not say who bought how many credits."


class UnknownPayer(SkillMapError):
    status_code, code = 404, "unknown_user"
    message = "The person who paid has no account (any more)."


class InvalidWebhook(SkillMapError):
    status_code, code = 400, "invalid_webhook"
    message = "This is not a webhook that the payment service signed for us."


class IdempotencyKeyReused(SkillMapError):
    status_code, code = 409, "idempotency_key_reused"
    message = "This Idempotency-Key was used for another order. Please send a new one."


class DatabaseBusy(SkillMapError):
    status_code, code = 503, "database_busy"
    message = "The server is busy. Please try again in a moment."


class PaymentsNotConfigured(SkillMapError):
    status_code, code = 503, "payments_not_configured"
    message = "Payments are not set up on this server."


class PaymentsUnavailable(SkillMapError):
    status_code, code = 503, "payments_unavailable"
    message = "The payment service could not be reached. Please try again in a moment."


class PaymentsRejected(SkillMapError):
    status_code, code = 502, "payments_rejected"
    message = "The payment service did not accept the request. Our team has been informed through the log."
