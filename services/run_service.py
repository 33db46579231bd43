"""How runs are executed: each in a task of its own that no connection owns, with a heartbeat, cancel, drain and sweep.

Knows nothing of resumes: what a run does is handed to `launch`. The only place to change when runs move to a queue.
"""

import asyncio
import hashlib
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from config.database import Database, in_transaction
from config.settings import Settings
from models.base import utc_now
from models.project import Project
from models.run import RunStatus, TailoringRun
from schemas.project_schemas import RunRead
from services import credit_service
from services.credit_service import Settlement, TokenUsage
from services.errors import NotFound, SkillMapError, TooManyRuns
from services.run_events import Event, LiveRun, RunEventHub, read_events, write_events

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 1.0  # also how long a cancel from another process may take to be seen
SWEEP_SECONDS = 10.0
STALE_AFTER = timedelta(seconds=60)
FLUSH_SECONDS = 0.25
DRAIN_SECONDS = 20.0
MAX_RUNS_OF_A_PERSON = 3
MAX_RUNS = 200
RETRY_SECONDS = 10
PAUSES_BEFORE_FINISHING_AGAIN = (0.2, 1.0)


@dataclass(slots=True)
class RunContext:
    """What a run's work gets: where to send events, and where its usage is counted."""

    run_id: int
    live: LiveRun
    usage: Callable[[], TokenUsage] = TokenUsage
    finishing: asyncio.Task[Settlement] | None = None

    def emit(self, type_: str, data: dict[str, Any]) -> None:
        """Send an event to whoever follows the run."""
        self.live.emit(type_, data)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended: its status, its terminal event, and whether the tokens used are charged."""

    status: RunStatus
    event: str
    data: dict[str, Any]
    charge: bool = False
    description: str = ""


Work = Callable[[RunContext], Awaitable[None]]
"""Does a run's work; ends it through `RunService.finish`, or raises."""

Store = Callable[[Session], dict[str, Any]]
"""Stores a result in the transaction that settles the run; returns what is added to the terminal event."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The last events of a run and what it cost."""

    events: list[Event]
    settlement: Settlement


class RunService:
    """Executes the runs of this process. Made and closed in the lifespan."""

    def __init__(self, database: Database, settings: Settings, *, drain_seconds: float = DRAIN_SECONDS) -> None:
        """Nothing runs yet. `drain_seconds` are what runs get to come to their end when the server stops."""
        self._drain_seconds = drain_seconds
        self._database = database
        self._settings = settings
        self.hub = RunEventHub(database.sessions, database.read_sessions)
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._cancelled: set[int] = set()
        self._chores: list[asyncio.Task[None]] = []
        self.worker = f"{machine()}:{os.getpid()}:{process_start(os.getpid())}"

    async def start(self) -> None:
        """Release what a dead process left behind, and begin to look after the runs."""
        await self._sweep()
        self._chores = [
            asyncio.create_task(self._repeat(self.hub.flush, FLUSH_SECONDS), name="run-events"),
            asyncio.create_task(self._repeat(self._look_after_own, HEARTBEAT_SECONDS), name="run-heartbeat"),
            asyncio.create_task(self._repeat(self._sweep, SWEEP_SECONDS), name="run-sweep"),
        ]

    async def close(self) -> None:
        """Let the runs finish for a while; interrupt the rest, uncharged."""
        if self._tasks:
            logger.info("runs_draining count=%d", len(self._tasks))
            await asyncio.wait(self._tasks.values(), timeout=self._drain_seconds)
        for tasks in (list(self._tasks.values()), self._chores):
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def launch(self, run_id: int, work: Work) -> None:
        """Execute a run that was started in the database. Its first event is there before this returns."""
        live = self.hub.open(run_id)
        live.emit("run", {"run_id": run_id})
        self._tasks[run_id] = asyncio.create_task(self._execute(RunContext(run_id, live), work), name=f"run-{run_id}")

    async def cancel(self, run_id: int) -> RunRead:
        """Stop a run: at once when it is ours, else as soon as its process looks after it. Returns how it stands."""
        await in_transaction(self._database.sessions, request_cancel, run_id)
        if task := self._cancel_task(run_id):
            await asyncio.wait([task])
        return await in_transaction(self._database.read_sessions, read_run, run_id)

    async def cancel_all_of(self, user_id: int) -> None:
        """Stop every run of a person."""
        for run_id in await in_transaction(self._database.read_sessions, running_of, user_id):
            with suppress(NotFound):  # deleted with its project meanwhile
                await self.cancel(run_id)

    async def require_owned(self, run_id: int, *, project_id: int, user_id: int) -> None:
        """Raise NotFound unless the run belongs to this project of this person."""
        await in_transaction(
            self._database.read_sessions, get_owned_run, run_id, project_id=project_id, user_id=user_id
        )

    async def finish(self, context: RunContext, ending: Ending, store: Store | None = None) -> Settlement:
        """End a run: result, charge, status and last events in one transaction.

        The first call wins and cannot be cancelled: a cancel that comes while the result is being stored is too late.
        Only when it failed, and so left the run as it was, may another one end it.
        """
        if context.finishing is None or _went_wrong(context.finishing):
            context.finishing = asyncio.create_task(self._finish(context, ending, store))
        return await asyncio.shield(context.finishing)

    async def _finish(self, context: RunContext, ending: Ending, store: Store | None) -> Settlement:
        finished = await self._store_ending(context, ending, store)
        context.live.flushed = len(context.live.events) + len(finished.events)
        context.live.publish(finished.events)
        return finished.settlement

    async def _store_ending(self, context: RunContext, ending: Ending, store: Store | None) -> Finished:
        """A deadlock or a lock held too long is no reason to lose a result: nothing is stored then, so try again."""

        async def once() -> Finished:
            return await in_transaction(
                self._database.sessions, finish_run, context.live, ending, context.usage(), store, self._settings
            )

        for pause in PAUSES_BEFORE_FINISHING_AGAIN:
            try:
                return await once()
            except OperationalError as error:
                logger.warning("run_ending_retried run=%d cause=%s", context.run_id, type(error.orig).__name__)
                await asyncio.sleep(pause)
        return await once()

    def _cancel_task(self, run_id: int) -> asyncio.Task[None] | None:
        task = self._tasks.get(run_id)
        if task is not None and run_id not in self._cancelled:
            self._cancelled.add(run_id)
            task.cancel()
        return task

    async def _execute(self, context: RunContext, work: Work) -> None:
        try:
            await work(context)
        except asyncio.CancelledError:
            await self.finish(context, self._cancelled_ending(context))
        except SkillMapError as error:
            # The kind of the cause only: what a vendor says may quote a prompt or a key.
            cause = type(error.__cause__).__name__
            logger.warning("run_failed run=%d code=%s cause=%s", context.run_id, error.code, cause)
            await self._fail(context, error)
        except Exception:
            logger.exception("run_crashed run=%d", context.run_id)
            await self._fail(context, SkillMapError())
        finally:
            self._tasks.pop(context.run_id, None)
            self._cancelled.discard(context.run_id)
            self.hub.close(context.run_id)

    def _cancelled_ending(self, context: RunContext) -> Ending:
        if context.run_id in self._cancelled:
            tokens = context.usage().total_tokens
            message = f"The run was cancelled. {'Tokens used until then' if tokens else 'No tokens'} were charged."
            data = {"success": False, "message": message, "run_id": context.run_id}
            description = f"Cancelled tailoring run: {tokens:,} tokens"
            return Ending(RunStatus.CANCELLED, "final", data, charge=True, description=description)
        message = "The server was restarted during the run. Nothing was charged; please start it again."
        return Ending(RunStatus.INTERRUPTED, "error", {"error": "run_interrupted", "message": message})

    async def _fail(self, context: RunContext, error: SkillMapError) -> None:
        data = {"error": error.code, "message": error.message}
        await self.finish(context, Ending(RunStatus.FAILED, "error", data))

    async def _repeat(self, chore: Callable[[], Awaitable[None]], seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await chore()
            except SQLAlchemyError:  # a busy or unreachable database: the next round does what this one could not
                logger.exception("run_chore_failed")

    async def _look_after_own(self) -> None:
        for run_id in await in_transaction(self._database.sessions, beat, list(self._tasks)) if self._tasks else []:
            self._cancel_task(run_id)

    async def _sweep(self) -> None:
        own = set(self._tasks)
        # A transaction each: one that locked several people could wait in a circle with another server's.
        for run_id in await in_transaction(self._database.read_sessions, dead_runs, self.worker, own):
            await in_transaction(self._database.sessions, interrupt_run, run_id, self._settings)
        await in_transaction(self._database.sessions, credit_service.release_stale_holds)


# --- In the database ---


def finish_run(
    session: Session, live: LiveRun, ending: Ending, usage: TokenUsage, store: Store | None, settings: Settings
) -> Finished:
    """Store, settle, mark and log the end of a run; nothing at all when it is over already."""
    run = session.scalar(
        update(TailoringRun)
        .where(TailoringRun.id == live.run_id, TailoringRun.status == RunStatus.RUNNING)
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


def _went_wrong(task: asyncio.Task[Settlement]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)


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


def interrupt_run(session: Session, run_id: int, settings: Settings) -> None:
    """End a run that nobody executes: hold released, nothing charged, an `error` event for its readers."""
    stored, _ = read_events(session, run_id, after=0)
    message = "The server stopped during the run. Nothing was charged; please start it again."
    ending = Ending(RunStatus.INTERRUPTED, "error", {"error": "run_interrupted", "message": message})
    finish_run(session, LiveRun(run_id, stored, len(stored)), ending, TokenUsage(), None, settings)
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
    where, _, process = run.worker.partition(":")
    pid, _, started = process.partition(":")
    if where == machine() and pid.isdigit() and started:
        return process_start(int(pid)) != started
    return utc_now() - run.heartbeat_at > STALE_AFTER


@cache
def machine() -> str:
    """Where a process number means the same process: this boot and PID namespace; containers may share a host name."""
    where = [socket.gethostname()]
    with suppress(OSError):
        where.append(Path("/proc/sys/kernel/random/boot_id").read_text().strip())
        where.append(str(Path("/proc/self/ns/pid").stat().st_ino))
    return f"{socket.gethostname()[:48]}.{hashlib.sha256(':'.join(where).encode()).hexdigest()[:12]}"


def process_start(pid: int) -> str:
    """When a process of this machine was started (in kernel ticks), empty when there is none or no /proc to ask."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""
