"""Which lines of a resume can hold the person's own contact data. Knows headings, no contact formats."""

from collections.abc import Sequence

from services.document_text import TextLine
from services.resume_language.headings import heading_kind

_UNHEADED_LINES = 10
_CONTACT_LINES = 14
_NEVER_SECTIONS = ("contact", "title")


def contact_zone(lines: Sequence[TextLine]) -> list[TextLine]:
    """Lines above the first section and lines under a contact heading, in document order."""
    out: list[TextLine] = []
    inside, seen_section, left = True, False, _CONTACT_LINES
    for line in lines:
        kind = None if line.list_level is not None else heading_kind(line.text)
        if kind == "contact" and len(line.text.split()) <= 4:
            inside, left = True, _CONTACT_LINES
            continue
        opens = kind not in (None, *_NEVER_SECTIONS) and _stands_out(line)
        if opens or _opens_in_rail(line):
            inside, seen_section = False, True
            continue
        if seen_section and line.heading and kind is None:
            inside = False
        if inside and left > 0:
            out.append(line)
            left -= 1
    if not seen_section:
        return out[:_UNHEADED_LINES]
    return out


def _opens_in_rail(line: TextLine) -> bool:
    """Whether a heading stands before its content on one line: `Skills <tab> Latin`."""
    head, tab, _ = line.text.partition("\t")
    return bool(tab) and line.list_level is None and heading_kind(head) not in (None, *_NEVER_SECTIONS)


def _stands_out(line: TextLine) -> bool:
    return len(line.text.split()) <= 6 and "@" not in line.text
