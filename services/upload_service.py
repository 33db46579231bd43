"""An upload from bytes to base resume: stored, read in a child process, understood by the model, anchored, saved."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from sqlalchemy.orm import Session

from config.database import Database, in_transaction
from config.settings import Settings
from models.base_resume import BaseResume
from schemas.upload_schemas import BaseResumeRead
from services import user_service
from services.document_reading import DOCX, JSON_RESUME, PDF, ReadDocument, read_document
from services.errors import SkillMapError, UploadTooLarge
from services.file_storage import PART, FileStorage
from services.model_client import ModelClient
from services.resume_extractor import ExtractedResume, extract_resume
from services.resume_sources import ResumeSources
from services.run_events import Event
from services.value_locator import locate_values

logger = logging.getLogger(__name__)

CHUNK = 64 * 1024
NOTICES = {
    PDF: "A PDF's design cannot be edited: your resume will be written into a clean template. "
    "Upload the Word file to keep your own design.",
    JSON_RESUME: "A JSON Resume has no design of its own: your resume will be written into a clean template.",
}

MAX_FILE_NAME = 255

Progress = Callable[[str, str, int], None]
"""Called with step, message and percent."""


def _no_progress(_step: str, _message: str, _percent: int) -> None:
    """For callers who only want the result."""


@dataclass(frozen=True, slots=True)
class _Template:
    """A DOCX to write into: its stored name, where values stand in it, and the template check for the person."""

    file_path: str
    sources: ResumeSources
    check: dict[str, Any]


class UploadService:
    """Takes uploads. Made once in the lifespan."""

    def __init__(self, database: Database, storage: FileStorage, model: ModelClient, settings: Settings) -> None:
        """Put the parts together."""
        self._database = database
        self._storage = storage
        self._model = model
        self._settings = settings
        self._going_on: set[asyncio.Task[BaseResumeRead]] = set()

    async def stream(self, user_id: int, file_name: str | None, file: BinaryIO) -> AsyncIterator[Event]:
        """The same as `upload`, as events: `status` for each step, then `final` or `error`.

        The work goes on when the listener hangs up: stopped half-way, a thread would leave its file behind.
        """
        steps: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

        def report(step: str, message: str, percent: int) -> None:
            steps.put_nowait({"type": "status", "step": step, "message": message, "percent": percent})

        work = asyncio.create_task(self.upload(user_id, file_name, file, report))
        self._going_on.add(work)
        work.add_done_callback(self._going_on.discard)
        work.add_done_callback(lambda _: steps.put_nowait(None))
        sequence = 0
        while (status := await steps.get()) is not None:
            sequence += 1
            yield Event(sequence, "status", status)
        yield Event(sequence + 1, *_ending(work))

    async def upload(
        self, user_id: int, file_name: str | None, file: BinaryIO, progress: Progress = _no_progress
    ) -> BaseResumeRead:
        """Make an uploaded file the person's base resume. A refused or failed upload leaves no file and no row.

        Raises UploadTooLarge, StorageFull, a kind of UnreadableDocument, or a model error.
        """
        progress("store", "Receiving the file", 5)
        stored = [await asyncio.to_thread(self._store, file)]
        try:
            progress("read", "Reading the document", 20)
            document = await asyncio.to_thread(read_document, self._storage.path(stored[0]))
            progress("extract", "Understanding your resume", 40)
            extracted = await self._understand(document)
            stored[0] = await asyncio.to_thread(self._storage.rename, stored[0], suffix=f".{document.kind}")
            progress("template", "Preparing your template", 80)
            template = await asyncio.to_thread(self._template, stored[0], document, extracted)
            stored.append(template.file_path)
            progress("save", "Saving", 95)
            return await in_transaction(
                self._database.sessions,
                insert_base_resume,
                BaseResume(
                    user_id=user_id,
                    file_name=shown_name(file_name),
                    file_path=stored[0],
                    template_path=template.file_path,
                    extracted_data=extracted.resume.model_dump(),
                    sources=template.sources.to_json(),
                    metadata_=self._metadata(document, extracted, template),
                ),
            )
        except BaseException:
            await asyncio.to_thread(self._storage.delete, *stored)
            raise

    async def _understand(self, document: ReadDocument) -> ExtractedResume:
        """The resume in a document; a JSON Resume says itself what is what."""
        if document.resume is not None:
            return ExtractedResume(document.resume, {}, [])
        return await extract_resume(document.text, self._model)

    def _store(self, file: BinaryIO) -> str:
        return self._storage.write(self._limited(file), suffix=PART)

    def _limited(self, file: BinaryIO) -> Iterator[bytes]:
        received = 0
        while chunk := file.read(CHUNK):
            received += len(chunk)
            if received > self._settings.MAX_UPLOAD_SIZE:
                limit = self._settings.MAX_UPLOAD_SIZE / 1024 / 1024
                raise UploadTooLarge(f"The file is larger than {limit:g} MB. Please upload a smaller one.")
            yield chunk

    def _template(self, stored: str, document: ReadDocument, extracted: ExtractedResume) -> _Template:
        """The DOCX that texts are written into, where each value stands in it, and how far it can be edited."""
        if document.kind == DOCX:
            return _Template(stored, ResumeSources.collect(document.text, extracted.spans), document.template)
        from services.docx.clean_template import TemplateStyle, build_clean_docx
        from services.docx.reader import read_docx
        from services.docx.template_check import check_template

        content = build_clean_docx(extracted.resume, TemplateStyle(**document.typography))
        text = read_docx(content)
        sources = ResumeSources.collect(text, locate_values(extracted.resume, text))
        return _Template(self._storage.write([content], suffix=".docx"), sources, asdict(check_template(content)))

    def _metadata(self, document: ReadDocument, extracted: ExtractedResume, template: _Template) -> dict[str, Any]:
        warnings = [*document.text.warnings, *extracted.warnings]
        if document.kind in NOTICES:
            warnings.insert(0, NOTICES[document.kind])
        if document.text.hidden_text:
            warnings.append("The document holds hidden text, which was ignored.")
        return {
            "file_type": document.kind,
            "lines": len(document.text.lines) or template.check["total_lines"],
            "pages": max((line.page for line in document.text.lines), default=1),
            "constructs": list(document.text.constructs),
            "template": template.check,
            "hidden_text": list(document.text.hidden_text)[:20],
            "model": self._model.name,
            "warnings": warnings,
        }


def insert_base_resume(session: Session, resume: BaseResume) -> BaseResumeRead:
    """Save a base resume. Raises NotAuthenticated when the account was deleted while the file was being read."""
    user_service.get_user(session, resume.user_id, keep=True)
    session.add(resume)
    session.flush()
    return BaseResumeRead.of(resume)


def shown_name(file_name: str | None) -> str:
    """The upload's own name for showing it: no folders, no control characters, never used as a path."""
    name = re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", "", (file_name or "").replace("\\", "/").rpartition("/")[2]).strip()
    return name[-MAX_FILE_NAME:] or "resume"


def _ending(work: asyncio.Task[BaseResumeRead]) -> tuple[str, dict[str, Any]]:
    """The last event of an upload that is done."""
    error = work.exception()
    if error is None:
        resume = work.result()
        data = resume.extracted_data.model_dump(mode="json")
        metadata = {**resume.metadata, "resume_json": data}
        return "final", {
            "type": "final",
            "success": True,
            "id": resume.id,
            "file_name": resume.file_name,
            "resume_json": data,
            "metadata": metadata,
            "warnings": resume.warnings,
        }
    if not isinstance(error, SkillMapError):
        logger.error("upload_crashed", exc_info=error)
        error = SkillMapError()
    return "error", {"type": "error", "error": error.code, "message": error.message}
