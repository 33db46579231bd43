"""List marks that a page draws as small shapes instead of writing them, and lines drawn across it. Knows no words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import pymupdf

Box = tuple[float, float, float, float]

_SMALLEST, _LARGEST = 1.2, 8.0
"""Points: the sides of shapes that can be list marks."""
_ROUNDNESS = 0.6
_OF_THE_LETTERS = 0.5
"""Of the font size: larger shapes before a line are icons or the dots of a time line."""
_THIN, _LONG = 2.5, 40.0
"""Points: how thick a line drawn across is at most, and how long at least."""
_REACH = 2.2
"""In units of the font size: how far before its words a mark stands."""


def small_shapes(page: "pymupdf.Page") -> list[Box]:
    """The shapes of a page that are small and about as wide as high; none of those that make up a dotted line."""
    shapes: list[Box] = []
    for drawing in page.get_cdrawings():
        x0, y0, x1, y1 = cast(Box, tuple(drawing["rect"]))
        width, height = x1 - x0, y1 - y0
        small = min(width, height) >= _SMALLEST and max(width, height) <= _LARGEST
        if small and min(width, height) >= _ROUNDNESS * max(width, height):
            shapes.append((x0, y0, x1, y1))
    return [shape for shape in shapes if not _is_dotted(shape, shapes)]


def rules_across(page: "pymupdf.Page") -> list[Box]:
    """The lines drawn across a page, as under headings."""
    boxes = [cast(Box, tuple(drawing["rect"])) for drawing in page.get_cdrawings()]
    return [box for box in boxes if box[3] - box[1] <= _THIN and box[2] - box[0] >= _LONG]


def mark_before(words: Box, size: float, shapes: Sequence[Box]) -> Box | None:
    """The shape that stands before these words as their list mark."""
    for shape in shapes:
        middle = (shape[1] + shape[3]) / 2
        beside = words[1] + 0.25 * (words[3] - words[1]) <= middle <= words[3] - 0.22 * (words[3] - words[1])
        before = 0 < words[0] - shape[2] <= _REACH * size
        if beside and before and shape[3] - shape[1] <= _OF_THE_LETTERS * size:
            return shape
    return None


def _is_dotted(shape: Box, shapes: Sequence[Box]) -> bool:
    """Whether another shape of this size follows closer than lines of text do."""
    side = shape[2] - shape[0]
    return any(
        other is not shape
        and abs(other[0] - shape[0]) + abs(other[1] - shape[1]) <= 2.5 * side
        and abs((other[2] - other[0]) - side) <= 0.3
        for other in shapes
    )
