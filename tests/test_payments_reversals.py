"""Refunds and disputes: in any order, any number of times, the end is the same."""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy.orm import Session

from config.settings import Settings
from schemas.stripe_schemas import SessionObject
from services import credit_service, payment_service
from services.errors import InsufficientCredits
from services.stripe_messages import Reversal, checkout_session
from tests.fakes.stripe_server import Delivery
from tests.shop import Shop

pytestmark = pytest.mark.filterwarnings("ignore:Use .content=:DeprecationWarning")


def bought(shop: Shop, credits: int = 50) -> str:
    session_id = shop.order(credits)
    assert shop.deliver(shop.stripe.paid(session_id)) == (200, "credited")
    return session_id


def test_a_full_refund_takes_all_credits_back(shop: Shop) -> None:
    session_id = bought(shop)
    assert shop.deliver(shop.stripe.refunded(session_id, 500)) == (200, "reversed")
    assert shop.credits == 100.0
    assert shop.ledger() == [("PURCHASE", 50.0), ("REFUND", -50.0)]


def test_a_partial_refund_takes_its_share_rounded_in_favour_of_the_person(shop: Shop) -> None:
    session_id = bought(shop, 100)  # for $9.00
    shop.deliver(shop.stripe.refunded(session_id, 100))
    assert shop.credits == 200.0 - 11.0, "11.1 credits are due"
    shop.deliver(shop.stripe.refunded(session_id, 5))
    assert shop.credits == 200.0 - 11.5, "11.67 credits are due"


def test_refunds_add_up_to_the_whole_and_no_further(shop: Shop) -> None:
    session_id = bought(shop, 100)
    for cents in (100, 300, 500):
        shop.deliver(shop.stripe.refunded(session_id, cents))
    assert shop.credits == 100.0


def test_a_repeated_refund_takes_once(shop: Shop) -> None:
    session_id = bought(shop)
    refund = shop.stripe.refunded(session_id, 250)
    assert [shop.deliver(refund) for _ in range(3)] == [(200, "reversed"), (200, "unchanged"), (200, "unchanged")]
    assert shop.credits == 125.0


def test_an_earlier_refund_that_arrives_late_gives_nothing_back(shop: Shop) -> None:
    session_id = bought(shop)
    first, second = shop.stripe.refunded(session_id, 100), shop.stripe.refunded(session_id, 200)
    shop.deliver(second)
    assert shop.deliver(first) == (200, "unchanged")
    assert shop.credits == 120.0


def test_the_refund_itself_says_no_more_than_the_charge(shop: Shop) -> None:
    session_id = bought(shop)
    refund = shop.stripe.refund_created(session_id, 200)
    shop.deliver(shop.stripe.event("charge.refunded", shop.stripe.charge_of(session_id)))
    assert shop.deliver(refund) == (200, "unchanged")
    assert shop.credits == 130.0


def test_refunds_count_even_when_nothing_is_heard_of_their_charge(shop: Shop) -> None:
    session_id = bought(shop)
    first, second = shop.stripe.refund_created(session_id, 100), shop.stripe.refund_created(session_id, 50)
    assert shop.deliver(first) == (200, "reversed")
    assert shop.deliver(second) == (200, "reversed")
    assert shop.deliver(first) == (200, "unchanged")
    assert shop.credits == 135.0


def test_a_refund_that_fails_is_given_back_and_says_why(shop: Shop) -> None:
    session_id = bought(shop)
    shop.deliver(shop.stripe.refunded(session_id, 500))
    failed = shop.stripe.refund_failed(session_id)
    assert shop.deliver(failed) == (200, "returned")
    assert shop.deliver(failed) == (200, "unchanged")
    assert shop.credits == 150.0
    newest = shop.client.get("/api/credits/transactions").json()[0]
    assert (newest["amount"], newest["description"]) == (50.0, "Refund failed: 50 credits returned")


def test_a_refund_that_failed_before_anything_else_was_heard_of_it_takes_nothing(shop: Shop) -> None:
    session_id = bought(shop)
    created, refunded = shop.stripe.refund_created(session_id, 500), shop.stripe.charge_of(session_id)
    late = shop.stripe.event("charge.refunded", refunded)
    for delivery in (shop.stripe.refund_failed(session_id), created, late):
        assert shop.deliver(delivery) == (200, "unchanged")
    assert shop.credits == 150.0


@pytest.mark.parametrize("kind", ["refund.created", "refund.updated", "refund.failed", "charge.refund.updated"])
@pytest.mark.parametrize("status", ["failed", "canceled"])
def test_whichever_event_tells_of_a_refund_and_of_its_failure_counts(shop: Shop, kind: str, status: str) -> None:
    session_id = bought(shop)
    refund = shop.stripe.refund(shop.stripe.charge_of(session_id), 200)
    assert shop.deliver(shop.stripe.event(kind, refund)) == (200, "reversed")
    assert shop.credits == 130.0
    assert shop.deliver(shop.stripe.event(kind, refund | {"status": status})) == (200, "returned")
    assert shop.credits == 150.0


def test_what_is_reversed_of_no_payment_of_ours_is_ignored(shop: Shop) -> None:
    session_id = bought(shop)
    charge = shop.stripe.charge_of(session_id)
    refund = shop.stripe.refund(charge, 200)
    foreign = {"payment_intent": None}
    shop.stripe.disputed(session_id)
    [dispute] = shop.stripe.disputes.values()
    for event in (
        shop.stripe.event("charge.refunded", charge | foreign),
        shop.stripe.event("refund.created", refund | foreign),
        shop.stripe.event("charge.dispute.created", dispute | foreign),
    ):
        assert shop.deliver(event) == (200, "ignored")
    assert shop.credits == 150.0


def test_one_refund_that_failed_does_not_lessen_another(shop: Shop) -> None:
    session_id = bought(shop)
    first = shop.stripe.refund_created(session_id, 200)
    failed = shop.stripe.refund_failed(session_id)
    second = shop.stripe.refund_created(session_id, 300)
    charge = shop.stripe.event("charge.refunded", shop.stripe.charge_of(session_id))
    for delivery in (first, failed, second, charge):
        assert shop.deliver(delivery)[0] == 200
    assert shop.credits == 120.0


def test_a_refund_that_is_made_again_takes_no_more_than_was_bought(shop: Shop) -> None:
    session_id = bought(shop)
    assert shop.deliver(shop.stripe.refund_created(session_id, 500)) == (200, "reversed")
    failed = shop.stripe.refund_failed(session_id)  # is not heard of yet
    assert shop.deliver(shop.stripe.refund_created(session_id, 500)) == (200, "unchanged")
    assert shop.deliver(failed) == (200, "unchanged")
    assert shop.credits == 100.0


def test_a_refund_and_its_failure_concern_no_other_payment(shop: Shop) -> None:
    first, second, third = (bought(shop) for _ in range(3))

    def taken_back() -> list[float]:
        paths = [f"/api/credits/checkout-session/{session_id}" for session_id in (first, second, third)]
        return [shop.client.get(path).json()["credits_reversed"] for path in paths]

    shop.deliver(shop.stripe.refund_created(first, 200))
    told_of_second = shop.stripe.refund_created(second, 300)
    shop.deliver(told_of_second)
    assert (taken_back(), shop.credits) == ([20.0, 30.0, 0.0], 200.0)
    shop.deliver(shop.stripe.refund_failed(first))
    assert shop.deliver(told_of_second) == (200, "unchanged")
    assert (taken_back(), shop.credits) == ([0.0, 30.0, 0.0], 220.0)


def test_a_refund_that_overtakes_its_payment_is_remembered(shop: Shop) -> None:
    session_id = shop.order()
    paid = shop.stripe.paid(session_id)
    assert shop.deliver(shop.stripe.refunded(session_id, 500)) == (200, "remembered")
    assert shop.stored_events()[-1].payment_intent == shop.stripe.sessions[session_id]["payment_intent"]
    assert shop.deliver(paid) == (200, "credited")
    assert shop.credits == 100.0
    assert shop.ledger() == [("PURCHASE", 50.0), ("REFUND", -50.0)]


def test_a_dispute_takes_everything_back_at_once_and_says_why(shop: Shop) -> None:
    assert shop.deliver(shop.stripe.disputed(bought(shop))) == (200, "reversed")
    assert shop.credits == 100.0
    newest = shop.client.get("/api/credits/transactions").json()[0]
    assert (newest["amount"], newest["description"]) == (-50.0, "Payment disputed: 50 credits taken back")


@pytest.mark.parametrize("end", ["won", "warning_closed"])
def test_a_dispute_in_our_favour_gives_the_credits_back(shop: Shop, end: str) -> None:
    session_id = bought(shop)
    shop.deliver(shop.stripe.disputed(session_id))
    assert shop.deliver(shop.stripe.dispute_closed(session_id, end)) == (200, "returned")
    assert shop.credits == 150.0
    assert shop.ledger()[-1] == ("REFUND", 50.0)


def test_a_lost_dispute_changes_nothing_more(shop: Shop) -> None:
    session_id = bought(shop)
    shop.deliver(shop.stripe.disputed(session_id))
    assert shop.deliver(shop.stripe.dispute_closed(session_id, "lost")) == (200, "unchanged")
    assert shop.credits == 100.0


def test_a_lost_dispute_is_not_won_by_a_message_that_comes_late(shop: Shop) -> None:
    session_id = bought(shop)
    shop.deliver(shop.stripe.disputed(session_id))
    won, lost = (shop.stripe.dispute_closed(session_id, end) for end in ("won", "lost"))
    shop.deliver(lost)
    assert shop.deliver(won) == (200, "unchanged")
    assert shop.credits == 100.0


def test_an_inquiry_is_no_dispute_yet(shop: Shop) -> None:
    session_id = bought(shop)
    assert shop.deliver(shop.stripe.disputed(session_id, "warning_needs_response")) == (200, "ignored")
    assert shop.credits == 150.0


def test_a_dispute_that_is_reported_after_it_was_won_takes_nothing(shop: Shop) -> None:
    session_id = bought(shop)
    created, won = shop.stripe.disputed(session_id), shop.stripe.dispute_closed(session_id, "won")
    shop.deliver(won)
    assert shop.deliver(created) == (200, "unchanged")
    assert shop.credits == 150.0


def test_a_won_dispute_gives_back_no_more_than_the_refund_left(shop: Shop) -> None:
    session_id = bought(shop)
    shop.deliver(shop.stripe.refunded(session_id, 200))
    shop.deliver(shop.stripe.disputed(session_id))
    shop.deliver(shop.stripe.dispute_closed(session_id, "won"))
    assert shop.credits == 130.0


Story = Callable[[Shop, str], list[Delivery]]


def refunded_in_two_steps(shop: Shop, session_id: str) -> list[Delivery]:
    paid = shop.stripe.paid(session_id)
    return [paid, shop.stripe.refunded(session_id, 100), shop.stripe.refunded(session_id, 150)]


def refunded_in_vain(shop: Shop, session_id: str) -> list[Delivery]:
    paid = shop.stripe.paid(session_id)
    return [paid, shop.stripe.refunded(session_id, 300), shop.stripe.refund_failed(session_id)]


def disputed_and_won(shop: Shop, session_id: str) -> list[Delivery]:
    paid = shop.stripe.paid(session_id)
    return [paid, shop.stripe.disputed(session_id), shop.stripe.dispute_closed(session_id, "won")]


def disputed_and_lost(shop: Shop, session_id: str) -> list[Delivery]:
    paid = shop.stripe.paid(session_id)
    return [paid, shop.stripe.disputed(session_id), shop.stripe.dispute_closed(session_id, "lost")]


def transferred_and_refunded(shop: Shop, session_id: str) -> list[Delivery]:
    waiting = shop.stripe.awaiting_payment(session_id)
    return [waiting, shop.stripe.payment_arrived(session_id), shop.stripe.refunded(session_id, 500)]


@pytest.mark.parametrize(
    ("story", "left"),
    [
        (refunded_in_two_steps, 25.0),
        (refunded_in_vain, 50.0),
        (disputed_and_won, 50.0),
        (disputed_and_lost, 0.0),
        (transferred_and_refunded, 0.0),
    ],
)
def test_every_order_of_the_same_messages_comes_to_the_same(shop: Shop, story: Story, left: float) -> None:
    for number, places in enumerate(itertools.permutations(range(3)), start=1):
        before = shop.credits
        deliveries = story(shop, shop.order())
        for place in (*places, places[0]):
            assert shop.deliver(deliveries[place])[0] == 200
        assert shop.credits == before + left, f"order {number}: {places}"


def paid_and_refunded(shop: Shop) -> list[Callable[[Session], str]]:
    """A payment and its refund, as what each does to the books."""
    session_id = shop.order()
    shop.stripe.paid(session_id)
    checkout = checkout_session(SessionObject.model_validate(shop.stripe.sessions[session_id]))
    refund = Reversal(str(checkout.payment_intent), 500)
    return [
        lambda session: payment_service.apply(session, checkout, livemode=False),
        lambda session: payment_service.apply(session, refund, livemode=False),
    ]


@pytest.mark.parametrize(("first", "second"), [(0, 1), (1, 0)], ids=["payment first", "refund first"])
@pytest.mark.parametrize("earlier", [False, True], ids=["the only refund", "after an earlier one"])
def test_a_payment_and_its_refund_wait_for_each_other(shop: Shop, first: int, second: int, earlier: bool) -> None:
    messages = paid_and_refunded(shop)
    if earlier:
        [session] = shop.stripe.sessions.values()
        with shop.database.sessions.begin() as books:
            payment_service.apply(books, Reversal(session["payment_intent"], 100), livemode=False)

    def in_own_transaction() -> None:
        with shop.database.sessions.begin() as session:
            messages[second](session)

    with ThreadPoolExecutor(1) as pool:
        with shop.database.sessions.begin() as session:
            messages[first](session)
            other = pool.submit(in_own_transaction)
            finished, _ = wait([other], timeout=0.5)
            assert not finished, "it cannot know yet what the first one comes to"
        other.result()
    assert shop.credits == 100.0


def test_a_payment_and_its_refund_at_once_come_to_nothing(shop: Shop) -> None:
    for _ in range(8):
        session_id = shop.order()
        deliveries = [shop.stripe.paid(session_id), shop.stripe.refunded(session_id, 500)] * 3
        with ThreadPoolExecutor(6) as pool:
            assert {status for status, _ in pool.map(shop.deliver, deliveries)} == {200}
        assert shop.credits == 100.0


def test_many_refunds_at_once_take_the_largest_once(shop: Shop) -> None:
    session_id = bought(shop, 500)
    deliveries = [shop.stripe.refunded(session_id, 350) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert {status for status, _ in pool.map(shop.deliver, deliveries)} == {200}
    assert shop.credits == 600.0 - 400.0


def test_who_spent_refunded_credits_owes_them_until_the_next_purchase(shop: Shop, settings: Settings) -> None:
    session_id = bought(shop)
    with shop.database.sessions.begin() as session:
        credit_service.open_hold(session, shop.person.id, run_id=1, estimate=140, settings=settings)
        usage = credit_service.TokenUsage(prompt_tokens=280_000)
        credit_service.settle_hold(
            session, run_id=1, usage=usage, project_id=1, description="Tailored", settings=settings
        )
    shop.deliver(shop.stripe.refunded(session_id, 500))
    assert shop.credits == -40.0
    balance = shop.client.get("/api/credits/balance").json()
    assert (balance["can_tailor"], balance["low_balance_warning"]) == (False, True)
    with pytest.raises(InsufficientCredits), shop.database.sessions.begin() as session:
        credit_service.open_hold(session, shop.person.id, run_id=2, estimate=5, settings=settings)
    bought(shop)
    assert shop.client.get("/api/credits/balance").json()["can_tailor"]
