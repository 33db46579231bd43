"""Changes: what is proposed for one place of a resume, how the fact gate judged it and what the person decided."""

from enum import StrEnum

from pydantic import Field

from schemas.resume_schemas import ResumePart, Text


class ChangeKind(StrEnum):
    REPLACE = "replace"
    INSERT = "insert"
    DELETE = "delete"
    REORDER = "reorder"


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict, not a password
    WARN = "warn"
    BLOCK = "block"


class Decision(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EDITED = "edited"


class Evidence(ResumePart):
    """The person's own words that a change rests on: a path into the resume and the words quoted from it."""

    path: Text
    quote: Text


class Change(ResumePart):
    """One proposed change of one place of the resume.

    `original` and `proposed` are a string for replace, insert (original None) and delete (proposed None),
    and the list of items in old and new order for reorder.
    """

    id: int
    path: Text
    kind: ChangeKind
    original: Text | list[Text] | None
    proposed: Text | list[Text] | None
    reason: Text = ""
    requirement: Text | None = None
    evidence: list[Evidence] = Field(default_factory=list)
    verdict: Verdict = Verdict.PASS
    verdict_reasons: list[Text] = Field(default_factory=list)
    question: Text | None = Field(default=None, description="what the person is asked when it is blocked")
    decision: Decision = Decision.PENDING
    taken_back: bool = Field(default=False, description="rejected to save a page, and not by the person")
    edited_text: Text | None = Field(default=None, description="the person's own wording, once they edited it")
