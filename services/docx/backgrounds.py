"""What may lie behind text, so that white words can be read on it: coloured shapes, pictures, cells, paragraphs.

Knows colours and shapes; knows nothing of what the text says.
"""

import re

from services.docx import names as n
from services.docx.names import Element
from services.docx.styles import StyleSheet, is_shaded, is_white

_VML_SHAPES = tuple(n.V + kind for kind in ("shape", "rect", "roundrect", "oval", "polyline", "line"))
_FILLS = tuple(n.A + kind for kind in ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill"))
_WHITE_SCHEME_COLOURS = ("bg1", "lt1")
_KEEPS_TEXT_AWAY = tuple(n.WP + wrap for wrap in ("wrapSquare", "wrapTight", "wrapThrough", "wrapTopAndBottom"))
_WHITE_NAMES = ("white", "window", "#fff", "#ffffff")


def may_colour_paper(root: Element) -> bool:
    """Whether a part colours the page, or draws something that may lie behind text beside it."""
    page = root.find(n.W + "background")
    if page is not None and not is_white(page.get(n.W + "color")):
        return True
    if any(_is_behind_text(anchor) and _is_coloured_drawing(anchor) for anchor in root.iter(n.WP + "anchor")):
        return True
    return any(_floats(shape) and _is_coloured_vml(shape) for shape in root.iter(*_VML_SHAPES))


def is_coloured_behind(paragraph: Element, styles: StyleSheet) -> bool:
    """Whether the paragraph, or a cell, table, box or group around it, is coloured."""
    if is_shaded(paragraph.find(n.PPR)):
        return True
    return any(_is_coloured(around, styles) for around in paragraph.iterancestors(n.TC, n.TBL, n.TXBX_CONTENT))


def _is_coloured(around: Element, styles: StyleSheet) -> bool:
    if around.tag == n.TC:
        return is_shaded(around.find(n.W + "tcPr"))
    if around.tag == n.TBL:
        properties = around.find(n.W + "tblPr")
        if properties is None:
            return False
        style = properties.find(n.W + "tblStyle")
        return is_shaded(properties) or (style is not None and styles.colours_tables(style.get(n.VAL) or ""))
    # A box in a group lies on the group's other shapes: the whole drawing counts.
    drawing = next(around.iterancestors(n.DRAWING), None)
    if drawing is not None:
        return _is_coloured_drawing(drawing)
    picture = next(around.iterancestors(n.PICT, n.OBJECT), None)
    return picture is None or any(_is_coloured_vml(shape) for shape in picture.iter(*_VML_SHAPES))


def _is_behind_text(anchor: Element) -> bool:
    """Whether text may run over a floating drawing instead of around it."""
    if anchor.get("behindDoc") in ("1", "true"):
        return True
    return all(anchor.find(wrap) is None for wrap in _KEEPS_TEXT_AWAY)


def _is_coloured_drawing(drawing: Element) -> bool:
    """Whether any of the shapes is a picture or filled with anything but white; one that says nothing may be."""
    if next(drawing.iter(n.A + "blip"), None) is not None:
        return True
    shapes = list(drawing.iter(n.WPS + "wsp"))
    return not shapes or any(_is_coloured_shape(shape) for shape in shapes)


def _is_coloured_shape(shape: Element) -> bool:
    properties = shape.find(n.WPS + "spPr")
    fill = next((item for item in properties if item.tag in _FILLS), None) if properties is not None else None
    if fill is None:
        reference = shape.find(f"{n.WPS}style/{n.A}fillRef")
        return reference is not None and reference.get("idx") != "0"
    if fill.tag == n.A + "noFill":
        return False
    return fill.tag != n.A + "solidFill" or not any(_is_white_fill(colour) for colour in fill)


def _is_white_fill(colour: Element) -> bool:
    if colour.tag == n.A + "schemeClr":
        return colour.get("val") in _WHITE_SCHEME_COLOURS and len(colour) == 0
    return colour.tag == n.A + "srgbClr" and is_white(colour.get("val"))


def _floats(shape: Element) -> bool:
    """Whether a VML shape, or the group that it is in, has a place of its own on the page."""
    return any("absolute" in (around.get("style") or "") for around in (shape, *shape.iterancestors(n.V + "group")))


def _is_coloured_vml(shape: Element) -> bool:
    if shape.find(n.V + "imagedata") is not None:
        return True
    if (shape.get("filled") or "t").lower() in ("f", "false", "0"):
        return False
    fill = shape.find(n.V + "fill")
    if fill is not None and (fill.get("type") or "solid") != "solid":
        return True
    colour = re.sub(r"\s*\[.*", "", (shape.get("fillcolor") or "white").strip().lower())
    return colour not in _WHITE_NAMES
