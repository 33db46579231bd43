"""Tailoring from request to stored result: the one place that joins credits, agent, review and project."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config.database import Database, in_transaction
from config.settings import Settings
from models.base_resume import BaseResume
from models.run import RunStatus, TailoringRun
from schemas.change_schemas import Decision, Verdict
from schemas.model_outputs import ApplicationLetters, JobSummary
from schemas.project_schemas import ResultMetadata, RunEstimate, TailoredData, TailoringResult, TailorRequest
from schemas.resume_schemas import PersonalInfo, ResumeData, SkillGroup
from services import (
    credit_service,
    fact_service,
    guardrail,
    job_summary_cache,
    project_service,
    resume_service,
    run_service,
)
from services.contact_details import ContactDetails, contact_of, redact
from services.errors import InvalidRequest, RequestRefused, RunCancelled, RunInProgress, error_of_code
from services.job_ads.language import detect_language
from services.model_client import ModelClient, UsageMeter, estimate_tokens
from services.page_budget import PageBudget
from services.proposal_review import RejectedChange, Target, rejection_of, review, revise
from services.resume_document import ResumeTemplate
from services.resume_paths import map_texts, walk_texts
from services.resume_sources import ResumeSources
from services.run_service import Ending, RunContext, RunService
from services.tailoring_steps import Outcome, TailoringContext

logger = logging.getLogger(__name__)

AGENT_TOKENS = 1500  # what the agent's own calls, prompts and schemas take beside the texts
TEXT_COPIES = 3  # the resume's texts go out for tailoring and letters, and come back as proposals
JOB_COPIES = 2
NO_JOB_DESCRIPTION = "There is no job description: send one, or add it to the project."


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


class TailoringService:
    """Starts runs and does their work. Made once in the lifespan."""

    def __init__(
        self, database: Database, model: ModelClient, runs: RunService, pages: PageBudget, settings: Settings
    ) -> None:
        """Put the parts together."""
        self._pages = pages
        self._database = database
        self._model = model
        self._runs = runs
        self._settings = settings
        self._loading: asyncio.Task[None] | None = None

    def warm_up(self) -> None:
        """Begin to load what the first run would have to wait for: SDKs, the agent, word lists."""
        self._loading = asyncio.create_task(self._load())

    async def _load(self) -> None:
        await self._model.ready()
        await asyncio.to_thread(load_word_lists, self._model)

    async def start(self, user_id: int, project_id: int, request: TailorRequest) -> int:
        """Start a run and return its id; it goes on whoever listens.

        Raises, before anything is spent: NotFound, NoBaseResume, RunInProgress, InsufficientCredits, InvalidRequest.
        """
        started = await in_transaction(
            self._database.sessions,
            start_run,
            user_id,
            project_id,
            request,
            model=self._model.name,
            worker=self._runs.worker,
            settings=self._settings,
        )
        self._runs.launch(started.run_id, partial(self._tailor, started))
        return started.run_id

    async def tailor(self, user_id: int, project_id: int, request: TailorRequest) -> TailoringResult:
        """Start a run and wait for its result. Raises also RequestRefused, RunCancelled, the run's error."""
        run_id = await self.start(user_id, project_id, request)
        last = [event async for event in self._runs.hub.follow(run_id)][-1]
        if last.type == "error":
            raise error_of_code(last.data["error"], last.data["message"])
        if not last.data["success"]:
            cancelled = await in_transaction(self._database.read_sessions, run_service.is_cancelled, run_id)
            kind = RunCancelled if cancelled else RequestRefused
            raise kind(last.data["message"], details=last.data)
        return TailoringResult.model_validate(last.data)

    async def _tailor(self, run: StartedRun, context: RunContext) -> None:
        from services import resume_agent_service  # imports langchain, which takes seconds

        meter = UsageMeter(run.budget_tokens)
        context.usage = lambda: meter.usage
        resume = run.resume
        contact = contact_of(resume.personal_info)
        language = output_language(run)
        tailoring = TailoringContext(
            resume=without_contact_data(resume, contact),
            job_description=run.job_description,
            instructions=redact(run.instructions, contact) if run.instructions else None,
            company=run.company,
            position=run.position,
            language=language,
            model=self._model,
            meter=meter,
            emit=context.emit,
            confirmed_facts=[redact(fact, contact) for fact in run.confirmed_facts],
            known_summary=run.job_summary,
        )
        pages_before = asyncio.create_task(self._count_pages(run))  # takes seconds, as the model does
        try:
            outcome = await resume_agent_service.tailor(tailoring)
        finally:
            pages_before.cancel()
        if outcome.refusal is not None:
            refusal = TailoringResult(success=False, message=outcome.refusal, run_id=run.run_id)
            await self._runs.finish(context, Ending(RunStatus.REFUSED, "final", refusal.model_dump(mode="json")))
            return
        tailoring.status(
            "fact_gate", "Checking every change against your own words, and what it does for the requirements", 75
        )
        target = Target(run.job_description, *tailoring.target(), run.confirmed_facts, run.uploaded_on)
        data = await asyncio.to_thread(
            review,
            resume,
            run.template,
            outcome,
            target,
            contact,
            self._metadata(language, outcome),
            run.rejected,
        )
        tailoring.status("pages", "Making sure that it stays on its pages", 88)
        data = await self._fit_pages(run, data, target)
        tailoring.status("save", "Saving", 95)
        await self._runs.finish(
            context, _success(run, data, meter), partial(store_result, run=run, data=data, summary=outcome.job)
        )

    async def _count_pages(self, run: StartedRun) -> None:
        """Have the resume as it is rendered before the number of its pages is asked for."""
        await self._pages.warm_up(run.template, run.resume, owner=str(run.user_id))

    async def _fit_pages(self, run: StartedRun, data: TailoredData, target: Target) -> TailoredData:
        fitted = await self._pages.fit(
            run.template, run.resume, data.changes, owner=str(run.user_id), may_grow=run.allow_page_growth
        )
        revised = await asyncio.to_thread(revise, run.resume, data, fitted.changes, target)
        if revised.metadata is not None:
            revised.metadata.warnings += fitted.warnings
        return revised

    def _metadata(self, language: str, outcome: Outcome) -> ResultMetadata:
        return ResultMetadata(
            model=self._model.name,
            is_offline_model=self._settings.uses_offline_model,
            language=language,
            warnings=outcome.warnings,
        )


def load_word_lists(model: ModelClient) -> None:
    """Make the agent, and judge a made-up result, so that whatever is read once a process is read by then."""
    from services import resume_agent_service

    resume_agent_service.build_agent(model)
    resume = ResumeData(professional_summary="Nurse.", skills=[SkillGroup(category="Skills", skills=["Triage"])])
    ad = "We are looking for a nurse.\nRequirements:\n- Triage"
    guardrail.screen(ad, "job_description")
    letters = ApplicationLetters(cover_letter="I am a nurse.", email_subject="", email_body="")
    review(
        resume,
        ResumeTemplate("", resume, ResumeSources()),
        Outcome(letters=letters),
        Target(ad, None, None),
        contact_of(resume.personal_info),
        ResultMetadata(model=model.name, is_offline_model=True, language="en", warnings=[]),
    )


def estimate_run_tokens(resume: ResumeData, job_description: str) -> int:
    """About how many tokens a run will take, from the sizes of resume and job ad; the real number is charged."""
    texts = sum(estimate_tokens(text) for _, text in walk_texts(resume))
    return AGENT_TOKENS + TEXT_COPIES * texts + JOB_COPIES * estimate_tokens(job_description)


def output_language(run: StartedRun) -> str:
    """The language to write in: as the person wishes, else that of the job ad."""
    if run.language == "keep":
        return detect_language(" ".join(text for _, text in walk_texts(run.resume)))
    return detect_language(run.job_description) if run.language == "auto" else run.language


def read_estimate(session: Session, project_id: int, user_id: int, settings: Settings) -> RunEstimate:
    """What a run of this project will take. Raises NotFound, NoBaseResume, InvalidRequest."""
    project = project_service.get_owned(session, project_id, user_id)
    base = resume_service.require_base(session, user_id)
    if not project.job_description:
        raise InvalidRequest(NO_JOB_DESCRIPTION)
    tokens = estimate_run_tokens(project_service.starting_point(project, base), project.job_description)
    balance = credit_service.read_balance(session, user_id, settings=settings)
    return RunEstimate(
        tokens=tokens,
        credits=credit_service.credits_for_tokens(tokens, settings.TOKENS_PER_CREDIT),
        affordable=balance.can_tailor,
    )


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
    project = project_service.get_owned(session, project_id, user_id)
    job_description = request.job_description or project.job_description
    base = resume_service.require_base(session, user_id)
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
    earlier = project_service.read_tailored(project) or TailoredData(resume=resume)
    tokens = estimate_run_tokens(resume, job_description)
    estimate = credit_service.credits_for_tokens(tokens, settings.TOKENS_PER_CREDIT)
    hold = credit_service.open_hold(session, user_id, run_id=run.id, estimate=estimate, settings=settings)
    run_service.require_capacity(session, user_id)
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
            rejection_of(c) for c in earlier.changes if c.decision is Decision.REJECTED and not c.taken_back
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
    )


def store_result(
    session: Session, *, run: StartedRun, data: TailoredData, summary: JobSummary | None
) -> dict[str, Any]:
    """Make the result the project's state, and its questions stored ones; part of the transaction that settles the run.

    Returns what the final event says about the questions.
    """
    project = project_service.get_owned(session, run.project_id, run.user_id, for_update=True)
    # It may have been deleted while the run went on.
    project.base_resume_id = run.base_resume_id if session.get(BaseResume, run.base_resume_id) else None
    data.run_id = run.run_id
    project.is_tailored = True
    project.last_tailoring_jd = run.job_description
    data.questions = fact_service.ask(
        session, user_id=run.user_id, project_id=run.project_id, run_id=run.run_id, changes=data.changes
    )
    project_service.store_version(session, project, data, origin="run", run_id=run.run_id)
    if summary is not None:
        job_summary_cache.remember(session, run.job_description, summary, model=run.model)
    return {"questions": [question.model_dump(mode="json") for question in data.questions]}


def without_contact_data(resume: ResumeData, contact: ContactDetails) -> ResumeData:
    """The resume as a model may see it: no contact data, and placeholders where it stood in other texts."""
    redacted = map_texts(resume, lambda text: redact(text, contact))
    redacted.personal_info = PersonalInfo(current_role=redacted.personal_info.current_role)
    return redacted


def _success(run: StartedRun, data: TailoredData, meter: UsageMeter) -> Ending:
    made = [c for c in data.changes if c.verdict is not Verdict.BLOCK and c.decision is not Decision.REJECTED]
    asked = sum(1 for change in data.changes if change.question)
    message = f"{len(made)} changes made"
    message += f", {asked} not made because your resume does not say it." if asked else "."
    result = TailoringResult(
        success=True,
        message=message,
        run_id=run.run_id,
        tailored_json=data.resume,
        changes_made=made,
        match=data.match,
        metadata=data.metadata,
    )
    target = ", ".join(name for name in (run.company, run.position) if name) or run.project_name
    tokens = f"{meter.usage.total_tokens:,} tokens"
    estimated = " (estimated)" if meter.usage.estimated else ""
    return Ending(
        RunStatus.SUCCEEDED,
        "final",
        result.model_dump(mode="json"),
        charge=True,
        description=f"Tailored for {target[:440]}: {tokens}{estimated}",
    )
