"""make the ledger append-only

Revision ID: 4f1a7c2be953
Revises: c70d7fa1ab0c
Create Date: 2026-11-22 12:24:11.208417

Alembic's batch mode rebuilds a SQLite table and loses its triggers: a later migration that alters
credit_transactions has to create them again.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "4f1a7c2be953"
down_revision: str | Sequence[str] | None = "c70d7fa1ab0c"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SQLITE_TRIGGER = """
CREATE TRIGGER credit_transactions_no_{event} BEFORE {event} ON credit_transactions
BEGIN
    SELECT RAISE(ABORT, 'credit_transactions is append-only');
END
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'credit_transactions is append-only' USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER credit_transactions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_transactions
FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_FUNCTION)
        op.execute(POSTGRESQL_TRIGGER)
    else:
        for event in ("update", "delete"):
            op.execute(SQLITE_TRIGGER.format(event=event))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER credit_transactions_append_only ON credit_transactions")
        op.execute("DROP FUNCTION refuse_ledger_change()")
    else:
        for event in ("update", "delete"):
            op.execute(f"DROP TRIGGER credit_transactions_no_{event}")
