"""What Stripe's objects and events mean to us: from their fields to our types. Knows neither the SDK nor a database."""

from dataclasses import dataclass
from typing import Final

from models.payment import DisputeState, PaymentStatus
from schemas.stripe_schemas import ChargeObject, DisputeObject, EventBody, IntentObject, RefundObject, SessionObject

CHECKOUT_EVENTS: Final = {
    "checkout.session.completed": None,
    "checkout.session.async_payment_succeeded": None,
    "checkout.session.async_payment_failed": PaymentStatus.FAILED,
    "checkout.session.expired": PaymentStatus.EXPIRED,
}
"""Checkout events and the status that their type alone decides; for the others the session says whether it is paid."""
REFUND_EVENTS: Final = ("refund.created", "refund.updated", "charge.refund.updated")
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
    amount_refunded_cents: int = 0


@dataclass(frozen=True, slots=True)
class Reversal:
    """What was refunded in all, and how far a dispute has got, as far as one message knows."""

    payment_intent: str
    amount_refunded_cents: int = 0
    dispute_state: DisputeState = DisputeState.NONE


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
    intent = stripe_object.payment_intent
    charge = intent.latest_charge if isinstance(intent, IntentObject) else None
    return CheckoutSession(
        id=stripe_object.id,
        outcome=outcome or _outcome(stripe_object),
        url=stripe_object.url,
        is_paid=stripe_object.payment_status == "paid",
        mode=stripe_object.mode,
        amount_total=stripe_object.amount_total,
        currency=stripe_object.currency,
        payment_intent=intent.id if isinstance(intent, IntentObject) else intent,
        livemode=stripe_object.livemode if livemode is None else livemode,
        user_id=str(metadata.get("user_id", "")),
        credits=str(metadata.get("credits", "")),
        amount_refunded_cents=charge.amount_refunded if charge else 0,
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
        return _reversal(charge.payment_intent, refunded=charge.amount_refunded)
    if event.type in REFUND_EVENTS:
        # One refund of perhaps several: what was refunded in all is at least this much.
        refund = RefundObject.model_validate(payload)
        return _reversal(refund.payment_intent, refunded=0 if refund.status in FRUITLESS_REFUNDS else refund.amount)
    if event.type in ("charge.dispute.created", "charge.dispute.closed"):
        dispute = DisputeObject.model_validate(payload)
        return _reversal(dispute.payment_intent, dispute=_dispute_state(event.type, dispute.status))
    return None


def _dispute_state(event_type: str, status: str) -> DisputeState:
    if event_type == "charge.dispute.closed":
        return DisputeState.WON if status in DISPUTES_IN_OUR_FAVOUR else DisputeState.LOST
    return DisputeState.NONE if status.startswith("warning_") else DisputeState.OPEN


def _reversal(
    payment_intent: str | None, *, refunded: int = 0, dispute: DisputeState = DisputeState.NONE
) -> Reversal | None:
    if payment_intent is None or (refunded == 0 and dispute == DisputeState.NONE):
        return None
    return Reversal(payment_intent, refunded, dispute)
