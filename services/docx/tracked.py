"""Turning finished edits into Word's tracked changes: accepting all gives the edited text, rejecting all the original.

Compares the original with the edited part, so it does not matter how an edit was made.
"""

import copy
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, takewhile

from lxml import etree

from services.docx import blocks
from services.docx import names as n
from services.docx.atoms import Atom, LinkSpan, read_atoms, run_atoms, text_of
from services.docx.edits import TrackedChanges
from services.docx.formats import Formats
from services.docx.merge import PartRecord, collapse
from services.docx.names import Element
from services.docx.paragraph_writer import copy_run_shell, field_runs, insert_beside, new_run, set_text
from services.docx.revisions import accept_all, reject_all
from services.docx.rewrite_plan import tokenise
from services.docx.touching_changes import DATE_FORMAT, keep_apart


def track_part(
    original: Element, paragraphs: list[Element], edited: Element, record: PartRecord, tracked: TrackedChanges
) -> bool:
    """Write the edits of a part into its untouched tree `original` as tracked changes; False when they don't add up.

    `paragraphs` are those of the edited tree as they stood before the edits, in the order of `original`.
    """
    before = _texts(original)
    counterpart = dict(zip(paragraphs, list(original.iter(n.P)), strict=True))
    marker = _Marker(tracked, _highest_id(original))
    for element in record.outcomes:
        if element in counterpart and element not in record.removed:
            _track_rewriting(counterpart[element], element, marker)
    for element in record.removed:
        for run in list(counterpart[element].iter(n.R_)):
            marker.wrap(run, n.DEL)
    _track_insertions(edited, counterpart, record, marker)
    for element in (*record.outcomes, *record.removed, *record.inserted_after.values()):
        if element in counterpart:
            _free_of_controls(counterpart[element])
    replaced = set(record.inserted_after.values())
    for element in record.removed:
        if element not in replaced:
            _track_lost_mark(counterpart[element], marker)
    keep_apart(original, tracked.author)
    accepted, rejected = copy.deepcopy(original), copy.deepcopy(original)
    accept_all(accepted, tracked.author)
    reject_all(rejected, tracked.author)
    return _texts(rejected) == before and _texts(accepted) == _texts(edited)


def only_word_tracks(paragraph: Element) -> bool:
    """Whether LibreOffice (seen with 7.4) loses track of changes here: in grouped shapes, and where frames are."""
    if next(paragraph.iterancestors(n.V + "group"), None) is not None:
        return True
    part = paragraph.getroottree().getroot()
    return next(part.iter(n.W + "framePr"), None) is not None


@dataclass(slots=True)
class _Marker:
    """Makes the elements that say who changed something and when."""

    tracked: TrackedChanges
    last_id: int

    def make(self, like: Element, tag: str) -> Element:
        self.last_id += 1
        date = self.tracked.date.strftime(DATE_FORMAT)
        attributes = {n.W + "id": str(self.last_id), n.W + "author": self.tracked.author, n.W + "date": date}
        return like.makeelement(tag, attributes)

    def mark_paragraph(self, paragraph: Element, tag: str) -> None:
        """Note on the paragraph mark itself that it came or goes."""
        properties = paragraph.find(n.PPR)
        if properties is None:
            properties = paragraph.makeelement(n.PPR, {})
            paragraph.insert(0, properties)
        run_properties = properties.find(n.RPR)
        if run_properties is None:
            run_properties = properties.makeelement(n.RPR, {})
            last = next((item for item in properties if item.tag in (n.SECT_PR, n.W + "pPrChange")), None)
            if last is not None:
                last.addprevious(run_properties)
            else:
                properties.append(run_properties)
        run_properties.insert(0, self.make(paragraph, tag))

    def wrap(self, run: Element, tag: str) -> None:
        """Put a run into w:ins or w:del."""
        wrapper = self.make(run, tag)
        run.addprevious(wrapper)
        wrapper.append(run)
        if tag == n.DEL:
            for text in run.iterchildren(n.T):
                text.tag = n.DEL_TEXT
            for code in run.iterchildren(n.INSTR_TEXT):
                code.tag = n.W + "delInstrText"


# --- One paragraph ---


def _track_rewriting(paragraph: Element, edited: Element, marker: _Marker) -> None:
    """Mark what the edit took out and brought in, word by word."""
    blocks.unbind_controls(paragraph)
    _one_node_per_run(paragraph)
    old, new = read_atoms(paragraph), read_atoms(edited)
    changes = list(_changes(old, new))
    for start, end, _, _ in reversed(changes):
        for position in (end, start):
            if position < len(old):
                _split_text_before(old, position)
    came: list[Element] = []
    for start, end, first, last in reversed(changes):
        position = start if end > start and _leaves_link(old, start, end, new[first:last]) else end
        left = old[position - 1] if position else None
        right = old[position] if position < len(old) else None
        for run, key in _inserted_runs(new[first:last]):
            link = _link_beside(key, left, right)
            if left is None and right is None:
                paragraph.append(run)
            else:
                insert_beside(run, link, left, [], right)
            came.append(run)
            left = run_atoms(run, link)[-1]
    for run in came:
        marker.wrap(run, n.INS)
    for start, end, _, _ in changes:
        for run in dict.fromkeys(atom.run for atom in old[start:end]):
            marker.wrap(run, n.DEL)
    _wrap_emptied_fields(old, new, marker)


def _leaves_link(old: list[Atom], start: int, end: int, coming: list[Atom]) -> bool:
    """Whether unlinked words replace linked ones: behind those LibreOffice would make them part of the link."""
    unlinked = start == 0 or old[start - 1].link is None
    return unlinked and old[end - 1].link is not None and all(atom.link is None for atom in coming)


def _changes(old: list[Atom], new: list[Atom]) -> Iterator[tuple[int, int, int, int]]:
    """Ranges of characters that differ in text, look or link: (old start, old end, new start, new end).

    Words that change on both sides of a space change together with it, as one readable revision.
    """
    formats = Formats()
    before, after = _words(old, formats), _words(new, formats)
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


def _wrap_emptied_fields(old: list[Atom], new: list[Atom], marker: _Marker) -> None:
    """A field whose words all went goes with them."""
    kept = {_link_key(atom.link) for atom in new}
    gone = {atom.link for atom in old if atom.link is not None and _link_key(atom.link) not in kept}
    for link in gone:
        if link.element.tag == n.FLD_CHAR:
            for run in field_runs(link.element):
                if run.tag == n.R_:
                    marker.wrap(run, n.DEL)


# --- Whole paragraphs ---


def _track_lost_mark(paragraph: Element, marker: _Marker) -> None:
    """Mark the paragraph mark as deleted; the last paragraph of a cell gives way by the mark before it.

    So does one above a section break or a text box, if it looks like the one before it: LibreOffice would take them
    along.
    """
    if _section_of(paragraph) is not None:
        return
    following, previous = _block_beside(paragraph), _block_beside(paragraph, preceding=True)
    gives_way = following is None or following.tag != n.P
    if not gives_way and following is not None and (_holds_boxes(following) or _section_of(following) is not None):
        gives_way = previous is not None and previous.tag == n.P and _looks(previous) == _looks(paragraph)
    if not gives_way:
        marker.mark_paragraph(paragraph, n.DEL)
        return
    while previous is not None and previous.tag == n.P and not _holds_boxes(previous):
        if previous.find(f"{n.PPR}/{n.RPR}/{n.DEL}") is None:
            marker.mark_paragraph(previous, n.DEL)
            return
        previous = _block_beside(previous, preceding=True)


def _track_insertions(
    edited: Element, counterpart: dict[Element, Element], record: PartRecord, marker: _Marker
) -> None:
    """As when a person types them: the mark of the paragraph above is new, and the last new one has its old mark.

    The first line below a removed paragraph takes that one's place.
    """
    last: dict[Element, Element] = {}
    for clone in [p for p in edited.iter(n.P) if p in record.inserted_after]:
        sibling = record.inserted_after[clone]
        new = copy.deepcopy(clone)
        new.tail = None
        for run in list(new.iter(n.R_)):
            marker.wrap(run, n.INS)
        if sibling in record.removed and sibling not in last:
            last[sibling] = host = counterpart[sibling]
            position = 0 if host.find(n.PPR) is None else 1
            host[position:position] = [child for child in new if child.tag != n.PPR]
            continue
        above = last.get(sibling, counterpart[sibling])
        above.addnext(new)
        following = _block_beside(new)
        below_is_paragraph = following is not None and following.tag == n.P
        if _looks(above) != _looks(new) or (_holds_boxes(above) and below_is_paragraph):
            marker.mark_paragraph(new, n.INS)
        else:
            section = _section_of(above)
            if section is not None and (properties := section.getparent()) is not None:
                properties.remove(section)
            marker.mark_paragraph(above, n.INS)
        last[sibling] = new


def _free_of_controls(paragraph: Element) -> None:
    """Take content controls around whole lines away: LibreOffice mixes up the changes at their edges."""
    around = takewhile(lambda item: item.tag in (n.SDT, n.SDT_CONTENT), paragraph.iterancestors())
    for control in [item for item in around if item.tag == n.SDT]:
        blocks.unwrap_control(control)


def _block_beside(paragraph: Element, *, preceding: bool = False) -> Element | None:
    return next(paragraph.itersiblings(n.P, n.TBL, n.SDT, preceding=preceding), None)


def _section_of(paragraph: Element) -> Element | None:
    """The properties of the section that ends with this paragraph."""
    return paragraph.find(f"{n.PPR}/{n.SECT_PR}")


def _holds_boxes(paragraph: Element) -> bool:
    """Whether text boxes hang on it; LibreOffice reads a note on its mark as one on theirs."""
    return next(paragraph.iter(n.TXBX_CONTENT), None) is not None


def _looks(paragraph: Element) -> list[bytes]:
    """The properties of a paragraph but for those of its mark and its section."""
    properties = paragraph.find(n.PPR)
    items = properties if properties is not None else ()
    return [etree.tostring(item) for item in items if item.tag not in (n.RPR, n.SECT_PR)]


def _texts(root: Element) -> list[str]:
    """What the paragraphs say; empty ones are left out, because some have to stay where a line goes."""
    texts = [collapse(text_of(read_atoms(paragraph))) for paragraph in root.iter(n.P)]
    return [text for text in texts if text]


def _highest_id(root: Element) -> int:
    ids = (item.get(n.W + "id") or "" for item in root.iter(n.INS, n.DEL, n.BOOKMARK_START, n.W + "commentRangeStart"))
    return max((int(value) for value in ids if value.isdecimal()), default=0)
