"""The few fields of Stripe's objects that we read, checked before anything believes them.

Webhook bodies follow the API version of the endpoint, not that of the SDK, so nothing else is relied upon.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

MAX_CENTS = 2**31 - 1

# Ids are printable ASCII; a NUL or a lone surrogate could not even be stored.
StripeId = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,255}$")]
Cents = Annotated[int, Field(strict=True, ge=0, le=MAX_CENTS)]


class ChargeObject(BaseModel):
    """A charge, of which something may have been refunded."""

    payment_intent: StripeId | None = None
    amount_refunded: Cents


class SessionObject(BaseModel):
    """A checkout session."""

    id: StripeId
    url: str | None = None
    mode: str = "payment"
    status: Literal["open", "complete", "expired"] | None = None
    payment_status: Literal["paid", "unpaid", "no_payment_required"]
    amount_total: Cents | None = None
    currency: str | None = None
    payment_intent: StripeId | None = None
    livemode: bool = False
    metadata: dict[str, Any] | None = None


class RefundObject(BaseModel):
    """One refund of a charge."""

    id: StripeId
    payment_intent: StripeId | None = None
    amount: Cents
    status: str | None = None


class DisputeObject(BaseModel):
    """A cardholder's objection to a charge."""

    payment_intent: StripeId | None = None
    status: str


class EventBody(BaseModel):
    """The envelope of a webhook event."""

    class Data(BaseModel):
        """What happened to which object, as it is now."""

        object: dict[str, Any]

    id: StripeId
    type: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.]{1,100}$")]
    livemode: bool = False
    data: Data
