"""Carrying out located edits in the parsed parts of a document, and recording what each paragraph should now say.

Knows no bytes: `services/docx_generation_service.py` opens, writes and verifies the package.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from services.docx import blocks
from services.docx import names as n
from services.docx.atoms import Atom, text_of
from services.docx.edits import Operation
from services.docx.formats import Formats, base_atom
from services.docx.lines import Line, LineReader, cut_lines
from services.docx.locate import Target
from services.docx.losses import LEFT_BLANK, Traits, find_losses, traits_of
from services.docx.names import Element
from services.docx.paragraph_writer import ParagraphWriter
from services.docx.rewrite_plan import Splice, plan_fill, plan_rewrite

_MAX_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Job:
    """An edit whose line has been found; `key` is its position among the edits asked for."""

    key: int
    op: Operation
    target: Target
    new: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a touched paragraph should say now, and which edits made it so; white space collapsed."""

    text: str
    edits: tuple[int, ...]
    with_hidden: bool = False


@dataclass(slots=True)
class PartRecord:
    """What was done in a part, by w:p: edited ones, new ones with the paragraph they follow, and ones that are gone."""

    outcomes: dict[Element, Outcome] = field(default_factory=dict)
    inserted_after: dict[Element, Element] = field(default_factory=dict)
    removed: dict[Element, Outcome] = field(default_factory=dict)
    losses: list[tuple[int, str]] = field(default_factory=list)


def collapse(text: str) -> str:
    """White space collapsed: what texts are compared by after an edit, since a tab may stand for a space."""
    return " ".join(text.split())


def find_conflicts(jobs: list[Job]) -> set[int]:
    """Edits that want the same line as an earlier one; inserting beside an edited line is no conflict."""
    taken: dict[Element, set[int | None]] = defaultdict(set)
    conflicts: set[int] = set()
    for job in jobs:
        segments = taken[job.target.paragraph.element]
        if job.op == "insert_after":
            continue
        if segments and (job.target.segment in segments or None in {job.target.segment, *segments}):
            conflicts.add(job.key)
        else:
            segments.add(job.target.segment)
    return conflicts


def carry_out(jobs: list[Job]) -> dict[str, PartRecord]:
    """Do the jobs, paragraph by paragraph and in every copy of a paragraph; returns a record for each touched part."""
    by_paragraph: dict[Element, list[Job]] = defaultdict(list)
    for job in jobs:
        by_paragraph[job.target.paragraph.element].append(job)
    records: dict[str, PartRecord] = {}
    for own in by_paragraph.values():
        target = own[0].target
        record = records.setdefault(target.part.name, PartRecord())
        element = target.paragraph.element
        before = traits_of(element)
        for copy in (element, *target.paragraph.twins):
            _edit_paragraph(copy, own, record)
        record.losses += _losses(element, own, before, record)
    return records


def _losses(element: Element, jobs: list[Job], before: Traits, record: PartRecord) -> list[tuple[int, str]]:
    replaced = next((job for job in jobs if job.op == "replace"), None)
    if replaced is not None:
        return [(replaced.key, code) for code in find_losses(before, traits_of(element))]
    if element in record.outcomes and not record.outcomes[element].text:
        return [(job.key, LEFT_BLANK) for job in jobs if job.op == "delete"]
    return []


@dataclass(slots=True)
class _OpenParagraph:
    """A paragraph, or a copy of it, opened for one edit: all its characters, and the line that is meant."""

    element: Element
    atoms: list[Atom]
    line: Line
    formats: Formats

    def write(self, line: list[Atom], splices: list[Splice]) -> None:
        """Carry out splices that were planned for these characters of the paragraph."""
        ParagraphWriter(self.atoms, self.formats).write(line, splices)

    def erase(self, characters: list[Atom]) -> None:
        """Take characters out."""
        if characters:
            self.write(list(characters), [Splice(0, len(characters), "", characters[0], None)])


def _open(element: Element, target: Target) -> _OpenParagraph | None:
    """None when the line is not there, empty (no format to write in) or too long to be one of a resume."""
    atoms = target.part.reader.marked_atoms(element)
    if len(atoms) > _MAX_CHARACTERS:
        return None
    line = target.cut(atoms)
    return _OpenParagraph(element, atoms, line, Formats()) if line is not None and line.body else None


def _edit_paragraph(element: Element, jobs: list[Job], record: PartRecord) -> None:
    """All edits of one paragraph, from its last segment to the first so that positions before it stay true."""
    reader = jobs[0].target.part.reader
    expected = _expected_outcome(element, jobs, reader)
    ends_section = element.find(f"{n.PPR}/{n.SECT_PR}") is not None
    segments = {-1 if job.target.segment is None else job.target.segment for job in jobs}
    for segment in sorted(segments, reverse=True):
        own = [job for job in jobs if (-1 if job.target.segment is None else job.target.segment) == segment]
        inserts = [job for job in own if job.op == "insert_after"]
        for job in (*reversed(inserts), *(job for job in own if job.op != "insert_after")):
            opened = _open(element, job.target)
            if opened is not None:
                _edit_line(opened, job, record)
    emptied = not expected.text and any(job.op == "delete" for job in jobs)
    if emptied and blocks.can_remove(element):
        heir = blocks.remove(element)
        record.removed[element] = expected
        if heir is not None:
            record.outcomes.setdefault(heir, _expected_outcome(heir, [], reader))
    elif expected.edits or ends_section:
        record.outcomes[element] = expected
        if emptied:
            blocks.silence_list_mark(element)


def _edit_line(opened: _OpenParagraph, job: Job, record: PartRecord) -> None:
    in_paragraph = job.target.segment is None
    if job.op == "replace":
        body = opened.line.body
        opened.write(body, plan_rewrite(body, job.new, opened.formats))
    elif job.op == "delete":
        _erase_line(opened, job)
    elif in_paragraph:
        _insert_paragraph(opened, job, record)
        return
    else:
        _insert_segment(opened, job)
    blocks.unbind_controls(opened.element)


def _insert_segment(opened: _OpenParagraph, job: Job) -> None:
    """A soft break and a line like the targeted one, right after it."""
    line, atoms = opened.line, list(opened.line.atoms)
    end = len(atoms)
    break_and_mark = "\n" + text_of(atoms[: line.start])
    splices = [Splice(end, end, break_and_mark, base_atom(line.body, opened.formats), None)]
    for fill in plan_fill(line.body, job.new, opened.formats):
        splices.append(Splice(end, end, fill.text, fill.source, None))
    opened.write(atoms, splices)


def _erase_line(opened: _OpenParagraph, job: Job) -> None:
    """Empty a paragraph; of one with soft breaks take out the line and the break after it, or before the last one."""
    visible = [atom for atom in opened.atoms if not atom.hidden]
    if job.target.segment is None:
        opened.erase(visible)
        return
    breaks = [-1, *(position for position, atom in enumerate(visible) if atom.char == "\n"), len(visible)]
    start, end = breaks[job.target.segment] + 1, breaks[job.target.segment + 1] + 1
    if end > len(visible):
        start, end = max(0, start - 1), len(visible)
    opened.erase(visible[start:end])


def _insert_paragraph(opened: _OpenParagraph, job: Job, record: PartRecord) -> None:
    """A paragraph like the targeted one, after it: same looks, bullet and lead-in, the new text."""
    clone = blocks.clone_after(opened.element)
    copied = _open(clone, job.target)
    assert copied is not None
    body = copied.line.body
    copied.write(body, plan_fill(body, job.new, copied.formats))
    copied.erase([atom for atom in copied.atoms if atom.hidden])
    blocks.strip_clone(clone)
    blocks.unbind_controls(clone)
    record.inserted_after[clone] = opened.element
    record.outcomes[clone] = Outcome(collapse(opened.line.framed(job.new)), (job.key,))


def _expected_outcome(element: Element, jobs: list[Job], reader: LineReader) -> Outcome:
    """What the paragraph should say after the jobs, worked out from its text alone."""
    own = [job for job in jobs if job.op != "insert_after" or job.target.segment is not None]
    ids = tuple(job.key for job in own)
    marked = reader.marked_atoms(element)
    if own and own[0].target.segment is None:
        line = own[0].target.cut(marked)
        text = line.framed(own[0].new) if line is not None and line.body and own[0].op == "replace" else ""
        return Outcome(collapse(text), ids, own[0].target.with_hidden)
    texts: list[str] = []
    for number, line in enumerate(cut_lines([atom for atom in marked if not atom.hidden])):
        text = text_of(line.atoms)
        added: list[str] = []
        for job in (job for job in own if job.target.segment == number):
            cut = job.target.cut(marked) or line
            if job.op == "insert_after":
                added.append(cut.framed(job.new))
            else:
                text = cut.framed(job.new) if job.op == "replace" else ""
        texts += [text, *added]
    return Outcome(collapse(" ".join(texts)), ids)
