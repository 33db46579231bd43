"""The ledger: every change of a balance, and the holds that reserve credits for a run."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime, half_steps, utc_now


class TransactionType(StrEnum):
    PURCHASE = "PURCHASE"
    TAILOR = "TAILOR"
    GRANT = "GRANT"
    REFUND = "REFUND"
    BONUS = "BONUS"


class CreditTransaction(Base):
    """One ledger row; never updated, never deleted."""

    __tablename__ = "credit_transactions"
    __table_args__ = (
        CheckConstraint(half_steps("amount"), name="amount_half_steps"),
        CheckConstraint(half_steps("balance_after"), name="balance_after_half_steps"),
        CheckConstraint(
            "transaction_type IN ('PURCHASE', 'TAILOR', 'GRANT', 'REFUND', 'BONUS')", name="transaction_type_known"
        ),
        Index(
            "uq_credit_transactions_tailor_run",
            "run_id",
            unique=True,
            sqlite_where=text("transaction_type = 'TAILOR'"),
            postgresql_where=text("transaction_type = 'TAILOR'"),
        ),
        Index("ix_credit_transactions_user_id_id", "user_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    # No foreign keys: deleting a project must not touch a ledger row.
    project_id: Mapped[int | None]
    run_id: Mapped[int | None]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payments.id"), index=True)
    amount: Mapped[float] = mapped_column(doc="credits, positive or negative")
    balance_after: Mapped[float]
    transaction_type: Mapped[str] = mapped_column(String(20))
    tokens_used: Mapped[int | None]
    prompt_tokens: Mapped[int | None]
    completion_tokens: Mapped[int | None]
    usage_estimated: Mapped[bool] = mapped_column(default=False, server_default=false())
    description: Mapped[str] = mapped_column(String(500))
    stripe_session_id: Mapped[str | None] = mapped_column(String(255), unique=True, index=True, doc="on PURCHASE only")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class HoldStatus(StrEnum):
    OPEN = "open"
    SETTLED = "settled"
    RELEASED = "released"


class CreditHold(Base):
    """Credits reserved for a run until it is settled; `users.held` is the sum of the open ones."""

    __tablename__ = "credit_holds"
    __table_args__ = (
        CheckConstraint(half_steps("amount"), name="amount_half_steps"),
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    run_id: Mapped[int] = mapped_column(unique=True, doc="no foreign key: a hold outlives its project")
    amount: Mapped[float]
    status: Mapped[str] = mapped_column(String(10), default=HoldStatus.OPEN)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
