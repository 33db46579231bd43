"""Reading a DOCX as numbered lines: what a person sees, in the order in which they read it, with anchors.

Knows looks (headings, lists, blocks, links); knows nothing of what a resume is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

from services.document_text import Anchor, DocumentText, Link, TextLine, text_hash
from services.docx import names as n
from services.docx.atoms import Atom, LinkSpan, text_of
from services.docx.constructs import find_constructs, find_warnings
from services.docx.document import OpenDocument, TextPart, open_document
from services.docx.lines import Line, Paragraph, cut_lines
from services.docx.names import Element
from services.docx.package import parse_xml
from services.docx.reading_order import in_reading_order
from services.docx.styles import Look, paragraph_style
from services.errors import NoTextInDocument

_MAX_HEADING_WORDS = 8
_MAX_HEADING_CHARACTERS = 60
_LARGER = 1.15
"""A line this much larger than the body text looks like a heading."""

_CONTAINERS = (n.TC, n.TXBX_CONTENT, n.W + "footnote", n.W + "endnote")
_FIELD_URL = re.compile(r'HYPERLINK\s+"?([^"\s]+)"?')


def read_docx(document: bytes) -> DocumentText:
    """All visible lines of an untrusted DOCX; raises the error that says what is wrong with the file."""
    return read_document(open_document(document))


def read_document(opened: OpenDocument) -> DocumentText:
    """All visible lines of an opened document: headers first, footers and notes last, repeated ones once."""
    lines: list[TextLine] = []
    hidden: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for name in opened.part_names:
        reader = _PartReader(opened, opened.part(name), first_block=lines[-1].block + 1 if lines else 0)
        found = list(reader.lines())
        texts = tuple(line.text for line in found)
        if name == opened.package.main_part or texts not in seen:
            lines += found
            hidden += reader.hidden
        seen.add(texts)
    hidden += _comments(opened)
    if not lines:
        raise NoTextInDocument
    numbered = [replace(line, number=number) for number, line in enumerate(_with_headings(lines), start=1)]
    return DocumentText(tuple(numbered), tuple(hidden), find_warnings(opened), find_constructs(opened))


@dataclass(slots=True)
class _PartReader:
    """Walks one part in reading order, numbering the visual blocks as it goes."""

    document: OpenDocument
    part: TextPart
    first_block: int
    hidden: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[TextLine]:
        """The lines that hold text; a change of cell or box, an empty paragraph or a break starts a new block."""
        block = self.first_block
        container: Element | None = None
        for paragraph in in_reading_order(self.part.paragraphs):
            around = next(paragraph.element.iterancestors(*_CONTAINERS), None)
            atoms = self.part.reader.marked_atoms(paragraph.element)
            self._note_hidden(atoms)
            own = cut_lines([atom for atom in atoms if not atom.hidden])
            empty = all(not line.body for line in own)
            if around is not container or empty or _starts_column(paragraph.element):
                block += 1
                container = around
            for line in own:
                if line.body:
                    yield self._line(paragraph, line, block)
            if paragraph.element.find(f"{n.PPR}/{n.SECT_PR}") is not None:
                block += 1

    def _note_hidden(self, atoms: list[Atom]) -> None:
        text = text_of([atom for atom in atoms if atom.hidden]).strip()
        if text:
            self.hidden.append(text)

    def _line(self, paragraph: Paragraph, line: Line, block: int) -> TextLine:
        styles = self.document.styles
        element = paragraph.element
        style = paragraph_style(element)
        solid = [atom for atom in line.body if not atom.char.isspace()]
        looks: dict[Element, Look] = {}
        for atom in solid:
            if atom.run not in looks:
                looks[atom.run] = styles.run_look(style, atom.run.find(n.RPR))
        sizes = Counter(looks[atom.run].size for atom in solid).most_common(1)
        text = line.text
        capitals = all(looks[atom.run].caps for atom in solid) or (text.isupper() and sum(map(str.isalpha, text)) > 2)
        return TextLine(
            number=0,
            text=text,
            marker=line.marker,
            list_level=styles.list_level(element) if not line.segment else None,
            heading=styles.is_heading_style(element) or (capitals and _is_short(text)),
            bold=all(looks[atom.run].bold for atom in solid),
            font_size=sizes[0][0] if sizes else None,
            block=block,
            links=tuple(self._links(line.body)),
            anchor=Anchor(self.part.name, paragraph.index, line.segment, text_hash(text)),
        )

    def _links(self, body: list[Atom]) -> Iterator[Link]:
        relationships = self.document.package.relationships(self.part.name)
        for span, atoms in groupby(body, key=lambda atom: atom.link):
            if span is None:
                continue
            relationship = relationships.get(span.relationship_id or "")
            url = relationship.target if relationship is not None and relationship.external else _field_url(span)
            words = text_of(list(atoms)).strip()
            if url and words:
                yield Link(words, url)


def _field_url(span: LinkSpan) -> str:
    match = _FIELD_URL.search(span.instruction)
    return match[1] if match and not match[1].startswith(("#", "\\")) else ""


def _starts_column(element: Element) -> bool:
    return any(item.get(n.W + "type") in ("column", "page") for item in element.iter(n.BR))


def _is_short(text: str) -> bool:
    return len(text) <= _MAX_HEADING_CHARACTERS and len(text.split()) <= _MAX_HEADING_WORDS


def _with_headings(lines: list[TextLine]) -> Iterator[TextLine]:
    """Mark as headings the short lines that are large, or bold at the start of a block, as far as styles do not say."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.font_size or 0.0] += len(line.text)
    body_size = sizes.most_common(1)[0][0]
    block: int | None = None
    for line in lines:
        opens_block = line.block != block
        block = line.block
        stands_alone = line.list_level is None and not line.marker and "\t" not in line.text and _is_short(line.text)
        large = bool(body_size) and (line.font_size or 0.0) >= body_size * _LARGER
        labelled = line.bold and opens_block and not any(char.isdigit() for char in line.text)
        looks_so = stands_alone and line.text[-1] not in ".,;" and (large or labelled)
        yield replace(line, heading=True) if looks_so and not line.heading else line


def _comments(opened: OpenDocument) -> list[str]:
    texts: list[str] = []
    for name in opened.package.related_parts("comments"):
        root = parse_xml(opened.package.parts[name])
        texts += [
            "".join(str(text.text or "") for text in item.iter(n.T)) for item in root.iterchildren(n.W + "comment")
        ]
    return [text for text in texts if text.strip()]
