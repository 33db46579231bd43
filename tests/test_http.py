"""What holds for every route: one shape of errors, limits of bodies, headers, and spellings of an address."""

import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from config.database import Database
from config.settings import Settings
from main import create_app
from middleware.body_limit import DEFAULT_LIMIT

FRONT_END = {"Origin": "http://localhost:5173"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """The shipped app, and one route with a fault."""
    app = create_app(settings)

    @app.get("/api/faulty")
    def fail() -> None:
        raise RuntimeError("Ada lives in Room 12")

    return app


def pieces(count: int) -> Iterator[bytes]:
    """A body of unknown length, a megabyte a piece."""
    for _ in range(count):
        yield b" " * 2**20


@pytest.mark.parametrize(
    ("method", "path", "status", "error"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/api/nowhere", 404, "not_found"),
        ("DELETE", "/api/auth/login", 405, "method_not_allowed"),
        ("GET", "/api/auth/me", 401, "not_authenticated"),
        ("GET", "/api/faulty", 500, "internal_error"),
    ],
)
def test_every_error_has_the_same_shape_and_is_readable_by_the_front_end(
    anonymous: TestClient, method: str, path: str, status: int, error: str
) -> None:
    answer = anonymous.request(method, path, headers=FRONT_END)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["detail"].endswith((".", "expired."))
    assert answer.headers["access-control-allow-origin"] == FRONT_END["Origin"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-request-id"]
    assert "Room 12" not in answer.text


def test_a_fault_is_logged_with_its_traceback(anonymous: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    anonymous.get("/api/faulty")
    assert "Traceback" in caplog.text
    assert "unexpected_error" in caplog.text


@pytest.mark.parametrize("body", [b" " * (DEFAULT_LIMIT + 1), pieces(3)], ids=["declared", "chunked"])
def test_a_body_that_is_too_long_is_refused(anonymous: TestClient, body: bytes) -> None:
    answer = anonymous.post("/api/auth/login", content=body, headers=JSON | FRONT_END)
    assert (answer.status_code, answer.json()["error"]) == (413, "upload_too_large")
    assert answer.headers["access-control-allow-origin"] == FRONT_END["Origin"]


def test_a_chunked_body_is_not_read_to_its_end(app: FastAPI, serve: Callable[[object], str]) -> None:
    url = urlsplit(serve(app))
    with socket.create_connection((str(url.hostname), url.port or 0), timeout=20) as connection:
        head = "POST /api/auth/login HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n"
        connection.sendall(f"{head}Content-Type: application/json\r\n\r\n".encode())
        for piece in pieces(3):  # and never the end of it
            connection.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_an_absurd_length_is_too_long(anonymous: TestClient) -> None:
    assert anonymous.post("/api/auth/login", headers={"Content-Length": "9" * 5000}).status_code == 413


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b"null", 422),
        (b'"\\ud800"', 422),
        (b'{"email": "\xff", "password": "x"}', 400),
        (b"[" * 100_000, 400),
        (b"9" * 10_000, 400),
        (b'{"email": "a\\u0000@example.com", "password": "x"}', 422),
        (b'{"email": {"$ne": null}, "password": ["x"]}', 422),
    ],
)
def test_an_unreadable_body_is_the_callers_mistake(anonymous: TestClient, body: bytes, status: int) -> None:
    answer = anonymous.post("/api/auth/login", content=body, headers=JSON)
    assert answer.status_code == status
    assert answer.json()["error"] in ("validation_error", "bad_request")


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", "nonsense"])
def test_another_content_type_is_the_callers_mistake(anonymous: TestClient, kind: str) -> None:
    for path in ("/api/auth/login", "/api/auth/token"):
        answer = anonymous.post(path, content=b'{"email": "a", "password": "b"}', headers={"Content-Type": kind})
        assert answer.status_code in (400, 422)


@pytest.mark.parametrize("query", ["code=%00&state=%ED%A0%80", "code=" + "x" * 5000, "code[]=1&state[a]=b"])
def test_an_odd_query_is_no_server_error(anonymous: TestClient, query: str) -> None:
    assert anonymous.get(f"/api/auth/google/callback?{query}").json()["error"] == "google_not_configured"


def test_an_address_answers_with_and_without_a_slash_at_its_end(client: TestClient) -> None:
    for path in ("/api/users/me", "/api/auth/me", "/health/live", "/docs", "/openapi.json"):
        assert client.get(path, follow_redirects=False).status_code == 200
        assert client.get(f"{path}/", follow_redirects=False).status_code == 200


def test_personal_answers_are_not_kept_by_browsers(client: TestClient) -> None:
    assert client.get("/api/users/me").headers["cache-control"] == "no-store"


def test_a_listed_front_end_may_call_and_others_may_not(anonymous: TestClient) -> None:
    asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization,content-type"}
    allowed = anonymous.options("/api/users/me", headers=FRONT_END | asked)
    assert allowed.status_code == 200
    assert "PUT" in allowed.headers["access-control-allow-methods"]
    stranger = anonymous.options("/api/users/me", headers={"Origin": "https://evil.example.com"} | asked)
    assert "access-control-allow-origin" not in stranger.headers


def test_a_request_keeps_a_sensible_id_and_no_other(anonymous: TestClient) -> None:
    assert anonymous.get("/health/live", headers={"X-Request-ID": "abc-1.2"}).headers["x-request-id"] == "abc-1.2"
    assert " " not in anonymous.get("/health/live", headers={"X-Request-ID": "a b"}).headers["x-request-id"]


def test_the_documentation_pages_may_load_what_they_need(anonymous: TestClient) -> None:
    for path in ("/docs", "/redoc"):
        page = anonymous.get(path)
        assert page.status_code == 200
        assert "text/html" in page.headers["content-type"]
        assert "content-security-policy" not in page.headers


def test_validation_errors_are_documented_as_they_are(anonymous: TestClient) -> None:
    schema = anonymous.get("/openapi.json").json()
    documented = schema["components"]["schemas"]["HTTPValidationError"]
    answer = anonymous.post("/api/auth/login", json={}).json()
    assert set(documented["required"]) == answer.keys() == {"error", "detail"}
    assert set(schema["components"]["schemas"]["FieldFault"]["properties"]) == answer["detail"][0].keys()
    codes = schema["paths"]["/api/auth/login"]["post"]["responses"].keys()
    assert codes == {"200", "400", "401", "413", "422", "429", "500", "503"}


def test_the_access_log_holds_no_query(
    app: FastAPI, serve: Callable[[object], str], caplog: pytest.LogCaptureFixture
) -> None:
    url = serve(app)
    access = logging.getLogger("uvicorn.access")
    access.setLevel(logging.INFO)
    access.addHandler(caplog.handler)
    try:
        httpx.get(f"{url}/api/auth/google/callback?code=4/the-code")
    finally:
        access.removeHandler(caplog.handler)
    assert "/api/auth/google/callback" in caplog.text
    assert "the-code" not in caplog.text


# --- Health ---


def test_the_process_says_that_it_is_alive(anonymous: TestClient) -> None:
    assert anonymous.get("/health/live").json() == {"status": "ok"}
    assert anonymous.head("/health/live").status_code == 200


def test_readiness_says_which_model_answers(anonymous: TestClient, settings: Settings) -> None:
    answer = anonymous.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["status"] in ("ok", "degraded")
    checks = answer.json()["checks"]
    assert checks.keys() == {"database", "storage", "libreoffice", "model"}
    assert "offline" in checks["model"]["detail"]

    online = settings.model_copy(update={"OPENAI_BASE_URL": "https://key:secret@models.example.com/v1"})
    with TestClient(create_app(online)) as client:
        detail = client.get("/health/ready").json()["checks"]["model"]["detail"]
    assert "models.example.com" in detail
    assert "secret" not in detail


def test_without_storage_the_server_is_not_ready(anonymous: TestClient, settings: Settings) -> None:
    settings.UPLOAD_DIR.rmdir()
    settings.UPLOAD_DIR.write_text("a file where the folder was")
    answer = anonymous.get("/health/ready")
    assert (answer.status_code, answer.json()["error"]) == (503, "not_ready")
    assert (answer.json()["status"], answer.json()["checks"]["storage"]["status"]) == ("unavailable", "failed")
    assert str(settings.UPLOAD_DIR) not in answer.text


def test_without_its_database_the_server_is_alive_but_not_ready(
    app: FastAPI, anonymous: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    app.state.database = Database("sqlite:////nonexistent/folder/test.db")
    answer = anonymous.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["database"]["status"]) == (503, "failed")
    assert "nonexistent" not in answer.text
    assert anonymous.get("/health/live").status_code == 200
    login = anonymous.post("/api/auth/login", json={"email": "ada@example.com", "password": "test123"})
    assert (login.status_code, login.json()["error"]) == (503, "database_busy")
    assert login.headers["retry-after"] == "5"
    assert "ada@example.com" not in caplog.text


def test_health_answers_while_all_other_threads_are_busy(app: FastAPI, serve: Callable[[object], str]) -> None:
    @app.get("/api/slow")
    def wait() -> None:
        released.wait(20)

    released = threading.Event()
    url = urlsplit(serve(app))
    address = (str(url.hostname), url.port or 0)
    busy = [socket.create_connection(address) for _ in range(45)]
    for connection in busy:
        connection.sendall(b"GET /api/slow HTTP/1.1\r\nHost: test\r\n\r\n")
    try:
        for path in ("live", "ready"):
            started = time.monotonic()
            with socket.create_connection(address, timeout=20) as connection:
                connection.sendall(f"GET /health/{path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".encode())
                assert connection.recv(100).startswith(b"HTTP/1.1 200")
            assert time.monotonic() - started < 10  # the threads are busy for twenty
    finally:
        released.set()
        for connection in busy:
            connection.close()


def test_the_documentation_pages_need_no_network(anonymous: TestClient) -> None:
    for page in ("/docs", "/redoc"):
        html = anonymous.get(page).text
        assert "https://" not in html.replace("https://github.com", "")
        for asset in re.findall(r'(?:src|href)="(/[^"]+)"', html):
            assert anonymous.get(asset).status_code == 200
    assert anonymous.get("/", follow_redirects=False).headers["location"] == "/docs"
