"""The visible characters of a paragraph, each with the XML node and run that it stands in.

Knows how Word nests text (links, fields, content controls, insertions); knows no lines, edits or parts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from services.docx import names as n
from services.docx.names import Element

_CONTAINERS = frozenset(
    n.W + tag
    for tag in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
)
_SYMBOLS = {
    0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF076: "❖", 0xF0A8: "◻", 0xF06E: "■", 0xF06C: "●",
    0xF071: "❑", 0xF0E8: "➔", 0xF0E0: "→", 0xF028: "☎", 0xF02A: "✉", 0xF0FE: "☑", 0xF06F: "□", 0xF0DC: "➲",
}  # fmt: skip
_UNKNOWN_SYMBOL = "\ue000"


@dataclass(slots=True, eq=False)
class LinkSpan:
    """A hyperlink or a field inside a paragraph; `element` is the w:hyperlink, w:fldSimple or the opening w:fldChar."""

    element: Element
    relationship_id: str | None = None
    instruction: str = ""

    @property
    def leads_somewhere(self) -> bool:
        """True for hyperlinks; other fields (page, date …) only keep their text together."""
        return self.element.tag == n.HYPERLINK or "HYPERLINK" in self.instruction


@dataclass(slots=True, eq=False)
class Atom:
    """One visible character: its node (w:t, w:tab, w:br …), its offset there, its run, and the link around it."""

    char: str
    node: Element
    offset: int
    run: Element
    link: LinkSpan | None
    hidden: bool = False


@dataclass(slots=True)
class _Fields:
    """The complex fields that are open while a paragraph is walked."""

    open: list[tuple[LinkSpan, bool]] = field(default_factory=list)

    def see(self, node: Element) -> None:
        kind = node.get(n.W + "fldCharType")
        if kind == "begin":
            self.open.append((LinkSpan(node), False))
        elif kind == "separate" and self.open:
            self.open[-1] = (self.open[-1][0], True)
        elif kind == "end" and self.open:
            self.open.pop()

    def see_instruction(self, text: str) -> None:
        if self.open:
            self.open[-1][0].instruction += text

    @property
    def in_code(self) -> bool:
        return bool(self.open) and not self.open[-1][1]

    @property
    def link(self) -> LinkSpan | None:
        return next((span for span, _ in reversed(self.open) if span.leads_somewhere), None)


def read_atoms(paragraph: Element) -> list[Atom]:
    """All visible characters of the paragraph itself; text boxes anchored in it are paragraphs of their own."""
    return list(_walk(paragraph, None, _Fields()))


def run_atoms(run: Element, link: LinkSpan | None) -> list[Atom]:
    """The characters of one run that holds no fields."""
    return list(_walk_run(run, link, _Fields()))


def text_of(atoms: list[Atom]) -> str:
    """The characters as a string."""
    return "".join(atom.char for atom in atoms)


def _walk(parent: Element, link: LinkSpan | None, fields: _Fields) -> Iterator[Atom]:
    for child in parent:
        tag = child.tag
        if tag == n.R_:
            yield from _walk_run(child, link, fields)
        elif tag in _CONTAINERS:
            yield from _walk(child, _link_of(child) or link, fields)


def _link_of(container: Element) -> LinkSpan | None:
    if container.tag == n.HYPERLINK:
        return LinkSpan(container, container.get(n.R + "id"), f'HYPERLINK "#{container.get(n.W + "anchor") or ""}"')
    if container.tag == n.FLD_SIMPLE:
        span = LinkSpan(container, instruction=container.get(n.W + "instr") or "")
        return span if span.leads_somewhere else None
    return None


def _walk_run(run: Element, link: LinkSpan | None, fields: _Fields) -> Iterator[Atom]:
    for node in run:
        tag = node.tag
        if tag == n.FLD_CHAR:
            fields.see(node)
        elif tag == n.INSTR_TEXT:
            fields.see_instruction(node.text or "")
        elif tag == n.RUBY:
            for base in node.iterchildren(n.RUBY_BASE):
                yield from _walk(base, link, fields)
        elif not fields.in_code:
            around = fields.link or link
            for offset, char in enumerate(_visible(node)):
                yield Atom(char, node, offset, run, around)


def _visible(node: Element) -> str:
    tag = node.tag
    if tag == n.T:
        return node.text or ""
    if tag in (n.TAB, n.W + "ptab"):
        return "\t"
    if tag in (n.BR, n.W + "cr") and node.get(n.W + "type") in (None, "textWrapping"):
        return "\n"
    if tag == n.W + "noBreakHyphen":
        return "-"
    if tag == n.W + "sym":
        return _symbol(node)
    return ""


def _symbol(node: Element) -> str:
    code = node.get(n.W + "char") or ""
    try:
        return _SYMBOLS.get(int(code, 16), _UNKNOWN_SYMBOL)
    except ValueError:
        return _UNKNOWN_SYMBOL
