"""Buying credits, from the click to the credited payment: joins Stripe (async) with our books (transactions).

Holds no transaction while Stripe answers.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from config.database import Database, in_transaction
from models.payment import PaymentStatus
from services import payment_service
from services.credit_packages import get_package
from services.errors import SkillMapError
from services.payment_service import PaymentState
from services.stripe_gateway import CheckoutOrder, StripeGateway
from services.stripe_messages import CheckoutSession, Reversal

SETTLED = (PaymentStatus.PAID, PaymentStatus.FAILED, PaymentStatus.EXPIRED)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who is buying."""

    user_id: int
    email: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What came of comparing our books with one of Stripe's sessions, or with a refund or dispute of a payment."""

    subject: str
    outcome: str


async def start_checkout(
    database: Database,
    gateway: StripeGateway,
    buyer: Buyer,
    *,
    credits: int,
    idempotency_key: str | None,
) -> CheckoutSession:
    """Open a checkout session for a package and remember the order. Raises UnknownPackage."""
    package = get_package(credits)
    order = CheckoutOrder(
        user_id=buyer.user_id,
        email=buyer.email,
        credits=package.credits,
        price_cents=package.price_cents,
        idempotency_key=_stripe_key(buyer, idempotency_key),
    )
    checkout = await gateway.create_checkout_session(order)
    await in_transaction(
        database.sessions, payment_service.record_order, buyer.user_id, package=package, checkout=checkout
    )
    return checkout


async def refresh_payment(database: Database, gateway: StripeGateway, *, user_id: int, session_id: str) -> PaymentState:
    """The person's payment, after asking Stripe when ours is unsettled: credits arrive even when no webhook does."""
    state = await in_transaction(database.read_sessions, payment_service.read_state, user_id, session_id)
    if state.status in SETTLED:
        return state
    checkout = await gateway.read_checkout_session(session_id)
    await in_transaction(database.sessions, payment_service.apply, checkout, livemode=gateway.livemode)
    return await in_transaction(database.read_sessions, payment_service.read_state, user_id, session_id)


async def reconcile(
    database: Database, gateway: StripeGateway, *, since: datetime, apply: bool
) -> list[Reconciliation]:
    """Compare our books with every session, refund and dispute that Stripe has had since then.

    What no webhook told us is credited or taken back when `apply` says so, else only found.
    """
    at_stripe: list[CheckoutSession | Reversal] = [found async for found in gateway.list_checkout_sessions(since)]
    at_stripe += [found async for found in gateway.list_reversals(since)]
    outcomes = []
    for found in at_stripe:
        try:
            outcome = await in_transaction(
                database.sessions, payment_service.catch_up, found, livemode=gateway.livemode, keep=apply
            )
        except SkillMapError as refusal:
            outcome = refusal.code
        subject = found.id if isinstance(found, CheckoutSession) else found.payment_intent
        outcomes.append(Reconciliation(subject, outcome))
    return outcomes


def _stripe_key(buyer: Buyer, idempotency_key: str | None) -> str:
    """A retried click is the same order, a second click a new one; one person's key never meets another's."""
    if not idempotency_key:
        return f"checkout-{uuid.uuid4()}"
    return f"checkout-{buyer.user_id}-{hashlib.sha256(idempotency_key.encode()).hexdigest()}"
