"""Payments: what was bought, whether it was paid, and what of it was taken back. Never talks to Stripe itself.

Whatever Stripe says, in any order, any number of times, at once: the end is the same. Whoever changes payments takes
turns, and asks what there is left to do.

What every paid webhook executes is built once: building it anew costs more than the database needs to run it.
"""

import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeGuard

from sqlalchemy import ColumnElement, SQLColumnExpression, bindparam, case, func, select, update
from sqlalchemy.orm import Session

from models.base import utc_now
from models.credit_transaction import TransactionType
from models.payment import DisputeState, Payment, PaymentRefund, PaymentReversal, PaymentStatus
from models.user import User
from services import credit_service, stripe_event_log
from services.credit_packages import CreditPackage, find_package
from services.credit_service import Posting
from services.errors import InvalidPaymentMetadata, NotFound, PaymentMismatch, UnknownPayer
from services.stripe_messages import CheckoutSession, Refund, Reversal, WebhookEvent
from services.upsert import Excluded, Upsert, insert_if_absent

logger = logging.getLogger(__name__)

MAX_ID = 2**31 - 1
UNFINISHED: Final = (PaymentStatus.OPEN, PaymentStatus.PENDING)
TAKES_EVERYTHING_BACK: Final = (DisputeState.OPEN, DisputeState.LOST)
_TAKE_TURN: Final = select(func.pg_advisory_xact_lock(7_263_541))  # any number that nobody else locks


def _rank(state: SQLColumnExpression[str]) -> ColumnElement[int]:
    return case({known.value: place for place, known in enumerate(DisputeState)}, value=state)


def _what_is_known(new: Excluded) -> dict[str, object]:
    """The largest sum and the latest state of a dispute that any message told of."""
    refunded, dispute = PaymentReversal.amount_refunded_cents, PaymentReversal.dispute_state
    return {
        "amount_refunded_cents": case(
            (refunded < new.amount_refunded_cents, new.amount_refunded_cents), else_=refunded
        ),
        "dispute_state": case((_rank(dispute) < _rank(new.dispute_state), new.dispute_state), else_=dispute),
        "updated_at": new.updated_at,
    }


_ORDER = (
    Payment.id,
    Payment.user_id,
    Payment.session_id,
    Payment.credits,
    Payment.amount_cents,
    Payment.currency,
    Payment.credits_reversed,
)
# On PostgreSQL the people are not deleted until they are credited.
_FIND_SALES = (
    select(*_ORDER, User.is_deleted)
    .join(User, User.id == Payment.user_id)
    .where(Payment.session_id.in_(bindparam("of_sessions", expanding=True)))
    .with_for_update(key_share=True, of=User)
)
# A payment has its intent from the moment it is paid.
_FIND_PAID = select(*_ORDER).where(Payment.payment_intent == bindparam("of_intent"))
_MARK_PAID = (
    update(Payment)
    .where(Payment.id.in_(bindparam("of_payments", expanding=True)), Payment.status != PaymentStatus.PAID)
    .values(status=PaymentStatus.PAID)
    .returning(Payment.id)
)
_SET_INTENT = update(Payment).where(Payment.id == bindparam("of_payment")).values(payment_intent=bindparam("by_intent"))
_MERGE = Upsert(PaymentReversal, key="payment_intent", changes=_what_is_known)
_FIND_KNOWN = select(
    PaymentReversal.payment_intent, PaymentReversal.amount_refunded_cents, PaymentReversal.dispute_state
).where(PaymentReversal.payment_intent.in_(bindparam("of_intents", expanding=True)))
_SUM_REFUNDS = (
    select(PaymentRefund.failed, func.sum(PaymentRefund.amount_cents))
    .where(PaymentRefund.payment_intent == bindparam("of_intent"))
    .group_by(PaymentRefund.failed)
)


@dataclass(frozen=True, slots=True)
class _Order:
    """What was sold to whom, as our own row has it."""

    id: int
    user_id: int
    session_id: str
    credits: float
    amount_cents: int
    currency: str
    credits_reversed: float
    payer_is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """What Stripe has told us of a payment's refunds and disputes, in all."""

    payment_intent: str
    amount_refunded_cents: int
    dispute_state: str


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


def receive_events(session: Session, events: Sequence[WebhookEvent], *, livemode: bool) -> list[str]:
    """Store these events and do what they ask for; says of each what it changed.

    Raises the first refusal: the transaction must not be committed then, and none of the events has done anything.
    """
    _take_turn(session)
    resolved = stripe_event_log.find_resolved(session, events)
    subjects = [event.subject for event in events if event.id not in resolved]
    changes = iter(_apply_all(session, subjects, livemode=livemode))
    outcomes = ["resolved" if event.id in resolved else next(changes) for event in events]
    stripe_event_log.store(session, zip(events, outcomes, strict=True))
    return outcomes


def apply(session: Session, message: CheckoutSession | Reversal, *, livemode: bool) -> str:
    """Bring the payment to where this session, refund or dispute says; returns what that changed.

    Raises what makes a payment unacceptable.
    """
    _take_turn(session)
    [outcome] = _apply_all(session, [message], livemode=livemode)
    return outcome


def catch_up(session: Session, found: CheckoutSession | Reversal, *, livemode: bool, keep: bool) -> str:
    """What this session, refund or dispute that was found at Stripe changes; only when told to `keep` it stays so."""
    outcome = ""
    with suppress(_OnlyLooked), session.begin_nested():
        outcome = apply(session, found, livemode=livemode)
        if not keep:
            raise _OnlyLooked
    return outcome


class _OnlyLooked(Exception):
    """Undoes a savepoint whose outcome was only to be seen."""


def _take_turn(session: Session) -> None:
    """Wait until nobody else changes payments, as every writer does on SQLite.

    Without it, two transactions that each apply many messages could wait for each other's rows.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(_TAKE_TURN)


def _apply_all(session: Session, subjects: Sequence[CheckoutSession | Reversal | None], *, livemode: bool) -> list[str]:
    """Do what these ask for; says of each what it changed. The paid sessions come first, all together."""
    paid = [subject for subject in subjects if _is_paid(subject)]
    fulfilled = iter(_fulfil(session, paid, livemode=livemode) if paid else ())
    return [next(fulfilled) if _is_paid(subject) else _apply_other(session, subject) for subject in subjects]


def _is_paid(subject: CheckoutSession | Reversal | None) -> TypeGuard[CheckoutSession]:
    return isinstance(subject, CheckoutSession) and subject.outcome == PaymentStatus.PAID


def _apply_other(session: Session, subject: CheckoutSession | Reversal | None) -> str:
    if subject is None:
        return "ignored"
    if isinstance(subject, Reversal):
        return _apply_reversal(session, subject)
    overridden = (PaymentStatus.OPEN,) if subject.outcome == PaymentStatus.PENDING else UNFINISHED
    session.connection().execute(
        update(Payment)
        .where(Payment.session_id == subject.id, Payment.status.in_(overridden))
        .values(status=subject.outcome)
    )
    return subject.outcome


def _apply_reversal(session: Session, reversal: Reversal) -> str:
    """Take back, or give back, what the refunds and disputes known by now come to."""
    known = _merge(session, reversal)
    found = session.connection().execute(_FIND_PAID, {"of_intent": reversal.payment_intent}).one_or_none()
    if found is None:
        return "remembered"  # the refund overtook the payment; it is looked up when that arrives
    return _reverse(session, _Order(*found), known, reversal)


def _fulfil(session: Session, checkouts: Sequence[CheckoutSession], *, livemode: bool) -> list[str]:
    """Credit each of these paid sessions once, less what was taken back already; says what each of them changed."""
    orders = _find_orders(session, checkouts)
    for checkout in checkouts:
        if checkout.id not in orders:
            orders |= _order_from_metadata(session, checkout)
        _require_agreement(orders[checkout.id], checkout, livemode=livemode)
    intents = {orders[checkout.id]: checkout.payment_intent for checkout in checkouts}
    paid = _mark_paid(session, intents)
    credit_service.post(session, *map(_purchase, paid))
    known = _find_known(session, [intent for order in paid if (intent := intents[order]) is not None])
    for order in paid:
        if (told := known.get(intents[order] or "")) is not None:
            _reverse(session, order, told, Reversal(told.payment_intent))
    credited = {order.session_id for order in paid}
    outcomes = []
    for checkout in checkouts:
        outcomes.append("credited" if checkout.id in credited else "duplicate")
        credited.discard(checkout.id)  # told twice at once, it has been credited once
    return outcomes


def _find_orders(session: Session, checkouts: Sequence[CheckoutSession]) -> dict[str, _Order]:
    """Our own rows of these sessions, by the sessions' ids, as far as there are any."""
    about = {"of_sessions": [checkout.id for checkout in checkouts]}
    orders = [_Order(*row) for row in session.connection().execute(_FIND_SALES, about)]
    return {order.session_id: order for order in orders}


def _order_from_metadata(session: Session, checkout: CheckoutSession) -> dict[str, _Order]:
    """Our own row of this session, written late (we stopped before): from what the session's metadata says."""
    user_id, credits = _whole_number(checkout.user_id), _whole_number(checkout.credits)
    if user_id is None or credits is None:
        raise InvalidPaymentMetadata
    _require_payer(session, user_id)
    package = find_package(credits)
    if package is None:
        raise PaymentMismatch
    record_order(session, user_id, package=package, checkout=checkout)
    return _find_orders(session, [checkout])


def _mark_paid(session: Session, intents: Mapping[_Order, str | None]) -> list[_Order]:
    """Those of these orders that nobody has marked as paid before: they are to be credited now. Raises UnknownPayer."""
    ids = {"of_payments": [order.id for order in intents]}
    marked = set(session.connection().execute(_MARK_PAID, ids).scalars())
    paid = [order for order in intents if order.id in marked]
    if paid:
        rows = [{"of_payment": order.id, "by_intent": intents[order]} for order in paid]
        session.connection().execute(_SET_INTENT, rows)
    if any(order.payer_is_deleted for order in paid):
        raise UnknownPayer
    return paid


def _purchase(order: _Order) -> Posting:
    return Posting(
        order.user_id,
        order.credits,
        TransactionType.PURCHASE,
        f"Bought {order.credits:g} credits for ${order.amount_cents / 100:.2f}",
        payment_id=order.id,
        stripe_session_id=order.session_id,
    )


def _require_agreement(order: _Order, checkout: CheckoutSession, *, livemode: bool) -> None:
    """What was paid is what was ordered: same sum, same currency, a payment, and real money only for a real key."""
    paid = (checkout.is_paid, checkout.mode, checkout.currency, checkout.amount_total, checkout.livemode)
    if paid != (True, "payment", order.currency, order.amount_cents, livemode):
        logger.error("payment_mismatch session=%s payment=%s", checkout.id, order.id)
        raise PaymentMismatch


def _require_payer(session: Session, user_id: int) -> None:
    """Raises UnknownPayer for nobody's id; whether the person has gone is asked where they are credited."""
    if user_id > MAX_ID or session.scalar(select(User.id).where(User.id == user_id)) is None:
        raise UnknownPayer


def _merge(session: Session, reversal: Reversal) -> _Known:
    """Add what this message knows to what is known of its payment."""
    _MERGE(
        session,
        {
            "payment_intent": reversal.payment_intent,
            "amount_refunded_cents": reversal.amount_refunded_cents,
            "dispute_state": reversal.dispute_state,
            "updated_at": utc_now(),
        },
    )
    if reversal.refund is not None:
        _remember(session, reversal.payment_intent, reversal.refund)
    return _find_known(session, [reversal.payment_intent])[reversal.payment_intent]


def _find_known(session: Session, payment_intents: Sequence[str]) -> dict[str, _Known]:
    """What is known of these payments, by their intents, as far as Stripe has told us anything."""
    if not payment_intents:
        return {}
    rows = session.connection().execute(_FIND_KNOWN, {"of_intents": payment_intents})
    return {known.payment_intent: known for known in (_Known(*row) for row in rows)}


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


def _reverse(session: Session, payment: _Order, known: _Known, message: Reversal) -> str:
    """Move the credits between what has been taken back so far and what is due."""
    refunded_cents = _refunded_cents(session, known)
    due = _credits_due_back(payment, known.dispute_state, refunded_cents)
    taken = due - payment.credits_reversed
    if taken == 0:
        return "unchanged"
    session.connection().execute(update(Payment).where(Payment.id == payment.id).values(credits_reversed=due))
    why = _reason(known, message, taken)
    credit_service.post(session, Posting(payment.user_id, -taken, TransactionType.REFUND, why, payment_id=payment.id))
    return "reversed" if taken > 0 else "returned"


def _reason(known: _Known, message: Reversal, taken: float) -> str:
    """Why credits went or came back, as the person reads it."""
    if taken < 0:
        why = "Refund failed" if message.refund is not None else "Dispute settled"
        return f"{why}: {-taken:g} credits returned"
    why = "Payment disputed" if known.dispute_state in TAKES_EVERYTHING_BACK else "Payment refunded"
    return f"{why}: {taken:g} credits taken back"


def _refunded_cents(session: Session, known: _Known) -> int:
    """What has been refunded for good, as far as is known, in whatever order it was heard.

    Each refund by itself is exact, if all were heard of. The largest sum that a charge has shown counts as well, less
    the refunds that failed: those may have been part of it.
    """
    rows = session.connection().execute(_SUM_REFUNDS, {"of_intent": known.payment_intent})
    sums = {failed: int(cents) for failed, cents in rows}
    return max(sums.get(False, 0), known.amount_refunded_cents - sums.get(True, 0))


def _credits_due_back(payment: _Order, dispute_state: str, refunded_cents: int) -> float:
    """All of them while a dispute is open or lost, else in proportion to the refund, rounded down to half a credit."""
    if dispute_state in TAKES_EVERYTHING_BACK or refunded_cents >= payment.amount_cents:
        return payment.credits
    return int(payment.credits * 2 * refunded_cents) // payment.amount_cents / 2


def _whole_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
