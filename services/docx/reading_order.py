"""The order in which a person reads the paragraphs of a part: floating text boxes by where they stand on the page."""

import re
from dataclasses import dataclass

from services.docx import names as n
from services.docx.lines import Paragraph
from services.docx.names import Element

_EMU_PER_POINT = 12700
_CSS_LENGTH = r"(?:^|;)\s*{}:\s*(-?\d*\.?\d+)(pt|in|px|cm|mm)?"
_NUMBER = re.compile(r"-?\d{1,12}(\.\d*)?")
_POINTS = {"pt": 1.0, "in": 72.0, "px": 0.75, "cm": 28.35, "mm": 2.835, None: 0.75}


@dataclass(frozen=True, slots=True)
class _Place:
    """Left and right edge and top of a box, in points, relative to what it is anchored to."""

    left: float
    right: float
    top: float


def in_reading_order(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Document order, but boxes anchored in one paragraph go column by column, each from top to bottom."""
    ordered: list[Paragraph] = []
    boxes: list[tuple[Element, list[Paragraph]]] = []
    for paragraph in paragraphs:
        box = _outermost_box(paragraph.element)
        if box is None or (boxes and not _same_anchor(box, boxes[-1][0])):
            ordered += _sorted_boxes(boxes)
            boxes = []
        if box is None:
            ordered.append(paragraph)
        elif boxes and boxes[-1][0] is box:
            boxes[-1][1].append(paragraph)
        else:
            boxes.append((box, [paragraph]))
    return ordered + _sorted_boxes(boxes)


def _outermost_box(element: Element) -> Element | None:
    boxes = list(element.iterancestors(n.TXBX_CONTENT))
    return boxes[-1] if boxes else None


def _same_anchor(first: Element, second: Element) -> bool:
    return next(first.iterancestors(n.P), None) is next(second.iterancestors(n.P), None)


def _sorted_boxes(boxes: list[tuple[Element, list[Paragraph]]]) -> list[Paragraph]:
    places = [_place(box) for box, _ in boxes]
    known = [place for place in places if place is not None]
    order = list(range(len(boxes)))
    if len(known) == len(boxes) > 1:
        columns = _columns(known)
        order.sort(key=lambda position: (columns[position], known[position].top))
    return [paragraph for position in order for paragraph in boxes[position][1]]


def _columns(places: list[_Place]) -> list[int]:
    """The column of each box: boxes whose widths overlap by more than half of the narrower one share a column."""
    columns = [0] * len(places)
    heads: list[_Place] = []
    for position in sorted(range(len(places)), key=lambda position: places[position].left):
        place = places[position]
        for number, head in enumerate(heads):
            overlap = min(place.right, head.right) - max(place.left, head.left)
            if overlap > 0.5 * min(place.right - place.left, head.right - head.left):
                columns[position] = number
                break
        else:
            columns[position] = len(heads)
            heads.append(place)
    return columns


def _place(box: Element) -> _Place | None:
    """Where a box stands; None for inline boxes and members of groups, which keep their order."""
    anchor = next(box.iterancestors(n.WP + "anchor"), None)
    if anchor is not None:
        across = anchor.findtext(f"{n.WP}positionH/{n.WP}posOffset")
        down = anchor.findtext(f"{n.WP}positionV/{n.WP}posOffset")
        extent = anchor.find(n.WP + "extent")
        if across is None or down is None or extent is None or len(list(anchor.iter(n.TXBX_CONTENT))) != 1:
            return None
        lengths = (across, down, extent.get("cx") or "0")
        if not all(_NUMBER.fullmatch(length) for length in lengths):
            return None
        left, top, width = (float(length) / _EMU_PER_POINT for length in lengths)
        return _Place(left, left + width, top)
    shape = next((around for around in box.iterancestors() if around.get("style") and around.tag.startswith(n.V)), None)
    return _css_place(shape.get("style") or "") if shape is not None else None


def _css_place(style: str) -> _Place | None:
    lengths = []
    for name in ("margin-left", "margin-top", "width"):
        match = re.search(_CSS_LENGTH.format(name), style)
        if match is None:
            return None
        lengths.append(float(match[1]) * _POINTS[match[2]])
    left, top, width = lengths
    return _Place(left, left + width, top)
