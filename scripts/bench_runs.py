"""How long an event takes from a run to its readers: `python -m scripts.bench_runs [--runs 100] [--readers 10]`.

Real runs of the shipped run service on SQLite, all in one process: first followed at the hub, then over HTTP. What is
measured lies between `emit` and the moment when a reader has the event.
"""

import argparse
import asyncio
import json
import logging
import random
import resource
import socket
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from sqlalchemy.orm import Session

from config.database import Database, in_transaction
from config.settings import Settings
from main import create_app
from models.project import Project
from models.run import RunStatus, TailoringRun
from scripts.bench_agent import settings_in
from services import auth_service
from services.run_events import TERMINAL_EVENTS
from services.run_records import Ending
from services.run_service import RunContext, RunService

EVENTS_A_RUN = 20
PAUSE_SECONDS = (0.2, 0.6)
MOST_SECONDS = 0.3
SECONDS_TO_CONNECT = 10
TEXT = "Comparing your resume with the job, part by part, as a real run would say it"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the app is served."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads."""

    user_id: int
    token: str


@dataclass(frozen=True, slots=True)
class StartedRun:
    """A run that is in the database."""

    id: int
    project_id: int


def main() -> int:
    """Measure and print; exit status 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench_runs", description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--readers", type=int, default=10, help="of each run")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory(prefix="skillmap-bench-") as folder:
        settings = settings_in(Path(folder), "http://127.0.0.1:9/v1")
        results = asyncio.run(measure(create_app(settings), settings, arguments.runs, arguments.readers))
    for name, delays in results.items():
        p50, p95, worst = (1000 * delays[int((len(delays) - 1) * share)] for share in (0.5, 0.95, 1))
        print(f"{name:42} {len(delays):7,} receipts  p50 {p50:4.0f} ms  p95 {p95:4.0f} ms  slowest {worst:4.0f} ms")
    return int(any(delays[int(len(delays) * 0.95)] > MOST_SECONDS for delays in results.values()))


async def measure(app: FastAPI, settings: Settings, runs: int, readers: int) -> dict[str, list[float]]:
    """Serve the app, and follow runs of it in both ways."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    address = Address(*listener.getsockname())
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(0.05)
    service: RunService = app.state.runs
    database: Database = app.state.database
    reader = await in_transaction(database.sessions, make_reader, settings)
    results = {}
    for name, follow in (("at the hub", partial(follow_at_the_hub, service)), ("over HTTP", follow_over_http)):
        started = await in_transaction(database.sessions, start_runs, reader, runs, service.worker)
        release = asyncio.Event()
        for run in started:
            service.launch(run.id, partial(send_events, service, release))
        following = asyncio.create_task(follow(address, reader, started, readers))
        await asyncio.sleep(SECONDS_TO_CONNECT)
        release.set()
        results[f"{runs * readers} readers of {runs} runs {name}"] = sorted(await following)
    server.should_exit = True
    await serving
    return results


async def follow_at_the_hub(
    service: RunService, _address: Address, _reader: Reader, runs: Sequence[StartedRun], readers: int
) -> list[float]:
    """What each receipt takes for readers in this process."""

    async def read(run: StartedRun) -> list[float]:
        events = service.hub.follow(run.id)
        return [time.monotonic() - event.data["at"] async for event in events if "at" in event.data]

    delays = await asyncio.gather(*(read(run) for run in runs for _ in range(readers)))
    return [delay for one in delays for delay in one]


async def follow_over_http(address: Address, reader: Reader, runs: Sequence[StartedRun], readers: int) -> list[float]:
    """What each receipt takes for readers in another process: clients must not take the server's time."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as clients:
        return await asyncio.get_running_loop().run_in_executor(
            clients, read_streams, address, reader, list(runs), readers
        )


def read_streams(address: Address, reader: Reader, runs: Sequence[StartedRun], readers: int) -> list[float]:
    """Open all streams and read them to their ends. The monotonic clock is the same in all processes."""

    async def read(run: StartedRun) -> list[float]:
        incoming, outgoing = await asyncio.open_connection(address.host, address.port)
        path = f"/api/projects/{run.project_id}/runs/{run.id}/events"
        outgoing.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {reader.token}\r\n\r\n".encode())
        delays = []
        async for line in incoming:
            if line.startswith(b"data: "):
                now, event = time.monotonic(), json.loads(line.removeprefix(b"data: "))
                if "at" in event:
                    delays.append(now - event["at"])
                if event["type"] in TERMINAL_EVENTS:
                    break
        outgoing.close()
        return delays

    async def read_all() -> list[list[float]]:
        return await asyncio.gather(*(read(run) for run in runs for _ in range(readers)))

    return [delay for one in asyncio.run(read_all()) for delay in one]


async def send_events(service: RunService, release: asyncio.Event, context: RunContext) -> None:
    """What a run of the benchmark does, once its readers are there."""
    await release.wait()
    for number in range(EVENTS_A_RUN):
        await asyncio.sleep(random.uniform(*PAUSE_SECONDS))  # noqa: S311 - spreads the events
        context.emit("status", {"step": "bench", "message": TEXT, "percent": number, "at": time.monotonic()})
    await service.finish(context, Ending(RunStatus.SUCCEEDED, "final", {"success": True}))


def make_reader(session: Session, settings: Settings) -> Reader:
    """Insert the person that all runs belong to."""
    user = auth_service.create_user(session, email="bench@example.com", full_name="Bench", settings=settings)
    return Reader(user.id, auth_service.issue_access_token(user, settings))


def start_runs(session: Session, reader: Reader, count: int, worker: str) -> list[StartedRun]:
    """Insert runs with a project each; without credits, which are not what is measured."""
    projects = [Project(user_id=reader.user_id, project_name="Bench") for _ in range(count)]
    session.add_all(projects)
    session.flush()
    runs = [
        TailoringRun(project_id=project.id, user_id=reader.user_id, job_description="", model="bench", worker=worker)
        for project in projects
    ]
    session.add_all(runs)
    session.flush()
    return [StartedRun(run.id, run.project_id) for run in runs]


if __name__ == "__main__":
    raise SystemExit(main())
