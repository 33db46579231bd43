"""Whatever happens to the books in whatever order, they add up after every step."""

from itertools import count
from typing import Any

from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from config.database import Database
from config.settings import Settings
from models.payment import DisputeState, PaymentStatus
from models.user import User
from services import auth_service, credit_service, ledger_audit, payment_service
from services.credit_packages import PACKAGES
from services.credit_service import TokenUsage
from services.errors import InsufficientCredits
from services.stripe_messages import CheckoutSession, Refund, Reversal, WebhookEvent

RUNS = st.integers(min_value=1, max_value=6)
PURCHASES = st.integers(min_value=0, max_value=len(PACKAGES) - 1)
TOLD = st.one_of(
    st.tuples(st.just("paid"), PURCHASES),
    st.tuples(st.just("refunded"), PURCHASES, st.integers(1, 4000)),
    st.tuples(st.just("refund"), PURCHASES, st.integers(1, 3), st.integers(1, 4000), st.booleans()),
    st.tuples(st.just("dispute"), PURCHASES, st.sampled_from(DisputeState)),
)
"""What Stripe may say of a purchase, in any order."""


class Books(RuleBasedStateMachine):
    """One person, six runs and four purchases; a plain Python model says what must come out."""

    database: Database
    settings: Settings

    @initialize()
    def open_account(self) -> None:
        with self.database.sessions.begin() as session:
            email = f"{session.query(User).count()}@example.com"
            user = auth_service.create_user(session, email=email, full_name="Ada", settings=self.settings)
        self.user_id = user.id
        self.credits = self.settings.INITIAL_CREDITS
        self.holds: dict[int, float] = {}
        self.closed: set[int] = set()
        self.paid: set[int] = set()
        self.refunded = dict.fromkeys(range(len(PACKAGES)), 0)
        self.single_refunds: dict[tuple[int, int], tuple[int, bool]] = {}
        self.disputes = dict.fromkeys(range(len(PACKAGES)), DisputeState.NONE)
        self.numbers = count()

    def run_id(self, run: int) -> int:
        return self.user_id * 100 + run

    def intent(self, purchase: int) -> str:
        return f"pi_{self.user_id}_{purchase}"

    @rule(run=RUNS, estimate=st.floats(min_value=0, max_value=400))
    def start_a_run(self, run: int, estimate: float) -> None:
        if run in self.holds or run in self.closed:
            return
        available = self.credits - sum(self.holds.values())
        try:
            with self.database.sessions.begin() as session:
                hold = credit_service.open_hold(
                    session, self.user_id, run_id=self.run_id(run), estimate=estimate, settings=self.settings
                )
        except InsufficientCredits:
            assert available < self.settings.MINIMUM_CREDITS_FOR_TAILOR
        else:
            assert self.settings.MINIMUM_CREDITS_FOR_TAILOR <= hold.amount <= available
            assert hold.amount >= min(estimate, available)
            self.holds[run] = hold.amount

    @rule(run=RUNS, tokens=st.integers(min_value=0, max_value=500_000))
    def settle_a_run(self, run: int, tokens: int) -> None:
        if run not in self.holds and run not in self.closed:
            return
        with self.database.sessions.begin() as session:
            settled = credit_service.settle_hold(
                session,
                run_id=self.run_id(run),
                usage=TokenUsage(tokens),
                project_id=1,
                description="Tailored",
                settings=self.settings,
            )
        if run in self.holds:
            cost = credit_service.credits_for_tokens(tokens, self.settings.TOKENS_PER_CREDIT)
            self.credits -= max(0.0, min(cost, self.holds.pop(run), self.credits))
            self.closed.add(run)
        assert settled.balance == self.credits

    @rule(run=RUNS)
    def release_a_run(self, run: int) -> None:
        with self.database.sessions.begin() as session:
            credit_service.release_hold(session, run_id=self.run_id(run))
        if self.holds.pop(run, None) is not None:
            self.closed.add(run)

    @rule(told=st.lists(TOLD, min_size=1, max_size=6))
    def hear_from_stripe(self, told: list[tuple[Any, ...]]) -> None:
        """In one turn, as webhooks that arrive together are applied."""
        before = self.due_in_all()
        events = [WebhookEvent(f"evt_{self.user_id}_{next(self.numbers)}", "", self.learn(*one)) for one in told]
        with self.database.sessions.begin() as session:
            payment_service.receive_events(session, events, livemode=False)
        self.credits += self.due_in_all() - before

    def learn(self, what: str, purchase: int, *more: Any) -> CheckoutSession | Reversal:
        """What Stripe says of this purchase; the model has heard it."""
        match what, *more:
            case ("paid",):
                self.paid.add(purchase)
                return self.paid_session(purchase)
            case "refunded", int(cents):
                self.refunded[purchase] = max(self.refunded[purchase], cents)
                return Reversal(self.intent(purchase), cents)
            case "refund", int(number), int(cents), bool(failed):
                known_cents, known_failed = self.single_refunds.get((purchase, number), (cents, False))
                self.single_refunds[purchase, number] = (known_cents, failed or known_failed)
                refund = Refund(f"re_{self.user_id}_{purchase}_{number}", known_cents, failed)
                return Reversal(self.intent(purchase), refund=refund)
            case "dispute", DisputeState() as state:
                order = list(DisputeState)
                self.disputes[purchase] = max(self.disputes[purchase], state, key=order.index)
                return Reversal(self.intent(purchase), dispute_state=state)
        raise AssertionError(what)

    def paid_session(self, purchase: int) -> CheckoutSession:
        package = PACKAGES[purchase]
        return CheckoutSession(
            id=f"cs_{self.user_id}_{purchase}",
            outcome=PaymentStatus.PAID,
            url=None,
            is_paid=True,
            mode="payment",
            amount_total=package.price_cents,
            currency="usd",
            payment_intent=self.intent(purchase),
            livemode=False,
            user_id=str(self.user_id),
            credits=str(package.credits),
        )

    def due_in_all(self) -> float:
        return sum(map(self.due, range(len(PACKAGES))))

    def due(self, purchase: int) -> float:
        """What this purchase is worth to the person by now."""
        package = PACKAGES[purchase]
        if purchase not in self.paid or self.disputes[purchase] in (DisputeState.OPEN, DisputeState.LOST):
            return 0.0
        lasting, failed = (
            sum(
                cents
                for (of, _), (cents, has_failed) in self.single_refunds.items()
                if (of, has_failed) == (purchase, end)
            )
            for end in (False, True)
        )
        refunded = min(max(lasting, self.refunded[purchase] - failed), package.price_cents)
        return package.credits - package.credits * 2 * refunded // package.price_cents / 2

    @rule()
    def sweep(self) -> None:
        """No run is running here: after a crash, all holds are stale."""
        with self.database.sessions.begin() as session:
            credit_service.release_stale_holds(session)
        self.closed |= self.holds.keys()
        self.holds.clear()

    @invariant()
    def the_books_add_up(self) -> None:
        with self.database.read_sessions() as session:
            assert ledger_audit.find_breaches(session) == []
            user = session.get_one(User, self.user_id)
            assert (user.credits, user.held) == (self.credits, sum(self.holds.values()))


def test_the_books_add_up_after_every_step(settings: Settings, database: Database) -> None:
    machine = type("BooksOfThisTest", (Books,), {"database": database, "settings": settings})
    run_state_machine_as_test(
        machine,
        settings=hypothesis_settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
