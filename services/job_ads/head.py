"""The first lines of an ad as a person reads them: without links, front matter and the buttons of the page.

Knows how lines are taken apart, not what their parts mean.
"""

import re
from dataclasses import dataclass
from typing import Final

MAX_LINE: Final = 160
_SCOPE: Final = 6_000
_SEPARATOR: Final = re.compile(r"\s+[|•·–—-]\s+|\s+//?\s+|\s{2,}|\t+")
_NOT_READ: Final = re.compile(
    r"https?://|www\.|^-{3,}$|^[\w ]{2,20}:\s*\d|^(?:url|weight|layout|archived|apply(?: now)?|share|save|back|home"
    r"|skip to .*|sign in|show more|job details|jd archive|overview|description|job description|posted .*|new)\s*:?$",
    re.IGNORECASE,
)
_COMMA: Final = re.compile(r",\s+(?![^()]*\))")
_SENTENCE_END: Final = re.compile(r"(?<!\bSt)(?<!\bDr)(?<!\bInc)(?<!\b[A-Z])[.!?]\s")
_MARKS: Final = " #*>-•_\t"


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of the head, its first sentence, and that one's parts between dashes, bars, commas and the like."""

    text: str
    sentence: str
    parts: tuple[str, ...]


def head_lines(text: str) -> list[HeadLine]:
    """The lines that an ad opens with, those a page puts around it left out."""
    plain = re.sub(r"<[^<>]{1,80}>", "\n", text[:_SCOPE]).replace("\u00a0", " ")
    lines = [line.strip(_MARKS).replace("**", "") for line in plain.splitlines()]
    return [_read(line[:MAX_LINE]) for line in lines if line.strip() and not _NOT_READ.search(line)]


def _read(line: str) -> HeadLine:
    sentence = _SENTENCE_END.split(line, maxsplit=1)[0]
    return HeadLine(line, sentence, _parts(sentence))


def _parts(line: str) -> tuple[str, ...]:
    """Dashes and bars divide before commas do: "Title – Company, Town"."""
    stretches = [part for part in _SEPARATOR.split(line) if part.strip()]
    return tuple(piece.strip() for stretch in stretches for piece in _COMMA.split(stretch) if piece.strip())
