"""Tracing to LangSmith: only when asked for, never with a resume in it, and never in anybody's way."""

import json
import signal
import socket
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from config.settings import Settings
from main import create_app
from tests.conftest import MakePerson, Person
from tests.product import JOB, SAMPLE_RESUME, Client
from tests.server_process import ServerProcess, Spawn, spawn

__all__ = ["spawn"]  # a fixture

Message = MutableMapping[str, Any]
TRIES = 3


class TracingServer:
    """A LangSmith stand-in that keeps what it is sent."""

    def __init__(self) -> None:
        self.received: list[bytes] = []

    async def __call__(
        self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        self.received.append(body)
        await send({"type": "http.response.start", "status": 202, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps({}).encode()})


@pytest.mark.parametrize("wanted", [False, True])
def test_traces_are_sent_only_when_asked_for_and_hold_no_text_of_the_resume(
    settings: Settings, serve: Callable[[object], str], person: Person, wanted: bool
) -> None:
    traces = TracingServer()
    settings.LANGCHAIN_TRACING_V2 = wanted
    settings.LANGCHAIN_ENDPOINT = serve(traces)
    settings.LANGCHAIN_API_KEY = SecretStr("lsv2_for_tests")
    app = create_app(settings)
    with TestClient(app) as client:
        client.headers.update(person.headers)
        with SAMPLE_RESUME.open("rb") as file:
            assert client.post("/api/resumes/upload", files={"file": file}).status_code == 201
        project = client.post("/api/projects", json={"project_name": "Application", "job_description": JOB}).json()
        assert client.post(f"/api/projects/{project['id']}/tailor").status_code == 200

    sent = b"".join(traces.received)
    assert (b"LangGraph" in sent) is wanted
    assert b"Northgate" not in sent
    assert b"tariff" not in sent


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("is_listening", [False, True])
def test_an_endpoint_that_cannot_be_reached_delays_neither_a_run_nor_the_exit_by_more_than_two_seconds(
    spawn: Spawn, make_person: MakePerson, signal_number: signal.Signals, is_listening: bool
) -> None:
    with socket.socket() as endpoint:
        endpoint.bind(("127.0.0.1", 0))  # refuses connections, or takes them and never answers
        if is_listening:
            endpoint.listen(100)
        for _ in range(TRIES):  # what tracing costs comes every time, what a busy machine costs does not
            untraced = seconds_of_a_run_and_the_exit(spawn(), make_person(), signal_number)
            server = spawn(
                LANGCHAIN_TRACING_V2="true",
                LANGCHAIN_ENDPOINT=f"http://127.0.0.1:{endpoint.getsockname()[1]}",
                LANGCHAIN_API_KEY="lsv2_for_tests",
            )
            traced = seconds_of_a_run_and_the_exit(server, make_person(), signal_number)
            delays = [longer - shorter for longer, shorter in zip(traced, untraced, strict=True)]
            if max(delays) < 2:
                break
    assert max(delays) < 2


def seconds_of_a_run_and_the_exit(
    server: ServerProcess, person: Person, signal_number: signal.Signals
) -> tuple[float, float]:
    """How long a tailoring run takes at a server, and the exit right after it."""
    with Client(server.base_url, person) as client:
        assert client.upload().status_code == 201  # imports the SDKs, which takes seconds
        project_id = client.create_project()
        started = time.monotonic()
        assert list(client.stream_tailoring(project_id))[-1]["success"] is True
        run_seconds = time.monotonic() - started
    return run_seconds, server.stop(signal_number)
