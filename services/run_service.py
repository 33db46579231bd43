"""How runs are executed: each in a task of its own that no connection owns, with a heartbeat, cancel, drain and sweep.

Knows nothing of resumes: what a run does is handed to `launch`. The only place to change when runs move to a queue.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from config.database import Database, in_transaction
from config.settings import Settings
from models.run import RunStatus
from schemas.project_schemas import RunRead
from services import credit_service
from services.credit_service import Settlement, TokenUsage
from services.errors import NotFound, SkillMapError
from services.run_events import LiveRun, RunEventHub
from services.run_records import (
    Ending,
    Finished,
    Store,
    beat,
    dead_runs,
    finish_run,
    get_owned_run,
    interrupt_run,
    read_run,
    request_cancel,
    running_of,
)
from services.worker_process import this_process

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 1.0  # also how long a cancel from another process may take to be seen
SWEEP_SECONDS = 10.0
FLUSH_SECONDS = 0.25
DRAIN_SECONDS = 20.0
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


Work = Callable[[RunContext], Awaitable[None]]
"""Does a run's work; ends it through `RunService.finish`, or raises."""


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
        self.worker = this_process()

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
            paid = "Only what had been used by then is paid for." if tokens else "Nothing was charged."
            message = f"The run was cancelled. {paid}"
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
            await in_transaction(self._database.sessions, interrupt_run, run_id)
        await in_transaction(self._database.sessions, credit_service.release_stale_holds)


def _went_wrong(task: asyncio.Task[Settlement]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
