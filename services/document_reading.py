"""Reads an uploaded file in a child process with limits on memory and time: a hostile document harms only its reader.

The child gets the file and answers with JSON; what it raises comes back as the error of the same code.
"""

import json
import logging
import re
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from schemas.resume_schemas import MAX_RESUME_LENGTH, ResumeData
from services import errors
from services.document_text import Anchor, DocumentText, Link, TextLine
from services.errors import (
    DocumentTooComplex,
    EmptyFile,
    SkillMapError,
    UnreadableDocument,
    error_of_code,
)
from services.foreign_files import refusal_by_beginning

logger = logging.getLogger(__name__)

MEMORY_LIMIT_BYTES = 1024 * 1024 * 1024
TIME_LIMIT_SECONDS = 20
MAX_LINES = 3_000  # sixty full pages of one column
_JSON_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{(?!\\rtf)")
ROOT = Path(__file__).resolve().parent.parent

DOCX, PDF, JSON_RESUME = "docx", "pdf", "json"


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What was read: the kind of file, its lines, how far its lines can be edited (DOCX), its typography (PDF).

    A JSON Resume has no lines; it is read as the resume that it is.
    """

    kind: str
    text: DocumentText
    template: dict[str, Any]
    typography: dict[str, Any]
    resume: ResumeData | None = None


def read_document(path: Path) -> ReadDocument:
    """Read a stored upload, whatever its name says. Raises UnreadableDocument or one of its kinds."""
    kind = sniff(path)
    command = [sys.executable, "-m", "services.document_reading", kind, str(path)]
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module, a generated file name
            command, capture_output=True, timeout=TIME_LIMIT_SECONDS, check=False, cwd=ROOT, env={"PYTHONUTF8": "1"}
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentTooComplex from error
    try:
        answer = json.loads(child.stdout)
    except ValueError as error:
        raise _explain_death(kind, child) from error
    if "error" in answer:
        raise error_of_code(answer["error"], answer["message"])
    resume = ResumeData.model_validate(answer["resume"]) if answer["resume"] else None
    return ReadDocument(kind, _text_from(answer["text"]), answer["template"], answer["typography"], resume)


def _explain_death(kind: str, child: subprocess.CompletedProcess[bytes]) -> SkillMapError:
    """Why a reader ended without an answer: killed by a limit, tripped over the document, or broken itself."""
    # Of the traceback only the kind of error is logged: its message may quote the document.
    reason = child.stderr.decode(errors="replace").strip().rpartition("\n")[2].partition(":")[0]
    logger.error("document_reader_died kind=%s status=%d reason=%s", kind, child.returncode, reason)
    if reason in ("ImportError", "ModuleNotFoundError"):
        return SkillMapError()
    # Memory errors inside C libraries do not become exceptions: the process is aborted.
    return DocumentTooComplex() if child.returncode < 0 else UnreadableDocument()


def sniff(path: Path) -> str:
    """The kind of file by its content. Raises EmptyFile, UnsupportedFileType or a kind's own refusal."""
    with path.open("rb") as file:
        head = file.read(1024)
    if not head.strip():
        raise EmptyFile
    if b"%PDF-" in head:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):  # zip, or OLE: .doc and encrypted .docx
        return DOCX
    if _JSON_OBJECT.match(head):
        return JSON_RESUME
    raise refusal_by_beginning(head)


def _text_from(stored: dict[str, Any]) -> DocumentText:
    lines = []
    for line in stored["lines"]:
        anchor = Anchor(**line["anchor"]) if line["anchor"] else None
        links = tuple(Link(**link) for link in line["links"])
        lines.append(TextLine(**{**line, "anchor": anchor, "links": links}))
    return DocumentText(
        lines=tuple(lines),
        hidden_text=tuple(stored["hidden_text"]),
        warnings=tuple(stored["warnings"]),
        constructs=tuple(stored["constructs"]),
    )


# --- In the child ---


def _read_in_child(kind: str, path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    template: dict[str, Any] = {}
    typography: dict[str, Any] = {}
    resume: dict[str, Any] | None = None
    if kind == JSON_RESUME:
        from services.json_resume import read_json_resume

        file = read_json_resume(content)
        text = DocumentText(lines=(), warnings=tuple(file.warnings))
        resume = file.resume.model_dump()
    elif kind == DOCX:
        from services.docx.reader import read_docx
        from services.docx.template_check import check_template

        text = _of_sensible_length(read_docx(content))
        template = asdict(check_template(content))
    else:
        from services.pdf_reader import read_pdf, read_typography

        text = read_pdf(content)
        typography = asdict(read_typography(content))
    return {"text": asdict(text), "template": template, "typography": typography, "resume": resume}


def _of_sensible_length(text: DocumentText) -> DocumentText:
    if len(text.lines) > MAX_LINES or sum(len(line.text) for line in text.lines) > MAX_RESUME_LENGTH:
        raise DocumentTooComplex
    return text


def _main(kind: str, path: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT_SECONDS, TIME_LIMIT_SECONDS))
    try:
        answer = _read_in_child(kind, Path(path))
    except errors.SkillMapError as error:
        answer = {"error": error.code, "message": error.message}
    except MemoryError:
        answer = {"error": DocumentTooComplex.code, "message": DocumentTooComplex.message}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _main(*sys.argv[1:3])
