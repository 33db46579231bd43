"""The webhook's door: only what Stripe signed just now gets in, and nothing that a stranger sends is a server error."""

import json
import time
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import create_engine, text

from config.database import Database
from config.settings import Settings
from tests.fakes.stripe_server import WEBHOOK_SECRET, Delivery, StripeServer
from tests.shop import NEW_CUSTOMER, Shop

pytestmark = pytest.mark.filterwarnings("ignore:Use .content=:DeprecationWarning")

REFUSED = (400, "invalid_webhook")


def with_signature(delivery: Delivery, signature: bytes) -> Delivery:
    return {"content": delivery["content"], "headers": {b"Stripe-Signature": signature}}


@pytest.mark.parametrize(
    "signature",
    [
        *[b"", b"t=", b"v1=abc", b"t=now,v1=abc", b"t=1,v1=", b"t=1,v1=\xe9\xff", b"\xff\xfe", b"t=" + b"9" * 5000],
        *[b"t=1,v0=00", b"garbage", b"=,=,="],
    ],
)
def test_a_strange_signature_is_refused(shop: Shop, signature: bytes) -> None:
    delivery = shop.stripe.paid(shop.order())
    assert shop.deliver(with_signature(delivery, signature)) == REFUSED
    assert shop.credits == 100.0
    assert shop.stored_events() == []


def test_a_webhook_without_a_signature_is_refused(shop: Shop) -> None:
    assert shop.deliver({"content": shop.stripe.paid(shop.order())["content"]}) == REFUSED


def test_a_changed_body_is_refused(shop: Shop) -> None:
    delivery = shop.stripe.paid(shop.order())
    changed = delivery["content"].replace(b'"credits": "50"', b'"credits": "500"')
    assert changed != delivery["content"]
    assert shop.deliver(delivery | {"content": changed}) == REFUSED


def test_a_foreign_secret_is_refused(shop: Shop) -> None:
    body = shop.stripe.paid(shop.order())["content"]
    assert shop.deliver(shop.stripe.signed(body, secret="whsec_of_somebody_else")) == REFUSED


@pytest.mark.parametrize(("age", "answer"), [(290, (200, "credited")), (310, REFUSED)])
def test_a_signature_is_good_for_five_minutes(shop: Shop, age: int, answer: tuple[int, str]) -> None:
    body = shop.stripe.paid(shop.order())["content"]
    assert shop.deliver(shop.stripe.signed(body, at=time.time() - age)) == answer


@pytest.mark.parametrize("secret", [WEBHOOK_SECRET, "whsec_of_the_next_year"])
def test_while_a_secret_is_rolled_both_are_good(
    stripe: StripeServer, settings: Settings, app: FastAPI, secret: str
) -> None:
    settings.STRIPE_WEBHOOK_SECRET = SecretStr(f"{WEBHOOK_SECRET}, whsec_of_the_next_year")
    with TestClient(app) as client:
        body = stripe.event("customer.created", NEW_CUSTOMER)["content"]
        assert client.post("/api/credits/webhook", **stripe.signed(body, secret=secret)).status_code == 200


def event(**changes: object) -> dict[str, Any]:
    subject = {"id": "cs_1", "payment_status": "paid", "amount_total": 500, "currency": "usd", "mode": "payment"}
    return {"id": "evt_1", "type": "checkout.session.completed", "data": {"object": subject | changes}}


def deep(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'[{"id": "evt_1"}]',
        b'"text"',
        b"{",
        b"{}",
        b"\xff\xfe\x00",
        b'{"id": "evt_\xc3\x28"}',
        b'{"id": NaN}',
        json.dumps(event(amount_total=float("nan"))).encode(),
        json.dumps(event(amount_total=float("inf"))).encode(),
        json.dumps(event(a_field_that_nobody_reads=float("nan"))).encode(),
        deep(100_000),
        b'{"id": ' + b"9" * 10_000 + b"}",
        json.dumps(event(amount_total=True)).encode(),
        json.dumps(event(amount_total="500")).encode(),
        json.dumps(event(amount_total=10**30)).encode(),
        json.dumps(event(amount_total=-500)).encode(),
        json.dumps(event(id="cs_\x00")).encode(),
        json.dumps(event(id="cs_\ud800")).encode(),
        json.dumps(event(id="c" * 300)).encode(),
        json.dumps(event(id=None)).encode(),
        json.dumps(event(payment_status="perhaps")).encode(),
        json.dumps(event(metadata=["user_id"])).encode(),
        json.dumps(event() | {"data": None}).encode(),
        json.dumps(event() | {"data": {"object": "cs_1"}}).encode(),
        json.dumps(event() | {"id": "evt 1\n"}).encode(),
        json.dumps(event() | {"type": ["checkout"]}).encode(),
        json.dumps(event() | {"type": "a" * 101}).encode(),
        json.dumps(event() | {"type": "checkout\x00"}).encode(),
    ],
    ids=lambda body: repr(body[:40]),
)
def test_a_signed_body_that_is_no_event_is_refused(shop: Shop, body: bytes) -> None:
    assert shop.deliver(shop.stripe.signed(body)) == REFUSED
    assert shop.credits == 100.0


@pytest.mark.parametrize("text_value", ["\x00", "\ud800", "𝕊" * 1000])
def test_text_that_cannot_be_stored_is_never_a_server_error(shop: Shop, text_value: str) -> None:
    body = json.dumps(event(currency=text_value, metadata={"user_id": text_value, "credits": "50"})).encode()
    assert shop.deliver(shop.stripe.signed(body)) == (400, "invalid_payment_metadata")


def test_a_body_over_a_mebibyte_is_refused_before_it_is_read(shop: Shop) -> None:
    body = shop.stripe.signed(b"x" * (1024 * 1024 + 1))
    assert shop.deliver(body)[0] == 413


def test_a_chunked_body_over_a_mebibyte_is_refused(shop: Shop) -> None:
    def chunks() -> Any:
        for _ in range(20):
            yield b"x" * 100_000

    answer = shop.client.post("/api/credits/webhook", content=chunks(), headers={"Stripe-Signature": "t=1,v1=0"})
    assert answer.status_code == 413


def test_the_refusal_says_nothing_about_what_was_wrong(shop: Shop) -> None:
    delivery = shop.stripe.paid(shop.order())
    bodies = {
        shop.client.post("/api/credits/webhook", **wrong).text
        for wrong in (
            with_signature(delivery, b"t=1,v1=00"),
            shop.stripe.signed(b"[]"),
            shop.stripe.signed(delivery["content"], at=1),
            shop.stripe.signed(delivery["content"], secret="other"),
        )
    }
    assert len(bodies) == 1


def test_a_busy_database_asks_stripe_to_come_again(shop: Shop, database: Database, settings: Settings) -> None:
    delivery = shop.stripe.paid(shop.order())
    if database.engine.dialect.name == "postgresql":
        _wait_at_most(settings.DATABASE_URL, "200ms")
        shop.restart()
        with database.sessions.begin() as session:
            session.execute(text("LOCK TABLE stripe_events"))
            assert shop.deliver(delivery) == (503, "database_busy")
    else:
        with database.sessions.begin() as session:  # the busy timeout would take ten seconds
            session.execute(text("ALTER TABLE stripe_events RENAME TO elsewhere"))
        assert shop.deliver(delivery) == (503, "database_busy")
        with database.sessions.begin() as session:
            session.execute(text("ALTER TABLE elsewhere RENAME TO stripe_events"))
    assert shop.deliver(delivery) == (200, "credited")
    assert shop.credits == 150.0


def _wait_at_most(url: str, timeout: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"ALTER DATABASE \"{engine.url.database}\" SET lock_timeout = '{timeout}'"))
    engine.dispose()
