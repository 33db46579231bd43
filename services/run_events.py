"""The events of running runs: numbered, kept in memory for their readers, written to the database in order.

Each rule here was a bug once: one flush at a time (else rows arrive out of order), an event stops being pending only
after its commit, a row that is there already is no error, and no reader shares a cursor with another.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, sessionmaker

from config.database import in_transaction
from models.base import utc_now
from models.run import RunEvent, RunStatus, TailoringRun

TERMINAL_EVENTS = frozenset({"final", "error"})
POLL_SECONDS = 0.3  # how often a reader of a run of another process looks for news


@dataclass(frozen=True, slots=True)
class Event:
    """One event as readers get it: `sequence` is the SSE id, `type` the SSE event."""

    sequence: int
    type: str
    data: dict[str, Any]


def write_events(session: Session, run_id: int, events: list[Event]) -> None:
    """Insert events; those that are stored already are left as they are."""
    if not events:
        return
    now = utc_now()
    rows = [
        {"run_id": run_id, "sequence": e.sequence, "type": e.type, "data": e.data, "created_at": now} for e in events
    ]
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(RunEvent).values(rows).on_conflict_do_nothing())


def read_events(session: Session, run_id: int, *, after: int) -> tuple[list[Event], bool]:
    """Stored events after that sequence number, and whether the run is over."""
    status = session.scalar(select(TailoringRun.status).where(TailoringRun.id == run_id))
    rows = session.scalars(
        select(RunEvent).where(RunEvent.run_id == run_id, RunEvent.sequence > after).order_by(RunEvent.sequence)
    )
    return [Event(row.sequence, row.type, row.data) for row in rows], status != RunStatus.RUNNING


@dataclass(slots=True)
class LiveRun:
    """The events of one run of this process."""

    run_id: int
    events: list[Event] = field(default_factory=list)
    flushed: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)
    flushing: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def is_over(self) -> bool:
        """True once the terminal event is there."""
        return bool(self.events) and self.events[-1].type in TERMINAL_EVENTS

    def emit(self, type_: str, data: dict[str, Any]) -> Event:
        """Number an event and wake the readers. It is written by the next flush."""
        event = self.next_event(type_, data)
        self.publish([event])
        return event

    def next_event(self, type_: str, data: dict[str, Any], *, ahead: int = 0) -> Event:
        """An event with the next number (or the one `ahead` of it), not yet published."""
        return Event(len(self.events) + 1 + ahead, type_, {"type": type_, **data})

    def publish(self, events: list[Event]) -> None:
        """Show events to the readers."""
        self.events += events
        self.news.set()
        self.news = asyncio.Event()

    async def flush(self, sessions: sessionmaker[Session]) -> None:
        """Write what is not written yet."""
        async with self.flushing:
            pending = self.events[self.flushed :]
            if pending:
                await in_transaction(sessions, write_events, self.run_id, pending)
                self.flushed += len(pending)


class RunEventHub:
    """Where readers find the events of a run: in memory while this process runs it, else in the database."""

    def __init__(self, sessions: sessionmaker[Session], read_sessions: sessionmaker[Session]) -> None:
        """`sessions` for writing events, `read_sessions` for following the runs of other processes."""
        self.sessions = sessions
        self._read_sessions = read_sessions
        self._live: dict[int, LiveRun] = {}

    def open(self, run_id: int) -> LiveRun:
        """Start keeping the events of a run of this process."""
        live = self._live[run_id] = LiveRun(run_id)
        return live

    def close(self, run_id: int) -> None:
        """Forget a run whose events are all written; its readers keep what they hold."""
        self._live.pop(run_id, None)

    async def follow(self, run_id: int, *, after: int = 0) -> AsyncIterator[Event]:
        """All events after that number, as they come, until the run is over."""
        live = self._live.get(run_id)
        if live is not None:
            async for event in _follow_live(live, after):
                yield event
            return
        while True:
            events, is_over = await in_transaction(self._read_sessions, read_events, run_id, after=after)
            for event in events:
                yield event
                after = event.sequence
            if is_over or (events and events[-1].type in TERMINAL_EVENTS):
                return
            await asyncio.sleep(POLL_SECONDS)


async def _follow_live(live: LiveRun, after: int) -> AsyncIterator[Event]:
    while True:
        news = live.news
        for event in live.events[after:]:
            yield event
            after = event.sequence
        if live.is_over and after >= len(live.events):
            return
        if after >= len(live.events):
            await news.wait()
