"""Tracing to LangSmith: only when asked for, and never with a resume in it."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import pytest
from pydantic import SecretStr

from config.settings import Settings
from main import create_app
from tests.conftest import Person
from tests.product import Client

Message = MutableMapping[str, Any]


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
    with Client(serve(create_app(settings)), person) as client:
        client.upload()
        assert list(client.stream_tailoring(client.create_project()))[-1]["success"] is True

    import langsmith
    from langsmith.run_trees import get_cached_client

    if wanted:
        get_cached_client().flush()
    langsmith.configure(enabled=False, client=None)
    sent = b"".join(traces.received)
    assert (b"LangGraph" in sent) is wanted
    assert b"Northgate" not in sent
    assert b"tariff" not in sent
