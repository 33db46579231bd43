"""Keeps the account of which words of a document a resume already holds. Knows lines and stretches, no fields."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.document_text import TextLine
from services.resume_language.folding import fold
from services.resume_language.headings import heading_kind
from services.resume_language.tables import read_table
from services.span_search import Place

_MAX_HEADING_WORDS = 10
_SEPARATORS = " \t\u00a0,;:：.|•·/–—-()[]（）{}\"“”'’*_～〜~=→"
_LABELS = frozenset(fold(label) for names in read_table("labels").values() for label in names)


@dataclass(frozen=True, slots=True)
class Rest:
    """Words that no value covers; `owner` is the path of a value on the same line, if there is one."""

    place: Place
    owner: str
    is_whole_line: bool


class Coverage:
    """The lines of a document and the stretches of them that are in use."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._lines = lines
        self._used: dict[int, list[tuple[int, int, str]]] = {line.number: [] for line in lines}
        self._ranged: set[int] = set()
        self.headings: set[int] = set()

    def cover(self, line: int, start: int, end: int, owner: str) -> None:
        """Marks a stretch as held by the value at a path."""
        if line in self._used:
            self._used[line].append((start, end, owner))

    def cover_line(self, line: int, owner: str) -> None:
        """Marks a whole line as held."""
        self._ranged.add(line)
        self.cover(line, 0, len(self._lines[line - 1].text), owner)

    def cover_heading(self, line: int) -> None:
        """Marks a line as a heading; a long one is none, whatever a model says."""
        if line in self._used and len(self._lines[line - 1].text.split()) <= _MAX_HEADING_WORDS:
            self.headings.add(line)
            self.cover(line, 0, len(self._lines[line - 1].text), "")

    def is_heading(self, line: int) -> bool:
        """Whether the line is a heading."""
        return line in self.headings

    def is_in_range(self, line: int) -> bool:
        """Whether the line is held as a whole."""
        return line in self._ranged

    def is_free(self, place: Place) -> bool:
        """Whether no value covers any of this stretch."""
        return not any(place.start < end and start < place.end for start, end, _ in self._used.get(place.line, ()))

    def owner_near(self, line: int, step: int) -> str:
        """The path of a value on the nearest line in use above (-1) or below (1); empty at a heading or the edge."""
        number = line + step
        while number in self._used and not self._used[number]:
            number += step
        return next((owner for _, _, owner in self._used.get(number, ()) if owner), "")

    def rests(self) -> Iterator[Rest]:
        """All stretches worth keeping that no value holds, in document order."""
        for line in self._lines:
            used = sorted(self._used[line.number])
            owner = next((owner for _, _, owner in used if owner), "")
            known = {token for start, end, _ in used for token in fold(line.text[start:end]).split()}
            position = 0
            for start, end, _ in [*used, (len(line.text), len(line.text), "")]:
                place = _trimmed(line, position, start)
                if place is not None and _says_more(line.text[place.start : place.end], known, alone=not used):
                    yield Rest(place, owner, not used)
                position = max(position, end)


def _trimmed(line: TextLine, start: int, end: int) -> Place | None:
    text = line.text[start:end]
    kept = text.strip(_SEPARATORS)
    if not re.search(r"\w", kept):
        return None
    at = start + text.index(kept)
    stop = at + len(kept)
    for opening, closing in ("()", "[]", "（）"):
        stop += kept.count(opening) > kept.count(closing) and line.text[stop : stop + 1] == closing
        at -= kept.count(closing) > kept.count(opening) and at > 0 and line.text[at - 1] == opening
    whole = start == 0 and end == len(line.text)
    return Place(line.number, 0, len(line.text.rstrip())) if whole else Place(line.number, at, stop)


def _says_more(text: str, known: set[str], *, alone: bool) -> bool:
    """Whether the words say something that the values beside them do not, and are not only a label or a little word."""
    tokens = fold(text).split()
    if all(token in _LABELS or token in known for token in tokens):
        return False
    if alone:
        return True
    if heading_kind(text) is not None:
        return False
    return sum(character.isalnum() for character in text) >= 2
