"""INSERT … ON CONFLICT, which SQLAlchemy spells per database. Both wait for whoever is inserting the row right now."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

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
    """Inserts a row or, when one with its key is there, changes that one; locked and as it is now in either case.

    Built once for both databases, so that a call only runs it.
    """

    def __init__(
        self,
        table: type[Base],
        *,
        key: str,
        changes: Callable[[Excluded], Mapping[str, object]],
        returning: Sequence[InstrumentedAttribute[Any]],
    ) -> None:
        """`changes`: what becomes of the row that is there, from its own columns and those of the new one."""
        self._statements = {}
        for dialect, insert in _INSERTS.items():
            statement = insert(table)
            upsert = statement.on_conflict_do_update(index_elements=[key], set_=changes(statement.excluded))
            self._statements[dialect] = upsert.returning(*returning)

    def __call__(self, session: Session, **values: object) -> Row[Any]:
        """The columns asked for, of the row that is there now."""
        statement = self._statements[session.get_bind().dialect.name]
        return session.connection().execute(statement, values).one()
