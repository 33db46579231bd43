"""Runs belong to the server: what is streamed, replayed, cancelled, charged, and never mixed."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from config.database import Database
from config.settings import Settings
from main import create_app
from tests.conftest import MakePerson, Serve
from tests.docx_factory import make_docx, paragraph
from tests.fakes.openai_server import OpenAIServer, Reply, schema_name
from tests.product import JOB, SAMPLE_JOB, Client, events_in


@pytest.fixture
def base_url(serve: Serve, app: FastAPI) -> str:
    """The app under real uvicorn."""
    return serve(app)


@pytest.fixture
def ada(base_url: str, make_person: MakePerson) -> Iterator[Client]:
    """Somebody who has uploaded the sample resume."""
    with Client(base_url, make_person()) as client:
        assert client.upload().status_code == 201
        yield client


def wait_until(condition: Callable[[], bool], *, seconds: float = 10) -> None:
    """Wait for something that another thread brings about."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


# --- The stream ---


def test_a_run_streams_its_events_in_order_and_ends_with_the_result(ada: Client) -> None:
    events = list(ada.stream_tailoring(ada.create_project(job_description=SAMPLE_JOB)))

    assert [event["id"] for event in events] == list(range(1, len(events) + 1))
    types = [event["type"] for event in events]
    assert types[0] == "run"
    assert types[-3:] == ["usage", "db_update", "final"]
    assert {event["tool"] for event in events if event["type"] == "tool_result"} == {
        "validate_input",
        "summarize_jd",
        "tailor_resume",
    }
    final = events[-1]
    assert final["success"] is True
    assert final["tailored_json"]["personal_info"]["name"] == "Tamsin Okafor"
    assert final["metadata"]["model"] == "skillmap-offline"
    charged = events[-2]["credits_deducted"]
    assert charged == -ada.charges()[0]["amount"] > 0
    assert ada.balance()["credits"] == events[-2]["balance"] == 100 - charged
    assert ada.balance()["held"] == 0


def test_the_stream_that_openapi_shows_is_like_a_real_one(ada: Client, base_url: str) -> None:
    paths = httpx.get(f"{base_url}/openapi.json").json()["paths"]
    answer = paths["/api/projects/{project_id}/tailor-with-agent"]["post"]["responses"]["200"]
    shown = [
        dict(line.split(": ", 1) for line in event.splitlines())
        for event in answer["content"]["text/event-stream"]["example"].strip().split("\n\n")
    ]
    real = {event["type"]: event for event in ada.stream_tailoring(ada.create_project(job_description=SAMPLE_JOB))}

    for event in shown:
        data = json.loads(event["data"])
        assert data["type"] == event["event"]
        assert data.keys() <= real[data["type"]].keys()


def test_a_run_can_be_replayed_whole_and_from_any_event_on(ada: Client) -> None:
    project_id = ada.create_project()
    events = list(ada.stream_tailoring(project_id))
    run_id = events[0]["run_id"]

    assert ada.replay(project_id, run_id) == events
    assert ada.replay(project_id, run_id, after=4) == events[4:]


def test_a_browser_that_reconnects_after_the_end_is_told_to_stop(openai: OpenAIServer, ada: Client) -> None:
    project_id = ada.create_project()
    openai.delay = 0.3
    stream = ada.stream_tailoring(project_id)
    run_id = next(stream)["run_id"]
    path = f"/api/projects/{project_id}/runs/{run_id}/events"
    with ada.stream("GET", path, headers={"Last-Event-ID": "1"}) as response:  # it goes on: there is more to come
        assert response.status_code == 200
        last = list(events_in(response.iter_lines()))[-1]
    assert (last["type"], last["success"]) == ("final", True)

    for after in (last["id"], last["id"] + 1):  # an EventSource reconnects for ever, unless it gets a 204
        told = ada.get(path, headers={"Last-Event-ID": str(after)})
        assert (told.status_code, told.content) == (204, b"")
    assert ada.get(path, headers={"Last-Event-ID": str(last["id"] - 1)}).status_code == 200


def test_hanging_up_stops_neither_the_run_nor_its_single_charge(openai: OpenAIServer, ada: Client) -> None:
    project_id = ada.create_project()
    openai.delay = 0.3
    stream = ada.stream_tailoring(project_id)
    run_id = next(stream)["run_id"]
    stream.close()

    events = ada.replay(project_id, run_id)
    assert events[-1]["success"] is True
    assert ada.get(f"/api/projects/{project_id}").json()["is_tailored"] is True
    assert len(ada.charges()) == 1


def test_the_plain_endpoint_gives_the_final_result_as_json(ada: Client) -> None:
    result = ada.post(f"/api/projects/{ada.create_project()}/tailor").json()
    assert result["success"] is True
    assert result["changes_made"]
    assert result["match"]["coverage_after"] >= result["match"]["coverage_before"]


# --- Refused before it starts ---


def test_what_can_be_refused_cheaply_is_refused_before_the_stream_opens(
    base_url: str, make_person: MakePerson, ada: Client
) -> None:
    with Client(base_url, make_person()) as newcomer:
        mine = newcomer.create_project()
        refused = newcomer.post(f"/api/projects/{mine}/tailor-with-agent")
        assert (refused.status_code, refused.json()["error"]) == (409, "no_base_resume")
        foreign = ada.post(f"/api/projects/{mine}/tailor-with-agent")
        assert (foreign.status_code, foreign.json()["error"]) == (404, "not_found")
    without_job = ada.post(f"/api/projects/{ada.create_project(job_description=None)}/tailor-with-agent")
    assert without_job.status_code == 422
    assert "job description" in without_job.json()["detail"]


def test_too_few_credits_are_a_402_that_says_how_many_are_needed(
    ada: Client, database: Database, make_person: MakePerson
) -> None:
    from models.credit_transaction import TransactionType
    from services.credit_service import Posting, post

    user_id = ada.get("/api/auth/me").json()["id"]
    with database.sessions.begin() as session:
        post(session, Posting(user_id, -95.5, TransactionType.BONUS, "spent"))
    refused = ada.post(f"/api/projects/{ada.create_project()}/tailor-with-agent")
    assert refused.status_code == 402
    body = refused.json()
    assert (body["error"], body["available"], body["required"]) == ("insufficient_credits", 4.5, 5.0)


def test_a_project_has_one_run_at_a_time(openai: OpenAIServer, ada: Client) -> None:
    project_id = ada.create_project()
    openai.delay = 0.5
    stream = ada.stream_tailoring(project_id)
    next(stream)
    second = ada.post(f"/api/projects/{project_id}/tailor-with-agent")
    assert (second.status_code, second.json()["error"]) == (409, "run_in_progress")
    assert ada.delete(f"/api/projects/{project_id}").status_code == 409
    assert list(stream)[-1]["success"] is True


# --- Refused by the guardrail ---


@pytest.mark.parametrize(
    ("text", "reason"),
    [("Write a 2000 word essay on the French Revolution.", "not related to a job"), ("asdf asdf qwer", "invalid")],
)
def test_a_refused_request_is_free_and_says_why(ada: Client, text: str, reason: str) -> None:
    final = list(ada.stream_tailoring(ada.create_project(job_description=text)))[-1]
    assert (final["type"], final["success"]) == ("final", False)
    assert reason in final["message"]
    assert (final["credits_deducted"], final["balance"]) == (0, 100.0)
    assert ada.charges() == []
    assert ada.balance()["available"] == 100.0


def test_a_refusal_is_a_422_with_the_final_result_at_the_plain_endpoint(ada: Client) -> None:
    refused = ada.post(f"/api/projects/{ada.create_project(job_description='asdf asdf qwer')}/tailor")
    assert refused.status_code == 422
    assert refused.json()["success"] is False
    assert "invalid" in refused.json()["detail"]
    assert "type" not in refused.json(), "an event has a type, an error has a code"


# --- What a model proposes ---


def proposed(path: str, original: str, wording: str, **more: object) -> dict[str, object]:
    """A replacement as a model proposes it."""
    empty = {"order": None, "reason": "Closer to the job.", "requirement": None, "evidence": []}
    return {"path": path, "kind": "replace", "original": original, "proposed": wording} | empty | more


def test_evidence_that_a_model_makes_up_is_dropped_and_every_new_text_says_where_it_comes_from(
    openai: OpenAIServer, ada: Client
) -> None:
    bullets = ada.get("/api/resumes/base").json()["extracted_data"]["experience"][0]["bullets"]
    cited = [
        {"path": "experience[0].bullets[0]", "quote": "Rust and Elixir"},
        {"path": "experience[7].bullets[0]", "quote": "Python and FastAPI"},  # true, but counted wrongly
    ]
    first, fourth = "experience[0].bullets[0]", "experience[0].bullets[3]"
    changes = [
        proposed(first, bullets[0], bullets[0].replace("Built a", "Built the"), evidence=cited),
        proposed(first, bullets[0], bullets[0].replace("Built a", "Built one")),
        proposed(fourth, bullets[3], bullets[3].rstrip("."), evidence=[{"path": fourth, "quote": "Kubernetes"}]),
    ]
    openai.always["TailoringProposal"] = Reply(content=json.dumps({"changes": changes}))
    made = list(ada.stream_tailoring(ada.create_project(job_description=SAMPLE_JOB)))[-1]["changes_made"]
    assert [change["evidence"] for change in made] == [
        [{"path": first, "quote": "Python and FastAPI"}],
        [{"path": fourth, "quote": bullets[3]}],
    ]
    assert made[0]["proposed"].startswith("Built the"), "of two changes of one line the first counts"


@pytest.mark.parametrize("wrong", ["Data Scientist at Globex Corporation", "Data Scientist at Harbourlight Energy"])
def test_letters_that_name_another_company_or_position_come_out_with_the_right_ones(
    openai: OpenAIServer, ada: Client, wrong: str
) -> None:
    letters = {
        "cover_letter": f"Dear Hiring Team,\n\nI apply for the position of {wrong}.\n\nKind regards,\n[NAME]",
        "email_subject": f"My application: {wrong}",
        "email_body": f"Dear Hiring Team,\n\nI applied for the position of {wrong}.\n\nKind regards,\n[NAME]",
    }
    openai.always["ApplicationLetters"] = Reply(content=json.dumps(letters))
    project_id = ada.create_project(job_description=SAMPLE_JOB)
    assert list(ada.stream_tailoring(project_id))[-1]["success"] is True
    letter = ada.get(f"/api/projects/{project_id}/cover-letter").json()["cover_letter"]
    mail = ada.get(f"/api/projects/{project_id}/email").json()
    for text in (letter, mail["email_body"]):
        assert text.startswith("Dear Hiring Team,\n\n")
        assert "Senior Backend Engineer at Harbourlight Energy" in text
    assert "Senior Backend Engineer" in mail["email_subject"]
    assert not re.search("Globex|Scientist", letter + str(mail))


def test_letters_of_a_resume_without_a_name_are_left_to_be_signed(ada: Client, tmp_path: Path) -> None:
    nameless = tmp_path / "nameless.docx"
    lines = [
        paragraph(text)
        for text in (
            "Experience",
            "Product Manager, Northwind Logistics, 2019 - 2024",
            "Built services in Python on Kubernetes, which 12 teams use",
            "Skills",
            "Python, Kubernetes",
        )
    ]
    nameless.write_bytes(make_docx(*lines))
    assert ada.upload(nameless).status_code == 201
    project_id = ada.create_project()
    final = list(ada.stream_tailoring(project_id))[-1]
    assert final["tailored_json"]["personal_info"]["name"] == ""
    assert [warning for warning in final["metadata"]["warnings"] if "letter" in warning] == [
        "Your resume shows no name: please sign the cover letter and the e-mail yourself."
    ]
    letter = ada.get(f"/api/projects/{project_id}/cover-letter").json()["cover_letter"]
    assert letter.endswith("Kind regards,")


# --- Cancel and failure ---


def test_cancel_stops_the_model_call_and_charges_the_tokens_used_until_then(openai: OpenAIServer, ada: Client) -> None:
    project_id = ada.create_project()
    openai.always["TailoringProposal"] = Reply(delay=30)
    openai.always["ApplicationLetters"] = Reply(delay=30)
    stream = ada.stream_tailoring(project_id)
    run_id = next(stream)["run_id"]
    wait_until(lambda: len(openai.asked_for("TailoringProposal")) > 0)

    cancelled = ada.post(f"/api/projects/{project_id}/runs/{run_id}/cancel")
    assert (cancelled.status_code, cancelled.json()["status"]) == (202, "cancelled")
    final = list(stream)[-1]
    assert (final["type"], final["success"]) == ("final", False)
    wait_until(lambda: openai.in_flight == 0)
    assert openai.cut_off == 2
    assert ada.charges()[0]["tokens_used"] > 0
    assert ada.balance()["held"] == 0
    assert ada.get(f"/api/projects/{project_id}").json()["is_tailored"] is False


def test_cancelling_one_run_leaves_the_others_alone(openai: OpenAIServer, ada: Client) -> None:
    openai.delay = 0.7  # long enough for a run to look whether somebody has asked to stop it
    cancelled, going_on = ada.create_project(), ada.create_project()
    streams = [ada.stream_tailoring(project_id) for project_id in (cancelled, going_on)]
    run_id, _ = [next(stream)["run_id"] for stream in streams]
    assert ada.post(f"/api/projects/{cancelled}/runs/{run_id}/cancel").status_code == 202
    assert [list(stream)[-1]["success"] for stream in streams] == [False, True]


def test_a_run_that_is_cancelled_many_times_at_once_ends_once(openai: OpenAIServer, ada: Client) -> None:
    project_id = ada.create_project()
    openai.always["TailoringProposal"] = Reply(delay=30)
    stream = ada.stream_tailoring(project_id)
    run_id = next(stream)["run_id"]
    wait_until(lambda: len(openai.asked_for("TailoringProposal")) > 0)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ada.post, [f"/api/projects/{project_id}/runs/{run_id}/cancel"] * 8))
    assert {answer.json()["status"] for answer in answers} == {"cancelled"}
    assert [event["type"] for event in stream].count("final") == 1
    assert len(ada.charges()) == 1


def test_who_deletes_their_account_stops_their_own_run_and_nobody_elses(
    openai: OpenAIServer, ada: Client, base_url: str, make_person: MakePerson
) -> None:
    with Client(base_url, make_person()) as leaving:
        leaving.upload()
        openai.delay = 1.5
        going_on = ada.stream_tailoring(ada.create_project())
        next(going_on)
        next(leaving.stream_tailoring(leaving.create_project(job_description=f"{JOB} In Leavingham.")))
        wait_until(lambda: "Leavingham" in openai.prompts())
        assert leaving.delete("/api/users/me").status_code == 200
        wait_until(lambda: openai.cut_off > 0)
        openai.delay = 0
    assert list(going_on)[-1]["success"] is True, "no call of hers was cut off"


def test_cancelling_before_any_model_call_finished_costs_nothing(openai: OpenAIServer, ada: Client) -> None:
    project_id = ada.create_project()
    openai.delay = 30
    stream = ada.stream_tailoring(project_id)
    run_id = next(stream)["run_id"]
    wait_until(lambda: openai.in_flight > 0)
    ada.post(f"/api/projects/{project_id}/runs/{run_id}/cancel")
    assert list(stream)[-1]["success"] is False
    assert ada.charges() == []
    assert ada.balance()["available"] == 100.0


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(status=500), "model_unavailable"),
        (Reply(delay=4), "model_timeout"),
        (Reply(content="I would rather not."), "model_answer_invalid"),
        (Reply(content=None, refusal="No."), "model_refused"),
    ],
)
@pytest.mark.usefixtures("impatient")
def test_a_failing_model_ends_in_an_error_event_and_costs_nothing(
    openai: OpenAIServer, ada: Client, reply: Reply, code: str
) -> None:
    openai.always["TailoringProposal"] = reply
    events = list(ada.stream_tailoring(ada.create_project()))
    assert (events[-1]["type"], events[-1]["error"]) == ("error", code)
    assert ada.charges() == []
    assert ada.balance()["available"] == 100.0


# --- Other providers ---


def test_a_server_without_tools_schemas_and_usage_serves_as_well(openai: OpenAIServer, ada: Client) -> None:
    openai.knows_tools = openai.knows_schemas = openai.reports_usage = False
    final = list(ada.stream_tailoring(ada.create_project()))[-1]
    assert final["success"] is True
    charge = ada.charges()[0]
    assert charge["tokens_used"] > 0
    assert "estimated" in charge["description"]


def test_a_model_that_ignores_its_tools_still_gets_the_work_done(openai: OpenAIServer, ada: Client) -> None:
    openai.always["agent"] = Reply(content="The resume looks fine to me.")
    final = list(ada.stream_tailoring(ada.create_project()))[-1]
    assert final["success"] is True
    assert final["changes_made"]


def test_a_model_that_calls_every_tool_at_once_or_twice_has_each_step_done_once(
    openai: OpenAIServer, ada: Client
) -> None:
    names = ["tailor_resume", "validate_input", "summarize_jd", "tailor_resume", "summarize_jd"]
    openai.script("agent", Reply(tool_calls=[(name, "{}") for name in names]))
    final = list(ada.stream_tailoring(ada.create_project()))[-1]
    assert final["success"] is True
    asked = [name for name in (schema_name(request) for request in openai.requests) if name != "ResumeExtraction"]
    assert sorted(asked) == ["ApplicationLetters", "JobSummary", "TailoringProposal", "agent"]


def test_a_run_waits_for_three_model_calls_one_after_the_other_and_no_more(openai: OpenAIServer, ada: Client) -> None:
    project_id = ada.create_project()
    openai.calls.clear()
    assert list(ada.stream_tailoring(project_id))[-1]["success"] is True
    turns = [call.name for call in sorted(openai.calls, key=lambda call: call.started)]
    assert [set(turns[:2]), {turns[2]}, set(turns[3:])] == [
        {"agent", "JobSummary"},
        {"agent"},
        {"TailoringProposal", "ApplicationLetters"},
    ]


def test_a_long_career_is_asked_for_in_halves_when_the_answer_is_cut_off(openai: OpenAIServer, ada: Client) -> None:
    openai.script("ResumeExtraction", Reply(content='{"experience": [', finish_reason="length"))
    before = len(openai.asked_for("ResumeExtraction"))
    uploaded = ada.upload()
    assert uploaded.status_code == 201
    assert len(openai.asked_for("ResumeExtraction")) - before == 3
    assert len(uploaded.json()["extracted_data"]["experience"]) == 3


# --- The language of a result ---


@pytest.mark.parametrize("code", ["xx", "english", "EN", "e"])
def test_a_language_that_does_not_exist_is_refused(ada: Client, code: str) -> None:
    assert ada.post(f"/api/projects/{ada.create_project()}/tailor", json={"language": code}).status_code == 422


def test_a_result_says_in_which_language_it_was_written_and_not_only_in_which_one_was_asked(ada: Client) -> None:
    result = ada.post(f"/api/projects/{ada.create_project()}/tailor", json={"language": "ja"}).json()
    assert result["metadata"]["language"] == "en"
    assert any("English" in said and "Japanese" in said for said in result["metadata"]["warnings"])


def test_letters_in_another_language_than_the_resume_are_said_to_be(ada: Client) -> None:
    project_id = ada.create_project(job_description=SAMPLE_JOB)
    result = ada.post(f"/api/projects/{project_id}/tailor", json={"language": "de"}).json()
    assert result["metadata"]["language"] == "de"
    assert any("English" in said and "German" in said for said in result["metadata"]["warnings"])
    assert "Bewerbung" in str(ada.get(f"/api/projects/{project_id}/email").json())


def test_links_and_addresses_do_not_count_as_the_language_of_a_resume(tmp_path: Path, ada: Client) -> None:
    resume = {
        "basics": {
            "name": "Ann Lee",
            "email": "ann.lee@gmail.com",
            "url": "https://annlee.com",
            "profiles": [{"network": "LinkedIn", "url": "https://www.linkedin.com/in/annlee"}],
        },
        "work": [{"name": "Acme Ltd", "position": "Data Analyst", "highlights": ["Built SQL dashboards, Power BI"]}],
        "skills": [{"name": "Tools", "keywords": ["SQL", "Python", "Power BI", "Excel"]}],
    }
    path = tmp_path / "resume.json"
    path.write_text(json.dumps(resume))
    assert ada.upload(path).status_code == 201
    project_id = ada.create_project(job_description=SAMPLE_JOB)
    result = ada.post(f"/api/projects/{project_id}/tailor", json={"language": "keep"}).json()
    assert (result["metadata"]["language"], result["metadata"]["warnings"]) == ("en", [])


# --- Privacy, and nobody's data in somebody else's run ---


def test_the_bullets_of_one_long_job_are_asked_for_in_halves_as_well(
    openai: OpenAIServer, ada: Client, settings: Settings
) -> None:
    settings.MINIMUM_CREDITS_FOR_TAILOR = 90.0  # each answer that is cut off costs tokens, and there are many
    openai.always["TailoringProposal"] = Reply(content='{"changes": [', finish_reason="length")
    assert list(ada.stream_tailoring(ada.create_project()))[-1]["success"] is True
    lines = [
        json.loads(request["messages"][1]["content"])["lines"] for request in openai.asked_for("TailoringProposal")
    ]
    assert any(re.fullmatch(r"experience\[\d+\]\.bullets\[\d+\]", line["path"]) for part in lines for line in part)


def test_letters_that_are_cut_off_are_asked_for_again_and_at_last_left_out(openai: OpenAIServer, ada: Client) -> None:
    cut = Reply(content='{"cover_letter": "Dear', finish_reason="length")
    openai.script("ApplicationLetters", cut)
    project_id = ada.create_project()
    assert list(ada.stream_tailoring(project_id))[-1]["success"] is True
    assert "Harbourlight" in ada.get(f"/api/projects/{project_id}/cover-letter").json()["cover_letter"]

    openai.always["ApplicationLetters"] = cut
    final = list(ada.stream_tailoring(ada.create_project()))[-1]
    assert final["success"] is True
    assert final["changes_made"]
    assert any("cut off" in warning for warning in final["metadata"]["warnings"])


def test_a_job_to_this_day_counts_up_to_the_upload(tmp_path: Path, ada: Client) -> None:
    resume = {
        "basics": {"name": "Ada Example", "email": "ada@example.com"},
        "work": [{"name": "Hill Farm", "position": "Shepherd", "startDate": "2015-03"}],
    }
    path = tmp_path / "resume.json"
    path.write_text(json.dumps(resume))
    assert ada.upload(path).status_code == 201
    project_id = ada.create_project(job_description="Shepherd wanted.\n\nRequirements:\n- 5 years of experience")
    match = ada.get(f"/api/projects/{project_id}/match").json()
    assert [one["status"] for one in match["requirements"]] == ["supported"]


def test_contact_data_is_in_no_prompt(openai: OpenAIServer, ada: Client) -> None:
    assert list(ada.stream_tailoring(ada.create_project(job_description=SAMPLE_JOB)))[-1]["success"] is True
    sent = openai.prompts()
    assert "Northgate Freight" in sent
    for secret in ("Tamsin", "Okafor", "okafor", "tamsin", "496 0182", "linkedin.com/in"):
        assert secret not in sent


def test_contact_data_in_the_job_ad_is_in_no_prompt(openai: OpenAIServer, ada: Client) -> None:
    greeting = "Dear Tamsin Okafor, we have your CV with tamsin.okafor@example.com. This is our job:\n\n"
    project_id = ada.create_project(job_description=greeting + SAMPLE_JOB)
    assert list(ada.stream_tailoring(project_id))[-1]["success"] is True
    sent = openai.prompts()
    assert "Harbourlight" in sent
    for secret in ("Tamsin", "Okafor", "okafor", "tamsin"):
        assert secret not in sent


def test_people_who_tailor_at_the_same_moment_get_their_own_data(
    openai: OpenAIServer, base_url: str, make_person: MakePerson, tmp_path_factory: pytest.TempPathFactory
) -> None:
    openai.delay = 0.2
    openai.most_in_flight = 0
    people = [f"Person{letter} Example{letter}" for letter in "ABCDEF"]
    results: dict[str, dict[str, object]] = {}

    def tailor(name: str) -> None:
        path = tmp_path_factory.mktemp(name.split()[0]) / "resume.docx"
        path.write_bytes(resume_of(name))
        with Client(base_url, make_person(full_name=name)) as client:
            assert client.upload(path).status_code == 201
            results[name] = list(client.stream_tailoring(client.create_project()))[-1]

    threads = [threading.Thread(target=tailor, args=(name,)) for name in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert openai.most_in_flight > 3, "the runs did not overlap, so the test shows nothing"
    for name in people:
        text = str(results[name])
        assert name in text
        assert f"Works of {name.split()[0]}" in text
        assert not any(other.split()[0] in text for other in people if other != name)


def resume_of(name: str) -> bytes:
    """A small resume of which every part names its owner's employer."""
    from io import BytesIO

    from docx import Document

    document = Document()
    document.add_heading(name, 0)
    document.add_paragraph("Berlin | someone@example.com")
    document.add_heading("Experience", 1)
    document.add_paragraph(f"Software Engineer, Works of {name.split()[0]}, 2019 – 2024")
    document.add_paragraph("Built services in Python and PostgreSQL", style="List Bullet")
    document.add_paragraph("Packaged services with Docker", style="List Bullet")
    document.add_heading("Skills", 1)
    document.add_paragraph("Git, Docker, Python, PostgreSQL")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


# --- Resources ---


def test_no_connection_is_held_while_the_model_is_waited_for(openai: OpenAIServer, app: FastAPI, ada: Client) -> None:
    project_id = ada.create_project()
    openai.delay = 1.5
    stream = ada.stream_tailoring(project_id)
    next(stream)
    wait_until(lambda: openai.in_flight > 0)
    wait_until(lambda: app.state.database.engine.pool.checkedout() == 0, seconds=1)
    stream.close()

    uploaded = threading.Thread(target=ada.upload)
    before = len(openai.asked_for("ResumeExtraction"))
    uploaded.start()
    wait_until(lambda: len(openai.asked_for("ResumeExtraction")) > before)
    wait_until(lambda: app.state.database.engine.pool.checkedout() == 0, seconds=1)
    uploaded.join()


def test_a_run_whose_process_died_is_ended_uncharged_at_the_next_start(
    settings: Settings, database: Database, ada: Client, serve: Serve, make_person: MakePerson
) -> None:
    from schemas.project_schemas import TailorRequest
    from services.run_start import start_run

    project_id = ada.create_project()
    user_id = ada.get("/api/auth/me").json()["id"]
    with database.sessions.begin() as session:
        dead_worker = "elsewhere:1:1"
        started = start_run(
            session, user_id, project_id, TailorRequest(), model="m", worker=dead_worker, settings=settings
        )
        from models.run import TailoringRun

        run = session.get_one(TailoringRun, started.run_id)
        run.heartbeat_at = run.heartbeat_at.replace(year=2020)
    assert ada.balance()["held"] > 0

    serve(create_app(settings))
    assert ada.balance()["held"] == 0
    assert ada.charges() == []
    assert ada.replay(project_id, started.run_id)[-1]["error"] == "run_interrupted"
    assert list(ada.stream_tailoring(project_id))[-1]["success"] is True


def test_a_resume_deleted_during_its_run_does_not_keep_the_run_from_ending(openai: OpenAIServer, ada: Client) -> None:
    project_id = ada.create_project()
    letters = '{"cover_letter": "", "email_subject": "", "email_body": ""}'
    openai.always["ApplicationLetters"] = Reply(delay=1, content=letters)
    stream = ada.stream_tailoring(project_id)
    next(stream)
    wait_until(lambda: len(openai.asked_for("ApplicationLetters")) > 0)
    assert ada.delete("/api/resumes/base").status_code == 204
    assert list(stream)[-1]["success"] is True
    assert ada.balance()["held"] == 0
    assert ada.get(f"/api/projects/{project_id}/docx").json()["error"] == "no_base_resume"


def test_what_is_edited_decided_or_deleted_during_a_run_is_refused_and_not_lost(
    openai: OpenAIServer, ada: Client
) -> None:
    project_id = ada.create_project()
    assert list(ada.stream_tailoring(project_id))[-1]["success"] is True
    openai.delay = 0.5
    stream = ada.stream_tailoring(project_id)
    next(stream)
    project = f"/api/projects/{project_id}"
    for refused in (
        ada.put(project, json={"resume_json": {"professional_summary": "Mine."}}),
        ada.post(f"{project}/changes/decisions", json=[{"id": 1, "decision": "rejected"}]),
        ada.post(f"{project}/versions/1/restore"),
        ada.delete(project),
    ):
        assert (refused.status_code, refused.json()["error"]) == (409, "run_in_progress")
    assert list(stream)[-1]["success"] is True


def test_characters_that_no_database_stores_are_taken_out_of_an_answer(openai: OpenAIServer, ada: Client) -> None:
    letters = '{"cover_letter": "Dear\\u0000 team,", "email_subject": "", "email_body": ""}'
    openai.always["ApplicationLetters"] = Reply(content=letters)
    project_id = ada.create_project()
    assert list(ada.stream_tailoring(project_id))[-1]["success"] is True
    assert "\x00" not in ada.get(f"/api/projects/{project_id}/cover-letter").json()["cover_letter"]


def test_parallel_decisions_all_count(ada: Client) -> None:
    project_id = ada.create_project(job_description=SAMPLE_JOB)
    changes = list(ada.stream_tailoring(project_id))[-1]["changes_made"]
    path = f"/api/projects/{project_id}/changes/decisions"
    with ThreadPoolExecutor(len(changes)) as threads:
        answers = threads.map(lambda c: ada.post(path, json=[{"id": c["id"], "decision": "rejected"}]), changes)
        assert {answer.status_code for answer in answers} == {200}
    decided = ada.get(f"/api/projects/{project_id}/changes").json()["changes"]
    assert {change["id"] for change in decided if change["decision"] == "rejected"} == {one["id"] for one in changes}
