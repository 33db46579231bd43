"""Webhooks that arrive together are applied together, and none of them has to suffer for another."""

import logging
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

import pytest

from models.payment import StripeEventStatus
from services import payment_service
from services.webhook_inbox import MOST_IN_A_TURN
from tests.fakes.stripe_server import Delivery
from tests.shop import Shop

pytestmark = pytest.mark.filterwarnings("ignore:Use .content=:DeprecationWarning")

Answer = tuple[int, str]


@contextmanager
def delivered_together(shop: Shop, deliveries: list[Delivery]) -> Iterator[list["Future[Answer]"]]:
    """Deliver all of these while somebody else is writing, so that they have to wait for a turn."""
    with ThreadPoolExecutor(len(deliveries)) as threads:
        with shop.database.sessions.begin() as session:
            session.connection()
            payment_service.receive_events(session, [], livemode=False)
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
        outcomes = sorted(answer.result(timeout=30) for answer in answers)
    assert outcomes == [(200, "credited")] + [(200, "duplicate")] * (len(deliveries) - 1)
    assert shop.credits == 150.0
