"""The ledger: prices, holds, settlements, and what they refuse; each test leaves books that add up."""

import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from config.database import Database
from config.settings import Settings
from models.credit_transaction import CreditHold, CreditTransaction, HoldStatus, TransactionType
from models.user import User
from services import credit_service, ledger_audit
from services.credit_service import Posting, Settlement, TokenUsage
from services.errors import InsufficientCredits, InvalidRequest, NotFound
from tests.conftest import Person


class Books:
    """The ledger as its callers use it, one transaction a call."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings

    def hold(self, person: Person, run_id: int, estimate: float = 5.0) -> float:
        with self.database.sessions.begin() as session:
            return credit_service.open_hold(
                session, person.id, run_id=run_id, estimate=estimate, settings=self.settings
            ).amount

    def settle(
        self, run_id: int, tokens: int, *, completion: int = 0, estimated: bool = False, description: str = ""
    ) -> Settlement:
        with self.database.sessions.begin() as session:
            return credit_service.settle_hold(
                session,
                run_id=run_id,
                usage=TokenUsage(tokens, completion, estimated),
                project_id=7,
                description=description or f"Tailored for Acme: {tokens:,} tokens",
                settings=self.settings,
            )

    def release(self, run_id: int) -> None:
        with self.database.sessions.begin() as session:
            credit_service.release_hold(session, run_id=run_id)

    def release_stale(self) -> None:
        """What the sweep does; no run of these tests is running."""
        with self.database.sessions.begin() as session:
            credit_service.release_stale_holds(session)

    def take_back(self, person: Person, amount: float) -> None:
        """What a refund does: it may leave less than what is held, or less than nothing."""
        with self.database.sessions.begin() as session:
            credit_service.post(session, Posting(person.id, -amount, TransactionType.REFUND, "Refunded"))

    def state(self, person: Person) -> tuple[float, float]:
        """Credits and what of them is held."""
        with self.database.read_sessions() as session:
            user = session.get_one(User, person.id)
            return user.credits, user.held

    def rows(self, person: Person) -> list[CreditTransaction]:
        with self.database.read_sessions() as session:
            query = session.query(CreditTransaction).filter_by(user_id=person.id).order_by(CreditTransaction.id)
            return list(query)

    def hold_of(self, run_id: int) -> CreditHold:
        with self.database.read_sessions() as session:
            return session.query(CreditHold).filter_by(run_id=run_id).one()

    def breaches(self) -> list[str]:
        with self.database.read_sessions() as session:
            return ledger_audit.find_breaches(session)


@pytest.fixture
def books(database: Database, settings: Settings) -> Iterator[Books]:
    """The books; they must add up when the test ends."""
    books = Books(database, settings)
    yield books
    assert books.breaches() == []


@pytest.mark.parametrize(
    ("tokens", "credits"),
    [
        *[(-5000, 0), (0, 0), (1, 0), (500, 0), (501, 0.5), (1500, 0.5), (1501, 1), (2000, 1), (2500, 1), (2501, 1.5)],
        *[(3500, 1.5), (3501, 2), (10_000, 5), (10_501, 5.5)],
    ],
)
def test_tokens_cost_credits_to_the_nearest_half_with_ties_down(tokens: int, credits: float) -> None:
    assert credit_service.credits_for_tokens(tokens, 2000) == credits


@pytest.mark.parametrize("per_credit", [1, 3, 7, 1999])
def test_the_price_is_the_nearest_half_for_any_rate(per_credit: int) -> None:
    for tokens in range(1, 40):
        price = credit_service.credits_for_tokens(tokens, per_credit)
        distance = abs(price - tokens / per_credit)
        assert distance <= 0.25 + 1e-9
        assert not (distance > 0.25 - 1e-9 and price > tokens / per_credit), "a tie goes down"


def test_a_hold_reserves_the_estimate_rounded_up_to_half_a_credit(books: Books, person: Person) -> None:
    assert books.hold(person, run_id=1, estimate=7.2) == 7.5
    assert books.state(person) == (100.0, 7.5)


def test_a_hold_is_never_less_than_the_minimum(books: Books, person: Person) -> None:
    assert books.hold(person, run_id=1, estimate=0.5) == 5.0


def test_a_hold_is_capped_at_what_is_available(books: Books, person: Person) -> None:
    books.hold(person, run_id=1, estimate=94)
    assert books.hold(person, run_id=2, estimate=20) == 6.0
    assert books.state(person) == (100.0, 100.0)


def test_exactly_the_minimum_is_enough_for_a_run(books: Books, person: Person) -> None:
    books.hold(person, run_id=1, estimate=95)
    assert books.hold(person, run_id=2) == 5.0


def test_less_than_the_minimum_is_refused_and_says_what_is_missing(books: Books, person: Person) -> None:
    books.hold(person, run_id=1, estimate=95.5)
    with pytest.raises(InsufficientCredits) as refused:
        books.hold(person, run_id=2)
    assert refused.value.details == {"balance": 100.0, "available": 4.5, "required": 5.0}
    assert books.state(person) == (100.0, 95.5)


def test_a_run_has_one_hold(books: Books, person: Person) -> None:
    books.hold(person, run_id=1)
    with pytest.raises(IntegrityError):
        books.hold(person, run_id=1)
    assert books.state(person) == (100.0, 5.0)


def test_settling_charges_the_tokens_and_frees_the_rest_of_the_hold(books: Books, person: Person) -> None:
    books.hold(person, run_id=1, estimate=10)
    assert books.settle(1, tokens=3012, completion=500) == Settlement(credits_charged=2.0, balance=98.0)
    assert books.state(person) == (98.0, 0.0)
    row = books.rows(person)[-1]
    assert (row.transaction_type, row.amount, row.balance_after, row.run_id) == ("TAILOR", -2.0, 98.0, 1)
    assert (row.tokens_used, row.prompt_tokens, row.completion_tokens) == (3512, 3012, 500)
    assert (row.project_id, row.usage_estimated) == (7, False)
    assert row.description == "Tailored for Acme: 3,012 tokens"


def test_settling_twice_charges_once_and_answers_the_same(books: Books, person: Person) -> None:
    books.hold(person, run_id=1)
    first = books.settle(1, tokens=4000)
    assert books.settle(1, tokens=9000) == first
    assert books.state(person) == (98.0, 0.0)


def test_a_run_never_costs_more_than_its_hold(books: Books, person: Person) -> None:
    books.hold(person, run_id=1)
    assert books.settle(1, tokens=1_000_000).credits_charged == 5.0


def test_a_run_that_cost_nothing_still_shows_in_the_history(books: Books, person: Person) -> None:
    books.hold(person, run_id=1)
    assert books.settle(1, tokens=500) == Settlement(credits_charged=0.0, balance=100.0)
    shown = [(row.transaction_type, str(row.amount)) for row in books.rows(person)]
    assert shown == [("GRANT", "100.0"), ("TAILOR", "0.0")], "and not -0.0"


def test_estimated_usage_is_marked_in_the_ledger(books: Books, person: Person) -> None:
    books.hold(person, run_id=1)
    books.settle(1, tokens=2000, estimated=True)
    assert books.rows(person)[-1].usage_estimated


def test_a_released_hold_costs_nothing_and_leaves_no_row(books: Books, person: Person) -> None:
    books.hold(person, run_id=1)
    books.release(1)
    books.release(1)
    assert books.state(person) == (100.0, 0.0)
    assert len(books.rows(person)) == 1


def test_a_sweep_says_how_many_holds_it_has_released_if_there_were_any(
    books: Books, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    for run_id in (1, 2):
        books.hold(person, run_id)
    with caplog.at_level(logging.INFO):
        books.release_stale()
        books.release_stale()
    assert re.findall(r"stale_holds_released count=(\d+)", caplog.text) == ["2"]


def test_each_run_is_answered_with_its_own_settlement_when_it_is_settled_again(books: Books, person: Person) -> None:
    for run_id, tokens in ((1, 4000), (2, 2000)):
        books.hold(person, run_id)
        books.settle(run_id, tokens=tokens)
    assert [books.settle(run_id, tokens=9000).credits_charged for run_id in (1, 2)] == [2.0, 1.0]


def test_usage_is_estimated_as_soon_as_some_of_it_is() -> None:
    reported, estimated = TokenUsage(100, 40), TokenUsage(10, 4, estimated=True)
    assert reported + estimated == estimated + reported == TokenUsage(110, 44, estimated=True)
    assert not (reported + reported).estimated


def test_the_holds_of_one_person_are_released_and_nobody_elses(
    books: Books, person: Person, make_person: Callable[..., Person]
) -> None:
    somebody_else = make_person()
    for run_id, holder in enumerate((person, somebody_else, person), start=1):
        books.hold(holder, run_id)
    with books.database.sessions.begin() as session:
        credit_service.release_holds_of(session, person.id)
    assert (books.state(person), books.state(somebody_else)) == ((100.0, 0.0), (100.0, 5.0))
    statuses = [books.hold_of(run_id).status for run_id in (1, 2, 3)]
    assert statuses == [HoldStatus.RELEASED, HoldStatus.OPEN, HoldStatus.RELEASED]


def test_a_hold_keeps_when_and_how_it_was_closed(books: Books, person: Person) -> None:
    for run_id in (1, 2, 3):
        books.hold(person, run_id)
    books.settle(1, tokens=4000)
    books.release(2)
    holds = [books.hold_of(run_id) for run_id in (1, 2, 3)]
    assert [hold.status for hold in holds] == [HoldStatus.SETTLED, HoldStatus.RELEASED, HoldStatus.OPEN]
    assert [hold.closed_at is not None for hold in holds] == [True, True, False]
    books.release_stale()
    assert books.hold_of(3).status == HoldStatus.RELEASED


def test_a_description_that_is_too_long_is_cut_and_not_refused(
    books: Books, person: Person, database: Database
) -> None:
    books.hold(person, run_id=1)
    books.settle(1, tokens=2000, description="x" * 501)
    with database.sessions.begin() as session:
        credit_service.grant(session, person.id, amount=5, reason="y" * 501)
    assert [row.description for row in books.rows(person)[1:]] == ["x" * 500, "y" * 500]


def test_nobody_has_no_balance_and_cannot_be_credited(books: Books, database: Database) -> None:
    with pytest.raises(NotFound), database.sessions.begin() as session:
        credit_service.grant(session, 424242, amount=5, reason="Thank you")
    with pytest.raises(NotFound), database.read_sessions() as session:
        credit_service.read_balance(session, 424242, settings=books.settings)


def test_a_released_run_can_no_longer_be_charged(books: Books, person: Person) -> None:
    books.hold(person, run_id=1)
    books.release(1)
    assert books.settle(1, tokens=4000) == Settlement(credits_charged=0.0, balance=100.0)


def test_releasing_after_settling_changes_nothing(books: Books, person: Person) -> None:
    books.hold(person, run_id=1)
    books.settle(1, tokens=4000)
    books.release(1)
    assert books.state(person) == (98.0, 0.0)


def test_settling_a_run_without_a_hold_is_a_fault_of_the_caller(books: Books, person: Person) -> None:
    with pytest.raises(LookupError):
        books.settle(404, tokens=1)


def test_tailoring_takes_only_what_a_refund_has_left(books: Books, person: Person) -> None:
    books.hold(person, run_id=1, estimate=10)
    books.take_back(person, 99)
    assert books.settle(1, tokens=20_000) == Settlement(credits_charged=1.0, balance=0.0)


def test_tailoring_does_not_deepen_a_debt(books: Books, person: Person) -> None:
    books.hold(person, run_id=1, estimate=10)
    books.take_back(person, 120)
    assert books.settle(1, tokens=20_000) == Settlement(credits_charged=0.0, balance=-20.0)


def test_a_debt_stops_tailoring_until_it_is_paid(books: Books, person: Person, database: Database) -> None:
    books.take_back(person, 120)
    with pytest.raises(InsufficientCredits):
        books.hold(person, run_id=1)
    with database.sessions.begin() as session:
        credit_service.grant(session, person.id, amount=25, reason="Paid by bank transfer")
    assert books.hold(person, run_id=1) == 5.0


@pytest.mark.parametrize("amount", [0, -5, 0.3, float("nan"), float("inf"), 1e9])
def test_a_grant_is_a_sensible_number_of_half_credits(
    books: Books, person: Person, database: Database, amount: float
) -> None:
    with pytest.raises(InvalidRequest), database.sessions.begin() as session:
        credit_service.grant(session, person.id, amount=amount, reason="Thank you")
    assert books.state(person)[0] == 100.0


def test_the_largest_grant_is_a_grant_that_says_why(books: Books, person: Person, database: Database) -> None:
    with database.sessions.begin() as session:
        credit_service.grant(session, person.id, amount=credit_service.MAX_GRANT, reason="For the whole school")
    row = books.rows(person)[-1]
    assert (row.transaction_type, row.amount, row.description) == ("GRANT", 100_000.0, "For the whole school")


def test_the_ledger_takes_no_amount_off_the_half_steps(books: Books, person: Person, database: Database) -> None:
    with pytest.raises(ValueError, match="steps"), database.sessions.begin() as session:
        credit_service.post(session, Posting(person.id, 0.3, TransactionType.BONUS, "x"))


def test_a_person_who_was_read_before_shows_the_new_balance(
    books: Books, person: Person, database: Database, settings: Settings
) -> None:
    with database.sessions.begin() as session:
        user = session.get_one(User, person.id)
        credit_service.grant(session, person.id, amount=5, reason="Thank you")
        assert user.credits == 105.0
        credit_service.open_hold(session, person.id, run_id=1, estimate=7, settings=settings)
        assert user.held == 7.0
        credit_service.release_hold(session, run_id=1)
        assert user.held == 0.0


def test_a_hundred_credits_are_spent_by_exactly_the_runs_that_they_pay_for(books: Books, person: Person) -> None:
    def run(run_id: int) -> float:
        try:
            books.hold(person, run_id)
        except InsufficientCredits:
            return 0.0
        return books.settle(run_id, tokens=10_000).credits_charged

    with ThreadPoolExecutor(16) as pool:
        charges = list(pool.map(run, range(1, 51)))
    assert sum(charges) == 100.0
    assert books.state(person) == (0.0, 0.0)


def test_fifty_runs_at_once_cannot_share_the_same_credits(books: Books, person: Person) -> None:
    def hold(run_id: int) -> bool:
        try:
            return books.hold(person, run_id, estimate=7) > 0
        except InsufficientCredits:
            return False

    with ThreadPoolExecutor(16) as pool:
        granted = sum(pool.map(hold, range(1, 51)))
    assert granted == 14, "fourteen times 7, and 2 credits that are less than the minimum"
    assert books.state(person) == (100.0, 98.0)


def test_fifty_settlements_of_one_run_at_once_charge_once(books: Books, person: Person) -> None:
    books.hold(person, run_id=1)
    with ThreadPoolExecutor(16) as pool:
        settlements = set(pool.map(lambda _: books.settle(1, tokens=4000), range(50)))
    assert settlements == {Settlement(credits_charged=2.0, balance=98.0)}
    assert books.state(person) == (98.0, 0.0)


def test_settling_and_releasing_one_run_at_once_closes_it_once(books: Books, person: Person) -> None:
    for run_id in range(1, 11):
        books.hold(person, run_id)

    def close(number: int) -> None:
        run_id, settles = divmod(number, 2)
        if settles:
            books.settle(run_id + 1, tokens=2000)
        else:
            books.release(run_id + 1)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(close, range(20)))
    charged = sum(row.amount for row in books.rows(person) if row.transaction_type == "TAILOR")
    assert books.state(person) == (100.0 + charged, 0.0)


def test_people_do_not_share_credits(books: Books, make_person: Callable[..., Person]) -> None:
    ada, bob = make_person(), make_person()
    books.hold(ada, run_id=1)
    books.settle(1, tokens=4000)
    assert books.state(bob) == (100.0, 0.0)
    assert len(books.rows(bob)) == 1
