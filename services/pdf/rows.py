"""Visual rows of a column: fragments on one base line, their list mark, and the margin where text wraps."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from services.pdf.drawn_marks import Box
from services.pdf.fragments import Fragment, is_at_step
from services.resume_language.dates import DURATION

_MARK = re.compile(
    r"^(?:(?P<glyph>[•●○◦▪▫■□◆◇♦❖➢➤►▸▹▶▷‣⁃∙⦿⚫✓✔✗★☆→»・\uf0b7\uf0a7\uf076\uf0d8\uf0fc\uf0a8\uf0e8\uf0f0\uf071\uf06e\uf06f])"
    r"|(?P<spaced>[-–—*·o>§‐‑](?=[\s]))"
    r"|(?P<number>(?:\d{1,2}[.)]|\[\d{1,2}\])(?=\s)|\(\d{1,2}[.)](?=\s+\D)))\s*"
)
_DASHED_DATE = re.compile(
    r"[-–—]\s+(?:[^\W\d_]{3,9}\.?\s+|\d{1,2}[./])?(?:19|20)\d\d\b[^a-z]{0,4}(?:\w{2,9}\.?\s?)?\d{0,4}$"
)
"""A date behind the dash that parts it from the words of the row above: no list item."""
_GLYPH = re.compile(r"^[•●○◦▪■◆➢➤►▸‣⁃∙·]\s+(?=\S)")
"""The mark of a list item that stands beside another one, in a list set in columns."""
_SIDE_NOTE = re.compile(
    r"(19|20)\d\d|\b(present|heute|current|now)\b|^\d+ (years?|months?|mos?|yrs?)\b|^[^\d,]{2,30}, [^\d,]{2,20}$",
    re.IGNORECASE,
)

_NEAR_MARGIN = 0.1
"""In units of the line's width: two lines that end this near each other show a margin."""

_FILLED_SHARE = 0.8
"""Of the width of a column: text that was wrapped fills as much of it."""

_FEWEST_GAPS = 3
_CELL_GAP = 0.62
"""In units of the font size: words are about 0.25 apart, and fragments come already split at anything wider."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a row that stands apart from the next by a wide gap."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Row:
    """One visual line of a column."""

    cells: tuple[Cell, ...]
    marker: str
    x0: float
    y0: float
    y1: float
    baseline: float
    size: float
    bold: bool
    starts_bold: bool
    ends_bold: bool
    ends_size: float
    """Size of the last words, where a label before them is larger or smaller."""
    italic: bool
    page: int
    reach: float
    """How far to the right its column may go: to the next column or to the margin of the page."""
    boxes: tuple[Box, ...]

    @property
    def text(self) -> str:
        """The row's text, cells apart by tabs, without its list mark."""
        return "\t".join(cell.text for cell in self.cells)

    @property
    def text_x0(self) -> float:
        """Where the last cell's text starts: a wrapped line starts there, too."""
        return self.cells[-1].x0

    @property
    def x1(self) -> float:
        """Where the row's text ends."""
        return self.cells[-1].x1


def rows_of(fragments: Sequence[Fragment], page: int, reach: float) -> list[Row]:
    """The rows of one column on one page, from top to bottom; `reach` is how far to the right it may go."""
    groups: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: (f.baseline, f.x0)):
        if groups and _on_row(fragment, groups[-1]):
            groups[-1].append(fragment)
        else:
            groups.append([fragment])
    parted = [part for group in groups for part in _parted_at_mark(sorted(group, key=lambda f: f.x0))]
    return _with_side_notes_on_their_entry([_row(group, page, reach) for group in parted])


def _parted_at_mark(group: list[Fragment]) -> list[list[Fragment]]:
    """The row, or two where words of another cell stand before a list item: `Leeds` beside `• Moved 400 jobs`."""
    marked = [bool(_GLYPH.match(fragment.text)) for fragment in group]
    if sum(marked) != 1 or not marked[-1] or len(group) < 2 or group[-1].x0 - group[-2].x1 < _CELL_GAP * group[-1].size:
        return [group]
    return [group[:-1], group[-1:]]


def _on_row(fragment: Fragment, group: list[Fragment]) -> bool:
    main = max(group, key=lambda f: f.size)
    if any(min(fragment.x1, other.x1) - max(fragment.x0, other.x0) > 0.8 * fragment.size for other in group):
        return False
    if abs(fragment.baseline - main.baseline) <= 0.3 * max(fragment.size, main.size):
        return True
    small = fragment.size < 0.8 * main.size
    overlap = min(fragment.y1, main.y1) - max(fragment.y0, main.y0)
    touches = any(-1 <= fragment.x0 - other.x1 <= 0.3 * main.size for other in group)
    return small and touches and overlap > 0.5 * (fragment.y1 - fragment.y0)


def _row(group: list[Fragment], page: int, reach: float) -> Row:
    size = max(f.size for f in group)
    cells: list[Cell] = []
    for index, fragment in enumerate(group):
        gap = fragment.x0 - cells[-1].x1 if cells else 0.0
        label_ends = index > 0 and _ends_label(group[index - 1], fragment, gap / size)
        if cells and gap < _CELL_GAP * size and not label_ends and not fragment.is_chip:
            glue = "" if gap < 0.12 * size else " "
            cells[-1] = Cell(cells[-1].text + glue + fragment.text.strip(), cells[-1].x0, fragment.x1)
        else:
            cells.append(Cell(fragment.text.strip(), fragment.x0, fragment.x1))
    cells = _justified(cells, size)
    first = cells[0]
    marker = ""
    match = None if _DASHED_DATE.match(first.text) else _MARK.match(first.text)
    if match and (len(first.text) > match.end() or len(cells) > 1):
        marker = match.group().strip()
        rest = first.text[match.end() :]
        if rest:
            start = group[0].words_x0 if group[0].text_left is not None else first.x0 + 0.85 * size
            cells[0] = Cell(rest, start, first.x1)
        else:
            cells = cells[1:]
    if marker:
        cells = [cells[0], *(replace(cell, text=_GLYPH.sub("", cell.text)) for cell in cells[1:])]
    lettered = [f for f in group if any(c.isalnum() for c in f.text)] or group
    return Row(
        cells=tuple(cells),
        marker=marker,
        x0=group[0].x0,
        y0=min(f.y0 for f in group),
        y1=max(f.y1 for f in group),
        baseline=group[0].baseline,
        size=size,
        bold=all(f.bold for f in lettered),
        starts_bold=lettered[0].starts_bold,
        ends_bold=lettered[-1].ends_bold,
        ends_size=lettered[-1].size,
        italic=all(f.italic for f in lettered),
        page=page,
        reach=reach,
        boxes=tuple(f.box for f in group),
    )


def _ends_label(left: Fragment, right: Fragment, gap: float) -> bool:
    """Whether bold words end before plain ones, with more than a space between them or with larger letters."""
    return left.bold and not right.bold and (gap > 0.5 or is_at_step(left, right))


def _justified(cells: list[Cell], size: float) -> list[Cell]:
    """The cells as one where all gaps are alike and narrow: words of a line that was stretched to its margin."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(cells)]
    if not any(cell.text.endswith(",") for cell in cells) and not any(cell.text[0].islower() for cell in cells[1:]):
        return cells
    if len(gaps) < _FEWEST_GAPS or max(gaps) > 2.5 * size or max(gaps) - min(gaps) > 0.25 * size:
        return cells
    return [Cell(" ".join(cell.text for cell in cells), cells[0].x0, cells[-1].x1)]


def _with_side_notes_on_their_entry(rows: list[Row]) -> list[Row]:
    """Places and dates stacked at the right margin beside bullets, moved up to the row where their stack begins."""
    out: list[Row] = []
    stack_at: int | None = None
    stack_baseline = 0.0
    for index, row in enumerate(rows):
        note = row.cells[-1]
        is_note = is_side_note(note) or _heads_notes(row, rows[index + 1 : index + 2])
        beside_bullet = len(row.cells) == 2 and (bool(row.marker) or _is_wrapped_part(row, out))
        alone = len(row.cells) == 1 and out and not row.marker and note.x0 > max(c.x1 for c in out[-1].cells[:1]) + 20
        close = stack_at is not None and row.baseline - stack_baseline <= 2.0 * row.size
        if stack_at is not None and is_note and close and (beside_bullet or (alone and len(out[stack_at].cells) > 1)):
            head = out[stack_at]
            out[stack_at] = replace(head, cells=(*head.cells, note), boxes=head.boxes + row.boxes[-1:])
            stack_baseline = row.baseline
            if beside_bullet:
                out.append(replace(row, cells=row.cells[:-1], boxes=row.boxes[:-1]))
            continue
        if len(row.cells) > 1 and is_note and not row.marker:
            stack_at, stack_baseline = len(out), row.baseline
        out.append(row)
    return out


def is_side_note(cell: Cell) -> bool:
    """Whether the words are a date, a span or length of time or a place, as they stand at the right margin."""
    return len(cell.text) <= 40 and bool(_SIDE_NOTE.search(cell.text) or DURATION.fullmatch(cell.text))


def _heads_notes(row: Row, following: list[Row]) -> bool:
    """Whether a date stands below the last words of the row, flush with them, beside a bullet: they are a town."""
    if len(row.cells) < 2 or row.marker or not following or len(following[0].cells) != 2 or not following[0].marker:
        return False
    town, note = row.cells[-1], following[0].cells[-1]
    flush = abs(town.x0 - note.x0) <= 2 or abs(town.x1 - note.x1) <= 2
    return flush and is_side_note(note) and bool(re.fullmatch(r"[^\W\d_][^\d.:;]{1,29}", town.text))


def _is_wrapped_part(row: Row, before: list[Row]) -> bool:
    """Whether the row goes on with the bullet above it."""
    for previous in reversed(before):
        if abs(previous.text_x0 - row.cells[0].x0) <= 3:
            if previous.marker:
                return True
            continue
        return False
    return False


def _is_set_like(other: Row, row: Row) -> bool:
    return abs(other.cells[0].x0 - row.cells[0].x0) <= 2.5 and abs(other.size - row.size) <= 0.6


def _usual(pitches: Iterable[float]) -> float | None:
    """The smallest distance that two and more have."""
    common = [a for a, b in pairwise(sorted(pitches)) if b - a <= 0.5]
    return common[0] if common else None


class Margins:
    """Where the text of a column wraps, by indentation: text beside a date rail wraps earlier than the rest."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._all = [(row.cells[0].x0, row.cells[0].x1) for row in rows if len(row.cells) == 1 or row.marker]
        self._all += [(row.cells[-1].x0, row.cells[-1].x1) for row in rows if len(row.cells) > 1]
        self._widest = max((x1 for _, x1 in self._all), default=0.0)
        self._leftmost = min((x0 for x0, _ in self._all), default=0.0)
        self._reach = max((row.reach for row in rows), default=0.0)
        self.ragged = self._is_ragged()
        self._pitches = [
            (after, after.baseline - before.baseline)
            for before, after in pairwise(rows)
            if 0 < after.baseline - before.baseline <= 2.5 * after.size
        ]

    def line_pitch(self, row: Row) -> float | None:
        """The distance of base lines inside paragraphs that look like this row; None when too few show it."""
        return _usual(pitch for other, pitch in self._pitches if _is_set_like(other, row))

    def item_pitch(self, row: Row) -> float | None:
        """The distance to the row above of those like this one that begin something; None when too few show it."""
        begun = ((other, pitch) for other, pitch in self._pitches if other.marker or not other.text[:1].islower())
        return _usual(pitch for other, pitch in begun if _is_set_like(other, row))

    def at(self, indent: float) -> float:
        """The right margin for text that starts at this indent.

        Where no two lines end near each other, or all end far from the edge, nothing was wrapped at a margin of the
        text: lines typed one by one could have gone on to the margin of the page.
        """
        near = [x1 for x0, x1 in self._all if abs(x0 - indent) <= 2.5]
        margin = max(near) if len(near) >= 3 else self._widest
        if margin < self._widest - 0.15 * (self._widest - indent) and self._ending(near, margin, indent) < 2:
            margin = self._widest
        ending = self._ending([x1 for _, x1 in self._all], margin, indent)
        return margin if ending >= 2 and self._is_shown else max(margin, self._reach)

    def ends_at_edge(self, x: float) -> bool:
        """Whether this far to the right no text of the column goes, and several lines show it."""
        ending = self._ending([x1 for _, x1 in self._all], self._widest, self._leftmost)
        return self._is_shown and ending >= 2 and x >= self._widest - 1.0

    @property
    def _is_shown(self) -> bool:
        return self._widest - self._leftmost >= _FILLED_SHARE * (self._reach - self._leftmost)

    @staticmethod
    def _ending(ends: Sequence[float], margin: float, indent: float) -> int:
        """How many lines end near a margin."""
        return sum(1 for x1 in ends if x1 >= margin - _NEAR_MARGIN * (margin - indent))

    def _is_ragged(self) -> bool:
        """Whether lines end at different places: only justified text is hyphenated."""
        long = [x1 for x0, x1 in self._all if x1 - x0 > 0.6 * (self._widest - x0)]
        flush = sum(1 for x1 in long if self._widest - x1 < 2.0)
        return len(long) < 4 or flush < 0.35 * len(long)
