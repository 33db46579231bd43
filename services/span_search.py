"""Finds words that a model quotes in the lines of a document. Knows numbering and placeholders, no resume fields."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol

from schemas.resume_schemas import MAX_TEXT
from services.contact_details import ContactDetails, Redaction, redactions
from services.document_text import TextLine

_NEIGHBOURS = (0, 1, -1, 2, -2, 3, -3)
_MIN_ANYWHERE = 3
_MOST_PLACES = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line."""

    line: int
    start: int
    end: int


class Usage(Protocol):
    """Knows which stretches are in use."""

    def is_free(self, place: Place) -> bool:
        """Whether no value covers any of this stretch."""
        ...


class DocumentWords:
    """The words of a document, as they are and as a model saw them with contact data cut out."""

    def __init__(self, lines: Sequence[TextLine], contact: ContactDetails) -> None:
        self._lines = lines
        self._cuts = {line.number: redactions(line, contact) for line in lines}
        self._seen = {line.number: _redacted(line.text, self._cuts[line.number]) for line in lines}

    def text_at(self, place: Place) -> str:
        """The words of a stretch, with white space made single."""
        return " ".join(self._lines[place.line - 1].text[place.start : place.end].split())[:MAX_TEXT]

    def find(self, line: int, quote: str, usage: Usage) -> Place | None:
        """Where the quoted words stand: on that line, on a near one, or at one single place of the document."""
        pattern = _pattern(quote)
        for distance in _NEIGHBOURS:
            places = self._on_line(line + distance, pattern)
            first = next(places, None)
            if first is not None:
                return next((place for place in chain([first], places) if usage.is_free(place)), first)
        if len(quote.strip()) < _MIN_ANYWHERE:
            return None
        anywhere = (place for other in self._lines for place in self._on_line(other.number, pattern))
        found = list(islice(anywhere, 2))
        return found[0] if len(found) == 1 else None

    def _on_line(self, number: int, pattern: re.Pattern[str]) -> Iterator[Place]:
        cuts = self._cuts.get(number, [])
        for match in islice(pattern.finditer(self._seen.get(number, "")), _MOST_PLACES):
            yield Place(number, _original(match.start(), cuts), _original(match.end(), cuts, end=True))


def _pattern(quote: str) -> re.Pattern[str]:
    """The quote with any white space between its words, not inside a longer word."""
    words = quote.split()
    body = r"\s+".join(map(re.escape, words))
    before = r"(?<!\w)" if words and re.match(r"\w", words[0]) and _is_spaced(words[0][0]) else ""
    after = r"(?!\w)" if words and re.search(r"\w$", words[-1]) and _is_spaced(words[-1][-1]) else ""
    return re.compile(before + body + after)


def _is_spaced(character: str) -> bool:
    """Whether the script puts spaces between words."""
    return not re.match(r"[\u3040-\u30ff\u3400-\u9fff]", character)


def _redacted(text: str, cuts: Sequence[Redaction]) -> str:
    out: list[str] = []
    position = 0
    for cut in cuts:
        out += [text[position : cut.start], cut.placeholder]
        position = cut.end
    return "".join([*out, text[position:]])


def _original(offset: int, cuts: Sequence[Redaction], *, end: bool = False) -> int:
    """The offset in the original text of an offset in the redacted one; inside a placeholder, its near edge."""
    shift = 0
    for cut in cuts:
        at = cut.start + shift
        width = len(cut.placeholder)
        if offset <= at:
            break
        if offset < at + width:
            return cut.end if end else cut.start
        shift += width - (cut.end - cut.start)
    return offset - shift
