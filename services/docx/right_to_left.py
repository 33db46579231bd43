"""Turns our own Word template round for resumes in Arabic, Hebrew and other scripts that run from right to left."""

import unicodedata

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_BEFORE_BIDI = (
    "w:keepNext",
    "w:keepLines",
    "w:pageBreakBefore",
    "w:widowControl",
    "w:numPr",
    "w:pBdr",
    "w:shd",
    "w:tabs",
)


def runs_right_to_left(text: str) -> bool:
    """Whether most letters of a text belong to such a script."""
    directions = [unicodedata.bidirectional(char) for char in text]
    return sum(direction in ("R", "AL") for direction in directions) > directions.count("L")


def turn_round(document: Document, base_style: str) -> None:
    """Let paragraphs begin at the right, by the style that all others are based on; mark the words of the script."""
    properties = document.styles[base_style].element.get_or_add_pPr()
    before = [item for item in properties if item.tag in map(qn, _BEFORE_BIDI)]
    properties.insert(properties.index(before[-1]) + 1 if before else 0, OxmlElement("w:bidi"))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if any(unicodedata.bidirectional(char) in ("R", "AL") for char in run.text):
                run.font.rtl, run.font.cs_bold = True, run.bold
