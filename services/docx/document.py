"""A DOCX whose text parts are parsed on demand: document, headers, footers, notes. Knows lines, not edits."""

from dataclasses import dataclass, field

from services.docx.backgrounds import may_colour_paper
from services.docx.lines import LineReader, Paragraph, index_paragraphs
from services.docx.names import Element
from services.docx.package import DocxPackage, open_docx, parse_xml
from services.docx.styles import StyleSheet, read_styles


@dataclass(slots=True, eq=False)
class TextPart:
    """One parsed part with its numbered paragraphs and the reader that cuts them into lines."""

    name: str
    root: Element
    reader: LineReader
    paragraphs: list[Paragraph]


@dataclass(slots=True)
class OpenDocument:
    """An opened package, its styles, and the parts that have been parsed so far."""

    package: DocxPackage
    styles: StyleSheet
    parsed: dict[str, TextPart] = field(default_factory=dict)
    _roots: dict[str, Element] = field(default_factory=dict)
    _bare_paper: bool | None = None

    @property
    def main(self) -> TextPart:
        """The document itself."""
        return self.part(self.package.main_part)

    def part(self, name: str) -> TextPart:
        """Parse a part, once."""
        if name not in self.parsed:
            root = self._root(name)
            reader = LineReader(self.styles, self._has_bare_paper())
            self.parsed[name] = TextPart(name, root, reader, index_paragraphs(root))
        return self.parsed[name]

    @property
    def part_names(self) -> list[str]:
        """All parts that hold lines, in reading order: headers, document, footers, notes."""
        related = self.package.related_parts
        notes = [*related("footnotes"), *related("endnotes")]
        return [*related("header"), self.package.main_part, *related("footer"), *notes]

    def _root(self, name: str) -> Element:
        if name not in self._roots:
            self._roots[name] = parse_xml(self.package.parts[name])
        return self._roots[name]

    def _has_bare_paper(self) -> bool:
        """Whether nothing is drawn that text may lie on; what a header draws lies behind every page."""
        if self._bare_paper is None:
            drawing_parts = [*self.package.related_parts("header"), self.package.main_part]
            self._bare_paper = not any(may_colour_paper(self._root(name)) for name in drawing_parts)
        return self._bare_paper


def open_document(document: bytes) -> OpenDocument:
    """Open an untrusted DOCX for reading or editing its lines."""
    package = open_docx(document)
    return OpenDocument(package, read_styles(package))
