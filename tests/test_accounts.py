"""Registering, logging in and being recognised."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jose import jwt

from config.database import Database
from config.settings import Settings
from middleware.rate_limit import FAILED_LOGINS_PER_ADDRESS, MAX_KEYS, Limit, RateLimiter
from models import User
from services.errors import RateLimited
from tests.conftest import Person

ADA = {"email": "Ada@Example.com", "password": "test123", "full_name": "Ada Example"}
JSON = {"Content-Type": "application/json"}


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(app: FastAPI) -> Clock:
    """The clock of the app's rate limiter."""
    clock = Clock()
    app.state.rate_limiter = RateLimiter(clock)
    return clock


def test_a_registered_person_can_log_in_and_read_themselves(anonymous: TestClient) -> None:
    registered = anonymous.post("/api/auth/register", json=ADA)
    assert registered.status_code == 201
    assert registered.json()["user"]["credits"] == 100.0

    login = anonymous.post("/api/auth/login", json={"email": "ada@example.COM", "password": "test123"}).json()
    assert login["token_type"] == "bearer"
    me = anonymous.get("/api/auth/me", headers={"Authorization": f"Bearer {login['access_token']}"}).json()
    assert me["email"] == "ada@example.com"


def test_swaggers_dialog_logs_in_with_a_form(anonymous: TestClient) -> None:
    anonymous.post("/api/auth/register", json=ADA)
    form = {"grant_type": "password", "username": "ada@example.com", "password": "test123", "client_id": "x"}
    assert anonymous.post("/api/auth/token", data=form).json()["token_type"] == "bearer"
    assert anonymous.post("/api/auth/token", data=form | {"password": "wrong"}).status_code == 401


def test_an_email_address_has_one_account_whatever_its_case(anonymous: TestClient) -> None:
    anonymous.post("/api/auth/register", json=ADA)
    second = anonymous.post("/api/auth/register", json=ADA | {"email": "ADA@EXAMPLE.COM"})
    assert (second.status_code, second.json()["error"]) == (409, "email_taken")


def test_six_registrations_at_once_make_one_account(anonymous: TestClient) -> None:
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: anonymous.post("/api/auth/register", json=ADA).status_code, range(6)))
    assert sorted(answers) == [201, 409, 409, 409, 409, 409]


def test_only_listed_fields_are_taken(anonymous: TestClient) -> None:
    extra = {"credits": 9999, "held": -9, "id": 77, "is_deleted": True, "google_subject": "1", "remember_me": True}
    user = anonymous.post("/api/auth/register", json=ADA | extra).json()["user"]
    assert (user["credits"], user["id"]) == (100.0, 1)


@pytest.mark.parametrize(
    "password", ["p" * 256, "\u00e9\u20ac\U0001f511" * 40, "test123 "], ids=["long", "wide", "space"]
)
def test_every_character_of_a_password_counts(anonymous: TestClient, password: str) -> None:
    assert anonymous.post("/api/auth/register", json=ADA | {"password": password}).status_code == 201
    assert anonymous.post("/api/auth/login", json=ADA | {"password": password}).status_code == 200
    assert anonymous.post("/api/auth/login", json=ADA | {"password": password[:-1]}).status_code == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"email": "nobody"},
        {"email": "a@b"},
        {"email": f"{'a' * 250}@example.com"},
        {"password": "short"},
        {"password": "p" * 257},
        {"password": "nul\x00nul"},
        {"full_name": "   "},
        {"full_name": "x" * 256},
        {"full_name": None},
    ],
)
def test_an_invalid_registration_is_refused(anonymous: TestClient, changes: dict[str, object]) -> None:
    assert anonymous.post("/api/auth/register", json=ADA | changes).status_code == 422


def test_a_refused_body_is_told_in_plain_words(client: TestClient) -> None:
    no_file = client.post("/api/resumes/upload", data={"file": "words"})
    (fault,) = no_file.json()["detail"]
    assert (no_file.status_code, fault["msg"]) == (422, "Send a file here.")
    language = client.post("/api/projects/1/tailor", json={"language": "klingon"})
    assert language.status_code == 422
    assert "Value error" not in language.text


def test_a_refused_body_is_not_echoed(anonymous: TestClient) -> None:
    refused = anonymous.post("/api/auth/register", json={"email": "nobody", "password": "hunter-two-two"})
    assert refused.status_code == 422
    assert refused.json()["detail"][0].keys() == {"type", "loc", "msg"}
    assert "hunter" not in refused.text


def test_a_lone_surrogate_is_an_invalid_value_and_not_a_server_error(anonymous: TestClient) -> None:
    body = b'{"email": "a@example.com", "password": "test\\ud800123", "full_name": "A"}'
    assert anonymous.post("/api/auth/register", content=body, headers=JSON).status_code == 422


def test_an_unknown_email_cannot_be_told_from_a_wrong_password(anonymous: TestClient) -> None:
    anonymous.post("/api/auth/register", json=ADA)
    known, unknown = ADA | {"password": "wrong12"}, ADA | {"email": "eve@example.com", "password": "wrong12"}

    def ask(body: dict[str, str]) -> tuple[float, int, str]:
        started = time.perf_counter()
        answer = anonymous.post("/api/auth/login", json=body)
        return time.perf_counter() - started, answer.status_code, answer.text

    answers = [(ask(known), ask(unknown)) for _ in range(3)]
    assert {answer[1:] for pair in answers for answer in pair} == {answers[0][0][1:]}
    assert min(pair[1][0] for pair in answers) > min(pair[0][0] for pair in answers) / 2


def test_a_wrong_current_password_waits_for_no_writer(client: TestClient, person: Person, database: Database) -> None:
    client.put("/api/users/me", json={"new_password": "first-one"})
    token = client.post("/api/auth/login", json={"email": person.email, "password": "first-one"}).json()
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    with database.sessions.begin() as writer:
        writer.get(User, person.id)  # on SQLite this locks everybody else out from writing
        started = time.perf_counter()
        guess = {"current_password": "wrong1", "new_password": "better456"}
        assert client.put("/api/users/me", json=guess, headers=headers).status_code == 403
        assert time.perf_counter() - started < 8  # a writer would have waited for 10 seconds


# --- Tokens ---


def claims_of(person: Person) -> dict[str, object]:
    return dict(jwt.get_unverified_claims(person.token))


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": datetime(2026, 1, 1, tzinfo=UTC)},
        {"exp": None},
        {"sub": None},
        {"sub": "2"},
        {"sub": "0"},
        {"sub": "-1"},
        {"sub": "1 OR 1=1"},
        {"sub": "\u0661"},
        {"sub": "9" * 400},
        {"sub": str(2**63)},
        {"gen": None},
        {"gen": 1},
        {"gen": "0"},
        {"iss": "somebody"},
        {"iss": None},
        {"aud": "another-service"},
        {"aud": None},
    ],
    ids=str,
)
def test_a_token_that_says_something_else_is_refused(
    anonymous: TestClient, person: Person, settings: Settings, changes: dict[str, object]
) -> None:
    claims = {name: value for name, value in (claims_of(person) | changes).items() if value is not None}
    token = jwt.encode(claims, settings.SECRET_KEY.get_secret_value(), algorithm="HS256")
    answer = anonymous.get("/api/auth/me", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["error"]) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_signed_in_another_way_is_refused(anonymous: TestClient, person: Person, settings: Settings) -> None:
    key, claims = settings.SECRET_KEY.get_secret_value(), claims_of(person)
    payload = person.token.split(".")[1]
    tokens = [
        jwt.encode(claims, key, algorithm="HS512"),
        jwt.encode(claims, "another-key-that-is-long-enough-for-this", algorithm="HS256"),
        f"eyJhbGciOiJub25lIn0.{payload}.",
        f"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{payload}",
        person.token[:-4] + "AAAA",
        "garbage",
        "a.b.c",
        "",
    ]
    statuses = {
        anonymous.get("/api/auth/me", headers={"Authorization": f"Bearer {token}"}).status_code for token in tokens
    }
    assert statuses == {401}
    assert anonymous.get("/api/auth/me", headers=person.headers).status_code == 200


def test_a_token_counts_only_in_its_header(anonymous: TestClient, person: Person) -> None:
    anonymous.cookies.set("access_token", person.token)
    assert anonymous.get(f"/api/auth/me?access_token={person.token}&token={person.token}").status_code == 401
    assert anonymous.get("/api/auth/me", headers={"Authorization": f"Basic {person.token}"}).status_code == 401


# --- Rate limits ---


def test_failed_logins_are_slowed_down_for_known_and_unknown_accounts_alike(
    anonymous: TestClient, clock: Clock
) -> None:
    anonymous.post("/api/auth/register", json=ADA)
    assert anonymous.post("/api/auth/login", json=ADA).status_code == 200  # does not count
    for email in ("ada@example.com", "eve@example.com"):
        guess = {"email": email, "password": "wrong12"}
        answers = [anonymous.post("/api/auth/login", json=guess) for _ in range(11)]
        assert [answer.status_code for answer in answers] == [401] * 10 + [429]
        assert answers[-1].json()["error"] == "rate_limited"
        assert answers[-1].headers["Retry-After"] == "300"

    form = {"username": "ADA@example.com", "password": "test123"}
    assert anonymous.post("/api/auth/token", data=form).status_code == 429  # the other door is the same house
    clock.now += 300
    assert anonymous.post("/api/auth/login", json=ADA).status_code == 200


def test_an_address_cannot_try_one_password_on_everybody(app: FastAPI, clock: Clock) -> None:
    limiter: RateLimiter = app.state.rate_limiter
    with TestClient(app, client=("203.0.113.9", 1)) as stranger:
        other = TestClient(app, client=("203.0.113.8", 1))  # not entered: the app is started once
        for _ in range(99):
            limiter.record(FAILED_LOGINS_PER_ADDRESS, "203.0.113.9")
        body = {"email": "a@example.com", "password": "wrong12"}
        assert stranger.post("/api/auth/login", json=body).status_code == 401
        body["email"] = "b@example.com"
        forged = {"X-Forwarded-For": "198.51.100.1", "Forwarded": "for=198.51.100.1"}
        assert stranger.post("/api/auth/login", json=body, headers=forged).status_code == 429
        assert other.post("/api/auth/login", json=body).status_code == 401


def test_an_address_registers_sixty_times_a_minute(anonymous: TestClient, clock: Clock) -> None:
    statuses = [anonymous.post("/api/auth/register", json={}).status_code for _ in range(61)]
    assert statuses == [422] * 60 + [429]
    clock.now += 60
    assert anonymous.post("/api/auth/register", json={}).status_code == 422


def test_a_persons_limit_is_theirs_alone(client: TestClient, clock: Clock, make_person: Callable[..., Person]) -> None:
    statuses = [client.get("/api/users/me/export").status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    assert client.get("/api/users/me/export", headers=make_person().headers).status_code == 200
    assert client.get("/api/users/me").status_code == 200


def test_a_person_starts_thirty_runs_a_minute_whichever_way(client: TestClient, clock: Clock) -> None:
    start, stream = "/api/projects/1/tailor", "/api/projects/1/tailor-with-agent"
    statuses = [client.post(path).status_code for path in [start, stream] * 15 + [start, stream]]
    assert statuses == [404] * 30 + [429] * 2
    clock.now += 60
    assert client.post(start).status_code == 404


def test_a_window_slides_and_old_keys_are_forgotten() -> None:
    clock = Clock()
    limiter, limit = RateLimiter(clock), Limit("test", 2, 10)
    limiter.spend(limit, "a")
    clock.now += 6
    limiter.spend(limit, "a")
    clock.now += 3.5
    with pytest.raises(RateLimited) as refused:
        limiter.spend(limit, "a")
    assert refused.value.retry_after == 1
    clock.now += 0.5
    limiter.spend(limit, "a")
    with pytest.raises(RateLimited):
        limiter.spend(limit, "a")

    for number in range(MAX_KEYS):
        limiter.record(limit, str(number))
    limiter.require(limit, "a")
