"""The event loop stays free: whatever is slow (bcrypt, parsing, rules, LibreOffice) happens elsewhere."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
from fastapi import FastAPI

from tests.conftest import MakePerson, Serve
from tests.product import Client

LONGEST_ANSWER = 4.0  # seconds, on a busy machine; ten times bcrypt and conversion on the loop take twice as long


def test_health_answers_while_ten_people_log_in_upload_tailor_and_convert(
    serve: Serve, app: FastAPI, make_person: MakePerson
) -> None:
    base_url = serve(app)
    answers: list[float] = []
    done = threading.Event()

    def watch() -> None:
        with httpx.Client(base_url=base_url, timeout=30) as client:
            while not done.is_set():
                started = time.monotonic()
                assert client.get("/health/live").status_code == 200
                answers.append(time.monotonic() - started)
                done.wait(0.02)

    def work(number: int) -> int:
        account = {"email": f"busy{number}@example.com", "password": "test123", "full_name": "Busy"}
        with Client(base_url, make_person()) as client:
            assert client.post("/api/auth/register", json=account).status_code == 201
            assert client.post("/api/auth/login", json=account).status_code == 200
            assert client.upload().status_code == 201
            project_id = client.create_project()
            assert client.post(f"/api/projects/{project_id}/tailor").status_code == 200
            return client.get(f"/api/projects/{project_id}/pdf").status_code

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with ThreadPoolExecutor(10) as people:
            statuses = list(people.map(work, range(10)))
    finally:
        done.set()
        watcher.join()
    assert set(statuses) <= {200, 503}  # 503 where LibreOffice is missing
    assert len(answers) > 20
    assert max(answers) < LONGEST_ANSWER
    assert app.state.database.engine.pool.checkedout() == 0
