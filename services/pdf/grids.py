"""Blocks of text that stand side by side in rows, as cards do. Knows geometry, headings and dates."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from services.pdf.fragments import Fragment
from services.resume_language.dates import find_dates, is_only_dates
from services.resume_language.headings import heading_kind

_LEVEL = 1.5
"""Points: base lines this near to each other are one row."""
_GAP = 1.25
"""In units of the usual line distance: a wider one parts two blocks."""
_LARGER = 1.12
"""In units of the usual size: so large are headings."""
_FEWEST_ROWS = 2
_FEWEST_ROWS_OF_CARDS = 1


def have_spans_on_both_sides(left: Sequence[Fragment], right: Sequence[Fragment]) -> bool:
    """Whether two spans of time stand beside each other: then each side tells of entries of its own."""
    return any(_is_span(a) and any(_is_span(b) and _is_level(a, b) for b in right) for a in left)


def grid_cuts(left: Sequence[Fragment], right: Sequence[Fragment]) -> list[float]:
    """The heights at which a row of blocks begins; none when the sides are two columns that run on their own.

    Each block on the right begins beside one on the left, and headings stand only on the left.
    """
    usual = median(fragment.size for fragment in (*left, *right))
    if any(fragment.size >= _LARGER * usual or _opens_section(fragment) for fragment in right):
        return []
    tops, right_tops = _block_tops(left), _block_tops(right)
    fewest = _FEWEST_ROWS_OF_CARDS if have_spans_on_both_sides(left, right) else _FEWEST_ROWS
    if len(right_tops) < fewest or not all(any(_is_level(a, b) for b in tops) for a in right_tops):
        return []
    ordered = sorted(right, key=lambda fragment: fragment.baseline)
    cuts: list[float] = []
    for top in tops:
        beside = next((f for f in ordered if f.baseline >= top.baseline - _LEVEL), None)
        if beside is None or any(beside is other for other in right_tops):
            cuts.append(top.baseline - _LEVEL)
    return cuts


def _block_tops(side: Sequence[Fragment]) -> list[Fragment]:
    """The first row of each block: those with a wider gap above, or in larger letters."""
    rows: list[Fragment] = []
    for fragment in sorted(side, key=lambda f: (f.baseline, f.x0)):
        if not rows or fragment.baseline - rows[-1].baseline > _LEVEL:
            rows.append(fragment)
    pitch = min(
        (b.baseline - a.baseline for a, b in pairwise(rows) if b.baseline - a.baseline > 0.8 * b.size), default=0
    )
    return [
        row
        for before, row in pairwise([None, *rows])
        if row is not None and (before is None or _begins_block(before, row, _GAP * pitch))
    ]


def _begins_block(before: Fragment, row: Fragment, gap: float) -> bool:
    return row.baseline - before.baseline > gap or max(row.size, before.size) >= _LARGER * min(row.size, before.size)


def _is_level(a: Fragment, b: Fragment) -> bool:
    return abs(a.baseline - b.baseline) <= _LEVEL


def _opens_section(fragment: Fragment) -> bool:
    return (fragment.bold or fragment.text.isupper()) and heading_kind(fragment.text) is not None


def _is_span(fragment: Fragment) -> bool:
    return is_only_dates(fragment.text) and any(span.is_range for span in find_dates(fragment.text))
