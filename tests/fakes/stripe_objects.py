"""Stripe's objects as Stripe describes them: every required field, and those that the product or the CLI reads."""

import secrets
import time
from typing import Any

Json = dict[str, Any]

API_VERSION = "2026-10-28.endive"


def new_id(prefix: str) -> str:
    """An id that nothing else has."""
    return f"{prefix}_{secrets.token_hex(12)}"


def checkout_session(wanted: Json, *, amount: int, currency: str) -> Json:
    """An open session for these parameters."""
    session_id = new_id("cs_test")
    now = int(time.time())
    return {
        "id": session_id,
        "object": "checkout.session",
        "url": f"https://checkout.example/c/pay/{session_id}",
        "mode": wanted["mode"],
        "status": "open",
        "payment_status": "unpaid",
        "amount_total": amount,
        "currency": currency,
        "payment_intent": None,
        "livemode": False,
        "client_reference_id": wanted.get("client_reference_id"),
        "customer_email": wanted.get("customer_email"),
        "metadata": wanted.get("metadata") or {},
        "adaptive_pricing": {"enabled": (wanted.get("adaptive_pricing") or {}).get("enabled", "true") == "true"},
        "success_url": wanted.get("success_url"),
        "cancel_url": wanted.get("cancel_url"),
        "created": now,
        "expires_at": now + 24 * 3600,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "custom_fields": [],
        "custom_text": {
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        "payment_method_types": ["card"],
        "shipping_options": [],
    }


def charge(payment_intent: str, *, amount: int, currency: str, metadata: Json) -> Json:
    """A charge that succeeded."""
    return {
        "id": new_id("ch"),
        "object": "charge",
        "payment_intent": payment_intent,
        "amount": amount,
        "amount_captured": amount,
        "amount_refunded": 0,
        "billing_details": {"address": None, "email": None, "name": None, "phone": None, "tax_id": None},
        "captured": True,
        "created": int(time.time()),
        "currency": currency,
        "disputed": False,
        "livemode": False,
        "metadata": metadata,
        "paid": True,
        "refunded": False,
        "status": "succeeded",
    }


def refund(charge: Json, *, amount: int) -> Json:
    """A refund of some of this charge."""
    return {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "charge": charge["id"],
        "created": int(time.time()),
        "currency": charge["currency"],
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": None,
        "status": "succeeded",
    }


def dispute(charge: Json, *, status: str) -> Json:
    """The cardholder's objection to this charge."""
    return {
        "id": new_id("du"),
        "object": "dispute",
        "amount": charge["amount"],
        "balance_transactions": [],
        "charge": charge["id"],
        "created": int(time.time()),
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {
            **dict.fromkeys(EVIDENCE),
            "enhanced_evidence": {},
        },
        "evidence_details": {
            "due_by": None,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": True,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": "general",
        "status": status,
    }


EVIDENCE = ("customer_name", "product_description", "receipt", "uncategorized_text")


def payment_intent(wanted: Json) -> Json:
    """A payment that was made without a checkout session."""
    return {
        "id": new_id("pi"),
        "object": "payment_intent",
        "amount": int(wanted["amount"]),
        "created": int(time.time()),
        "currency": wanted["currency"],
        "livemode": False,
        "metadata": wanted.get("metadata") or {},
        "status": "succeeded",
    }


def product(wanted: Json) -> Json:
    """Something to be sold."""
    now = int(time.time())
    return {
        "id": new_id("prod"),
        "object": "product",
        "active": True,
        "created": now,
        "description": wanted.get("description"),
        "images": [],
        "livemode": False,
        "marketing_features": [],
        "metadata": {},
        "name": wanted["name"],
        "updated": now,
    }


def price(wanted: Json) -> Json:
    """What one of a product costs."""
    return {
        "id": new_id("price"),
        "object": "price",
        "active": True,
        "billing_scheme": "per_unit",
        "created": int(time.time()),
        "currency": wanted["currency"],
        "livemode": False,
        "metadata": {},
        "product": wanted["product"],
        "type": "one_time",
        "unit_amount": int(wanted["unit_amount"]),
    }


def payment_method() -> Json:
    """Somebody's card."""
    return {
        "id": new_id("pm"),
        "object": "payment_method",
        "billing_details": {"address": None, "email": None, "name": None, "phone": None, "tax_id": None},
        "created": int(time.time()),
        "livemode": False,
        "type": "card",
    }


def event(event_type: str, subject: Json) -> Json:
    """That something happened to this object, as it is now."""
    return {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": int(time.time()),
        "data": {"object": subject},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": event_type,
    }


def page(url: str, found: list[Json], *, more: bool) -> Json:
    """Some of a list."""
    return {"object": "list", "url": url, "has_more": more, "data": found}
