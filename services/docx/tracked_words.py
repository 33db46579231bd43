"""Tracked changes inside one paragraph: which words went and which came, in the runs that hold them.

Compares the characters of the original with those of the edited paragraph. Knows no paragraph marks.
"""

import copy
import difflib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from services.docx import blocks
from services.docx import names as n
from services.docx.atoms import Atom, LinkSpan, read_atoms, run_atoms, text_of
from services.docx.formats import Formats
from services.docx.names import Element
from services.docx.paragraph_writer import copy_run_shell, field_runs, insert_beside, new_run, set_text
from services.docx.rewrite_plan import tokenise
from services.docx.tracked_marker import Marker


def track_words(paragraph: Element, edited: Element, marker: Marker) -> None:
    """Mark what the edit took out and brought in, word by word."""
    blocks.unbind_controls(paragraph)
    edited = copy.deepcopy(edited)
    for version in (paragraph, edited):
        spell_out_fields(version)
    _one_node_per_run(paragraph)
    old, new = read_atoms(paragraph), read_atoms(edited)
    changes = list(_changes(old, new, *_stretches(paragraph, old, edited, new)))
    for change in reversed(changes):
        for position in (change.end, change.start):
            if position < len(old):
                _split_text_before(old, position)
    came = [run for change in reversed(changes) for run in _insert(paragraph, old, new, change)]
    for run in came:
        marker.wrap(run, n.INS)
    for change in changes:
        for run in dict.fromkeys(atom.run for atom in old[change.start : change.end]):
            marker.wrap(run, n.DEL)
    _wrap_emptied_fields(old, new, marker)


def spell_out_fields(paragraph: Element) -> None:
    """Write short fields (w:fldSimple) as runs: only those can be marked as deleted together with their code."""
    for simple in [item for item in paragraph.iter(n.FLD_SIMPLE) if next(item.iterancestors(n.P)) is paragraph]:
        first = next(simple.iterchildren(n.R_), None)
        shell = copy_run_shell(first) if first is not None else simple.makeelement(n.R_, {})
        code = simple.makeelement(n.INSTR_TEXT, {n.XML_SPACE: "preserve"})
        code.text = simple.get(n.W + "instr")
        begin, separate, end = (
            simple.makeelement(n.FLD_CHAR, {n.W + "fldCharType": kind}) for kind in ("begin", "separate", "end")
        )
        for item in (begin, code, separate):
            simple.addprevious(_in_run(shell, item))
        for child in [child for child in simple if child.tag != n.W + "fldData"]:
            simple.addprevious(child)
        simple.addprevious(_in_run(shell, end))
        blocks.drop(simple)


def _in_run(shell: Element, item: Element) -> Element:
    run = copy.deepcopy(shell)
    run.append(item)
    return run


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Characters between two edges of fields, and the edge that they follow."""

    start: int
    end: int
    edge: Element | None


@dataclass(frozen=True, slots=True)
class _Change:
    """Old characters from `start` to `end` become the new ones from `first` to `last`, all in one stretch."""

    start: int
    end: int
    first: int
    last: int
    stretch: _Stretch


# --- What changed ---


def _stretches(
    paragraph: Element, old: list[Atom], edited: Element, new: list[Atom]
) -> tuple[list[_Stretch], list[_Stretch]]:
    """Cut both versions at the edges of page numbers, dates …: an edit leaves those where they are."""
    before, after = _cut_at_fields(paragraph, old), _cut_at_fields(edited, new)
    if len(before) == len(after):
        return before, after
    return [_Stretch(0, len(old), None)], [_Stretch(0, len(new), None)]


def _cut_at_fields(paragraph: Element, atoms: list[Atom]) -> list[_Stretch]:
    order = {node: position for position, node in enumerate(paragraph.iter())}
    places = [order[atom.node] for atom in atoms]
    edges = _field_edges(paragraph)
    cuts = [0, *(bisect_left(places, order[edge]) for edge in edges), len(atoms)]
    return [_Stretch(*cut, edge) for cut, edge in zip(pairwise(cuts), [None, *edges], strict=True)]


def _field_edges(paragraph: Element) -> list[Element]:
    """The marks around what fields show that are no links, in order."""
    marks = [mark for mark in paragraph.iter(n.FLD_CHAR) if next(mark.iterancestors(n.P)) is paragraph]
    edges: set[Element] = set()
    opened: list[list[Element]] = []
    for mark in marks:
        if mark.get(n.W + "fldCharType") == "begin":
            opened.append([mark])
        elif opened:
            opened[-1].append(mark)
            if mark.get(n.W + "fldCharType") == "end":
                begin, *others = opened.pop()
                edges.update(others if not _is_link(begin) else ())
    return [mark for mark in marks if mark in edges]


def _is_link(begin: Element) -> bool:
    codes = (code.text or "" for run in field_runs(begin) for code in run.iter(n.INSTR_TEXT))
    return "HYPERLINK" in "".join(codes)


def _changes(old: list[Atom], new: list[Atom], before: list[_Stretch], after: list[_Stretch]) -> Iterator[_Change]:
    """Ranges of characters that differ in text, look or link.

    Words that change on both sides of a space change together with it, as one readable revision.
    """
    formats = Formats()
    for was, now in zip(before, after, strict=True):
        words = _words(old[was.start : was.end], formats), _words(new[now.start : now.end], formats)
        for start, end, first, last in _differences(*words):
            yield _Change(was.start + start, was.start + end, now.start + first, now.start + last, was)


def _differences(before: list["_Word"], after: list["_Word"]) -> Iterator[tuple[int, int, int, int]]:
    matcher = difflib.SequenceMatcher(None, [word.key for word in before], [word.key for word in after], autojunk=False)
    old_ends, new_ends = ([0, *(word.end for word in words)] for words in (before, after))
    pending: tuple[int, int, int, int] | None = None
    for tag, i, next_i, j, next_j in matcher.get_opcodes():
        if tag == "equal":
            if pending is not None and any(not word.is_space for word in before[i:next_i]):
                yield pending
                pending = None
        elif pending is None:
            pending = old_ends[i], old_ends[next_i], new_ends[j], new_ends[next_j]
        else:
            pending = pending[0], old_ends[next_i], pending[2], new_ends[next_j]
    if pending is not None:
        yield pending


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with the look and link of each of its characters, and where it ends."""

    key: tuple[tuple[str, str, str], ...]
    end: int

    @property
    def is_space(self) -> bool:
        return all(char == " " for char, _, _ in self.key)


def _words(atoms: list[Atom], formats: Formats) -> list[_Word]:
    keys = [(atom.char, formats.exact(atom), _link_key(atom.link)) for atom in atoms]
    return [_Word(tuple(keys[token.start : token.end]), token.end) for token in tokenise(text_of(atoms))]


def _link_key(link: LinkSpan | None) -> str:
    return f"{link.relationship_id}{link.instruction}" if link is not None else ""


# --- Cutting runs so that each changes as a whole ---


def _one_node_per_run(paragraph: Element) -> None:
    """Give every text, tab, picture … a run of its own, so that each can be marked without its neighbours."""
    for run in dict.fromkeys(atom.run for atom in read_atoms(paragraph)):
        content = [item for item in run if item.tag != n.RPR]
        for item in content[:-1]:
            part = copy_run_shell(run)
            part.append(item)
            run.addprevious(part)


def _split_text_before(atoms: list[Atom], position: int) -> None:
    """Split the run of a character so that it begins with it."""
    atom = atoms[position]
    if atom.offset == 0:
        return
    run, node, offset = atom.run, atom.node, atom.offset
    text = node.text or ""
    head = copy_run_shell(run)
    first = node.makeelement(n.T, {})
    set_text(first, text[:offset])
    head.append(first)
    set_text(node, text[offset:])
    run.addprevious(head)
    for other in atoms:
        if other.node is node:
            if other.offset < offset:
                other.node, other.run = first, head
            else:
                other.offset -= offset


# --- New words ---


def _insert(paragraph: Element, old: list[Atom], new: list[Atom], change: _Change) -> Iterator[Element]:
    """Put the new characters of a change beside their old neighbours; returns their runs, not yet marked."""
    coming, stretch = new[change.first : change.last], change.stretch
    position = change.start if _leaves_link(old, change, coming) else change.end
    left = old[position - 1] if position > stretch.start else None
    right = old[position] if position < stretch.end else None
    for run, key in _inserted_runs(coming):
        link = _link_beside(key, left, right)
        if left is not None or right is not None:
            insert_beside(run, link, left, [], right)
        else:
            _insert_behind(run, paragraph, stretch)
        yield run
        left = run_atoms(run, link)[-1]


def _insert_behind(run: Element, paragraph: Element, stretch: _Stretch) -> None:
    """Put a run where there were no characters: behind the edge of a field, or as the first of the paragraph."""
    edge = stretch.edge.getparent() if stretch.edge is not None else None
    if edge is not None:
        edge.addnext(run)
    else:
        paragraph.insert(0 if paragraph.find(n.PPR) is None else 1, run)


def _leaves_link(old: list[Atom], change: _Change, coming: list[Atom]) -> bool:
    """Whether unlinked words replace linked ones: behind those LibreOffice would make them part of the link."""
    start, end = change.start, change.end
    if end == start or old[end - 1].link is None:
        return False
    unlinked = start == change.stretch.start or old[start - 1].link is None
    return unlinked and all(atom.link is None for atom in coming)


def _inserted_runs(atoms: list[Atom]) -> Iterator[tuple[Element, str]]:
    """New runs for characters of the edited paragraph, and which link each belongs to."""
    for (run, link), group in groupby(atoms, key=lambda atom: (atom.run, atom.link)):
        yield new_run(run, text_of(list(group))), _link_key(link)


def _link_beside(key: str, left: Atom | None, right: Atom | None) -> LinkSpan | None:
    """The link of a neighbour if it is the one that is meant, or goes on to both sides."""
    links = [atom.link for atom in (left, right) if atom is not None]
    if len(links) == 2 and links[0] is links[1]:
        return links[0]
    return next((link for link in links if _link_key(link) == key), None)


def _wrap_emptied_fields(old: list[Atom], new: list[Atom], marker: Marker) -> None:
    """A field whose words all went goes with them."""
    kept = {_link_key(atom.link) for atom in new}
    gone = {atom.link for atom in old if atom.link is not None and _link_key(atom.link) not in kept}
    for link in gone:
        if link.element.tag == n.FLD_CHAR:
            for run in field_runs(link.element):
                if run.tag == n.R_:
                    marker.wrap(run, n.DEL)
