"""Writes a rewrite plan into the runs of a paragraph, disturbing no more XML than the words that change.

Existing w:t nodes take the text wherever one of the wanted format is at hand; runs are split only where none is.
"""

import copy
from dataclasses import dataclass, field

from services.docx import names as n
from services.docx.atoms import Atom, LinkSpan, run_atoms
from services.docx.formats import Formats
from services.docx.names import Element
from services.docx.rewrite_plan import Splice

_EMPTY_WHEN_LEFT = frozenset({n.RPR, n.W + "lastRenderedPageBreak"})


@dataclass(slots=True)
class ParagraphWriter:
    """Holds all atoms of a paragraph and keeps their nodes and offsets true while text comes and goes."""

    atoms: list[Atom]
    formats: Formats
    _touched_runs: dict[Element, None] = field(default_factory=dict)
    _touched_links: dict[LinkSpan, None] = field(default_factory=dict)

    def write(self, body: list[Atom], splices: list[Splice]) -> None:
        """Carry out the splices on a line; `body` are the atoms that the plan was made for."""
        for splice in reversed(splices):
            removed = body[splice.start : splice.end]
            if splice.text:
                self._insert(splice, removed, *self._around(body, splice))
            self._remove(removed)
            body[splice.start : splice.end] = []
        self._sweep()

    def _around(self, body: list[Atom], splice: Splice) -> tuple[Atom | None, Atom | None]:
        """The characters before and after the splice in the whole paragraph, a bullet mark for instance."""
        at_end = splice.start == len(body)
        first = self.atoms.index(body[-1]) + 1 if at_end else self.atoms.index(body[splice.start])
        last = self.atoms.index(body[splice.end - 1]) + 1 if splice.end > splice.start else first
        before = self.atoms[first - 1] if first else None
        return before, self.atoms[last] if last < len(self.atoms) else None

    # --- text in ---

    def _insert(self, splice: Splice, removed: list[Atom], left: Atom | None, right: Atom | None) -> None:
        link = splice.link
        if left is not None and right is not None and left.link is right.link is not None:
            link = left.link  # the middle of a link belongs to it
        if "\t" not in splice.text and "\n" not in splice.text:
            hosts: list[tuple[Atom | None, int]] = [*((atom, 0) for atom in removed), (left, 1), (right, 0)]
            for atom, after in hosts:
                if atom is not None and self._can_host(atom, splice.source, link):
                    self._know(self._insert_into(atom, atom.offset + after, splice.text), right)
                    return
        run = new_run(splice.source.run, splice.text)
        for atom, after in ((left, 1), (removed[0] if removed else right, 0)):
            if atom is not None:
                self._split(atom, after)
        insert_beside(run, link, left, removed, right)
        self._know(run_atoms(run, link), right)

    def _know(self, inserted: list[Atom], right: Atom | None) -> None:
        """What came in counts as text of the paragraph from now on; what it replaces is about to go."""
        position = self.atoms.index(right) if right is not None else len(self.atoms)
        self.atoms[position:position] = inserted

    def _can_host(self, atom: Atom, like: Atom, link: LinkSpan | None) -> bool:
        if atom.node.tag != n.T or _outer_run(atom) is not atom.run:
            return False
        return atom.link is link and self.formats.exact(atom) == self.formats.exact(like)

    def _insert_into(self, host: Atom, offset: int, text: str) -> list[Atom]:
        node, old = host.node, host.node.text or ""
        set_text(node, old[:offset] + text + old[offset:])
        for atom in self.atoms:
            if atom.node is node and atom.offset >= offset:
                atom.offset += len(text)
        return [Atom(char, node, offset + k, host.run, host.link) for k, char in enumerate(text)]

    def _split(self, atom: Atom, after: int) -> None:
        """Split the run of an atom so that it starts with it (after=0) or ends with it (after=1)."""
        run, node, offset = atom.run, atom.node, atom.offset + after
        if _outer_run(atom) is not run:
            return
        length = len(node.text or "") if node.tag == n.T else 1
        following = list(node.itersiblings())
        preceding = [item for item in node.itersiblings(preceding=True) if item.tag not in _EMPTY_WHEN_LEFT]
        at_end, at_start = offset >= length, offset == 0
        if (at_end and not following) or (at_start and not preceding):
            return
        head = copy_run_shell(run)
        run.addprevious(head)
        kept_until = node if at_end else None
        for item in list(run):
            if item.tag == n.RPR:
                continue
            if item is node and not at_end:
                break
            head.append(item)
            if item is kept_until:
                break
        if not at_end and not at_start:
            first = copy.copy(node)
            set_text(first, (node.text or "")[:offset])
            set_text(node, (node.text or "")[offset:])
            head.append(first)
            for other in self.atoms:
                if other.node is node:
                    if other.offset < offset:
                        other.node = first
                    else:
                        other.offset -= offset
        moved = set(head)
        for other in self.atoms:
            if other.node in moved:
                other.run = head

    # --- text out ---

    def _remove(self, removed: list[Atom]) -> None:
        gone = set(removed)
        for node in dict.fromkeys(atom.node for atom in removed):
            if node.tag == n.T:
                kept = [atom for atom in self.atoms if atom.node is node and atom not in gone]
                set_text(node, "".join(atom.char for atom in kept))
                for offset, atom in enumerate(kept):
                    atom.offset = offset
            else:
                parent = node.getparent()
                if parent is not None:
                    parent.remove(node)
        self.atoms[:] = [atom for atom in self.atoms if atom not in gone]
        self._touched_runs.update(dict.fromkeys(atom.run for atom in removed))
        self._touched_links.update(dict.fromkeys(atom.link for atom in removed if atom.link is not None))

    def _sweep(self) -> None:
        """Drop the nodes, runs and links that the edit has emptied, and nothing that was empty before."""
        for run in self._touched_runs:
            for node in list(run.iterchildren(n.T)):
                if not node.text:
                    run.remove(node)
            parent = run.getparent()
            if parent is not None and all(item.tag in _EMPTY_WHEN_LEFT for item in run):
                parent.remove(run)
                if parent.tag == n.RUBY_BASE and len(parent) == 0:
                    _remove_ruby(parent)
        for link in self._touched_links:
            if all(atom.link is not link for atom in self.atoms):
                remove_link(link)


def insert_beside(
    run: Element, link: LinkSpan | None, left: Atom | None, removed: list[Atom], right: Atom | None
) -> None:
    """Put a run where characters go: beside a neighbour of the same link, else outside the link that is in the way.

    The runs of the neighbours end where the new one is to stand.
    """
    if left is not None and left.link is link:
        _outer_run(left).addnext(run)
        return
    for atom in (*removed[:1], right):
        if atom is not None and atom.link is link:
            _outer_run(atom).addprevious(run)
            return
    if left is not None and left.link is not None:
        last = _last_element(left.link)
        (last if last is not None else _outer_run(left)).addnext(run)
        return
    beside = next(atom for atom in (*removed[:1], right, left) if atom is not None)
    first = _first_element(beside.link) if beside.link is not None else _outer_run(beside)
    first.addprevious(run)


def _outer_run(atom: Atom) -> Element:
    """The run of a character; for one with a reading above it the run that holds both."""
    ruby = next(atom.run.iterancestors(n.RUBY, n.P), None)
    run = ruby.getparent() if ruby is not None and ruby.tag == n.RUBY else None
    return run if run is not None else atom.run


def _remove_ruby(base: Element) -> None:
    """The reading of characters goes with them."""
    ruby = base.getparent()
    run = ruby.getparent() if ruby is not None else None
    if ruby is not None and run is not None:
        run.remove(ruby)


def set_text(node: Element, text: str) -> None:
    """Set the text of a w:t and keep its outer spaces."""
    node.text = text
    if text != text.strip() or "  " in text:
        node.set(n.XML_SPACE, "preserve")


def new_run(like: Element, text: str) -> Element:
    """A run with the properties of another one and this text; tabs and breaks become their elements."""
    run = copy_run_shell(like)
    word = ""
    for char in [*text, ""]:
        if char in ("\t", "\n", "") and word:
            node = like.makeelement(n.T, {})
            set_text(node, word)
            run.append(node)
            word = ""
        if char in ("\t", "\n"):
            run.append(like.makeelement(n.TAB if char == "\t" else n.BR, {}))
        else:
            word += char
    return run


def copy_run_shell(run: Element) -> Element:
    """An empty run with the properties of another one."""
    shell = run.makeelement(n.R_, {})
    properties = run.find(n.RPR)
    if properties is not None:
        shell.append(copy.deepcopy(properties))
        for mark in [item for item in shell[0] if item.tag in (n.INS, n.DEL, n.W + "rPrChange")]:
            shell[0].remove(mark)
    return shell


def remove_link(link: LinkSpan) -> None:
    """Take an emptied link away; bookmarks inside stay where they were."""
    element = link.element
    if element.tag == n.FLD_CHAR:
        _remove_field(element)
        return
    parent = element.getparent()
    if parent is None or element.find(f".//{n.R_}") is not None:
        return
    for child in list(element):
        element.addprevious(child)
    parent.remove(element)


def field_runs(begin: Element) -> list[Element]:
    """The runs of a complex field from its opening to its end; empty when it does not end in the same parent."""
    run = begin.getparent()
    if run is None:
        return []
    runs: list[Element] = []
    depth = 0
    for item in (run, *run.itersiblings()):
        runs.append(item)
        for mark in item.iterchildren(n.FLD_CHAR):
            kind = mark.get(n.W + "fldCharType")
            depth += 1 if kind == "begin" else -1 if kind == "end" else 0
        if depth == 0:
            return runs
    return []


def _remove_field(begin: Element) -> None:
    for run in field_runs(begin):
        only_field = all(item.tag in (n.RPR, n.FLD_CHAR, n.INSTR_TEXT) for item in run)
        parent = run.getparent()
        if run.tag == n.R_ and only_field and parent is not None:
            parent.remove(run)


def _last_element(link: LinkSpan) -> Element | None:
    """What ends the link; None for a field that ends in another paragraph."""
    if link.element.tag != n.FLD_CHAR:
        return link.element
    return next(reversed(field_runs(link.element)), None)


def _first_element(link: LinkSpan) -> Element:
    if link.element.tag != n.FLD_CHAR:
        return link.element
    run = link.element.getparent()
    assert run is not None, "a field character always stands in a run"
    return run
