"""Fifty at once: whatever meets in the books, nothing is lost, nothing counts twice, and nobody waits in a circle."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import chain

import pytest
from sqlalchemy.orm import Session

from config.database import Database
from config.settings import Settings
from models.credit_transaction import TransactionType
from models.payment import DisputeState, PaymentStatus
from services import credit_service, ledger_audit, payment_service
from services.credit_packages import PACKAGES, CreditPackage
from services.credit_service import Posting, TokenUsage
from services.stripe_messages import CheckoutSession, Refund, Reversal
from tests.conftest import POSTGRES_URL, MakePerson, Person

Step = Callable[[Session], object]
"""What one transaction does."""


class Crowd:
    """Does many things at once, each in transactions of its own."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings

    def do(self, step: Step) -> object:
        with self.database.sessions.begin() as session:
            return step(session)

    def do_all_at_once(self, tasks: list[list[Step]]) -> None:
        """Every task in a thread of its own, its steps one after another; raises what any of them raised."""
        with ThreadPoolExecutor(50) as threads:
            for finished in [threads.submit(lambda steps=steps: [self.do(step) for step in steps]) for steps in tasks]:
                finished.result()

    def hold(self, person: Person, run_id: int) -> Step:
        return lambda session: credit_service.open_hold(
            session, person.id, run_id=run_id, estimate=5, settings=self.settings
        )

    def settle(self, run_id: int) -> Step:
        return lambda session: credit_service.settle_hold(
            session, run_id=run_id, usage=TokenUsage(2000), project_id=1, description="", settings=self.settings
        )

    def balance(self, person: Person) -> tuple[float, float]:
        with self.database.read_sessions() as session:
            balance = credit_service.read_balance(session, person.id, settings=self.settings)
            return balance.credits, balance.held


@pytest.fixture
def crowd(database: Database, settings: Settings) -> Iterator[Crowd]:
    """A crowd whose books must add up when it has gone."""
    yield Crowd(database, settings)
    with database.read_sessions() as session:
        assert ledger_audit.find_breaches(session) == []


def pay(person: Person, package: CreditPackage) -> Step:
    checkout = CheckoutSession(
        id=f"cs_{person.id}_{package.credits}",
        outcome=PaymentStatus.PAID,
        url=None,
        is_paid=True,
        mode="payment",
        amount_total=package.price_cents,
        currency="usd",
        payment_intent=intent(person, package),
        livemode=False,
        user_id=str(person.id),
        credits=str(package.credits),
    )
    return lambda session: payment_service.apply(session, checkout, livemode=False)


def reverse(person: Person, package: CreditPackage, **known: object) -> Step:
    return lambda session: payment_service.apply(session, Reversal(intent(person, package), **known), livemode=False)


def intent(person: Person, package: CreditPackage) -> str:
    return f"pi_{person.id}_{package.credits}"


def give(*people: Person) -> Step:
    gifts = [Posting(person.id, 1.0, TransactionType.BONUS, "Thank you") for person in people]
    return lambda session: credit_service.post(session, *gifts)


def test_debits_purchases_refunds_and_disputes_of_two_people_at_once_come_to_the_sum_of_each(
    crowd: Crowd, make_person: MakePerson
) -> None:
    people = [make_person(), make_person()]
    fifty, hundred, many, most = PACKAGES

    def tasks_of(person: Person) -> Iterator[list[Step]]:
        for number in range(8):
            run_id = person.id * 100 + number
            yield [crowd.hold(person, run_id), crowd.settle(run_id), crowd.settle(run_id)]
        for package in PACKAGES * 3:
            yield [pay(person, package)]
        yield [reverse(person, fifty, amount_refunded_cents=500)]
        yield [reverse(person, fifty, refund=Refund(f"re_whole_{person.id}", 500))]
        yield [reverse(person, hundred, dispute_state=DisputeState.OPEN)]
        yield [reverse(person, hundred, dispute_state=DisputeState.WON)]
        yield [reverse(person, many, refund=Refund(f"re_part_{person.id}", 500))]
        yield [reverse(person, most, refund=Refund(f"re_vain_{person.id}", 3500, failed=True))]

    crowd.do_all_at_once(list(chain.from_iterable(zip(*map(tasks_of, people), strict=True))))
    for person in people:
        assert crowd.balance(person) == (100.0 - 8 + 0 + 100 + (250 - 62.5) + 500, 0.0)


def test_holds_that_are_swept_settled_and_released_at_once_are_closed_once(
    crowd: Crowd, make_person: MakePerson
) -> None:
    ada, bob = make_person(), make_person()
    for _ in range(3):  # a circle needs some luck
        before = crowd.balance(ada)[0] + crowd.balance(bob)[0]
        runs = range(int(before * 1000), int(before * 1000) + 20)
        for run_id in runs:
            crowd.do(crowd.hold((ada, bob)[run_id % 2], run_id))
        closing: list[list[Step]] = [[crowd.settle(run_id)] for run_id in runs[::3]]
        closing += [
            [lambda session, run_id=run_id: credit_service.release_hold(session, run_id=run_id)]
            for run_id in runs[1::3]
        ]
        closing += [[credit_service.release_stale_holds]] * 6
        closing += [[lambda session: credit_service.release_holds_of(session, ada.id)]] * 6
        crowd.do_all_at_once(closing[::2] + closing[1::2])
        assert crowd.balance(ada)[1] == crowd.balance(bob)[1] == 0.0
        charged = before - crowd.balance(ada)[0] - crowd.balance(bob)[0]
        assert 0 <= charged <= len(runs[::3])


def test_who_sweeps_many_holds_and_who_settles_one_do_not_wait_in_a_circle(
    crowd: Crowd, make_person: MakePerson
) -> None:
    ada, bob = make_person(), make_person()
    for person, run_id in ((bob, 1), (ada, 2), (bob, 3)):
        crowd.do(crowd.hold(person, run_id))
    with ThreadPoolExecutor(2) as threads:
        with crowd.database.sessions.begin() as session:
            crowd.settle(2)(session)
            sweep = threads.submit(crowd.do, credit_service.release_stale_holds)
            wait([sweep], timeout=0.5)  # it has the first hold by now, and waits for the second
            settlement = threads.submit(crowd.do, crowd.settle(3))
            wait([settlement], timeout=0.5)
        sweep.result()
        settlement.result()
    assert crowd.balance(ada) == (99.0, 0.0)
    assert crowd.balance(bob)[1] == 0.0


def test_who_gives_to_two_people_and_who_gives_to_them_in_another_order_do_not_wait_in_a_circle(
    crowd: Crowd, make_person: MakePerson
) -> None:
    ada, bob = make_person(), make_person()
    with ThreadPoolExecutor(2) as threads:
        gifts = []
        with crowd.database.sessions.begin() as session:
            give(ada)(session)
            for people in ((ada, bob), (bob, ada)):
                gifts.append(threads.submit(crowd.do, give(*people)))
                wait(gifts, timeout=0.3)  # it waits for the first gift by now
        for gift in gifts:
            gift.result()
    assert (crowd.balance(ada), crowd.balance(bob)) == ((103.0, 0.0), (102.0, 0.0))


@pytest.mark.skipif(not POSTGRES_URL, reason="on SQLite whoever writes waits for everybody else who does")
def test_a_purchase_waits_for_nobody_but_its_own_buyer(crowd: Crowd, make_person: MakePerson) -> None:
    ada, bob = make_person(), make_person()
    crowd.do(pay(bob, PACKAGES[0]))
    with ThreadPoolExecutor(1) as threads, crowd.database.sessions.begin() as session:
        give(bob)(session)
        assert threads.submit(crowd.do, pay(ada, PACKAGES[0])).result(timeout=5) == "credited"
    assert crowd.balance(ada) == (150.0, 0.0)
