"""What was sold through Stripe, and what Stripe told us about it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime, half_steps, utc_now


class PaymentStatus(StrEnum):
    OPEN = "open"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


class DisputeState(StrEnum):
    """In the order in which they may follow each other: a later one is never undone by an earlier one."""

    NONE = "none"
    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Payment(Base):
    """One checkout session: who bought what at which price; credits come from this row, not from what Stripe sends."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint(half_steps("credits"), name="credits_half_steps"),
        CheckConstraint(half_steps("credits_reversed"), name="credits_reversed_half_steps"),
        CheckConstraint("credits_reversed >= 0 AND credits_reversed <= credits", name="credits_reversed_in_range"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    session_id: Mapped[str] = mapped_column(String(255), unique=True)
    payment_intent: Mapped[str | None] = mapped_column(String(255), index=True, doc="known once it is paid")
    credits: Mapped[float]
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3), default="usd")
    livemode: Mapped[bool]
    status: Mapped[str] = mapped_column(String(20), default=PaymentStatus.OPEN)
    credits_reversed: Mapped[float] = mapped_column(default=0.0, doc="taken back so far, see PaymentReversal")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, onupdate=utc_now)


class PaymentReversal(Base):
    """What Stripe told us of refunds and disputes, by payment intent: it may be known before the payment itself is.

    The single refunds that we have heard of are rows of their own, see PaymentRefund.
    """

    __tablename__ = "payment_reversals"

    payment_intent: Mapped[str] = mapped_column(String(255), primary_key=True)
    amount_refunded_cents: Mapped[int] = mapped_column(default=0, doc="the largest cumulative sum that was reported")
    dispute_state: Mapped[str] = mapped_column(String(10), default=DisputeState.NONE)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, onupdate=utc_now)


class PaymentRefund(Base):
    """One refund that Stripe told us of. It may fail even weeks later, and is worth nothing from then on."""

    __tablename__ = "payment_refunds"

    refund_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    payment_intent: Mapped[str] = mapped_column(String(255), index=True)
    amount_cents: Mapped[int]
    failed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class StripeEventStatus(StrEnum):
    PROCESSED = "processed"
    IGNORED = "ignored"
    REJECTED = "rejected"
    RESOLVED = "resolved"


class StripeEvent(Base):
    """A webhook event that was received (not its body): a redelivery bumps the count, an operator resolves rejects."""

    __tablename__ = "stripe_events"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(String(255), unique=True)
    type: Mapped[str] = mapped_column(String(100))
    session_id: Mapped[str | None] = mapped_column(String(255), index=True)
    payment_intent: Mapped[str | None] = mapped_column(String(255), index=True)
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    received_count: Mapped[int] = mapped_column(default=1)
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
