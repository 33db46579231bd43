"""What the fact gate stops, lets through and asks, one change at a time."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.fact_gate import check
from tests.truth_cases import TruthCase, truth_cases

SHARED_CASES = Path(__file__).parents[2] / "shared" / "data" / "truth" / "cases.json"


def resume(**parts: Any) -> dict[str, Any]:
    """A small resume; `parts` replace its sections."""
    base: dict[str, Any] = {
        "personal_info": {"name": "Dana Whitfield", "current_role": "Software Engineer", "email": "dana@example.com"},
        "professional_summary": "Software engineer with 6 years of experience in Python web services.",
        "experience": [
            {
                "company": "Northwind Logistics",
                "title": "Software Engineer",
                "start_date": "Mar 2021",
                "end_date": "Present",
                "bullets": [
                    "Built REST APIs in Python used by 12 internal teams",
                    "Contributed to the migration of a billing monolith to services on AWS",
                    "Reduced nightly runtime from 4 hours to 50 minutes",
                    "Assisted 30 customers a day",
                ],
            },
            {"company": "Contoso Retail", "title": "Junior Developer", "bullets": ["Maintained a Django storefront"]},
        ],
        "education": [{"institution": "University of Wisconsin", "degree": "B.S. Computer Science"}],
        "skills": [{"category": "Technical", "skills": ["Python", "Django", "AWS"]}],
        "certifications": [{"name": "AWS Cloud Practitioner"}],
        "custom_sections": [{"title": "Volunteering", "items": ["Taught coding to children on weekends"]}],
        "section_order": ["professional_summary", "experience"],
    }
    return base | parts


def replace(path: str, original: str | None, proposed: str) -> dict[str, Any]:
    return {"path": path, "kind": "replace", "original": original, "proposed": proposed}


def insert(path: str, proposed: str) -> dict[str, Any]:
    return {"path": path, "kind": "insert", "original": None, "proposed": proposed}


def bullet(number: int, proposed: str) -> dict[str, Any]:
    """A rewording of a bullet of the first job."""
    return replace(f"experience[0].bullets[{number}]", resume()["experience"][0]["bullets"][number], proposed)


def verdict_of(change: dict[str, Any], facts: tuple[str, ...] = ()) -> str:
    return check(resume(), change, "Kubernetes and Terraform required.", facts).verdict


# --- whole corpora ---


def measured(cases: list[TruthCase]) -> tuple[float, float]:
    """Share of fabricated edits that were stopped, share of truthful ones that were stopped."""
    stopped = [check(case.resume, case.change, case.job_description).verdict == "block" for case in cases]
    fabricated = [stop for stop, case in zip(stopped, cases, strict=True) if case.is_fabricated]
    truthful = [stop for stop, case in zip(stopped, cases, strict=True) if not case.is_fabricated]
    return sum(fabricated) / len(fabricated), sum(truthful) / len(truthful)


def test_fabricated_edits_of_many_trades_and_languages_are_stopped_and_truthful_ones_are_not() -> None:
    caught, refused = measured(truth_cases())
    assert caught >= 0.98
    assert refused <= 0.05


@pytest.mark.skipif(not SHARED_CASES.exists(), reason="the shared test data is not part of a fresh clone")
def test_the_shared_cases_are_judged_as_they_are_labelled() -> None:
    for group in json.loads(SHARED_CASES.read_text(encoding="utf-8")):
        for case in group["cases"]:
            verdict = check(group["resume"], case["change"], group["job_description"]).verdict
            assert (verdict == "block") == (case["label"] == "fabricated"), case["change"]["proposed"]


def test_a_yes_to_the_question_is_source_enough_for_every_blocked_edit() -> None:
    unresolved = []
    for case in truth_cases():
        asked = check(case.resume, case.change, case.job_description).question
        if asked is not None and check(case.resume, case.change, case.job_description, (asked,)).verdict == "block":
            unresolved.append((asked, case.change["proposed"]))
    assert unresolved == []


# --- numbers ---


@pytest.mark.parametrize(
    "proposed",
    [
        "Built REST APIs in Python used by twelve internal teams",
        "Built REST APIs in Python used by a dozen internal teams",
        "Built REST APIs in Python used by １２ internal teams",
        "Built REST APIs in Python used by ١٢ internal teams",
    ],
)
def test_a_number_may_be_written_another_way(proposed: str) -> None:
    assert verdict_of(bullet(0, proposed)) != "block"


@pytest.mark.parametrize(
    "proposed",
    [
        "Built REST APIs in Python used by twenty internal teams",
        "Built REST APIs in Python used by 12K internal teams",
        "Built REST APIs in Python used by 12+ internal teams",
        "Built REST APIs in Python used by more than 12 internal teams",
        "Built REST APIs in Python used by 12% internal teams",
        "Built REST APIs in Python used by १३ internal teams",
    ],
)
def test_another_number_is_stopped_however_it_is_written(proposed: str) -> None:
    assert verdict_of(bullet(0, proposed)) == "block"


def test_a_percentage_may_be_derived_from_a_pair_and_no_other_may() -> None:
    assert verdict_of(bullet(2, "Reduced nightly runtime by 79%, from 4 hours to 50 minutes")) != "block"
    assert verdict_of(bullet(2, "Reduced nightly runtime by 90%, from 4 hours to 50 minutes")) == "block"


def test_a_number_of_another_bullet_is_not_a_source() -> None:
    assert verdict_of(bullet(1, "Contributed to the migration of 12 services to AWS")) == "block"


# --- responsibility ---


def test_helping_does_not_become_doing_and_doing_does_not_become_leading() -> None:
    assert verdict_of(bullet(1, "Migrated a billing monolith to services on AWS")) == "block"
    assert verdict_of(bullet(0, "Led REST APIs in Python used by 12 internal teams")) == "block"


def test_helping_customers_is_the_work_itself() -> None:
    assert verdict_of(bullet(3, "Served 30 customers a day")) != "block"
    assert verdict_of(bullet(3, "Managed 30 customers a day")) == "block"


def test_the_question_asks_for_the_deed() -> None:
    change = bullet(1, "Led the migration of a billing monolith to services on AWS")
    asked = check(resume(), change, "").question
    assert asked == "Did you lead the migration of a billing monolith to services on AWS?"


def test_a_junior_does_not_lose_the_word() -> None:
    junior = resume(professional_summary="Junior accountant with 2 years in payroll.")
    path, original = "professional_summary", "Junior accountant with 2 years in payroll."
    change = replace(path, original, "Accountant with 2 years in payroll.")
    assert check(junior, change, "").verdict == "block"


# --- skills and names ---


def test_a_tool_of_the_job_ad_is_asked_for_by_name_and_employer() -> None:
    change = bullet(1, "Contributed to the migration of a billing monolith to services on AWS with Terraform")
    verdict = check(resume(), change, "Terraform required.")
    assert verdict.verdict == "block"
    assert verdict.question == "Did you use Terraform at Northwind Logistics?"


def test_a_skill_of_another_job_is_called_moved() -> None:
    verdict = check(resume(), bullet(0, "Built REST APIs in Python and Django used by 12 internal teams"), "")
    assert verdict.verdict == "block"
    assert "elsewhere in your resume" in verdict.reasons[0]


def test_a_skill_that_one_line_shows_may_be_listed() -> None:
    assert verdict_of(insert("skills[0].skills[3]", "REST APIs")) == "pass"
    assert verdict_of(insert("skills[0].skills[3]", "Kubernetes")) == "block"


@pytest.mark.parametrize(("skill", "asked"), [("Event streaming", "event streaming"), ("Kubernetes", "Kubernetes")])
def test_a_skill_is_asked_for_as_it_stands_in_a_sentence(skill: str, asked: str) -> None:
    assert check(resume(), insert("skills[0].skills[3]", skill), "").question == f"Do you have experience with {asked}?"


def test_a_skill_may_be_spelled_out_but_not_replaced() -> None:
    assert verdict_of(replace("skills[0].skills[2]", "AWS", "Amazon Web Services (AWS)")) == "pass"
    assert verdict_of(replace("skills[0].skills[2]", "AWS", "Azure")) == "block"
    assert verdict_of(replace("skills[0].skills[2]", "AWS", "Python")) == "block"


def test_invisible_characters_do_not_hide_a_new_tool() -> None:
    change = bullet(0, "Built REST APIs in Python and Ku\u200bbernetes used by 12 internal teams")
    assert verdict_of(change) == "block"


# --- confirmed facts ---


def test_a_confirmed_fact_counts_for_its_employer_only() -> None:
    fact = ("I used Terraform at Northwind Logistics.",)
    here = bullet(1, "Contributed to the migration of a billing monolith to services on AWS with Terraform")
    there = replace(
        "experience[1].bullets[0]", "Maintained a Django storefront", "Maintained a Django storefront with Terraform"
    )
    assert verdict_of(here, fact) != "block"
    assert verdict_of(there, fact) == "block"


def test_a_confirmed_certificate_may_be_added() -> None:
    change = insert("certifications[1]", "AWS Certified Solutions Architect")
    asked = check(resume(), change, "").question
    assert asked is not None
    assert verdict_of(change) == "block"
    assert verdict_of(change, (asked,)) == "pass"


# --- places ---


@pytest.mark.parametrize(
    ("path", "original"),
    [
        ("personal_info.name", "Dana Whitfield"),
        ("personal_info.current_role", "Software Engineer"),
        ("personal_info.email", "dana@example.com"),
        ("experience[0].company", "Northwind Logistics"),
        ("experience[0].title", "Software Engineer"),
        ("experience[0].start_date", "Mar 2021"),
        ("education[0].degree", "B.S. Computer Science"),
        ("certifications[0].name", "AWS Cloud Practitioner"),
        ("custom_sections[0].title", "Volunteering"),
    ],
)
@pytest.mark.parametrize("kind", ["replace", "delete"])
def test_identity_is_never_changed(path: str, original: str, kind: str) -> None:
    proposed = f"{original}, Senior" if kind == "replace" else None
    assert verdict_of({"path": path, "kind": kind, "original": original, "proposed": proposed}) == "block"


def test_a_line_may_be_deleted_with_a_warning() -> None:
    bullets = resume()["experience"][0]["bullets"]
    change = {"path": "experience[0].bullets[0]", "kind": "delete", "original": bullets[0], "proposed": None}
    assert verdict_of(change) == "warn"


def test_a_custom_section_is_held_to_its_own_words() -> None:
    path, original = "custom_sections[0].items[0]", "Taught coding to children on weekends"
    assert verdict_of(replace(path, original, "Taught children to code on weekends")) != "block"
    assert verdict_of(replace(path, original, "Founded a coding school for children")) == "block"


def test_an_order_must_hold_the_same_items() -> None:
    skills = ["Python", "Django", "AWS"]
    order = {"path": "skills[0].skills", "kind": "reorder", "original": skills}
    assert verdict_of(order | {"proposed": ["AWS", "Python", "Django"]}) == "pass"
    assert verdict_of(order | {"proposed": ["AWS", "Python"]}) == "block"
    assert verdict_of(order | {"proposed": ["AWS", "Python", "Django", "Go"]}) == "block"
    assert verdict_of(order | {"proposed": ["AWS", "Python", "Kafka"]}) == "block"


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"path": "experience[0].bullets[0]", "kind": "rewrite", "original": "x", "proposed": "y"},
        {"path": "hobbies[0]", "kind": "insert", "original": None, "proposed": "Chess"},
        {"path": "experience[0].bullets[9]", "kind": "insert", "original": None, "proposed": "Built REST APIs"},
        {"path": "experience[9].bullets[0]", "kind": "insert", "original": None, "proposed": "Built REST APIs"},
        {"path": "experience[0].bullets[0]", "kind": "replace", "original": "Something else", "proposed": "Built"},
        {"path": "experience[0].bullets[0]", "kind": "replace", "original": None, "proposed": "Built"},
        {"path": "skills[0].skills", "kind": "replace", "original": "Python", "proposed": "Python"},
        {"path": "experience[0]..bullets[0", "kind": "delete", "original": None, "proposed": None},
    ],
)
def test_a_change_that_does_not_fit_the_resume_is_blocked_with_a_reason(change: dict[str, Any]) -> None:
    verdict = check(resume(), change, "")
    assert verdict.verdict == "block"
    assert verdict.reasons


def test_the_same_text_with_other_spaces_is_no_change() -> None:
    assert verdict_of(bullet(0, " Built REST APIs  in Python used by 12 internal teams ")) == "pass"


# --- anything else ---


@given(text=st.text(max_size=200), index=st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_verdict(text: str, index: int) -> None:
    verdict = check(resume(), bullet(index, text), text)
    assert verdict.verdict in {"pass", "warn", "block"}
    assert verdict.reasons or verdict.verdict == "pass"


def test_a_line_in_a_script_without_spaces_is_compared_by_its_characters() -> None:
    original = "负责公司网站的前端开发和维护工作"
    entry = {"company": "星河科技", "title": "前端工程师", "bullets": [original]}
    chinese = resume(experience=[entry])
    path = "experience[0].bullets[0]"
    assert check(chinese, replace(path, original, "负责公司网站的前端开发与维护工作"), "").verdict != "block"
    assert check(chinese, replace(path, original, "领导二十人团队完成支付平台的架构设计"), "").verdict == "block"


def test_a_language_without_a_lexicon_keeps_to_its_own_words() -> None:
    original = "Obsługa klientów w sklepie i przyjmowanie dostaw"
    entry = {"company": "Sklep Zdrowie", "title": "Sprzedawca", "bullets": [original]}
    polish = resume(experience=[entry])
    path = "experience[0].bullets[0]"
    assert (
        check(polish, replace(path, original, "Przyjmowanie dostaw i obsługa klientów w sklepie"), "").verdict
        != "block"
    )
    assert check(polish, replace(path, original, "Kierowanie zespołem dziesięciu sprzedawców"), "").verdict == "block"


def test_a_certificate_in_initials_may_be_spelled_out_as_a_role() -> None:
    resume = {
        "personal_info": {},
        "professional_summary": "Dental assistant with 4 years of chairside experience.",
        "experience": [{"company": "Bright Dental", "title": "Dental Assistant", "bullets": ["Seat patients"]}],
        "certifications": [{"name": "RDA"}],
    }

    def says(role: str, certificates: list[dict[str, str]]) -> str:
        original = resume["professional_summary"]
        change = {
            "path": "professional_summary",
            "kind": "replace",
            "original": original,
            "proposed": f"{role} with 4 years of chairside experience.",
        }
        return check(resume | {"certifications": certificates}, change, "").verdict

    assert says("Registered dental assistant", [{"name": "RDA"}]) != "block"
    assert says("Registered dental assistant", []) == "block"
    assert says("Registered dental hygienist", [{"name": "RDA"}]) == "block"
