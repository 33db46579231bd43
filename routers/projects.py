"""/api/projects: a person's applications, tailoring runs and their events, decisions and versions."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query, Response
from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool

from config.database import in_transaction
from middleware.rate_limit import TAILORING_RUNS, per_user
from routers.declared_errors import declares
from routers.dependencies import (
    AppDatabase,
    AppPdfConverter,
    AppSettings,
    CurrentUser,
    DbSession,
    Id,
    ReadSession,
    Runs,
    Tailoring,
)
from routers.sse import EVENT_STREAM, NOTHING_LEFT, LastEventId, event_stream, sequence_of
from schemas.match_schemas import MatchReport
from schemas.project_schemas import (
    ChangesRead,
    DecisionRequest,
    ProjectCreate,
    ProjectRead,
    ProjectUpdate,
    RunEstimate,
    RunRead,
    TailoringResult,
    TailorRequest,
    VersionRead,
)
from services import fact_service, match_service, project_service, run_start
from services.errors import (
    InsufficientCredits,
    InvalidRequest,
    ModelAnswerInvalid,
    ModelRefused,
    ModelTimeout,
    ModelUnavailable,
    NoBaseResume,
    NotAuthenticated,
    NotFound,
    NotTailored,
    RateLimited,
    RequestRefused,
    RunCancelled,
    RunInProgress,
    RunInterrupted,
    TooManyRuns,
)

router = APIRouter(prefix="/api/projects", tags=["projects"], responses=declares(NotAuthenticated))

Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=2**31)]
LIMITED = Depends(per_user(TAILORING_RUNS))
STARTS_A_RUN = declares(
    NotAuthenticated,
    InsufficientCredits,
    NotFound,
    NoBaseResume,
    RunInProgress,
    InvalidRequest,
    RateLimited,
    TooManyRuns,
)
RUN_FAILS = declares(
    NoBaseResume,
    RunInProgress,
    RunCancelled,
    InvalidRequest,
    RequestRefused,
    ModelRefused,
    ModelAnswerInvalid,
    ModelUnavailable,
    RunInterrupted,
    ModelTimeout,
)


@router.get("")
def list_projects(
    user: CurrentUser, session: ReadSession, response: Response, limit: Limit = 50, offset: Offset = 0
) -> list[ProjectRead]:
    """Your projects, newest first; how many there are is in `X-Total-Count`."""
    page = project_service.list_owned(session, user.id, limit=limit, offset=offset)
    response.headers["X-Total-Count"] = str(page.total)
    return page.projects


@router.post("", status_code=201)
def create_project(body: ProjectCreate, user: CurrentUser, session: DbSession) -> ProjectRead:
    """Create a project for one job."""
    return project_service.create(session, user.id, body)


@router.get("/{project_id}", responses=declares(NotFound))
def read_project(project_id: Id, user: CurrentUser, session: ReadSession) -> ProjectRead:
    """One of your projects, with the resume as it now stands."""
    return project_service.read(session, project_service.get_owned(session, project_id, user.id))


@router.put("/{project_id}", responses=declares(NotFound, NoBaseResume, RunInProgress, InvalidRequest))
def update_project(project_id: Id, body: ProjectUpdate, user: CurrentUser, session: DbSession) -> ProjectRead:
    """Change a project; `resume_json` takes the resume as you edited it."""
    return project_service.update(session, project_id, user.id, body)


@router.delete("/{project_id}", status_code=204, responses=declares(NotFound, RunInProgress))
async def delete_project(
    project_id: Id, user: CurrentUser, database: AppDatabase, pdf_converter: AppPdfConverter
) -> None:
    """Delete a project with its results. What it cost stays in your transactions."""
    await in_transaction(database.sessions, project_service.delete, project_id, user.id)
    await run_in_threadpool(pdf_converter.forget, str(user.id))


# --- Runs ---


@router.get("/{project_id}/estimate", responses=declares(NotFound, NoBaseResume, InvalidRequest))
def read_estimate(project_id: Id, user: CurrentUser, session: ReadSession, settings: AppSettings) -> RunEstimate:
    """About what a run will cost, before you start it."""
    return run_start.read_estimate(session, project_id, user.id, settings)


@router.post("/{project_id}/tailor", dependencies=[LIMITED], responses=STARTS_A_RUN | RUN_FAILS)
async def tailor_project(
    project_id: Id, user: CurrentUser, tailoring: Tailoring, body: Annotated[TailorRequest | None, Body()] = None
) -> TailoringResult:
    """Tailor your resume to the job and wait for the result. Hanging up does not stop the run."""
    return await tailoring.tailor(user.id, project_id, body or TailorRequest())


@router.post(
    "/{project_id}/tailor-with-agent",
    dependencies=[LIMITED],
    response_class=EventSourceResponse,
    responses=EVENT_STREAM | STARTS_A_RUN,
)
async def stream_tailoring(
    project_id: Id,
    user: CurrentUser,
    tailoring: Tailoring,
    runs: Runs,
    body: Annotated[TailorRequest | None, Body()] = None,
) -> EventSourceResponse:
    """Tailor your resume to the job and follow the run as server-sent events."""
    run_id = await tailoring.start(user.id, project_id, body or TailorRequest())
    return event_stream(runs.hub.follow(run_id))


@router.get(
    "/{project_id}/runs/{run_id}/events",
    response_class=EventSourceResponse,
    responses=EVENT_STREAM | NOTHING_LEFT | declares(NotAuthenticated, NotFound),
)
async def stream_run_events(
    project_id: Id, run_id: Id, user: CurrentUser, runs: Runs, last_event_id: LastEventId = None
) -> Response:
    """Replay a run's events after `Last-Event-ID` and follow it until it is over."""
    await runs.require_owned(run_id, project_id=project_id, user_id=user.id)
    after = sequence_of(last_event_id)
    if await runs.hub.is_read(run_id, after=after):
        return Response(status_code=204)
    return event_stream(runs.hub.follow(run_id, after=after))


@router.post("/{project_id}/runs/{run_id}/cancel", status_code=202, responses=declares(NotFound))
async def cancel_run(project_id: Id, run_id: Id, user: CurrentUser, runs: Runs) -> RunRead:
    """Stop a run. Only the tokens used until then are charged; a run that is over stays as it is."""
    await runs.require_owned(run_id, project_id=project_id, user_id=user.id)
    return await runs.cancel(run_id)


# --- Changes, match, versions ---


@router.get("/{project_id}/changes", responses=declares(NotFound, NotTailored))
def list_changes(project_id: Id, user: CurrentUser, session: ReadSession) -> ChangesRead:
    """What was proposed, how it was judged and what you decided."""
    project = project_service.get_owned(session, project_id, user.id)
    return fact_service.changes_of(session, project_service.require_tailored(project))


@router.post(
    "/{project_id}/changes/decisions",
    responses=declares(NotFound, NotTailored, NoBaseResume, RunInProgress, InvalidRequest),
)
def decide_changes(
    project_id: Id, body: Annotated[list[DecisionRequest], Body(max_length=500)], user: CurrentUser, session: DbSession
) -> ChangesRead:
    """Accept, reject or edit changes; every file is made anew from what is accepted."""
    return fact_service.changes_of(session, project_service.decide(session, project_id, user.id, body))


@router.get("/{project_id}/match", responses=declares(NotFound, NoBaseResume, InvalidRequest))
def read_match(project_id: Id, user: CurrentUser, session: ReadSession) -> MatchReport:
    """How your resume meets the job's requirements, before and after tailoring. Computed, never charged."""
    return match_service.read_match(session, project_id, user.id)


@router.get("/{project_id}/versions", responses=declares(NotFound))
def list_versions(project_id: Id, user: CurrentUser, session: ReadSession) -> list[VersionRead]:
    """All versions, newest first: each run, batch of decisions, answer, edit and restore is one."""
    return project_service.list_versions(session, project_id, user.id)


@router.post("/{project_id}/versions/{number}/restore", responses=declares(NotFound, RunInProgress))
def restore_version(project_id: Id, number: Id, user: CurrentUser, session: DbSession) -> ProjectRead:
    """Bring an earlier version back; this makes a new version."""
    return project_service.restore_version(session, project_id, user.id, number=number)
