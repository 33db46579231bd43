"""What a document is built of, and which of its text no line edit can reach. Knows counts and names, not content."""

import re

from services.docx import names as n
from services.docx.document import OpenDocument
from services.docx.names import Element
from services.docx.package import parse_xml

_BY_TAG = (
    ("tables", n.TBL),
    ("text_boxes", n.TXBX_CONTENT),
    ("content_controls", n.SDT),
    ("images", n.A + "blip"),
    ("images", n.V + "imagedata"),
    ("shapes", n.WP + "anchor"),
    ("hyperlinks", n.HYPERLINK),
    ("fields", n.FLD_CHAR),
    ("fields", n.FLD_SIMPLE),
    ("word_lists", n.W + "numPr"),
    ("tab_stops", n.W + "tabs"),
    ("frames", n.W + "framePr"),
    ("embedded_objects", n.OBJECT),
    ("word_art", n.V + "textpath"),
    ("tracked_changes", n.DEL),
    ("tracked_changes", n.W + "moveFrom"),
    ("tracked_changes", n.INS),
    ("equations", "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"),
)
_BY_PART = (
    ("headers", "header"),
    ("footers", "footer"),
    ("comments", "comments"),
    ("smartart", "diagramData"),
    ("charts", "chart"),
)
_UNREACHABLE = {
    "large_images": "Text inside pictures is not read.",
    "smartart": "Text inside SmartArt graphics is not read.",
    "charts": "Text inside charts is not read.",
    "word_art": "WordArt text is not read.",
    "embedded_objects": "Text inside embedded objects is not read.",
    "equations": "Text inside equations is not read.",
}
_LARGE_POINTS = 250
_TRACKED = "The document contains tracked changes; it is read as if they were accepted."


def find_constructs(document: OpenDocument) -> tuple[str, ...]:
    """Names of the constructs that the document uses ("tables", "text_boxes", "columns" …), each once."""
    found: list[str] = []
    roots = [document.part(name).root for name in document.part_names]
    for name, tag in _BY_TAG:
        if any(next(root.iter(tag), None) is not None for root in roots):
            found.append(name)
    found += [name for name, kind in _BY_PART if document.package.related_parts(kind)]
    if any(_is_nested(table) for table in document.main.root.iter(n.TBL)):
        found.append("nested_tables")
    if any((columns.get(n.W + "num") or "1") > "1" for columns in document.main.root.iter(n.W + "cols")):
        found.append("columns")
    if any(item.get(n.W + "type") is None for item in document.main.root.iter(n.BR)):
        found.append("soft_breaks")
    if any(_is_large(image) for image in document.main.root.iter(n.WP + "extent", n.V + "shape")):
        found.append("large_images")
    if _is_protected(document):
        found.append("protection")
    return tuple(dict.fromkeys(found))


def find_unreachable(document: OpenDocument) -> tuple[str, ...]:
    """The constructs found whose text cannot be read or edited line by line."""
    return tuple(name for name in find_constructs(document) if name in _UNREACHABLE)


def find_warnings(document: OpenDocument) -> tuple[str, ...]:
    """Sentences for a person about what was not read, or read in a particular way."""
    constructs = find_constructs(document)
    warnings = [_UNREACHABLE[name] for name in constructs if name in _UNREACHABLE]
    if "tracked_changes" in constructs:
        warnings.append(_TRACKED)
    return tuple(warnings)


def _is_nested(table: Element) -> bool:
    return next(table.iterancestors(n.TBL), None) is not None


def _is_large(item: Element) -> bool:
    """Whether a picture is wide enough to hold lines of text: neither an icon nor a portrait."""
    if item.tag == n.WP + "extent":
        parent = item.getparent()
        drawn = parent is not None and next(parent.iter(n.A + "blip"), None) is not None
        width = item.get("cx") or ""
        return drawn and width.isdecimal() and float(width) >= _LARGE_POINTS * 12700
    points = re.search(r"(?:^|;)\s*width:(\d*\.?\d+)pt", item.get("style") or "")
    return points is not None and item.find(n.V + "imagedata") is not None and float(points[1]) >= _LARGE_POINTS


def _is_protected(document: OpenDocument) -> bool:
    for name in document.package.related_parts("settings"):
        if parse_xml(document.package.parts[name]).find(n.W + "documentProtection") is not None:
            return True
    return False
