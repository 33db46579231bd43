"""What /api/credits tells a person: balance, history, usage, packages."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from config.database import Database
from config.settings import Settings
from models.base import utc_now
from models.credit_transaction import TransactionType
from services import credit_service
from services.credit_service import Posting, TokenUsage
from tests.conftest import Person


def hold(database: Database, settings: Settings, person: Person, *, run_id: int, estimate: float) -> None:
    with database.sessions.begin() as session:
        credit_service.open_hold(session, person.id, run_id=run_id, estimate=estimate, settings=settings)


def tailor(
    database: Database, settings: Settings, person: Person, *, run_id: int, tokens: int, description: str = "Tailored"
) -> None:
    hold(database, settings, person, run_id=run_id, estimate=5)
    with database.sessions.begin() as session:
        credit_service.settle_hold(
            session,
            run_id=run_id,
            usage=TokenUsage(tokens, 0),
            project_id=7,
            description=description,
            settings=settings,
        )


def spend(database: Database, person: Person, amount: float) -> None:
    with database.sessions.begin() as session:
        credit_service.post(session, Posting(person.id, -amount, TransactionType.REFUND, "Refunded"))


def test_a_new_person_has_the_welcome_credits_and_may_tailor(client: TestClient) -> None:
    assert client.get("/api/credits/balance").json() == {
        "credits": 100.0,
        "held": 0.0,
        "available": 100.0,
        "low_balance_warning": False,
        "low_credit_threshold": 10.0,
        "minimum_required": 5.0,
        "can_tailor": True,
        "warning": None,
    }


def test_the_balance_shows_what_a_running_job_holds(
    client: TestClient, database: Database, settings: Settings, person: Person
) -> None:
    hold(database, settings, person, run_id=1, estimate=7.5)
    balance = client.get("/api/credits/balance").json()
    assert (balance["credits"], balance["held"], balance["available"]) == (100.0, 7.5, 92.5)


@pytest.mark.parametrize(
    ("available", "low", "can_tailor"),
    [(10.0, False, True), (9.5, True, True), (5.0, True, True), (4.5, True, False), (0.0, True, False)],
)
def test_warnings_start_below_the_threshold_and_runs_stop_below_the_minimum(
    client: TestClient, database: Database, person: Person, available: float, low: bool, can_tailor: bool
) -> None:
    spend(database, person, 100 - available)
    balance = client.get("/api/credits/balance").json()
    assert (balance["low_balance_warning"], balance["can_tailor"]) == (low, can_tailor)
    assert (balance["warning"] is not None) == low


def test_low_is_what_is_available_and_not_what_is_held(
    client: TestClient, database: Database, settings: Settings, person: Person
) -> None:
    hold(database, settings, person, run_id=1, estimate=96)
    balance = client.get("/api/credits/balance").json()
    assert balance["low_balance_warning"]
    assert not balance["can_tailor"]
    assert balance["warning"] == "Tailoring needs 5 credits; 4 are available. Please top up."


def test_the_history_is_newest_first_and_paged(
    client: TestClient, database: Database, settings: Settings, person: Person
) -> None:
    for run_id in range(1, 5):
        tailor(database, settings, person, run_id=run_id, tokens=2000)
    page = client.get("/api/credits/transactions", params={"limit": 2, "offset": 1})
    assert page.headers["X-Total-Count"] == "5"
    assert [(row["run_id"], row["amount"], row["balance_after"]) for row in page.json()] == [(3, -1, 97), (2, -1, 98)]
    everything = client.get("/api/credits/transactions/").json()
    assert [row["transaction_type"] for row in everything] == ["TAILOR"] * 4 + ["GRANT"]
    assert everything[0]["created_at"].endswith("Z")


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "offset=-1", "offset=99999999999999999999", "format=xml"])
def test_a_page_outside_the_limits_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/api/credits/transactions?{query}").status_code == 422


def test_no_history_and_no_usage_of_anybody_else_is_shown(
    client: TestClient, database: Database, settings: Settings, make_person: Callable[..., Person]
) -> None:
    somebody_else = make_person()
    tailor(database, settings, somebody_else, run_id=1, tokens=9000)
    for headers, kinds, credits, tokens in (
        ({}, ["GRANT"], 100.0, 0),
        (somebody_else.headers, ["TAILOR", "GRANT"], 95.5, 9000),
    ):
        history = client.get("/api/credits/transactions", headers=headers)
        assert [row["transaction_type"] for row in history.json()] == kinds
        assert history.headers["X-Total-Count"] == str(len(kinds))
        assert client.get("/api/credits/balance", headers=headers).json()["credits"] == credits
        assert client.get("/api/credits/usage?days=1", headers=headers).json()[0]["tokens"] == tokens


def test_the_history_as_csv_is_complete_and_harmless_in_a_spreadsheet(
    client: TestClient, database: Database, settings: Settings, person: Person
) -> None:
    for run_id in range(1, 61):
        tailor(database, settings, person, run_id=run_id, tokens=0, description="=HYPERLINK(1), Inc.")
    answer = client.get("/api/credits/transactions?format=csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 61
    assert rows[0]["description"] == "'=HYPERLINK(1), Inc."
    assert rows[-1]["amount"] == "100.0"
    two = client.get("/api/credits/transactions?format=csv&limit=2")
    assert len(list(csv.DictReader(io.StringIO(two.text)))) == 2
    assert two.headers["X-Total-Count"] == "61"
    assert len(client.get("/api/credits/transactions").json()) == 50, "a list is paged even when nobody asks"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_shown_as_text(
    client: TestClient, database: Database, settings: Settings, person: Person, start: str
) -> None:
    tailor(database, settings, person, run_id=1, tokens=0, description=f"{start}1+1, Inc.")
    text = client.get("/api/credits/transactions?format=csv").text
    assert next(csv.DictReader(io.StringIO(text)))["description"] == f"'{start}1+1, Inc."


def test_usage_is_one_entry_a_day_without_gaps(
    client: TestClient, database: Database, settings: Settings, person: Person
) -> None:
    tailor(database, settings, person, run_id=1, tokens=3500)
    tailor(database, settings, person, run_id=2, tokens=500)
    usage = client.get("/api/credits/usage?days=7").json()
    today = utc_now().date()
    assert [day["date"] for day in usage] == [str(today - timedelta(days=back)) for back in range(6, -1, -1)]
    assert usage[-1] == {"date": str(today), "runs": 2, "tokens": 4000, "credits": 1.5}
    assert usage[0] == {"date": str(today - timedelta(days=6)), "runs": 0, "tokens": 0, "credits": 0.0}
    assert len(client.get("/api/credits/usage").json()) == 30


@pytest.mark.parametrize("days", [0, 367, "x"])
def test_usage_over_an_impossible_time_is_refused(client: TestClient, days: object) -> None:
    assert client.get(f"/api/credits/usage?days={days}").status_code == 422


def test_the_packages_are_public_and_priced_as_promised(anonymous: TestClient) -> None:
    assert anonymous.get("/api/credits/packages").json() == [
        {"credits": 50, "price_usd": 5.0, "price_cents": 500, "savings": None},
        {"credits": 100, "price_usd": 9.0, "price_cents": 900, "savings": "Save 10%"},
        {"credits": 250, "price_usd": 20.0, "price_cents": 2000, "savings": "Save 20%"},
        {"credits": 500, "price_usd": 35.0, "price_cents": 3500, "savings": "Save 30%"},
    ]


@pytest.mark.parametrize("path", ["balance", "transactions", "usage", "checkout-session/cs_1"])
def test_money_is_shown_to_nobody_who_is_not_logged_in(anonymous: TestClient, path: str) -> None:
    assert anonymous.get(f"/api/credits/{path}").status_code == 401


@pytest.mark.parametrize("session_id", ["cs_1%00", "cs_1'--", "cs%201", "c" * 256])
def test_what_no_checkout_session_is_called_is_refused(client: TestClient, session_id: str) -> None:
    assert client.get(f"/api/credits/checkout-session/{session_id}").status_code == 422


def test_an_endless_idempotency_key_is_refused(client: TestClient) -> None:
    key = {"Idempotency-Key": "k" * 256}
    refused = client.post("/api/credits/create-checkout-session", json={"credits": 50}, headers=key)
    assert refused.status_code == 422


def test_without_a_key_buying_says_that_payments_are_not_set_up(client: TestClient) -> None:
    refused = client.post("/api/credits/create-checkout-session", json={"credits": 50})
    assert (refused.status_code, refused.json()["error"]) == (503, "payments_not_configured")
    assert "STRIPE_SECRET_KEY" in refused.json()["detail"]


def test_without_a_secret_webhooks_are_refused(anonymous: TestClient) -> None:
    refused = anonymous.post("/api/credits/webhook", content=b"{}", headers={"Stripe-Signature": "t=1,v1=00"})
    assert (refused.status_code, refused.json()["error"]) == (503, "payments_not_configured")


def test_the_credit_routes_declare_their_errors(anonymous: TestClient) -> None:
    paths = anonymous.get("/openapi.json").json()["paths"]
    assert {"400", "404", "413", "503"} <= paths["/api/credits/webhook"]["post"]["responses"].keys()
    assert {"401", "409", "422", "502", "503"} <= paths["/api/credits/create-checkout-session"]["post"][
        "responses"
    ].keys()
