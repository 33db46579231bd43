"""The events of running runs: numbered, kept in memory for their readers, written to the database in order.

Each rule here was a bug once: one flush at a time (else rows arrive out of order), an event stops being pending only
after its commit, a row that is there already is no error, and no reader shares a cursor with another.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from config.database import in_transaction
from models.base import utc_now
from models.run import RunEvent, RunStatus, TailoringRun

logger = logging.getLogger(__name__)

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
    session.execute(_insert(session, run_id, events))


def append_event(session: Session, run_id: int, type_: str, data: dict[str, Any]) -> None:
    """Insert an event behind all others, also behind those that the run's own process is writing at this moment."""
    last = select(func.max(RunEvent.sequence)).where(RunEvent.run_id == run_id)
    stored = None
    while stored is None:
        event = Event((session.scalar(last) or 0) + 1, type_, {"type": type_, **data})
        stored = session.scalar(_insert(session, run_id, [event]).returning(RunEvent.sequence))


def _insert(session: Session, run_id: int, events: list[Event]) -> postgresql.Insert | sqlite.Insert:
    now = utc_now()
    rows = [
        {"run_id": run_id, "sequence": e.sequence, "type": e.type, "data": e.data, "created_at": now} for e in events
    ]
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(RunEvent).values(rows).on_conflict_do_nothing()


def write_events_of(session: Session, events_of: Mapping[int, list[Event]]) -> None:
    """Insert the events of several runs, of those only that are not over.

    Whoever ended a run wrote its last event. A run that was deleted meanwhile does not keep the others from it.
    """
    running = set(
        session.scalars(
            select(TailoringRun.id).where(TailoringRun.id.in_(events_of), TailoringRun.status == RunStatus.RUNNING)
        )
    )
    for run_id, events in ((run_id, events) for run_id, events in events_of.items() if run_id in running):
        try:
            with session.begin_nested():
                write_events(session, run_id, events)
        except IntegrityError:
            logger.warning("events_dropped run=%d count=%d", run_id, len(events))


def read_events(session: Session, run_id: int, *, after: int) -> tuple[list[Event], bool]:
    """Stored events after that sequence number, and whether the run is over."""
    status = session.scalar(select(TailoringRun.status).where(TailoringRun.id == run_id))
    rows = session.scalars(
        select(RunEvent).where(RunEvent.run_id == run_id, RunEvent.sequence > after).order_by(RunEvent.sequence)
    )
    return [Event(row.sequence, row.type, row.data) for row in rows], status != RunStatus.RUNNING


@dataclass(slots=True, eq=False)
class LiveRun:
    """The events of one run of this process."""

    run_id: int
    events: list[Event] = field(default_factory=list)
    flushed: int = 0
    is_closed: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)

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

    def close(self) -> None:
        """Say that no more events will come here."""
        self.is_closed = True
        self.publish([])


class RunEventHub:
    """Where readers find the events of a run: in memory while this process runs it, else in the database."""

    def __init__(self, sessions: sessionmaker[Session], read_sessions: sessionmaker[Session]) -> None:
        """`sessions` for writing events, `read_sessions` for following the runs of other processes."""
        self._sessions = sessions
        self._read_sessions = read_sessions
        self._live: dict[int, LiveRun] = {}
        self._flushing = asyncio.Lock()

    def open(self, run_id: int) -> LiveRun:
        """Start keeping the events of a run of this process."""
        live = self._live[run_id] = LiveRun(run_id)
        return live

    def close(self, run_id: int) -> None:
        """Forget a run that is over; readers who miss its end look for it in the database."""
        if live := self._live.pop(run_id, None):
            live.close()

    async def flush(self) -> None:
        """Write what is not written yet, of all runs in one transaction: one writer each would crowd out all others."""
        async with self._flushing:
            pending = {live: live.events[live.flushed :] for live in self._live.values()}
            if any(pending.values()):
                await in_transaction(
                    self._sessions, write_events_of, {live.run_id: new for live, new in pending.items()}
                )
                for live, events in pending.items():
                    live.flushed += len(events)

    async def is_read(self, run_id: int, *, after: int) -> bool:
        """Whether the run is over and nothing came after that number: whoever reconnects there has seen it all."""
        if after == 0:
            return False
        events, is_over = await in_transaction(self._read_sessions, read_events, run_id, after=after)
        return is_over and not events

    async def follow(self, run_id: int, *, after: int = 0) -> AsyncIterator[Event]:
        """All events after that number, as they come, until the run is over."""
        live = self._live.get(run_id)
        if live is not None:
            async for event in _follow_live(live, after):
                yield event
                after = event.sequence
                if event.type in TERMINAL_EVENTS:
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
        if after >= len(live.events):
            if live.is_closed:
                return
            await news.wait()
