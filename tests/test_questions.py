"""What the resume does not say is asked, not written; a yes is a fact that can be used, and taken back."""

import json
from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from tests.conftest import MakePerson, Person, Serve
from tests.fakes.openai_server import OpenAIServer, Reply
from tests.product import Client

ORIGINAL = "Supported the product owner in workshops with two regional grid operators."
CLIMBED = "Led the product owner's workshops with two regional grid operators."
PATH = "experience[1].bullets[3]"


def proposal(proposed: str = CLIMBED) -> Reply:
    change = {
        "path": PATH,
        "kind": "replace",
        "original": ORIGINAL,
        "proposed": proposed,
        "order": None,
        "reason": "Closer to the job.",
        "requirement": None,
        "evidence": [{"path": PATH, "quote": "workshops"}],
    }
    return Reply(content=json.dumps({"changes": [change]}))


@pytest.fixture
def ada(openai: OpenAIServer, serve: Serve, app: FastAPI, make_person: MakePerson) -> Iterator[Client]:
    """Somebody with the sample resume, whose model always climbs from "supported" to "led"."""
    with Client(serve(app), make_person()) as client:
        assert client.upload().status_code == 201
        openai.always["TailoringProposal"] = proposal()
        yield client


def tailor(client: Client, project_id: int) -> dict[str, object]:
    return list(client.stream_tailoring(project_id))[-1]


def bullet(client: Client, project_id: int) -> str:
    return str(client.get(f"/api/projects/{project_id}").json()["resume_json"]["experience"][1]["bullets"][3])


def test_a_blocked_change_is_asked_and_not_written(ada: Client) -> None:
    project_id = ada.create_project()
    final = tailor(ada, project_id)
    assert final["changes_made"] == []
    assert [question["path"] for question in final["questions"]] == [PATH]
    assert final["questions"] == ada.get(f"/api/projects/{project_id}/questions").json()
    assert bullet(ada, project_id) == ORIGINAL


def test_a_blocked_change_cannot_be_accepted_only_edited(ada: Client) -> None:
    project_id = ada.create_project()
    tailor(ada, project_id)
    change = ada.get(f"/api/projects/{project_id}/changes").json()["changes"][0]
    decisions = f"/api/projects/{project_id}/changes/decisions"
    assert ada.post(decisions, json=[{"id": change["id"], "decision": "accepted"}]).status_code == 422
    assert bullet(ada, project_id) == ORIGINAL


def test_a_yes_is_a_fact_that_lifts_the_block_and_serves_later_runs(ada: Client, openai: OpenAIServer) -> None:
    project_id = ada.create_project()
    question = tailor(ada, project_id)["questions"][0]
    answered = ada.post(f"/api/projects/{project_id}/questions/{question['id']}", json={"answer": "yes"})
    assert (answered.status_code, answered.json()["answer"]) == (200, "yes")
    assert bullet(ada, project_id) == CLIMBED
    assert [version["origin"] for version in ada.get(f"/api/projects/{project_id}/versions").json()] == [
        "answer",
        "run",
    ]
    assert [fact["statement"] for fact in ada.get("/api/users/me/facts").json()] == [question["question"]]

    later = ada.create_project()
    final = tailor(ada, later)
    assert final["questions"] == []
    assert bullet(ada, later) == CLIMBED
    assert question["question"] in json.dumps(openai.asked_for("TailoringProposal")[-1])


def test_the_changes_show_a_question_as_it_was_answered(ada: Client) -> None:
    project_id = ada.create_project()
    question = tailor(ada, project_id)["questions"][0]
    changes = f"/api/projects/{project_id}/changes"
    assert [asked["answer"] for asked in ada.get(changes).json()["questions"]] == [None]
    for given in ("no", "yes"):
        ada.post(f"/api/projects/{project_id}/questions/{question['id']}", json={"answer": given})
        assert [asked["answer"] for asked in ada.get(changes).json()["questions"]] == [given]


def test_the_words_of_an_answer_stay_with_its_question(ada: Client) -> None:
    project_id = ada.create_project()
    question = tailor(ada, project_id)["questions"][0]
    said = {"answer": "yes", "text": "I led four workshops with both operators."}
    ada.post(f"/api/projects/{project_id}/questions/{question['id']}", json=said)
    for path in ("questions", "changes"):
        read = ada.get(f"/api/projects/{project_id}/{path}").json()
        asked = (read if path == "questions" else read["questions"])[0]
        assert (asked["answer"], asked["answer_text"]) == ("yes", said["text"])


def test_a_question_is_not_answered_during_a_run(ada: Client, openai: OpenAIServer) -> None:
    project_id = ada.create_project()
    question = tailor(ada, project_id)["questions"][0]
    openai.delay = 0.5
    stream = ada.stream_tailoring(project_id)
    next(stream)
    path = f"/api/projects/{project_id}/questions/{question['id']}"
    refused = ada.post(path, json={"answer": "yes"})
    assert (refused.status_code, refused.json()["error"]) == (409, "run_in_progress")
    assert list(stream)[-1]["success"] is True
    assert ada.post(path, json={"answer": "yes"}).status_code == 200
    assert bullet(ada, project_id) == CLIMBED


def test_what_is_still_open_is_not_asked_twice(ada: Client) -> None:
    project_id = ada.create_project()
    first, second = (tailor(ada, project_id)["questions"] for _ in range(2))
    assert first == second == ada.get(f"/api/projects/{project_id}/questions").json()
    ada.post(f"/api/projects/{project_id}/questions/{first[0]['id']}", json={"answer": "yes"})
    assert bullet(ada, project_id) == CLIMBED


def test_an_answer_counts_in_an_earlier_version_as_well(ada: Client) -> None:
    project_id = ada.create_project()
    question = tailor(ada, project_id)["questions"][0]
    tailor(ada, project_id)
    ada.post(f"/api/projects/{project_id}/versions/1/restore")
    ada.post(f"/api/projects/{project_id}/questions/{question['id']}", json={"answer": "yes"})
    assert bullet(ada, project_id) == CLIMBED


def test_what_was_accepted_is_open_again_once_its_fact_is_denied(ada: Client) -> None:
    project_id = ada.create_project()
    question = tailor(ada, project_id)["questions"][0]
    answer = f"/api/projects/{project_id}/questions/{question['id']}"
    ada.post(answer, json={"answer": "yes"})
    accepted = [{"id": question["change_id"], "decision": "accepted"}]
    assert ada.post(f"/api/projects/{project_id}/changes/decisions", json=accepted).status_code == 200
    ada.post(answer, json={"answer": "no"})
    change = ada.get(f"/api/projects/{project_id}/changes").json()["changes"][0]
    assert (change["verdict"], change["decision"]) == ("block", "pending")
    assert bullet(ada, project_id) == ORIGINAL


def test_a_fact_that_was_taken_back_is_not_used_any_more(ada: Client) -> None:
    project_id = ada.create_project()
    question = tailor(ada, project_id)["questions"][0]
    ada.post(f"/api/projects/{project_id}/questions/{question['id']}", json={"answer": "yes", "text": "I led them."})
    facts = ada.get("/api/users/me/facts").json()
    assert len(facts) == 2
    assert ada.delete(f"/api/users/me/facts/{facts[0]['id']}").status_code == 204
    assert ada.delete(f"/api/users/me/facts/{facts[0]['id']}").status_code == 404
    assert ada.delete("/api/users/me/facts").status_code == 204
    assert len(tailor(ada, ada.create_project())["questions"]) == 1


def test_a_no_is_remembered_and_not_asked_again(ada: Client) -> None:
    project_id = ada.create_project()
    question = tailor(ada, project_id)["questions"][0]
    ada.post(f"/api/projects/{project_id}/questions/{question['id']}", json={"answer": "no"})
    assert ada.get("/api/users/me/facts").json() == []
    later = ada.create_project()
    assert tailor(ada, later)["questions"] == []
    assert bullet(ada, later) == ORIGINAL


def test_somebody_elses_questions_and_facts_are_missing(ada: Client, person: Person) -> None:
    project_id = ada.create_project()
    question = tailor(ada, project_id)["questions"][0]
    ada.post(f"/api/projects/{project_id}/questions/{question['id']}", json={"answer": "yes"})
    fact = ada.get("/api/users/me/facts").json()[0]
    stranger = person.headers
    assert ada.get(f"/api/projects/{project_id}/questions", headers=stranger).status_code == 404
    path = f"/api/projects/{project_id}/questions/{question['id']}"
    assert ada.post(path, json={"answer": "no"}, headers=stranger).status_code == 404
    assert ada.get("/api/users/me/facts", headers=stranger).json() == []
    assert ada.delete(f"/api/users/me/facts/{fact['id']}", headers=stranger).status_code == 404


def test_a_change_whose_original_is_not_in_the_document_is_dropped(ada: Client, openai: OpenAIServer) -> None:
    reply = proposal()
    reply.content = str(reply.content).replace("Supported the product owner", "Supported the board")
    openai.always["TailoringProposal"] = reply
    final = tailor(ada, ada.create_project())
    assert (final["changes_made"], final["questions"]) == ([], [])


def test_the_same_job_ad_is_summarised_once(ada: Client, openai: OpenAIServer) -> None:
    for _ in range(2):
        assert tailor(ada, ada.create_project())["success"] is True
    assert len(openai.asked_for("JobSummary")) == 1


def test_an_estimate_says_what_a_run_will_take_before_it_is_started(ada: Client) -> None:
    project_id = ada.create_project()
    estimate = ada.get(f"/api/projects/{project_id}/estimate").json()
    assert estimate["affordable"] is True
    tailor(ada, project_id)
    assert 0.3 < estimate["tokens"] / ada.charges()[0]["tokens_used"] < 4


def test_one_person_has_at_most_three_runs_at_a_time(
    ada: Client, openai: OpenAIServer, make_person: MakePerson
) -> None:
    tailor(ada, ada.create_project())  # what is over does not count
    openai.always["TailoringProposal"] = Reply(delay=20)
    started = []
    for _ in range(3):
        stream = ada.stream_tailoring(ada.create_project())
        started.append((stream, next(stream)["run_id"]))
    refused = ada.post(f"/api/projects/{ada.create_project()}/tailor-with-agent")
    assert (refused.status_code, refused.json()["error"]) == (429, "too_many_runs")
    assert int(refused.headers["retry-after"]) > 0
    assert ada.balance()["held"] == sum([5.0] * 3)
    with Client(str(ada.base_url), make_person()) as somebody_else:
        somebody_else.upload()
        theirs = somebody_else.create_project()
        run_id = next(somebody_else.stream_tailoring(theirs))["run_id"]
        somebody_else.post(f"/api/projects/{theirs}/runs/{run_id}/cancel")
    for number, (_, run_id) in enumerate(started, start=1):
        project_id = ada.get("/api/projects").json()[4 - number]["id"]
        assert ada.post(f"/api/projects/{project_id}/runs/{run_id}/cancel").status_code == 202
    assert ada.balance()["held"] == 0
