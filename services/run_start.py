"""How a tailoring run begins: everything that can be refused is, its credits are held, and all that it needs is read.

Knows no model and no task: what comes of it are plain values that the work goes on with.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config.settings import Settings
from models.base_resume import BaseResume
from models.project import Project
from models.run import TailoringRun
from schemas.change_schemas import Decision
from schemas.model_outputs import JobSummary
from schemas.project_schemas import BaseChoice, RunEstimate, TailoredData, TailorRequest
from schemas.resume_schemas import ResumeData
from services import (
    credit_service,
    fact_service,
    job_summary_cache,
    project_service,
    resume_service,
    run_records,
)
from services.errors import InvalidRequest, RunInProgress
from services.model_client import estimate_tokens
from services.proposal_review import RejectedChange, rejection_of
from services.resume_document import ResumeTemplate
from services.resume_paths import walk_texts
from services.tailoring_steps import MAX_LINES_A_CALL

AGENT_TOKENS = 1500  # what the agent's own calls, prompts and schemas take beside the texts
TEXT_COPIES = 3  # the resume's texts go out for tailoring and letters, and come back as proposals
JOB_COPIES = 2
CALL_TOKENS = 1200  # what each further call of a long career says again: rules, schema and job
NO_JOB_DESCRIPTION = "There is no job description: send one, or add it to the project."
NEWER_UPLOAD = (
    "This project is about “{own}”. You have uploaded “{newest}” since, which is newer: to tailor that one, start a run"
    " with `base_resume` set to `newest`."
)
EDITS_LEFT_OUT = (
    "This was made from “{newest}”. What you had edited by hand belongs to an earlier upload and is not in it; the"
    " project's versions still have it."
)


@dataclass(frozen=True, slots=True)
class StartedRun:
    """A run that is in the database, with its credits held: plain values for the work that follows."""

    run_id: int
    user_id: int
    project_id: int
    base_resume_id: int
    uploaded_on: date
    template: ResumeTemplate
    resume: ResumeData
    rejected: frozenset[RejectedChange]
    job_description: str
    instructions: str | None
    company: str | None
    position: str | None
    project_name: str
    language: str
    allow_page_growth: bool
    confirmed_facts: tuple[str, ...]
    job_summary: JobSummary | None
    model: str
    budget_tokens: int
    warnings: tuple[str, ...]


def start_run(
    session: Session,
    user_id: int,
    project_id: int,
    request: TailorRequest,
    *,
    model: str,
    worker: str,
    settings: Settings,
) -> StartedRun:
    """Check everything that can be refused, insert the run and hold its credits.

    Raises NotFound, NoBaseResume, InvalidRequest, RunInProgress or InsufficientCredits; then nothing is left behind.
    """
    # An edit that is being stored is waited for: the run starts from it.
    project = project_service.get_owned(session, project_id, user_id, for_update=True)
    job_description = request.job_description or project.job_description
    base, warnings = _source_of(session, project, request.base_resume)
    if not job_description:
        raise InvalidRequest(NO_JOB_DESCRIPTION)
    run = TailoringRun(
        project_id=project.id,
        user_id=user_id,
        job_description=job_description,
        instructions=request.instructions,
        model=model,
        worker=worker,
    )
    try:
        with session.begin_nested():
            session.add(run)
            session.flush()
    except IntegrityError as error:  # one running run per project is a unique index
        raise RunInProgress from error
    template = ResumeTemplate.of(base)
    resume = project_service.starting_point(project, base)
    earlier = project_service.read_content(project)
    tokens = estimate_run_tokens(resume, job_description)
    estimate = credit_service.credits_for_tokens(tokens, settings.TOKENS_PER_CREDIT)
    hold = credit_service.open_hold(session, user_id, run_id=run.id, estimate=estimate, settings=settings)
    run_records.require_capacity(session, user_id)
    project.last_run_id = run.id
    return StartedRun(
        run_id=run.id,
        user_id=user_id,
        project_id=project.id,
        base_resume_id=base.id,
        uploaded_on=base.created_at.date(),
        template=template,
        resume=resume,
        rejected=frozenset(
            rejection_of(change)
            for change in (earlier.changes if earlier else [])
            if change.decision is Decision.REJECTED and not change.taken_back
        ),
        job_description=job_description,
        instructions=request.instructions,
        company=project.company_name,
        position=project.position,
        project_name=project.project_name,
        language=request.language,
        allow_page_growth=request.allow_page_growth,
        confirmed_facts=tuple(fact_service.confirmed_statements(session, user_id)),
        job_summary=job_summary_cache.find(session, job_description, model=model),
        model=model,
        budget_tokens=int(hold.amount * settings.TOKENS_PER_CREDIT),
        warnings=warnings,
    )


def _source_of(session: Session, project: Project, wanted: BaseChoice) -> tuple[BaseResume, tuple[str, ...]]:
    """The upload that a run starts from, and what the person should know about it. Raises NoBaseResume.

    It is the newest, unless the person has written into the project: then it stays with the upload that this was
    written for, as long as there is one and the newest is not asked for.
    """
    own = project_service.base_resume(session, project)
    newest = resume_service.require_base(session, project.user_id)
    content = project_service.read_content(project)
    if own is newest or content is None or not _has_own_words(content):
        return newest, ()
    if own is None or wanted == "newest":
        return newest, (EDITS_LEFT_OUT.format(newest=newest.file_name),)
    return own, (NEWER_UPLOAD.format(own=own.file_name, newest=newest.file_name),)


def _has_own_words(content: TailoredData) -> bool:
    """Whether the person has written some of it."""
    return content.edited_resume is not None or any(c.decision is Decision.EDITED for c in content.changes)


def read_estimate(session: Session, project_id: int, user_id: int, settings: Settings) -> RunEstimate:
    """What a run of this project will take. Raises NotFound, NoBaseResume, InvalidRequest."""
    project = project_service.get_owned(session, project_id, user_id)
    base, _ = _source_of(session, project, "project")
    if not project.job_description:
        raise InvalidRequest(NO_JOB_DESCRIPTION)
    tokens = estimate_run_tokens(project_service.starting_point(project, base), project.job_description)
    balance = credit_service.read_balance(session, user_id, settings=settings)
    return RunEstimate(
        tokens=tokens,
        credits=credit_service.credits_for_tokens(tokens, settings.TOKENS_PER_CREDIT),
        affordable=balance.can_tailor,
    )


def estimate_run_tokens(resume: ResumeData, job_description: str) -> int:
    """About how many tokens a run will take, from the sizes of resume and job ad; the real number is charged."""
    texts = sum(estimate_tokens(text) for _, text in walk_texts(resume))
    points = sum(len(job.bullets) for job in resume.experience) + sum(len(work.bullets) for work in resume.projects)
    further_calls = points // MAX_LINES_A_CALL
    job = estimate_tokens(job_description)
    return AGENT_TOKENS + TEXT_COPIES * texts + JOB_COPIES * job + CALL_TOKENS * further_calls
