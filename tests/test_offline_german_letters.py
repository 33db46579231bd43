"""German letters of the offline model: the title as the writer bears it, and sentences that a person would write."""

import pytest

from schemas.resume_schemas import Education, Experience, PersonalInfo, ResumeData
from services.fact_gate import check_text
from services.job_ads.title import read_position, without_gender_mark
from services.offline_model.german_titles import titled
from tests.test_offline_letters import write


@pytest.mark.parametrize(
    ("position", "hers", "his"),
    [
        ("Bilanzbuchhalter", "Bilanzbuchhalterin", "Bilanzbuchhalter"),
        ("Krankenpfleger*in", "Krankenpflegerin", "Krankenpfleger"),
        ("Lehrer/-in für Mathematik", "Lehrerin für Mathematik", "Lehrer für Mathematik"),
        ("Erzieher(in)", "Erzieherin", "Erzieher"),
        ("Kaufmann/-frau für Büromanagement", "Kauffrau für Büromanagement", "Kaufmann für Büromanagement"),
        ("Koch/Köchin", "Köchin", "Koch"),
        ("Steuerfachangestellte/n", "Steuerfachangestellte", "Steuerfachangestellter"),
        ("Kaufmännischer Mitarbeiter", "Kaufmännische Mitarbeiterin", "Kaufmännischer Mitarbeiter"),
        ("Senior Java Entwickler", "Senior Java Entwicklerin", "Senior Java Entwickler"),
        ("Pflegefachkraft", "Pflegefachkraft", "Pflegefachkraft"),
        ("Software Engineer", "Software Engineer", "Software Engineer"),
        ("Buchhalterin", "Buchhalterin", "Buchhalterin"),
    ],
)
def test_a_title_is_borne_as_the_person_bears_their_own(position: str, hers: str, his: str) -> None:
    assert titled(position, ["Sachbearbeiterin Einkauf"]) == hers
    assert titled(position, ["Lagerist"]) == his
    assert titled(position, ["Pflegefachkraft"]) == position, "their own titles do not say"


@pytest.mark.parametrize(
    ("ad", "position"),
    [
        ("Elektroniker für Betriebstechnik (m|w|d)\nMuster AG", "Elektroniker für Betriebstechnik"),
        ("Bilanzbuchhalter (m/w/divers)\nMuster AG", "Bilanzbuchhalter"),
        ("Mitarbeiter im Innendienst (männlich/weiblich/divers)\nMuster AG", "Mitarbeiter im Innendienst"),
        ("Wir suchen Dich als Erzieher (m/w/d) für unsere Kita in Mainz!", "Erzieher"),
        ("In Hamburg suchen wir eine/n Buchhalter (w/m/d).", "Buchhalter"),
    ],
)
def test_a_position_is_read_without_the_mark_that_everybody_is_meant(ad: str, position: str) -> None:
    assert read_position(ad) == position


def test_a_position_that_a_person_has_copied_from_an_ad_loses_its_mark() -> None:
    assert without_gender_mark("Buchhalter (m/w/d)") == "Buchhalter"
    assert without_gender_mark("Data Engineer (f/m/x) - Munich") == "Data Engineer - Munich"
    assert without_gender_mark("Backend Engineer") == "Backend Engineer"


def test_a_german_letter_applies_under_her_own_title_and_says_the_degree_in_a_sentence() -> None:
    resume = ResumeData(
        personal_info=PersonalInfo(name="Ada Example"),
        experience=[
            Experience(title="Finanzbuchhalterin", company="Hansen GmbH", bullets=["Erstellte die Abschlüsse in DATEV"])
        ],
        education=[Education(degree="Ausbildung zur Industriekauffrau", institution="BBS Emden")],
    )
    ad = "Bilanzbuchhalter (m/w/d)\nNordwind Logistik GmbH\nIhr Profil:\n- Kaufmännische Ausbildung\n- DATEV"
    letters, job = write(resume, ad)
    assert "die Stelle als Bilanzbuchhalterin bei der Nordwind Logistik GmbH" in letters.cover_letter
    assert "Auch eine Ausbildung zur Industriekauffrau (BBS Emden) bringe ich mit." in letters.cover_letter
    assert letters.email_subject.endswith("Bilanzbuchhalterin")
    for text in (letters.cover_letter, letters.email_body):
        verdict = check_text(resume.model_dump(), text, ad, job.company or "", job.position or "")
        assert verdict.unsupported == (), verdict
