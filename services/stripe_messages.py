"""What Stripe's objects and events mean to us: from their fields to our types. Knows neither the SDK nor a database."""

from dataclasses import dataclass
from typing import Final

from models.payment import DisputeState, PaymentStatus
from schemas.stripe_schemas import ChargeObject, DisputeObject, EventBody, RefundObject, SessionObject

CHECKOUT_EVENTS: Final = {
    "checkout.session.completed": None,
    "checkout.session.async_payment_succeeded": None,
    "checkout.session.async_payment_failed": PaymentStatus.FAILED,
    "checkout.session.expired": PaymentStatus.EXPIRED,
}
"""Checkout events and the status that their type alone decides; for the others the session says whether it is paid."""
REFUND_EVENTS: Final = ("refund.created", "refund.updated", "refund.failed", "charge.refund.updated")
DISPUTE_EVENTS: Final = ("charge.dispute.created", "charge.dispute.closed")
FRUITLESS_REFUNDS: Final = ("failed", "canceled")
DISPUTES_IN_OUR_FAVOUR: Final = ("won", "warning_closed")


@dataclass(frozen=True, slots=True)
class CheckoutSession:
    """A checkout session as Stripe describes it; `outcome` is what it comes to."""

    id: str
    outcome: PaymentStatus
    url: str | None
    is_paid: bool
    mode: str
    amount_total: int | None
    currency: str | None
    payment_intent: str | None
    livemode: bool
    user_id: str
    credits: str


@dataclass(frozen=True, slots=True)
class Refund:
    """One refund of perhaps several; a failed one never reached the person, and never will."""

    id: str
    amount_cents: int
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Reversal:
    """What was refunded, in all or at once, and how far a dispute has got, as far as one message knows."""

    payment_intent: str
    amount_refunded_cents: int = 0
    dispute_state: DisputeState = DisputeState.NONE
    refund: Refund | None = None


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """A webhook that Stripe signed; without a subject it is none of our business."""

    id: str
    type: str
    subject: CheckoutSession | Reversal | None


def checkout_session(
    stripe_object: SessionObject, outcome: PaymentStatus | None = None, livemode: bool | None = None
) -> CheckoutSession:
    """Our view of a session; an event may know better than the session itself what it comes to."""
    metadata = stripe_object.metadata or {}
    return CheckoutSession(
        id=stripe_object.id,
        outcome=outcome or _outcome(stripe_object),
        url=stripe_object.url,
        is_paid=stripe_object.payment_status == "paid",
        mode=stripe_object.mode,
        amount_total=stripe_object.amount_total,
        currency=stripe_object.currency,
        payment_intent=stripe_object.payment_intent,
        livemode=stripe_object.livemode if livemode is None else livemode,
        user_id=str(metadata.get("user_id", "")),
        credits=str(metadata.get("credits", "")),
    )


def _outcome(stripe_object: SessionObject) -> PaymentStatus:
    if stripe_object.payment_status != "unpaid":
        return PaymentStatus.PAID
    by_status = {"open": PaymentStatus.OPEN, "expired": PaymentStatus.EXPIRED}
    return by_status.get(stripe_object.status or "", PaymentStatus.PENDING)


def subject(event: EventBody) -> CheckoutSession | Reversal | None:
    """What the event is about, in our words; None for a type that we don't act upon."""
    payload = event.data.object
    if event.type in CHECKOUT_EVENTS:
        session = SessionObject.model_validate(payload)
        outcome = CHECKOUT_EVENTS[event.type]
        if outcome is None and session.payment_status == "unpaid":
            outcome = PaymentStatus.PENDING
        return checkout_session(session, outcome, event.livemode)
    if event.type == "charge.refunded":
        charge = ChargeObject.model_validate(payload)
        return Reversal(charge.payment_intent, charge.amount_refunded) if charge.payment_intent else None
    if event.type in REFUND_EVENTS:
        return refund_of(RefundObject.model_validate(payload))
    if event.type in DISPUTE_EVENTS:
        return dispute_of(DisputeObject.model_validate(payload))
    return None


def refund_of(stripe_object: RefundObject) -> Reversal | None:
    """What one refund takes back, or no longer does; None when it is not of a payment of ours."""
    if stripe_object.payment_intent is None:
        return None
    refund = Refund(stripe_object.id, stripe_object.amount, failed=stripe_object.status in FRUITLESS_REFUNDS)
    return Reversal(stripe_object.payment_intent, refund=refund)


def dispute_of(stripe_object: DisputeObject) -> Reversal | None:
    """What a dispute comes to by now; None for a mere inquiry."""
    status = stripe_object.status
    if stripe_object.payment_intent is None:
        return None
    if status in DISPUTES_IN_OUR_FAVOUR:
        return Reversal(stripe_object.payment_intent, dispute_state=DisputeState.WON)
    if status.startswith("warning_"):
        return None
    state = DisputeState.LOST if status == "lost" else DisputeState.OPEN
    return Reversal(stripe_object.payment_intent, dispute_state=state)
