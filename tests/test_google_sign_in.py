"""Signing in with Google: whom we believe, which account it is, and what happens when Google is away."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from pydantic import SecretStr

from config.settings import Settings
from main import create_app
from services.errors import InvalidGoogleToken
from services.google_sign_in import CACHE_SECONDS, REFETCH_COOLDOWN_SECONDS, GoogleSignIn
from tests.fakes.google_server import CLIENT_ID, CLIENT_SECRET, GoogleServer

ADA = {"email": "Ada@Example.com", "password": "test123", "full_name": "Ada Example"}


@pytest.fixture
def google(serve: Callable[[object], str]) -> GoogleServer:
    server = GoogleServer()
    server.base_url = serve(server.app)
    return server


@pytest.fixture
def google_settings(settings: Settings, google: GoogleServer) -> Settings:
    return settings.model_copy(
        update={
            "GOOGLE_CLIENT_ID": CLIENT_ID,
            "GOOGLE_CLIENT_SECRET": SecretStr(CLIENT_SECRET),
            "GOOGLE_METADATA_URL": f"{google.base_url}/discovery",
            "GOOGLE_REDIRECT_URI": "http://testserver/api/auth/google/callback",
        }
    )


@pytest.fixture
def app(google_settings: Settings) -> FastAPI:
    return create_app(google_settings)


def sign_in(client: TestClient, id_token: str) -> dict[str, object]:
    answer = client.post("/api/auth/google", json={"id_token": id_token})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_an_id_token_makes_an_account_once(anonymous: TestClient, google: GoogleServer) -> None:
    first = sign_in(anonymous, google.id_token(picture="https://example.com/ada.png"))
    assert first["token_type"] == "bearer"
    user = first["user"]
    assert (user["email"], user["full_name"], user["credits"]) == ("ada@example.com", "Ada Example", 100.0)
    assert user["profile_picture_url"] == "https://example.com/ada.png"

    google.person["email"] = "ada.lovelace@example.com"  # she changed her address at Google
    again = anonymous.post("/api/auth/google", json={"credential": google.id_token()}).json()
    assert again["user"]["id"] == user["id"]
    me = anonymous.get("/api/auth/me", headers={"Authorization": f"Bearer {again['access_token']}"})
    assert me.json()["email"] == "ada@example.com"


def test_signing_in_six_times_at_once_makes_one_account(anonymous: TestClient, google: GoogleServer) -> None:
    token = google.id_token()
    with ThreadPoolExecutor(6) as threads:
        people = list(threads.map(lambda _: sign_in(anonymous, token)["user"]["id"], range(6)))
    assert people == [people[0]] * 6


def test_a_code_from_a_popup_signs_in(anonymous: TestClient, google: GoogleServer) -> None:
    body = {"code": google.approve_popup("postmessage"), "redirect_uri": "postmessage"}
    assert anonymous.post("/api/auth/google", json=body).json()["user"]["email"] == "ada@example.com"
    replayed = anonymous.post("/api/auth/google", json=body)
    assert (replayed.status_code, replayed.json()["error"]) == (401, "invalid_google_token")


def test_an_existing_account_is_linked_and_its_unproven_password_ends(
    anonymous: TestClient, google: GoogleServer
) -> None:
    registered = anonymous.post("/api/auth/register", json=ADA).json()
    linked = sign_in(anonymous, google.id_token())
    assert linked["user"]["id"] == registered["user"]["id"]
    assert linked["user"]["credits"] == 100.0

    assert anonymous.post("/api/auth/login", json=ADA).status_code == 401
    old_token = {"Authorization": f"Bearer {registered['access_token']}"}
    assert anonymous.get("/api/auth/me", headers=old_token).status_code == 401

    token = {"Authorization": f"Bearer {linked['access_token']}"}
    anonymous.put("/api/users/me", headers=token, json={"new_password": "my-own-now"})
    assert anonymous.post("/api/auth/login", json=ADA | {"password": "my-own-now"}).status_code == 200
    assert sign_in(anonymous, google.id_token())["user"]["id"] == registered["user"]["id"]
    assert anonymous.post("/api/auth/login", json=ADA | {"password": "my-own-now"}).status_code == 200


def test_an_address_that_moved_to_another_google_account_does_not_open_the_old_one(
    anonymous: TestClient, google: GoogleServer
) -> None:
    sign_in(anonymous, google.id_token())
    answer = anonymous.post("/api/auth/google", json={"id_token": google.id_token(sub="another")})
    assert (answer.status_code, answer.json()["error"]) == (409, "email_taken")


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "somebody-elses-client"},
        {"aud": None},
        {"iss": "https://evil.example.com"},
        {"iss": None},
        {"exp": 1_700_000_000},  # in 2023
        {"exp": None},
        {"sub": None},
        {"sub": ""},
        {"email": None},
        {"email": "not an address"},
        {"email_verified": False},
        {"email_verified": None},
    ],
    ids=str,
)
def test_a_token_that_does_not_fit_is_refused(
    anonymous: TestClient, google: GoogleServer, changes: dict[str, object]
) -> None:
    answer = anonymous.post("/api/auth/google", json={"id_token": google.id_token(**changes)})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_google_token")


def test_a_forged_token_is_refused(anonymous: TestClient, google: GoogleServer) -> None:
    forged = google.id_token(key=RSAKey.generate_key(2048))
    header = {"alg": "HS256", "kid": google.keys[0].kid}
    symmetric = jwt.encode(header, {"sub": "1085"}, OctKey.import_key("a" * 64))
    unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMDg1In0."
    for token in (forged, symmetric, unsigned, "garbage", "a.b.c"):
        answer = anonymous.post("/api/auth/google", json={"id_token": token})
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_google_token")


def test_both_spellings_of_the_issuer_are_google(anonymous: TestClient, google: GoogleServer) -> None:
    sign_in(anonymous, google.id_token(iss="accounts.google.com"))


def test_the_redirect_flow_signs_in(anonymous: TestClient, google: GoogleServer) -> None:
    start = anonymous.get("/api/auth/google/login", follow_redirects=False)
    assert start.status_code == 302
    cookie = start.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie

    back = google.approve(start.headers["location"])
    answer = anonymous.get("/api/auth/google/callback", params=back)
    assert answer.status_code == 200
    assert answer.json()["user"]["email"] == "ada@example.com"
    assert answer.headers["cache-control"] == "no-store"
    assert anonymous.get("/api/auth/google/callback", params=back).status_code == 401


def test_a_callback_that_this_browser_did_not_ask_for_is_refused(
    anonymous: TestClient, app: FastAPI, google: GoogleServer
) -> None:
    back = google.approve(anonymous.get("/api/auth/google/login", follow_redirects=False).headers["location"])
    stranger = TestClient(app)
    for client, params in [(stranger, back), (anonymous, back | {"state": "guessed"}), (anonymous, {"state": "x"})]:
        answer = client.get("/api/auth/google/callback", params=params)
        assert (answer.status_code, answer.json()["error"]) == (401, "invalid_google_token")


def test_a_cancelled_sign_in_says_so_in_the_products_shape(anonymous: TestClient) -> None:
    anonymous.get("/api/auth/google/login", follow_redirects=False)
    answer = anonymous.get("/api/auth/google/callback", params={"error": "access_denied", "state": "x"})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_google_token")


def test_another_attempts_code_fails_its_pkce_check(anonymous: TestClient, google: GoogleServer) -> None:
    stolen = google.approve(anonymous.get("/api/auth/google/login", follow_redirects=False).headers["location"])
    own = google.approve(anonymous.get("/api/auth/google/login", follow_redirects=False).headers["location"])
    answer = anonymous.get("/api/auth/google/callback", params=own | {"code": stolen["code"]})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_google_token")


def test_google_being_away_is_a_503_and_only_for_google(anonymous: TestClient, google: GoogleServer) -> None:
    google.down = True
    for answer in (
        anonymous.post("/api/auth/google", json={"id_token": google.id_token()}),
        anonymous.get("/api/auth/google/login", follow_redirects=False),
    ):
        assert (answer.status_code, answer.json()["error"]) == (503, "google_unavailable")
    assert anonymous.post("/api/auth/register", json=ADA).status_code == 201
    google.down = False
    sign_in(anonymous, google.id_token(email="other@example.com"))


def test_a_wrong_client_secret_is_our_fault_and_not_the_persons(
    google_settings: Settings, google: GoogleServer
) -> None:
    wrong = google_settings.model_copy(update={"GOOGLE_CLIENT_SECRET": SecretStr("wrong")})
    with TestClient(create_app(wrong)) as client:
        body = {"code": google.approve_popup("postmessage"), "redirect_uri": "postmessage"}
        answer = client.post("/api/auth/google", json=body)
    assert (answer.status_code, answer.json()["error"]) == (503, "google_unavailable")


def test_without_configuration_google_is_off(google_settings: Settings) -> None:
    off = google_settings.model_copy(update={"GOOGLE_CLIENT_ID": "", "GOOGLE_CLIENT_SECRET": SecretStr("")})
    with TestClient(create_app(off)) as client:
        for answer in (
            client.post("/api/auth/google", json={"id_token": "a.b.c"}),
            client.post("/api/auth/google", json={"code": "4/x"}),
            client.get("/api/auth/google/login", follow_redirects=False),
            client.get("/api/auth/google/callback"),
        ):
            assert (answer.status_code, answer.json()["error"]) == (503, "google_not_configured")


@pytest.mark.parametrize("body", [{}, {"id_token": None}, {"id_token": ""}, {"code": ""}, {"id_token": 7}])
def test_a_sign_in_must_name_somebody(anonymous: TestClient, body: dict[str, object]) -> None:
    assert anonymous.post("/api/auth/google", json=body).status_code == 422


def test_keys_are_kept_for_an_hour_and_asked_again_for_a_new_one(
    google_settings: Settings, google: GoogleServer
) -> None:
    now = 0.0
    client = GoogleSignIn(google_settings, clock=lambda: now)

    def verify(token: str) -> str:
        return asyncio.run(client.identify(id_token=token, code=None, redirect_uri=None)).subject

    verify(google.id_token())
    verify(google.id_token())
    assert google.key_fetches == 1

    google.rotate_keys()
    with pytest.raises(InvalidGoogleToken):  # just asked: a stranger's key id is no reason to ask again
        verify(google.id_token())
    now = REFETCH_COOLDOWN_SECONDS + 1.0
    assert verify(google.id_token()) == "1085"
    assert google.key_fetches == 2

    now += CACHE_SECONDS + 1.0
    verify(google.id_token())
    assert google.key_fetches == 3
