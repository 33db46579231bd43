"""Runs migrations on the database of the settings, or on the connection or URL handed over by a caller."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, text
from sqlalchemy.sql.elements import False_

from config.database import make_engine
from config.settings import Settings
from models import Base
from models.base import JsonDocument, UtcDateTime

LOCK_TIMEOUT = "5s"  # a migration that waits for a lock makes every query behind it wait as well
MIGRATION_LOCK = 7501  # any number, the same in every replica


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | bool:
    """Write our own column types as plain ones, so that migrations import nothing of ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and item is JsonDocument:
        autogen.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    if kind == "server_default" and isinstance(getattr(item, "arg", None), False_):
        return "sa.false()"
    return False


def wait_for_turn(connection: Connection) -> None:
    """Replicas that start at the same moment migrate one after another; the lock ends with the connection."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_lock({MIGRATION_LOCK})"))
        connection.commit()


def run(connection: Connection) -> None:
    """Migrate on this connection."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """Take the connection that a caller handed over, else connect to the configured database."""
    given = context.config.attributes.get("connection")
    if given is not None:
        run(given)
        return
    engine = make_engine(context.config.get_main_option("sqlalchemy.url") or Settings().DATABASE_URL)
    try:
        with engine.connect() as connection:
            wait_for_turn(connection)
            run(connection)
    finally:
        engine.dispose()


main()
