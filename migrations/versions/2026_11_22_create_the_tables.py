"""create the tables

Revision ID: c70d7fa1ab0c
Revises:
Create Date: 2026-11-22 12:15:15.679701
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "c70d7fa1ab0c"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "former_emails",
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email_hash", name=op.f("pk_former_emails")),
    )
    op.create_table(
        "stripe_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(length=255), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("session_id", sa.String(length=255), nullable=True),
        sa.Column("payment_intent", sa.String(length=255), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("received_count", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stripe_events")),
        sa.UniqueConstraint("event_id", name=op.f("uq_stripe_events_event_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("stripe_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stripe_events_payment_intent"), ["payment_intent"], unique=False)
        batch_op.create_index(batch_op.f("ix_stripe_events_session_id"), ["session_id"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("google_subject", sa.String(length=255), nullable=True),
        sa.Column("full_name", sa.String(length=255), nullable=False),
        sa.Column("profile_picture_url", sa.String(length=500), nullable=True),
        sa.Column("credits", sa.Float(), server_default="100.0", nullable=False),
        sa.Column("held", sa.Float(), server_default="0.0", nullable=False),
        sa.Column("token_generation", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_deleted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("credits * 2 = CAST(credits * 2 AS INTEGER)", name=op.f("ck_users_credits_half_steps")),
        sa.CheckConstraint("held * 2 = CAST(held * 2 AS INTEGER)", name=op.f("ck_users_held_half_steps")),
        sa.CheckConstraint("held >= 0", name=op.f("ck_users_held_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("google_subject", name=op.f("uq_users_google_subject")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "base_resumes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_path", sa.String(length=500), nullable=False),
        sa.Column("template_path", sa.String(length=500), nullable=False),
        sa.Column("extracted_data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("sources", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("metadata", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_base_resumes_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_resumes")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("base_resumes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_base_resumes_user_id"), ["user_id"], unique=False)

    op.create_table(
        "credit_holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount * 2 = CAST(amount * 2 AS INTEGER)", name=op.f("ck_credit_holds_amount_half_steps")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_credit_holds_amount_not_negative")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_credit_holds_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_holds")),
        sa.UniqueConstraint("run_id", name=op.f("uq_credit_holds_run_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("credit_holds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_holds_user_id"), ["user_id"], unique=False)

    op.create_table(
        "payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.String(length=255), nullable=False),
        sa.Column("payment_intent", sa.String(length=255), nullable=True),
        sa.Column("credits", sa.Float(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("livemode", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("amount_refunded_cents", sa.Integer(), nullable=False),
        sa.Column("dispute_state", sa.String(length=10), nullable=False),
        sa.Column("credits_reversed", sa.Float(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("credits * 2 = CAST(credits * 2 AS INTEGER)", name=op.f("ck_payments_credits_half_steps")),
        sa.CheckConstraint(
            "credits_reversed * 2 = CAST(credits_reversed * 2 AS INTEGER)",
            name=op.f("ck_payments_credits_reversed_half_steps"),
        ),
        sa.CheckConstraint(
            "credits_reversed >= 0 AND credits_reversed <= credits", name=op.f("ck_payments_credits_reversed_in_range")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_payments_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("session_id", name=op.f("uq_payments_session_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payments_payment_intent"), ["payment_intent"], unique=False)
        batch_op.create_index(batch_op.f("ix_payments_user_id"), ["user_id"], unique=False)

    op.create_table(
        "credit_transactions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("balance_after", sa.Float(), nullable=False),
        sa.Column("transaction_type", sa.String(length=20), nullable=False),
        sa.Column("tokens_used", sa.Integer(), nullable=True),
        sa.Column("prompt_tokens", sa.Integer(), nullable=True),
        sa.Column("completion_tokens", sa.Integer(), nullable=True),
        sa.Column("usage_estimated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("stripe_session_id", sa.String(length=255), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "transaction_type IN ('PURCHASE', 'TAILOR', 'GRANT', 'REFUND', 'BONUS')",
            name=op.f("ck_credit_transactions_transaction_type_known"),
        ),
        sa.CheckConstraint(
            "amount * 2 = CAST(amount * 2 AS INTEGER)", name=op.f("ck_credit_transactions_amount_half_steps")
        ),
        sa.CheckConstraint(
            "balance_after * 2 = CAST(balance_after * 2 AS INTEGER)",
            name=op.f("ck_credit_transactions_balance_after_half_steps"),
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_credit_transactions_payment_id_payments")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_credit_transactions_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_transactions")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("credit_transactions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_credit_transactions_payment_id"), ["payment_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_credit_transactions_stripe_session_id"), ["stripe_session_id"], unique=True
        )
        batch_op.create_index("ix_credit_transactions_user_id_id", ["user_id", "id"], unique=False)
        batch_op.create_index(
            "uq_credit_transactions_tailor_run",
            ["run_id"],
            unique=True,
            sqlite_where=sa.text("transaction_type = 'TAILOR'"),
            postgresql_where=sa.text("transaction_type = 'TAILOR'"),
        )

    op.create_table(
        "projects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("base_resume_id", sa.Integer(), nullable=True),
        sa.Column("project_name", sa.String(length=255), nullable=False),
        sa.Column("company_name", sa.String(length=255), nullable=True),
        sa.Column("position", sa.String(length=255), nullable=True),
        sa.Column("job_description", sa.Text(), nullable=True),
        sa.Column("tailored_data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("is_tailored", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("last_tailoring_jd", sa.Text(), nullable=True),
        sa.Column("last_run_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["base_resume_id"],
            ["base_resumes.id"],
            name=op.f("fk_projects_base_resume_id_base_resumes"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_projects_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_projects_base_resume_id"), ["base_resume_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_projects_user_id"), ["user_id"], unique=False)

    op.create_table(
        "project_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("tailored_data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_versions_project_id_projects"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_versions")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_project_versions_project_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tailoring_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("job_description", sa.Text(), nullable=False),
        sa.Column("instructions", sa.Text(), nullable=True),
        sa.Column("model", sa.String(length=100), nullable=False),
        sa.Column("prompt_tokens", sa.Integer(), nullable=False),
        sa.Column("completion_tokens", sa.Integer(), nullable=False),
        sa.Column("usage_estimated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("credits_charged", sa.Float(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("cancel_requested", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("worker", sa.String(length=100), nullable=False),
        sa.Column("heartbeat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_tailoring_runs_project_id_projects"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tailoring_runs_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tailoring_runs")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("tailoring_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tailoring_runs_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tailoring_runs_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            "uq_tailoring_runs_running_project",
            ["project_id"],
            unique=True,
            sqlite_where=sa.text("status = 'running'"),
            postgresql_where=sa.text("status = 'running'"),
        )

    op.create_table(
        "run_events",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("data", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["tailoring_runs.id"], name=op.f("fk_run_events_run_id_tailoring_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "sequence", name=op.f("pk_run_events")),
    )


def downgrade() -> None:
    op.drop_table("run_events")
    with op.batch_alter_table("tailoring_runs", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_tailoring_runs_running_project",
            sqlite_where=sa.text("status = 'running'"),
            postgresql_where=sa.text("status = 'running'"),
        )
        batch_op.drop_index(batch_op.f("ix_tailoring_runs_user_id"))
        batch_op.drop_index(batch_op.f("ix_tailoring_runs_project_id"))

    op.drop_table("tailoring_runs")
    op.drop_table("project_versions")
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_projects_user_id"))
        batch_op.drop_index(batch_op.f("ix_projects_base_resume_id"))

    op.drop_table("projects")
    with op.batch_alter_table("credit_transactions", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_credit_transactions_tailor_run",
            sqlite_where=sa.text("transaction_type = 'TAILOR'"),
            postgresql_where=sa.text("transaction_type = 'TAILOR'"),
        )
        batch_op.drop_index("ix_credit_transactions_user_id_id")
        batch_op.drop_index(batch_op.f("ix_credit_transactions_stripe_session_id"))
        batch_op.drop_index(batch_op.f("ix_credit_transactions_payment_id"))

    op.drop_table("credit_transactions")
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payments_user_id"))
        batch_op.drop_index(batch_op.f("ix_payments_payment_intent"))

    op.drop_table("payments")
    with op.batch_alter_table("credit_holds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_credit_holds_user_id"))

    op.drop_table("credit_holds")
    with op.batch_alter_table("base_resumes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_resumes_user_id"))

    op.drop_table("base_resumes")
    op.drop_table("users")
    with op.batch_alter_table("stripe_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stripe_events_session_id"))
        batch_op.drop_index(batch_op.f("ix_stripe_events_payment_intent"))

    op.drop_table("stripe_events")
    op.drop_table("former_emails")
