"""The lines of a document part: its paragraphs in order, cut at soft breaks, typed bullet marks set apart.

Reader and writer both number and hash lines through this module, so that an anchor means the same to both.
"""

import re
from dataclasses import dataclass, field

from services.docx import names as n
from services.docx.atoms import Atom, read_atoms, text_of
from services.docx.backgrounds import is_coloured_behind
from services.docx.names import Element
from services.docx.styles import Look, StyleSheet, paragraph_style

_CAUTIOUS_GLYPHS = "\\-–—*»>§★☆"
_GLYPHS = "•●○◦▪■□▫◆◇►▶▸‣⁃∙·✓✔❖➢➤➔➲❑◻☑・\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0a8\uf0e8\uf071\uf0dc\ue000" + _CAUTIOUS_GLYPHS
_MARKER = re.compile(rf"\s*(?:([{_GLYPHS}])(?![●○★☆■□])|o(?=\s))\s*(?=\S)")
_CAUTIOUS_MARKER = re.compile(rf"\s*[{_CAUTIOUS_GLYPHS}]\S")
_SHORT_LINE = 8
"""On lines up to this length a hyphen with no space after it is part of the text ("-5 °C"), not a bullet."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph without soft breaks, or one segment of it.

    `atoms` is everything between the breaks but hidden text. The line's text goes from `start` to `end`: a typed
    bullet mark and the white space around the text are left out.
    """

    segment: int | None
    atoms: list[Atom]
    marker: str
    start: int
    end: int

    @property
    def body(self) -> list[Atom]:
        """The characters of the text."""
        return self.atoms[self.start : self.end]

    @property
    def text(self) -> str:
        """The text without mark and outer white space."""
        return text_of(self.body)

    def framed(self, text: str) -> str:
        """Another text in place of the line's own, between the line's mark and its trailing space."""
        return text_of(self.atoms[: self.start]) + text + text_of(self.atoms[self.end :])


@dataclass(slots=True, eq=False)
class Paragraph:
    """A w:p with its number in the part and its copies in mc:Fallback."""

    index: int
    element: Element
    twins: list[Element] = field(default_factory=list)


def index_paragraphs(root: Element) -> list[Paragraph]:
    """All paragraphs of a part in document order at any depth, mc:Fallback copies attached to their originals."""
    copies = {copy for fallback in root.iter(n.FALLBACK) for copy in fallback.iter(n.P)}
    elements = [element for element in root.iter(n.P) if element not in copies]
    paragraphs = [Paragraph(index, element) for index, element in enumerate(elements)]
    if copies:
        _attach_twins(root, {paragraph.element: paragraph for paragraph in paragraphs})
    return paragraphs


def _attach_twins(root: Element, by_element: dict[Element, Paragraph]) -> None:
    """Pair originals and copies by position; a box inside a box has copies in the copy of the outer one as well."""
    owners = dict(by_element)
    for content in root.iter(n.ALTERNATE_CONTENT):
        choice, fallback = content.find(n.CHOICE), content.find(n.FALLBACK)
        if choice is None or fallback is None:
            continue
        originals = [owners[element] for element in choice.iter(n.P) if element in owners]
        twins = _outermost_copies(fallback)
        if len(originals) == len(twins):
            for original, twin in zip(originals, twins, strict=True):
                original.twins.append(twin)
                owners[twin] = original


def _outermost_copies(fallback: Element) -> list[Element]:
    """The paragraphs of a fallback without those of fallbacks inside it."""
    nested = {copy for inner in fallback.iter(n.FALLBACK) if inner is not fallback for copy in inner.iter(n.P)}
    return [copy for copy in fallback.iter(n.P) if copy not in nested]


@dataclass(slots=True)
class LineReader:
    """Cuts paragraphs into lines; knows from the styles which text nobody can see."""

    styles: StyleSheet
    bare_paper: bool
    """False when pictures or shapes may lie behind the text, so that white text may well be visible."""

    def visible_atoms(self, paragraph: Element) -> list[Atom]:
        """The characters of a paragraph that a reader sees."""
        return [atom for atom in self.marked_atoms(paragraph) if not atom.hidden]

    def marked_atoms(self, paragraph: Element) -> list[Atom]:
        """All characters of a paragraph, those that nobody sees marked as hidden."""
        atoms = read_atoms(paragraph)
        style = paragraph_style(paragraph)
        run: Element | None = None
        hidden = False
        for atom in atoms:
            if atom.run is not run:
                run = atom.run
                hidden = self._is_hidden(self.styles.run_look(style, run.find(n.RPR)), paragraph)
            atom.hidden = hidden
        return atoms

    def lines(self, paragraph: Element) -> list[Line]:
        """The lines of a paragraph; always at least one, possibly empty."""
        return cut_lines(self.visible_atoms(paragraph))

    def _is_hidden(self, look: Look, paragraph: Element) -> bool:
        return look.invisible or (look.white and self.bare_paper and not is_coloured_behind(paragraph, self.styles))


def cut_lines(atoms: list[Atom]) -> list[Line]:
    """Cut visible characters at the soft breaks."""
    segments: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.char == "\n":
            segments.append([])
        else:
            segments[-1].append(atom)
    if len(segments) == 1:
        return [as_line(atoms, None)]
    return [as_line(segment, number) for number, segment in enumerate(segments)]


def as_line(atoms: list[Atom], segment: int | None) -> Line:
    """Take characters as one line."""
    text = text_of(atoms)
    marker = split_marker(text)
    start = len(marker) if marker else len(text) - len(text.lstrip())
    return Line(segment, atoms, marker.strip(), start, max(start, len(text.rstrip())))


def split_marker(text: str) -> str:
    """The typed bullet mark at the start of a line with the white space around it; empty when there is none."""
    match = _MARKER.match(text)
    if match is None:
        return ""
    if len(text.strip()) <= _SHORT_LINE and _CAUTIOUS_MARKER.match(text):
        return ""
    return match.group()
