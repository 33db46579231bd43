"""What a person does with the product, as steps that tests share."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.conftest import ROOT, Person

SAMPLE_RESUME = ROOT / "samples" / "resume.docx"
SAMPLE_JOB = (ROOT / "samples" / "job.txt").read_text(encoding="utf-8")
JOB = (
    "Backend Engineer at Harbourlight Energy.\n\nRequired: Python, PostgreSQL, Docker, Kubernetes.\n"
    "Nice to have: Kafka, Terraform.\n\nYou build services in Python and keep our databases fast."
)


class Client(httpx.Client):
    """One person's client of a running server."""

    def __init__(self, base_url: str, person: Person) -> None:
        super().__init__(base_url=base_url, headers=person.headers, timeout=60)

    def upload(self, path: Path = SAMPLE_RESUME, *, name: str = "") -> httpx.Response:
        with path.open("rb") as file:
            return self.post("/api/resumes/upload", files={"file": (name or path.name, file)})

    def create_project(self, **fields: Any) -> int:
        body = {"project_name": "Application", "job_description": JOB, **fields}
        response = self.post("/api/projects", json=body)
        assert response.status_code == 201, response.text
        return int(response.json()["id"])

    def stream_tailoring(self, project_id: int, **body: Any) -> Iterator[dict[str, Any]]:
        """The events of a new run as they come: their JSON data, with the SSE id as `id`."""
        with self.stream("POST", f"/api/projects/{project_id}/tailor-with-agent", json=body) as response:
            assert response.status_code == 200, response.read()
            yield from events_in(response.iter_lines())

    def replay(self, project_id: int, run_id: int, *, after: int | None = None) -> list[dict[str, Any]]:
        headers = {"Last-Event-ID": str(after)} if after is not None else {}
        path = f"/api/projects/{project_id}/runs/{run_id}/events"
        with self.stream("GET", path, headers=headers) as response:
            assert response.status_code == 200, response.read()
            return list(events_in(response.iter_lines()))

    def balance(self) -> dict[str, Any]:
        return dict(self.get("/api/credits/balance").json())

    def charges(self) -> list[dict[str, Any]]:
        rows = self.get("/api/credits/transactions").json()
        return [row for row in rows if row["transaction_type"] == "TAILOR"]


def events_in(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """The events of a stream; each has to have an id, and a type that equals its event."""
    fields: dict[str, str] = {}
    for line in lines:
        name, separator, value = line.partition(": ")
        if separator and name in ("id", "event", "data"):
            fields[name] = value
        elif not line and "data" in fields:
            data = json.loads(fields["data"])
            assert data["type"] == fields["event"]
            yield {**data, "id": int(fields["id"])}
            fields = {}
