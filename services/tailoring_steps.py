"""What happens between a checked request and proposed changes: summarise the job, propose changes, write the letters.

Knows no database, no HTTP and no agent framework: `agent_tools` offers these steps to the agent as tools.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from schemas.model_outputs import (
    ApplicationLetters,
    GuardrailAnswer,
    JobSummary,
    ProposedChange,
    TailoringProposal,
)
from schemas.resume_schemas import ResumeData
from services import guardrail
from services.job_ads.reader import read_job_ad
from services.job_ads.title import without_gender_mark
from services.line_budgets import character_budgets
from services.matching.skill_terms import mentions
from services.model_client import AnswerTruncated, BudgetExhausted, ModelClient, UsageMeter
from services.resume_paths import walk_texts

MAX_LINES_A_CALL = 24
RECENT_JOBS = 3  # bullets of older jobs are sent only where they touch what the job asks for
MAX_LETTER_LINES = 16
FEWEST_LETTER_LINES = 8  # letters from this few that are cut off do not get shorter by fewer

T = TypeVar("T")
REFUSALS = {
    "not_related": "This request is not related to a job. Please paste a job advertisement.",
    "injection": "This text gives orders to an AI or asks for things that are not true. Please paste the job ad only.",
    "invalid": "This text is invalid: it says nothing about a job. Please paste a job advertisement.",
    "job": "This request cannot be used for tailoring a resume: it is invalid.",
}
"""What a person is told when the model refuses, by the category that it gave."""

Emit = Callable[[str, dict[str, Any]], object]
Step = Callable[["TailoringContext"], Coroutine[Any, Any, T]]


class Refused(Exception):
    """The guardrail refused the request; the message says what was wrong. Costs nothing."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@dataclass(slots=True)
class Outcome:
    """What the steps have produced so far."""

    job: JobSummary | None = None
    proposals: list[ProposedChange] | None = None
    letters: ApplicationLetters | None = None
    refusal: str | None = None
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TailoringContext:
    """One run's input and outcome. Tools get it from the run, never from the model; contact data is cut out already."""

    resume: ResumeData
    job_description: str
    instructions: str | None
    company: str | None
    position: str | None
    language: str
    model: ModelClient
    meter: UsageMeter
    emit: Emit
    confirmed_facts: Sequence[str] = ()
    known_summary: JobSummary | None = None
    outcome: Outcome = field(default_factory=Outcome)
    begun: dict[Step[Any], asyncio.Task[Any]] = field(default_factory=dict)

    def begin(self, step: Step[T]) -> asyncio.Task[T]:
        """Do a step that is done once in a run: whoever asks for it again gets the same task."""
        if step not in self.begun:
            self.begun[step] = asyncio.create_task(step(self))
        return self.begun[step]

    async def abandon(self) -> None:
        """Stop the steps that nobody waits for any more."""
        for task in self.begun.values():
            task.cancel()
        await asyncio.gather(*self.begun.values(), return_exceptions=True)

    def target(self) -> tuple[str | None, str | None]:
        """Company and position: as the person says, else as the job ad says."""
        job = self.outcome.job
        position = self.position or (job.position if job else None)
        return self.company or (job.company if job else None), without_gender_mark(position) if position else None

    def status(self, step: str, message: str, percent: int) -> None:
        """Tell the person what is going on."""
        self.emit("status", {"step": step, "message": message, "percent": percent})


async def screen_request(context: TailoringContext) -> None:
    """The guardrail: rules first, one small model call for the doubtful rest. Raises Refused.

    Single sentences of a long job ad that have no place in one are cut out, and the person is told.
    """
    context.status("guardrail", "Checking the request", 5)
    fields: list[tuple[guardrail.Field, str]] = [("job_description", context.job_description)]
    if context.instructions:
        fields.append(("instructions", context.instructions))
    for name, text in fields:
        screening = guardrail.screen(text, name)
        if screening.verdict == "block":
            raise Refused(screening.message)
        if screening.verdict == "review":
            await _ask_guardrail(context, name, text)
        if screening.verdict == "trim":
            context.outcome.warnings.append(screening.message)
            context.status("guardrail", screening.message, 8)
            if name == "job_description":
                context.job_description = screening.cleaned
            else:
                context.instructions = screening.cleaned


async def _ask_guardrail(context: TailoringContext, name: str, text: str) -> None:
    payload = {"field": name, "text": text}
    answer = await context.model.structured(GuardrailAnswer, "screen_request", payload, context.meter)
    if answer.verdict == "refuse":
        raise Refused(REFUSALS[answer.category])


async def validate_input(context: TailoringContext) -> str:
    """Check that there is something to tailor, and to what. Raises Refused."""
    context.status("validate_input", "Checking resume and job advertisement", 12)
    lines = sum(1 for _ in walk_texts(context.resume))
    if lines == 0:
        raise Refused("The resume has no text that could be tailored: the input is invalid.")
    message = f"Resume ({lines} texts) and job advertisement are usable."
    context.emit("tool_result", {"tool": "validate_input", "message": message, "data": {"texts": lines}})
    return message


async def read_job(context: TailoringContext) -> JobSummary:
    """What the job asks for: known from an earlier run, or one model call."""
    # Read by rules as well while the model answers: kept for all later steps, and slow for a long ad.
    by_rules = asyncio.create_task(asyncio.to_thread(read_job_ad, context.job_description))
    if context.known_summary is not None:
        await by_rules
        return context.known_summary
    payload = {"job_description": context.job_description}
    summary = await context.model.structured(JobSummary, "summarize_job", payload, context.meter)
    await by_rules
    return summary


async def summarize_job(context: TailoringContext) -> str:
    """Say what the job asks for, as soon as it is read."""
    context.status("summarize_jd", "Reading what the job asks for", 20)
    job = context.outcome.job = await context.begin(read_job)
    data = {
        "role_focus": job.role_focus,
        "required_skills_count": len(job.required_skills),
        "preferred_skills_count": len(job.preferred_skills),
        "position": job.position,
        "company": job.company,
    }
    context.emit("tool_result", {"tool": "summarize_jd", "message": f"Focus: {job.role_focus}", "data": data})
    return f"The job was summarised: {len(job.required_skills)} required, {len(job.preferred_skills)} preferred skills."


async def tailor(context: TailoringContext) -> str:
    """Propose changes section by section and write the letters, side by side."""
    await context.begin(summarize_job)
    context.status("tailor_resume", "Comparing your resume with the job", 35)
    groups = lines_to_tailor(context)
    done = 0

    async def tailor_group(group: list[Line]) -> list[ProposedChange]:
        nonlocal done
        proposals = await _within_budget(context, lambda: propose_changes(context, group))
        done += 1
        context.status("tailor_resume", f"Tailored {done} of {len(groups)} parts", 35 + 30 * done // len(groups))
        return proposals or []

    try:
        async with asyncio.TaskGroup() as calls:
            parts = [calls.create_task(tailor_group(group)) for group in groups]
            letters = calls.create_task(_within_budget(context, lambda: write_letters(context)))
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from None  # the other calls were cancelled: tokens are the person's money
    context.outcome.proposals = [change for part in parts for change in part.result()]
    context.outcome.letters = letters.result()
    changes = [{"path": c.path, "kind": c.kind, "reason": c.reason} for c in context.outcome.proposals]
    message = f"{len(changes)} changes proposed."
    context.emit("tool_result", {"tool": "tailor_resume", "message": message, "data": {"changes_made": changes}})
    return message


async def _within_budget(context: TailoringContext, step: Callable[[], Coroutine[Any, Any, T]]) -> T | None:
    try:
        return await step()
    except BudgetExhausted:
        warning = "The credits reserved for this run were used up; what was finished until then is delivered."
        if warning not in context.outcome.warnings:
            context.outcome.warnings.append(warning)
        return None


# --- Which lines are sent ---

Line = dict[str, Any]
"""What a model sees of the resume: {"path", "text"} for a text, {"path", "items"} for a list."""


def lines_to_tailor(context: TailoringContext) -> list[list[Line]]:
    """The lines that can matter for this job, in groups of one model call each."""
    resume, terms = context.resume, _terms(context)
    lines: list[Line] = []
    if resume.professional_summary:
        lines.append({"path": "professional_summary", "text": resume.professional_summary})
    for index, skill_group in enumerate(resume.skills):
        if skill_group.skills:
            lines.append({"path": f"skills[{index}].skills", "items": skill_group.skills})
    for index, job in enumerate(resume.experience):
        if job.bullets and (index < RECENT_JOBS or _touches(job.bullets, terms)):
            lines.append({"path": f"experience[{index}].bullets", "items": job.bullets})
    for index, project in enumerate(resume.projects):
        if project.bullets and _touches([*project.bullets, *project.technologies], terms):
            lines.append({"path": f"projects[{index}].bullets", "items": project.bullets})
    return _grouped(lines)


def _grouped(lines: Iterable[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    size = MAX_LINES_A_CALL
    for line in lines:
        weight = len(line.get("items", [None])) if "bullets" in line["path"] else 1
        if size + weight > MAX_LINES_A_CALL:
            groups.append([])
            size = 0
        groups[-1].append(line)
        size += weight
    return groups


def _terms(context: TailoringContext) -> list[str]:
    job = context.outcome.job
    named = [*job.required_skills, *job.preferred_skills] if job else []
    return [*named, *(requirement.term for requirement in read_job_ad(context.job_description).requirements)]


def _touches(texts: Iterable[str], terms: Sequence[str]) -> bool:
    return any(mentions(text, term) for text in texts for term in terms)


def _context_lines(context: TailoringContext, group: Sequence[Line]) -> list[Line]:
    """Who and where for the entries of a group; for skills and summary for all, and the lines that may back them."""
    resume = context.resume
    sent = [line["path"] for line in group]
    is_of_entries = all(path.startswith(("experience", "projects")) for path in sent)
    lines: list[Line] = []
    for index, job in enumerate(resume.experience):
        path = f"experience[{index}]"
        if is_of_entries and not any(one.startswith(f"{path}.") for one in sent):
            continue
        lines += _texts({f"{path}.title": job.title, f"{path}.company": job.company})
        if not any(p.startswith("experience") for p in sent):
            terms = _terms(context)
            lines += _texts({f"{path}.bullets[{i}]": b for i, b in enumerate(job.bullets) if _touches([b], terms)})
    return lines


def _texts(texts: dict[str, str]) -> list[Line]:
    return [{"path": path, "text": text} for path, text in texts.items() if text]


def _prose(group: Iterable[Line]) -> Iterator[tuple[str, str]]:
    """The sentences of a group with their paths; a list's own entries, such as skills, are no sentences."""
    for line in group:
        if "text" in line:
            yield line["path"], line["text"]
        elif line["path"].endswith(".bullets"):
            yield from ((f"{line['path']}[{index}]", item) for index, item in enumerate(line["items"]))


# --- The calls ---


async def propose_changes(context: TailoringContext, group: list[Line]) -> list[ProposedChange]:
    """Changes for one group of lines; an answer that was cut off is asked for again in halves."""
    payload = {
        "job": _job_payload(context),
        "lines": group,
        "budgets": character_budgets(_prose(group)),
        "context": _context_lines(context, group),
        "confirmed_facts": list(context.confirmed_facts),
        "instructions": context.instructions or "",
        "language": context.language,
    }
    try:
        proposal = await context.model.structured(TailoringProposal, "tailor_resume", payload, context.meter)
    except AnswerTruncated:
        lines = _divisible(group)
        if len(lines) < 2:
            context.outcome.warnings.append(f"The answer for {group[0]['path']} was cut off; it was left as it is.")
            return []
        middle = len(lines) // 2
        halves = await asyncio.gather(
            propose_changes(context, lines[:middle]), propose_changes(context, lines[middle:])
        )
        return [change for half in halves for change in half]
    return proposal.changes


def _divisible(group: list[Line]) -> list[Line]:
    """The lines of a group; of a single list its items, which can be reworded by themselves, though not reordered."""
    if len(group) > 1 or "items" not in group[0]:
        return group
    path, items = group[0]["path"], group[0]["items"]
    return [{"path": f"{path}[{index}]", "text": item} for index, item in enumerate(items)]


async def write_letters(context: TailoringContext, lines: list[Line] | None = None) -> ApplicationLetters | None:
    """Cover letter and e-mail in one call: they rest on the same lines. Cut off, they are asked for from fewer.

    None when even those are too many: the resume is worth having without them.
    """
    company, position = context.target()
    lines = letter_lines(context) if lines is None else lines
    payload = {
        "job": _job_payload(context),
        "company": company,
        "position": position,
        "lines": lines,
        "confirmed_facts": list(context.confirmed_facts),
        "name_placeholder": "[NAME]",
        "language": context.language,
    }
    try:
        return await context.model.structured(ApplicationLetters, "write_letters", payload, context.meter)
    except AnswerTruncated:
        if len(lines) > FEWEST_LETTER_LINES:
            return await write_letters(context, lines[: len(lines) // 2])
        context.outcome.warnings.append("The cover letter and the e-mail were cut off by the model and left out.")
        return None


def letter_lines(context: TailoringContext) -> list[Line]:
    """The lines a letter may rest on: summary, roles and when, skills, and the bullets that touch the job."""
    resume, terms = context.resume, _terms(context)
    lines = _texts({"professional_summary": resume.professional_summary})
    for index, job in enumerate(resume.experience[:RECENT_JOBS]):
        fields = {"title": job.title, "company": job.company, "start_date": job.start_date, "end_date": job.end_date}
        lines += _texts({f"experience[{index}].{name}": text for name, text in fields.items()})
    bullets = [
        (f"experience[{index}].bullets[{number}]", bullet)
        for index, job in enumerate(resume.experience)
        for number, bullet in enumerate(job.bullets)
    ]
    touching = [item for item in bullets if _touches([item[1]], terms)]
    others = [item for item in bullets if item not in touching]
    lines += _texts(dict((touching + others)[:MAX_LETTER_LINES]))
    for index, group in enumerate(resume.skills):
        if group.skills:
            lines.append({"path": f"skills[{index}].skills", "items": group.skills})
    for index, school in enumerate(resume.education):
        path = f"education[{index}]"
        lines += _texts({f"{path}.degree": school.degree, f"{path}.field": school.field})
        lines += _texts({f"{path}.institution": school.institution})
    return lines + _texts({f"certifications[{i}].name": held.name for i, held in enumerate(resume.certifications)})


def _job_payload(context: TailoringContext) -> dict[str, Any]:
    return context.outcome.job.model_dump() if context.outcome.job else {}
