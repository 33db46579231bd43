"""The looks of our own template: page, styles, one list, one set of fonts. Knows no resume."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

NAME, ROLE, CONTACT, SECTION, ENTRY, DETAIL, BULLET, BODY = (
    "Title", "Subtitle", "Contact", "Heading 1", "Heading 2", "Entry Detail", "List Bullet", "Normal",
)  # fmt: skip
HYPERLINK = "Hyperlink"

_GREY = "595959"
_MARGIN = 54.0
_MIN_TEXT_WIDTH = 200.0
_LIGHTEST_HEADING = 0.72
_KEPT_STYLES = {NAME, ROLE, CONTACT, SECTION, ENTRY, DETAIL, BULLET, BODY, HYPERLINK, "Default Paragraph Font"}
_DROPPED_PARTS = ("/thumbnail", "/extended-properties", "/customXml", "/stylesWithEffects")
_THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


@dataclass(frozen=True, slots=True)
class TemplateStyle:
    """The typography of a template; page and sizes in points, colour as six hex digits."""

    page_width: float = 595.3
    page_height: float = 841.9
    body_size: float = 10.5
    name_size: float = 24.0
    heading_colour: str = "1F3864"
    font_family: str = "Calibri"

    def sensible(self) -> "TemplateStyle":
        """The same within the bounds of what prints well: readable sizes, a dark colour, a page with room for text."""
        body = min(max(self.body_size, 9.0), 12.0)
        return TemplateStyle(
            page_width=min(max(self.page_width, 2 * _MARGIN + _MIN_TEXT_WIDTH), 1600.0),
            page_height=min(max(self.page_height, 400.0), 2400.0),
            body_size=round(body * 2) / 2,
            name_size=round(min(max(self.name_size, body * 1.7), 30.0)),
            heading_colour=self.heading_colour if _is_dark(self.heading_colour) else TemplateStyle().heading_colour,
            font_family=re.sub(r"[^\w \-]", "", self.font_family).strip() or TemplateStyle().font_family,
        )


def text_width(style: TemplateStyle) -> float:
    """The width between the margins."""
    return style.page_width - 2 * _MARGIN


def dress(document: Document, style: TemplateStyle) -> None:
    """Give an empty python-docx document the template's page, styles and list, and none of its leftovers."""
    section = document.sections[0]
    section.page_width, section.page_height = Pt(style.page_width), Pt(style.page_height)
    section.left_margin = section.right_margin = Pt(_MARGIN)
    section.top_margin = section.bottom_margin = Pt(50)
    for name in [item.name for item in document.styles if item.name not in _KEPT_STYLES]:
        document.styles[name].delete()
    _define_list(document)
    _define_styles(document, style)
    package = document.part.package
    for relationships in (package.rels, document.part.rels):
        for key in [key for key, item in relationships.items() if item.reltype.endswith(_DROPPED_PARTS)]:
            relationships.pop(key)


def sign(document: Document, author: str) -> None:
    """Core properties that name the person and no tool."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.title = author
    properties.comments = properties.subject = properties.keywords = properties.category = ""
    properties.created = properties.modified = datetime.now(UTC)
    properties.revision = 1


def _define_styles(document: Document, style: TemplateStyle) -> None:
    size, colour = style.body_size, style.heading_colour
    body = _paragraph_style(document, BODY, style, size=size, after=3, line=1.08)
    _paragraph_style(document, NAME, style, size=style.name_size, colour=colour, bold=True, after=1, line=1.0)
    _paragraph_style(document, ROLE, style, size=size + 2, colour=_GREY, after=3, line=1.0)
    _paragraph_style(document, CONTACT, style, size=size - 0.5, colour=_GREY, after=2)
    section = _paragraph_style(document, SECTION, style, size=size + 1.5, colour=colour, bold=True, before=12, after=5)
    section.paragraph_format.keep_with_next = True
    section.font.all_caps = True
    _spread_letters(section)
    _underline(section, colour)
    entry = _paragraph_style(document, ENTRY, style, size=size + 0.5, colour="000000", bold=True, before=6, after=0)
    detail = _paragraph_style(document, DETAIL, style, size=size, colour=_GREY, after=2)
    entry.paragraph_format.keep_with_next = detail.paragraph_format.keep_with_next = True
    for dated in (entry, body):
        dated.paragraph_format.tab_stops.add_tab_stop(Pt(text_width(style)), WD_TAB_ALIGNMENT.RIGHT)
    _paragraph_style(document, BULLET, style, size=size, after=2, line=1.08)
    link = document.styles.add_style(HYPERLINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor.from_string(colour)


def _paragraph_style(
    document: Document,
    name: str,
    style: TemplateStyle,
    *,
    size: float,
    colour: str | None = None,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
    line: float = 1.0,
) -> ParagraphStyle:
    known = name in {item.name for item in document.styles}
    defined = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(defined, ParagraphStyle)
    if name != BODY:
        defined.base_style = document.styles[BODY]
    for tag in ("w:rPr", "w:pPr") if name != BULLET else ("w:rPr",):
        for leftover in defined.element.findall(qn(tag)):
            defined.element.remove(leftover)
    defined.quick_style, defined.hidden = True, False
    defined.font.size, defined.font.bold, defined.font.cs_bold = Pt(size), bold, bold
    letters = defined.element.get_or_add_rPr()
    letters.find(qn("w:sz")).addnext(parse_xml(f'<w:szCs {nsdecls("w")} w:val="{round(size * 2)}"/>'))
    fonts = letters.get_or_add_rFonts()
    for attribute in _THEME_FONTS:
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
    for attribute in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{attribute}"), style.font_family)
    if colour is not None:
        defined.font.color.rgb = RGBColor.from_string(colour)
    shape = defined.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line
    shape.widow_control = True
    if name in (SECTION, ENTRY):
        level = 0 if name == SECTION else 1
        defined.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))
    return defined


def _spread_letters(style: ParagraphStyle) -> None:
    """A little air between capitals."""
    properties = style.element.get_or_add_rPr()
    spacing = parse_xml(f'<w:spacing {nsdecls("w")} w:val="14"/>')
    properties.find(qn("w:sz")).addprevious(spacing)


def _underline(style: ParagraphStyle, colour: str) -> None:
    """A thin rule below section headings."""
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="2" w:color="{colour}"/></w:pBdr>'
    )
    properties = style.element.get_or_add_pPr()
    properties.find(qn("w:spacing")).addprevious(border)


def _define_list(document: Document) -> None:
    """One bulleted list, and the list style as the only way into it."""
    numbering = document.part.numbering_part.element
    for item in list(numbering):
        numbering.remove(item)
    numbering.append(
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>'
            '<w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="300" w:hanging="220"/></w:pPr></w:lvl></w:abstractNum>'
        )
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="1"><w:abstractNumId w:val="0"/></w:num>'))
    style = document.styles[BULLET].element
    for leftover in style.findall(qn("w:pPr")):
        style.remove(leftover)
    style.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>'))


def _is_dark(colour: str) -> bool:
    """Whether a colour is one, and dark enough to read on white."""
    if re.fullmatch(r"[0-9A-Fa-f]{6}", colour) is None:
        return False
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue < _LIGHTEST_HEADING
