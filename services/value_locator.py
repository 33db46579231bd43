"""Finds the values of a resume in a document that was made from it, in reading order; for our own template only.

Uploaded Word files need no search: their extraction says where each value came from.
"""

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
        for path, text in sorted(values, key=lambda value: -len(value[1])):  # long texts are unmistakable
            span = _find(document, text, first, taken)
            if span is not None:
                found[path] = span
                taken.setdefault(span.line, []).append((span.start, span.end))
        own = [found[path].line for path, _ in values if path in found]
        starts[section] = max(own, default=first) if section != "personal_info" else first
    return found


def _find(document: DocumentText, text: str, first: int, taken: dict[int, list[tuple[int, int]]]) -> SourceSpan | None:
    """The first free place of the text from that line on; a line that is the text wins over one that contains it."""
    wanted = " ".join(text.split())
    lines = [line for line in document.lines if line.number >= first]
    for line in lines:
        if line.text.strip() == wanted and line.number not in taken:
            start = line.text.index(wanted)
            return SourceSpan(line.number, start, start + len(wanted), line.number)
    for line in lines:
        start = line.text.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            if all(end <= left or right <= start for left, right in taken.get(line.number, [])):
                return SourceSpan(line.number, start, end, line.number)
            start = line.text.find(wanted, start + 1)
    return None
