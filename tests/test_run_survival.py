"""Runs survive: readers in their thousands, other processes, a server that is stopped, one that is killed."""

import asyncio
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config.database import Database, in_transaction
from config.settings import Settings
from main import create_app
from models.project import Project
from models.run import RunStatus, TailoringRun
from schemas.project_schemas import TailorRequest
from services import credit_service
from services.credit_service import TokenUsage
from services.errors import TooManyRuns
from services.run_events import Event, read_events, write_events, write_events_of
from services.run_records import MAX_RUNS, Ending, interrupt_run
from services.run_service import RunContext, RunService
from services.run_start import start_run
from tests.conftest import MakePerson, Person, Serve
from tests.fakes.openai_server import OpenAIServer, Reply
from tests.product import Client
from tests.server_process import Spawn, spawn

__all__ = ["spawn"]  # a fixture


@pytest.fixture
def here(openai: OpenAIServer, serve: Serve, app: FastAPI, person: Person) -> Iterator[Client]:
    """Somebody with the sample resume, as a client of a server in this process."""
    with Client(serve(app), person) as client:
        assert client.upload().status_code == 201
        yield client


@pytest.fixture
def elsewhere(settings: Settings, here: Client, serve: Serve, person: Person) -> Iterator[Client]:
    """The same person as a client of another server on the same database."""
    with Client(serve(create_app(settings)), person) as client:
        yield client


def insert_runs(database: Database, settings: Settings, person: Person, count: int, worker: str) -> list[int]:
    """Runs in the database, one credit held for each."""
    with database.sessions.begin() as session:
        ids = []
        for _ in range(count):
            project = Project(user_id=person.id, project_name="Backend Engineer")
            session.add(project)
            session.flush()
            run = TailoringRun(project_id=project.id, user_id=person.id, job_description="", model="m", worker=worker)
            session.add(run)
            session.flush()
            ids.append(run.id)
        credit_service.open_hold(session, person.id, run_id=ids[0], estimate=5, settings=settings)
        return ids


def held(database: Database, settings: Settings, person: Person) -> float:
    with database.read_sessions() as session:
        return credit_service.read_balance(session, person.id, settings=settings).held


# --- Many readers ---


def test_a_thousand_readers_of_a_hundred_runs_get_every_event_in_order_and_soon(
    database: Database, settings: Settings, person: Person
) -> None:
    service = RunService(database, settings)
    run_ids = insert_runs(database, settings, person, 100, service.worker)
    delays: list[float] = []

    async def work(context: RunContext) -> None:
        for number in range(8):
            await asyncio.sleep(random.uniform(0.05, 0.2))
            context.emit("status", {"number": number, "at": time.monotonic()})
        await service.finish(context, Ending(RunStatus.SUCCEEDED, "final", {"success": True}))

    async def read(run_id: int) -> list[Event]:
        events = []
        async for event in service.hub.follow(run_id):
            events.append(event)
            if "at" in event.data:
                delays.append(time.monotonic() - event.data["at"])
        return events

    async def everybody() -> list[list[Event]]:
        await service.start()
        for run_id in run_ids:
            service.launch(run_id, work)
        read_by_all = await asyncio.gather(*(read(run_id) for run_id in run_ids for _ in range(10)))
        replayed = await asyncio.gather(*(read(run_id) for run_id in run_ids))
        await service.close()
        assert replayed == read_by_all[::10], "what was stored is not what was sent"
        return read_by_all

    for events in asyncio.run(everybody()):
        assert [event.sequence for event in events] == list(range(1, 13))
        assert [event.data["number"] for event in events if event.type == "status"] == list(range(8))
    assert sorted(delays[: 8 * 1000])[int(8 * 1000 * 0.95)] <= 0.3


def test_a_run_that_is_deleted_does_not_keep_the_events_of_others_from_being_stored(
    database: Database, settings: Settings, person: Person
) -> None:
    service = RunService(database, settings)
    _, deleted, kept = insert_runs(database, settings, person, 3, service.worker)
    with database.sessions.begin() as session:
        session.delete(session.get_one(TailoringRun, deleted))

    async def work(context: RunContext) -> None:
        context.emit("status", {"step": "work"})
        await asyncio.Event().wait()

    async def stored_events() -> list[Event]:
        for run_id in (deleted, kept):
            service.launch(run_id, work)
        await asyncio.sleep(0)
        await service.hub.flush()
        return await in_transaction(database.read_sessions, lambda session: read_events(session, kept, after=0)[0])

    assert [event.type for event in asyncio.run(stored_events())] == ["run", "status"]


def test_a_database_that_refuses_for_a_moment_costs_nobody_the_result_of_a_run(
    database: Database, settings: Settings, person: Person
) -> None:
    service = RunService(database, settings)
    [run_id] = insert_runs(database, settings, person, 1, service.worker)
    refusals = iter([True, True, False])

    def store(session: Session) -> dict[str, object]:
        session.get_one(Project, session.get_one(TailoringRun, run_id).project_id).is_tailored = True
        session.flush()
        if next(refusals):
            raise OperationalError("UPDATE", {}, Exception("deadlock detected"))
        return {"stored": True}

    async def work(context: RunContext) -> None:
        await service.finish(context, Ending(RunStatus.SUCCEEDED, "final", {"success": True}), store)

    async def last_event() -> Event:
        service.launch(run_id, work)
        return [event async for event in service.hub.follow(run_id)][-1]

    last = asyncio.run(last_event())
    assert (last.type, last.data["stored"]) == ("final", True)
    assert held(database, settings, person) == 0
    with database.read_sessions() as session:
        assert session.scalars(select(TailoringRun.status)).all() == [RunStatus.SUCCEEDED]
        assert session.scalars(select(Project.is_tailored)).all() == [True]


# --- Other processes ---


def test_a_run_is_followed_and_replayed_at_another_server_as_at_its_own(
    openai: OpenAIServer, here: Client, elsewhere: Client
) -> None:
    project_id = here.create_project()
    openai.delay = 0.4
    stream = here.stream_tailoring(project_id)
    first = next(stream)
    followed = elsewhere.replay(project_id, first["run_id"])  # begins while the run goes on
    events = [first, *stream]
    assert events[-1]["success"] is True
    assert followed == events
    assert elsewhere.replay(project_id, first["run_id"], after=3) == events[3:]


def test_a_run_is_cancelled_from_another_server(openai: OpenAIServer, here: Client, elsewhere: Client) -> None:
    project_id = here.create_project()
    openai.delay = 30
    stream = here.stream_tailoring(project_id)
    run_id = next(stream)["run_id"]
    started = time.monotonic()
    assert elsewhere.post(f"/api/projects/{project_id}/runs/{run_id}/cancel").status_code == 202
    assert list(stream)[-1]["success"] is False
    assert time.monotonic() - started < 15  # long before the model answers
    assert elsewhere.balance()["held"] == 0


# --- Limits ---


def test_a_server_takes_two_hundred_runs_at_a_time(
    here: Client, database: Database, settings: Settings, make_person: MakePerson
) -> None:
    somebody_else = make_person()
    insert_runs(database, settings, somebody_else, MAX_RUNS - 1, "elsewhere:1:1")
    project_id = here.create_project()
    assert list(here.stream_tailoring(project_id))[-1]["success"] is True
    insert_runs(database, settings, somebody_else, 1, "elsewhere:1:1")
    refused = here.post(f"/api/projects/{project_id}/tailor-with-agent")
    assert (refused.status_code, refused.json()["error"]) == (429, "too_many_runs")
    assert int(refused.headers["Retry-After"]) > 0
    assert here.balance()["held"] == 0


def test_of_many_runs_that_are_started_at_once_a_person_gets_three(
    here: Client, database: Database, settings: Settings, person: Person
) -> None:
    def started(project_id: int) -> bool:
        with suppress(TooManyRuns), database.sessions.begin() as session:
            start_run(session, person.id, project_id, TailorRequest(), model="m", worker="w", settings=settings)
            return True
        return False

    projects = [here.create_project() for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(started, projects)) == 3
    assert here.balance()["held"] == 15


# --- A server that stops ---


def test_a_server_that_is_stopped_lets_its_streams_go_and_its_runs_finish(
    openai: OpenAIServer, here: Client, spawn: Spawn, person: Person
) -> None:
    project_id = here.create_project()
    server = spawn()
    with Client(server.base_url, person) as client:
        openai.delay = 1.0
        stream = client.stream_tailoring(project_id)
        next(stream)
        stopping = threading.Thread(target=server.stop, args=(signal.SIGTERM,))
        stopping.start()
        with pytest.raises(httpx.RemoteProtocolError):  # cut off: whoever reads on asks for the run's events again
            list(stream)
        stopping.join()
    assert server.process.poll() is not None
    assert here.get(f"/api/projects/{project_id}").json()["is_tailored"] is True
    assert here.balance()["held"] == 0
    assert len(here.charges()) == 1


def test_a_run_that_does_not_come_to_its_end_in_time_is_interrupted_and_costs_nothing(
    database: Database, settings: Settings, person: Person
) -> None:
    service = RunService(database, settings, drain_seconds=0.2)
    (run_id,) = insert_runs(database, settings, person, 1, service.worker)

    async def work(context: RunContext) -> None:
        context.usage = lambda: TokenUsage(prompt_tokens=4000)
        await asyncio.Event().wait()

    async def stop_while_it_runs() -> list[Event]:
        await service.start()
        service.launch(run_id, work)
        started = time.monotonic()
        await service.close()
        assert time.monotonic() - started < 10  # the work would never come to an end
        return [event async for event in service.hub.follow(run_id)]

    assert held(database, settings, person) > 0
    last = asyncio.run(stop_while_it_runs())[-1]
    assert (last.type, last.data["error"]) == ("error", "run_interrupted")
    with database.read_sessions() as session:
        balance = credit_service.read_balance(session, person.id, settings=settings)
    assert (balance.credits, balance.held) == (100.0, 0.0)


def test_a_run_that_crashes_ends_with_an_error_and_costs_nothing(
    database: Database, settings: Settings, person: Person
) -> None:
    service = RunService(database, settings)
    (run_id,) = insert_runs(database, settings, person, 1, service.worker)

    async def work(context: RunContext) -> None:
        context.usage = lambda: TokenUsage(prompt_tokens=4000)
        raise ValueError("a bug")

    async def crash() -> list[Event]:
        service.launch(run_id, work)
        return [event async for event in service.hub.follow(run_id)]

    last = asyncio.run(crash())[-1]
    assert last.type == "error"
    assert "bug" not in last.data["message"]
    with database.read_sessions() as session:
        balance = credit_service.read_balance(session, person.id, settings=settings)
    assert (balance.credits, balance.held) == (100.0, 0.0)


def test_a_run_that_its_own_process_lost_is_ended_and_its_readers_are_told(
    database: Database, settings: Settings, person: Person
) -> None:
    service = RunService(database, settings)
    run_id, just_started = insert_runs(database, settings, person, 2, service.worker)
    with database.sessions.begin() as session:
        run = session.get_one(TailoringRun, run_id)
        run.heartbeat_at = run.heartbeat_at.replace(year=2020)

    async def start_again() -> list[Event]:
        await service.start()
        async with asyncio.timeout(10):
            events = [event async for event in service.hub.follow(run_id)]
        await service.close()
        return events

    assert asyncio.run(start_again())[-1].data["error"] == "run_interrupted"
    assert held(database, settings, person) == 0
    with database.read_sessions() as session:
        assert session.get_one(TailoringRun, just_started).status == RunStatus.RUNNING


def test_what_is_held_for_a_run_that_is_over_is_released_at_the_next_start(
    database: Database, settings: Settings, person: Person
) -> None:
    service = RunService(database, settings)
    (run_id,) = insert_runs(database, settings, person, 1, service.worker)
    with database.sessions.begin() as session:
        session.get_one(TailoringRun, run_id).status = RunStatus.FAILED

    async def start_again() -> None:
        await service.start()
        await service.close()

    asyncio.run(start_again())
    assert held(database, settings, person) == 0


def test_a_run_of_a_dead_process_is_ended_at_once_and_one_of_a_namesake_of_this_machine_is_left_alone(
    database: Database, settings: Settings, person: Person
) -> None:
    service = RunService(database, settings)
    machine = service.worker.partition(":")[0]
    (dead,) = insert_runs(database, settings, person, 1, f"{machine}:999999999:1")
    (of_an_earlier_one,) = insert_runs(database, settings, person, 1, f"{machine}:{os.getpid()}:1")  # same number
    # Containers may share a host name, and both have a process 1; this one was heard of a moment ago.
    (alive,) = insert_runs(database, settings, person, 1, f"{socket.gethostname()}.another:1:1")

    async def look_after_the_runs() -> None:
        await service.start()
        await service.close()

    asyncio.run(look_after_the_runs())
    with database.read_sessions() as session:
        assert session.get_one(TailoringRun, dead).status == RunStatus.INTERRUPTED
        assert session.get_one(TailoringRun, of_an_earlier_one).status == RunStatus.INTERRUPTED
        assert session.get_one(TailoringRun, alive).status == RunStatus.RUNNING


def test_the_end_of_a_run_is_stored_behind_events_that_its_own_process_is_writing_at_that_moment(
    database: Database, settings: Settings, person: Person
) -> None:
    (run_id,) = insert_runs(database, settings, person, 1, "another-machine:1:1")

    def interrupt() -> None:
        with database.sessions.begin() as session:
            interrupt_run(session, run_id)

    with ThreadPoolExecutor(1) as pool:
        with database.sessions.begin() as session:
            write_events(session, run_id, [Event(1, "status", {}), Event(2, "status", {})])
            interrupted = pool.submit(interrupt)
            time.sleep(0.3)  # it has to wait for us
        interrupted.result()
    with database.sessions.begin() as session:
        write_events_of(session, {run_id: [Event(3, "status", {}), Event(4, "status", {})]})  # what comes too late
        stored, is_over = read_events(session, run_id, after=0)
    assert ([event.type for event in stored], is_over) == (["status", "status", "error"], True)


def test_a_run_that_another_server_gave_up_stores_nothing_and_costs_nothing_when_it_comes_to_its_end_after_all(
    openai: OpenAIServer, here: Client, database: Database, settings: Settings
) -> None:
    project_id = here.create_project()
    openai.delay = 0.3
    stream = here.stream_tailoring(project_id)
    run_id = next(stream)["run_id"]
    with database.sessions.begin() as session:
        interrupt_run(session, run_id)  # as its sweep does with a run that was silent for too long
    assert list(stream)[-1]["error"] == "run_interrupted"
    assert here.charges() == []
    assert here.balance() == {**here.balance(), "held": 0, "credits": 100.0}
    assert here.get(f"/api/projects/{project_id}").json()["is_tailored"] is False
    assert [event["type"] for event in here.replay(project_id, run_id)].count("error") == 1


def test_a_server_that_is_killed_leaves_no_hold_and_no_half_tailored_project(
    openai: OpenAIServer, here: Client, spawn: Spawn, person: Person, make_person: MakePerson
) -> None:
    project_id = here.create_project()
    server = spawn()
    openai.always["ApplicationLetters"] = Reply(delay=30)
    with Client(server.base_url, person) as client:
        stream = client.stream_tailoring(project_id)
        run_id = next(stream)["run_id"]
        while next(stream).get("step") != "tailor_resume":  # in the middle of it: one call is answered, one is not
            pass
        assert here.balance()["held"] > 0
        server.kill()
        stream.close()

    restarted = spawn()
    with Client(restarted.base_url, person) as client:
        assert client.balance() == {**client.balance(), "held": 0, "credits": 100.0}
        assert client.charges() == []
        assert client.get(f"/api/projects/{project_id}").json()["is_tailored"] is False
        assert client.get(f"/api/projects/{project_id}/versions").json() == []
        assert client.replay(project_id, run_id)[-1]["error"] == "run_interrupted"
        openai.always.clear()
        assert list(client.stream_tailoring(project_id))[-1]["success"] is True
