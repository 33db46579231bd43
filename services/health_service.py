"""Can the server do its work: database, storage, LibreOffice, model endpoint. Never calls anything that costs money."""

import logging
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import anyio.to_thread
from anyio import CapacityLimiter
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from config.database import Database
from config.settings import Settings
from schemas.health_schemas import Check, Readiness
from services.errors import NotReady
from services.file_storage import FileStorage
from services.pdf_service import PdfConverter

logger = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

# Threads of its own: the answer comes while all others are busy with uploads and conversions.
_threads = CapacityLimiter(2)


class DatabaseNotSetUp(RuntimeError):
    """The tables are not those that this version works with; the message says what to do."""


def require_schema(session: Session) -> None:
    """Raise DatabaseNotSetUp unless the newest migration of this version is also the newest in the database."""
    from alembic.script import ScriptDirectory  # takes a tenth of a second, once

    migrations = ScriptDirectory(str(MIGRATIONS))
    found, newest = schema_revision(session), migrations.get_current_head()
    if found == newest:
        return
    if found is None:
        raise DatabaseNotSetUp("The database is not set up: run `alembic upgrade head`.")
    if found in {migration.revision for migration in migrations.walk_revisions()}:
        raise DatabaseNotSetUp(
            f"The database is not up to date (at {found}, this version needs {newest}): run `alembic upgrade head`."
        )
    raise DatabaseNotSetUp(
        f"The database is at {found}, which this version does not know: a newer one has migrated it."
    )


def schema_revision(session: Session) -> str | None:
    """The newest migration that the database has seen; None when there are no tables yet."""
    if not inspect(session.connection()).has_table("alembic_version"):
        return None
    revision: str | None = session.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


async def readiness(
    *, database: Database, storage: FileStorage, pdf_converter: PdfConverter, settings: Settings
) -> Readiness:
    """How things stand. Raises NotReady, with the same particulars, when the database or the storage fails."""
    check = partial(_check_everything, database, storage, pdf_converter, settings)
    report = await anyio.to_thread.run_sync(check, limiter=_threads)
    if report.status == "unavailable":
        raise NotReady(details=report.model_dump())
    return report


def _check_everything(
    database: Database, storage: FileStorage, pdf_converter: PdfConverter, settings: Settings
) -> Readiness:
    checks = {
        "database": _check_database(database),
        "storage": _check_storage(storage),
        "libreoffice": _check_libreoffice(pdf_converter),
        "model": _check_model(settings),
    }
    found = {check.status for check in checks.values()}
    status = "unavailable" if "failed" in found else "degraded" if "degraded" in found else "ok"
    return Readiness(status=status, checks=checks)


def _check_database(database: Database) -> Check:
    try:
        with database.read_sessions() as session:
            # Not which one: the old processes go on working while new ones, with a newer schema, take their place.
            set_up = schema_revision(session) is not None
    except SQLAlchemyError:
        logger.warning("database_unavailable", exc_info=True)
        return Check(status="failed", detail="The database does not answer.")
    if not set_up:
        return Check(status="failed", detail="The database has no tables.")
    return Check(status="ok", detail=f"{database.engine.dialect.name} answers.")


def _check_storage(storage: FileStorage) -> Check:
    if storage.is_writable():
        return Check(status="ok", detail="Files can be written.")
    return Check(status="failed", detail="Files cannot be written: UPLOAD_DIR is missing, full or not ours to write.")


def _check_libreoffice(pdf_converter: PdfConverter) -> Check:
    health = pdf_converter.health()
    if not health.available:
        return Check(status="degraded", detail="LibreOffice was not found: Word files can be had, PDFs cannot.")
    program = " ".join((health.version or "").split()[:2])
    last = health.last_conversion
    ended = f"the last one ended with {last.outcome} after {last.seconds:.1f} s" if last else "none was made yet"
    return Check(status="ok", detail=f"PDFs are made by {program}; {health.queue_depth} wait, {ended}.")


def _check_model(settings: Settings) -> Check:
    if settings.uses_offline_model:
        return Check(status="ok", detail="The built-in offline model answers: neither key nor base URL is set.")
    host = urlsplit(settings.OPENAI_BASE_URL).hostname or "api.openai.com"
    return Check(status="ok", detail=f"{settings.OPENAI_MODEL} at {host} is configured; it was not called.")
