"""The XML names of WordprocessingML that this package speaks of. Knows no logic."""

from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
V = "{urn:schemas-microsoft-com:vml}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

P, R_, T, TAB, BR = W + "p", W + "r", W + "t", W + "tab", W + "br"
PPR, RPR, SECT_PR = W + "pPr", W + "rPr", W + "sectPr"
PPR_CHANGE, RPR_CHANGE = W + "pPrChange", W + "rPrChange"
VAL = W + "val"
HYPERLINK, FLD_SIMPLE, FLD_CHAR, INSTR_TEXT = W + "hyperlink", W + "fldSimple", W + "fldChar", W + "instrText"
SDT, SDT_CONTENT, SDT_PR = W + "sdt", W + "sdtContent", W + "sdtPr"
TBL, TR, TC, TXBX_CONTENT = W + "tbl", W + "tr", W + "tc", W + "txbxContent"
INS, DEL, DEL_TEXT = W + "ins", W + "del", W + "delText"
RUBY, RUBY_BASE = W + "ruby", W + "rubyBase"
BOOKMARK_START, BOOKMARK_END = W + "bookmarkStart", W + "bookmarkEnd"
DRAWING, PICT, OBJECT = W + "drawing", W + "pict", W + "object"
ALTERNATE_CONTENT, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"


def local_name(element: Element) -> str:
    """The tag without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def is_on(toggle: Element | None) -> bool:
    """Whether an on/off property such as `w:b` is there and not switched off."""
    return toggle is not None and toggle.get(VAL) not in ("0", "false", "off", "none")
