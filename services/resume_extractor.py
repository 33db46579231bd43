"""Understands a resume: contact data is cut out, the model structures numbered lines, code checks every word of it."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from schemas.model_outputs import ResumeExtraction
from schemas.resume_schemas import ResumeData
from services.contact_details import find_contact_details, redact_lines
from services.document_text import DocumentText, TextLine, render_numbered
from services.errors import ModelAnswerInvalid
from services.model_client import AnswerTruncated, ModelClient, UsageMeter
from services.resume_assembly import SourceSpan, assemble
from services.resume_language.headings import heading_kind

logger = logging.getLogger(__name__)

FEWEST_LINES = 12  # a part this small that is still cut off is no longer split


@dataclass(frozen=True, slots=True)
class ExtractedResume:
    """A resume, where each value stands in the document, and what the person should know about the reading."""

    resume: ResumeData
    spans: dict[str, SourceSpan]
    warnings: list[str]


async def extract_resume(document: DocumentText, model: ModelClient) -> ExtractedResume:
    """Read a document's lines as a resume. Free of charge. Raises the model errors."""
    contact = await asyncio.to_thread(find_contact_details, document.lines)
    redacted = await asyncio.to_thread(redact_lines, document.lines, contact)
    extraction = await _extract(redacted, model)
    assembled = await asyncio.to_thread(assemble, document, extraction, contact)
    if assembled.dropped:
        logger.warning("extraction_not_verbatim dropped=%d", len(assembled.dropped))
    warnings = list(assembled.warnings)
    if assembled.dropped:
        warnings.append(f"{len(assembled.dropped)} values were not found word for word in the document and left out.")
    return ExtractedResume(assembled.resume, assembled.sources, warnings)


async def _extract(lines: list[TextLine], model: ModelClient) -> ResumeExtraction:
    """One call; when the answer is cut off (a long career), one for each half."""
    payload = {"lines": render_numbered(lines)}
    try:
        return await model.structured(ResumeExtraction, "extract_resume", payload, UsageMeter())
    except AnswerTruncated as error:
        if len(lines) < FEWEST_LINES:
            raise ModelAnswerInvalid from error
        middle = _middle(lines)
        rest = [*_section_of(lines, middle), *lines[middle:]]
        halves = await asyncio.gather(_extract(lines[:middle], model), _extract(rest, model))
        return _joined(*halves)


def _middle(lines: list[TextLine]) -> int:
    """Where to cut: at the heading nearest to the middle, else where an entry begins, behind the points of another."""
    middle, reach = len(lines) // 2, len(lines) // 4
    near = range(max(1, middle - reach), min(len(lines), middle + reach + 1))
    headings = [index for index in near if lines[index].heading]
    entries = [index for index in near if _is_point(lines[index - 1]) and not _is_point(lines[index])]
    return min(headings or entries, key=lambda index: abs(index - middle), default=middle)


def _is_point(line: TextLine) -> bool:
    return line.list_level is not None or bool(line.marker)


def _section_of(lines: list[TextLine], start: int) -> list[TextLine]:
    """The heading of the section that goes on at a line, which would else be read without it."""
    if heading_kind(lines[start].text) is not None:
        return []
    headings = [line for line in lines[:start] if line.heading and heading_kind(line.text) is not None]
    return headings[-1:]


def _joined(first: ResumeExtraction, second: ResumeExtraction) -> ResumeExtraction:
    joined: dict[str, Any] = {}
    for name in ResumeExtraction.model_fields:
        one, other = getattr(first, name), getattr(second, name)
        joined[name] = [*one, *other] if isinstance(one, list) else one or other
    joined["section_order"] = list(dict.fromkeys(joined["section_order"]))
    return ResumeExtraction.model_validate(joined)
