"""The door to Word files: writes edits into the user's own DOCX, checks the result, and reports edit by edit.

Knows edits and bytes; knows nothing of resumes, projects or models.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from services.document_text import Anchor
from services.docx.document import OpenDocument, open_document
from services.docx.edits import Edit, EditId, MergedDocument, MergeWarning, Operation, SkippedEdit, TrackedChanges
from services.docx.lines import split_marker
from services.docx.locate import NotLocated, Target, locate_anchor, locate_texts
from services.docx.losses import find_warning
from services.docx.merge import Job, carry_out, find_conflicts
from services.docx.package import parse_xml, serialise_xml
from services.docx.tracked import track_part
from services.docx.tracked_headers import name_in_all_sections
from services.docx.verify import take_snapshot, verify_part
from services.docx.xml_text import without_illegal

__all__ = ["Edit", "MergeWarning", "MergedDocument", "SkippedEdit", "TrackedChanges", "apply_edits"]

_NOT_WRITTEN = "The line could not be changed without disturbing the rest of the document."
_CONFLICT = "Another edit changes the same line."
_EMPTY = "The new text is empty; to take a line out, delete it."
_UNKNOWN = "The edit is none of replace, insert_after and delete."
_OPERATIONS = ("replace", "insert_after", "delete")


def apply_edits(
    template: bytes, edits: Sequence[Edit | Mapping[str, object]], *, tracked: TrackedChanges | None = None
) -> MergedDocument:
    """The same DOCX with the edits done; every edit is either in `applied` or, with a reason, in `skipped`.

    An edit is an `Edit` with an anchor, or a mapping {id, op, old | anchor, new} whose line is found by its text:
    `old` for replace and delete, `anchor` (the text of the line above) for insert_after.
    With `tracked` the edits are Word's tracked changes, to be accepted or rejected there one by one.
    """
    wanted = [_read_edit(position, edit) for position, edit in enumerate(edits)]
    skipped: dict[int, str] = {}
    while True:
        document = open_document(template)
        jobs = _locate(document, [edit for edit in wanted if edit.key not in skipped], skipped)
        merge = _merge(document, jobs, tracked)
        if not merge.failed:
            break
        skipped.update(dict.fromkeys(merge.failed, _NOT_WRITTEN))
    return MergedDocument(
        document=document.package.write(merge.changed) if merge.changed else template,
        applied=[wanted[job.key].id for job in jobs],
        skipped=[SkippedEdit(id=wanted[key].id, reason=skipped[key]) for key in sorted(skipped)],
        warnings=[find_warning(wanted[key].id, code) for key, code in merge.losses],
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An edit of either form before its line is looked up; exactly one of `anchor` and `text` says where.

    `key` is its position among the edits: ids are the caller's, and need not be unique.
    """

    key: int
    id: EditId
    op: str
    new: str
    anchor: Anchor | None
    text: str


def _read_edit(key: int, edit: Edit | Mapping[str, object]) -> _Wanted:
    if isinstance(edit, Edit):
        return _Wanted(key, edit.id, edit.op, _clean(edit.new), edit.anchor, "")
    op = str(edit.get("op"))
    text = edit.get("anchor") if op == "insert_after" else edit.get("old")
    identity = edit.get("id")
    return _Wanted(
        key=key,
        id=identity if isinstance(identity, int) else str(identity),
        op=op,
        new=_clean(str(edit.get("new") or "")),
        anchor=None,
        text=str(text or ""),
    )


def _clean(text: str) -> str:
    """A line's text: no characters that XML forbids, no line breaks, no outer white space."""
    return re.sub(r"\s*[\r\n\u2028\u2029]\s*", " ", without_illegal(text)).strip()


def _without_marker(new: str, target: Target) -> str:
    """The line's typed bullet mark stays in the document, so a new text that repeats it ("- Built …") loses it."""
    line = target.cut(target.part.reader.marked_atoms(target.paragraph.element))
    marker = split_marker(new)
    if line is None or not marker or marker.strip() != line.marker:
        return new
    repeats = marker != marker.rstrip() and not split_marker(line.text)
    return new[len(marker) :] if repeats else new


def _locate(document: OpenDocument, wanted: list[_Wanted], skipped: dict[int, str]) -> list[Job]:
    """Look up the line of each edit; what cannot be done is added to `skipped`."""
    by_text = [edit for edit in wanted if edit.anchor is None]
    places = locate_texts(document, [edit.text for edit in by_text]) if by_text else []
    found = {edit.key: place for edit, place in zip(by_text, places, strict=True)}
    jobs: list[Job] = []
    for edit in wanted:
        target = found[edit.key] if edit.anchor is None else locate_anchor(document, edit.anchor)
        if edit.op not in _OPERATIONS:
            skipped[edit.key] = _UNKNOWN
        elif edit.op != "delete" and not edit.new:
            skipped[edit.key] = _EMPTY
        elif isinstance(target, NotLocated):
            skipped[edit.key] = target.reason
        else:
            jobs.append(Job(edit.key, cast(Operation, edit.op), target, _without_marker(edit.new, target)))
    conflicts = find_conflicts(jobs)
    skipped.update(dict.fromkeys(conflicts, _CONFLICT))
    return [job for job in jobs if job.key not in conflicts]


@dataclass(slots=True)
class _Merge:
    """The parts that changed, what lines lost (edit, code), and the edits whose result was not what they asked for."""

    changed: dict[str, bytes] = field(default_factory=dict)
    losses: list[tuple[int, str]] = field(default_factory=list)
    failed: set[int] = field(default_factory=set)


def _merge(document: OpenDocument, jobs: list[Job], tracked: TrackedChanges | None) -> _Merge:
    """Do the jobs, read every changed part again and compare it with what was there and what was asked for."""
    before = {name: take_snapshot(document.part(name).root) for name in {job.target.part.name for job in jobs}}
    merge = _Merge()
    marked: set[str] = set()
    for name, record in carry_out(jobs).items():
        part = document.part(name)
        merge.changed[name] = serialise_xml(part.root)
        findings = verify_part(before[name], part.root, parse_xml(merge.changed[name]), record, part.reader)
        own = {job.key for job in jobs if job.target.part is part}
        merge.failed |= findings.failed or (own if findings.disturbed else set())
        merge.losses += record.losses
        if tracked is not None and not merge.failed:
            original = parse_xml(document.package.parts[name])
            losses = track_part(original, before[name].paragraphs, part.root, record, tracked)
            if losses is None:
                merge.losses += [(key, "not_tracked") for key in sorted(own)]
            else:
                merge.changed[name] = serialise_xml(original)
                merge.losses += sorted(losses)
                marked.add(name)
    _name_headers(document, merge, marked)
    return merge


def _name_headers(document: OpenDocument, merge: _Merge, names: set[str]) -> None:
    """Let all sections name these headers and footers where they have them."""
    package = document.package
    relationships = package.relationships(package.main_part).items()
    shared = {key for key, item in relationships if item.target in names and item.kind in ("header", "footer")}
    if shared:
        main = parse_xml(merge.changed.get(package.main_part) or package.parts[package.main_part])
        name_in_all_sections(main, shared)
        merge.changed[package.main_part] = serialise_xml(main)
