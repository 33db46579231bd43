"""Finds the values of a resume in a document that was made from it, in reading order; for our own template only.

Uploaded Word files need no search: their extraction says where each value came from.
"""

import re

from schemas.resume_schemas import ResumeData
from services.document_text import DocumentText
from services.resume_assembly import SourceSpan
from services.resume_paths import entry_path, walk_texts


def locate_values(resume: ResumeData, document: DocumentText) -> dict[str, SourceSpan]:
    """The span of each value. Values of one entry are looked for from where the entry before it ended."""
    by_entry: dict[str, list[tuple[str, str]]] = {}
    for path, text in walk_texts(resume):
        by_entry.setdefault(entry_path(path), []).append((path, text))
    found: dict[str, SourceSpan] = {}
    taken: dict[int, list[tuple[int, int]]] = {}
    starts: dict[str, int] = {}
    for entry, values in by_entry.items():
        section = entry.partition("[")[0]
        first = starts.get(section, 0)
        near: int | None = None
        for path, text in sorted(values, key=lambda value: -len(value[1])):
            span = _find_lines(document, text) if "\n" in text else None
            span = span or _find(document, text, first, near, taken)
            if span is not None:
                found[path] = span
                for line in document.lines[span.line - 1 : span.last_line]:
                    end = span.end if line.number == span.last_line else len(line.text)
                    taken.setdefault(line.number, []).append((span.start, end))
                # The longest text of an entry is unmistakable; a year or a town is looked for around it.
                near = span.line if near is None and entry != "personal_info" else near
        own = [found[path].line for path, _ in values if path in found]
        starts[section] = max(own, default=first) if section != "personal_info" else first
    return found


def _find(
    document: DocumentText, text: str, first: int, near: int | None, taken: dict[int, list[tuple[int, int]]]
) -> SourceSpan | None:
    """A free place of the text from line `first` on: the nearest to line `near`, else the first.

    Without `near` a line that is the text wins over one that contains it.
    """
    wanted = " ".join(text.split())
    places = [
        SourceSpan(line.number, start, start + len(wanted), line.number)
        for line in document.lines
        if line.number >= first
        for start in _starts(line.text, wanted)
        if all(start + len(wanted) <= left or right <= start for left, right in taken.get(line.number, []))
    ]
    if near is not None:
        return min(places, key=lambda place: abs(place.line - near), default=None)
    lines = {line.number: line.text.strip() for line in document.lines}
    return min(places, key=lambda place: lines[place.line] != wanted, default=None)


def _find_lines(document: DocumentText, text: str) -> SourceSpan | None:
    """The lines below one another that hold a text of several lines."""
    wanted = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    for first in range(len(document.lines) - len(wanted) + 1):
        lines = document.lines[first : first + len(wanted)]
        if all(line.text == said.removeprefix(line.marker).lstrip() for line, said in zip(lines, wanted, strict=True)):
            return SourceSpan(lines[0].number, 0, len(lines[-1].text), lines[-1].number) if lines else None
    return None


def _starts(line: str, wanted: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(wanted), line)] if wanted else []
