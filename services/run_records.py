"""Runs as rows: how they stand, how they end, how many there may be, and which of them nobody executes any more."""

import logging
from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from config.settings import Settings
from models.base import utc_now
from models.project import Project
from models.run import RunStatus, TailoringRun
from schemas.project_schemas import RunRead
from services import credit_service
from services.credit_service import Settlement, TokenUsage
from services.errors import NotFound, TooManyRuns
from services.run_events import Event, LiveRun, append_event, write_events
from services.worker_process import is_gone

logger = logging.getLogger(__name__)

STALE_AFTER = timedelta(seconds=60)
MAX_RUNS_OF_A_PERSON = 3
MAX_RUNS = 200
RETRY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended: its status, its terminal event, and whether the tokens used are charged."""

    status: RunStatus
    event: str
    data: dict[str, Any]
    charge: bool = False
    description: str = ""


Store = Callable[[Session], dict[str, Any]]
"""Stores a result in the transaction that settles the run; returns what is added to the terminal event."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The last events of a run and what it cost."""

    events: list[Event]
    settlement: Settlement


def finish_run(
    session: Session, live: LiveRun, ending: Ending, usage: TokenUsage, store: Store | None, settings: Settings
) -> Finished:
    """Store, settle, mark and log the end of a run; nothing at all when it is over already."""
    run = _mark_over(session, live.run_id, ending, usage)
    if run is None:
        message = "The run was ended by another process."
        return Finished([live.next_event("error", {"error": "run_interrupted", "message": message})], Settlement(0, 0))
    more = store(session) if store else {}
    if ending.charge and usage.total_tokens > 0:
        settlement = credit_service.settle_hold(
            session,
            run_id=run.id,
            usage=usage,
            project_id=run.project_id,
            description=ending.description,
            settings=settings,
        )
        run.credits_charged = settlement.credits_charged
    else:
        credit_service.release_hold(session, run_id=run.id)
        settlement = Settlement(0.0, credit_service.read_balance(session, run.user_id, settings=settings).credits)
    events = _closing_events(live, ending, usage, settlement, more)
    write_events(session, run.id, [*live.events[live.flushed :], *events])
    return Finished(events, settlement)


def _mark_over(session: Session, run_id: int, ending: Ending, usage: TokenUsage) -> TailoringRun | None:
    """Note how a run ended; None when it was over already."""
    return session.scalar(
        update(TailoringRun)
        .where(TailoringRun.id == run_id, TailoringRun.status == RunStatus.RUNNING)
        .values(
            status=ending.status,
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
            usage_estimated=usage.estimated,
            message=ending.data.get("message"),
            finished_at=utc_now(),
        )
        .returning(TailoringRun)
    )


def _closing_events(
    live: LiveRun, ending: Ending, usage: TokenUsage, settlement: Settlement, more: dict[str, Any]
) -> list[Event]:
    charged, balance = settlement.credits_charged, settlement.balance
    tokens = {"prompt_tokens": usage.prompt_tokens, "completion_tokens": usage.completion_tokens, "credits": charged}
    closing: list[tuple[str, dict[str, Any]]] = []
    if ending.event == "final":
        saved = "Saved." if ending.status is RunStatus.SUCCEEDED else "Nothing was saved."
        database = {"message": saved, "credits_deducted": charged, "balance": balance}
        closing += [("usage", tokens), ("db_update", database)]
    costs = {"credits_deducted": charged, "balance": balance}
    closing.append((ending.event, {**ending.data, **more, **costs} if ending.event == "final" else ending.data))
    return [live.next_event(type_, data, ahead=number) for number, (type_, data) in enumerate(closing)]


def request_cancel(session: Session, run_id: int) -> None:
    """Note that a run is to be stopped."""
    session.execute(
        update(TailoringRun)
        .where(TailoringRun.id == run_id, TailoringRun.status == RunStatus.RUNNING)
        .values(cancel_requested=True)
    )


def beat(session: Session, run_ids: list[int]) -> list[int]:
    """Show that these runs are alive; returns those that somebody asked to cancel."""
    rows = session.execute(
        update(TailoringRun)
        .where(TailoringRun.id.in_(run_ids))
        .values(heartbeat_at=utc_now())
        .returning(TailoringRun.id, TailoringRun.cancel_requested)
    )
    return [run_id for run_id, cancelled in rows if cancelled]


def dead_runs(session: Session, worker: str, own: Set[int]) -> list[int]:
    """The runs that nobody executes any more; `own` are those that this process, `worker`, is executing."""
    running = session.scalars(select(TailoringRun).where(TailoringRun.status == RunStatus.RUNNING))
    others = (run for run in running if run.id not in own)
    return [run.id for run in others if (_is_lost(run) if run.worker == worker else _is_dead(run))]


def interrupt_run(session: Session, run_id: int) -> None:
    """End a run that nobody executes: hold released, nothing charged, an `error` event for its readers."""
    message = "The server stopped during the run. Nothing was charged; please start it again."
    ending = Ending(RunStatus.INTERRUPTED, "error", {"error": "run_interrupted", "message": message})
    if _mark_over(session, run_id, ending, TokenUsage()) is None:
        return
    credit_service.release_hold(session, run_id=run_id)
    append_event(session, run_id, ending.event, ending.data)
    logger.warning("run_interrupted run=%d", run_id)


def read_run(session: Session, run_id: int) -> RunRead:
    """How a run stands. Raises NotFound."""
    run = session.get(TailoringRun, run_id)
    if run is None:
        raise NotFound
    return RunRead.model_validate(run)


def is_cancelled(session: Session, run_id: int) -> bool:
    """Whether a run ended because somebody stopped it."""
    return read_run(session, run_id).status == RunStatus.CANCELLED


def is_running(session: Session, project_id: int) -> bool:
    """Whether a run of this project is going on."""
    running = select(TailoringRun.id).where(
        TailoringRun.project_id == project_id, TailoringRun.status == RunStatus.RUNNING
    )
    return session.scalar(running) is not None


def running_of(session: Session, user_id: int) -> list[int]:
    """The runs of a person that are going on."""
    running = select(TailoringRun.id).where(TailoringRun.user_id == user_id, TailoringRun.status == RunStatus.RUNNING)
    return list(session.scalars(running))


def require_capacity(session: Session, user_id: int) -> None:
    """Raise TooManyRuns when a run that was just inserted is one too many, for its person or for the server.

    Exact for a person, whose row is locked by the hold; for the server a few may slip through at the same moment.
    """
    running = select(func.count()).where(TailoringRun.status == RunStatus.RUNNING)
    if (session.scalar(running.where(TailoringRun.user_id == user_id)) or 0) > MAX_RUNS_OF_A_PERSON:
        raise TooManyRuns(retry_after=RETRY_SECONDS)
    if (session.scalar(running) or 0) > MAX_RUNS:
        raise TooManyRuns(
            "The server is busy with other runs. Please try again in a moment.", retry_after=RETRY_SECONDS
        )


def get_owned_run(session: Session, run_id: int, *, project_id: int, user_id: int) -> TailoringRun:
    """The run, when it belongs to this project of this person. Raises NotFound."""
    run = session.scalar(
        select(TailoringRun)
        .join(Project, Project.id == TailoringRun.project_id)
        .where(TailoringRun.id == run_id, TailoringRun.project_id == project_id, Project.user_id == user_id)
    )
    if run is None:
        raise NotFound
    return run


def _is_lost(run: TailoringRun) -> bool:
    """Whether our process has let go of a run without ending it, as when the database failed at its end."""
    return utc_now() - run.heartbeat_at > STALE_AFTER


def _is_dead(run: TailoringRun) -> bool:
    """Whether the process of a run is gone: known at once on its own machine, by its silence on another."""
    gone = is_gone(run.worker)
    return utc_now() - run.heartbeat_at > STALE_AFTER if gone is None else gone
