"""How text looks once styles are resolved: bold, caps, size, colour, headings, lists. Knows no text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.docx import names as n
from services.docx.names import Element
from services.docx.package import DocxPackage, parse_xml

_MAX_STYLE_DEPTH = 12
_INVISIBLE_SIZE = 2.0
_PALEST = 0xF0
"""A colour whose channels are all this light cannot be told from paper."""

_WHITE_THEME_COLOURS = ("background1", "light1")
_HEADING_NAME = re.compile(r"heading \d|title|subtitle|section", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """The resolved look of a run; None where nothing says so."""

    bold: bool = False
    caps: bool = False
    size: float | None = None
    vanish: bool = False
    colour: str | None = None
    shaded: bool = False

    @property
    def invisible(self) -> bool:
        """True for text that nobody sees on any background."""
        return self.vanish or (self.size is not None and self.size <= _INVISIBLE_SIZE)

    @property
    def white(self) -> bool:
        """True for text that nobody sees on bare paper."""
        return is_white(self.colour) and not self.shaded


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None
    run: Element | None
    outline_level: int | None
    numbering: tuple[str | None, int | None]
    shaded: bool
    colours_cells: bool


@dataclass(slots=True)
class StyleSheet:
    """The styles and numbering of a document; answers for paragraphs and runs."""

    _items: Mapping[str, Element]
    _default_paragraph: str | None
    _defaults: Look
    _list_formats: Mapping[str, Mapping[int, str]]
    _styles: dict[str, _Style] = field(default_factory=dict)
    """Those that have been asked for: Word writes hundreds that nothing has."""
    _resolved: dict[tuple[str, Look], Look] = field(default_factory=dict)

    def run_look(self, paragraph_style: str | None, run_properties: Element | None) -> Look:
        """The look of a run with these direct properties in a paragraph of that style."""
        if run_properties is None:
            return self.paragraph_look(paragraph_style)
        own = run_properties.find(n.W + "rStyle")
        run_style = own.get(n.VAL) if own is not None else None
        look = self.paragraph_look(paragraph_style)
        if run_style is not None:
            look = self._apply_style(run_style, look)
        return _apply(run_properties, look)

    def paragraph_look(self, paragraph_style: str | None) -> Look:
        """The look that a paragraph style gives to its runs."""
        style = paragraph_style if paragraph_style in self._items else self._default_paragraph
        return self._apply_style(style, self._defaults) if style is not None else self._defaults

    def is_heading_style(self, paragraph: Element) -> bool:
        """Whether the paragraph or its style has an outline level or a heading's name."""
        own = paragraph.find(f"{n.PPR}/{n.W}outlineLvl")
        if own is not None:
            return (own.get(n.VAL) or "9") < "9"
        return any(
            (style.outline_level is not None and style.outline_level < 9) or _HEADING_NAME.match(style.name)
            for style in self._chain(paragraph_style(paragraph))
        )

    def list_level(self, paragraph: Element) -> int | None:
        """The list level of a paragraph, directly or through its style; None when it is no list item."""
        number_id, level = _numbering(paragraph.find(n.PPR))
        for style in self._chain(paragraph_style(paragraph)):
            number_id = number_id if number_id is not None else style.numbering[0]
            level = level if level is not None else style.numbering[1]
        if number_id is None or number_id == "0":
            return None
        level = level or 0
        formats = self._list_formats.get(number_id)
        if formats is None or formats.get(level) == "none":
            return None
        return level

    def colours_tables(self, style_id: str) -> bool:
        """Whether a table style colours any of its cells; one that is not known may."""
        return style_id not in self._items or any(style.colours_cells for style in self._chain(style_id))

    def _chain(self, style_id: str | None) -> list[_Style]:
        """The style and those that it is based on, nearest first; endless loops in broken files are cut."""
        chain: list[_Style] = []
        while style_id is not None and style_id in self._items and len(chain) < _MAX_STYLE_DEPTH:
            if style_id not in self._styles:
                self._styles[style_id] = _read_style(self._items[style_id])
            style = self._styles[style_id]
            chain.append(style)
            style_id = style.based_on
        return chain

    def _apply_style(self, style_id: str, look: Look) -> Look:
        key = (style_id, look)
        if key not in self._resolved:
            resolved = look
            for style in reversed(self._chain(style_id)):
                if style.run is not None:
                    resolved = _apply(style.run, resolved)
                if style.shaded:
                    resolved = replace(resolved, shaded=True)
            self._resolved[key] = resolved
        return self._resolved[key]


def read_styles(package: DocxPackage) -> StyleSheet:
    """Read styles.xml and numbering.xml; a document without them gets an empty sheet."""
    styles: dict[str, Element] = {}
    default_paragraph: str | None = None
    defaults = Look()
    for part in package.related_parts("styles"):
        root = parse_xml(package.parts[part])
        properties = root.find(f"{n.W}docDefaults/{n.W}rPrDefault/{n.RPR}")
        if properties is not None:
            defaults = _apply(properties, defaults)
        for item in root.iterchildren(n.W + "style"):
            style_id = item.get(n.W + "styleId") or ""
            styles[style_id] = item
            if item.get(n.W + "type") == "paragraph" and item.get(n.W + "default") in ("1", "true", "on"):
                default_paragraph = style_id
    return StyleSheet(styles, default_paragraph, defaults, _read_list_formats(package))


def paragraph_style(paragraph: Element) -> str | None:
    """The style id of a paragraph; None for the default."""
    style = paragraph.find(f"{n.PPR}/{n.W}pStyle")
    return style.get(n.VAL) if style is not None else None


def is_white(colour: str | None) -> bool:
    """Whether six hexadecimal digits name white, or what nobody can tell from it."""
    if colour is None or re.fullmatch(r"[0-9A-Fa-f]{6}", colour) is None:
        return False
    return min(bytes.fromhex(colour)) >= _PALEST


def is_shaded(properties: Element | None) -> bool:
    """Whether these paragraph, run, cell or table properties put a colour behind the text."""
    if properties is None:
        return False
    shading = properties.find(n.W + "shd")
    fill = (shading.get(n.W + "fill") or "auto") if shading is not None else "auto"
    if fill.lower() != "auto" and not is_white(fill):
        return True
    if shading is not None and shading.get(n.VAL) == "solid":
        return True
    highlight = properties.find(n.W + "highlight")
    return highlight is not None and highlight.get(n.VAL) not in ("none", "white")


_TABLE_LOOKS = (n.W + "tblPr", n.W + "tcPr", n.PPR, n.RPR)


def _read_style(item: Element) -> _Style:
    name, based_on, outline = (item.find(n.W + tag) for tag in ("name", "basedOn", "pPr"))
    level = outline.find(n.W + "outlineLvl") if outline is not None else None
    return _Style(
        name=(name.get(n.VAL) or "") if name is not None else "",
        based_on=based_on.get(n.VAL) if based_on is not None else None,
        run=item.find(n.RPR),
        outline_level=_integer(level),
        numbering=_numbering(outline),
        shaded=is_shaded(outline),
        colours_cells=item.get(n.W + "type") == "table" and any(is_shaded(inner) for inner in item.iter(*_TABLE_LOOKS)),
    )


def _apply(properties: Element, look: Look) -> Look:
    """The look after these direct run properties."""
    bold, caps, size, vanish = look.bold, look.caps, look.size, look.vanish
    colour, shaded = look.colour, look.shaded
    for item in properties:
        tag = item.tag
        if tag == n.W + "b":
            bold = n.is_on(item)
        elif tag == n.W + "caps":
            caps = n.is_on(item)
        elif tag == n.W + "sz":
            half_points = item.get(n.VAL) or ""
            size = int(half_points) / 2 if half_points.isdecimal() else size
        elif tag == n.W + "vanish":
            vanish = n.is_on(item)
        elif tag == n.W + "color":
            colour = _colour_of(item)
    shaded = shaded or is_shaded(properties)
    return Look(bold, caps, size, vanish, colour, shaded)


def _colour_of(item: Element) -> str:
    """The colour as Word last saw it; the theme's white where it did not write that down."""
    value = item.get(n.VAL) or ""
    themed = item.get(n.W + "themeColor") in _WHITE_THEME_COLOURS and value.lower() in ("", "auto")
    return "FFFFFF" if themed else value


def _numbering(properties: Element | None) -> tuple[str | None, int | None]:
    numbering = properties.find(n.W + "numPr") if properties is not None else None
    if numbering is None:
        return None, None
    number_id, level = numbering.find(n.W + "numId"), numbering.find(n.W + "ilvl")
    return (number_id.get(n.VAL) if number_id is not None else None), _integer(level)


def _integer(element: Element | None) -> int | None:
    value = (element.get(n.VAL) or "") if element is not None else ""
    return int(value) if value.isdecimal() else None


def _read_list_formats(package: DocxPackage) -> dict[str, dict[int, str]]:
    """The number format ("bullet", "decimal", "none" …) of each level of each list."""
    formats: dict[str, dict[int, str]] = {}
    for part in package.related_parts("numbering"):
        root = parse_xml(package.parts[part])
        abstract: dict[str, dict[int, str]] = {}
        for item in root.iterchildren(n.W + "abstractNum"):
            levels: dict[int, str] = {}
            for level in item.iterchildren(n.W + "lvl"):
                number_format = level.find(n.W + "numFmt")
                index = level.get(n.W + "ilvl") or "0"
                if index.isdecimal():
                    levels[int(index)] = (number_format.get(n.VAL) or "") if number_format is not None else "decimal"
            abstract[item.get(n.W + "abstractNumId") or ""] = levels
        for item in root.iterchildren(n.W + "num"):
            reference = item.find(n.W + "abstractNumId")
            if reference is not None:
                formats[item.get(n.W + "numId") or ""] = abstract.get(reference.get(n.VAL) or "", {})
    return formats
