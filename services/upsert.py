"""INSERT … ON CONFLICT DO NOTHING, which SQLAlchemy spells per database."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.base import Base


def insert_if_absent(session: Session, table: type[Base], **values: object) -> None:
    """Insert the row unless one with the same unique key is there; waits for whoever is inserting it right now."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(table).values(**values).on_conflict_do_nothing())
