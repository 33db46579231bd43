"""A stand-in for Stripe on loopback: keeps sessions, refuses what Stripe refuses, signs webhooks.

Requests are checked against the SDK's own description of them, so a parameter that Stripe does not know is a 400 here
as well.
"""

import asyncio
import hmac
import json
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import stripe.params.checkout._session_create_params as create_params
from pydantic import TypeAdapter, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from typing_extensions import is_typeddict

KEY = "sk_test_stand_in"
WEBHOOK_SECRET = "whsec_of_the_stand_in"
API_VERSION = "2026-10-28.endive"

Json = dict[str, Any]
Delivery = dict[str, Any]
"""The body and headers of a signed webhook, as keyword arguments of `client.post`."""


@dataclass
class Fault:
    """What the next requests get instead of an answer."""

    status: int = 500
    times: int = 1
    headers: dict[str, str] = field(default_factory=dict)
    hang: float = 0.0
    """Seconds before even that."""
    lose_answer: bool = False
    """Do the work first: the caller cannot know whether it was done."""


def _session_params() -> TypeAdapter[create_params.SessionCreateParams]:
    for kind in vars(create_params).values():
        if is_typeddict(kind):
            kind.__pydantic_config__ = {"extra": "forbid", "arbitrary_types_allowed": True}
    adapter = TypeAdapter(create_params.SessionCreateParams)
    adapter.rebuild(_types_namespace={**vars(create_params), "StripeContext": str, "Mapping": Mapping})
    return adapter


class StripeServer:
    """Stripe's state, what people do on its pages, and its API as `app`."""

    def __init__(self) -> None:
        self.sessions: dict[str, Json] = {}
        self.charges: dict[str, Json] = {}
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self._replies: dict[str, tuple[Json, int, Json]] = {}
        self._params = _session_params()
        self.app = Starlette(
            routes=[
                Route("/v1/checkout/sessions", self._create, methods=["POST"]),
                Route("/v1/checkout/sessions", self._list, methods=["GET"]),
                Route("/v1/checkout/sessions/{id}", self._read, methods=["GET"]),
            ]
        )

    # --- What people do ---

    def paid(self, session_id: str, **changes: object) -> Delivery:
        """Somebody pays by card; the webhook that follows. `changes` replace fields of the session in it."""
        return self._completed(session_id, "paid", changes)

    def awaiting_payment(self, session_id: str, **changes: object) -> Delivery:
        """Somebody chooses a bank transfer: completed, but not paid yet."""
        return self._completed(session_id, "unpaid", changes)

    def payment_arrived(self, session_id: str) -> Delivery:
        """The bank transfer arrives."""
        self.sessions[session_id]["payment_status"] = "paid"
        return self.event("checkout.session.async_payment_succeeded", self.sessions[session_id])

    def payment_failed(self, session_id: str) -> Delivery:
        """The bank transfer does not arrive."""
        return self.event("checkout.session.async_payment_failed", self.sessions[session_id])

    def expired(self, session_id: str) -> Delivery:
        """Nobody pays for a day."""
        self.sessions[session_id]["status"] = "expired"
        return self.event("checkout.session.expired", self.sessions[session_id])

    def refunded(self, session_id: str, cents: int) -> Delivery:
        """The operator refunds so much (more) in Stripe's dashboard."""
        charge = self._charge(session_id)
        charge["amount_refunded"] += cents
        return self.event("charge.refunded", charge)

    def disputed(self, session_id: str, status: str = "needs_response") -> Delivery:
        """The cardholder objects to the charge."""
        return self.event("charge.dispute.created", self._dispute(session_id, status))

    def dispute_closed(self, session_id: str, status: str) -> Delivery:
        """The bank decides: won, lost or warning_closed."""
        return self.event("charge.dispute.closed", self._dispute(session_id, status))

    def event(self, event_type: str, subject: Mapping[str, object], **envelope: object) -> Delivery:
        """Any event about any object, signed."""
        event = {
            "id": f"evt_{secrets.token_hex(8)}",
            "object": "event",
            "api_version": API_VERSION,
            "created": int(time.time()),
            "livemode": False,
            "type": event_type,
            "data": {"object": subject},
            **envelope,
        }
        return self.signed(json.dumps(event).encode())

    def signed(self, body: bytes, *, secret: str = WEBHOOK_SECRET, at: float | None = None) -> Delivery:
        """This body, signed as Stripe signs."""
        timestamp = int(at or time.time())
        signature = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, "sha256").hexdigest()
        header = f"t={timestamp},v1={signature}"
        return {"content": body, "headers": {"Stripe-Signature": header, "Content-Type": "application/json"}}

    def _completed(self, session_id: str, payment_status: str, changes: dict[str, object]) -> Delivery:
        session = self.sessions[session_id]
        session |= {"status": "complete", "payment_status": payment_status}
        if session["adaptive_pricing"]["enabled"]:
            session |= {"currency": "eur", "amount_total": session["amount_total"] * 9 // 10}
        session["payment_intent"] = session["payment_intent"] or f"pi_{secrets.token_hex(8)}"
        return self.event("checkout.session.completed", session | changes)

    def _charge(self, session_id: str) -> Json:
        session = self.sessions[session_id]
        new = {
            "id": f"ch_{secrets.token_hex(8)}",
            "object": "charge",
            "payment_intent": session["payment_intent"],
            "amount": session["amount_total"],
            "amount_refunded": 0,
            "currency": "usd",
            "metadata": session["metadata"],
        }
        return self.charges.setdefault(session_id, new)

    def _dispute(self, session_id: str, status: str) -> Json:
        session = self.sessions[session_id]
        intent, amount = session["payment_intent"], session["amount_total"]
        return {"id": "dp_1", "object": "dispute", "payment_intent": intent, "amount": amount, "status": status}

    # --- The API ---

    async def _create(self, request: Request) -> JSONResponse:
        params = _nested(parse_qsl((await request.body()).decode()))
        refusal = await self._refusal(request)
        if refusal is not None:
            return refusal
        answer = self._replay(request.headers.get("Idempotency-Key", ""), params)
        lost = self._next_fault(lose_answer=True)
        return answer if lost is None else _api_error(lost)

    def _replay(self, key: str, params: Json) -> JSONResponse:
        if key in self._replies:
            first, status, answer = self._replies[key]
            if first != params:
                return _error(400, "idempotency_error", "Keys for idempotent requests can only be used with the same")
            return JSONResponse(answer, status, headers={"Idempotent-Replayed": "true"})
        status, answer = self._open_session(params)
        if key:
            self._replies[key] = (params, status, answer)
        return JSONResponse(answer, status)

    def _open_session(self, params: Json) -> tuple[int, Json]:
        try:
            wanted = self._params.validate_python(params)
        except ValidationError as error:
            fault = error.errors()[0]
            name = ".".join(map(str, fault["loc"]))
            return 400, _error_body("invalid_request_error", f"Received unknown or invalid parameter: {name}", name)
        metadata = wanted.get("metadata") or {}
        if len(metadata) > 50 or any(len(key) > 40 or len(str(value)) > 500 for key, value in metadata.items()):
            return 400, _error_body("invalid_request_error", "Metadata is too large", "metadata")
        amount = sum(item["quantity"] * item["price_data"]["unit_amount"] for item in wanted["line_items"])
        session_id = f"cs_test_{secrets.token_hex(16)}"
        self.sessions[session_id] = {
            "id": session_id,
            "object": "checkout.session",
            "url": f"https://checkout.example/c/pay/{session_id}",
            "mode": wanted["mode"],
            "status": "open",
            "payment_status": "unpaid",
            "amount_total": amount,
            "currency": wanted["line_items"][0]["price_data"]["currency"],
            "payment_intent": None,
            "livemode": False,
            "client_reference_id": wanted.get("client_reference_id"),
            "customer_email": wanted.get("customer_email"),
            "metadata": metadata,
            "adaptive_pricing": wanted.get("adaptive_pricing") or {"enabled": True},
            "success_url": wanted["success_url"],
            "cancel_url": wanted["cancel_url"],
            "created": int(time.time()),
        }
        return 200, dict(self.sessions[session_id])

    async def _read(self, request: Request) -> JSONResponse:
        refusal = await self._refusal(request)
        if refusal is not None:
            return refusal
        session = self.sessions.get(request.path_params["id"])
        if session is None:
            return _error(404, "invalid_request_error", "No such checkout.session")
        return JSONResponse(session)

    async def _list(self, request: Request) -> JSONResponse:
        refusal = await self._refusal(request)
        if refusal is not None:
            return refusal
        since, size = int(request.query_params["created[gte]"]), int(request.query_params["limit"])
        found = [session for session in reversed(self.sessions.values()) if session["created"] >= since]
        after = request.query_params.get("starting_after")
        start = next((place + 1 for place, session in enumerate(found) if session["id"] == after), 0)
        page = found[start : start + size]
        if request.query_params.get("expand[0]") == "data.payment_intent.latest_charge":
            page = [self._expanded(session) for session in page]
        more = start + size < len(found)
        return JSONResponse({"object": "list", "url": request.url.path, "has_more": more, "data": page})

    def _expanded(self, session: Json) -> Json:
        intent = session["payment_intent"]
        return session | {"payment_intent": intent and {"id": intent, "latest_charge": self._charge(session["id"])}}

    async def _refusal(self, request: Request) -> JSONResponse | None:
        self.requests.append(request)
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return _error(401, "invalid_request_error", "Invalid API Key provided")
        fault = self._next_fault(lose_answer=False)
        if fault is None:
            return None
        await asyncio.sleep(fault.hang)
        return _api_error(fault)

    def _next_fault(self, *, lose_answer: bool) -> Fault | None:
        if not self.faults or self.faults[0].lose_answer != lose_answer:
            return None
        fault = self.faults[0]
        fault.times -= 1
        if fault.times == 0:
            self.faults.pop(0)
        return fault


def _api_error(fault: Fault) -> JSONResponse:
    return _error(fault.status, "api_error", "Something is wrong at Stripe", headers=fault.headers)


def _error_body(kind: str, message: str, param: str | None = None) -> Json:
    return {"error": {"type": kind, "message": message, "param": param}}


def _error(status: int, kind: str, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(_error_body(kind, message), status, headers={"Request-Id": "req_1", **(headers or {})})


def _nested(pairs: list[tuple[str, str]]) -> Json:
    """`a[0][b]=c` as {"a": [{"b": "c"}]}."""
    tree: Json = {}
    for name, value in pairs:
        *parents, last = re.findall(r"[^\[\]]+", name)
        branch = tree
        for parent in parents:
            branch = branch.setdefault(parent, {})
        branch[last] = value
    return {name: _lists(value) for name, value in tree.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _lists(child) for key, child in value.items()}
    return list(inner.values()) if inner and all(key.isdigit() for key in inner) else inner
