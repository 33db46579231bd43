"""Words in the cells of a ruled table: wrapped ones joined, all cells of a row begun at one height. Knows no words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from services.pdf.drawn_marks import Box
from services.pdf.fragments import Fragment

if TYPE_CHECKING:
    import pymupdf

_THIN = 2.5
"""Points: a rule is drawn no thicker, as a line or as a narrow box."""
_NEAR = 3.0
"""Points by which the rules of two neighbouring cells may differ."""
_PADDING = 8.0
"""Points that a cell may keep free at its right."""
_MOST_LINES = 8
"""A frame around more is part of the page, and no cell."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The lines drawn on a page: (x, from, to) upright ones, (y, from, to) level ones."""

    upright: tuple[tuple[float, float, float], ...]
    level: tuple[tuple[float, float, float], ...]

    def cell_around(self, fragment: Fragment) -> Box | None:
        """The nearest rules on all four sides of the words, where they meet: an icon's edge bounds no cell."""
        x, y = (fragment.x0 + fragment.x1) / 2, (fragment.y0 + fragment.y1) / 2
        beside = [rule for rule in self.upright if _spans(rule, y, y)]
        around = [rule for rule in self.level if _spans(rule, x, x)]
        left = max((rule for rule in beside if rule[0] <= fragment.x0 + 1), default=None)
        right = min((rule for rule in beside if rule[0] >= fragment.x1 - 1), default=None)
        top = max((rule for rule in around if rule[0] <= y), default=None)
        bottom = min((rule for rule in around if rule[0] >= y), default=None)
        if left is None or right is None or top is None or bottom is None:
            return None
        meets = all(_spans(rule, top[0], bottom[0]) for rule in (left, right))
        meets = meets and all(_spans(rule, left[0], right[0]) for rule in (top, bottom))
        return (left[0], top[0], right[0], bottom[0]) if meets else None


def _spans(rule: tuple[float, float, float], start: float, end: float) -> bool:
    """Whether a rule reaches from one point to the other."""
    return rule[1] - _NEAR <= start and end <= rule[2] + _NEAR


def with_cells_joined(fragments: Sequence[Fragment], page: "pymupdf.Page") -> list[Fragment]:
    """The fragments, those in one cell of a ruled row as few as the writer typed, level with those beside them."""
    rules = _rules_of(page)
    if len(rules.upright) < 2 or len(rules.level) < 2:
        return list(fragments)
    cells: dict[Box, list[Fragment]] = defaultdict(list)
    out: list[Fragment] = []
    for fragment in fragments:
        cell = rules.cell_around(fragment)
        if cell is None:
            out.append(fragment)
        else:
            cells[cell].append(fragment)
    for row in _rows_of_cells(cells):
        joined = [_joined_in(cell, cells[cell]) for cell in row]
        is_row = len(row) > 1 and all(len(cells[cell]) <= _MOST_LINES for cell in row)
        out += _level(joined) if is_row else [fragment for cell in row for fragment in cells[cell]]
    return out


def _rows_of_cells(cells: Iterable[Box]) -> list[list[Box]]:
    """Cells that share their upper and lower rule."""
    rows: list[list[Box]] = []
    for cell in sorted(cells, key=lambda box: (box[1], box[0])):
        if rows and all(abs(rows[-1][0][side] - cell[side]) <= _NEAR for side in (1, 3)):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


def _joined_in(cell: Box, lines: Sequence[Fragment]) -> list[Fragment]:
    """The lines of a cell, each put behind the one that would not have held its first word."""
    out: list[Fragment] = []
    last_end = 0.0
    for line in sorted(lines, key=lambda f: (round(f.baseline), f.x0)):
        before = out[-1] if out else None
        word = (line.x1 - line.x0) / max(len(line.text), 1) * (len(line.text.split()[0]) + 1)
        full = last_end + word > cell[2] - _PADDING
        if before is not None and full and line.y0 > before.y0 + 1 and _looks_alike(before, line):
            out[-1] = replace(before, text=f"{before.text.rstrip()} {line.text.lstrip()}", ends_bold=line.ends_bold)
        else:
            out.append(line)
        last_end = line.x1
    return out


def _looks_alike(before: Fragment, line: Fragment) -> bool:
    return abs(before.size - line.size) <= 0.6 and before.ends_bold == line.starts_bold and line.text[:1].isalnum()


def _level(cells: Sequence[Sequence[Fragment]]) -> list[Fragment]:
    """The fragments of a row of cells, each cell begun at the height of the highest."""
    top = min(fragment.baseline for cell in cells for fragment in cell)
    out: list[Fragment] = []
    for cell in cells:
        shift = min(fragment.baseline for fragment in cell) - top
        for fragment in cell:
            x0, y0, x1, y1 = fragment.box
            out.append(replace(fragment, baseline=fragment.baseline - shift, box=(x0, y0 - shift, x1, y1 - shift)))
    return out


def _rules_of(page: "pymupdf.Page") -> _Rules:
    upright: list[tuple[float, float, float]] = []
    level: list[tuple[float, float, float]] = []
    for drawing in page.get_cdrawings():
        for x0, y0, x1, y1 in _boxes_of(drawing):
            if x1 - x0 <= _THIN < y1 - y0:
                upright.append(((x0 + x1) / 2, y0, y1))
            elif y1 - y0 <= _THIN < x1 - x0:
                level.append(((y0 + y1) / 2, x0, x1))
    return _Rules(tuple(_whole(upright)), tuple(_whole(level)))


def _boxes_of(drawing: dict[str, object]) -> list[Box]:
    """The boxes of a drawing's lines; a box that was drawn as a frame gives its four sides, a coloured ground none."""
    out: list[Box] = []
    is_frame = drawing.get("type") != "f"
    for item in cast("list[tuple[object, ...]]", drawing.get("items", [])):
        if item[0] == "l":
            (ax, ay), (bx, by) = cast("tuple[float, float]", item[1]), cast("tuple[float, float]", item[2])
            out.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
        elif item[0] == "re":
            x0, y0, x1, y1 = cast(Box, item[1])
            thin = min(x1 - x0, y1 - y0) <= _THIN
            if thin:
                out.append((x0, y0, x1, y1))
            elif is_frame:
                out += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    return out


def _whole(lines: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """The lines, those that touch in one: a rule is often drawn cell by cell."""
    out: list[tuple[float, float, float]] = []
    for at, start, end in sorted(lines, key=lambda line: (round(line[0]), line[1])):
        if out and abs(out[-1][0] - at) <= 1 and start <= out[-1][2] + _NEAR:
            out[-1] = (out[-1][0], out[-1][1], max(out[-1][2], end))
        else:
            out.append((at, start, end))
    return out
