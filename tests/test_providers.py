"""Any provider: whatever a server answers, or does not, a run ends well or in a sentence that a person understands."""

import json
import re
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from fastapi import FastAPI
from pydantic import SecretStr

from config.settings import Settings
from main import create_app
from services.offline_model.answers import answer
from tests.conftest import MakePerson, Person, Serve
from tests.fakes.openai_server import OpenAIServer, Reply
from tests.product import Client

CHANGE = {
    "path": "experience[1].bullets[3]",
    "kind": "replace",
    "original": "Supported the product owner in workshops with two regional grid operators.",
    "proposed": "Supported the product owner in two regional grid operators' workshops.",
    "order": None,
    "reason": "Shorter.",
    "requirement": None,
    "evidence": [],
}
PROPOSAL = json.dumps({"changes": [CHANGE]})
HTML = {"content-type": "text/html"}
JSON = {"content-type": "application/json"}


@pytest.fixture
def ada(openai: OpenAIServer, serve: Serve, app: FastAPI, make_person: MakePerson) -> Iterator[Client]:
    """Somebody who has uploaded the sample resume."""
    with Client(serve(app), make_person()) as client:
        assert client.upload().status_code == 201
        yield client


def last_event(client: Client) -> dict[str, object]:
    return list(client.stream_tailoring(client.create_project()))[-1]


def assert_nothing_was_charged(client: Client) -> None:
    assert client.charges() == []
    assert client.balance()["available"] == 100.0


# --- Answers that can be used ---


@pytest.mark.parametrize(
    "content",
    [
        f"```json\n{PROPOSAL}\n```\nI hope this helps! Use {{braces}} as you like.",
        f"Sure {{of course}}:\n{PROPOSAL}\n\nOr, for another tone:\n```json\n{PROPOSAL}\n```",
        f'<think>The schema is {{"changes": []}}, I think.</think>{PROPOSAL}',
        f'The schema is {{"changes": []}}, I think.</think>{PROPOSAL}',
        f"\n\n{json.dumps({'changes': [CHANGE]}, indent=4)}\n",
    ],
)
def test_an_answer_wrapped_in_talk_is_understood(openai: OpenAIServer, ada: Client, content: str) -> None:
    openai.always["TailoringProposal"] = Reply(content=content)
    final = last_event(ada)
    assert final["success"] is True
    assert [change["proposed"] for change in final["changes_made"]] == [CHANGE["proposed"]]


def test_a_refused_schema_is_not_sent_again(openai: OpenAIServer, ada: Client) -> None:
    openai.knows_schemas = False
    for _ in range(2):
        assert last_event(ada)["success"] is True
    with_schema = [request for request in openai.requests if "response_format" in request]
    assert [request["response_format"]["json_schema"]["name"] for request in with_schema] == [
        "ResumeExtraction",  # of the upload, when the server still knew schemas
        "JobSummary",
    ]


def test_a_router_that_knows_no_endpoint_with_tools_serves_as_well(openai: OpenAIServer, ada: Client) -> None:
    fault = {"error": {"message": "No endpoints found that support tool use.", "code": 404}}
    openai.always["agent"] = Reply(status=404, raw=json.dumps(fault).encode(), headers=JSON)
    assert last_event(ada)["success"] is True


def test_a_career_of_forty_jobs_loses_no_point_to_a_model_that_can_only_answer_for_a_few(
    openai: OpenAIServer, ada: Client, tmp_path: Path
) -> None:
    document = Document()
    document.add_paragraph("Tamsin Okafor")
    document.add_heading("Experience", 1)
    for year in range(2024, 1984, -1):
        document.add_paragraph(f"Engineer, Works of {year} Ltd, {year - 1} - {year}")
        for number in range(5):
            document.add_paragraph(f"Built machine {year}-{number} in Python", style="List Bullet")
    path = tmp_path / "career.docx"
    document.save(str(path))

    def few_lines_only(request: dict[str, Any]) -> Reply:
        data = request["messages"][1]["content"]
        if json.loads(data)["lines"].count("\n") >= 40:
            return Reply(content='{"experience": [', finish_reason="length")
        return Reply(content=answer("ResumeExtraction", data))

    openai.rules = few_lines_only
    uploaded = ada.upload(path)
    assert uploaded.status_code == 201
    assert [len(job["bullets"]) for job in uploaded.json()["extracted_data"]["experience"]] == [5] * 40


@pytest.mark.parametrize("word", ["length", "max_tokens", "model_length"])
def test_lines_whose_answer_is_cut_off_are_asked_for_in_halves(openai: OpenAIServer, ada: Client, word: str) -> None:
    openai.script("TailoringProposal", Reply(content='{"changes": [{"path": "prof', finish_reason=word))
    final = last_event(ada)
    assert final["success"] is True
    whole, *halves = [
        json.loads(request["messages"][1]["content"]) for request in openai.asked_for("TailoringProposal")
    ]
    assert len(halves) == 2
    assert whole["lines"] == halves[0]["lines"] + halves[1]["lines"]


def test_a_line_that_is_cut_off_even_alone_is_left_as_it_is_and_named(openai: OpenAIServer, ada: Client) -> None:
    openai.always["TailoringProposal"] = Reply(content="{", finish_reason="length")
    final = last_event(ada)
    assert final["success"] is True
    assert final["changes_made"] == []
    assert any("professional_summary" in warning for warning in final["metadata"]["warnings"])


def test_a_server_that_stumbles_once_is_asked_again(openai: OpenAIServer, ada: Client) -> None:
    for schema in ("agent", "JobSummary", "ApplicationLetters"):
        openai.script(schema, Reply(status=503))
    openai.script("TailoringProposal", Reply(status=429, headers={"retry-after": "1"}))
    assert last_event(ada)["success"] is True


# --- Answers that cannot ---


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (Reply(status=401), "did not accept the server's key"),
        (Reply(status=403), "did not accept the server's key"),
        (Reply(status=404), "does not know “gpt-for-tests”"),
        (Reply(status=429), "overloaded or its quota is used up. Please try again later"),
        (
            Reply(status=429, headers={"retry-after": "40"}),
            "overloaded or its quota is used up. Please try again in 40 s",
        ),
        (Reply(status=503), "could not answer (error 503)"),
        (Reply(delay=4), "did not answer within 3 s"),
        (Reply(content="{}", stall=4, headers=JSON), "did not answer within 3 s"),
        (Reply(raw=b'{"id": "chatcmpl-1", "choi', headers=JSON), "no completion"),
        (Reply(raw=b"<html>Please log in</html>", headers=HTML), "no completion"),
        (Reply(raw=b"<html>Bad gateway</html>", status=502, headers=HTML), "could not answer (error 502)"),
        (Reply(raw=b'{"choices": []}', headers=JSON), "no completion"),
        (Reply(raw=b"[]", headers=JSON), "no completion"),
        (Reply(raw=b'{"choices": [{"message": null}]}', headers=JSON), "no completion"),
    ],
)
@pytest.mark.parametrize("step", ["agent", "TailoringProposal"])
@pytest.mark.usefixtures("impatient")
def test_a_server_that_fails_ends_the_run_in_a_clear_sentence_and_costs_nothing(
    openai: OpenAIServer, ada: Client, reply: Reply, sentence: str, step: str
) -> None:
    openai.always[step] = reply
    started = time.monotonic()
    event = last_event(ada)
    assert event["type"] == "error"
    assert sentence in str(event["message"])
    assert time.monotonic() - started < 9, "the 3 s are for the whole call: three tries of 3 s each take longer"
    assert_nothing_was_charged(ada)


def test_a_server_that_names_the_moment_to_come_back_is_told_in_seconds(openai: OpenAIServer, ada: Client) -> None:
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    openai.always["TailoringProposal"] = Reply(status=429, headers={"retry-after": in_an_hour})
    assert re.search(r"Please try again in 3[56]\d\d s\.", str(last_event(ada)["message"]))


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (Reply(content=""), "could not be used"),
        (Reply(content='{"changes": "none"}'), "could not be used"),
        (Reply(refusal="No."), "declined to answer"),
    ],
)
def test_words_that_are_no_answer_end_the_run_in_a_clear_sentence_and_cost_nothing(
    openai: OpenAIServer, ada: Client, reply: Reply, sentence: str
) -> None:
    openai.always["TailoringProposal"] = reply
    event = last_event(ada)
    assert event["type"] == "error"
    assert sentence in str(event["message"])
    assert_nothing_was_charged(ada)


def test_a_server_that_nobody_runs_is_said_to_be_out_of_reach(
    settings: Settings, serve: Serve, ada: Client, person: Person
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        broken = settings.model_copy()
        broken.OPENAI_BASE_URL = f"http://127.0.0.1:{nobody.getsockname()[1]}/v1"
        broken.OPENAI_API_KEY = SecretStr("")
        client = Client(serve(create_app(broken)), person)
        client.headers["Authorization"] = ada.headers["Authorization"]
        with client:
            event = last_event(client)
            assert event["error"] == "model_unavailable"
            assert "could not be reached" in event["message"]
            assert_nothing_was_charged(client)
