"""Server-sent events: how a run's events and an upload's progress leave the house."""

import re
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Header
from sse_starlette import EventSourceResponse, JSONServerSentEvent

from services.run_events import Event

PING_SECONDS = 15
SEND_TIMEOUT_SECONDS = 30
MOST_DIGITS = 9  # a longer number is not one of ours, and fits no column

# A proxy that buffers would hold the events back.
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

_EXAMPLE = """\
id: 1
event: run
data: {"run_id": 7, "type": "run"}

id: 2
event: status
data: {"step": "fact_gate", "message": "Checking every change against your own words", "percent": 75, "type": "status"}

id: 3
event: tool_result
data: {"tool": "tailor_resume", "message": "9 changes proposed", "data": {"changes_made": 9}, "type": "tool_result"}

id: 4
event: db_update
data: {"message": "Saved.", "credits_deducted": 6, "balance": 94, "type": "db_update"}

id: 5
event: final
data: {"success": true, "message": "Your resume is tailored.", "run_id": 7, "type": "final"}

"""
EVENT_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": (
            "Server-sent events: `id`, `event` and JSON `data` whose `type` equals the event. First `run`, then "
            "`status` and `tool_result` as the work goes on, `usage` and `db_update` once it is paid and stored; last "
            "`final`, which holds what the endpoint without a stream answers, or `error` with its code and message."
        ),
        "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _EXAMPLE}},
    }
}

NOTHING_LEFT: dict[int | str, dict[str, Any]] = {
    204: {"description": "The run is over and `Last-Event-ID` was its last event: an EventSource reconnects no more."}
}

LastEventId = Annotated[str | None, Header(alias="Last-Event-ID", description="go on after this event", examples=["3"])]


def event_stream(events: AsyncIterator[Event]) -> EventSourceResponse:
    """The events as they come; a comment every 15 s keeps proxies from hanging up."""

    async def messages() -> AsyncIterator[JSONServerSentEvent]:
        async for event in events:
            yield JSONServerSentEvent(event.data, event=event.type, id=str(event.sequence), sep="\n")

    return EventSourceResponse(
        messages(), headers=_HEADERS, ping=PING_SECONDS, send_timeout=SEND_TIMEOUT_SECONDS, sep="\n"
    )


def prefers_events(accept: str) -> bool:
    """Whether an Accept header names events, and does not like JSON better."""
    weights = {}
    for kind in accept.lower().replace(" ", "").split(","):
        name, *parameters = kind.split(";")
        weights[name] = next((_weight(value[2:]) for value in parameters if value.startswith("q=")), 1.0)
    return weights.get("text/event-stream", 0.0) > 0 and weights["text/event-stream"] >= weights.get(
        "application/json", 0.0
    )


def _weight(text: str) -> float:
    """A quality value of RFC 9110; nonsense counts as none given."""
    return float(text) if re.fullmatch(r"[01](\.\d{0,3})?", text) else 1.0


def sequence_of(last_event_id: str | None) -> int:
    """The number in a Last-Event-ID header; 0, the beginning, when there is none that makes sense."""
    known = last_event_id or ""
    return int(known) if known.isascii() and known.isdigit() and len(known) <= MOST_DIGITS else 0
