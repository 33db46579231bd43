"""Transactions and those who wait for them: whoever is cut off waits for the commit, and no answer comes before it."""

import asyncio
import threading
from collections.abc import Iterator

import anyio
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from config.database import Database, in_transaction
from models.project import Project
from tests.conftest import POSTGRES_URL, Person


class SlowTransaction:
    """Stores a project, and commits when it is told to."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self.has_begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self, session: Session) -> str:
        session.add(Project(user_id=self._person.id, project_name="Stored"))
        session.flush()
        self.has_begun.set()
        assert self.may_end.wait(10)
        return "stored"

    async def begin(self) -> None:
        assert await asyncio.to_thread(self.has_begun.wait, 10)


@pytest.fixture
def slow(person: Person) -> Iterator[SlowTransaction]:
    transaction = SlowTransaction(person)
    yield transaction
    transaction.may_end.set()


def stored_projects(database: Database) -> list[str]:
    with database.read_sessions() as session:
        return list(session.scalars(select(Project.project_name)))


def test_a_task_that_is_cancelled_during_its_transaction_ends_when_that_is_committed(
    database: Database, slow: SlowTransaction
) -> None:
    async def cancel_meanwhile() -> bool:
        task = asyncio.create_task(in_transaction(database.sessions, slow))
        await slow.begin()
        task.cancel()
        ended, _ = await asyncio.wait([task], timeout=0.2)
        assert not ended, "the transaction goes on"
        slow.may_end.set()
        await asyncio.wait([task], timeout=10)
        assert stored_projects(database) == ["Stored"]
        return task.cancelled()

    assert asyncio.run(cancel_meanwhile())


def test_a_request_that_is_cancelled_during_its_transaction_ends_when_that_is_committed(
    database: Database, slow: SlowTransaction
) -> None:
    async def hang_up_meanwhile() -> None:
        async with anyio.create_task_group() as request:
            request.start_soon(in_transaction, database.sessions, slow)
            await slow.begin()
            asyncio.get_running_loop().call_later(0.2, slow.may_end.set)
            request.cancel_scope.cancel()
        assert stored_projects(database) == ["Stored"]

    asyncio.run(hang_up_meanwhile())


def test_what_fails_in_a_transaction_is_not_stored(database: Database, person: Person) -> None:
    def fail(session: Session) -> None:
        session.add(Project(user_id=person.id, project_name="Stored"))
        session.flush()
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        asyncio.run(in_transaction(database.sessions, fail))
    assert stored_projects(database) == []


def refuse_the_commit_of_projects(database: Database) -> None:
    """Make a new project break a constraint that is looked at when its transaction is to be committed."""
    with database.sessions.begin() as session:
        session.execute(text("CREATE TABLE empty (id INTEGER PRIMARY KEY)"))
        session.execute(text("CREATE TABLE refused (id INTEGER REFERENCES empty (id) DEFERRABLE INITIALLY DEFERRED)"))
        insert = "INSERT INTO refused (id) VALUES (1);"
        if POSTGRES_URL:
            body = f"$$ BEGIN {insert} RETURN NEW; END $$"
            session.execute(text(f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS {body}"))
            session.execute(
                text("CREATE TRIGGER refuse AFTER INSERT ON projects FOR EACH ROW EXECUTE FUNCTION refuse()")
            )
        else:
            session.execute(text(f"CREATE TRIGGER refuse AFTER INSERT ON projects BEGIN {insert} END"))


def test_a_change_that_could_not_be_committed_is_not_said_to_be_made(client: TestClient, database: Database) -> None:
    refuse_the_commit_of_projects(database)
    answer = client.post("/api/projects", json={"project_name": "Lost"})
    assert answer.status_code == 500
    assert stored_projects(database) == []
