"""Which language a result is in: believed as asked for, unless it plainly is one that the model was shown."""

import pytest

from schemas.project_schemas import ResultMetadata, TailoredData
from schemas.resume_schemas import ResumeData
from services import output_language

ENGLISH = "I am applying for the post of a nurse. I have worked with children and their parents for six years."
GERMAN = "Ich bewerbe mich um die Stelle und arbeite seit sechs Jahren mit Kindern und mit ihren Eltern."
FINNISH = "Haen sairaanhoitajan tehtävää, ja olen työskennellyt kuusi vuotta lasten ja heidän perheidensä kanssa."
NORWEGIAN = "Jeg søker på stillingen som sykepleier, og har jobbet med barn og foreldre i seks år på et sykehus."


def said_of(letter: str, wanted: str, *, summary: str = ENGLISH, job_description: str = ENGLISH) -> ResultMetadata:
    resume = ResumeData(professional_summary=summary)
    metadata = ResultMetadata(model="m")
    data = TailoredData(resume=resume, cover_letter=letter, metadata=metadata)
    output_language.say(data, wanted, resume, job_description)
    return metadata


@pytest.mark.parametrize(("letter", "code"), [(ENGLISH, "en"), (GERMAN, "de"), (FINNISH, "fi"), (NORWEGIAN, "nb")])
def test_a_letter_as_it_was_asked_for_is_believed(letter: str, code: str) -> None:
    assert said_of(letter, code) == ResultMetadata(model="m", language=code)


@pytest.mark.parametrize("wanted", ["ja", "fi", "nb", "de", "sw"])
def test_an_english_letter_is_not_passed_off_as_another_language(wanted: str) -> None:
    said = said_of(ENGLISH, wanted)
    assert said.language == "en"
    assert len(said.warnings) == 1


def test_a_model_that_keeps_to_the_language_of_the_resume_is_found_out() -> None:
    said = said_of(GERMAN, "en", summary=GERMAN)
    assert said.language == "de"
    assert "German" in said.warnings[0]


def test_a_resume_is_read_without_its_addresses() -> None:
    resume = ResumeData.model_validate(
        {
            "personal_info": {"email": "a.e@i.com", "header_links": [{"label": "", "url": "https://e.com/o/com"}]},
            "skills": [{"category": "Tools", "skills": ["SQL", "Python", "Excel"]}],
        }
    )
    assert output_language.choose("keep", resume, GERMAN) == "en"
    assert output_language.choose("auto", resume, GERMAN) == "de"
    assert output_language.choose("fr", resume, GERMAN) == "fr"
