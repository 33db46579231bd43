"""The match report: which requirements a resume shows, and one number that never depends on chance."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.match_schemas import MatchedRequirement, MatchReport
from schemas.resume_schemas import Education, Experience, ResumeData, SkillGroup
from services.matching.match_report import match
from services.resume_paths import read_path


def resume(*, bullets: list[str] | None = None, skills: list[str] | None = None, **parts: object) -> ResumeData:
    job = Experience(company="Acme", title="Technician", start_date="2016", end_date="2020", bullets=bullets or [])
    groups = [SkillGroup(category="Skills", skills=skills)] if skills else []
    return ResumeData(experience=[job], skills=groups, **parts)


def one(report: MatchReport) -> MatchedRequirement:
    assert len(report.requirements) == 1
    return report.requirements[0]


def status(job: str, person: ResumeData, *facts: str) -> str:
    return one(match(person, person, job, facts)).status.value


@pytest.mark.parametrize(
    ("asked", "written", "quote"),
    [
        ("Required: Experience in the energy sector.", "Tools for energy companies", "energy companies"),
        ("Required: background in the food industry.", "Kept the books of a food manufacturer", "food manufacturer"),
        ("Ihr Profil:\n- Erfahrung in der Energiebranche", "Beim Energieversorger", "Energieversorger"),
        ("Profil :\n- Expérience dans le secteur de l'énergie", "Société d’énergie", "Société d’énergie"),
        ("Requisitos:\n- Experiencia en el sector de la moda", "En una empresa de moda", "empresa de moda"),
    ],
)
def test_a_line_of_business_is_supported_by_the_companies_of_it(asked, written, quote):
    found = one(match(resume(bullets=[written]), resume(bullets=[written]), asked))
    assert (found.status.value, found.evidence.quote) == ("supported", quote)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Required: Experience in the energy sector.", "Sold energy drinks to companies"),
        ("Required: Experience in the public sector.", "Sold lorries to public companies"),
        ("Ihr Profil:\n- Kenntnisse in Betriebswirtschaft", "Betriebsunternehmen beliefert"),
    ],
)
def test_other_words_of_a_line_of_business_support_nothing(asked, written):
    assert status(asked, resume(bullets=[written])) == "missing"


def test_an_article_that_french_elides_stays_elided_in_what_is_asked_for():
    asked = "Profil recherché :\n- Expérience dans le secteur de l'énergie"
    assert one(match(resume(), resume(), asked)).term == "secteur de l’énergie"


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Docker", "No experience with Docker yet"),
        ("Kubernetes", "Built services without Kubernetes"),
        ("Docker", "Interested in learning Docker"),
        ("SQL", "Have not worked with PostgreSQL so far"),
        ("R", "Kept an R&D budget of 2m"),
    ],
)
def test_what_a_resume_says_is_not_there_does_not_count(asked, written):
    assert status(f"Required: {asked}.", resume(bullets=[written])) == "missing"


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Postgres", "Moved Oracle to Postgres without a day of downtime"),
        ("Docker", "Not only Docker but Podman as well"),
        ("Docker", "No downtime in 4 years, with Docker on 14 hosts"),
        ("P&L", "Answered for the P&L of 4 shops"),
        ("R", "Wrote reports in R"),
    ],
)
def test_a_no_that_is_about_something_else_takes_nothing_away(asked, written):
    assert status(f"Required: {asked}.", resume(bullets=[written])) == "present"


def test_musts_weigh_twice_as_much_as_wishes():
    person = resume(skills=["Python", "Go"])
    report = match(person, person, "Required: Python, Kafka. Preferred: Go, Rust.")
    assert report.coverage_after == 50.0
    assert match(person, person, "Required: Python, Kafka, SQLite. Preferred: Rust.").coverage_after == pytest.approx(
        28.6
    )


def test_a_requirement_named_in_the_resume_is_present_and_quoted():
    person = resume(bullets=["Installed HVAC systems in 12 schools"])
    found = one(match(person, person, "Required: HVAC systems."))
    assert (found.status.value, found.evidence.path, found.evidence.quote) == (
        "present",
        "experience[0].bullets[0]",
        "HVAC",
    )


@pytest.mark.parametrize(
    ("asked", "written"),
    [("Kubernetes", "k8s"), ("JavaScript", "JS"), ("PostgreSQL", "Postgres"), ("BLS", "Basic Life Support")],
)
def test_an_alias_is_the_same_thing(asked, written):
    assert status(f"Required: {asked}.", resume(skills=[written])) == "present"


@pytest.mark.parametrize(
    ("asked", "bullet"),
    [
        ("Tform", "Built a platform"),
        ("Java", "Wrote JavaScript"),
        ("Go", "Prepared products to go to market"),
        ("C", "Wrote C++ and C#"),
        ("Excel", "Known to excel at customer service"),
    ],
)
def test_a_part_of_a_word_or_an_everyday_word_is_no_match(asked, bullet):
    assert status(f"Required: {asked}.", resume(bullets=[bullet])) == "missing"


def test_evidence_in_other_words_supports_without_naming():
    person = resume(bullets=["Cared for 6 patients per shift"], skills=["PostgreSQL"])
    assert status("Required: patient care.", person) == "supported"
    assert status("Required: relational databases.", person) == "supported"


def test_a_confirmed_fact_supports_and_is_cited():
    person = resume(bullets=["Built APIs"])
    found = one(match(person, person, "Required: Kafka.", ["I ran Kafka in production"]))
    assert (found.status.value, found.evidence.path) == ("supported", "confirmed_facts[0]")


def test_contact_data_is_no_evidence():
    person = resume(bullets=["Sold shoes"], personal_info={"name": "Ruby Rust", "email": "kafka@example.com"})
    assert status("Required: Kafka.", person) == "missing"
    assert status("Required: Ruby.", person) == "missing"


def test_naming_a_supported_skill_raises_the_coverage_up_to_what_is_reachable():
    before = resume(skills=["Django"])
    after = resume(skills=["Django", "Python"])
    report = match(before, after, "Required: Python, Terraform.")
    assert (report.coverage_before, report.coverage_after, report.coverage_reachable) == (0.0, 50.0, 50.0)
    assert report.unreachable == ["Terraform"]


@pytest.mark.parametrize(
    ("asked", "held", "expected"),
    [
        ("Bachelor's degree in Nursing", Education(degree="BSN", field="Nursing"), "present"),
        ("Bachelor's degree", Education(degree="Master of Science in Biology"), "present"),
        ("Master's degree", Education(degree="B.Sc. Biology"), "missing"),
        ("Bachelor's degree in Computer Science", Education(degree="B.A. History"), "missing"),
        ("Bachelor's degree in Computer Science or a related field", Education(degree="B.S. Mathematics"), "supported"),
    ],
)
def test_degrees_are_compared_by_level_and_field(asked, held, expected):
    assert status(f"Required: {asked}.", ResumeData(education=[held])) == expected


@pytest.mark.parametrize(
    "asked", ["a driving licence", "Scrum Master", "sales promotion", "software licence management"]
)
def test_words_that_degrees_are_made_of_ask_for_none(asked):
    assert status(f"Required: {asked}.", ResumeData(education=[Education(degree="BA"), Education(degree="PhD")])) != (
        "present"
    )


def test_a_british_licence_is_one():
    assert status("Required: full driving licence.", resume(skills=["Driver's license"])) == "present"


def test_an_abbreviation_is_present_where_its_words_are():
    assert status("Required: SRE.", ResumeData(experience=[Experience(title="Site Reliability Engineer")])) == "present"


def terms(report: MatchReport) -> list[tuple[str, str]]:
    return [(one.term, one.status.value) for one in report.requirements]


@pytest.mark.parametrize(
    ("asked", "held"),
    [("Python or Go", "Python"), ("Python, Go, or Rust", "Rust"), ("Python oder Go", "Go"), ("Python ou Go", "Go")],
)
def test_one_of_a_choice_is_enough(asked, held):
    report = match(resume(), resume(skills=[held]), f"Requirements:\n- {asked}\n")
    assert terms(report) == [(held, "present")]
    assert (report.coverage_before, report.coverage_after, report.unreachable) == (0.0, 100.0, [])


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("data warehouses such as Snowflake, Google BigQuery, or Amazon Redshift", "BigQuery"),
        ("BI tools like Tableau and Looker", "Looker"),
        ("ETL frameworks (e.g. Airflow, Dagster)", "Dagster"),
    ],
)
def test_one_example_of_a_thing_shows_it(asked, held):
    assert status(f"Requirements:\n- {asked}\n", resume(skills=[held])) == "present"


def test_german_knowledge_of_a_language_is_the_language():
    assert (
        status("Ihr Profil:\n- Gute Englischkenntnisse werden vorausgesetzt.\n", resume(skills=["Englisch"]))
        == "present"
    )


def test_a_choice_of_which_nothing_is_there_is_one_thing_missing_in_the_words_of_the_ad():
    report = match(resume(), resume(skills=["Docker"]), "Requirements:\n- Docker\n- Istio or Linkerd\n")
    assert terms(report) == [("Docker", "present"), ("Istio or Linkerd", "missing")]
    assert (report.coverage_after, report.unreachable) == (50.0, ["Istio or Linkerd"])


def test_a_second_thing_of_a_choice_changes_no_number():
    report = match(resume(skills=["Go"]), resume(skills=["Go", "Python"]), "Requirements:\n- Python or Go\n- SQL\n")
    assert (report.coverage_before, report.coverage_after, report.unreachable) == (50.0, 50.0, ["SQL"])


def test_ms_office_is_no_master_of_science():
    assert status("Required: MS Office.", resume(skills=["Excel"])) == "supported"


def test_years_are_read_off_the_text_or_added_up_from_the_dates():
    assert (
        status("Required: 5 years of experience.", resume(professional_summary="Cook with 6 years in hotels"))
        == "present"
    )
    assert status("Required: 3 years of experience.", resume()) == "supported"
    assert status("Required: 8 years of experience.", resume()) == "missing"


def test_an_open_job_counts_up_to_the_given_day_only():
    person = ResumeData(experience=[Experience(start_date="Mar 2020", end_date="Present")])
    job = "Required: 4 years of experience."
    assert one(match(person, person, job)).status.value == "missing"
    assert one(match(person, person, job, as_of=date(2026, 1, 1))).status.value == "supported"


def test_jobs_at_the_same_time_count_once():
    twice = [Experience(start_date="2018", end_date="2020"), Experience(start_date="2018", end_date="2020")]
    assert status("Required: 3 years of experience.", ResumeData(experience=twice)) == "missing"


def test_an_ad_that_asks_for_nothing_has_no_coverage():
    report = match(resume(), resume(), "Hello there")
    assert (report.coverage_after, report.requirements) == (None, [])


WORDS = st.sampled_from(["Python", "k8s", "welding", "patient care", "5 years of experience", "German", "a degree"])


@settings(max_examples=40, deadline=None)
@given(must=st.lists(WORDS, max_size=5), nice=st.lists(WORDS, max_size=5), skills=st.lists(WORDS, max_size=4))
def test_the_report_is_repeatable_ordered_and_quotes_what_stands_there(must, nice, skills):
    person = resume(skills=skills)
    job = f"Requirements:\n- {', '.join(must)}\nNice to have:\n- {', '.join(nice)}\n"
    report = match(ResumeData(), person, job)
    assert report == match(ResumeData(), person, job)
    if report.requirements:
        assert 0 <= report.coverage_before <= report.coverage_after <= report.coverage_reachable <= 100
    for found in report.requirements:
        if found.evidence is not None:
            assert found.evidence.quote in read_path(person, found.evidence.path)
