"""Tailoring from a started run to its stored result: the one place that joins agent, review, pages and project."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from config.database import Database, in_transaction
from config.settings import Settings
from models.run import RunStatus
from schemas.change_schemas import Decision, Verdict
from schemas.model_outputs import ApplicationLetters, JobSummary
from schemas.project_schemas import ResultMetadata, TailoredData, TailoringResult, TailorRequest
from schemas.resume_schemas import PersonalInfo, ResumeData, SkillGroup
from services import fact_service, guardrail, job_summary_cache, output_language, project_service, run_records
from services.contact_details import ContactDetails, contact_of, redact
from services.errors import RequestRefused, RunCancelled, error_of_code
from services.model_client import ModelClient, UsageMeter
from services.page_budget import PageBudget
from services.proposal_review import Target, review, revise
from services.resume_document import ResumeTemplate
from services.resume_paths import map_texts, walk_texts
from services.resume_sources import ResumeSources
from services.run_records import Ending
from services.run_service import RunContext, RunService
from services.run_start import StartedRun, start_run
from services.tailoring_steps import Outcome, TailoringContext

logger = logging.getLogger(__name__)

HEAD_START_SECONDS = 0.1
"""What is prepared while the model answers begins when the first calls are on their way: both need the processor."""
_WISHES_HEARD = (
    "Of your wishes the offline model understands only what to put forward and what to leave as it is. "
    "Please check whether they were carried out."
)


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

    async def load(self) -> None:
        """Load what the first run would have to wait for: SDKs, the agent, word lists."""
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
            cancelled = await in_transaction(self._database.read_sessions, run_records.is_cancelled, run_id)
            kind = RunCancelled if cancelled else RequestRefused
            result = {name: value for name, value in last.data.items() if name != "type"}  # it is no event here
            raise kind(last.data["message"], details=result)
        return TailoringResult.model_validate(last.data)

    async def _tailor(self, run: StartedRun, context: RunContext) -> None:
        from services import resume_agent_service  # imports langchain, which takes seconds

        meter = UsageMeter(run.budget_tokens)
        context.usage = lambda: meter.usage
        resume = run.resume
        contact = contact_of(resume.personal_info, [text for _, text in walk_texts(resume)])
        language = output_language.choose(run.language, resume, run.job_description)
        tailoring = TailoringContext(
            resume=without_contact_data(resume, contact),
            job_description=redact(run.job_description, contact),
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
        async with self._preparing(run) as pages_before:
            outcome = await resume_agent_service.tailor(tailoring)
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
                self._metadata(run, language, outcome),
                run.rejected,
            )
            await asyncio.to_thread(output_language.say, data, language, resume, run.job_description)
            tailoring.status("pages", "Making sure that it stays on its pages", 88)
            data = await self._fit_pages(run, data, target, pages_before)
        tailoring.status("save", "Saving", 95)
        await self._runs.finish(
            context, _success(run, data, meter), partial(store_result, run=run, data=data, summary=outcome.job)
        )

    @asynccontextmanager
    async def _preparing(self, run: StartedRun) -> AsyncIterator["asyncio.Task[int | None]"]:
        """While the model answers: rehearses the review, and counts the pages of the resume as it is, into the task."""
        preparing = asyncio.create_task(self._prepare(run))
        try:
            yield preparing
        finally:
            preparing.cancel()

    async def _prepare(self, run: StartedRun) -> int | None:
        await asyncio.sleep(HEAD_START_SECONDS)
        target = Target(run.job_description, run.company, run.position, run.confirmed_facts, run.uploaded_on)
        await asyncio.to_thread(rehearse, run.resume, run.template, target)
        return await self._pages.count(run.template, run.resume, owner=str(run.user_id))

    async def _fit_pages(
        self, run: StartedRun, data: TailoredData, target: Target, pages_before: "asyncio.Task[int | None]"
    ) -> TailoredData:
        fitted = await self._pages.fit(
            run.template,
            run.resume,
            data.changes,
            pages_before=pages_before,
            owner=str(run.user_id),
            may_grow=run.allow_page_growth,
        )
        revised = await asyncio.to_thread(revise, run.resume, data, fitted.changes, target)
        if revised.metadata is not None:
            revised.metadata.warnings += fitted.warnings
        return revised

    def _metadata(self, run: StartedRun, language: str, outcome: Outcome) -> ResultMetadata:
        is_offline = self._settings.uses_offline_model
        return ResultMetadata(
            model=self._model.name,
            is_offline_model=is_offline,
            language=language,
            warnings=[*run.warnings, *outcome.warnings, *([_WISHES_HEARD] if is_offline and run.instructions else [])],
        )


def load_word_lists(model: ModelClient) -> None:
    """Make the agent, and rehearse a review, so that whatever is read once a process is read by then."""
    from services import resume_agent_service

    resume_agent_service.build_agent(model)
    resume = ResumeData(professional_summary="I am a nurse.", skills=[SkillGroup(category="Skills", skills=["Triage"])])
    ad = "We are looking for a nurse.\nRequirements:\n- Triage"
    guardrail.screen(ad, "job_description")
    rehearse(resume, ResumeTemplate("", resume, ResumeSources()), Target(ad, None, None))


def rehearse(resume: ResumeData, template: ResumeTemplate, target: Target) -> None:
    """Review a made-up answer of the model: what the real review will read of resume and ad is then remembered."""
    letters = ApplicationLetters(cover_letter=resume.professional_summary, email_subject="", email_body="")
    metadata = ResultMetadata(model="", is_offline_model=True, language="", warnings=[])
    review(resume, template, Outcome(letters=letters), target, contact_of(resume.personal_info), metadata)


def store_result(
    session: Session, *, run: StartedRun, data: TailoredData, summary: JobSummary | None
) -> dict[str, Any]:
    """Make the result the project's state, and its questions stored ones; part of the transaction that settles the run.

    Returns what the final event says about the questions.
    """
    project = project_service.get_owned(session, run.project_id, run.user_id, for_update=True)
    data.base_resume_id, data.run_id = run.base_resume_id, run.run_id
    data.questions = fact_service.ask(
        session, user_id=run.user_id, project_id=run.project_id, run_id=run.run_id, changes=data.changes
    )
    project_service.store_version(session, project, data, origin="run")
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
    message = f"{len(made)} {'change' if len(made) == 1 else 'changes'} made"
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
