"""What the product asks a document to become, and what came of it: plain values. Knows no XML."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypedDict

from services.document_text import Anchor

EditId = int | str
Operation = Literal["replace", "insert_after", "delete"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of one line, at an anchor that `read_docx` gave out.

    `replace` writes `new` over the line, `delete` takes the line out, `insert_after` adds a line like it below it.
    `new` is a line's whole text without its bullet mark. `old` is what the line said, for the record.
    """

    id: EditId
    op: Operation
    anchor: Anchor
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class TrackedChanges:
    """Write edits as Word's tracked changes, by this author at this time."""

    date: datetime
    author: str = "SkillMap"


class SkippedEdit(TypedDict):
    """An edit that was not done, and why, in a sentence for a person."""

    id: EditId
    reason: str


class MergeWarning(TypedDict):
    """Something about a done edit that a person may want to look at."""

    id: EditId
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class MergedDocument:
    """The new DOCX and the report, edit by edit."""

    document: bytes
    applied: list[EditId]
    skipped: list[SkippedEdit]
    warnings: list[MergeWarning]
