"""The operator's commands about money, run as an operator runs them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from config.database import Database
from config.settings import Settings
from models.project import Project
from models.run import RunStatus, TailoringRun
from models.user import User
from scripts import ledger, reconcile, stripe_events
from services import credit_service, ledger_audit, user_service
from services.stripe_gateway import PAGE_SIZE
from tests.conftest import Person
from tests.fakes import stripe_objects
from tests.shop import Shop

LEDGER_COLUMNS = "(user_id, amount, balance_after, transaction_type, description, created_at)"
CHARGE_OF_RUN_7 = (
    "INSERT INTO credit_transactions (run_id, user_id, amount, balance_after, transaction_type, description,"
    " created_at) SELECT 7, id, 0, 100, 'TAILOR', '', created_at FROM users"
)
Output = pytest.CaptureFixture[str]
pytestmark = pytest.mark.filterwarnings("ignore:Use .content=:DeprecationWarning")


def run_with_hold(database: Database, settings: Settings, person: Person, status: RunStatus) -> int:
    """A run with this status whose hold was never closed."""
    with database.sessions.begin() as session:
        project = Project(user_id=person.id, project_name="Backend Engineer")
        session.add(project)
        session.flush()
        run = TailoringRun(
            project_id=project.id, user_id=person.id, status=status, job_description="", model="m", worker="w"
        )
        session.add(run)
        session.flush()
        credit_service.open_hold(session, person.id, run_id=run.id, estimate=7, settings=settings)
        return run.id


def state(database: Database, person: Person) -> tuple[float, float]:
    with database.read_sessions() as session:
        assert ledger_audit.find_breaches(session) == []
        user = session.get_one(User, person.id)
        return user.credits, user.held


def test_verify_is_content_with_sound_books(person: Person, settings: Settings, capsys: Output) -> None:
    assert ledger.main(["verify"], settings) == 0
    assert "adds up" in capsys.readouterr().out


def test_verify_is_content_with_books_in_which_much_has_happened(
    shop: Shop, settings: Settings, make_person: Callable[..., Person], capsys: Output
) -> None:
    somebody_else = make_person()
    run_with_hold(shop.database, settings, shop.person, RunStatus.FAILED)
    ledger.main(["release-holds"], settings)
    run_with_hold(shop.database, settings, somebody_else, RunStatus.RUNNING)
    shop.order()  # and never paid
    session_id = shop.order()
    shop.deliver(shop.stripe.paid(session_id))
    shop.deliver(shop.stripe.refunded(session_id, 250))
    assert ledger.main(["verify"], settings) == 0


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE users SET credits = credits + 1", "the balance is 101, the ledger sums up to 100"),
        ("UPDATE users SET held = 3", "3 credits are held, the open holds sum up to 0"),
        (
            f"INSERT INTO credit_transactions {LEDGER_COLUMNS} SELECT id, 0, 7, 'BONUS', '', created_at FROM users",
            "balance_after is 7, the rows so far sum up to 100",
        ),
        (
            f"INSERT INTO credit_transactions {LEDGER_COLUMNS} SELECT id, 0, 100, 'TAILOR', '', created_at FROM users",
            "TAILOR rows for nothing",
        ),
        (
            f"INSERT INTO credit_transactions {LEDGER_COLUMNS}"
            " SELECT id, 0, 100, 'PURCHASE', '', created_at FROM users",
            "PURCHASE rows for nothing",
        ),
        (
            "DROP INDEX uq_credit_transactions_tailor_run;" + ";".join([CHARGE_OF_RUN_7] * 2),
            "2 TAILOR rows for 7",
        ),
        (
            "INSERT INTO payments (user_id, session_id, credits, amount_cents, currency, livemode, status,"
            " credits_reversed, created_at, updated_at)"
            " SELECT id, 'cs_1', 50, 500, 'usd', is_deleted, 'paid', 0, created_at, created_at FROM users",
            "50 credits are due, the ledger moved 0",
        ),
    ],
)
def test_verify_names_every_breach_and_fails(
    person: Person, database: Database, settings: Settings, capsys: Output, damage: str, says: str
) -> None:
    with database.sessions.begin() as session:
        for statement in damage.split(";"):
            session.execute(text(statement))
    assert ledger.main(["verify"], settings) == 1
    assert says in capsys.readouterr().out


def test_an_operator_can_grant_credits(person: Person, database: Database, settings: Settings, capsys: Output) -> None:
    arguments = ["grant", "--email", person.email.upper(), "--credits", "12.5", "--reason", "Sorry for the outage"]
    assert ledger.main(arguments, settings) == 0
    assert state(database, person) == (112.5, 0.0)
    assert person.email not in capsys.readouterr().out


@pytest.mark.parametrize(("email", "credits"), [("nobody@example.com", "5"), ("", "5"), (None, "0.3"), (None, "-5")])
def test_an_impossible_grant_changes_nothing_and_fails(
    person: Person, database: Database, settings: Settings, capsys: Output, email: str | None, credits: str
) -> None:
    to = person.email if email is None else email
    assert ledger.main(["grant", "--email", to, f"--credits={credits}", "--reason", "x"], settings) == 1
    assert capsys.readouterr().err
    assert state(database, person) == (100.0, 0.0)


@pytest.mark.parametrize("status", [RunStatus.INTERRUPTED, RunStatus.FAILED, RunStatus.SUCCEEDED])
def test_what_a_dead_run_holds_is_released(
    person: Person, database: Database, settings: Settings, capsys: Output, status: RunStatus
) -> None:
    run_with_hold(database, settings, person, status)
    assert ledger.main(["release-holds"], settings) == 0
    assert state(database, person) == (100.0, 0.0)
    assert "Released 1" in capsys.readouterr().out


def test_a_deleted_account_is_granted_nothing(person: Person, database: Database, settings: Settings) -> None:
    with database.sessions.begin() as session:
        user_service.delete_account(session, person.id, settings=settings)
    address = f"deleted:{person.id}"
    assert ledger.main(["grant", "--email", address, "--credits", "5", "--reason", "x"], settings) == 1
    assert state(database, person) == (100.0, 0.0)


def test_what_a_running_run_holds_is_kept(person: Person, database: Database, settings: Settings) -> None:
    run_with_hold(database, settings, person, RunStatus.RUNNING)
    ledger.main(["release-holds"], settings)
    assert state(database, person) == (100.0, 7.0)


def test_holds_of_several_people_and_of_deleted_projects_are_released_together(
    database: Database, settings: Settings, make_person: Callable[..., Person]
) -> None:
    ada, bob = make_person(), make_person()
    for who in (ada, bob, ada):
        run_with_hold(database, settings, who, RunStatus.INTERRUPTED)
    with database.sessions.begin() as session:
        session.execute(text("DELETE FROM projects"))
    with database.sessions.begin() as session:
        assert credit_service.release_stale_holds(session) == 3
        assert credit_service.release_stale_holds(session) == 0
    assert (state(database, ada), state(database, bob)) == ((100.0, 0.0), (100.0, 0.0))


def test_reconciling_credits_what_no_webhook_told_us(shop: Shop, settings: Settings, capsys: Output) -> None:
    paid, forgotten, told = shop.order(50), shop.order(100), shop.order(250)
    shop.order(500)
    for session_id in (paid, forgotten):
        shop.stripe.paid(session_id)
    shop.forget_order(forgotten)
    shop.deliver(shop.stripe.paid(told))
    assert reconcile.main(["--apply"], settings) == 0
    assert shop.credits == 100.0 + 50 + 100 + 250
    assert reconcile.main(["--apply"], settings) == 0
    assert shop.credits == 500.0
    assert "3 duplicate" in capsys.readouterr().out


def test_reconciling_only_lists_what_is_missing_until_it_is_told_to_apply_it(
    shop: Shop, settings: Settings, capsys: Output
) -> None:
    missed, refunded = shop.order(50), shop.order(100)
    shop.stripe.paid(missed)
    shop.deliver(shop.stripe.paid(refunded))
    shop.stripe.refunded(refunded, 900)
    assert reconcile.main([], settings) == 1
    listed = capsys.readouterr().out
    assert f"{missed}: not credited yet" in listed
    assert f"{shop.stripe.sessions[refunded]['payment_intent']}: not reversed yet" in listed
    assert shop.credits == 200.0
    assert reconcile.main(["--apply"], settings) == 0
    assert f"{missed}: credited" in capsys.readouterr().out
    assert shop.credits == 150.0
    assert reconcile.main([], settings) == 0


def test_reconciling_takes_back_what_was_refunded_or_disputed_unheard(shop: Shop, settings: Settings) -> None:
    known, unknown, disputed, won = shop.order(50), shop.order(100), shop.order(250), shop.order(500)
    shop.deliver(shop.stripe.paid(known))
    for session_id in (unknown, disputed, won):
        shop.stripe.paid(session_id)
    shop.stripe.refunded(known, 500)
    shop.stripe.refunded(unknown, 450)
    shop.stripe.disputed(disputed)
    shop.deliver(shop.stripe.disputed(won))
    shop.stripe.dispute_closed(won, "won")
    for _ in range(2):
        assert reconcile.main(["--apply"], settings) == 0
        assert shop.credits == 100.0 + 0 + 50 + 0 + 500


def test_reconciling_gives_back_a_refund_that_failed_unheard(shop: Shop, settings: Settings) -> None:
    session_id = shop.order()
    shop.deliver(shop.stripe.paid(session_id))
    shop.deliver(shop.stripe.refunded(session_id, 500))
    shop.stripe.refund_failed(session_id)
    assert reconcile.main([], settings) == 1, "it is missing until it is applied"
    assert reconcile.main(["--apply"], settings) == 0
    assert shop.credits == 150.0


def test_reconciling_goes_through_more_than_one_page(shop: Shop, settings: Settings) -> None:
    ordered = shop.stripe.sessions[shop.order()]
    for session_id in (f"cs_test_{number}" for number in range(101)):
        shop.stripe.sessions[session_id] = ordered | {"id": session_id}
        shop.stripe.paid(session_id)
    assert reconcile.main(["--apply"], settings) == 0
    assert shop.credits == 100.0 + 101 * 50


@pytest.mark.parametrize("kind", ["refunds", "disputes"])
def test_reconciling_goes_through_more_than_one_page_of_what_was_taken_back(
    shop: Shop, settings: Settings, kind: str
) -> None:
    session_id = shop.order()
    shop.deliver(shop.stripe.paid(session_id))
    of_others = stripe_objects.charge("pi_of_another_product", amount=200, currency="usd", metadata={})
    if kind == "refunds":
        shop.stripe.refunded(session_id, 500)
    else:
        shop.stripe.disputed(session_id)
    for number in range(PAGE_SIZE):  # the newest come first, so ours is on the second page
        if kind == "refunds":
            shop.stripe.refund(of_others, 1)
        else:
            shop.stripe.disputes[f"ch_{number}"] = stripe_objects.dispute(of_others, status="needs_response")
    assert reconcile.main(["--apply"], settings) == 0
    assert shop.credits == 100.0


def test_reconciling_names_what_a_person_has_to_look_at(shop: Shop, settings: Settings, capsys: Output) -> None:
    session_id = shop.order()
    shop.stripe.paid(session_id)
    shop.stripe.sessions[session_id]["amount_total"] = 1
    assert reconcile.main(["--apply"], settings) == 1
    assert f"look at {session_id}: payment_mismatch" in capsys.readouterr().out
    assert shop.credits == 100.0


@pytest.mark.parametrize(
    ("metadata", "code"),
    [({}, "invalid_payment_metadata"), ({"user_id": "424242", "credits": "50"}, "unknown_user")],
)
def test_reconciling_names_a_session_that_is_of_nobody(
    shop: Shop, settings: Settings, capsys: Output, metadata: dict[str, str], code: str
) -> None:
    session_id = shop.order()
    shop.stripe.paid(session_id)
    shop.forget_order(session_id)
    shop.stripe.sessions[session_id]["metadata"] = metadata
    assert reconcile.main(["--apply"], settings) == 1
    assert f"look at {session_id}: {code}" in capsys.readouterr().out


def test_reconciling_without_a_key_or_with_a_wrong_one_fails_with_a_sentence(
    shop: Shop, settings: Settings, capsys: Output
) -> None:
    for key, says in (("", "STRIPE_SECRET_KEY is empty"), ("sk_test_wrong", "did not accept")):
        settings.STRIPE_SECRET_KEY = SecretStr(key)
        assert reconcile.main(["--apply"], settings) == 1
        assert says in capsys.readouterr().err


def test_a_refused_event_is_listed_until_an_operator_resolves_it(
    shop: Shop, settings: Settings, capsys: Output
) -> None:
    session_id = shop.order()
    delivery = shop.stripe.paid(session_id, amount_total=1)
    shop.deliver(delivery)
    shop.deliver(shop.stripe.paid(shop.order(), amount_total=1))
    event, other = shop.stored_events()[0], shop.stored_events()[1].event_id
    shop.deliver(shop.stripe.paid(shop.order()))  # nothing to look at
    stripe_events.main(["list"], settings)
    newest, oldest = capsys.readouterr().out.splitlines()
    assert newest.startswith(f"{other} ")
    assert oldest.startswith(f"{event.event_id} checkout.session.completed {session_id} payment_mismatch ")

    assert stripe_events.main(["resolve", event.event_id, "--note", "granted by hand"], settings) == 0
    stripe_events.main(["list"], settings)
    assert capsys.readouterr().out.startswith(f"Resolved {event.event_id}.\n{other} "), "only the one that was named"
    assert shop.deliver(delivery) == (200, "resolved"), "or the credits that were granted by hand come a second time"
    assert shop.credits == 150.0, "what was paid in order"
    event = shop.stored_events()[0]
    assert (event.status, event.reason, event.received_count) == ("resolved", "granted by hand", 2)
    assert event.last_seen_at > event.first_seen_at


def test_only_a_refused_event_can_be_resolved(shop: Shop, settings: Settings, capsys: Output) -> None:
    shop.deliver(shop.stripe.paid(shop.order()))
    [event] = shop.stored_events()
    for event_id in (event.event_id, "evt_unknown"):
        assert stripe_events.main(["resolve", event_id, "--note", "x"], settings) == 1
        assert "no refused event" in capsys.readouterr().err


@pytest.mark.parametrize("command", [ledger, reconcile, stripe_events], ids=lambda module: Path(module.__file__).stem)
def test_every_command_explains_itself(command: object, capsys: Output) -> None:
    with pytest.raises(SystemExit) as end:
        command.main(["--help"])
    assert end.value.code == 0
    assert command.__doc__.split("\n")[0].split(":")[0] in capsys.readouterr().out
