"""Payments: what was bought, whether it was paid, and what of it was taken back. Never talks to Stripe itself.

Whatever Stripe says, in any order, any number of times, at once: the end is the same. Each message first locks the row
it is about (event, payment, reversal, person: always in this order), then asks whether there is anything left to do.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from models.base import utc_now
from models.credit_transaction import TransactionType
from models.payment import (
    DisputeState,
    Payment,
    PaymentRefund,
    PaymentReversal,
    PaymentStatus,
    StripeEvent,
    StripeEventStatus,
)
from models.user import User
from services import credit_service
from services.credit_packages import CreditPackage, find_package
from services.errors import InvalidPaymentMetadata, NotFound, PaymentMismatch, SkillMapError, UnknownPayer
from services.stripe_messages import CheckoutSession, Refund, Reversal, WebhookEvent
from services.upsert import insert_if_absent, insert_or_change

logger = logging.getLogger(__name__)

MAX_ID = 2**31 - 1
UNFINISHED: Final = (PaymentStatus.OPEN, PaymentStatus.PENDING)
TAKES_EVERYTHING_BACK: Final = (DisputeState.OPEN, DisputeState.LOST)
_FRESH: Final = {"populate_existing": True, "synchronize_session": False}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a webhook event. A refusal is stored with the event first and raised by the caller then."""

    outcome: str
    refusal: SkillMapError | None = None

    @property
    def status(self) -> StripeEventStatus:
        """How the event is stored."""
        if self.refusal is not None:
            return StripeEventStatus.REJECTED
        return StripeEventStatus.IGNORED if self.outcome == "ignored" else StripeEventStatus.PROCESSED

    @property
    def reason(self) -> str:
        """Why it is stored like that."""
        return self.refusal.code if self.refusal is not None else self.outcome


@dataclass(frozen=True, slots=True)
class PaymentState:
    """A payment as its buyer sees it."""

    session_id: str
    status: PaymentStatus
    credits: float
    price_cents: int
    credits_reversed: float
    balance: float


def record_order(session: Session, user_id: int, *, package: CreditPackage, checkout: CheckoutSession) -> None:
    """Remember who may get how many credits at which price, before Stripe says that it is paid."""
    insert_if_absent(
        session,
        Payment,
        user_id=user_id,
        session_id=checkout.id,
        credits=float(package.credits),
        amount_cents=package.price_cents,
        livemode=checkout.livemode,
    )


def read_state(session: Session, user_id: int, session_id: str) -> PaymentState:
    """The person's own payment. Raises NotFound, for somebody else's too."""
    row = session.execute(
        select(Payment, User.credits)
        .join(User, User.id == Payment.user_id)
        .where(Payment.session_id == session_id, Payment.user_id == user_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    payment, balance = row
    return PaymentState(
        session_id=payment.session_id,
        status=PaymentStatus(payment.status),
        credits=payment.credits,
        price_cents=payment.amount_cents,
        credits_reversed=payment.credits_reversed,
        balance=balance,
    )


def receive_event(session: Session, event: WebhookEvent, *, livemode: bool) -> Receipt:
    """Store the event and do what it asks for; a refused one changes nothing else and is left to an operator."""
    stored = _store(session, event)
    if stored.status == StripeEventStatus.RESOLVED:
        return Receipt("resolved")
    receipt = _try_to_apply(session, event, livemode=livemode)
    stored.status, stored.reason = receipt.status, receipt.reason
    session.flush()
    level = logging.ERROR if receipt.refusal else logging.INFO
    logger.log(
        level, "stripe_event %s event=%s type=%s outcome=%s", receipt.status, event.id, event.type, stored.reason
    )
    return receipt


def apply_checkout(session: Session, checkout: CheckoutSession, *, livemode: bool) -> str:
    """Bring the payment to where this session is; says what that changed. Raises what makes a payment unacceptable."""
    if checkout.outcome == PaymentStatus.PAID:
        return _fulfil(session, checkout, livemode=livemode)
    overridden = (PaymentStatus.OPEN,) if checkout.outcome == PaymentStatus.PENDING else UNFINISHED
    session.execute(
        update(Payment)
        .where(Payment.session_id == checkout.id, Payment.status.in_(overridden))
        .values(status=checkout.outcome),
        execution_options=_FRESH,
    )
    return checkout.outcome


def apply_reversal(session: Session, reversal: Reversal) -> str:
    """Take back, or give back, what the refunds and disputes known by now come to."""
    known = _merge(session, reversal)
    # A payment has its intent from the moment it is paid.
    payment = session.scalar(
        select(Payment).where(Payment.payment_intent == reversal.payment_intent), execution_options=_FRESH
    )
    if payment is None:
        return "remembered"  # the refund overtook the payment; it is looked up when that arrives
    return _reverse(session, payment, known, reversal)


def catch_up(session: Session, found: CheckoutSession | Reversal, *, livemode: bool, apply: bool) -> str:
    """What this session, refund or dispute that was found at Stripe changes; only when told to `apply` it stays so."""
    outcome = ""
    with suppress(_OnlyLooked), session.begin_nested():
        if isinstance(found, CheckoutSession):
            outcome = apply_checkout(session, found, livemode=livemode)
        else:
            outcome = apply_reversal(session, found)
        if not apply:
            raise _OnlyLooked
    return outcome


class _OnlyLooked(Exception):
    """Undoes a savepoint whose outcome was only to be seen."""


def rejected_events(session: Session) -> list[StripeEvent]:
    """What was refused and waits for an operator, newest first."""
    query = select(StripeEvent).where(StripeEvent.status == StripeEventStatus.REJECTED)
    return list(session.scalars(query.order_by(StripeEvent.last_seen_at.desc())))


def resolve_event(session: Session, event_id: str, *, note: str) -> None:
    """An operator has dealt with a refused event: delivered again, it does nothing any more. Raises NotFound."""
    resolved = session.scalar(
        update(StripeEvent)
        .where(StripeEvent.event_id == event_id, StripeEvent.status == StripeEventStatus.REJECTED)
        .values(status=StripeEventStatus.RESOLVED, reason=note)
        .returning(StripeEvent.id),
        execution_options={"synchronize_session": False},
    )
    if resolved is None:
        raise NotFound("There is no refused event with this id.")


def _store(session: Session, event: WebhookEvent) -> StripeEvent:
    """The event's row, locked: a second delivery of it waits here."""
    subject = event.subject
    now = utc_now()
    return insert_or_change(
        session,
        StripeEvent,
        key="event_id",
        changes={"received_count": StripeEvent.received_count + 1, "last_seen_at": now},
        event_id=event.id,
        type=event.type,
        session_id=subject.id if isinstance(subject, CheckoutSession) else None,
        payment_intent=subject.payment_intent if subject else None,
        status=StripeEventStatus.IGNORED,
        received_count=1,
        first_seen_at=now,
        last_seen_at=now,
    )


def _try_to_apply(session: Session, event: WebhookEvent, *, livemode: bool) -> Receipt:
    try:
        with session.begin_nested():
            if isinstance(event.subject, CheckoutSession):
                return Receipt(apply_checkout(session, event.subject, livemode=livemode))
            if isinstance(event.subject, Reversal):
                return Receipt(apply_reversal(session, event.subject))
            return Receipt("ignored")
    except SkillMapError as refusal:
        return Receipt("rejected", refusal)


def _fulfil(session: Session, checkout: CheckoutSession, *, livemode: bool) -> str:
    """Credit a paid session once, less what was taken back already."""
    payment = _ordered(session, checkout)
    _require_agreement(payment, checkout, livemode=livemode)
    paid = session.scalar(
        update(Payment)
        .where(Payment.id == payment.id, Payment.status != PaymentStatus.PAID)
        .values(status=PaymentStatus.PAID, payment_intent=checkout.payment_intent)
        .returning(Payment),
        execution_options=_FRESH,
    )
    if paid is None:
        return "duplicate"
    _require_payer(session, paid.user_id, keep=True)
    credit_service.post(
        session,
        paid.user_id,
        amount=paid.credits,
        kind=TransactionType.PURCHASE,
        description=f"Bought {paid.credits:g} credits for ${paid.amount_cents / 100:.2f}",
        payment_id=paid.id,
        stripe_session_id=paid.session_id,
    )
    if checkout.payment_intent is not None:
        nothing_new = Reversal(checkout.payment_intent)
        _reverse(session, paid, _merge(session, nothing_new), nothing_new)
    return "credited"


def _ordered(session: Session, checkout: CheckoutSession) -> Payment:
    """Our own row of this order; without one (we stopped before writing it), what the session's metadata says."""
    query = select(Payment).where(Payment.session_id == checkout.id)
    payment = session.scalar(query)
    if payment is not None:
        return payment
    user_id, credits = _whole_number(checkout.user_id), _whole_number(checkout.credits)
    if user_id is None or credits is None:
        raise InvalidPaymentMetadata
    _require_payer(session, user_id)
    package = find_package(credits)
    if package is None:
        raise PaymentMismatch
    record_order(session, user_id, package=package, checkout=checkout)
    return session.scalars(query).one()


def _require_agreement(payment: Payment, checkout: CheckoutSession, *, livemode: bool) -> None:
    """What was paid is what was ordered: same sum, same currency, a payment, and real money only for a real key."""
    paid = (checkout.is_paid, checkout.mode, checkout.currency, checkout.amount_total, checkout.livemode)
    if paid != (True, "payment", payment.currency, payment.amount_cents, livemode):
        logger.error("payment_mismatch session=%s payment=%s", checkout.id, payment.id)
        raise PaymentMismatch


def _require_payer(session: Session, user_id: int, *, keep: bool = False) -> None:
    """The account is there; to `keep` it, it is locked: until the credits are committed it is not deleted.

    Always after the payment: whoever locks both does it in this order.
    """
    payer = select(User.id).where(User.id == user_id, User.is_deleted.is_(False))
    if user_id > MAX_ID or session.scalar(payer.with_for_update(key_share=True) if keep else payer) is None:
        raise UnknownPayer


def _merge(session: Session, reversal: Reversal) -> PaymentReversal:
    """Add what this message knows to what is known, and lock the row: a payment and its refund meet here."""
    states = list(DisputeState)
    earlier = states[: states.index(reversal.dispute_state)]
    refunded, dispute = PaymentReversal.amount_refunded_cents, PaymentReversal.dispute_state
    now = utc_now()
    known = insert_or_change(
        session,
        PaymentReversal,
        key="payment_intent",
        changes={
            "amount_refunded_cents": case(
                (refunded < reversal.amount_refunded_cents, reversal.amount_refunded_cents), else_=refunded
            ),
            "dispute_state": case((dispute.in_(earlier), reversal.dispute_state.value), else_=dispute),
            "updated_at": now,
        },
        payment_intent=reversal.payment_intent,
        amount_refunded_cents=reversal.amount_refunded_cents,
        dispute_state=reversal.dispute_state,
        updated_at=now,
    )
    if reversal.refund is not None:
        _remember(session, reversal.payment_intent, reversal.refund)
    return known


def _remember(session: Session, payment_intent: str, refund: Refund) -> None:
    """A refund that has failed stays failed, even when its beginning is heard of later."""
    insert_if_absent(
        session,
        PaymentRefund,
        refund_id=refund.id,
        payment_intent=payment_intent,
        amount_cents=refund.amount_cents,
        failed=refund.failed,
        created_at=utc_now(),
    )
    if refund.failed:
        session.execute(
            update(PaymentRefund).where(PaymentRefund.refund_id == refund.id).values(failed=True),
            execution_options={"synchronize_session": False},
        )


def _reverse(session: Session, payment: Payment, known: PaymentReversal, message: Reversal) -> str:
    """Move the credits between what has been taken back so far and what is due. The reversal's row is locked."""
    due = _credits_due_back(payment, known.dispute_state, _refunded_cents(session, known))
    taken = due - payment.credits_reversed
    if taken == 0:
        return "unchanged"
    session.execute(
        update(Payment).where(Payment.id == payment.id).values(credits_reversed=due),
        execution_options={"synchronize_session": False},
    )
    credit_service.post(
        session,
        payment.user_id,
        amount=-taken,
        kind=TransactionType.REFUND,
        description=_reason(known, message, taken),
        payment_id=payment.id,
    )
    return "reversed" if taken > 0 else "returned"


def _reason(known: PaymentReversal, message: Reversal, taken: float) -> str:
    """Why credits went or came back, as the person reads it."""
    if taken < 0:
        why = "Refund failed" if message.refund is not None else "Dispute settled"
        return f"{why}: {-taken:g} credits returned"
    why = "Payment disputed" if known.dispute_state in TAKES_EVERYTHING_BACK else "Payment refunded"
    return f"{why}: {taken:g} credits taken back"


def _refunded_cents(session: Session, known: PaymentReversal) -> int:
    """What has been refunded for good, as far as is known, in whatever order it was heard.

    Each refund by itself is exact, if all were heard of. The largest sum that a charge has shown counts as well, less
    the refunds that failed: those may have been part of it.
    """
    by_end = select(PaymentRefund.failed, func.sum(PaymentRefund.amount_cents)).where(
        PaymentRefund.payment_intent == known.payment_intent
    )
    sums = {failed: int(cents) for failed, cents in session.execute(by_end.group_by(PaymentRefund.failed))}
    return max(sums.get(False, 0), known.amount_refunded_cents - sums.get(True, 0))


def _credits_due_back(payment: Payment, dispute_state: str, refunded_cents: int) -> float:
    """All of them while a dispute is open or lost, else in proportion to the refund, rounded down to half a credit."""
    if dispute_state in TAKES_EVERYTHING_BACK or refunded_cents >= payment.amount_cents:
        return payment.credits
    return int(payment.credits * 2 * refunded_cents) // payment.amount_cents / 2


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
