"""Registering, logging in and being recognised."""

from fastapi.testclient import TestClient

ADA = {"email": "Ada@Example.com", "password": "test123", "full_name": "Ada Example"}


def test_a_registered_person_can_log_in_and_read_themselves(anonymous: TestClient) -> None:
    registered = anonymous.post("/api/auth/register", json=ADA)
    assert registered.status_code == 201
    assert registered.json()["user"]["credits"] == 100.0

    login = anonymous.post("/api/auth/login", json={"email": "ada@example.COM", "password": "test123"}).json()
    assert login["token_type"] == "bearer"
    me = anonymous.get("/api/auth/me", headers={"Authorization": f"Bearer {login['access_token']}"}).json()
    assert me["email"] == "ada@example.com"


def test_an_email_address_has_one_account_whatever_its_case(anonymous: TestClient) -> None:
    anonymous.post("/api/auth/register", json=ADA)
    second = anonymous.post("/api/auth/register", json=ADA | {"email": "ADA@EXAMPLE.COM"})
    assert (second.status_code, second.json()["error"]) == (409, "email_taken")


def test_a_refused_body_is_not_echoed(anonymous: TestClient) -> None:
    refused = anonymous.post("/api/auth/register", json={"email": "nobody", "password": "hunter-two-two"})
    assert refused.status_code == 422
    assert refused.json()["detail"][0].keys() == {"type", "loc", "msg"}
    assert "hunter" not in refused.text


def test_a_lone_surrogate_is_an_invalid_value_and_not_a_server_error(anonymous: TestClient) -> None:
    body = b'{"email": "a@example.com", "password": "test\\ud800123", "full_name": "A"}'
    assert anonymous.post("/api/auth/register", content=body, headers=JSON).status_code == 422


JSON = {"Content-Type": "application/json"}
