"""Webhooks that arrive together are applied together, and none of them has to suffer for another."""

import asyncio
import logging
import re
import socket
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI

from config.database import Database
from config.settings import Settings
from models.payment import PaymentStatus, StripeEventStatus
from models.user import User
from services import credit_service, ledger_audit, payment_service, stripe_event_log
from services.credit_packages import PACKAGES, CreditPackage
from services.errors import NotFound, PaymentMismatch, UnknownPayer
from services.stripe_gateway import StripeGateway
from services.stripe_messages import CheckoutSession, WebhookEvent
from services.webhook_inbox import MOST_IN_A_TURN, WebhookInbox
from tests.conftest import MakePerson, Person, Serve
from tests.fakes.stripe_server import Delivery, StripeServer
from tests.shop import NEW_CUSTOMER, Shop
from tests.test_tailoring_runs import wait_until

pytestmark = pytest.mark.filterwarnings("ignore:Use .content=:DeprecationWarning")

PATIENCE = 20.0  # seconds for an answer: one that never comes is a failure, and no test that never ends
Answer = tuple[int, str]


@pytest.fixture
def shop(stripe: StripeServer, serve: Serve, app: FastAPI, database: Database, person: Person) -> Iterator[Shop]:
    """The shop over real sockets, which somebody can hang up on."""
    with httpx.Client(base_url=serve(app), headers=person.headers, timeout=PATIENCE) as client:
        yield Shop(stripe, client, database, person)


@contextmanager
def somebody_else_writing(database: Database) -> Iterator[None]:
    """Whatever arrives meanwhile has to wait for a turn."""
    with database.sessions.begin() as session:
        session.connection()
        payment_service.receive_events(session, [], livemode=False)
        yield


@contextmanager
def delivered_together(shop: Shop, deliveries: list[Delivery]) -> Iterator[list["Future[Answer]"]]:
    """Deliver all of these while somebody else is writing."""
    with ThreadPoolExecutor(len(deliveries)) as threads:
        with somebody_else_writing(shop.database):
            answers = [threads.submit(shop.deliver, delivery) for delivery in deliveries]
            finished, _ = wait(answers, timeout=0.5)
            assert not finished, "somebody else is writing"
        yield answers


def test_a_refused_webhook_harms_none_of_those_that_came_with_it(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    deliveries = [shop.stripe.paid(shop.order()) for _ in range(6)]
    deliveries.insert(3, shop.stripe.paid(shop.order(), amount_total=1))
    with caplog.at_level(logging.WARNING), delivered_together(shop, deliveries) as answers:
        outcomes = [answer.result() for answer in answers]
    assert outcomes.pop(3) == (400, "payment_mismatch")
    assert outcomes == [(200, "credited")] * 6
    assert shop.credits == 400.0
    statuses = [event.status for event in shop.stored_events()]
    assert sorted(statuses) == [StripeEventStatus.PROCESSED] * 6 + [StripeEventStatus.REJECTED]
    undone = re.findall(r"webhook_turn_undone events=(\d+)", caplog.text)
    assert max(map(int, undone)) > 1, "it did come with others"


def test_more_events_of_one_purchase_than_a_turn_takes_credit_it_once(shop: Shop) -> None:
    session_id = shop.order()
    deliveries = [shop.stripe.paid(session_id) for _ in range(MOST_IN_A_TURN + 10)]
    with delivered_together(shop, deliveries) as answers:
        outcomes = sorted(answer.result() for answer in answers)
    assert outcomes == [(200, "credited")] + [(200, "duplicate")] * (len(deliveries) - 1)
    assert shop.credits == 150.0


def test_purchases_of_several_people_in_one_turn_credit_each_of_them_what_was_bought(
    database: Database, make_person: MakePerson
) -> None:
    people = [make_person(), make_person()]
    bought = [(person, package) for package in PACKAGES[:2] for person in people]
    with database.sessions.begin() as session:
        before = {person.id: session.get_one(User, person.id).credits for person in people}
        events = [WebhookEvent(f"evt_{number}", "", paid_session(*sale)) for number, sale in enumerate(bought)]
        assert payment_service.receive_events(session, events, livemode=False) == ["credited"] * 4
        for person in people:  # who has been read before shows the new balance
            come = sum(package.credits for package in PACKAGES[:2])
            assert session.get_one(User, person.id).credits == before[person.id] + come
    with database.read_sessions() as session:
        assert ledger_audit.find_breaches(session) == []


def paid_session(person: Person, package: CreditPackage) -> CheckoutSession:
    """Of an order that we do not know yet: its metadata says whose it is."""
    return CheckoutSession(
        id=f"cs_{person.id}_{package.credits}",
        outcome=PaymentStatus.PAID,
        url=None,
        is_paid=True,
        mode="payment",
        amount_total=package.price_cents,
        currency="usd",
        payment_intent=f"pi_{person.id}_{package.credits}",
        livemode=False,
        user_id=str(person.id),
        credits=str(package.credits),
    )


def test_who_hangs_up_is_credited_all_the_same(shop: Shop) -> None:
    delivery = shop.stripe.paid(shop.order())
    lines = ["POST /api/credits/webhook HTTP/1.1", "Host: localhost", f"Content-Length: {len(delivery['content'])}"]
    lines += [f"{name}: {value}" for name, value in delivery["headers"].items()]
    address = urlsplit(str(shop.client.base_url))
    sender = socket.create_connection((str(address.hostname), int(address.port or 0)))
    with somebody_else_writing(shop.database), sender:
        sender.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + delivery["content"])
        sender.settimeout(0.2)
        with pytest.raises(TimeoutError):  # it has to wait
            sender.recv(1)
    wait_until(lambda: shop.credits == 150.0)
    assert [event.status for event in shop.stored_events()] == [StripeEventStatus.PROCESSED]
    assert shop.deliver(delivery) == (200, "duplicate"), "Stripe heard nothing, and delivers it again"


# --- The inbox by itself, where it can be said what comes into which turn ---


async def receive(inbox: WebhookInbox, delivery: Delivery) -> str:
    return await inbox.receive(delivery["content"], delivery["headers"]["Stripe-Signature"])


def test_a_request_that_is_cut_off_keeps_none_of_its_turn_from_an_answer_and_is_credited_itself(
    shop: Shop, settings: Settings
) -> None:
    deliveries = [shop.stripe.paid(shop.order()) for _ in range(3)]

    async def cut_off_the_second() -> list[str]:
        inbox = WebhookInbox(shop.database, StripeGateway(settings))
        with somebody_else_writing(shop.database):
            first, cut_off, last = [asyncio.create_task(receive(inbox, delivery)) for delivery in deliveries]
            await asyncio.sleep(0)
            cut_off.cancel()
            await asyncio.wait([cut_off])
        async with asyncio.timeout(PATIENCE):
            return [await first, await last]

    assert asyncio.run(cut_off_the_second()) == ["credited", "credited"]
    assert shop.credits == 250.0


def test_a_turn_takes_so_many_and_no_more(shop: Shop, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    refused = shop.stripe.paid(shop.order(), amount_total=1)
    others = [shop.stripe.event("customer.created", NEW_CUSTOMER) for _ in range(MOST_IN_A_TURN)]

    async def deliver_at_once() -> list[str | BaseException]:
        inbox = WebhookInbox(shop.database, StripeGateway(settings))
        async with asyncio.timeout(PATIENCE):
            answers = (receive(inbox, delivery) for delivery in [refused, *others])
            return await asyncio.gather(*answers, return_exceptions=True)

    refusal, *outcomes = asyncio.run(deliver_at_once())
    assert isinstance(refusal, PaymentMismatch)
    assert outcomes == ["ignored"] * MOST_IN_A_TURN
    assert re.findall(r"webhook_turn_undone events=(\d+)", caplog.text) == [str(MOST_IN_A_TURN)]


def test_purchases_of_one_turn_have_each_their_own_payment_and_refund(shop: Shop, settings: Settings) -> None:
    first, second, third = sessions = [shop.order() for _ in range(3)]
    paid = [shop.stripe.paid(session_id) for session_id in sessions]
    assert shop.deliver(shop.stripe.refunded(second, 500)) == (200, "remembered")

    async def deliver_at_once() -> list[str]:
        inbox = WebhookInbox(shop.database, StripeGateway(settings))
        async with asyncio.timeout(PATIENCE):
            return await asyncio.gather(*(receive(inbox, delivery) for delivery in [*paid, paid[0], paid[1]]))

    assert asyncio.run(deliver_at_once()) == ["credited"] * 3 + ["duplicate"] * 2
    assert shop.credits == 200.0
    assert shop.deliver(shop.stripe.refunded(first, 200)) == (200, "reversed")
    assert shop.deliver(shop.stripe.refunded(third, 100)) == (200, "reversed")
    states = [shop.client.get(f"/api/credits/checkout-session/{session_id}").json() for session_id in sessions]
    assert [state["credits_reversed"] for state in states] == [20.0, 50.0, 10.0]
    assert shop.credits == 170.0


def test_what_an_operator_has_resolved_keeps_nobody_in_its_turn_from_the_right_answer(
    shop: Shop, settings: Settings
) -> None:
    resolved = shop.stripe.paid(shop.order(), amount_total=1)
    assert shop.deliver(resolved) == (400, "payment_mismatch")
    with shop.database.sessions.begin() as session:
        stripe_event_log.resolve_event(session, shop.stored_events()[0].event_id, note="Paid back by hand")
    others = [shop.stripe.paid(shop.order()), shop.stripe.event("customer.created", NEW_CUSTOMER)]

    async def deliver_at_once() -> list[str]:
        inbox = WebhookInbox(shop.database, StripeGateway(settings))
        async with asyncio.timeout(PATIENCE):
            return await asyncio.gather(*(receive(inbox, delivery) for delivery in [resolved, *others]))

    assert asyncio.run(deliver_at_once()) == ["resolved", "credited", "ignored"]
    assert [(event.status, event.reason) for event in shop.stored_events()] == [
        (StripeEventStatus.RESOLVED, "Paid back by hand"),
        (StripeEventStatus.PROCESSED, "credited"),
        (StripeEventStatus.IGNORED, "ignored"),
    ]


def test_a_person_who_has_gone_is_credited_nothing_by_a_turn_that_they_share_with_others(
    shop: Shop, settings: Settings, make_person: MakePerson
) -> None:
    gone = make_person()
    order = shop.client.post("/api/credits/create-checkout-session", json={"credits": 50}, headers=gone.headers).json()
    deliveries = [shop.stripe.paid(session_id) for session_id in (order["session_id"], shop.order())]
    assert shop.client.delete("/api/users/me", headers=gone.headers).status_code == 200

    async def deliver_at_once() -> list[str | BaseException]:
        inbox = WebhookInbox(shop.database, StripeGateway(settings))
        async with asyncio.timeout(PATIENCE):
            answers = (receive(inbox, delivery) for delivery in deliveries)
            return await asyncio.gather(*answers, return_exceptions=True)

    refusal, outcome = asyncio.run(deliver_at_once())
    assert isinstance(refusal, UnknownPayer)
    assert outcome == "credited"
    with shop.database.read_sessions() as session:
        assert session.get_one(User, gone.id).credits == 100.0


def test_an_event_is_applied_or_resolved_by_an_operator_and_never_both(shop: Shop, settings: Settings) -> None:
    delivery = shop.stripe.paid(shop.order())
    event = StripeGateway(settings).read_webhook(delivery["content"], delivery["headers"]["Stripe-Signature"])

    def receive_again() -> list[str]:
        with shop.database.sessions.begin() as session:
            return payment_service.receive_events(session, [event], livemode=False)

    def resolve() -> None:
        with shop.database.sessions.begin() as session:
            stripe_event_log.resolve_event(session, event.id, note="Credited by hand")

    with shop.database.sessions.begin() as session:
        stripe_event_log.refuse(session, event, "unknown_user")
    with ThreadPoolExecutor(2) as threads:
        with shop.database.sessions.begin() as session:
            credit_service.grant(session, shop.person.id, amount=1, reason="Thank you")
            received = threads.submit(receive_again)
            wait([received], timeout=0.3)  # it waits for the buyer by now
            resolved = threads.submit(resolve)
            wait([resolved], timeout=0.3)
        [outcome], refusal = received.result(), resolved.exception()
    assert (outcome, type(refusal)) in (("credited", NotFound), ("resolved", type(None)))
    assert shop.credits == (151.0 if outcome == "credited" else 101.0)


def test_what_arrives_during_a_turn_shares_the_next(
    shop: Shop, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    first, *others = [shop.stripe.paid(shop.order()) for _ in range(4)]
    refused = shop.stripe.paid(shop.order(), amount_total=1)

    async def deliver_one_after_the_other() -> list[str | BaseException]:
        inbox = WebhookInbox(shop.database, StripeGateway(settings))
        answers = []
        with somebody_else_writing(shop.database):
            for delivery in [first, *others, refused]:
                answers.append(asyncio.create_task(receive(inbox, delivery)))
                for _ in range(5):  # until a turn of its own would have begun
                    await asyncio.sleep(0)
        async with asyncio.timeout(PATIENCE):
            return await asyncio.gather(*answers, return_exceptions=True)

    *outcomes, refusal = asyncio.run(deliver_one_after_the_other())
    assert outcomes == ["credited"] * 4
    assert isinstance(refusal, PaymentMismatch)
    assert re.findall(r"webhook_turn_undone events=(\d+)", caplog.text) == ["4"]


def test_an_inbox_is_closed_when_its_turn_is_over(shop: Shop, settings: Settings) -> None:
    delivery = shop.stripe.paid(shop.order())

    async def close_in_the_middle() -> None:
        inbox = WebhookInbox(shop.database, StripeGateway(settings))
        with somebody_else_writing(shop.database):
            sender = asyncio.create_task(receive(inbox, delivery))
            await asyncio.sleep(0)
            closing = asyncio.create_task(inbox.close())
            ended, _ = await asyncio.wait([closing], timeout=0.2)
            assert not ended, "a turn is under way"
        async with asyncio.timeout(PATIENCE):
            await closing
            assert shop.credits == 150.0
            assert await sender == "credited"

    asyncio.run(close_in_the_middle())
