"""How long lines may become, and that the model is told."""

import json

import pytest

from services.line_budgets import character_budgets
from tests.fakes.openai_server import OpenAIServer
from tests.product import Client
from tests.test_tailoring_runs import ada, base_url

__all__ = ["ada", "base_url"]  # fixtures


@pytest.mark.parametrize(
    ("path", "length", "budget"),
    [
        ("experience[0].bullets[0]", 60, 72),
        ("experience[0].bullets[0]", 200, 220),
        ("professional_summary", 150, 240),
        ("professional_summary", 2000, 2200),
    ],
)
def test_a_line_may_grow_by_a_tenth_or_a_word_and_the_summary_by_a_line(path: str, length: int, budget: int) -> None:
    assert character_budgets([(path, "x" * length)]) == {path: budget}


def test_wide_characters_count_twice() -> None:
    assert character_budgets([("experience[0].bullets[0]", "开发" * 10)]) == {"experience[0].bullets[0]": 26}


def test_the_model_is_told_how_long_each_sentence_may_become(openai: OpenAIServer, ada: Client) -> None:
    assert ada.post(f"/api/projects/{ada.create_project()}/tailor").json()["success"] is True
    told: dict[str, int] = {}
    for request in openai.asked_for("TailoringProposal"):
        told |= json.loads(request["messages"][-1]["content"])["budgets"]
    resume = ada.get("/api/resumes/base").json()["extracted_data"]
    assert told["professional_summary"] == len(resume["professional_summary"]) + 90
    for index, bullet in enumerate(resume["experience"][0]["bullets"]):
        assert len(bullet) + 12 <= told[f"experience[0].bullets[{index}]"] <= max(len(bullet) * 1.1, len(bullet) + 12)
