"""What a model answers is checked word by word: what does not stand in the document is dropped, the rest is kept."""

from typing import Any

from schemas.model_outputs import ResumeExtraction
from services.contact_details import find_contact_details
from services.resume_assembly import SourceSpan, assemble
from tests.resumes.reading import document

RESUME = document(
    """
    # Ada Kowalska
    Kite builder
    ada@mail.test | Gdańsk, Poland

    # Experience
    Kite Builder, Baltic Kites | Sopot, Poland~2019 - Present
    - Builds kites of silk and ash
    - Flies them on Sundays

    # Hobbies
    Sailing
    """
)
EMPTY: dict[str, Any] = {
    "current_role": None, "professional_summary": None, "experience": [], "education": [], "skills": [], "projects": [],
    "certifications": [], "custom_sections": [], "section_order": [], "heading_lines": [],
}  # fmt: skip


def assembled(**answer: Any):
    extraction = ResumeExtraction.model_validate({**EMPTY, **answer})
    return assemble(RESUME, extraction, find_contact_details(RESUME.lines))


def span(line: int, text: str) -> dict[str, Any]:
    return {"line": line, "text": text}


def job(**fields: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("company", "title", "location", "start_date", "end_date"))
    return {**empty, "bullets": [], **fields}


def test_values_carry_the_place_they_stand_at():
    result = assembled(experience=[job(title=span(5, "Kite Builder"), bullets=[{"first": 6, "last": 7}])])

    assert result.resume.experience[0].title == "Kite Builder"
    assert result.sources["experience[0].title"] == SourceSpan(5, 0, 12, 5)
    assert result.resume.experience[0].bullets[-1] == "Builds kites of silk and ash Flies them on Sundays"
    assert result.sources["personal_info.name"] == SourceSpan(1, 0, 12, 1)


def test_a_wrong_line_number_is_put_right_when_the_words_stand_near():
    result = assembled(experience=[job(company=span(7, "Baltic   Kites"))])

    assert result.resume.experience[0].company == "Baltic Kites"
    assert result.sources["experience[0].company"].line == 5


def test_words_that_do_not_stand_in_the_document_are_dropped_and_reported():
    result = assembled(
        experience=[
            job(title=span(5, "Senior Kite Builder"), company=span(5, "baltic kites"), end_date=span(5, "Present"))
        ]
    )

    assert (result.resume.experience[0].title, result.resume.experience[0].company) == ("", "")
    assert result.resume.experience[0].end_date == "Present"
    assert len(result.dropped) == 2


def test_an_entry_of_which_nothing_is_true_disappears():
    result = assembled(experience=[job(title=span(5, "Astronaut"), company=span(5, "NASA"))])

    assert result.resume.experience == []


def test_lines_that_do_not_exist_are_dropped():
    result = assembled(professional_summary={"first": 3, "last": 400})

    assert result.resume.professional_summary == ""
    assert len(result.dropped) == 1


def test_what_an_answer_forgets_is_kept_under_its_heading():
    result = assembled(heading_lines=[4, 8])

    sections = {section.title: section.items for section in result.resume.custom_sections}
    assert sections["Hobbies"] == ["Sailing"]
    assert "Builds kites of silk and ash" in sections["Experience"]
    assert sections["Additional information"] == ["Kite builder"]
    assert result.resume.section_order == ["custom_sections"]
    assert result.warnings == ("No section of a resume was recognised: the text was kept whole under custom_sections.",)


def test_words_left_over_on_a_job_s_line_stay_with_the_job():
    result = assembled(
        heading_lines=[4, 8],
        experience=[
            job(title=span(5, "Kite Builder"), company=span(5, "Baltic Kites"), start_date=span(5, "2019"),
                end_date=span(5, "Present"), bullets=[{"first": 6, "last": 6}])
        ],
    )  # fmt: skip

    assert result.resume.experience[0].bullets == ["Sopot, Poland", "Builds kites of silk and ash"]
    assert result.sources["experience[0].bullets[0]"] == SourceSpan(5, 29, 42, 5)
    assert result.sources["experience[0].bullets[1]"].line == 6


def test_a_long_line_is_no_heading_whatever_the_answer_says():
    text = document(
        "# Ada Kowalska\n\n# Profile\nBuilds kites that fly in storms where all other kites have long come down."
    )
    extraction = ResumeExtraction.model_validate({**EMPTY, "heading_lines": [2, 3]})

    result = assemble(text, extraction, find_contact_details(text.lines))

    assert result.resume.custom_sections[0].title == "Profile"
    assert result.resume.custom_sections[0].items[0].startswith("Builds kites")


def test_placeholders_in_an_answer_are_put_back():
    text = document("# Ada Kowalska\nada@mail.test\n\n# Publications\nAda Kowalska: On Kites")
    custom = {"title": span(3, "Publications"), "items": []}
    project = {"name": span(4, "[NAME]: On Kites"), "technologies": [], "link": None, "bullets": []}
    extraction = ResumeExtraction.model_validate({**EMPTY, "custom_sections": [custom], "projects": [project]})

    result = assemble(text, extraction, find_contact_details(text.lines))

    assert result.resume.projects[0].name == "Ada Kowalska: On Kites"


def test_two_equal_words_on_a_line_get_places_of_their_own():
    text = document("# Ada Kowalska\n\n# Skills\nJavaScript, Java, C++, C")
    skills = [{"category": None, "skills": [span(3, name) for name in ("JavaScript", "Java", "C++", "C")]}]
    extraction = ResumeExtraction.model_validate({**EMPTY, "skills": skills, "heading_lines": [2]})

    result = assemble(text, extraction, find_contact_details(text.lines))

    places = [
        (result.sources[f"skills[0].skills[{i}]"].start, result.sources[f"skills[0].skills[{i}]"].end) for i in range(4)
    ]
    assert places == [(0, 10), (12, 16), (18, 21), (23, 24)]
