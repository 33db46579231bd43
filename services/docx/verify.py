"""Reading a written part again and comparing it with what was there and what was asked for.

Trusts nothing of the writing code but its record of intentions; names the edits that went wrong.
"""

import copy
from dataclasses import dataclass, field

from lxml import etree

from services.docx import names as n
from services.docx.atoms import text_of
from services.docx.lines import LineReader
from services.docx.merge import PartRecord, collapse
from services.docx.names import Element

_STRUCTURE = (n.TBL, n.TR, n.TC, n.TXBX_CONTENT, n.DRAWING, n.PICT, n.OBJECT, n.SDT, n.SECT_PR)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A part before it is edited: its paragraphs, copies included, with their exact XML, and its structure."""

    paragraphs: list[Element]
    fingerprints: dict[Element, bytes]
    structure: list[int]


@dataclass(slots=True)
class Findings:
    """Edits that did not turn out as asked, and whether anything else was disturbed."""

    failed: set[int] = field(default_factory=set)
    disturbed: bool = False


def take_snapshot(root: Element) -> Snapshot:
    """Remember a part before its edits."""
    paragraphs = list(root.iter(n.P))
    return Snapshot(paragraphs, {p: _fingerprint(p) for p in paragraphs}, _structure(root))


def verify_part(
    before: Snapshot, edited: Element, written: Element, record: PartRecord, reader: LineReader
) -> Findings:
    """Compare the part as read back (`written`) with the snapshot, the edited tree and the record."""
    findings = Findings()
    expected = list(edited.iter(n.P))
    actual = list(written.iter(n.P))
    survivors = [p for p in before.paragraphs if p not in record.removed]
    if len(expected) != len(actual) or [p for p in expected if p not in record.inserted_after] != survivors:
        return Findings(disturbed=True)
    for intended, found in zip(expected, actual, strict=True):
        outcome = record.outcomes.get(intended)
        if outcome is None:
            findings.disturbed |= _fingerprint(found) != before.fingerprints.get(intended)
            continue
        atoms = reader.marked_atoms(found)
        text = text_of(atoms if outcome.with_hidden else [atom for atom in atoms if not atom.hidden])
        if collapse(text) != outcome.text:
            findings.failed.update(outcome.edits)
            findings.disturbed |= not outcome.edits
    removed = sum(1 for gone in record.removed for _ in gone.iter(*_STRUCTURE))
    findings.disturbed |= removed == 0 and _structure(written) != before.structure
    return findings


def _fingerprint(paragraph: Element) -> bytes:
    """The XML of a paragraph without what its text boxes hold."""
    if next(paragraph.iterdescendants(n.TXBX_CONTENT), None) is not None:
        paragraph = copy.deepcopy(paragraph)
        for box in list(paragraph.iterdescendants(n.TXBX_CONTENT)):
            for content in list(box):
                box.remove(content)
        # Which namespaces a copy declares depends on what stood in it: only the exclusive form leaves that out.
        return etree.tostring(paragraph, method="c14n", exclusive=True)
    return etree.tostring(paragraph, with_tail=False)


def _structure(root: Element) -> list[int]:
    """How many tables, rows, cells, text boxes, pictures … there are."""
    counts = dict.fromkeys(_STRUCTURE, 0)
    for item in root.iter(*_STRUCTURE):
        counts[item.tag] += 1
    return list(counts.values())
