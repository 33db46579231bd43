"""The files of a project and of the base resume: loaded in one short transaction, rendered outside of it."""

import asyncio
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePath

from sqlalchemy.orm import Session

from config.database import Database, in_transaction
from models.project import Project
from schemas.resume_schemas import ResumeData
from services import project_service, resume_service
from services.document_reading import PDF
from services.errors import SkillMapError
from services.file_storage import FileStorage
from services.page_budget import growth_warnings
from services.pages.images import page_count
from services.pdf_service import PdfConverter
from services.resume_document import ResumeTemplate, WrittenResume, write_resume

MAX_FILE_NAME = 120


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file and the name it is offered under; what could not be written into it is in `warnings`."""

    content: bytes
    name: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedPdf:
    """A PDF, and the lines in it that differ from the upload."""

    content: bytes
    changed_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _DocumentParts:
    """What a tailored document is made of."""

    template: ResumeTemplate
    current: ResumeData
    name: str


class DocumentService:
    """Makes files. Made once in the lifespan."""

    def __init__(self, database: Database, storage: FileStorage, converter: PdfConverter) -> None:
        """Put the parts together."""
        self._database = database
        self._storage = storage
        self._converter = converter

    async def project_docx(self, user_id: int, project_id: int, *, tracked: bool = False) -> NamedFile:
        """The person's own Word file with the resume as it now stands. Raises NotFound, NoBaseResume."""
        parts = await in_transaction(self._database.read_sessions, load_parts, project_id, user_id)
        written = await asyncio.to_thread(self._write, parts, tracked)
        return NamedFile(written.content, f"{parts.name}.docx", written.warnings)

    async def project_pdf(self, user_id: int, project_id: int) -> NamedFile:
        """LibreOffice's rendering of that very file, which says if it has become longer. Raises also the PDF errors."""
        parts = await in_transaction(self._database.read_sessions, load_parts, project_id, user_id)
        written = await asyncio.to_thread(self._write, parts, tracked=False)
        pdf = await self._as_pdf(user_id, NamedFile(written.content, f"{parts.name}.docx", written.warnings))
        grown = await self._growth(user_id, parts.template, pdf.content) if written.changed_lines else ()
        return replace(pdf, warnings=(*pdf.warnings, *grown))

    async def marked_pdf(self, user_id: int, project_id: int) -> MarkedPdf:
        """The same rendering with the lines that were changed. Raises also the PDF errors."""
        parts = await in_transaction(self._database.read_sessions, load_parts, project_id, user_id)
        written = await asyncio.to_thread(self._write, parts, tracked=False)
        content = await self._converter.convert_async(written.content, owner=str(user_id))
        return MarkedPdf(content, written.changed_lines)

    async def base_docx(self, user_id: int) -> NamedFile:
        """The uploaded Word file, or the one we made of a PDF. Raises NotFound."""
        base = await in_transaction(self._database.read_sessions, resume_service.get_base, user_id)
        content = await asyncio.to_thread(self._storage.read, base.template_path)
        return NamedFile(content, f"{PurePath(base.file_name).stem}.docx")

    async def base_pdf(self, user_id: int) -> NamedFile:
        """The uploaded PDF as it is, or LibreOffice's rendering of the Word file. Raises also the PDF errors."""
        base = await in_transaction(self._database.read_sessions, resume_service.get_base, user_id)
        if base.metadata_["file_type"] == PDF:
            return NamedFile(await asyncio.to_thread(self._storage.read, base.file_path), base.file_name)
        return await self._as_pdf(user_id, await self.base_docx(user_id))

    async def cover_letter_docx(self, user_id: int, project_id: int) -> NamedFile:
        """The cover letter as a Word file. Raises NotFound, NotTailored."""
        letter = await in_transaction(self._database.read_sessions, load_letter, project_id, user_id)
        content = await asyncio.to_thread(_letter_docx, letter)
        return NamedFile(content, f"{letter.name}.docx")

    async def cover_letter_pdf(self, user_id: int, project_id: int) -> NamedFile:
        """The cover letter as a PDF. Raises also the PDF errors."""
        return await self._as_pdf(user_id, await self.cover_letter_docx(user_id, project_id))

    def _write(self, parts: _DocumentParts, tracked: bool) -> WrittenResume:
        file = self._storage.read(parts.template.stored_name)
        return write_resume(file, parts.template, parts.current, tracked_at=datetime.now(UTC) if tracked else None)

    async def _growth(self, user_id: int, template: ResumeTemplate, pdf: bytes) -> tuple[str, ...]:
        """What to tell if a PDF has more pages than the document it was made from; nothing where nobody knows."""
        original = await asyncio.to_thread(self._storage.read, template.stored_name)
        try:
            before = await self._converter.convert_async(original, owner=str(user_id))
        except SkillMapError:
            return ()
        return growth_warnings(await asyncio.to_thread(page_count, before), await asyncio.to_thread(page_count, pdf))

    async def _as_pdf(self, user_id: int, document: NamedFile) -> NamedFile:
        content = await self._converter.convert_async(document.content, owner=str(user_id))
        return NamedFile(content, f"{PurePath(document.name).stem}.pdf", document.warnings)


def load_parts(session: Session, project_id: int, user_id: int) -> _DocumentParts:
    """What a project's document is made of. Raises NotFound, NoBaseResume."""
    project = project_service.get_owned(session, project_id, user_id)
    base = project_service.require_base(session, project)
    template = ResumeTemplate.of(base)
    current = project_service.current_resume(project, base) or template.resume
    return _DocumentParts(template, current, name=document_name(current.personal_info.name, project))


@dataclass(frozen=True, slots=True)
class Letter:
    """A cover letter and who signs it."""

    text: str
    sender: ResumeData
    name: str


def load_letter(session: Session, project_id: int, user_id: int) -> Letter:
    """The cover letter of a project. Raises NotFound, NotTailored."""
    project = project_service.get_owned(session, project_id, user_id)
    data = project_service.require_tailored(project)
    name = document_name(data.resume.personal_info.name, project)
    return Letter(data.cover_letter, data.resume, f"{name} - cover letter")


def _letter_docx(letter: Letter) -> bytes:
    from services.letter_document import build_letter  # python-docx is slow to import

    return build_letter(letter.text, letter.sender.personal_info)


def document_name(person: str, project: Project) -> str:
    """A file name of person, company and position, without what file systems and headers choke on."""
    parts = [part for part in (person, project.company_name, project.position) if part]
    name = unicodedata.normalize("NFC", " - ".join(parts) or project.project_name)
    name = re.sub(r"[\x00-\x1f\x7f<>:\"/\\|?*;%\u2028\u2029\u200e\u200f\u202a-\u202e\ud800-\udfff]+", " ", name)
    return re.sub(r"\s+", " ", name).strip(" .")[:MAX_FILE_NAME].strip(" .") or "resume"
