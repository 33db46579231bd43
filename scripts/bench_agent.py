"""What a run spends and how long it takes: `python -m scripts.bench_agent [RESUME] [JOB]`, by default with the samples.

The shipped app as a process of its own, asked over HTTP, against a scripted model that takes 300 ms a call over real
sockets; then a plain ReAct agent on the same resume and job, with the same SDKs and the same model.
"""

import argparse
import asyncio
import json
import logging
import socket
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from alembic import command
from alembic.config import Config
from pydantic import SecretStr

from config.settings import Settings
from schemas.resume_schemas import ResumeData
from tests.fakes.openai_server import AnsweredCall, OpenAIServer
from tests.server_process import ServerProcess

ROOT = Path(__file__).resolve().parent.parent
SECONDS_A_CALL = 0.3
CHARACTERS_PER_TOKEN = 4
MOST_OVERHEAD = 1.15
LARGEST_SHARE = 0.5
MODEL = "gpt-for-tests"


@dataclass(frozen=True, slots=True)
class Spent:
    """What one tailoring took."""

    seconds: float
    calls: Sequence[AnsweredCall]

    @property
    def tokens(self) -> int:
        """Everything sent, prompts, schemas and tools, and everything answered."""
        return sum(call.sent + call.received for call in self.calls) // CHARACTERS_PER_TOKEN

    @property
    def chain(self) -> float:
        """Seconds of the longest chain of calls of which each began when the one before had ended."""
        longest: list[float] = []
        calls = sorted(self.calls, key=lambda call: call.ended)
        for call in calls:
            before = [length for length, other in zip(longest, calls, strict=False) if other.ended <= call.started]
            longest.append(call.ended - call.started + max(before, default=0.0))
        return max(longest, default=0.0)

    def __str__(self) -> str:
        ratio = self.seconds / self.chain
        return f"{self.seconds:6.2f} s {self.chain:10.2f} s {ratio:10.2f} {len(self.calls):8} {self.tokens:9,}"


def main() -> int:
    """Measure and print; exit status 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench_agent", description=__doc__)
    parser.add_argument("resume", nargs="?", type=Path, default=ROOT / "samples" / "resume.docx")
    parser.add_argument("job", nargs="?", type=Path, default=ROOT / "samples" / "job.txt")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    job = arguments.job.read_text(encoding="utf-8")
    logging.disable(logging.WARNING)
    model = OpenAIServer()
    with tempfile.TemporaryDirectory(prefix="skillmap-bench-") as folder, served(model) as model_url:
        server = ServerProcess(settings_in(Path(folder), f"{model_url}/v1"), Path(folder) / "server.log")
        server.wait_until_it_answers()
        with client_of(server.base_url) as client:
            resume = upload(client, arguments.resume)
            spent_by_a_run(model, client, f"{job}\n")  # imports and word lists are loaded once a process
            model.delay = SECONDS_A_CALL
            # Each round has an ad of its own, because a known one is not summarised again; the last one is known.
            rounds = [spent_by_a_run(model, client, f"{job}\n\nReference {n}") for n in [*range(arguments.rounds), 0]]
        server.stop()
        plain = spent_by_the_plain_agent(model, f"{model_url}/v1", resume, job)
    *ours, known = rounds
    return report(sorted(ours, key=lambda spent: spent.seconds), known, plain)


def report(ours: Sequence[Spent], known: Spent, plain: Spent) -> int:
    """Print both agents and the goals; the median counts, because the slowest round tells more about the machine."""
    middle = ours[len(ours) // 2]
    print(f"{'':28}    wall   longest chain  wall/chain  calls    tokens")
    print(f"{'shipped agent':28} {middle}")
    print(f"{'... for an ad known already':28} {known}")
    print(f"{'... the slowest round':28} {ours[-1]}")
    print(f"{'plain ReAct agent':28} {plain}")
    overhead, tokens, seconds = (
        middle.seconds / middle.chain,
        middle.tokens / plain.tokens,
        middle.seconds / plain.seconds,
    )
    print(f"\nwall / longest chain {overhead:.2f} (at most {MOST_OVERHEAD})")
    print(f"tokens {tokens:.0%} of the plain agent's, time {seconds:.0%} (at most {LARGEST_SHARE:.0%})")
    for name in sorted({call.name for call in middle.calls}):
        calls = [call for call in middle.calls if call.name == name]
        sent, received = (
            sum(getattr(call, key) for call in calls) // CHARACTERS_PER_TOKEN for key in ("sent", "received")
        )
        print(f"  {name:20} {len(calls)} calls, {sent:,} tokens out, {received:,} back")
    return int(overhead > MOST_OVERHEAD or max(tokens, seconds) > LARGEST_SHARE)


def spent_by_a_run(model: OpenAIServer, client: httpx.Client, job: str) -> Spent:
    """One run of the product, from the request to its `final` event."""
    project = client.post("/api/projects", json={"project_name": "Bench", "job_description": job}).raise_for_status()
    path = f"/api/projects/{project.json()['id']}/tailor-with-agent"
    model.calls.clear()
    started = time.monotonic()
    with client.stream("POST", path) as stream:
        final = [line for line in stream.iter_lines() if line.startswith("data: ")][-1]
    if not json.loads(final.removeprefix("data: ")).get("success"):
        raise SystemExit(f"The run failed: {final}")
    return Spent(time.monotonic() - started, list(model.calls))


def spent_by_the_plain_agent(model: OpenAIServer, model_url: str, resume: ResumeData, job: str) -> Spent:
    """One run of the plain agent."""
    from langchain_openai import ChatOpenAI

    from scripts.plain_agent import PlainAgent, answer_plainly

    model.rules = answer_plainly
    chat = ChatOpenAI(model=MODEL, base_url=model_url, api_key=SecretStr("sk-for-tests"), use_responses_api=False)
    model.calls.clear()
    started = time.monotonic()
    asyncio.run(PlainAgent(chat, resume, job).tailor())
    return Spent(time.monotonic() - started, list(model.calls))


def upload(client: httpx.Client, path: Path) -> ResumeData:
    """Upload the resume; what was read from it."""
    with path.open("rb") as file:
        answer = client.post("/api/resumes/upload", files={"file": (path.name, file)}).raise_for_status()
    return ResumeData.model_validate(answer.json()["extracted_data"])


def settings_in(folder: Path, model_url: str) -> Settings:
    """Settings of an app with everything in this folder, and the database made."""
    database_url = f"sqlite:///{folder / 'bench.db'}"
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", database_url)
    command.upgrade(config, "head")
    return Settings(
        _env_file=None,
        ENVIRONMENT="test",
        DATABASE_URL=database_url,
        UPLOAD_DIR=folder / "uploads",
        OPENAI_BASE_URL=model_url,
        OPENAI_MODEL=MODEL,
        OPENAI_API_KEY=SecretStr("sk-for-tests"),
    )


@contextmanager
def client_of(base_url: str) -> Iterator[httpx.Client]:
    """A client of somebody who has just registered."""
    with httpx.Client(base_url=base_url, timeout=120) as client:
        account = {"email": "bench@example.com", "password": "bench-bench", "full_name": "Bench"}
        token = client.post("/api/auth/register", json=account).raise_for_status().json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


@contextmanager
def served(app: Any) -> Iterator[str]:
    """An ASGI app under uvicorn on a loopback port."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=5))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise SystemExit("The server did not start.")
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()


if __name__ == "__main__":
    raise SystemExit(main())
