"""Engine, sessions and the one bridge from async code to the database. Knows no table."""

import asyncio
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import anyio.to_thread
from anyio import CancelScope, CapacityLimiter
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

P = ParamSpec("P")
T = TypeVar("T")

SQLITE_BUSY_TIMEOUT_MS = 10_000
POSTGRES_CONNECT_SECONDS = 5
POOL_SIZE = 20
_READ_ONLY = "skillmap_read_only"


class Database:
    """One engine and its two kinds of session.

    `sessions` may write: on SQLite their transactions start with BEGIN IMMEDIATE, because one that reads first and
    writes later fails at once with "database is locked" when another wrote in between. `read_sessions` never write, and
    never wait for a writer.
    """

    def __init__(self, url: str) -> None:
        """Make the engine; nothing is connected yet."""
        self.engine = make_engine(url)
        self.sessions = sessionmaker(self.engine, expire_on_commit=False)
        self.read_sessions = sessionmaker(
            self.engine.execution_options(**{_READ_ONLY: True}), expire_on_commit=False, autoflush=False
        )

    def close(self) -> None:
        """Close all pooled connections."""
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL with the settings that the ledger relies on."""
    if url.startswith("sqlite"):
        engine = create_engine(
            url,
            connect_args={"check_same_thread": False},
            pool_size=POOL_SIZE,
            max_overflow=POOL_SIZE,
            hide_parameters=True,  # errors are logged, and parameters are e-mails and resumes
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    address = make_url(url)
    if "connect_timeout" not in address.query:  # or a server that is cut off is waited for until the kernel gives up
        address = address.update_query_dict({"connect_timeout": str(POSTGRES_CONNECT_SECONDS)})
    return create_engine(address, pool_pre_ping=True, pool_size=POOL_SIZE, max_overflow=POOL_SIZE, hide_parameters=True)


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we send BEGIN ourselves, see _begin_sqlite
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # money: a committed debit survives a power cut
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA recursive_triggers=ON")  # or REPLACE removes ledger rows without their trigger's knowing
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(_READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


# Bridge calls have threads of their own, so that a burst of them cannot starve the request handlers' pool.
_bridge_threads = CapacityLimiter(POOL_SIZE)


async def in_transaction(
    sessions: sessionmaker[Session], fn: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run `fn(session, …)` in a worker thread and in a transaction of its own: committed when it returns.

    Shielded from cancellation: a caller that is cancelled meanwhile waits for the commit, and is cancelled after it.
    """

    def work() -> T:
        with sessions.begin() as session:
            return fn(session, *args, **kwargs)

    task = asyncio.ensure_future(anyio.to_thread.run_sync(work, limiter=_bridge_threads))
    with CancelScope(shield=True):  # against the cancellation of a request, which anyio repeats until it is obeyed
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:  # against the cancellation of a run's task, which comes once
            await asyncio.wait([task])
            raise
    return task.result()
