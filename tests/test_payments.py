"""Buying credits: the order, the webhook that says it is paid, and everything that may arrive instead."""

import asyncio
import json
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from config.database import Database
from config.settings import Settings
from models.payment import Payment
from services.errors import PaymentsUnavailable
from services.stripe_gateway import StripeGateway
from tests.conftest import Person
from tests.fakes.stripe_server import KEY, Delivery, Fault, StripeServer
from tests.shop import NEW_CUSTOMER, Shop

# The SDK hands its body to httpx in the old way.
pytestmark = pytest.mark.filterwarnings("ignore:Use .content=:DeprecationWarning")


# --- The order ---


def test_an_order_leads_to_stripe_with_everything_that_the_contract_promises(shop: Shop) -> None:
    answer = shop.client.post("/api/credits/create-checkout-session", json={"credits": 100}).json()
    session = shop.stripe.sessions[answer["session_id"]]
    assert answer["url"] == session["url"]
    assert session["metadata"] == {"user_id": str(shop.person.id), "credits": "100", "email": shop.person.email}
    assert (session["amount_total"], session["currency"], session["mode"]) == (900, "usd", "payment")
    assert session["success_url"] == "http://localhost:5173/profile?payment=success"
    assert session["cancel_url"] == "http://localhost:5173/profile?payment=cancelled"


@pytest.mark.parametrize("credits", [0, -50, 51, 10**12])
def test_only_packages_can_be_ordered(shop: Shop, credits: int) -> None:
    refused = shop.client.post("/api/credits/create-checkout-session", json={"credits": credits})
    assert (refused.status_code, refused.json()["error"]) == (422, "unknown_package")
    assert shop.stripe.sessions == {}


def test_a_price_in_the_order_is_ignored(shop: Shop) -> None:
    body = {"credits": 500, "price_cents": 1, "user_id": 999}
    session_id = shop.client.post("/api/credits/create-checkout-session", json=body).json()["session_id"]
    assert shop.stripe.sessions[session_id]["amount_total"] == 3500
    assert shop.stripe.sessions[session_id]["client_reference_id"] == str(shop.person.id)


def test_a_retried_click_with_its_idempotency_key_is_the_same_order(shop: Shop) -> None:
    first, again = (
        shop.client.post(
            "/api/credits/create-checkout-session", json={"credits": 50}, headers={"Idempotency-Key": "click-1"}
        ).json()
        for _ in range(2)
    )
    assert first == again
    assert shop.order() != shop.order(), "two clicks are two orders"


def test_an_idempotency_key_cannot_be_used_for_another_order(shop: Shop) -> None:
    headers = {"Idempotency-Key": "click-1"}
    shop.client.post("/api/credits/create-checkout-session", json={"credits": 50}, headers=headers)
    other = shop.client.post("/api/credits/create-checkout-session", json={"credits": 100}, headers=headers)
    assert (other.status_code, other.json()["error"]) == (409, "idempotency_key_reused")


def test_two_people_with_the_same_idempotency_key_have_two_orders(
    shop: Shop, make_person: Callable[..., Person]
) -> None:
    key = {"Idempotency-Key": "1"}
    mine = shop.client.post("/api/credits/create-checkout-session", json={"credits": 50}, headers=key)
    somebody_else = make_person()
    theirs = shop.client.post(
        "/api/credits/create-checkout-session", json={"credits": 50}, headers=key | somebody_else.headers
    )
    buyers = [shop.stripe.sessions[order.json()["session_id"]]["metadata"]["user_id"] for order in (mine, theirs)]
    assert buyers == [str(shop.person.id), str(somebody_else.id)]
    path = f"/api/credits/checkout-session/{theirs.json()['session_id']}"
    assert [shop.client.get(path, headers=of).status_code for of in ({}, somebody_else.headers)] == [404, 200]


def test_an_answer_that_got_lost_does_not_make_a_second_session(shop: Shop) -> None:
    shop.stripe.faults = [Fault(status=500, lose_answer=True)]
    shop.order()
    assert len(shop.stripe.sessions) == 1


def test_an_order_survives_two_failures_of_stripe(shop: Shop) -> None:
    shop.stripe.faults = [Fault(status=503, times=2)]
    shop.order()
    keys = {request.headers["Idempotency-Key"] for request in shop.stripe.requests}
    assert (len(shop.stripe.requests), len(keys)) == (3, 1)


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (Fault(status=500, times=9, headers={"Stripe-Should-Retry": "false"}), 503, "payments_unavailable"),
        (Fault(status=429, times=9), 503, "payments_unavailable"),
        (Fault(status=401, times=9), 502, "payments_rejected"),
        (Fault(status=403, times=9), 502, "payments_rejected"),
        (Fault(status=400, times=9), 502, "payments_rejected"),
    ],
)
def test_what_goes_wrong_at_stripe_is_told_apart(shop: Shop, fault: Fault, status: int, code: str) -> None:
    shop.stripe.faults = [fault]
    refused = shop.client.post("/api/credits/create-checkout-session", json={"credits": 50})
    assert (refused.status_code, refused.json()["error"]) == (status, code)
    assert ("Retry-After" in refused.headers) == (status == 503)
    assert "Stripe" not in refused.json()["detail"]


def test_a_stripe_that_cannot_be_reached_is_a_503(settings: Settings, app: FastAPI, person: Person) -> None:
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = SecretStr(KEY), "http://127.0.0.1:9"
    with TestClient(app, headers=person.headers) as client:
        refused = client.post("/api/credits/create-checkout-session", json={"credits": 50})
    assert (refused.status_code, refused.json()["error"]) == (503, "payments_unavailable")


def test_a_stripe_that_does_not_answer_is_not_waited_for_any_longer(settings: Settings) -> None:
    async def ask(gateway: StripeGateway) -> None:
        async with asyncio.timeout(20):
            try:
                await gateway.read_checkout_session("cs_test_1")
            finally:
                await gateway.close()

    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.STRIPE_SECRET_KEY = SecretStr(KEY)
        settings.STRIPE_API_BASE = f"http://127.0.0.1:{mute.getsockname()[1]}"
        with pytest.raises(PaymentsUnavailable):
            asyncio.run(ask(StripeGateway(settings, timeout_seconds=0.1)))


def test_a_person_orders_thirty_times_a_minute_and_stands_in_nobodys_way(
    shop: Shop, make_person: Callable[..., Person]
) -> None:
    order = {"url": "/api/credits/create-checkout-session", "json": {"credits": 50}}
    answers = [shop.client.post(**order) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert answers[-1].json()["error"] == "rate_limited"
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert len(shop.stripe.sessions) == 30
    assert shop.client.post(**order, headers=make_person().headers).status_code == 200


def test_a_person_asks_for_a_session_sixty_times_a_minute(shop: Shop) -> None:
    session_id = shop.order()
    answers = [shop.client.get(f"/api/credits/checkout-session/{session_id}").status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]


# --- Paid ---


def test_a_paid_order_is_credited(shop: Shop) -> None:
    assert shop.deliver(shop.stripe.paid(shop.order(250))) == (200, "credited")
    assert shop.credits == 350.0
    assert shop.ledger() == [("PURCHASE", 250.0)]
    assert shop.client.get("/api/credits/transactions").json()[0]["description"] == "Bought 250 credits for $20.00"


def test_a_repeated_webhook_credits_once(shop: Shop) -> None:
    delivery = shop.stripe.paid(shop.order())
    outcomes = [shop.deliver(delivery) for _ in range(3)]
    assert outcomes == [(200, "credited"), (200, "duplicate"), (200, "duplicate")]
    assert shop.credits == 150.0
    assert [(event.status, event.received_count) for event in shop.stored_events()] == [("processed", 3)]


def test_one_purchase_under_several_events_is_credited_once(shop: Shop) -> None:
    session_id = shop.order()
    shop.deliver(shop.stripe.paid(session_id))
    assert shop.deliver(shop.stripe.paid(session_id)) == (200, "duplicate")
    assert shop.deliver(shop.stripe.payment_arrived(session_id)) == (200, "duplicate")
    assert shop.credits == 150.0


@pytest.mark.parametrize("remembered", [True, False], ids=["with our own order", "from the metadata alone"])
def test_fifty_webhooks_at_once_credit_once(shop: Shop, remembered: bool) -> None:
    session_id = shop.order()
    if not remembered:
        shop.forget_order(session_id)
    deliveries = [shop.stripe.paid(session_id) for _ in range(5)] * 10
    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(shop.deliver, deliveries))
    assert sorted(set(outcomes)) == [(200, "credited"), (200, "duplicate")]
    assert outcomes.count((200, "credited")) == 1
    assert shop.credits == 150.0


def test_purchases_of_many_at_once_all_arrive(shop: Shop) -> None:
    deliveries = [shop.stripe.paid(shop.order()) for _ in range(20)]
    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(shop.deliver, deliveries))
    assert outcomes == [(200, "credited")] * 20
    assert shop.credits == 1100.0


def test_an_order_that_we_forgot_is_credited_from_its_metadata(shop: Shop) -> None:
    session_id = shop.order(100)
    shop.forget_order(session_id)
    assert shop.deliver(shop.stripe.paid(session_id)) == (200, "credited")
    assert shop.credits == 200.0


@pytest.mark.parametrize(
    "claims",
    [{"user_id": "1", "credits": "500"}, {"user_id": "2", "credits": "50"}, {"user_id": "424242", "credits": "x"}, {}],
)
def test_our_own_order_counts_and_not_what_the_metadata_claims(
    shop: Shop, make_person: Callable[..., Person], claims: dict[str, str]
) -> None:
    somebody_else = make_person()
    assert (shop.person.id, somebody_else.id) == (1, 2)
    session_id = shop.order(50)
    assert shop.deliver(shop.stripe.paid(session_id, metadata=claims)) == (200, "credited")
    assert shop.credits == 150.0


def test_a_bank_transfer_is_credited_when_it_arrives(shop: Shop) -> None:
    session_id = shop.order()
    assert shop.deliver(shop.stripe.awaiting_payment(session_id)) == (200, "pending")
    assert shop.credits == 100.0
    assert shop.deliver(shop.stripe.payment_arrived(session_id)) == (200, "credited")
    assert shop.credits == 150.0


def test_a_late_unpaid_does_not_undo_a_payment(shop: Shop) -> None:
    session_id = shop.order()
    unpaid, paid = shop.stripe.awaiting_payment(session_id), shop.stripe.payment_arrived(session_id)
    shop.deliver(paid)
    assert shop.deliver(unpaid)[0] == 200
    assert shop.credits == 150.0


@pytest.mark.parametrize("end", [StripeServer.payment_failed, StripeServer.expired])
def test_an_order_that_came_to_nothing_credits_nothing_and_says_so(
    shop: Shop, end: Callable[[StripeServer, str], Delivery]
) -> None:
    session_id, other = shop.order(), shop.order()
    late = shop.stripe.awaiting_payment(session_id)
    for delivery in (late, end(shop.stripe, session_id), late):
        assert shop.deliver(delivery)[0] == 200
    assert shop.credits == 100.0
    asked = len(shop.stripe.requests)
    assert shop.status_of(session_id) == {StripeServer.payment_failed: "failed", StripeServer.expired: "expired"}[end]
    assert len(shop.stripe.requests) == asked, "this will not change any more"
    assert shop.status_of(other) == "open"


def test_a_payment_is_never_marked_as_expired_afterwards(shop: Shop) -> None:
    session_id = shop.order()
    shop.deliver(shop.stripe.paid(session_id))
    shop.deliver(shop.stripe.expired(session_id))
    assert shop.client.get(f"/api/credits/checkout-session/{session_id}").json()["status"] == "paid"
    assert shop.credits == 150.0


@pytest.mark.parametrize("end", [StripeServer.payment_failed, StripeServer.expired])
def test_a_payment_counts_even_when_its_failure_was_heard_of_before(
    shop: Shop, end: Callable[[StripeServer, str], Delivery]
) -> None:
    session_id = shop.order()
    assert shop.deliver(end(shop.stripe, session_id))[0] == 200
    assert shop.deliver(shop.stripe.paid(session_id)) == (200, "credited")
    assert shop.status_of(session_id) == "paid"
    assert shop.credits == 150.0


# --- Not what was ordered ---


@pytest.mark.parametrize(
    "change",
    [
        {"amount_total": 499},
        {"amount_total": 501},
        {"amount_total": 0, "payment_status": "no_payment_required"},
        {"payment_status": "no_payment_required"},
        {"amount_total": None},
        {"currency": "eur"},
        {"currency": None},
        {"mode": "subscription"},
    ],
)
@pytest.mark.parametrize("remembered", [True, False], ids=["with our own order", "from the metadata alone"])
def test_what_was_not_ordered_is_rejected_whole_and_stored(
    shop: Shop, change: dict[str, object], remembered: bool
) -> None:
    session_id = shop.order()
    if not remembered:
        shop.forget_order(session_id)
    assert shop.deliver(shop.stripe.paid(session_id, **change)) == (400, "payment_mismatch")
    assert shop.credits == 100.0
    stored = shop.stored_events()[-1]
    assert (stored.status, stored.reason, stored.session_id) == ("rejected", "payment_mismatch", session_id)
    asked = shop.client.get(f"/api/credits/checkout-session/{session_id}")
    assert (asked.status_code == 404) == (not remembered), "a refused event leaves no order behind"


def test_live_money_is_not_believed_with_a_test_key(shop: Shop) -> None:
    session = shop.stripe.sessions[shop.order()]
    paid = session | {"status": "complete", "payment_status": "paid"}
    delivery = shop.stripe.event("checkout.session.completed", paid, livemode=True)
    assert shop.deliver(delivery) == (400, "payment_mismatch")
    assert shop.credits == 100.0


@pytest.mark.parametrize(
    ("key", "livemode"), [("sk_live_1", True), ("rk_live_1", True), ("sk_test_1", False), ("rk_test_1", False)]
)
def test_real_money_and_play_money_are_never_mixed(
    shop: Shop, settings: Settings, database: Database, key: str, livemode: bool
) -> None:
    settings.STRIPE_SECRET_KEY = SecretStr(key)
    shop.restart()
    session = {"mode": "payment", "status": "complete", "payment_status": "paid", "currency": "usd"} | {
        "amount_total": 500,
        "payment_intent": "pi_1",
        "metadata": {"user_id": str(shop.person.id), "credits": "50"},
    }
    for event_is_live in (not livemode, livemode):
        event = {"id": f"evt_{event_is_live}", "type": "checkout.session.completed", "livemode": event_is_live}
        body = json.dumps(event | {"data": {"object": session | {"id": "cs_1"}}}).encode()
        expected = (200, "credited") if event_is_live == livemode else (400, "payment_mismatch")
        assert shop.deliver(shop.stripe.signed(body)) == expected
    with database.read_sessions() as books:
        assert [payment.livemode for payment in books.query(Payment)] == [livemode]


@pytest.mark.parametrize(
    "metadata",
    [None, {}, {"user_id": "1"}, {"credits": "50"}, {"user_id": "one", "credits": "50"}]
    + [{"user_id": "1", "credits": credits} for credits in ("", "5e1", "-50", "50.5", "٥٠", "9" * 500)],
)
def test_missing_or_garbled_metadata_is_rejected_and_stored(shop: Shop, metadata: object) -> None:
    session_id = shop.order()
    shop.forget_order(session_id)
    assert shop.deliver(shop.stripe.paid(session_id, metadata=metadata)) == (400, "invalid_payment_metadata")
    assert shop.stored_events()[-1].reason == "invalid_payment_metadata"


def test_metadata_of_a_package_that_we_never_sold_is_rejected(shop: Shop) -> None:
    session_id = shop.order()
    shop.forget_order(session_id)
    metadata = {"user_id": str(shop.person.id), "credits": "5000"}
    assert shop.deliver(shop.stripe.paid(session_id, metadata=metadata)) == (400, "payment_mismatch")


def test_a_refused_event_is_an_error_in_the_log(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    delivery = shop.stripe.paid(shop.order(), metadata={}, amount_total=1)
    assert shop.deliver(delivery) == (400, "payment_mismatch")
    event_id = json.loads(delivery["content"])["id"]
    assert [record.levelname for record in caplog.records if event_id in record.getMessage()] == ["ERROR"]


def test_a_wrong_payment_that_its_buyer_asks_for_is_an_error_in_the_log(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    session_id = shop.order()
    shop.stripe.paid(session_id)
    shop.stripe.sessions[session_id]["amount_total"] = 1
    answer = shop.client.get(f"/api/credits/checkout-session/{session_id}")
    assert (answer.status_code, answer.json()["error"]) == (400, "payment_mismatch")
    assert [record.levelname for record in caplog.records if f"session={session_id}" in record.getMessage()] == [
        "ERROR"
    ]


@pytest.mark.parametrize("user_id", ["0", "424242", "2147483648", "99999999999999"])
def test_an_unknown_person_is_a_404(shop: Shop, user_id: str) -> None:
    session_id = shop.order()
    shop.forget_order(session_id)
    metadata = {"user_id": user_id, "credits": "50"}
    assert shop.deliver(shop.stripe.paid(session_id, metadata=metadata)) == (404, "unknown_user")


def test_a_late_payment_of_a_deleted_person_is_stored_and_credited_to_nobody(shop: Shop) -> None:
    session_id = shop.order()
    assert shop.client.delete("/api/users/me").status_code == 200
    delivery = shop.stripe.paid(session_id)
    assert shop.deliver(delivery) == (404, "unknown_user")
    assert shop.deliver(delivery) == (404, "unknown_user")
    assert shop.credits == 100.0, "the ledger of a deleted account is kept as it was"
    assert [(event.status, event.received_count) for event in shop.stored_events()] == [("rejected", 2)]


def test_a_payment_that_is_told_again_after_its_person_has_gone_is_a_duplicate(shop: Shop) -> None:
    delivery = shop.stripe.paid(shop.order())
    shop.deliver(delivery)
    assert shop.client.delete("/api/users/me").status_code == 200
    assert shop.deliver(delivery) == (200, "duplicate")
    assert shop.credits == 150.0, "the ledger of a deleted account is kept as it was"


def test_a_payment_is_credited_whoever_else_has_gone(shop: Shop, make_person: Callable[..., Person]) -> None:
    session_id = shop.order()
    for somebody_else in (make_person(), make_person()):
        assert shop.client.delete("/api/users/me", headers=somebody_else.headers).status_code == 200
    assert shop.deliver(shop.stripe.paid(session_id)) == (200, "credited")
    assert shop.credits == 150.0


def test_other_events_are_accepted_and_ignored(shop: Shop) -> None:
    assert shop.deliver(shop.stripe.event("customer.created", NEW_CUSTOMER)) == (200, "ignored")
    assert shop.stored_events()[-1].status == "ignored"


# --- Asking instead of being told ---


def test_asking_for_the_session_credits_it_while_the_webhook_is_down(shop: Shop) -> None:
    session_id = shop.order()
    late = shop.stripe.paid(session_id)
    answer = shop.client.get(f"/api/credits/checkout-session/{session_id}").json()
    assert (answer["status"], answer["credits"], answer["balance"]) == ("paid", 50.0, 150.0)
    assert shop.deliver(late) == (200, "duplicate")
    assert shop.credits == 150.0


def test_asking_credits_a_bank_transfer_whose_arrival_was_not_told(shop: Shop) -> None:
    session_id = shop.order()
    shop.deliver(shop.stripe.awaiting_payment(session_id))
    assert shop.status_of(session_id) == "pending"
    shop.stripe.payment_arrived(session_id)
    assert shop.status_of(session_id) == "paid"
    assert shop.credits == 150.0


def test_asking_tells_that_a_session_has_expired(shop: Shop) -> None:
    session_id = shop.order()
    shop.stripe.expired(session_id)
    assert shop.status_of(session_id) == "expired"


def test_an_unpaid_session_is_open_and_a_settled_one_needs_no_stripe(shop: Shop) -> None:
    session_id = shop.order()
    assert shop.client.get(f"/api/credits/checkout-session/{session_id}").json()["status"] == "open"
    shop.deliver(shop.stripe.paid(session_id))
    asked = len(shop.stripe.requests)
    assert shop.client.get(f"/api/credits/checkout-session/{session_id}").json()["status"] == "paid"
    assert len(shop.stripe.requests) == asked


def test_the_session_of_somebody_else_is_not_found(shop: Shop, make_person: Callable[..., Person]) -> None:
    session_id = shop.order()
    shop.stripe.paid(session_id)
    for path, headers in ((session_id, make_person().headers), ("cs_unknown", {})):
        refused = shop.client.get(f"/api/credits/checkout-session/{path}", headers=headers)
        assert (refused.status_code, refused.json()["error"]) == (404, "not_found")
    assert shop.credits == 100.0
