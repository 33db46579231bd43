"""What the fact gate cuts from a cover letter or mail, and what it lets stand."""

from typing import Any

import pytest

from services.fact_gate import TextVerdict, check_text

JOB = (
    "Senior Backend Engineer. Required: Python, Kubernetes, Terraform, Kafka. You lead migrations, own reliability, "
    "manage a team of engineers and cut costs."
)
RESUME: dict[str, Any] = {
    "personal_info": {"name": "Dana Whitfield", "current_role": "Software Engineer"},
    "professional_summary": "Software engineer with 6 years of experience building Python web services.",
    "experience": [
        {
            "company": "Northwind Logistics",
            "title": "Software Engineer",
            "bullets": [
                "Built REST APIs in Python and Flask used by 12 internal teams",
                "Contributed to the migration of a billing monolith to services on AWS",
                "Mentored 2 junior engineers",
            ],
        }
    ],
    "skills": [{"category": "Technical", "skills": ["Python", "Flask", "AWS"]}],
}
GERMAN: dict[str, Any] = {
    "personal_info": {"name": "Jana Vogt", "current_role": "Bürokauffrau"},
    "professional_summary": "Bürokauffrau mit 6 Jahren Berufserfahrung in der Auftragsabwicklung.",
    "experience": [
        {
            "company": "Kessler Maschinenbau",
            "title": "Sachbearbeiterin",
            "bullets": [
                "Bearbeitung von 80 Bestellungen pro Woche in SAP",
                "Mitarbeit bei der Einführung eines neuen Lagersystems",
            ],
        }
    ],
}


def judged(text: str) -> TextVerdict:
    return check_text(RESUME, text, JOB, "Globex", "Senior Backend Engineer")


TRUTHFUL = [
    "Dear Hiring Manager,",
    "I am writing to apply for the Senior Backend Engineer position at Globex.",
    "I am a software engineer with six years of experience building Python web services.",
    "At Northwind Logistics, I built REST APIs in Python and Flask that 12 internal teams use.",
    "I also contributed to the migration of a billing monolith to services on AWS.",
    "Your focus on reliability and Kubernetes appeals to me.",
    "Globex's need for Terraform and Kafka is clear from the advertisement.",
    "I am eager to learn Terraform in this role.",
    "I would welcome the chance to discuss how I can contribute to your team.",
    "Thank you for your time and consideration.",
    "Sincerely,\nDana Whitfield",
]
FABRICATED = [
    "I led the migration of a billing monolith to AWS.",
    "I migrated a billing monolith to AWS.",
    "As a Senior Backend Engineer, I am used to reliability.",
    "I have 8 years of experience with Python.",
    "I have extensive experience with Kubernetes and Terraform.",
    "I bring strong Kafka skills to your team.",
    "Your team will benefit from my expertise in GraphQL.",
    "I managed a team of eight engineers at Northwind Logistics.",
    "My time at Amazon shaped how I work.",
    "I am a certified Kubernetes administrator.",
    "I won the Engineering Excellence Award.",
    "My APIs were adopted across the entire company.",
    "I cut costs by 30%.",
    "I look forward to joining [Company Name].",
    "I am applying for the role at Initech.",
]


@pytest.mark.parametrize("sentence", TRUTHFUL)
def test_a_sentence_that_the_resume_or_courtesy_vouches_for_stands(sentence: str) -> None:
    assert judged(sentence).unsupported == ()


@pytest.mark.parametrize("sentence", FABRICATED)
def test_a_sentence_that_claims_what_the_resume_does_not_is_cut(sentence: str) -> None:
    cut = judged(sentence).unsupported
    assert [part.text for part in cut] == [sentence]
    assert cut[0].reasons


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("In my role as founder, I raised $18M in a round led by Harper Capital, with two more investors.", True),
        ("I am an engineering leader who managed large teams, on three sites.", True),
        ("I led a round of $18M, with two more investors.", False),
        ("I led Harper Capital, with two more investors.", False),
    ],
)
def test_the_beginning_of_an_own_line_is_quoted_as_the_writers_deed(sentence: str, stands: bool) -> None:
    resume = {
        "professional_summary": "Engineering leader who managed large teams, on three sites.",
        "experience": [
            {
                "title": "Founder",
                "company": "Kite Works",
                "bullets": ["Raised $18M in a round led by Harper Capital, with two more investors"],
            }
        ],
    }
    verdict = check_text(resume, sentence, JOB, "Globex", "Senior Backend Engineer")
    assert (verdict.unsupported == ()) is stands


def test_only_the_unsupported_sentences_of_a_letter_are_named_as_they_stand() -> None:
    letter = f"{TRUTHFUL[0]}\n\n{TRUTHFUL[1]} {FABRICATED[0]} {TRUTHFUL[2]}  {FABRICATED[4]}\n\n{TRUTHFUL[-1]}"
    verdict = judged(letter)
    assert verdict.verdict == "block"
    assert [part.text for part in verdict.unsupported] == [FABRICATED[0], FABRICATED[4]]
    assert all(part.text in letter for part in verdict.unsupported)


def test_a_truthful_letter_passes_and_names_company_and_position() -> None:
    verdict = judged("\n\n".join(TRUTHFUL))
    assert verdict == TextVerdict(verdict.verdict, (), True, True, ())
    assert verdict.verdict == "pass"


def test_a_letter_for_another_company_is_noticed() -> None:
    verdict = judged("I am applying for the position at Initech.")
    assert not verdict.names_company
    assert not verdict.names_position
    assert verdict.wrong_names == ("Initech",)


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    verdict = judged("I have led teams at St. Anne Hospital. Thank you for your time.")
    assert [part.text for part in verdict.unsupported] == ["I have led teams at St. Anne Hospital."]


def test_a_confirmed_fact_lets_a_sentence_stand() -> None:
    sentence = "I led the migration of a billing monolith to AWS."
    facts = ["Did you lead the migration of a billing monolith to services on AWS?"]
    assert check_text(RESUME, sentence, JOB, "Globex", "Senior Backend Engineer", facts).unsupported == ()


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("Sehr geehrte Damen und Herren,", True),
        ("hiermit bewerbe ich mich um die Stelle als Teamleiterin Einkauf bei der Nordwerk AG.", True),
        ("Bei Kessler Maschinenbau bearbeite ich achtzig Bestellungen pro Woche in SAP.", True),
        ("Über eine Einladung zu einem persönlichen Gespräch freue ich mich.", True),
        ("Ich leitete die Einführung eines neuen Lagersystems.", False),
        ("Ich habe 200 Bestellungen pro Woche bearbeitet.", False),
        ("Ich verfüge über sehr gute Kenntnisse in Power BI.", False),
    ],
)
def test_a_german_letter_is_judged_by_german_words(sentence: str, stands: bool) -> None:
    job = "Teamleiterin Einkauf (m/w/d) bei der Nordwerk AG. Erforderlich: Power BI, Führungserfahrung."
    verdict = check_text(GERMAN, sentence, job, "Nordwerk AG", "Teamleiterin Einkauf")
    assert (verdict.unsupported == ()) is stands


@pytest.mark.parametrize(
    "greeting",
    [
        "Dear Hiring Team at Globex,",
        "Dear Globex Hiring Team,",
        "Dear Migrations and Reliability Engineers,",
        "Hello Globex team,",
        "Best wishes,\nDana Whitfield",
    ],
)
def test_a_greeting_may_name_the_company_and_the_words_of_the_job(greeting: str) -> None:
    assert judged(greeting).unsupported == ()


def test_a_greeting_to_a_stranger_is_cut() -> None:
    assert [part.text for part in judged("Dear Ms. Miller,").unsupported] == ["Dear Ms. Miller,"]
    assert [part.text for part in judged("Dear Hiring Team at Initech,").unsupported] == [
        "Dear Hiring Team at Initech,"
    ]


def test_the_dot_of_a_company_ends_a_sentence_where_another_begins() -> None:
    led = "I led the migration of a billing monolith."
    cut = judged(f"I would like to join Globex Corp. {led}").unsupported
    assert [part.text for part in cut] == [led]
    assert judged("Thank you for considering me for Globex Corp. Engineering.").unsupported == ()


def test_a_degree_may_be_called_a_degree() -> None:
    resume = RESUME | {"education": [{"institution": "Ohio State", "degree": "BSc Computer Science"}]}
    said = "I hold a degree in Computer Science from Ohio State."
    assert check_text(resume, said, JOB, "Globex", "Engineer").unsupported == ()
    unsaid = "I hold a degree in Mathematics from Ohio State."
    assert check_text(resume, unsaid, JOB, "Globex", "Engineer").unsupported != ()


@pytest.mark.parametrize("subject", ["Bewerbung: Teamleiterin Einkauf", "Bewerbung Teamleiterin Einkauf – Jana Vogt"])
def test_a_short_subject_is_judged_in_the_language_of_the_application(subject: str) -> None:
    job = "Teamleiterin Einkauf (m/w/d) bei der Nordwerk AG. Erforderlich: Power BI, Führungserfahrung."
    assert check_text(GERMAN, subject, job, "Nordwerk AG", "Teamleiterin Einkauf").unsupported == ()


def test_a_noun_for_teaching_in_a_portuguese_letter_is_no_deed() -> None:
    job = {"company": "Escola Azul", "title": "Professora", "bullets": ["Preparei fichas e testes para 5 turmas"]}
    summary = "Professora de Português com 10 anos de experiência no ensino básico."
    resume = {"personal_info": {}, "professional_summary": summary, "experience": [job]}
    ad = "Procura-se professora de Português. Coordenação de departamento."
    said = "Sou professora de Português com 10 anos de experiência no ensino básico."
    assert check_text(resume, said, ad, "Colégio Norte", "Professora").unsupported == ()
    assert check_text(resume, "Coordenei o departamento.", ad, "Colégio Norte", "Professora").unsupported != ()


def test_a_tool_whose_name_could_be_a_verb_is_no_deed() -> None:
    bullets = ["Run 14 k8s clusters on AWS with Terraform and Helm"]
    resume = {"experience": [{"company": "Fenwick Media", "title": "DevOps Engineer", "bullets": bullets}]}
    for sentence, stands in (
        ("I run 14 clusters on AWS with Terraform and Helm.", True),
        ("I run 14 clusters on AWS with Terraform and helm the platform team.", False),
    ):
        judgement = check_text(resume, sentence, JOB, "Globex", "Senior Backend Engineer")
        assert (judgement.unsupported == ()) is stands, sentence
