"""The keeper of runs by itself: a run ends once and wholly, shows that it is alive, and is given up when it is not."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from config.database import Database
from config.settings import Settings
from models.base import utc_now
from models.run import RunStatus, TailoringRun
from services import credit_service, ledger_audit
from services.credit_service import TokenUsage
from services.run_events import TERMINAL_EVENTS, Event
from services.run_records import Ending
from services.run_service import RunContext, RunService
from tests.conftest import Person
from tests.test_run_survival import held, insert_runs
from tests.test_tailoring_runs import wait_until

SUCCESS = Ending(RunStatus.SUCCEEDED, "final", {"success": True}, charge=True, description="Tailored")
USED = TokenUsage(prompt_tokens=900, completion_tokens=100)


@pytest.fixture(autouse=True)
def sound_books(database: Database) -> Iterator[None]:
    """Whatever happened, the books add up."""
    yield
    with database.read_sessions() as session:
        assert ledger_audit.find_breaches(session) == []


@pytest.fixture
def service(database: Database, settings: Settings) -> RunService:
    return RunService(database, settings, drain_seconds=0.05)


@pytest.fixture
def run_id(service: RunService, database: Database, settings: Settings, person: Person) -> int:
    """A run in the database that nobody executes yet, with credits held."""
    [run_id] = insert_runs(database, settings, person, 1, service.worker)
    return run_id


def status_of(database: Database, run_id: int) -> RunStatus:
    with database.read_sessions() as session:
        return RunStatus(session.get_one(TailoringRun, run_id).status)


def heartbeat_of(database: Database, run_id: int) -> timedelta:
    """How long ago the run was last heard of."""
    with database.read_sessions() as session:
        return utc_now() - session.get_one(TailoringRun, run_id).heartbeat_at


def last_heard_of(database: Database, run_ids: list[int], ago: timedelta) -> None:
    with database.sessions.begin() as session:
        runs = update(TailoringRun).where(TailoringRun.id.in_(run_ids))
        session.execute(runs.values(heartbeat_at=utc_now() - ago))


def credits_of(database: Database, settings: Settings, person: Person) -> float:
    with database.read_sessions() as session:
        return credit_service.read_balance(session, person.id, settings=settings).credits


async def followed(service: RunService, run_id: int) -> list[Event]:
    return [event async for event in service.hub.follow(run_id)]


# --- The end ---


def test_a_run_that_is_ended_twice_ends_as_it_was_ended_first(
    service: RunService, run_id: int, database: Database, settings: Settings, person: Person
) -> None:
    async def end_twice() -> list[Event]:
        ended: asyncio.Future[list[Event]] = asyncio.get_running_loop().create_future()

        async def work(context: RunContext) -> None:
            context.usage = lambda: USED
            first = await service.finish(context, SUCCESS)
            second = await service.finish(context, Ending(RunStatus.FAILED, "error", {"error": "too_late"}))
            assert first == second
            ended.set_result(context.live.events)

        service.launch(run_id, work)
        async with asyncio.timeout(10):
            return await ended

    events = asyncio.run(end_twice())
    assert [event.type for event in events if event.type in TERMINAL_EVENTS] == ["final"]
    assert status_of(database, run_id) == RunStatus.SUCCEEDED
    assert credits_of(database, settings, person) < 100.0


def test_a_result_that_cannot_be_stored_ends_its_run_with_an_error_and_costs_nothing(
    service: RunService, run_id: int, database: Database, settings: Settings, person: Person
) -> None:
    def store(session: Session) -> dict[str, object]:
        raise ValueError("a bug")

    async def work(context: RunContext) -> None:
        context.usage = lambda: USED
        await service.finish(context, SUCCESS, store)

    async def run() -> list[Event]:
        service.launch(run_id, work)
        async with asyncio.timeout(10):
            return await followed(service, run_id)

    assert [event.type for event in asyncio.run(run())] == ["run", "error"]
    assert status_of(database, run_id) == RunStatus.FAILED
    assert held(database, settings, person) == 0
    assert credits_of(database, settings, person) == 100.0


def test_a_server_that_stops_while_a_result_is_being_stored_lets_it_be_stored(
    service: RunService, run_id: int, database: Database, settings: Settings, person: Person
) -> None:
    storing, interrupted = threading.Event(), threading.Event()

    def store(session: Session) -> dict[str, object]:
        storing.set()
        assert interrupted.wait(10)
        return {"stored": True}

    async def work(context: RunContext) -> None:
        context.usage = lambda: USED
        try:
            await service.finish(context, SUCCESS, store)
        except asyncio.CancelledError:  # the drain is over, and the transaction is not
            interrupted.set()
            raise

    async def stop_meanwhile() -> list[Event]:
        service.launch(run_id, work)
        reader = asyncio.create_task(followed(service, run_id))
        await asyncio.to_thread(storing.wait, 10)
        await service.close()
        return await reader

    last = asyncio.run(stop_meanwhile())[-1]
    assert (last.type, last.data.get("stored")) == ("final", True)
    assert status_of(database, run_id) == RunStatus.SUCCEEDED
    assert held(database, settings, person) == 0
    assert credits_of(database, settings, person) < 100.0


# --- Heartbeat and sweep ---


def test_a_server_shows_that_its_own_runs_are_alive_and_nobody_elses(
    service: RunService, database: Database, settings: Settings, person: Person
) -> None:
    own, *others = insert_runs(database, settings, person, 3, "elsewhere:1:1")
    seconds_ago = timedelta(seconds=30)

    async def run_for_a_heartbeat() -> None:
        end = asyncio.Event()

        async def work(context: RunContext) -> None:
            await end.wait()
            await service.finish(context, SUCCESS)

        await service.start()
        last_heard_of(database, [own, *others], seconds_ago)
        service.launch(own, work)
        await asyncio.to_thread(wait_until, lambda: heartbeat_of(database, own) < seconds_ago / 2, seconds=30)
        end.set()
        await followed(service, own)
        await service.close()

    asyncio.run(run_for_a_heartbeat())
    assert status_of(database, own) == RunStatus.SUCCEEDED
    assert all(heartbeat_of(database, other) >= seconds_ago for other in others)


def test_a_run_that_could_not_show_that_it_is_alive_is_not_given_up_by_its_own_server(
    service: RunService, run_id: int, database: Database
) -> None:
    last_heard_of(database, [run_id], timedelta(days=1))

    async def sweep_while_it_runs() -> Event:
        swept = asyncio.Event()

        async def work(context: RunContext) -> None:
            await swept.wait()
            await service.finish(context, SUCCESS)

        service.launch(run_id, work)
        await service.start()  # begins with a sweep
        swept.set()
        events = await followed(service, run_id)
        await service.close()
        return events[-1]

    assert asyncio.run(sweep_while_it_runs()).type == "final"
    assert status_of(database, run_id) == RunStatus.SUCCEEDED


@pytest.mark.parametrize("worker", ["its own", "elsewhere:1:1"])
def test_a_run_that_is_over_is_given_up_by_nobody(
    service: RunService,
    database: Database,
    settings: Settings,
    person: Person,
    caplog: pytest.LogCaptureFixture,
    worker: str,
) -> None:
    [over] = insert_runs(database, settings, person, 1, service.worker if worker == "its own" else worker)
    last_heard_of(database, [over], timedelta(days=1))
    with database.sessions.begin() as session:
        session.get_one(TailoringRun, over).status = RunStatus.SUCCEEDED
        credit_service.release_hold(session, run_id=over)

    async def start_again() -> None:
        await service.start()
        await service.close()

    with caplog.at_level(logging.WARNING):
        asyncio.run(start_again())
    assert "run_interrupted" not in caplog.text
    assert status_of(database, over) == RunStatus.SUCCEEDED
