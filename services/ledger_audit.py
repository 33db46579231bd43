"""Does the ledger add up? Reads everything about money, changes nothing, and names each breach in a sentence."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.credit_transaction import CreditHold, CreditTransaction, HoldStatus, TransactionType
from models.payment import Payment, PaymentStatus
from models.user import User

_MOVED_BY_PAYMENTS = (TransactionType.PURCHASE, TransactionType.REFUND)


def find_breaches(session: Session) -> list[str]:
    """Every broken invariant of the ledger; an empty list when the books are in order."""
    return [
        *_wrong_balances(session),
        *_wrong_running_sums(session),
        *_wrong_holds(session),
        *_repeated(session, TransactionType.PURCHASE, CreditTransaction.stripe_session_id),
        *_repeated(session, TransactionType.TAILOR, CreditTransaction.run_id),
        *_unbooked_payments(session),
    ]


def _wrong_balances(session: Session) -> Iterator[str]:
    booked = func.coalesce(func.sum(CreditTransaction.amount), 0.0)
    query = (
        select(User.id, User.credits, booked.label("booked"))
        .outerjoin(CreditTransaction, CreditTransaction.user_id == User.id)
        .group_by(User.id, User.credits)
        .having(User.credits != booked)
        .order_by(User.id)
    )
    for row in session.execute(query):
        yield f"user {row.id}: the balance is {row.credits:g}, the ledger sums up to {row.booked:g}"


def _wrong_running_sums(session: Session) -> Iterator[str]:
    running = (
        select(
            CreditTransaction.id,
            CreditTransaction.balance_after,
            func.sum(CreditTransaction.amount)
            .over(partition_by=CreditTransaction.user_id, order_by=CreditTransaction.id)
            .label("running"),
        )
    ).subquery()
    for row in session.execute(select(running).where(running.c.balance_after != running.c.running)):
        yield f"transaction {row.id}: balance_after is {row.balance_after:g}, the rows so far sum up to {row.running:g}"


def _wrong_holds(session: Session) -> Iterator[str]:
    reserved = func.coalesce(func.sum(CreditHold.amount), 0.0)
    query = (
        select(User.id, User.held, reserved.label("reserved"))
        .outerjoin(CreditHold, (CreditHold.user_id == User.id) & (CreditHold.status == HoldStatus.OPEN))
        .group_by(User.id, User.held)
        .having(User.held != reserved)
        .order_by(User.id)
    )
    for row in session.execute(query):
        yield f"user {row.id}: {row.held:g} credits are held, the open holds sum up to {row.reserved:g}"


def _repeated(session: Session, kind: TransactionType, key: InstrumentedAttribute[Any]) -> Iterator[str]:
    query = (
        select(key, func.count())
        .where(CreditTransaction.transaction_type == kind)
        .group_by(key)
        .having((func.count() > 1) | key.is_(None))
    )
    for value, times in session.execute(query):
        yield f"{times} {kind} rows for {value or 'nothing'}"


def _unbooked_payments(session: Session) -> Iterator[str]:
    """A paid payment moved its credits less what was reversed; any other moved nothing."""
    booked = func.coalesce(func.sum(CreditTransaction.amount), 0.0)
    query = (
        select(Payment, booked.label("booked"))
        .outerjoin(
            CreditTransaction,
            (CreditTransaction.payment_id == Payment.id) & CreditTransaction.transaction_type.in_(_MOVED_BY_PAYMENTS),
        )
        .group_by(Payment.id)
        .order_by(Payment.id)
    )
    for payment, moved in session.execute(query):
        expected = payment.credits - payment.credits_reversed if payment.status == PaymentStatus.PAID else 0.0
        if moved != expected:
            yield f"payment {payment.id}: {expected:g} credits are due, the ledger moved {moved:g}"
