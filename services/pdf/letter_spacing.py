"""Words that a PDF sets letter by letter (`J A N E  D O E`) or without spaces, told by where the letters stand.

Knows letters and gaps, no names and no headings.
"""

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypedDict

FEWEST_LETTERS = 4
_MOST_OF_THEM = 0.7
_WORD_GAP = 1.6
"""In units of the usual gap between the letters: words stand this much farther apart."""
_LONGEST_WORD = 28
"""Longer ones are addresses, or words set so tight that the spaces between them are not seen as such."""
_NARROW_SPACE = 0.1
"""In units of the size of the letters; pairs that are kerned apart stay well below."""


class Glyph(TypedDict):
    """One character as MuPDF reports it; `synthetic` spaces were not in the file but guessed from a gap."""

    c: str
    bbox: tuple[float, float, float, float]
    synthetic: bool


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between two letters."""

    width: float
    typed_spaces: int
    guessed_spaces: int


def is_letter_spaced(text: str) -> bool:
    """Whether most words of a text are single letters; kerned pairs (`AV`) may stand among them."""
    words = [word for word in text.split() if word.isalpha()]
    single = sum(1 for word in words if len(word) == 1)
    short = sum(1 for word in words if len(word) <= 2)
    return single >= FEWEST_LETTERS and short >= 0.9 * len(words) and single >= _MOST_OF_THEM * len(words)


def runs_on(text: str) -> bool:
    """Whether the spaces of a text seem to be lost: it has a word longer than words are."""
    return any(len(word) > _LONGEST_WORD for word in text.split())


def spaced_words(glyphs: list[Glyph], size: float) -> str:
    """The letters with a space wherever a gap is too wide for kerning; `size` is theirs, in points."""
    out = [glyph["c"] for glyph in glyphs[:1]]
    for before, after in pairwise(glyphs):
        gap = after["bbox"][0] - before["bbox"][2]
        out.append(" " * (gap >= _NARROW_SPACE * size and not (before["c"] + after["c"]).count(" ")) + after["c"])
    return "".join(out)


def is_letter(text: str) -> bool:
    """Whether a text is one letter, or one mark as it stands inside names."""
    return len(text.strip()) == 1 and (text.strip().isalpha() or text.strip() in "'’.-&")


def joined_letters(glyphs: list[Glyph]) -> str:
    """The words that the letters make; unchanged where nothing tells words from letters."""
    letters: list[Glyph] = []
    gaps: list[_Gap] = []
    typed = guessed = 0
    for glyph in glyphs:
        if glyph["c"].isspace():
            typed += not glyph["synthetic"]
            guessed += glyph["synthetic"]
            continue
        if letters:
            gaps.append(_Gap(glyph["bbox"][0] - letters[-1]["bbox"][2], typed, guessed))
        letters.append(glyph)
        typed = guessed = 0
    ends_word = _word_ends(gaps)
    if ends_word is None:
        return "".join(glyph["c"] for glyph in glyphs)
    marks = [
        "".join((letter["c"], " " if end else "")) for letter, end in zip(letters, [*ends_word, False], strict=True)
    ]
    return "".join(marks)


def _word_ends(gaps: list[_Gap]) -> list[bool] | None:
    """Which gaps part words; None when the letters overlap and nothing tells."""
    if any(gap.guessed_spaces for gap in gaps) and any(gap.typed_spaces for gap in gaps):
        return [gap.typed_spaces > 0 for gap in gaps]
    if any(gap.typed_spaces > 1 for gap in gaps):
        return [gap.typed_spaces > 1 for gap in gaps]
    widths = [gap.width for gap in gaps]
    usual = median(widths) if widths else 0.0
    if usual <= 0:
        return None
    return [width > _WORD_GAP * usual for width in widths]
