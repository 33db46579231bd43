"""A buyer of credits: orders through the API, is Stripe's customer at the stand-in, and looks into the books."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from config.database import Database
from config.settings import Settings
from models.payment import Payment, StripeEvent
from models.user import User
from services import ledger_audit
from tests.fakes.stripe_server import KEY, WEBHOOK_SECRET, Delivery, StripeServer

if TYPE_CHECKING:  # conftest offers the fixtures below, so it imports this module
    from tests.conftest import Person


NEW_CUSTOMER = {"id": "cus_1", "object": "customer", "created": 1, "livemode": False}
"""None of our business."""


class Shop:
    """One buyer, and Stripe's side of it."""

    def __init__(
        self, stripe: StripeServer, client: TestClient | httpx.Client, database: Database, person: "Person"
    ) -> None:
        self.stripe, self.client, self.database, self.person = stripe, client, database, person

    def order(self, credits: int = 50) -> str:
        answer = self.client.post("/api/credits/create-checkout-session", json={"credits": credits})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["session_id"])

    def deliver(self, delivery: Delivery) -> tuple[int, str]:
        """The status, and the outcome or error code."""
        answer = self.client.post("/api/credits/webhook", **delivery)
        return answer.status_code, answer.json().get("outcome") or answer.json()["error"]

    def status_of(self, session_id: str) -> str:
        """What the buyer is told about an order."""
        return str(self.client.get(f"/api/credits/checkout-session/{session_id}").json()["status"])

    def restart(self) -> None:
        """Start the app anew, with new connections to the database."""
        self.client.__exit__()
        self.client.__enter__()

    @property
    def credits(self) -> float:
        """What the buyer has; and the books add up."""
        with self.database.read_sessions() as session:
            assert ledger_audit.find_breaches(session) == []
            return session.get_one(User, self.person.id).credits

    def ledger(self) -> list[tuple[str, float]]:
        rows = self.client.get("/api/credits/transactions").json()
        return [(row["transaction_type"], row["amount"]) for row in reversed(rows)][1:]

    def forget_order(self, session_id: str) -> None:
        """As if we had stopped before remembering the order."""
        with self.database.sessions.begin() as session:
            session.query(Payment).filter_by(session_id=session_id).delete()

    def stored_events(self) -> list[StripeEvent]:
        with self.database.read_sessions() as session:
            return list(session.query(StripeEvent).order_by(StripeEvent.id))


@pytest.fixture
def stripe(serve: Callable[[object], str], settings: Settings) -> StripeServer:
    """Stripe's stand-in, and settings that lead to it."""
    server = StripeServer()
    settings.STRIPE_SECRET_KEY = SecretStr(KEY)
    settings.STRIPE_WEBHOOK_SECRET = SecretStr(WEBHOOK_SECRET)
    settings.STRIPE_API_BASE = serve(server.app)
    return server


@pytest.fixture
def shop(stripe: StripeServer, client: TestClient, database: Database, person: "Person") -> Shop:
    """The API as somebody uses it who wants to buy credits."""
    return Shop(stripe, client, database, person)
