"""Measures the ledger: hold-and-settle pairs a second of many clients, beside bare SQL that writes the same rows.

And how long Stripe waits when as many webhooks come at once. Runs on a scratch SQLite file and, with TEST_POSTGRES_URL,
on a scratch PostgreSQL database.
"""

import argparse
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from alembic import command
from alembic.config import Config
from pydantic import SecretStr
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from config.database import Database
from config.settings import Settings
from scripts import bench_webhooks
from services import auth_service, credit_service, ledger_audit
from services.credit_service import TokenUsage

DELIVERIES = 1000
ROOT = Path(__file__).resolve().parent.parent
Pair = Callable[[int, int], None]
"""One client's hold and settlement: of which person, for which run."""

BARE_HOLD = (
    "UPDATE users SET held = held + 5 WHERE id = :user AND credits - held >= 5",
    "INSERT INTO credit_holds (user_id, run_id, amount, status, created_at)"
    " VALUES (:user, :run, 5, 'open', CURRENT_TIMESTAMP)",
)
BARE_SETTLEMENT = (
    "UPDATE credit_holds SET status = 'settled', closed_at = CURRENT_TIMESTAMP WHERE run_id = :run AND status = 'open'",
    "UPDATE users SET held = held - 5, credits = credits - 0.5 WHERE id = :user",
    "INSERT INTO credit_transactions (user_id, run_id, amount, balance_after, transaction_type, usage_estimated,"
    " description, created_at) SELECT id, :run, -0.5, credits, 'TAILOR', is_deleted, 'Tailored', CURRENT_TIMESTAMP"
    " FROM users WHERE id = :user",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when the books do not add up afterwards."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench_ledger", description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=5.0, help="for each measurement")
    options = parser.parse_args(arguments)
    sound = True
    with sqlite_url() as url:
        sound &= bench("SQLite", url, options.clients, options.seconds)
    if server := os.environ.get("TEST_POSTGRES_URL"):
        with postgres_url(server) as url:
            sound &= bench("PostgreSQL", url, options.clients, options.seconds)
    return 0 if sound else 1


def bench(name: str, url: str, clients: int, seconds: float) -> bool:
    """Bare, ours, ours, bare: so that a machine that gets slower or faster meanwhile favours neither."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")
    settings = Settings(_env_file=None, DATABASE_URL=url, INITIAL_CREDITS=100_000, SECRET_KEY=SecretStr("x" * 32))
    database = Database(url)
    try:
        people = open_accounts(database, settings, clients)
        runs = count(1)
        bare, ours = bare_pair(database), ledger_pair(database, settings)
        rates = [measure(pair, people, runs, seconds / 2) for pair in (bare, ours, ours, bare)]
        bare_rate, our_rate = (rates[0] + rates[3]) / 2, (rates[1] + rates[2]) / 2
        alone, together = (
            bench_webhooks.measure(url, people, concurrent=concurrent, deliveries=DELIVERIES)
            for concurrent in (1, clients)
        )
        with database.read_sessions() as session:
            breaches = ledger_audit.find_breaches(session)
    finally:
        database.close()
    print(
        f"{name}: {clients} clients, bare {bare_rate:.0f} pairs/s, ledger {our_rate:.0f} pairs/s: "
        f"{bare_rate / our_rate:.2f} x the time, {len(breaches)} breaches"
    )
    for name_of, measured in (("one webhook at a time", alone), (f"{clients} webhooks at once", together)):
        print(f"{name}: {name_of}, {measured}")
    return not breaches


def measure(pair: Pair, people: list[int], runs: "count[int]", seconds: float) -> float:
    """Pairs a second, each person's from a thread of its own."""
    end = time.perf_counter() + seconds

    def client(person: int) -> int:
        done = 0
        while time.perf_counter() < end:
            pair(person, next(runs))
            done += 1
        return done

    start = time.perf_counter()
    with ThreadPoolExecutor(len(people)) as pool:
        done = sum(pool.map(client, people))
    return done / (time.perf_counter() - start)


def ledger_pair(database: Database, settings: Settings) -> Pair:
    """The shipped functions."""

    def pair(person: int, run: int) -> None:
        with database.sessions.begin() as session:
            credit_service.open_hold(session, person, run_id=run, estimate=5, settings=settings)
        with database.sessions.begin() as session:
            credit_service.settle_hold(
                session,
                run_id=run,
                usage=TokenUsage(1000),
                project_id=1,
                description="Tailored",
                settings=settings,
            )

    return pair


def bare_pair(database: Database) -> Pair:
    """The least SQL that writes the same rows, in two transactions as well."""

    def pair(person: int, run: int) -> None:
        for statements in (BARE_HOLD, BARE_SETTLEMENT):
            with database.engine.begin() as connection:
                for statement in statements:
                    connection.execute(text(statement), {"user": person, "run": run})

    return pair


def open_accounts(database: Database, settings: Settings, number: int) -> list[int]:
    """New people with plenty of credits."""
    with database.sessions.begin() as session:
        return [
            auth_service.create_user(session, email=f"{place}@example.com", full_name="Bench", settings=settings).id
            for place in range(number)
        ]


@contextmanager
def sqlite_url() -> Iterator[str]:
    """A file that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.db"


@contextmanager
def postgres_url(server: str) -> Iterator[str]:
    """A database that is gone afterwards."""
    name = f"bench_{uuid.uuid4().hex[:8]}"
    admin = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield admin.url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


if __name__ == "__main__":
    sys.exit(main())
