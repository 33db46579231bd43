"""INSERT … ON CONFLICT, which SQLAlchemy spells per database. Both wait for whoever is inserting the row right now."""

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.base import Base

Row = TypeVar("Row", bound=Base)


def insert_if_absent(session: Session, table: type[Base], **values: object) -> None:
    """Insert the row unless one with the same unique key is there."""
    session.execute(_insert(session, table).values(**values).on_conflict_do_nothing())


def insert_or_change(
    session: Session,
    table: type[Row],
    *,
    key: str,
    changes: Mapping[str, object | ColumnElement[object]],
    **values: object,
) -> Row:
    """Insert the row or, when one with this key is there, change that one; locked and as it is now in either case."""
    statement = _insert(session, table).values(**values).on_conflict_do_update(index_elements=[key], set_=changes)
    return session.scalars(statement.returning(table), execution_options={"populate_existing": True}).one()


def _insert(session: Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    return (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(table)
