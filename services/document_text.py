"""The numbered text of a document: what the readers return, the extractor sends and the anchors point to.

Knows no file format: `services/docx/` and `services/pdf_reader.py` produce these lines.
"""

import hashlib
import unicodedata
from dataclasses import dataclass, field


def text_hash(text: str) -> str:
    """SHA-1 of the text after NFKC and collapsing white space; tells whether a line is still the one that was read."""
    normalised = " ".join(unicodedata.normalize("NFKC", text).split())
    return hashlib.sha1(normalised.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a line stands in a DOCX: part name, index of the `w:p` in it, soft-break segment, hash of the text.

    Paragraphs are counted in document order at any depth (tables, text boxes, content controls), skipping
    `mc:Fallback` copies. `segment` is None for a paragraph without soft breaks.
    """

    part: str
    paragraph: int
    segment: int | None
    text_hash: str


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink of a line: the words it covers and where it leads."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """One logical line of a document: a paragraph, a soft-break segment, or a re-joined PDF paragraph.

    `text` is the visible text without a typed bullet mark (that is `marker`), tabs kept. `block` numbers the visual
    blocks (table cell, text box, column, region between gaps): lines of one block belong together. `font_size` is in
    points. `heading` is True where style or looks (large, bold, caps, on its own) say so.
    """

    number: int
    text: str
    marker: str = ""
    list_level: int | None = None
    heading: bool = False
    bold: bool = False
    font_size: float | None = None
    block: int = 0
    page: int = 1
    links: tuple[Link, ...] = ()
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class DocumentText:
    """All lines of a document in reading order, numbered from 1, and what could not be read as content."""

    lines: tuple[TextLine, ...]
    hidden_text: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    constructs: tuple[str, ...] = field(default=())

    def line(self, number: int) -> TextLine | None:
        """The line of that number, or None."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else None


def render_numbered(lines: list[TextLine] | tuple[TextLine, ...]) -> str:
    """The lines as text for a model: `12| # Experience`, `13| **Acme**`, `14| - Built …`; an empty line between blocks.

    `# ` marks what looks like a heading, `**` a line that is bold as a whole, `- ` a list item. The marks are hints
    and not part of the line's text.
    """
    out: list[str] = []
    previous: TextLine | None = None
    for line in lines:
        if previous is not None and (line.block != previous.block or line.page != previous.page):
            out.append("")
        text = line.text.replace("\n", " ")
        if line.heading:
            text = f"# {text}"
        elif line.bold:
            text = f"**{text}**"
        if line.list_level is not None or line.marker:
            text = f"- {text}"
        out.append(f"{line.number}| {text}")
        previous = line
    return "\n".join(out)
