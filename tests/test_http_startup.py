"""Starting: what is refused in production, and what is said when something is missing."""

import socket
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from config.database import Database
from config.settings import Settings, UnsafeSettings
from main import create_app
from services.health_service import DatabaseNotSetUp

SAFE = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": SecretStr("4f1d0c7e9ab2385617c4d2e8f0a1b3c5d7e9f1a2b4c6d8e0f2a4b6c8d0e2f4a6"),
    "OPENAI_API_KEY": SecretStr("sk-never-called"),
    "CORS_ORIGINS": "https://skillmap.example.com",
    "STRIPE_SECRET_KEY": SecretStr("sk_live_never_called"),
    "STRIPE_WEBHOOK_SECRET": SecretStr("whsec_never_called"),
}


def start(settings: Settings) -> int:
    """Start the app, ask whether it lives, stop it."""
    with TestClient(create_app(settings)) as client:
        return client.get("/health/live").status_code


@pytest.fixture
def safe(database_url: str, tmp_path: Path) -> Settings:
    """Settings that production accepts."""
    return Settings(_env_file=None, DATABASE_URL=database_url, UPLOAD_DIR=tmp_path / "uploads", **SAFE)


def test_production_starts_with_safe_settings(safe: Settings) -> None:
    assert start(safe) == 200


def test_production_refuses_to_start_and_names_every_weak_setting(database_url: str) -> None:
    weak = {"ENVIRONMENT": "production", "CORS_ORIGINS": "*", "STRIPE_SECRET_KEY": SecretStr("sk_live_x")}
    with pytest.raises(UnsafeSettings) as refused:
        start(Settings(_env_file=None, DATABASE_URL=database_url, **weak))
    for name in ("SECRET_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL", "CORS_ORIGINS", "STRIPE_WEBHOOK_SECRET"):
        assert name in str(refused.value)
    assert "sk_live_x" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", SecretStr("")),
        ("SECRET_KEY", SecretStr("short")),
        ("SECRET_KEY", SecretStr("a" * 64)),
        ("SECRET_KEY", SecretStr("change-me-change-me-change-me-change-me")),
        ("OPENAI_API_KEY", SecretStr("")),
        ("CORS_ORIGINS", "https://skillmap.example.com,*"),
        ("CORS_ORIGINS", ""),
        ("STRIPE_SECRET_KEY", SecretStr("")),
        ("STRIPE_WEBHOOK_SECRET", SecretStr("")),
    ],
    ids=str,
)
def test_each_weak_setting_alone_is_refused(safe: Settings, name: str, value: object) -> None:
    with pytest.raises(UnsafeSettings) as refused:
        start(safe.model_copy(update={name: value}))
    assert len(refused.value.faults) == 1
    assert name in refused.value.faults[0]


def test_development_starts_with_nothing_set(database_url: str, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, ENVIRONMENT="test", DATABASE_URL=database_url, UPLOAD_DIR=tmp_path / "files")
    assert start(settings) == 200
    assert (tmp_path / "files").is_dir()


def test_a_database_without_tables_is_named_as_such(safe: Settings, tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotSetUp, match=r"run `alembic upgrade head`"):
        start(safe.model_copy(update={"DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}"}))


@pytest.mark.parametrize(
    ("revision", "says"),
    [
        ("c70d7fa1ab0c", r"not up to date .* run `alembic upgrade head`"),
        ("0123456789ab", "a newer one has migrated it"),
    ],
    ids=["an older one", "an unknown one"],
)
def test_a_database_of_another_version_is_refused_and_named(
    safe: Settings, database: Database, revision: str, says: str
) -> None:
    with database.sessions.begin() as session:
        session.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
    with pytest.raises(DatabaseNotSetUp, match=says) as refused:
        start(safe)
    assert revision in str(refused.value)


def test_a_server_stays_ready_while_a_newer_version_migrates_its_database(
    anonymous: TestClient, database: Database
) -> None:
    for change, status in (
        ("UPDATE alembic_version SET version_num = '0123456789ab'", "ok"),
        ("DELETE FROM alembic_version", "failed"),
    ):
        with database.sessions.begin() as session:
            session.execute(text(change))
        assert anonymous.get("/health/ready").json()["checks"]["database"]["status"] == status


def test_a_database_that_does_not_answer_is_given_up_after_seconds(safe: Settings) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"postgresql+psycopg://somebody@127.0.0.1:{silent.getsockname()[1]}/skillmap"
        started = time.monotonic()
        with pytest.raises(OperationalError, match="timeout"):
            start(safe.model_copy(update={"DATABASE_URL": url}))
    assert time.monotonic() - started < 20
