"""Fixtures: a migrated database for each test, the app on it, people to act as, and the app under real uvicorn."""

import os
import shutil
import socket
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from config.database import Database
from config.settings import Settings
from main import create_app
from services import auth_service
from tests.fakes.openai_server import OpenAIServer
from tests.shop import shop, stripe

__all__ = ["shop", "stripe"]  # fixtures

ROOT = Path(__file__).resolve().parent.parent
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # What is kept for all processes of a machine is kept by the numbers of people, which the tests' databases share:
    # somebody deleted in one process of the tests would take the files of another.
    tempfile.tempdir = os.environ["TMPDIR"] = str(Path(tempfile.gettempdir()) / f"skillmap-tests-{worker}")
    Path(tempfile.tempdir).mkdir(mode=0o700, exist_ok=True)
POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "")
"""Set by scripts/test for its second round: an empty PostgreSQL server on which databases may be created."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what uses a database; everything else is the same as in the round on SQLite."""
    if POSTGRES_URL:
        uses_database = [{"database_url", "empty_database_url"} & set(getattr(i, "fixturenames", ())) for i in items]
        config.hook.pytest_deselected(items=[i for i, uses in zip(items, uses_database, strict=True) if not uses])
        items[:] = [i for i, uses in zip(items, uses_database, strict=True) if uses]


def migrate(url: str) -> None:
    """Bring the database at this URL to the newest schema."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")


@pytest.fixture(scope="session")
def migrated_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty migrated database that is copied for every test: a file path, or a PostgreSQL database name."""
    if POSTGRES_URL:
        with _postgres_database("template") as name:
            migrate(_postgres_url(name))
            yield name
    else:
        path = tmp_path_factory.mktemp("database") / "template.db"
        migrate(f"sqlite:///{path}")
        yield str(path)


@pytest.fixture
def database_url(migrated_template: str, tmp_path: Path) -> Iterator[str]:
    """A database of the test's own."""
    if POSTGRES_URL:
        with _postgres_database("test", template=migrated_template) as name:
            yield _postgres_url(name)
    else:
        shutil.copy(migrated_template, tmp_path / "test.db")
        yield f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def empty_database_url(tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if POSTGRES_URL:
        with _postgres_database("empty") as name:
            yield _postgres_url(name)
    else:
        yield f"sqlite:///{tmp_path / 'empty.db'}"


@contextmanager
def _postgres_database(purpose: str, *, template: str = "template1") -> Iterator[str]:
    """The name of a new PostgreSQL database, which is gone afterwards."""
    name = f"{purpose}_{uuid.uuid4().hex[:12]}"
    _postgres(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield name
    finally:
        _postgres(f'DROP DATABASE "{name}" WITH (FORCE)')


def _postgres_url(name: str) -> str:
    url = make_url(POSTGRES_URL).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


def _postgres(statement: str) -> None:
    url = make_url(POSTGRES_URL).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a test: nothing from the environment, everything in the test's own folder."""
    return Settings(
        _env_file=None,
        ENVIRONMENT="test",
        DATABASE_URL=database_url,
        UPLOAD_DIR=tmp_path / "uploads",
        SECRET_KEY=SecretStr("a-key-for-tests-that-is-long-enough-0123456789"),
    )


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """The test's database, for looking behind the API."""
    database = Database(settings.DATABASE_URL)
    yield database
    database.close()


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """The shipped app with the test's settings."""
    return create_app(settings)


@pytest.fixture
def anonymous(app: FastAPI) -> Iterator[TestClient]:
    """A client that is not logged in; its app is started and stopped with the test."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    id: int
    email: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


MakePerson = Callable[..., Person]
Serve = Callable[[object], str]


@pytest.fixture
def make_person(database: Database, settings: Settings) -> Callable[..., Person]:
    """Make people with accounts; without a password, because hashing one takes a third of a second."""

    def make(email: str = "", full_name: str = "Ada Example") -> Person:
        email = email or f"{uuid.uuid4().hex[:12]}@example.com"
        with database.sessions.begin() as session:
            user = auth_service.create_user(session, email=email, full_name=full_name, settings=settings)
            return Person(id=user.id, email=user.email, token=auth_service.issue_access_token(user, settings))

    return make


@pytest.fixture
def person(make_person: Callable[..., Person]) -> Person:
    """The person that `client` acts as."""
    return make_person()


@pytest.fixture
def client(anonymous: TestClient, person: Person) -> TestClient:
    """A client logged in as `person`."""
    anonymous.headers.update(person.headers)
    return anonymous


@pytest.fixture
def serve() -> Iterator[Callable[[object], str]]:
    """Run ASGI apps under real uvicorn on loopback ports; returns the base URL."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(app: object) -> str:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=5))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 20
        while not server.started:
            if time.monotonic() > deadline or not thread.is_alive():
                raise RuntimeError("the server did not start")
            time.sleep(0.01)
        running.append((server, thread))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for server, _ in running:
        server.should_exit = True
    for _, thread in running:
        thread.join(timeout=20)


@pytest.fixture
def openai(serve: Serve, settings: Settings) -> OpenAIServer:
    """A scripted OpenAI on loopback, which the app of this test is set to use."""
    server = OpenAIServer()
    settings.OPENAI_BASE_URL = f"{serve(server)}/v1"
    settings.OPENAI_API_KEY = SecretStr("sk-for-tests")
    settings.OPENAI_MODEL = "gpt-for-tests"
    return server


@pytest.fixture
def impatient(settings: Settings) -> None:
    """The app of this test gives the model 3 s for an answer. Name it before the fixture that starts the app."""
    settings.OPENAI_TIMEOUT_SECONDS = 3.0
