"""INSERT … ON CONFLICT, which SQLAlchemy spells per database. Both wait for whoever is inserting the row right now."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.base import Base

Excluded = Any
"""The columns of the row that could not be inserted, SQL expressions by name: SQLAlchemy's type is private."""

_INSERTS: dict[str, Callable[[type[Base]], postgresql.Insert | sqlite.Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


def insert_if_absent(session: Session, table: type[Base], **values: object) -> None:
    """Insert the row unless one with the same unique key is there."""
    insert = _INSERTS[session.get_bind().dialect.name]
    session.execute(insert(table).values(**values).on_conflict_do_nothing())


class Upsert:
    """Inserts a row or, when one with its key is there, changes that one. Built once, so that a call only runs it."""

    def __init__(self, table: type[Base], *, key: str, changes: Callable[[Excluded], Mapping[str, object]]) -> None:
        """`changes`: what becomes of the row that is there, from its own columns and those of the new one."""
        self._statements = {}
        for dialect, insert in _INSERTS.items():
            statement = insert(table)
            self._statements[dialect] = statement.on_conflict_do_update(
                index_elements=[key], set_=changes(statement.excluded)
            )

    def __call__(self, session: Session, *rows: Mapping[str, object]) -> None:
        """Insert or change these rows, one after another."""
        session.connection().execute(self._statements[session.get_bind().dialect.name], rows)
