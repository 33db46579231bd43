"""Server-sent events: how a run's events and an upload's progress leave the house."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Header
from sse_starlette import EventSourceResponse, JSONServerSentEvent

from services.run_events import Event

PING_SECONDS = 15
SEND_TIMEOUT_SECONDS = 30

# A proxy that buffers would hold the events back.
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

EVENT_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Server-sent events: `id`, `event` and JSON `data` whose `type` equals the event.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}

LastEventId = Annotated[
    str | None, Header(alias="Last-Event-ID", description="go on after this event", max_length=20, examples=["3"])
]


def event_stream(events: AsyncIterator[Event]) -> EventSourceResponse:
    """The events as they come; a comment every 15 s keeps proxies from hanging up."""

    async def messages() -> AsyncIterator[JSONServerSentEvent]:
        async for event in events:
            yield JSONServerSentEvent(event.data, event=event.type, id=str(event.sequence))

    return EventSourceResponse(
        messages(), headers=_HEADERS, ping=PING_SECONDS, send_timeout=SEND_TIMEOUT_SECONDS, sep="\n"
    )


def sequence_of(last_event_id: str | None) -> int:
    """The number in a Last-Event-ID header; 0, the beginning, when there is none."""
    return int(last_event_id) if last_event_id and last_event_id.isascii() and last_event_id.isdigit() else 0
