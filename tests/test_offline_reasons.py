"""Why the offline model proposes a change, said in the language of the result."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from schemas.model_outputs import TailoringProposal
from services.job_ads.language import detect_language
from services.offline_model import letter_wording
from services.offline_model.answers import answer
from tests.offline_people import APPLICANTS, Applicant

REASONS = Path(letter_wording.__file__).parent / "wording" / "reasons"
OTHERS = [person for person in APPLICANTS if person.language != "en"]


def reasons(person: Applicant, language: str) -> list[str]:
    """The reasons for all changes that are proposed to somebody."""
    job = json.loads(answer("JobSummary", json.dumps({"job_description": person.job_description})))
    experience = person.resume.experience
    lines = [
        {"path": "professional_summary", "text": person.resume.professional_summary},
        *({"path": f"skills[{n}].skills", "items": group.skills} for n, group in enumerate(person.resume.skills)),
        *({"path": f"experience[{n}].bullets", "items": one.bullets} for n, one in enumerate(experience)),
    ]
    context = [{"path": f"experience[{n}].company", "text": one.company} for n, one in enumerate(experience)]
    asked = {"job": job, "lines": lines, "context": context, "language": language}
    proposal = TailoringProposal.model_validate_json(answer("TailoringProposal", json.dumps(asked)))
    return [change.reason for change in proposal.changes]


@pytest.mark.parametrize("person", OTHERS, ids=lambda person: person.trade)
def test_reasons_are_given_in_the_language_of_the_result(person: Applicant) -> None:
    given = reasons(person, person.language)
    assert given
    for reason in given:
        assert not re.search(r"\b(?:the|your|asks|moves)\b", reason, re.IGNORECASE), reason
    assert detect_language("\n".join(given)) == person.language


def test_reasons_are_english_where_there_is_no_wording() -> None:
    assert reasons(APPLICANTS[0], "ja") == reasons(APPLICANTS[0], "en") != []


@pytest.mark.parametrize("language", letter_wording.LANGUAGES)
def test_every_language_fills_the_same_places_of_every_reason(language: str) -> None:
    english, other = (
        tomllib.loads((REASONS / f"{code}.toml").read_text(encoding="utf-8")) for code in ("en", language)
    )
    assert other.keys() == english.keys()
    for name, template in english.items():
        assert set(re.findall(r"\{\w+\}", other[name])) == set(re.findall(r"\{\w+\}", template)), name
