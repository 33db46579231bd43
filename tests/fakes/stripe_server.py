"""A stand-in for Stripe on loopback: keeps sessions and charges, refuses what Stripe refuses, signs webhooks.

Whatever it is asked, answers or sends is checked against Stripe's published description of its API: a parameter that
Stripe does not know is a 400 here as well, and an object that Stripe would not send is a fault of the stand-in.
"""

import asyncio
import copy
import hmac
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from tests.fakes import stripe_objects
from tests.fakes.stripe_description import stripe_description

KEY = "sk_test_stand_in"
WEBHOOK_SECRET = "whsec_of_the_stand_in"

Json = dict[str, Any]
Delivery = dict[str, Any]
"""The body and headers of a signed webhook, as keyword arguments of `client.post`."""
Answer = Callable[[Json, Request], Json]
"""What a route does: parameters in, object out."""


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


class Refused(Exception):
    """Stripe answers with an error."""

    def __init__(self, status: int, message: str, kind: str = "invalid_request_error") -> None:
        super().__init__(message)
        self.status, self.body = status, {"error": {"type": kind, "message": message, "param": None}}


class StripeServer:
    """Stripe's state, what people do on its pages, and its API as `app`."""

    def __init__(self) -> None:
        self.sessions: dict[str, Json] = {}
        self.charges: dict[str, Json] = {}
        self.refunds: dict[str, Json] = {}
        self.disputes: dict[str, Json] = {}
        self.events: dict[str, Delivery] = {}
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self._replies: dict[str, tuple[Json, Json]] = {}
        self.app = Starlette(routes=self._routes())

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
        """The operator refunds so much (more) in Stripe's dashboard: what is heard of the charge."""
        charge = self.charge_of(session_id)
        self.refund(charge, cents)
        return self.event("charge.refunded", charge)

    def refund_created(self, session_id: str, cents: int) -> Delivery:
        """The same: what is heard of the refund."""
        return self.event("refund.created", self.refund(self.charge_of(session_id), cents))

    def refund_failed(self, session_id: str) -> Delivery:
        """The latest refund of this session comes back from the person's bank."""
        charge = self.charge_of(session_id)
        refund = [each for each in self.refunds.values() if each["charge"] == charge["id"]][-1]
        refund["status"] = "failed"
        charge["amount_refunded"] -= refund["amount"]
        return self.event("refund.failed", refund)

    def disputed(self, session_id: str, status: str = "needs_response") -> Delivery:
        """The cardholder objects to the charge."""
        return self.event("charge.dispute.created", self._dispute(session_id, status))

    def dispute_closed(self, session_id: str, status: str) -> Delivery:
        """The bank decides: won, lost or warning_closed."""
        return self.event("charge.dispute.closed", self._dispute(session_id, status))

    def event(self, event_type: str, subject: Mapping[str, object], **envelope: object) -> Delivery:
        """Any event about any object, signed."""
        event = stripe_objects.event(event_type, copy.deepcopy(dict(subject))) | envelope
        faults = stripe_description().object_faults(event) + stripe_description().object_faults(event["data"]["object"])
        assert faults == [], f"Stripe sends no such {event_type}"
        delivery = self.signed(json.dumps(event).encode())
        self.events[event["id"]] = delivery
        return delivery

    def signed(self, body: bytes, *, secret: str = WEBHOOK_SECRET, at: float | None = None) -> Delivery:
        """This body, signed as Stripe signs."""
        timestamp = int(at or time.time())
        signature = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, "sha256").hexdigest()
        header = f"t={timestamp},v1={signature}"
        return {"content": body, "headers": {"Stripe-Signature": header, "Content-Type": "application/json"}}

    def refund(self, charge: Json, cents: int) -> Json:
        """A new refund of this charge."""
        if cents > charge["amount"] - charge["amount_refunded"]:
            raise Refused(400, "Refund amount is greater than unrefunded amount on charge")
        refund = stripe_objects.refund(charge, amount=cents)
        self.refunds[refund["id"]] = refund
        charge["amount_refunded"] += cents
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        return refund

    def charge_of(self, session_id: str) -> Json:
        """The charge by which this session was paid."""
        session = self.sessions[session_id]
        intent = session["payment_intent"]
        if intent not in self.charges:
            self.charges[intent] = stripe_objects.charge(
                intent, amount=session["amount_total"], currency=session["currency"], metadata=session["metadata"]
            )
        return self.charges[intent]

    def _completed(self, session_id: str, payment_status: str, changes: dict[str, object]) -> Delivery:
        session = self.sessions[session_id]
        session |= {"status": "complete", "payment_status": payment_status}
        if session["adaptive_pricing"]["enabled"]:
            session |= {"currency": "eur", "amount_total": session["amount_total"] * 9 // 10}
        session["payment_intent"] = session["payment_intent"] or stripe_objects.new_id("pi")
        return self.event("checkout.session.completed", session | changes)

    def _dispute(self, session_id: str, status: str) -> Json:
        charge = self.charge_of(session_id)
        dispute = self.disputes.setdefault(charge["id"], stripe_objects.dispute(charge, status=status))
        dispute["status"] = status
        return dispute

    # --- The API ---

    def _routes(self) -> list[BaseRoute]:
        return [
            self._route("POST", "/v1/checkout/sessions", self._open_session),
            self._route("GET", "/v1/checkout/sessions", lambda *asked: self._page(*asked, self.sessions)),
            self._route("GET", "/v1/checkout/sessions/{session}", self._read_session),
            self._route("GET", "/v1/refunds", lambda *asked: self._page(*asked, self.refunds)),
            self._route("GET", "/v1/disputes", lambda *asked: self._page(*asked, self.disputes)),
        ]

    def _route(self, method: str, path: str, answer: Answer, *, described: bool = True) -> Route:
        """A route whose requests and answers are as Stripe describes them, if it describes them at all."""

        async def endpoint(request: Request) -> JSONResponse:
            self.requests.append(request)
            if request.headers.get("Authorization") != f"Bearer {KEY}":
                return JSONResponse(Refused(401, "Invalid API Key provided").body, 401)
            if fault := self._next_fault(lose_answer=False):
                await asyncio.sleep(fault.hang)
                return _api_error(fault)
            body = request.url.query if method == "GET" else (await request.body()).decode()
            params = nested(parse_qsl(body, keep_blank_values=True))
            try:
                if described:
                    _require_described(method, path, params)
                found = self._once(request.headers.get("Idempotency-Key", ""), params, answer, request)
            except Refused as refused:
                return JSONResponse(refused.body, refused.status, headers={"Request-Id": "req_1"})
            faults = stripe_description().answer_faults(method, path, found) if described else []
            assert faults == [], f"Stripe does not answer {method} {path} so"
            lost = self._next_fault(lose_answer=True)
            return _api_error(lost) if lost else JSONResponse(found)

        return Route(path, endpoint, methods=[method])

    def _once(self, key: str, params: Json, answer: Answer, request: Request) -> Json:
        """A request with an idempotency key that was seen before gets the first answer again."""
        if key not in self._replies:
            found = answer(params, request)
            if key:
                self._replies[key] = (params, copy.deepcopy(found))
            return found
        first, found = self._replies[key]
        if first != params:
            raise Refused(400, "Keys for idempotent requests can only be used with the same", "idempotency_error")
        return found

    def _open_session(self, params: Json, _: Request) -> Json:
        metadata = params.get("metadata") or {}
        if len(metadata) > 50 or any(len(key) > 40 or len(value) > 500 for key, value in metadata.items()):
            raise Refused(400, "Metadata is too large")
        prices = [(self._price(item), int(item["quantity"])) for item in params["line_items"]]
        amount = sum(int(price["unit_amount"]) * quantity for price, quantity in prices)
        session = stripe_objects.checkout_session(params, amount=amount, currency=prices[0][0]["currency"])
        self.sessions[session["id"]] = session
        return dict(session)

    def _price(self, item: Json) -> Json:
        price: Json = item["price_data"]
        return price

    def _read_session(self, _: Json, request: Request) -> Json:
        session = self.sessions.get(request.path_params["session"])
        if session is None:
            raise Refused(404, "No such checkout.session")
        return session

    def _page(self, params: Json, request: Request, all_: dict[str, Json]) -> Json:
        since, size = int(params["created"]["gte"]), int(params["limit"])
        found = [each for each in reversed(all_.values()) if each["created"] >= since]
        after = params.get("starting_after")
        start = next((place + 1 for place, each in enumerate(found) if each["id"] == after), 0)
        more = start + size < len(found)
        return stripe_objects.page(request.url.path, found[start : start + size], more=more)

    def _next_fault(self, *, lose_answer: bool) -> Fault | None:
        if not self.faults or self.faults[0].lose_answer != lose_answer:
            return None
        fault = self.faults[0]
        fault.times -= 1
        if fault.times == 0:
            self.faults.pop(0)
        return fault


def _require_described(method: str, path: str, params: Json) -> None:
    faults = stripe_description().request_faults(method, path, params)
    if faults:
        raise Refused(400, f"Received unknown or invalid parameters: {'; '.join(faults)}")


def _api_error(fault: Fault) -> JSONResponse:
    body = Refused(fault.status, "Something is wrong at Stripe", "api_error").body
    return JSONResponse(body, fault.status, headers={"Request-Id": "req_1", **fault.headers})


def nested(pairs: list[tuple[str, str]]) -> Json:
    """`a[0][b]=c` and `a[][b]=c` as {"a": [{"b": "c"}]}."""
    tree: Json = {}
    for name, value in pairs:
        first, *inner = re.findall(r"[^\[\]]+|(?<=\[)(?=\])", name)
        *parents, last = [first, *(part or "0" for part in inner)]
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
