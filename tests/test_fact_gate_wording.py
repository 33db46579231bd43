"""What the fact gate says and asks, in the language of the person's own lines."""

from typing import Any

import pytest

from services.fact_gate import FactVerdict, check
from services.fact_rules.lexicon_files import LANGUAGES, load
from services.fact_rules.sources import Finding, FindingKind
from services.fact_rules.wording import wording_for

GERMAN = "Unterstützung der Buchhaltung bei der Prüfung von Rechnungen und Belegen"
FRENCH = "Aide à la préparation des commandes et des livraisons du matin"
SPANISH = "Apoyo en la preparación de los pedidos y de las entregas de la mañana"
PORTUGUESE = "Apoio na preparação das encomendas e das entregas da manhã"


def judged(
    line: str, proposed: str, facts: tuple[str, ...] = (), path: str = "experience[0].bullets[0]"
) -> FactVerdict:
    """The verdict on a rewording of the only line, or on a new skill, of somebody who worked at Lindner."""
    resume: dict[str, Any] = {
        "personal_info": {},
        "experience": [{"company": "Lindner", "title": "", "bullets": [line]}],
        "skills": [{"category": "", "skills": []}],
    }
    kind, original = ("replace", line) if path.startswith("experience") else ("insert", None)
    return check(resume, {"path": path, "kind": kind, "original": original, "proposed": proposed}, "SAP", facts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FindingKind)
def test_every_language_has_a_sentence_on_every_finding(language: str, kind: FindingKind) -> None:
    (sentence,) = wording_for(load(language)).reasons([Finding(kind, "SAP"), Finding(kind, "SAP")])
    assert "SAP" in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences(language: str) -> None:
    english = wording_for(load("en")).sentences.keys() - {"ask_deed"}
    assert wording_for(load(language)).sentences.keys() - {"ask_deed"} == english


@pytest.mark.parametrize(
    ("line", "proposed", "reason", "question"),
    [
        (
            GERMAN,
            "Leitung der Buchhaltung und Prüfung von Rechnungen und Belegen",
            "mehr Verantwortung",
            "Stimmt das für Ihre Zeit bei Lindner: „Leitung der Buchhaltung und Prüfung von Rechnungen und Belegen“?",
        ),
        (GERMAN, f"{GERMAN} in SAP", "in diesem Eintrag", "Haben Sie bei Lindner mit SAP gearbeitet?"),
        (FRENCH, f"{FRENCH} avec SAP", "cet endroit de votre CV", "Avez-vous utilisé SAP chez Lindner ?"),
        (SPANISH, f"{SPANISH} con SAP", "esta parte de su currículum", "¿Ha usado SAP en Lindner?"),
        (PORTUGUESE, f"{PORTUGUESE} com SAP", "esta parte do seu currículo", "Usou SAP em Lindner?"),
    ],
)
def test_a_refusal_and_its_question_speak_the_language_of_the_line(
    line: str, proposed: str, reason: str, question: str
) -> None:
    verdict = judged(line, proposed)
    assert (verdict.verdict, verdict.question) == ("block", question)
    assert reason in verdict.reasons[0]


@pytest.mark.parametrize("line", [GERMAN, FRENCH, SPANISH, PORTUGUESE])
@pytest.mark.parametrize(
    ("path", "proposed"), [("experience[0].bullets[0]", "{} (SAP)"), ("skills[0].skills[0]", "SAP")]
)
def test_a_yes_to_a_question_vouches_for_the_change_in_every_language(line: str, path: str, proposed: str) -> None:
    asked = judged(line, proposed.format(line), path=path).question
    assert asked is not None
    assert judged(line, proposed.format(line), (asked,), path=path).verdict != "block"
