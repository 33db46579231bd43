"""What the Stripe CLI asks of Stripe beyond what the product asks: forwarding events, resending, the pages to pay on.

Those parts of the API that Stripe publishes are checked as everything else; the rest was learnt from the CLI itself.
"""

import asyncio
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from queue import SimpleQueue

from starlette.requests import Request
from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.fakes import stripe_objects
from tests.fakes.stripe_server import WEBHOOK_SECRET, Delivery, Json, Refused, StripeServer


@dataclass(frozen=True)
class Forwarded:
    """What the CLI says became of an event."""

    event_id: str
    event_type: str
    status: int
    outcome: str
    """Of the webhook, or its error code."""


class StripeServerForCli(StripeServer):
    """Stripe as the CLI knows it: whatever happens goes to every `stripe listen`."""

    def __init__(self) -> None:
        super().__init__()
        self.forwarded: SimpleQueue[Forwarded] = SimpleQueue()
        self.listened_to = threading.Event()
        self._listeners: list[tuple[asyncio.AbstractEventLoop, asyncio.Queue[str]]] = []
        self._products: dict[str, Json] = {}
        self._prices: dict[str, Json] = {}

    def event(self, event_type: str, subject: Mapping[str, object], **envelope: object) -> Delivery:
        """Something happens; whoever listens is told."""
        delivery = super().event(event_type, subject, **envelope)
        self._send(delivery)
        return delivery

    def _send(self, delivery: Delivery) -> None:
        message = {
            "type": "webhook_event",
            "event_payload": delivery["content"].decode(),
            "http_headers": delivery["headers"],
            "endpoint": {"api_version": None},
            "webhook_conversation_id": stripe_objects.new_id("wc"),
            "webhook_id": stripe_objects.new_id("wh"),
        }
        for loop, waiting in self._listeners:
            loop.call_soon_threadsafe(waiting.put_nowait, json.dumps(message))

    def _routes(self) -> list[BaseRoute]:
        return [
            *super()._routes(),
            self._route("POST", "/v1/stripecli/sessions", self._open_listener, described=False),
            WebSocketRoute("/listen", self._listen),
            self._route("POST", "/v1/events/{event}/retry", self._resend, described=False),
            self._route("POST", "/v1/refunds", self._refund),
            self._route("POST", "/v1/products", self._create_product),
            self._route("POST", "/v1/prices", self._create_price),
            self._route("POST", "/v1/payment_methods", lambda *_: stripe_objects.payment_method()),
            self._route("POST", "/v1/payment_intents", self._pay_without_session),
            self._route("GET", "/v1/payment_pages/{session}", self._read_session, described=False),
            self._route("POST", "/v1/payment_pages/{session}/confirm", self._pay, described=False),
        ]

    def _open_listener(self, _: Json, request: Request) -> Json:
        return {
            "websocket_id": stripe_objects.new_id("cliws"),
            "websocket_url": f"ws://{request.url.netloc}/listen",
            "websocket_authorized_feature": "webhooks",
            "secret": WEBHOOK_SECRET,
            "default_version": stripe_objects.API_VERSION,
            "latest_version": stripe_objects.API_VERSION,
            "display_connect_filter_warning": False,
            "reconnect_delay": 3600,
        }

    async def _listen(self, websocket: WebSocket) -> None:
        await websocket.accept(subprotocol="stripecli-devproxy-v1")
        listener = (asyncio.get_running_loop(), asyncio.Queue[str]())
        self._listeners.append(listener)
        self.listened_to.set()

        async def send() -> None:
            while True:
                await websocket.send_text(await listener[1].get())

        sending = asyncio.create_task(send())
        try:
            while True:
                self._hear(json.loads(await websocket.receive_text()))
        except WebSocketDisconnect:
            self._listeners.remove(listener)
        finally:
            sending.cancel()

    def _hear(self, message: Json) -> None:
        if message["type"] != "webhook_response":
            return
        event, answer = json.loads(message["request_body"]), json.loads(message["body"])
        outcome = answer.get("outcome") or answer["error"]
        self.forwarded.put(Forwarded(event["id"], event["type"], message["status"], outcome))

    def _resend(self, _: Json, request: Request) -> Json:
        delivery = self.events[request.path_params["event"]]
        self._send(delivery)
        event: Json = json.loads(delivery["content"])
        return event

    def _refund(self, params: Json, _: Request) -> Json:
        charge = self.charges.get(params["payment_intent"])
        if charge is None:
            raise Refused(404, "No such payment_intent")
        refund = self.refund(charge, int(params.get("amount", charge["amount"] - charge["amount_refunded"])))
        self.event("charge.refunded", charge)
        self.event("refund.created", refund)
        return refund

    def _create_product(self, params: Json, _: Request) -> Json:
        product = stripe_objects.product(params)
        self._products[product["id"]] = product
        return product

    def _create_price(self, params: Json, _: Request) -> Json:
        if params["product"] not in self._products:
            raise Refused(404, "No such product")
        price = stripe_objects.price(params)
        self._prices[price["id"]] = price
        return price

    def _price(self, item: Json) -> Json:
        return self._prices[item["price"]] if "price" in item else super()._price(item)

    def _pay_without_session(self, params: Json, _: Request) -> Json:
        intent = stripe_objects.payment_intent(params)
        self.charges[intent["id"]] = stripe_objects.charge(
            intent["id"], amount=intent["amount"], currency=intent["currency"], metadata=intent["metadata"]
        )
        return intent

    def _pay(self, params: Json, request: Request) -> Json:
        """Somebody pays on Stripe's page, where they were shown the expected amount."""
        session = self._read_session(params, request)
        if int(params["expected_amount"]) != session["amount_total"]:
            raise Refused(400, "The expected amount is not the session's")
        session["adaptive_pricing"] = {"enabled": False}  # the person's own currency is the session's
        self.paid(session["id"])
        self.charge_of(session["id"])
        return session
