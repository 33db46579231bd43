"""keep reversals apart from payments

Revision ID: dd022a2d5b1f
Revises: 4f1a7c2be953
Create Date: 2026-11-22 12:33:31.009068

Columns are dropped and added in place, not in batch mode: rebuilding a table that others refer to fails on SQLite
while foreign keys are enforced.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "dd022a2d5b1f"
down_revision: str | Sequence[str] | None = "4f1a7c2be953"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "payment_reversals",
        sa.Column("payment_intent", sa.String(length=255), nullable=False),
        sa.Column("amount_refunded_cents", sa.Integer(), nullable=False),
        sa.Column("dispute_state", sa.String(length=10), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("payment_intent", name=op.f("pk_payment_reversals")),
    )
    op.execute(
        "INSERT INTO payment_reversals (payment_intent, amount_refunded_cents, dispute_state, updated_at) "
        "SELECT payment_intent, amount_refunded_cents, dispute_state, updated_at FROM payments "
        "WHERE payment_intent IS NOT NULL AND (amount_refunded_cents > 0 OR dispute_state <> 'none')"
    )
    op.drop_column("payments", "amount_refunded_cents")
    op.drop_column("payments", "dispute_state")


def downgrade() -> None:
    op.add_column("payments", sa.Column("dispute_state", sa.String(length=10), server_default="none", nullable=False))
    op.add_column("payments", sa.Column("amount_refunded_cents", sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE payments SET amount_refunded_cents = r.amount_refunded_cents, dispute_state = r.dispute_state "
        "FROM payment_reversals r WHERE r.payment_intent = payments.payment_intent"
    )
    op.drop_table("payment_reversals")
