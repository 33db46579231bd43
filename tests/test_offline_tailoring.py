"""Tailoring and letters by rules, for people of several trades and languages: useful, and never more than is true."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.model_outputs import ApplicationLetters, JobSummary, ProposedChange, TailoringProposal
from schemas.project_schemas import ResultMetadata
from schemas.resume_schemas import Experience, ResumeData, SkillGroup
from services.contact_details import contact_of, restore
from services.fact_gate import check
from services.matching.match_report import match
from services.offline_model.answers import answer
from services.offline_model.deeds import deed
from services.offline_model.german_titles import titled
from services.proposal_review import Target, supported_letters
from services.resume_paths import read_path, walk_texts
from tests.offline_people import APPLICANTS, Applicant

EVERYONE = pytest.mark.parametrize("person", APPLICANTS, ids=lambda person: person.trade)


def summarise(job_description: str) -> JobSummary:
    return JobSummary.model_validate_json(answer("JobSummary", json.dumps({"job_description": job_description})))


def tailor(resume: ResumeData, job_description: str, **more: object) -> list[ProposedChange]:
    lines: list[dict[str, object]] = [{"path": "professional_summary", "text": resume.professional_summary}]
    lines += [{"path": f"skills[{i}].skills", "items": group.skills} for i, group in enumerate(resume.skills)]
    lines += [{"path": f"experience[{i}].bullets", "items": job.bullets} for i, job in enumerate(resume.experience)]
    context = [{"path": path, "text": text} for path, text in walk_texts(resume)]
    data = {"job": summarise(job_description).model_dump(), "lines": lines, "context": context, **more}
    return TailoringProposal.model_validate_json(answer("TailoringProposal", json.dumps(data))).changes


def write(person: Applicant, **more: object) -> ApplicationLetters:
    job = summarise(person.job_description)
    data: dict[str, Any] = {
        "job": job.model_dump(),
        "company": job.company,
        "position": job.position,
        "lines": [{"path": path, "text": text} for path, text in walk_texts(person.resume)],
        "language": person.language,
        "name_placeholder": "[NAME]",
        **more,
    }
    return ApplicationLetters.model_validate_json(answer("ApplicationLetters", json.dumps(data)))


def resume(bullets: list[str], skills: list[str], summary: str = "") -> ResumeData:
    return ResumeData(
        professional_summary=summary,
        experience=[Experience(title="Technician", company="Acme", bullets=bullets)],
        skills=[SkillGroup(category="Skills", skills=skills)],
    )


def only(changes: list[ProposedChange], kind: str) -> list[ProposedChange]:
    return [change for change in changes if change.kind == kind]


def assert_well_formed(person: ResumeData, changes: list[ProposedChange]) -> None:
    """Originals are what stands there, orders are permutations, inserts are new, evidence is quoted."""
    for change in changes:
        if change.kind == "reorder":
            assert sorted(change.order) == sorted(read_path(person, change.path))
        elif change.kind == "insert":
            assert read_path(person, change.path) is None
            assert change.original is None
        else:
            assert change.original == read_path(person, change.path)
            assert change.proposed != change.original
        assert change.reason
        assert change.evidence
        for evidence in change.evidence:
            assert evidence.quote in read_path(person, evidence.path)


@EVERYONE
def test_every_change_passes_the_fact_gate(person):
    changes = tailor(person.resume, person.job_description)
    assert changes
    for change in changes:
        original = read_path(person.resume, change.path) if change.kind != "insert" else None
        proposed = change.order or change.proposed
        judged = {"path": change.path, "kind": change.kind, "original": original, "proposed": proposed}
        verdict = check(person.resume.model_dump(), judged, person.job_description)
        assert verdict.verdict.value == "pass", (change, verdict)


@EVERYONE
def test_changes_stand_on_the_lines_that_were_sent(person):
    assert_well_formed(person.resume, tailor(person.resume, person.job_description))


WORDS = st.sampled_from(
    [
        "Python",
        "Postgres",
        "welding",
        "patient care",
        "k8s",
        "German",
        "Excel",
        "",
        "Java, Python and SQL",
        "Go",
        "x" * 30,
    ]
)


@settings(max_examples=40, deadline=None)
@given(
    bullets=st.lists(WORDS, max_size=5),
    skills=st.lists(WORDS, max_size=5),
    asked=st.lists(WORDS, max_size=4),
    summary=WORDS,
)
def test_changes_are_well_formed_whatever_is_sent(bullets, skills, asked, summary):
    person = resume(bullets, skills, summary)
    assert_well_formed(person, tailor(person, f"Requirements:\n- {', '.join(asked)}\n"))


def test_skills_that_the_job_asks_for_come_first_and_the_rest_keeps_its_order():
    person = resume([], ["Docker", "Carpentry", "Welding", "Python"])
    (change,) = only(tailor(person, "Required: Python. Preferred: Welding."), "reorder")
    assert change.order == ["Python", "Welding", "Docker", "Carpentry"]


def test_the_reason_for_an_order_names_only_what_moves():
    person = resume([], ["Python", "Baking", "Singing", "Chess", "Drawing", "Dancing", "Django"])
    (change,) = only(tailor(person, "Required: Python. Preferred: Django."), "reorder")
    assert change.order[:2] == ["Python", "Django"]
    assert "Django" in change.reason
    assert "Python" not in change.reason


def test_a_skill_named_at_work_but_not_listed_is_offered_for_the_list():
    person = resume(["Charted in Epic and ran Salesforce reports"], ["Triage"])
    changes = only(tailor(person, "Required: Salesforce, Kafka."), "insert")
    assert [(change.path, change.proposed) for change in changes] == [("skills[0].skills[1]", "Salesforce")]


def test_a_skill_that_nobody_named_is_never_offered():
    person = resume(["Sold shoes"], ["Triage"])
    assert tailor(person, "Required: Kafka, Kubernetes, forklift licence.") == []


def test_one_word_in_another_form_is_no_skill_to_list():
    changes = tailor(
        resume(["Planned meter replacements for field engineers"], ["SQL"]), "Nice to have\n- Metering\n- SQL"
    )
    assert [change for change in changes if change.kind == "insert"] == []


def test_a_skill_that_a_line_shows_without_naming_it_is_offered_with_that_line():
    person = resume(["Onboarded clients of the bank"], ["Terraform"])
    changes = only(
        tailor(person, "You look after customers.\nRequired: infrastructure as code, customer onboarding."), "insert"
    )
    assert {change.proposed: change.evidence[0].quote for change in changes} == {
        "Infrastructure as code": "Terraform",
        "Customer onboarding": "Onboarded clients of the bank",
    }


def test_work_that_was_not_done_names_no_skill():
    person = resume(["Moved reports without using Salesforce"], ["Triage"])
    assert only(tailor(person, "Required: Salesforce."), "insert") == []


def test_tools_are_never_listed_among_languages():
    person = resume(["Ran Salesforce reports"], ["English", "Spanish"])
    assert only(tailor(person, "Required: Salesforce."), "insert") == []


def test_a_plain_word_of_another_language_is_no_skill():
    person = resume(["Organisation de sorties scolaires et suivi des familles"], ["Pédagogie"])
    assert only(tailor(person, "We need a teacher. Required: organisation, good English."), "insert") == []


def test_a_confirmed_fact_may_be_listed():
    person = resume(["Built APIs"], ["Python"])
    (change,) = only(tailor(person, "Required: Kafka.", confirmed_facts=["I ran Kafka for 2 years"]), "insert")
    assert (change.proposed, change.evidence[0].path) == ("Kafka", "confirmed_facts[0]")


def test_an_alias_takes_the_spelling_of_the_ad():
    person = resume(["Tuned Postgres for 3 teams"], ["SQL"])
    (change,) = only(tailor(person, "Required: PostgreSQL."), "replace")
    assert change.proposed == "Tuned PostgreSQL for 3 teams"


def test_a_name_in_another_language_is_left_alone():
    person = resume(["Sehr gute Deutschkenntnisse im Kundenkontakt"], ["Excel"])
    assert only(tailor(person, "Required: German."), "replace") == []


def test_a_summary_keeps_the_persons_words_and_names_listed_skills():
    person = resume([], ["Excel", "Forecasting", "Welding"], "Planner with 4 years in retail")
    (change,) = only(tailor(person, "Required: forecasting, Excel."), "replace")
    assert change.proposed == "Planner with 4 years in retail. Skills include forecasting and Excel."


def test_a_summary_that_ends_with_a_quotation_gets_no_second_full_stop():
    person = resume([], ["Excel", "Forecasting"], "“Be the change that you want to see.”")
    (change,) = only(tailor(person, "Required: forecasting, Excel."), "replace")
    assert change.proposed == "“Be the change that you want to see.” Skills include forecasting and Excel."


def test_a_budget_is_never_exceeded():
    person = resume([], ["Excel", "Forecasting"], "Planner with 4 years in retail")
    assert only(tailor(person, "Required: forecasting, Excel.", budgets={"professional_summary": 40}), "replace") == []


def test_a_list_of_skills_does_not_say_of_each_that_it_is_one():
    person = resume(["Supervised 12 people"], ["Excel", "Team leadership"])
    (change,) = only(tailor(person, "Requirements:\n- People management skills"), "insert")
    assert change.proposed == "People management"


def test_wishes_steer_emphasis_and_protect_parts():
    person = resume([], ["Excel", "Docker", "Python"])
    (emphasised,) = tailor(person, "Required: Excel.", instructions="Focus on Docker please.")
    assert emphasised.order[0] == "Docker"
    assert tailor(person, "Required: Python.", instructions="Leave my skills as they are.") == []


def test_a_list_inside_a_sentence_is_led_by_what_the_job_asks_for():
    person = resume(["Built tools in Java, Python and Perl"], ["Java", "Python", "Perl"])
    (change,) = only(tailor(person, "Required: Python."), "replace")
    assert change.proposed == "Built tools in Python, Java and Perl"


def test_a_name_made_of_two_words_is_never_turned_around():
    person = resume(["Audited Johnson, Smith and Miller"], ["Audit"])
    assert only(tailor(person, "Required: Miller, Audit."), "replace") == []


def test_a_summary_says_first_who_one_is_and_goes_on_in_the_same_voice():
    person = resume([], ["Docker", "Kafka"], "I like small services. Software engineer with 4 years in retail.")
    (change,) = only(tailor(person, "Required: Kafka, Docker."), "replace")
    assert change.proposed == (
        "Software engineer with 4 years in retail. I like small services. I work with Kafka and Docker."
    )


def test_a_summary_uses_the_name_that_the_skills_will_have():
    person = resume([], ["Postgres", "Docker"], "Software engineer with 4 years in retail.")
    changes = only(tailor(person, "Required: PostgreSQL, SQL, Docker."), "replace")
    assert [change.proposed for change in changes] == [
        "Software engineer with 4 years in retail. Works with PostgreSQL and Docker.",
        "PostgreSQL",
    ]


def test_a_person_without_a_summary_is_given_none():
    person = resume(["Ran Salesforce reports"], ["Excel", "Forecasting"])
    assert all(change.path != "professional_summary" for change in tailor(person, "Required: Excel, forecasting."))


def test_a_list_that_shows_the_demanded_skills_at_a_glance_stays_as_it_is():
    person = resume([], ["Excel", "Python", "Docker", "Perl", "Java"])
    assert tailor(person, "Required: Python, Excel, Docker.") == []


def test_a_sentence_on_the_employer_stays_above_the_points():
    person = resume(["Tracking for 300 shops.", "Answered calls", "Kept Salesforce"], ["Salesforce"])
    (change,) = only(tailor(person, "Required: Salesforce."), "reorder")
    assert change.order == ["Tracking for 300 shops.", "Kept Salesforce", "Answered calls"]


def test_only_a_clearly_more_relevant_bullet_moves_and_the_others_keep_their_order():
    bullets = ["Kept the books", "Trained 2 juniors", "Ran Salesforce reports", "Sold cars to dealers"]
    (change,) = only(tailor(resume(bullets, ["Salesforce"]), "Required: Salesforce."), "reorder")
    assert change.order == [bullets[2], bullets[0], bullets[1], bullets[3]]
    assert only(tailor(resume(bullets, ["Salesforce"]), "Preferred: Salesforce."), "reorder") == []


def test_a_name_that_the_skills_bring_in_is_not_changed_in_every_line():
    person = resume(["Tuned Postgres for 3 teams", "Moved 2 Postgres servers"], ["Postgres"])
    assert [change.path for change in tailor(person, "Required: PostgreSQL.")] == ["skills[0].skills[0]"]


def test_a_reason_says_where_a_skill_is_named():
    person = resume(["Tuned Postgres for 3 teams"], ["Perl"])
    (change,) = only(tailor(person, "Required: PostgreSQL."), "insert")
    assert change.reason == (
        "The job asks for PostgreSQL: you name Postgres in your work at Acme, but your skills do not list it yet."
    )


def test_a_line_of_business_is_worked_in_and_not_listed_as_a_skill():
    person = resume(["Built tools for energy companies"], ["Perl"])
    assert only(tailor(person, "Required: Experience in the energy sector."), "insert") == []


@EVERYONE
def test_tailoring_never_lowers_the_coverage(person):
    after = person.resume.model_copy(deep=True)
    for change in only(tailor(person.resume, person.job_description), "insert"):
        after.skills[int(change.path[7])].skills.append(change.proposed)
    report = match(person.resume, after, person.job_description)
    assert report.coverage_before <= report.coverage_after


@EVERYONE
def test_a_letter_names_the_job_signs_and_says_only_what_the_lines_say(person):
    letters = write(person)
    job = summarise(person.job_description)
    assert job.position in letters.cover_letter
    assert job.position in letters.email_subject
    assert letters.cover_letter.endswith("[NAME]")
    assert letters.email_body.endswith("[NAME]")
    if job.company:
        assert job.company in letters.cover_letter
    known = " ".join(text for _, text in walk_texts(person.resume)) + person.job_description
    numbers = re.compile(r"\d+(?:[.,]\d+)*")
    assert set(numbers.findall(letters.cover_letter)) <= set(numbers.findall(known))
    assert 3 <= letters.cover_letter.count("\n\n") <= 6
    assert len(letters.email_body.split()) <= 120
    assert not re.search(r"[{}]|\.\.| ,|  ", letters.cover_letter + letters.email_body)


def test_a_letter_turns_bullets_into_sentences():
    letter = write(APPLICANTS[0]).cover_letter
    assert "In my role as Software Engineer at Northwind Logistics, I built REST APIs" in letter
    assert "I also contributed to the migration of a billing monolith" in letter
    assert "Kafka" not in letter


@pytest.mark.parametrize(
    ("language", "bullet", "clause"),
    [
        ("en", "Led 4 nurses on nights", "I led 4 nurses on nights"),
        ("en", "Manage a team of 3 cooks", "I manage a team of 3 cooks"),
        ("en", "Responsible for 40 accounts", "I was responsible for 40 accounts"),
        ("en", "Shared services for 4 sites", None),
        ("en", "Red Hat administration for 4 sites", None),
        ("en", "PLC programming on 3 lines", None),
        ("de", "Reparierte Antriebe für 3 Werke", "reparierte ich Antriebe für 3 Werke"),
        ("de", "Zuständig für 40 Kunden in Bremen", "war ich zuständig für 40 Kunden in Bremen"),
        ("de", "Projekte für 3 Werke betreut", None),
        ("fr", "Animé des ateliers de lecture", "j’ai animé des ateliers de lecture"),
        ("fr", "Sécurité des chantiers de Lyon", None),
        ("es", "Gestioné la caja de la tienda", "gestioné la caja de la tienda"),
        ("es", "Gestión de la caja de la tienda", None),
        ("pt", "Preparei 120 refeições por dia", "preparei 120 refeições por dia"),
        ("pt", "Gestão de fornecedores do hotel", None),
        ("en", "Sold cars. Won a prize in 2020.", None),
    ],
)
def test_a_bullet_becomes_a_clause_only_where_its_form_is_known(language, bullet, clause):
    assert deed(bullet, language) == clause


def test_a_letter_in_another_language_than_the_resume_quotes_no_sentences_of_it():
    letter = write(APPLICANTS[0], language="de").cover_letter
    assert letter.startswith("Sehr geehrte Damen und Herren,\n\nhiermit bewerbe ich mich")
    assert "bei Globex" in letter
    assert "used by" not in letter
    assert "Python" in letter


def test_an_unknown_language_is_answered_in_english():
    assert write(APPLICANTS[0], language="tlh").cover_letter.startswith("Dear Hiring Team")


def test_a_letter_without_company_position_or_lines_is_still_a_letter():
    letters = write(APPLICANTS[0], company=None, position=None, lines=[], job={})
    assert "None" not in letters.cover_letter + letters.email_subject + letters.email_body
    assert letters.cover_letter.startswith("Dear Hiring Team,\n\nI would like to apply for the position")


def cut_from(person: Applicant, letters: ApplicationLetters, job_description: str, job: JobSummary) -> list[str]:
    """The lines that the fact gate takes out of the person's letters or changes."""
    contact = contact_of(person.resume.personal_info)
    metadata = ResultMetadata(model="offline", is_offline_model=True, language="en", warnings=[])
    target = Target(job_description, job.company, job.position)
    kept = supported_letters(person.resume, letters, target, contact, metadata)
    whole = {name: restore(text, contact) for name, text in letters.model_dump().items()}
    return [line for name, text in kept.model_dump().items() for line in cut_lines(whole[name], text)]


def cut_lines(whole: str, kept: str) -> list[str]:
    left = kept.splitlines()
    return [line for line in whole.splitlines() if line not in left]


@EVERYONE
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt"])
def test_the_fact_gate_finds_nothing_to_cut_in_a_letter_whatever_its_language(person, language):
    job = summarise(person.job_description)
    assert cut_from(person, write(person, language=language), person.job_description, job) == []


@EVERYONE
def test_the_fact_gate_finds_nothing_to_cut_in_a_letter_to_any_employer(person):
    for other in APPLICANTS:
        job = summarise(other.job_description)
        letters = write(person, job=job.model_dump(), company=job.company, position=job.position)
        assert cut_from(person, letters, other.job_description, job) == []
        assert (job.company or "") in letters.cover_letter
        own_titles = [one.title for one in person.resume.experience]
        assert (job.position or "") in letters.cover_letter or titled(job.position, own_titles) in letters.cover_letter


def test_a_letter_speaks_of_a_degree_only_where_the_job_asks_for_one():
    accountant = next(person for person in APPLICANTS if person.trade == "accountant")
    assert "I have a BSc in Accounting from the University of Leeds." in write(accountant).cover_letter
    assert "BSc" not in write(accountant, job={"required_skills": ["Xero", "Excel"]}).cover_letter


def test_a_letter_names_an_employer_as_its_language_does():
    letters = {person.trade: write(person).cover_letter for person in APPLICANTS}
    assert "bei der Nordlicht Handels GmbH" in letters["bookkeeper"]
    assert "à l’École Jules Ferry" in letters["teacher"]
    assert "au poste d’infirmier à l’Hôpital Sainte-Anne" in letters["infirmier"]
    assert "no Restaurante Atlântico" in letters["cook"]


def test_a_bullet_without_a_verb_is_woven_into_a_sentence():
    letters = {person.trade: write(person).cover_letter for person in APPLICANTS}
    assert "My work there also included negotiation of yearly contracts with 15 suppliers." in letters["sales manager"]
    assert "gehörte auch die Erstellung von Monatsabschlüssen in DATEV." in letters["bookkeeper"]
    assert "I also closed the books of 3 entities" in letters["accountant"]
