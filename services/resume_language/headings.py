"""Section headings of resumes in the languages we read, and what kind of section each opens. Knows no layout."""

import re
from typing import Literal, get_args

from services.resume_language.folding import fold
from services.resume_language.tables import read_table

SectionKind = Literal[
    "title", "contact", "summary", "experience", "education", "skills", "projects", "certifications", "custom"
]
"""`title` is the document's own title (Curriculum Vitae), `custom` a section the schema has no field for."""

_TABLE = read_table("headings")
_KINDS: dict[str, SectionKind] = {}
for _kind in get_args(SectionKind):
    for _phrase in _TABLE[_kind]:
        _KINDS.setdefault(fold(_phrase), _kind)

_FILLERS = frozenset(_TABLE["fillers"])
_CHARS_OF_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NUMBERING = re.compile(r"^\s*(?:[IVX]{1,4}[.)]|\d{1,2}[.)]?|[A-H][.)])\s+")
_LONE_CAPITAL = re.compile(r"\b([^\W\d_]) (?=[^\W\d_a-zß-ÿ]{3})")  # set apart by its size or spacing: `V OLUNTARIADO`
_CONTINUED = re.compile(r"\s*[(（]?\b(?:continued|cont d|cont|fortsetzung|suite|continuacion)\b.*$", re.IGNORECASE)
_LONGEST = 120
_MAX_WORDS = 7
_MAX_NOUN_WORDS = 5
_NOUNS = frozenset(_TABLE["main nouns"])
_LEADING_NOUNS = frozenset(_TABLE["leading nouns"])


def heading_kind(text: str) -> SectionKind | None:
    """What section these words open when they stand as a heading; None when they are not a known heading."""
    if len(text) > _LONGEST:
        return None
    folded = fold(_CONTINUED.sub("", _NUMBERING.sub("", text)))
    if not folded:
        return None
    known = _KINDS.get(folded)
    if known is not None:
        return known
    if _CHARS_OF_SPACELESS.search(folded) and folded.replace(" ", "") in _KINDS:
        return _KINDS[folded.replace(" ", "")]
    return _composed_kind(folded.split()) or _KINDS.get(fold(_LONE_CAPITAL.sub(r"\1", text)))


def _composed_kind(tokens: list[str]) -> SectionKind | None:
    """The kind of `Professional Experience & Internships`: known phrases joined by little words, first one leads."""
    if not 1 < len(tokens) <= _MAX_WORDS:
        return None
    found: list[SectionKind] = []
    position = 0
    while position < len(tokens):
        for length in range(min(4, len(tokens) - position), 0, -1):
            kind = _KINDS.get(" ".join(tokens[position : position + length]))
            if kind is not None and kind != "title":
                found.append(kind)
                position += length
                break
        else:
            if tokens[position] not in _FILLERS:
                return None
            position += 1
    return next((kind for kind in found if kind != "custom"), found[0] if found else None)


def heading_kind_by_noun(text: str) -> SectionKind | None:
    """The kind of an unknown heading by its main noun: `Nursing Experience`, `Competenze linguistiche`."""
    tokens = fold(text).split()
    if not 1 < len(tokens) <= _MAX_NOUN_WORDS:
        return None
    if tokens[-1] in _NOUNS:
        return _KINDS[tokens[-1]]
    return _KINDS[tokens[0]] if tokens[0] in _LEADING_NOUNS else None
