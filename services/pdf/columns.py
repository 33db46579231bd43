"""Which fragments of a page belong to one column, and in what order the columns are read. Knows no words."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.pdf.fragments import Fragment
from services.pdf.grids import grid_cuts, have_spans_on_both_sides
from services.resume_language.dates import is_only_dates

_MIN_FRAGMENTS = 4
_AT_THE_EDGE = 0.3
"""Of the lines of a column: so many start at its left edge."""
_AT_EDGE = 2.0
_FEWEST_DATES = 3
_MOSTLY = 0.5
_DATEISH = re.compile(r"(19|20)\d\d|\b(present|current|now|heute|today|aujourd)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """Fragments that are read from top to bottom, and the x range they live in."""

    fragments: tuple[Fragment, ...]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Band:
    """A horizontal strip of a page: one column, or several side by side."""

    columns: tuple[Column, ...]

    @property
    def gutters(self) -> tuple[float, ...]:
        """The left edges of all columns but the first."""
        return tuple(column.left for column in self.columns[1:])


def bands_of(fragments: Sequence[Fragment]) -> list[Band]:
    """A page's fragments as strips from top to bottom, each with its columns from left to right."""
    if not fragments:
        return []
    parted = [
        (weight, strip, gutter)
        for gutter in _candidate_gutters(fragments)
        for strip in _strips_without_crossing(fragments, gutter)
        if (weight := _column_weight(strip, gutter)) > 0
    ]
    gutters = sorted({gutter for _, _, gutter in parted})
    parted = [one for one in parted if not _is_behind_dates(one[1], one[2], gutters)]
    if not parted:
        return [Band((_column(fragments),))]
    _, strip, gutter = max(parted, key=lambda one: one[0])
    top, bottom = min(f.y0 for f in strip), max(f.y1 for f in strip)
    inside = set(map(id, strip))
    rest = [f for f in fragments if id(f) not in inside]
    above = [f for f in rest if _middle(f) < (top + bottom) / 2]
    below = [f for f in rest if _middle(f) >= (top + bottom) / 2]
    left = [f for f in strip if f.x1 <= gutter]
    right = [f for f in strip if f.x1 > gutter]
    cuts = grid_cuts(left, right)
    if cuts:
        inside_bands = [band for block in _blocks(strip, cuts) for band in _block_band(block, gutter)]
        return [*bands_of(above), *inside_bands, *bands_of(below)]
    row, left, right = _row_over_columns(left, right)
    over, left = _title_over_columns(left, right)
    left, under = _without_section_below(left, right)
    columns = [column for side in (left, right) for column in _columns_within(side)]
    return [*bands_of([*above, *row, *over]), Band(tuple(columns)), *bands_of([*under, *below])]


def _blocks(strip: Sequence[Fragment], cuts: Sequence[float]) -> list[list[Fragment]]:
    """The strip cut from top to bottom at these heights."""
    blocks: list[list[Fragment]] = [[] for _ in range(len(cuts) + 1)]
    for fragment in strip:
        blocks[sum(1 for cut in cuts if fragment.baseline >= cut)].append(fragment)
    return [block for block in blocks if block]


def _block_band(block: list[Fragment], gutter: float) -> list[Band]:
    """A row of a grid: its blocks beside each other; one line at the right stands in the row of the left one."""
    sides = [[f for f in block if f.x1 <= gutter], [f for f in block if f.x1 > gutter]]
    if len(sides[1]) == 1 and sides[0]:
        return [Band((_column(block),))]
    return [Band(tuple(_column(side) for side in sides if side))]


def _row_over_columns(
    left: list[Fragment], right: list[Fragment]
) -> tuple[list[Fragment], list[Fragment], list[Fragment]]:
    """What ends with a row across the top, whose last pieces only happen to stand right of the gutter; and the sides.

    Such a piece begins elsewhere than the column below it, and beside others of its row.
    """
    edge = Counter(round(f.x0) for f in right).most_common(1)[0][0]
    first = min((f.y0 for f in right if abs(f.x0 - edge) <= _AT_EDGE), default=0.0)
    pieces = [f for f in right if f.y1 <= first and _is_aligned(f, left)]
    if not pieces or len(pieces) < len([f for f in right if f.y1 <= first]):
        return [], left, right
    bottom = max(f.y1 for f in pieces)
    over = [f for f in [*left, *right] if _middle(f) <= bottom]
    lower_left, lower_right = ([f for f in side if _middle(f) > bottom] for side in (left, right))
    return (over, lower_left, lower_right) if lower_left and lower_right else ([], left, right)


def _title_over_columns(left: list[Fragment], right: list[Fragment]) -> tuple[list[Fragment], list[Fragment]]:
    """The name and the like over the columns that the left side holds itself, and that side without them."""
    top = min(f.y0 for f in right) - 2
    over, rest = [f for f in left if f.y1 <= top], [f for f in left if f.y1 > top]
    parted = over and len(bands_of(left)) > 1 and len(rest) >= 2 * _MIN_FRAGMENTS and len(_columns_within(rest)) > 1
    return (over, rest) if parted else ([], left)


def _without_section_below(left: list[Fragment], right: list[Fragment]) -> tuple[list[Fragment], list[Fragment]]:
    """The left side up to the heading below a right side without any, which only goes on with a list; and the rest."""
    plain = Counter(_look(f) for f in [*left, *right]).most_common(1)[0][0]
    bottom = max(f.y1 for f in right)
    heads = [f for f in left if _look(f) != plain and f.y0 >= bottom]
    if not heads or any(_look(f) != plain for f in right):
        return left, []
    top = min(f.y0 for f in heads)
    list_, rest = [f for f in left if f.y0 < top], [f for f in left if f.y0 >= top]
    return (list_, rest) if list_ else (left, [])


def _columns_within(side: list[Fragment]) -> list[Column]:
    inner = bands_of(side)
    if len(inner) == 1 and len(inner[0].columns) > 1:
        return list(inner[0].columns)
    return [_column(side)]


def _column(fragments: Sequence[Fragment]) -> Column:
    ordered = tuple(sorted(fragments, key=lambda f: (f.y0, f.x0)))
    return Column(ordered, min(f.x0 for f in ordered), max(f.x1 for f in ordered))


def _middle(fragment: Fragment) -> float:
    return (fragment.y0 + fragment.y1) / 2


def _candidate_gutters(fragments: Sequence[Fragment]) -> list[float]:
    """Left edges that several fragments share: a column starts at one of them."""
    edges = sorted(f.x0 for f in fragments)
    leftmost = edges[0]
    out: list[float] = []
    for edge in edges:
        shared = sum(1 for other in edges if abs(other - edge) <= 1.5)
        if edge > leftmost + 40 and shared >= 2 and (not out or edge - out[-1] > 1.5):
            out.append(edge - 1.0)
    return out


def _strips_without_crossing(fragments: Sequence[Fragment], gutter: float) -> list[list[Fragment]]:
    """The runs of fragments, from top to bottom, that no fragment across the gutter interrupts."""
    strips: list[list[Fragment]] = [[]]
    crossing = [round(f.baseline) for f in fragments if f.x0 < gutter < f.x1]
    for fragment in sorted(fragments, key=lambda f: f.y0):
        if fragment.x0 < gutter < fragment.x1:
            strips.append([])
        elif round(fragment.baseline) not in crossing:
            # what stands in one row with it is no column either
            strips[-1].append(fragment)
    return [strip for strip in strips if len(strip) >= 2 * _MIN_FRAGMENTS]


def _column_weight(strip: list[Fragment], gutter: float) -> float:
    """How much text reads better as two columns at this gutter; 0 when it is one column with dates or a table."""
    left = [f for f in strip if f.x1 <= gutter]
    right = [f for f in strip if f.x1 > gutter]
    if len(left) < _MIN_FRAGMENTS or len(right) < _MIN_FRAGMENTS:
        return 0.0
    if sum(1 for f in right if abs(f.x0 - gutter - 1.0) <= 1.5) < max(3, _AT_THE_EDGE * len(right)):
        return 0.0  # the lines that gave the gutter stand elsewhere: these are centred or flush right
    size = sorted(f.size for f in strip)[len(strip) // 2]
    beside, facing = _side_by_side(left, right)
    if min(f.x0 for f in facing) - max(f.x1 for f in beside) < 0.6 * size:
        return 0.0
    overlap = min(max(f.y1 for f in left), max(f.y1 for f in right)) - max(
        min(f.y0 for f in left), min(f.y0 for f in right)
    )
    if overlap < 4 * size:
        return 0.0
    if _reads_as_rows(beside, facing):
        return 0.0
    chars = [sum(len(f.text) for f in side) for side in (left, right)]
    return min(chars) + 0.01 * sum(chars)


def _is_behind_dates(strip: list[Fragment], gutter: float, gutters: Sequence[float]) -> bool:
    """Whether only the dates of the entries at its right stand between this gutter and one further left."""
    before = max((other for other in gutters if other < gutter), default=None)
    between = [f for f in strip if before is not None and before < f.x0 and f.x1 <= gutter]
    dates = [f for f in between if is_only_dates(f.text)]
    return len(dates) >= _FEWEST_DATES and len(dates) >= _MOSTLY * len(between)


def _reads_as_rows(left: list[Fragment], right: list[Fragment]) -> bool:
    """Whether the two sides are cells of the same rows: dates at the margin, a label rail or a table."""
    rows_left, rows_right = _rows(left), _rows(right)
    if have_spans_on_both_sides(left, right):
        return False
    if _is_flush_rail(left, right):
        return True
    if _is_label_rail(rows_left, rows_right) or _is_table_of_dates(rows_left, rows_right):
        return True
    aligned_left = _aligned_share(rows_left, rows_right)
    aligned_right = _aligned_share(rows_right, rows_left)
    if max(aligned_left, aligned_right) < 0.8:
        return False
    if min(aligned_left, aligned_right) >= 0.8:
        return _is_flush_right(right) or _headings_apart(rows_left, rows_right) < 2
    sparse = left if aligned_left > aligned_right else right
    other = right if sparse is left else left
    dates = sum(1 for f in sparse if _DATEISH.search(f.text))
    if dates >= 0.4 * len(sparse) or (sparse is right and _is_flush_right(sparse)):
        return True
    share = sum(len(f.text) for f in sparse) / max(1, sum(len(f.text) for f in other))
    run = _longest_run(_rows(sparse), _rows(other))
    return (share < 0.35 and run < 4) or (run < 3 and max(aligned_left, aligned_right) > 0.99)


def _is_label_rail(labels: list[Fragment], rows: list[Fragment]) -> bool:
    """Whether dates and labels stand before their rows, and the headings among them have nothing at their right."""
    plain = Counter(_look(f) for f in labels).most_common(1)[0][0]
    heads = [label for label in labels if _look(label) != plain]
    alone = [head for head in heads if not any(row.y0 < head.baseline and head.y0 < row.baseline for row in rows)]
    if len(alone) < 2 or len(alone) < 0.7 * len(heads):
        return False
    return _aligned_share([label for label in labels if label not in alone], rows) >= 0.8


def _is_table_of_dates(dates: list[Fragment], rows: list[Fragment]) -> bool:
    """Whether each row on the right has its cell at the left, and most of these are dates."""
    if _aligned_share(rows, dates) < 0.75:
        return False
    cells = [date for date in dates if _is_aligned(date, rows)]
    return sum(1 for cell in cells if _DATEISH.search(cell.text)) >= 0.5 * len(cells)


def _look(fragment: Fragment) -> tuple[bool, int, bool]:
    return fragment.bold, round(fragment.size), fragment.text.isupper() and len(fragment.text) > 4


def _side_by_side(left: list[Fragment], right: list[Fragment]) -> tuple[list[Fragment], list[Fragment]]:
    """The fragments of both sides from where both begin to where the first of them ends."""
    top = max(min(f.y0 for f in left), min(f.y0 for f in right)) - 2
    bottom = min(max(f.y1 for f in left), max(f.y1 for f in right)) + 2
    inside = [[f for f in side if f.y0 >= top and f.y1 <= bottom] for side in (left, right)]
    return (inside[0] or left, inside[1] or right)


def _headings_apart(left: list[Fragment], right: list[Fragment]) -> int:
    """How many lines look like headings on one side while their neighbours do not: cells of a table look alike."""
    plain = {id(side): Counter((f.bold, round(f.size)) for f in side).most_common(1)[0][0] for side in (left, right)}

    def stands_out(fragment: Fragment, side: list[Fragment]) -> bool:
        bold, size = plain[id(side)]
        return fragment.size > size + 0.6 or (fragment.bold and not bold)

    heads = [[f.baseline for f in side if stands_out(f, side)] for side in (left, right)]
    return sum(1 for a, b in ((0, 1), (1, 0)) for y in heads[a] if not any(abs(y - other) < 3 for other in heads[b]))


def _is_flush_right(fragments: list[Fragment]) -> bool:
    """Whether the lines end at one x and start at many: short notes set against the right margin."""
    edge = max(f.x1 for f in fragments)
    flush = sum(1 for f in fragments if edge - f.x1 <= 2)
    starts = {round(f.x0 / 4) for f in fragments}
    return flush >= 0.8 * len(fragments) and len(starts) > 2


def _is_flush_rail(rail: list[Fragment], text: list[Fragment]) -> bool:
    """Whether the left side ends at one x, close to the text beside it: headings and dates set against their text."""
    gap = min(f.x0 for f in text) - max(f.x1 for f in rail)
    return _is_flush_right(rail) and gap <= 2 * max(f.size for f in rail)


def _rows(fragments: list[Fragment]) -> list[Fragment]:
    """One fragment for each base line."""
    out: list[Fragment] = []
    for fragment in sorted(fragments, key=lambda f: f.baseline):
        if not out or fragment.baseline - out[-1].baseline > 0.4 * fragment.size:
            out.append(fragment)
    return out


def _aligned_share(rows: list[Fragment], others: list[Fragment]) -> float:
    return sum(1 for row in rows if _is_aligned(row, others)) / len(rows)


def _is_aligned(row: Fragment, others: list[Fragment]) -> bool:
    return any(
        abs(row.baseline - other.baseline) <= 0.2 * max(row.size, other.size)
        or (row.size != other.size and abs(row.y0 - other.y0) <= 0.2 * max(row.size, other.size))
        for other in others
    )


def _longest_run(sparse: list[Fragment], other: list[Fragment]) -> int:
    """How many lines of the sparse side follow each other closer than a line of the other side plus a bit."""
    longest = run = 1
    pitch = 1.9 * sorted(f.size for f in other)[len(other) // 2]
    for before, after in pairwise(sparse):
        run = run + 1 if after.baseline - before.baseline <= pitch else 1
        longest = max(longest, run)
    return longest
