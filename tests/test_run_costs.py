"""What a run costs when something comes between: the death of its process, or a balance that does not last."""

import asyncio
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.database import Database
from config.settings import Settings
from models.credit_transaction import TransactionType
from models.user import User
from schemas.model_outputs import ApplicationLetters
from services import credit_service, ledger_audit
from services.credit_service import Posting, TokenUsage
from services.errors import ModelAnswerInvalid, ModelRefused
from services.model_client import AnswerTruncated, BudgetExhausted, ModelClient, UsageMeter
from tests.conftest import MakePerson, Person
from tests.fakes.openai_server import OpenAIServer, Reply, completion
from tests.product import SAMPLE_JOB, Client
from tests.server_process import Spawn, spawn
from tests.test_tailoring_runs import ada, base_url, wait_until

__all__ = ["ada", "base_url", "spawn"]  # fixtures

POEM = "Roses are red and violets are blue, and the sea is wide."
"""No job, but nothing that rules could be sure of."""


@pytest.fixture(autouse=True)
def sound_books(database: Database) -> Iterator[None]:
    """Whatever happened, the books add up."""
    yield
    with database.read_sessions() as session:
        assert ledger_audit.find_breaches(session) == []


def leave(database: Database, client: Client, credits: float) -> None:
    """Let the person have only so much."""
    user_id = client.get("/api/auth/me").json()["id"]
    with database.sessions.begin() as session:
        spent = session.get_one(User, user_id).credits - credits
        credit_service.post(session, Posting(user_id, -spent, TransactionType.BONUS, "Spent"))


def test_a_server_that_is_killed_in_the_middle_of_a_run_charges_nothing_for_it(
    spawn: Spawn, openai: OpenAIServer, person: Person
) -> None:
    server = spawn()
    with Client(server.base_url, person) as client:
        assert client.upload().status_code == 201
        project_id = client.create_project()
        openai.always["TailoringProposal"] = Reply(delay=120)
        stream = client.stream_tailoring(project_id)
        run_id = next(stream)["run_id"]
        wait_until(lambda: len(openai.asked_for("TailoringProposal")) > 0)
        assert client.balance()["held"] > 0
        server.kill()

    openai.always.clear()
    with Client(spawn().base_url, person) as client:
        assert (client.balance()["credits"], client.balance()["held"]) == (100.0, 0.0)
        assert client.charges() == []
        assert client.replay(project_id, run_id)[-1]["error"] == "run_interrupted"
        assert client.get(f"/api/projects/{project_id}").json()["is_tailored"] is False
        assert list(client.stream_tailoring(project_id))[-1]["success"] is True
        assert len(client.charges()) == 1


def test_a_server_that_is_killed_after_a_run_does_not_charge_it_again(
    spawn: Spawn, openai: OpenAIServer, person: Person
) -> None:
    server = spawn()
    with Client(server.base_url, person) as client:
        assert client.upload().status_code == 201
        project_id = client.create_project()
        assert list(client.stream_tailoring(project_id))[-1]["success"] is True
        [charge] = client.charges()
        server.kill()
    with Client(spawn().base_url, person) as client:
        assert client.charges() == [charge]
        assert client.balance()["credits"] == 100.0 + charge["amount"]
        assert client.get(f"/api/projects/{project_id}").json()["is_tailored"] is True


def test_a_run_that_would_cost_more_than_the_balance_stops_before_that_and_delivers_what_is_complete(
    settings: Settings, database: Database, ada: Client
) -> None:
    assert list(ada.stream_tailoring(ada.create_project()))[-1]["success"] is True
    leave(database, ada, 5.0)
    settings.TOKENS_PER_CREDIT = ada.charges()[0]["tokens_used"] // 9  # such a run is worth 9 credits now

    final = list(ada.stream_tailoring(ada.create_project()))[-1]
    assert final["success"] is True
    assert any("used up" in warning for warning in final["metadata"]["warnings"]), final
    assert ada.charges()[0]["tokens_used"] <= 5 * settings.TOKENS_PER_CREDIT
    assert 0 < final["credits_deducted"] <= 5.0
    assert ada.balance()["credits"] == 5.0 - final["credits_deducted"] >= 0
    assert ada.balance()["held"] == 0


def test_a_budget_counts_what_was_used_and_what_is_being_asked() -> None:
    meter = UsageMeter(100)
    with meter.call(60), meter.call(40), pytest.raises(BudgetExhausted), meter.call(1):
        pass
    meter.add(TokenUsage(prompt_tokens=30, completion_tokens=20))
    meter.add(TokenUsage(prompt_tokens=10, estimated=True))
    assert meter.usage == TokenUsage(prompt_tokens=40, completion_tokens=20, estimated=True)
    with pytest.raises(BudgetExhausted), meter.call(41):
        pass
    with meter.call(40):
        pass


def test_a_balance_that_covers_not_even_the_first_step_costs_nothing(
    settings: Settings, database: Database, ada: Client
) -> None:
    leave(database, ada, 5.0)
    settings.TOKENS_PER_CREDIT = 1
    last = list(ada.stream_tailoring(ada.create_project()))[-1]
    assert (last["type"], last["error"]) == ("error", "insufficient_credits")
    assert ada.charges() == []
    assert ada.balance()["available"] == 5.0


def test_the_export_says_of_a_run_what_it_used_and_cost(ada: Client) -> None:
    assert list(ada.stream_tailoring(ada.create_project()))[-1]["success"] is True
    export = zipfile.ZipFile(io.BytesIO(ada.get("/api/users/me/export").content))
    (run,) = json.loads(export.read("tailoring_runs.json"))
    (charge,) = ada.charges()
    assert run["credits_charged"] == -charge["amount"] > 0
    for tokens in ("prompt_tokens", "completion_tokens"):
        assert run[tokens] == charge[tokens] > 0


def test_a_run_holds_what_the_estimate_said(settings: Settings, openai: OpenAIServer, ada: Client) -> None:
    settings.TOKENS_PER_CREDIT = 500
    project_id = ada.create_project()
    estimate = ada.get(f"/api/projects/{project_id}/estimate").json()
    assert estimate["credits"] == credit_service.credits_for_tokens(estimate["tokens"], 500) > 5.0
    openai.delay = 30
    run_id = next(ada.stream_tailoring(project_id))["run_id"]
    assert ada.balance()["held"] == estimate["credits"]
    ada.post(f"/api/projects/{project_id}/runs/{run_id}/cancel")
    assert ada.balance()["held"] == 0


def test_a_career_of_forty_jobs_is_tailored_to_its_end_for_no_more_than_was_estimated(
    ada: Client, tmp_path: Path
) -> None:
    highlights = [f"Built machine number {number} in Python for plants with sixty operators" for number in range(5)]
    work = [{"name": f"Works {year}", "position": "Engineer", "highlights": highlights} for year in range(1984, 2024)]
    path = tmp_path / "resume.json"
    path.write_text(json.dumps({"basics": {"name": "Ada Example"}, "work": work}))
    assert ada.upload(path).status_code == 201
    project_id = ada.create_project()
    estimate = ada.get(f"/api/projects/{project_id}/estimate").json()

    final = list(ada.stream_tailoring(project_id))[-1]
    assert final["success"] is True
    assert final["metadata"]["warnings"] == []
    assert ada.charges()[0]["tokens_used"] <= estimate["tokens"]


@pytest.mark.parametrize(("credits", "affordable"), [(5.0, True), (4.5, False)])
def test_an_estimate_says_whether_the_person_can_pay_for_a_run(
    database: Database, ada: Client, make_person: MakePerson, credits: float, affordable: bool
) -> None:
    with Client(str(ada.base_url), make_person()) as somebody_else:
        somebody_else.upload()
        leave(database, somebody_else, credits)
        project_id = somebody_else.create_project()
        assert somebody_else.get(f"/api/projects/{project_id}/estimate").json()["affordable"] is affordable


def test_an_estimate_grows_with_the_job_ad_and_with_the_resume(ada: Client) -> None:
    project_id = ada.create_project()

    def estimated_tokens() -> int:
        return int(ada.get(f"/api/projects/{project_id}/estimate").json()["tokens"])

    before = estimated_tokens()
    ada.put(f"/api/projects/{project_id}", json={"job_description": SAMPLE_JOB * 2})
    with_a_longer_ad = estimated_tokens()
    assert with_a_longer_ad > before
    ada.put(f"/api/projects/{project_id}", json={"resume_json": {"professional_summary": SAMPLE_JOB}})
    assert estimated_tokens() > with_a_longer_ad


def test_a_refusal_that_took_a_call_of_the_model_is_free_as_well(openai: OpenAIServer, ada: Client) -> None:
    answer = {"verdict": "refuse", "category": "not_related", "reason": "It is a poem."}
    openai.script("GuardrailAnswer", Reply(content=json.dumps(answer)))
    final = list(ada.stream_tailoring(ada.create_project(job_description=POEM)))[-1]
    assert (final["type"], final["success"]) == ("final", False)
    assert len(openai.asked_for("GuardrailAnswer")) == 1
    assert ada.charges() == []
    assert ada.balance()["available"] == 100.0


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(content='{"cover_letter": "Dear', finish_reason="length"), AnswerTruncated),
        (Reply(refusal="I would rather not."), ModelRefused),
        (Reply(content="Dear Sir or Madam"), ModelAnswerInvalid),
    ],
    ids=["cut off", "refused", "no answer"],
)
def test_an_answer_that_is_of_no_use_is_counted_all_the_same(
    settings: Settings, openai: OpenAIServer, reply: Reply, error: type[Exception]
) -> None:
    openai.script("ApplicationLetters", reply)
    meter = UsageMeter()

    async def ask() -> None:
        model = ModelClient(settings)
        try:
            await model.structured(ApplicationLetters, "write_letters", {}, meter)
        finally:
            await model.close()

    with pytest.raises(error):
        asyncio.run(ask())
    reported = completion({}, reply)["usage"]
    assert meter.usage == TokenUsage(reported["prompt_tokens"], reported["completion_tokens"])


def test_a_refund_in_the_middle_of_a_run_leaves_the_run_to_take_only_what_is_there(
    openai: OpenAIServer, database: Database, ada: Client
) -> None:
    openai.delay = 0.2
    project_id = ada.create_project()
    stream = ada.stream_tailoring(project_id)
    next(stream)
    leave(database, ada, 0.5)
    assert list(stream)[-1]["success"] is True
    assert ada.charges()[0]["amount"] == -0.5
    assert (ada.balance()["credits"], ada.balance()["held"]) == (0.0, 0.0)


def test_every_row_says_for_whom_and_how_many_tokens(openai: OpenAIServer, ada: Client) -> None:
    done = ada.create_project(company_name="Acme", position="Backend Engineer")
    assert list(ada.stream_tailoring(done))[-1]["success"] is True
    [charge] = ada.charges()
    assert charge["description"] == f"Tailored for Acme, Backend Engineer: {charge['tokens_used']:,} tokens"

    cancelled = ada.create_project()
    openai.always["TailoringProposal"] = Reply(delay=30)
    stream = ada.stream_tailoring(cancelled)
    run_id = next(stream)["run_id"]
    wait_until(lambda: len(openai.asked_for("TailoringProposal")) > 1)
    ada.post(f"/api/projects/{cancelled}/runs/{run_id}/cancel")
    newest = ada.charges()[0]
    assert newest["description"] == f"Cancelled tailoring run: {newest['tokens_used']:,} tokens"
