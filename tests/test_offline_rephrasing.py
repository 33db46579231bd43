"""The offline model's rewording: the same said with more punch or in the reader's words, never more than was said."""

import pytest

from schemas.resume_schemas import Experience, ResumeData, SkillGroup
from services.fact_gate import check
from services.offline_model.rephrasing import in_words_of, past_of, tightened
from tests.test_offline_tailoring import only, tailor


def resume(*bullets: str) -> ResumeData:
    return ResumeData(
        experience=[Experience(title="Clerk", company="Acme", bullets=list(bullets))],
        skills=[SkillGroup(category="Skills", skills=["Filing"])],
    )


TIGHTENED = [
    ("Responsible for managing a queue of 60 tickets a day", "Managed a queue of 60 tickets a day"),
    ("Was responsible for planning the weekly rota", "Planned the weekly rota"),
    ("Responsible for onboarding 3 trainees and writing their plans", "Onboarded 3 trainees and wrote their plans"),
    ("Duties included handling complaints by phone", "Handled complaints by phone"),
    ("In charge of training new starters", "Trained new starters"),
    ("Tasked with carrying out stock checks", "Carried out stock checks"),
    ("Responsible for the maintenance of 12 lathes", "Maintained 12 lathes"),
]


@pytest.mark.parametrize(("weak", "strong"), TIGHTENED)
def test_a_weak_opening_goes_and_the_fact_gate_lets_it_pass(weak: str, strong: str) -> None:
    assert tightened(weak, "en", []) == strong
    change = {"path": "experience[0].bullets[0]", "kind": "replace", "original": weak, "proposed": strong}
    assert check(resume(weak).model_dump(), change, "").verdict.value == "pass"


@pytest.mark.parametrize(
    "bullet",
    [
        "Responsible for building maintenance",  # of buildings, and nobody built anything
        "Responsible for training and development",
        "Responsible for stock control",
        "Responsible for supporting residents with washing, dressing and meals",
        "Helped to manage a shop",
        "Worked on updating the handbook",  # perhaps only a part of it
        "Responsible for being on time",
    ],
)
def test_what_may_not_be_a_deed_is_left_as_it_is(bullet: str) -> None:
    assert tightened(bullet, "en", []) is None


def test_bullets_in_the_present_are_not_put_into_the_past() -> None:
    assert tightened("Responsible for managing the till", "en", ["Run the shop on Sundays"]) is None


@pytest.mark.parametrize(
    ("language", "weak", "strong"),
    [
        ("de", "Zuständig für die Bearbeitung von 40 Aufträgen", "Bearbeitung von 40 Aufträgen"),
        ("fr", "En charge de la saisie de 900 factures", "Saisie de 900 factures"),
        ("es", "Encargada de la gestión de reservas", "Gestión de reservas"),
        ("de", "Zuständig für 40 Kunden", None),
        ("es", "Encargada de la caja", None),
    ],
)
def test_other_languages_begin_with_the_activity(language: str, weak: str, strong: str | None) -> None:
    assert tightened(weak, language, []) == strong


@pytest.mark.parametrize(
    ("gerund", "past"),
    [("managing", "managed"), ("planning", "planned"), ("carrying", "carried"), ("writing", "wrote"), ("being", None)],
)
def test_the_past_of_a_verb(gerund: str, past: str | None) -> None:
    assert past_of(gerund) == past


def test_an_everyday_word_becomes_the_one_that_the_ad_uses() -> None:
    ad = "Look after our customers"
    assert in_words_of(ad, "Advised clients on loans") == ("Advised customers on loans", "customers", "clients")
    assert in_words_of(ad, "Clients' complaints handled") == ("Customers' complaints handled", "customers", "Clients")


@pytest.mark.parametrize(
    ("ad", "text"),
    [
        ("customers", "Built the web client in React"),
        ("pupils", "Answered tickets from students"),
        ("customers", "Wrote client-side code"),
        ("customers", "Assistant to Client Services Ltd"),
        ("customers and clients", "Advised clients"),
        ("clients", "Advised clients and customers"),
        ("nothing of the kind", "Advised clients"),
    ],
)
def test_names_technical_terms_and_words_of_the_ad_itself_stay(ad: str, text: str) -> None:
    assert in_words_of(ad, text) is None


def test_both_are_one_change_that_quotes_the_person() -> None:
    bullet = "Responsible for onboarding new clients"
    (change,) = only(tailor(resume(bullet), "You advise customers.\nRequired: customer onboarding."), "replace")
    assert change.proposed == "Onboarded new customers"
    assert all(evidence.quote in bullet for evidence in change.evidence)


def test_a_bullet_that_says_how_large_the_job_was_stays_first() -> None:
    bullets = ["Managed a shop with 12 staff", "Sold shoes", "Planned rotas in Salesforce", "Swept the floor"]
    (change,) = only(tailor(resume(*bullets), "Required: Salesforce."), "reorder")
    assert change.order == [bullets[0], bullets[2], bullets[1], bullets[3]]


def test_people_are_no_skill() -> None:
    assert only(tailor(resume("Mentored 4 students"), "Required: students, mentoring."), "insert") == []
