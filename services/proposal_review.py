"""From what a model proposed to what counts: misfits dropped, every change and every sentence through the fact gate.

Knows no model, no database and no file; deterministic.
"""

import logging
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from schemas.change_schemas import Change, ChangeKind, Decision, Evidence, Verdict
from schemas.match_schemas import MatchReport
from schemas.model_outputs import ApplicationLetters, ProposedChange
from schemas.project_schemas import ResultMetadata, TailoredData
from schemas.resume_schemas import ResumeData
from services import fact_gate
from services.change_evidence import evidence_of
from services.contact_details import ContactDetails, restore
from services.document_edits import edits_between
from services.fact_gate import TextVerdict
from services.letter_naming import with_names
from services.matching import match_report
from services.resume_changes import apply_changes, fits
from services.resume_document import ResumeTemplate
from services.resume_paths import read_path
from services.tailoring_steps import Outcome

logger = logging.getLogger(__name__)


CUT = "\x00"
_OF_NOBODY = re.compile(r"\s*\[NAME\]\s*$")  # a signature that nothing was put in for
RejectedChange = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Target:
    """The job that is applied for."""

    job_description: str
    company: str | None
    position: str | None
    confirmed_facts: tuple[str, ...] = ()
    as_of: date | None = None
    """When the resume was uploaded: a job "to present" went on until then."""


def review(
    resume: ResumeData,
    template: ResumeTemplate,
    outcome: Outcome,
    target: Target,
    contact: ContactDetails,
    metadata: ResultMetadata,
    rejected: Collection[RejectedChange] = (),
) -> TailoredData:
    """The result of a run: judged changes, questions instead of lies, the resume they make, letters and match.

    `resume` is what the run started from, `rejected` what the person has said no to before.
    """
    changes: list[Change] = []
    stored = resume.model_dump()
    lost_already = set(edits_between(template.resume, resume, template.sources).unwritable)
    for proposal in outcome.proposals or []:
        change = to_change(len(changes) + 1, proposal, contact)
        if change.kind is ChangeKind.REORDER:
            change.original = read_path(resume, change.path)
        if not fits(resume, change) or change.proposed == change.original or _is_taken(change, changes):
            logger.info("change_dropped kind=%s", change.kind)
            continue
        change.evidence = evidence_of(change, resume, target.confirmed_facts)
        changed = edits_between(template.resume, apply_changes(resume, [change]), template.sources)
        if reasons := [reason for reason in changed.unwritable if reason not in lost_already]:
            metadata.warnings += [f"A change was left out. {reason}" for reason in reasons]
            continue
        verdict = fact_gate.check(stored, change.model_dump(), target.job_description, target.confirmed_facts)
        change.verdict, change.verdict_reasons = Verdict(verdict.verdict), list(verdict.reasons)
        if change.verdict is Verdict.BLOCK:
            change.question = verdict.question
        if rejection_of(change) in rejected:
            change.decision = Decision.REJECTED
        changes.append(change)
    tailored = apply_changes(resume, changes)
    letters = supported_letters(resume, outcome.letters, target, contact, metadata)
    return TailoredData(
        resume=tailored,
        based_on=None if resume == template.resume else resume,
        changes=changes,
        cover_letter=letters.cover_letter,
        email_subject=letters.email_subject,
        email_body=letters.email_body,
        match=_match(resume, tailored, target),
        metadata=metadata,
    )


def _is_taken(change: Change, changes: Iterable[Change]) -> bool:
    """Whether another change already says what stands at this place: only one of two can."""
    return change.kind is not ChangeKind.INSERT and any(
        other.verdict is not Verdict.BLOCK and (other.path, other.kind) == (change.path, change.kind)
        for other in changes
    )


def rejection_of(change: Change) -> RejectedChange:
    """What makes a change the same as one that was rejected in an earlier run."""
    return change.path, change.kind, repr(change.proposed)


def revise(resume: ResumeData, data: TailoredData, changes: list[Change], target: Target) -> TailoredData:
    """The same result with some changes decided otherwise: resume and match follow from those that count."""
    if changes == data.changes:
        return data
    tailored = apply_changes(resume, changes)
    return data.model_copy(update={"changes": changes, "resume": tailored, "match": _match(resume, tailored, target)})


def _match(resume: ResumeData, tailored: ResumeData, target: Target) -> MatchReport:
    return match_report.match(resume, tailored, target.job_description, target.confirmed_facts, as_of=target.as_of)


def to_change(number: int, proposal: ProposedChange, contact: ContactDetails) -> Change:
    """A model's proposal as a change of the real resume: its placeholders are the person's contact data again."""
    kind = ChangeKind(proposal.kind)
    proposed = None if proposal.proposed is None else restore(proposal.proposed, contact)
    original = None if proposal.original is None else restore(proposal.original, contact)
    return Change(
        id=number,
        path=proposal.path,
        kind=kind,
        original=original if kind in (ChangeKind.REPLACE, ChangeKind.DELETE) else None,
        proposed=_new_order(proposal, contact) if kind is ChangeKind.REORDER else proposed,
        reason=proposal.reason,
        requirement=proposal.requirement,
        evidence=[Evidence(path=cited.path, quote=restore(cited.quote, contact)) for cited in proposal.evidence],
    )


def _new_order(proposal: ProposedChange, contact: ContactDetails) -> list[str]:
    return [restore(item, contact) for item in proposal.order or []]


def supported_letters(
    resume: ResumeData,
    letters: ApplicationLetters | None,
    target: Target,
    contact: ContactDetails,
    metadata: ResultMetadata,
) -> ApplicationLetters:
    """Cover letter and e-mail without what the resume does not support, and with what is applied for; cuts are said."""
    if letters is None:
        return ApplicationLetters(cover_letter="", email_subject="", email_body="")
    stored = resume.model_dump()
    kept: dict[str, str] = {}
    unsigned = False
    for name, text in letters.model_dump().items():
        restored = restore(text, contact)
        whole = _OF_NOBODY.sub("", restored)
        unsigned = unsigned or whole != restored
        verdict = fact_gate.check_text(
            stored,
            whole,
            target.job_description,
            target.company or "",
            target.position or "",
            target.confirmed_facts,
        )
        kept[name] = supported_text(whole, verdict)
        if kept[name] != whole:
            label = name.replace("_", " ")
            metadata.warnings.append(f"Parts of the {label} had no source in your resume and were left out.")
    if unsigned:
        metadata.warnings.append("Your resume shows no name: please sign the cover letter and the e-mail yourself.")
    return with_names(ApplicationLetters.model_validate(kept), target.company or "", target.position or "")


def supported_text(text: str, verdict: TextVerdict) -> str:
    """The text without its unsupported sentences and without those that name somebody who has no part in it."""
    for sentence in verdict.unsupported:
        text = text.replace(sentence.text, CUT, 1)
    # What went on from a sentence that is gone begins anew.
    text = re.sub(rf"{CUT}\s*(I(?: was| am| have)?) also\b", r"\1", text).replace(CUT, "")
    for name in verdict.wrong_names:
        text = re.sub(rf"[^.!?\n]*\b{re.escape(name)}\b[^.!?\n]*[.!?]?", "", text)
    lines = (re.sub(r"[ \t]{2,}", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
