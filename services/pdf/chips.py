"""Words that stand on grounds of their own, as the skills of many designs do: each is a piece apart. Knows no words."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, cast

from services.pdf.drawn_marks import Box
from services.pdf.fragments import Fragment

if TYPE_CHECKING:
    import pymupdf

_LOWEST, _HIGHEST = 1.0, 3.0
"""In units of the font size: how high the ground of a chip is."""
_PADDING = 1.5
"""In units of the font size: how far a chip may reach beyond its words."""


def with_chips_parted(fragments: Sequence[Fragment], page: "pymupdf.Page") -> list[Fragment]:
    """The fragments, those that run over several chips cut between them."""
    grounds = [cast(Box, tuple(drawing["rect"])) for drawing in page.get_cdrawings()]
    crossed = [fragment for fragment in fragments if len(_chips_of(fragment, grounds)) > 1]
    if not crossed:
        return list(fragments)
    words = cast("list[tuple[float, float, float, float, str]]", [word[:5] for word in page.get_text("words")])
    out: list[Fragment] = []
    for fragment in fragments:
        chips = _chips_of(fragment, grounds)
        out += _parted(fragment, chips, words) if len(chips) > 1 else [fragment]
    return out


def _chips_of(fragment: Fragment, grounds: Sequence[Box]) -> list[Box]:
    """The grounds under parts of the fragment, none twice."""
    middle = (fragment.y0 + fragment.y1) / 2
    reach = _PADDING * fragment.size
    found: list[Box] = []
    for box in grounds:
        is_low = _LOWEST * fragment.size <= box[3] - box[1] <= _HIGHEST * fragment.size
        is_under = box[1] < middle < box[3] and fragment.x0 - reach <= box[0] and box[2] <= fragment.x1 + reach
        if is_low and is_under and not any(box[0] < other[2] and other[0] < box[2] for other in found):
            found.append(box)
    return sorted(found)


def _parted(
    fragment: Fragment, chips: Sequence[Box], words: Sequence[tuple[float, float, float, float, str]]
) -> list[Fragment]:
    own = [
        word
        for word in words
        if fragment.x0 - 1 <= (word[0] + word[2]) / 2 <= fragment.x1 + 1 and word[1] < fragment.baseline < word[3]
    ]
    if "".join(word[4] for word in sorted(own)) != "".join(fragment.text.split()):
        return [fragment]
    out: list[Fragment] = []
    for _, run in groupby(sorted(own), key=lambda word: _chip_at((word[0] + word[2]) / 2, chips)):
        part = list(run)
        box = (part[0][0], fragment.y0, part[-1][2], fragment.y1)
        out.append(replace(fragment, text=" ".join(word[4] for word in part), box=box, is_chip=True))
    return out


def _chip_at(x: float, chips: Sequence[Box]) -> int | None:
    return next((number for number, chip in enumerate(chips) if chip[0] <= x <= chip[2]), None)
