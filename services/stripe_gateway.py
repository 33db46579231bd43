"""Stripe, wrapped: creates and reads checkout sessions, checks webhooks. Our types out, our errors raised.

Knows no database and no prices; `payment_service` decides what a session or an event means.
"""

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from config.settings import Settings
from schemas.stripe_schemas import DisputeObject, EventBody, RefundObject, SessionObject
from services.errors import (
    IdempotencyKeyReused,
    InvalidWebhook,
    PaymentsNotConfigured,
    PaymentsRejected,
    PaymentsUnavailable,
    SkillMapError,
)
from services.stripe_messages import (
    CheckoutSession,
    Reversal,
    WebhookEvent,
    checkout_session,
    dispute_of,
    refund_of,
    subject,
)

if TYPE_CHECKING:  # stripe takes half a second to import; a server without payments never needs it
    import stripe

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10.0
MAX_RETRIES = 2
RETRY_AFTER_SECONDS = 5
PAGE_SIZE = 100
SIGNATURE_TOLERANCE_SECONDS = 300
LIVE_KEYS = ("sk_live_", "rk_live_")


@dataclass(frozen=True, slots=True)
class CheckoutOrder:
    """What a checkout session is created for."""

    user_id: int
    email: str
    credits: int
    price_cents: int
    idempotency_key: str


class StripeGateway:
    """One client for the whole process; without a key it exists all the same and says so when it is needed."""

    def __init__(self, settings: Settings, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        """Connects to nothing. `timeout_seconds` are what Stripe gets for an answer, each time that it is asked."""
        self._timeout_seconds = timeout_seconds
        self._key = settings.STRIPE_SECRET_KEY.get_secret_value().strip()
        self._api_base = settings.STRIPE_API_BASE.rstrip("/")
        self._return_url = f"{settings.FRONTEND_URL.rstrip('/')}/profile?payment="
        secrets = settings.STRIPE_WEBHOOK_SECRET.get_secret_value().split(",")
        self._webhook_secrets = [secret.strip() for secret in secrets if secret.strip()]

    @property
    def livemode(self) -> bool:
        """True when real money moves."""
        return self._key.startswith(LIVE_KEYS)

    @cached_property
    def _http(self) -> "stripe.HTTPXClient":
        import stripe

        return stripe.HTTPXClient(timeout=self._timeout_seconds)

    @cached_property
    def _client(self) -> "stripe.StripeClient":
        import stripe

        if not self._key:
            raise PaymentsNotConfigured("Payments are not set up on this server: STRIPE_SECRET_KEY is empty.")
        return stripe.StripeClient(
            self._key,
            base_addresses={"api": self._api_base or stripe.DEFAULT_API_BASE},
            max_network_retries=MAX_RETRIES,
            http_client=self._http,
        )

    def load(self) -> None:
        """Load what the first webhook or order would have to wait for, if there are going to be any."""
        if self._key or self._webhook_secrets:
            import stripe  # noqa: F401 # half a second

    async def close(self) -> None:
        """Close the connections, if there were any."""
        if "_http" in self.__dict__:
            await self._http.close_async()  # type: ignore[no-untyped-call] # the SDK's own gap

    async def create_checkout_session(self, order: CheckoutOrder) -> CheckoutSession:
        """Open a checkout session at Stripe. The same idempotency key gets the same session again."""
        import stripe

        sessions = self._client.v1.checkout.sessions
        try:
            created = await sessions.create_async(
                self._session_params(order), {"idempotency_key": order.idempotency_key}
            )
        except stripe.StripeError as error:
            raise _our_error(error) from None  # Stripe's own message may quote an e-mail address
        return checkout_session(SessionObject.model_validate(created.to_dict()))

    async def read_checkout_session(self, session_id: str) -> CheckoutSession:
        """The session as Stripe knows it now."""
        import stripe

        try:
            found = await self._client.v1.checkout.sessions.retrieve_async(session_id)
        except stripe.StripeError as error:
            raise _our_error(error) from None
        return checkout_session(SessionObject.model_validate(found.to_dict()))

    async def list_checkout_sessions(self, since: datetime) -> AsyncIterator[CheckoutSession]:
        """Every session created since then, newest first."""
        import stripe

        try:
            page = await self._client.v1.checkout.sessions.list_async(
                {"created": {"gte": int(since.timestamp())}, "limit": PAGE_SIZE}
            )
            async for found in page.auto_paging_iter():
                yield checkout_session(SessionObject.model_validate(found.to_dict()))
        except stripe.StripeError as error:
            raise _our_error(error) from None

    async def list_reversals(self, since: datetime) -> AsyncIterator[Reversal]:
        """Every refund and every dispute created since then, as it stands now."""
        import stripe

        try:
            refunds = await self._client.v1.refunds.list_async(
                {"created": {"gte": int(since.timestamp())}, "limit": PAGE_SIZE}
            )
            async for refund in refunds.auto_paging_iter():
                if reversal := refund_of(RefundObject.model_validate(refund.to_dict())):
                    yield reversal
            disputes = await self._client.v1.disputes.list_async(
                {"created": {"gte": int(since.timestamp())}, "limit": PAGE_SIZE}
            )
            async for dispute in disputes.auto_paging_iter():
                if reversal := dispute_of(DisputeObject.model_validate(dispute.to_dict())):
                    yield reversal
        except stripe.StripeError as error:
            raise _our_error(error) from None

    def read_webhook(self, body: bytes, signature: str | None) -> WebhookEvent:
        """The event, once signature and shape are checked; whatever is wrong, InvalidWebhook says no more."""
        if not self._webhook_secrets:
            raise PaymentsNotConfigured("Webhooks are not set up on this server: STRIPE_WEBHOOK_SECRET is empty.")
        try:
            text = body.decode("utf-8")
            self._require_signature(text, signature or "")
            envelope = EventBody.model_validate(json.loads(text, parse_constant=_refuse_constant))
            return WebhookEvent(envelope.id, envelope.type, subject(envelope))
        except (ValueError, RecursionError) as error:  # undecodable, not JSON, not the shape, or nested without end
            raise InvalidWebhook from error

    def _require_signature(self, text: str, header: str) -> None:
        """Any of the secrets will do: while one is being rolled, two are valid. Raises ValueError."""
        import stripe

        if not header.isascii():  # the SDK's comparison raises TypeError
            raise ValueError("signature is not ASCII")
        for secret in self._webhook_secrets:
            try:
                stripe.WebhookSignature.verify_header(text, header, secret, SIGNATURE_TOLERANCE_SECONDS)
            except stripe.SignatureVerificationError:
                continue
            return
        raise ValueError("signed by nobody we know")

    def _session_params(self, order: CheckoutOrder) -> "stripe.params.checkout.SessionCreateParams":
        metadata = {"user_id": str(order.user_id), "credits": str(order.credits), "email": order.email}
        return {
            "mode": "payment",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "usd",
                        "unit_amount": order.price_cents,
                        "product_data": {"name": f"{order.credits} SkillMap credits"},
                    },
                }
            ],
            "adaptive_pricing": {"enabled": False},  # or Stripe charges other currencies than the one we check
            "client_reference_id": str(order.user_id),
            "customer_email": order.email,
            "metadata": metadata,
            "payment_intent_data": {"metadata": metadata},
            "success_url": self._return_url + "success",
            "cancel_url": self._return_url + "cancelled",
        }


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _our_error(error: "stripe.StripeError") -> SkillMapError:
    """Is it worth trying again, was the key used before, or is something wrong with us?"""
    import stripe

    logger.warning(
        "stripe_refused type=%s status=%s code=%s param=%s request_id=%s",
        type(error).__name__,
        error.http_status,
        error.code,
        getattr(error, "param", None),
        error.request_id,
    )
    if isinstance(error, stripe.IdempotencyError):
        return IdempotencyKeyReused()
    if isinstance(error, stripe.APIConnectionError | stripe.RateLimitError) or (error.http_status or 0) >= 500:
        return PaymentsUnavailable(retry_after=RETRY_AFTER_SECONDS)
    return PaymentsRejected()
