"""Letters of the offline model and the gate's verdict on them: what quotes the resume stands, and reads well."""

import json

import pytest

from schemas.change_schemas import Verdict
from schemas.model_outputs import ApplicationLetters, JobSummary
from schemas.resume_schemas import Certification, Education, Experience, PersonalInfo, ResumeData, SkillGroup
from services.fact_gate import TextVerdict, UnsupportedSentence, check_text
from services.offline_model.answers import answer
from services.offline_model.deeds import deed
from services.proposal_review import supported_text
from services.resume_paths import walk_texts
from tests.test_offline_tailoring import summarise

PEOPLE = [
    (
        ResumeData(
            experience=[
                Experience(
                    title="DevOps Engineer",
                    company="Fenwick Media",
                    bullets=["Run 14 Kubernetes clusters on AWS with Terraform", "Wrote the incident playbooks"],
                )
            ],
            certifications=[Certification(name="IOSH Managing Safely"), Certification(name="CKA")],
        ),
        "Engineer at Nordlys Cloud.\nRequirements:\n- Kubernetes\n- Terraform\n- IOSH\n- CKA",
    ),
    (
        ResumeData(
            professional_summary="Comptable avec 6 ans d'expérience en cabinet.",
            education=[Education(degree="BTS Comptabilité et gestion", institution="Lycée Jean Moulin, Lyon")],
        ),
        "Comptable H/F\nLa société Atelier Bréval recherche un comptable.\nProfil recherché :\n- BTS comptabilité",
    ),
    (
        ResumeData(
            professional_summary="Sachbearbeiterin mit 9 Jahren Erfahrung in Auftragsabwicklung.",
            education=[Education(degree="Ausbildung zur Bürokauffrau", institution="BBS Oldenburg")],
        ),
        "Sachbearbeiter (m/w/d) bei Hansen Pumpen GmbH\nIhr Profil\n- Abgeschlossene Ausbildung zur Bürokauffrau",
    ),
]


def with_name(resume: ResumeData) -> ResumeData:
    return resume.model_copy(update={"personal_info": PersonalInfo(name="Ada Example")})


def write(resume: ResumeData, ad: str) -> tuple[ApplicationLetters, JobSummary]:
    job = summarise(ad)
    data = {
        "job": job.model_dump(),
        "company": job.company,
        "position": job.position,
        "lines": [{"path": path, "text": text} for path, text in walk_texts(resume)],
        "language": job.language,
        "name_placeholder": "Ada Example",
    }
    return ApplicationLetters.model_validate_json(answer("ApplicationLetters", json.dumps(data))), job


@pytest.mark.parametrize(("resume", "ad"), PEOPLE)
def test_letters_that_quote_the_resume_pass_whole(resume: ResumeData, ad: str) -> None:
    letters, job = write(resume, ad)
    resume = with_name(resume)
    for text in (letters.cover_letter, letters.email_body):
        verdict = check_text(resume.model_dump(), text, ad, job.company or "", job.position or "")
        assert verdict.unsupported == (), verdict


def test_a_quote_does_not_cover_for_a_claim_beside_it() -> None:
    resume, ad = PEOPLE[0]
    claim = "I led the team that wrote the incident playbooks."
    assert check_text(resume.model_dump(), claim, ad, "", "").unsupported


def test_what_went_on_from_a_sentence_that_was_cut_begins_anew() -> None:
    cut = TextVerdict(Verdict.BLOCK, (UnsupportedSentence("I led it.", ()),), True, True, ())
    assert supported_text("I led it. I also ran tests.", cut) == "I ran tests."
    assert supported_text("I ran tests. I also mended bikes. I led it.", cut) == "I ran tests. I also mended bikes."


def test_a_noun_that_looks_like_a_verb_is_not_told_as_a_deed() -> None:
    assert deed("Mentor to 4 student nurses", "en") is None
    assert deed("Mentor 4 student nurses on the ward", "en") == "I mentor 4 student nurses on the ward"


def test_a_french_noun_that_is_a_participle_as_well_is_told_by_what_follows() -> None:
    assert deed("Suivi des relances clients", "fr") is None
    assert deed("Suivi les relances clients", "fr") == "j’ai suivi les relances clients"


def test_a_letter_tells_how_large_a_job_was_and_begins_no_paragraph_with_also() -> None:
    resume = ResumeData(
        experience=[
            Experience(
                title="Warehouse Manager",
                company="Halloway",
                bullets=[
                    "Managed a site with 45 staff",
                    "Wrote reports in Excel",
                    "Painted the gate",
                    "Used a forklift",
                ],
            )
        ],
        certifications=[Certification(name="IOSH Managing Safely")],
    )
    ad = "Operations Manager at Pilgrim Foods.\nRequirements:\n- Excel\n- forklift\n- IOSH"
    letter = write(resume, ad)[0].cover_letter
    assert "I managed a site with 45 staff" in letter or "I also managed a site with 45 staff" in letter
    assert not any(paragraph.startswith(("I also", "I am also")) for paragraph in letter.split("\n\n"))


def test_a_letter_calls_things_by_the_names_of_the_ad_as_the_tailored_resume_does() -> None:
    resume = ResumeData(
        professional_summary="DevOps engineer with 6 years of experience on k8s.",
        experience=[
            Experience(
                title="DevOps Engineer",
                company="Fenwick",
                bullets=["Moved 14 services to k8s", "Tuned Postgres for 3 teams"],
            )
        ],
    )
    ad = "Engineer at Nordlys Cloud.\nRequirements:\n- Kubernetes\n- PostgreSQL"
    letters, job = write(resume, ad)
    for text in (letters.cover_letter, letters.email_body):
        assert "k8s" not in text
        assert "Kubernetes" in text
        assert (
            check_text(with_name(resume).model_dump(), text, ad, job.company or "", job.position or "").unsupported
            == ()
        )
    assert "PostgreSQL" in letters.cover_letter


def test_a_skill_from_the_head_of_a_point_stands_in_a_sentence_as_words_do() -> None:
    bullets = ["Looked after 12 patients a shift", "Wrote the handover notes of the ward"]
    nurse = ResumeData(
        experience=[Experience(title="Nurse", company="Mercy Hospital", bullets=bullets)],
        skills=[SkillGroup(skills=["Wound care", "IV therapy"])],
    )
    letters, _ = write(nurse, "Nurse at St Mary's.\nRequirements:\n- Wound care\n- IV therapy")
    assert "wound care and IV therapy" in letters.cover_letter


@pytest.mark.parametrize(
    ("end", "title", "bullet", "ad", "said"),
    [
        ("Present", "Clerk", "Responsible for payroll of 40 people", "Clerk at Rye.\nRequirements:\n- payroll", "am"),
        ("2020", "Clerk", "Responsible for payroll of 40 people", "Clerk at Rye.\nRequirements:\n- payroll", "was"),
        ("heute", "Leiter", "Zuständig für die Lohnbuchhaltung", "Leiter bei Rye GmbH\nIhr Profil\n- Lohn", "bin ich"),
        ("2020", "Leiter", "Zuständig für die Lohnbuchhaltung", "Leiter bei Rye GmbH\nIhr Profil\n- Lohn", "war ich"),
    ],
)
def test_a_duty_of_a_job_that_goes_on_is_told_in_the_present(
    end: str, title: str, bullet: str, ad: str, said: str
) -> None:
    job = Experience(title=title, company="Moor & Sohn", start_date="2018", end_date=end, bullets=[bullet])
    resume = ResumeData(experience=[job])

    letters, summary = write(resume, ad)

    assert f" {said} {bullet[:1].lower()}{bullet[1:]}" in letters.cover_letter
    verdict = check_text(with_name(resume).model_dump(), letters.cover_letter, ad, summary.company or "", title)
    assert verdict.unsupported == ()
