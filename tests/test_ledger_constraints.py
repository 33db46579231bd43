"""The database itself refuses what no code of ours would write: books stay sound under whatever writes to them."""

import pytest
from sqlalchemy import CheckConstraint, Table, UniqueConstraint, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from config.database import Database
from models import Base
from tests.conftest import Person

HOLD = (
    "INSERT INTO credit_holds (user_id, run_id, amount, status, created_at)"
    " SELECT id, {run_id}, {amount}, 'open', created_at FROM users"
)
ROW = (
    "INSERT INTO credit_transactions (user_id, amount, balance_after, transaction_type, run_id, stripe_session_id,"
    " usage_estimated, description, created_at)"
    " SELECT id, {amount}, {balance_after}, {kind}, is_deleted, '', created_at FROM users"
)
PAYMENT = (
    "INSERT INTO payments (user_id, session_id, credits, amount_cents, currency, livemode, status, credits_reversed,"
    " created_at, updated_at) SELECT id, 'cs_1', {credits}, 500, 'usd', is_deleted, 'open', {credits_reversed},"
    " created_at, created_at FROM users"
)
EVENT = (
    "INSERT INTO stripe_events (event_id, type, status, received_count, first_seen_at, last_seen_at)"
    " SELECT 'evt_1', 'x', 'ignored', 1, created_at, created_at FROM users"
)
REVERSAL = (
    "INSERT INTO payment_reversals (payment_intent, amount_refunded_cents, dispute_state, updated_at)"
    " SELECT 'pi_1', 0, 'none', created_at FROM users"
)
REFUND = (
    "INSERT INTO payment_refunds (refund_id, payment_intent, amount_cents, failed, created_at)"
    " SELECT 're_1', 'pi_1', 1, is_deleted, created_at FROM users"
)
BONUS = "'BONUS', NULL, NULL"


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE users SET credits = 0.3", "users_credits_half_steps"),
        ("UPDATE users SET held = 0.3", "users_held_half_steps"),
        ("UPDATE users SET held = -5", "users_held_not_negative"),
        (HOLD.format(run_id=1, amount=0.3), "credit_holds_amount_half_steps"),
        (HOLD.format(run_id=1, amount=-5), "credit_holds_amount_not_negative"),
        (ROW.format(amount=0.3, balance_after=100, kind=BONUS), "credit_transactions_amount_half_steps"),
        (ROW.format(amount=0, balance_after=0.3, kind=BONUS), "credit_transactions_balance_after_half_steps"),
        (PAYMENT.format(credits=0.3, credits_reversed=0), "payments_credits_half_steps"),
        (PAYMENT.format(credits=50, credits_reversed=0.3), "payments_credits_reversed_half_steps"),
        (PAYMENT.format(credits=50, credits_reversed=50.5), "payments_credits_reversed_in_range"),
        (PAYMENT.format(credits=50, credits_reversed=-0.5), "payments_credits_reversed_in_range"),
    ],
)
def test_an_impossible_amount_cannot_be_written(
    person: Person, database: Database, statement: str, constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=f"ck_{constraint}\\b"), database.sessions.begin() as session:
        session.execute(text(statement))


@pytest.mark.parametrize("kind", ["'GIFT', NULL, NULL", "'tailor', 1, NULL"])
def test_a_ledger_row_of_no_known_kind_cannot_be_written(person: Person, database: Database, kind: str) -> None:
    with pytest.raises(IntegrityError, match="type_known"), database.sessions.begin() as session:
        session.execute(text(ROW.format(amount=0, balance_after=100, kind=kind)))


@pytest.mark.parametrize(
    "statement",
    [
        ROW.format(amount=-1, balance_after=99, kind="'TAILOR', 1, NULL"),
        ROW.format(amount=50, balance_after=150, kind="'PURCHASE', NULL, 'cs_1'"),
        HOLD.format(run_id=1, amount=5),
        PAYMENT.format(credits=50, credits_reversed=0),
        EVENT,
        REVERSAL,
        REFUND,
    ],
    ids=["run charged", "session credited", "hold of a run", "payment of a session", "event", "reversal", "refund"],
)
def test_what_there_is_once_cannot_be_written_twice(person: Person, database: Database, statement: str) -> None:
    with database.sessions.begin() as session:
        session.execute(text(statement))
    with pytest.raises(IntegrityError, match=r"(?i)unique"), database.sessions.begin() as session:
        session.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        ROW.format(amount=0, balance_after=100, kind=BONUS),
        HOLD.format(run_id=1, amount=5),
        PAYMENT.format(credits=50, credits_reversed=0),
    ],
    ids=["row", "hold", "payment"],
)
def test_nothing_is_booked_for_nobody(person: Person, database: Database, statement: str) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), database.sessions.begin() as session:
        session.execute(text(statement.replace("SELECT id,", "SELECT id + 1,")))


@pytest.mark.parametrize(
    "statement", ["UPDATE credit_transactions SET amount = 1000", "DELETE FROM credit_transactions"]
)
def test_a_ledger_row_is_never_changed_or_deleted(person: Person, database: Database, statement: str) -> None:
    rows = text("SELECT amount, balance_after FROM credit_transactions")
    with pytest.raises(DBAPIError, match="append-only"), database.sessions.begin() as session:
        session.execute(text(statement))
    with database.read_sessions() as session:
        assert session.execute(rows).all() == [(100.0, 100.0)]


def test_a_ledger_row_cannot_be_got_rid_of_past_its_trigger_either(person: Person, database: Database) -> None:
    way_past = {
        "sqlite": "REPLACE INTO credit_transactions SELECT * FROM credit_transactions",  # deletes without a DELETE
        "postgresql": "TRUNCATE credit_transactions",
    }
    with pytest.raises(DBAPIError, match="append-only"), database.sessions.begin() as session:
        session.execute(text(way_past[database.engine.dialect.name]))


def test_what_is_committed_on_sqlite_survives_a_power_cut(database: Database) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL is set up by its operator")
    with database.sessions.begin() as session:
        assert session.scalar(text("PRAGMA synchronous")) == 2, "FULL"
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"


def test_no_row_ever_gets_the_id_of_one_that_is_gone(person: Person, database: Database) -> None:
    for table in ("users", "credit_transactions", "credit_holds", "payments", "stripe_events", "tailoring_runs"):
        assert Base.metadata.tables[table].dialect_options["sqlite"]["autoincrement"]
    if database.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL's sequences only go forward")
    with database.sessions.begin() as session:
        for table in Base.metadata.sorted_tables:
            if table.dialect_options["sqlite"]["autoincrement"]:
                made = session.scalar(text(f"SELECT sql FROM sqlite_master WHERE name = '{table.name}'"))
                assert "AUTOINCREMENT" in made, table.name


@pytest.mark.parametrize(
    ("table", "model"), [(table.name, table) for table in Base.metadata.sorted_tables], ids=lambda value: str(value)
)
def test_the_migrations_make_the_constraints_that_the_models_promise(
    database: Database, table: str, model: Table
) -> None:
    inspector = inspect(database.engine)
    promised = {
        kind: {str(constraint.name) for constraint in model.constraints if isinstance(constraint, kind)}
        for kind in (CheckConstraint, UniqueConstraint)
    }
    assert {str(check["name"]) for check in inspector.get_check_constraints(table)} == promised[CheckConstraint]
    assert {str(unique["name"]) for unique in inspector.get_unique_constraints(table)} == promised[UniqueConstraint]
    made = {str(index["name"]): bool(index["unique"]) for index in inspector.get_indexes(table)}
    assert made == made | {str(index.name): bool(index.unique) for index in model.indexes}
    assert inspector.get_pk_constraint(table)["constrained_columns"] == [key.name for key in model.primary_key]
    references = {
        (tuple(key["constrained_columns"]), key["referred_table"], key["options"].get("ondelete"))
        for key in inspector.get_foreign_keys(table)
    }
    assert references == {
        (tuple(key.column_keys), key.referred_table.name, key.ondelete) for key in model.foreign_key_constraints
    }


@pytest.mark.parametrize("statement", [HOLD, ROW, PAYMENT], ids=["hold", "row", "payment"])
def test_the_statements_of_these_tests_are_refused_for_what_is_wrong_with_them_alone(
    person: Person, database: Database, statement: str
) -> None:
    with database.sessions.begin() as session:
        session.execute(
            text(statement.format(run_id=1, amount=0.5, balance_after=0.5, kind=BONUS, credits=50, credits_reversed=50))
        )
