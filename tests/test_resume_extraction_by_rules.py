"""The offline model reads resumes in many layouts and languages: values right, nothing invented, nothing lost."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.model_outputs import ResumeExtraction
from services.contact_details import find_contact_details, redact_lines
from services.document_text import DocumentText, render_numbered
from services.offline_model.extraction import extract
from services.resume_assembly import AssembledResume, assemble
from services.resume_paths import walk_texts
from tests.resumes.people import RESUMES
from tests.resumes.reading import Resume, document

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def read(text: DocumentText) -> AssembledResume:
    """All of extraction, as it is done for an upload, with the answer passed through its JSON form."""
    contact = find_contact_details(text.lines)
    answer = extract(render_numbered(redact_lines(text.lines, contact))).model_dump_json()
    return assemble(text, ResumeExtraction.model_validate_json(answer), contact)


def folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


@pytest.fixture(params=RESUMES, ids=lambda resume: resume.label)
def person(request: pytest.FixtureRequest) -> Resume:
    resume: Resume = request.param
    return resume


def test_contact_data_is_found(person: Resume):
    info = read(document(person.text)).resume.personal_info

    assert (info.name, info.email, info.phone, info.location) == (
        person.name, person.email, person.phone, person.location
    )  # fmt: skip
    if person.role:
        assert info.current_role == person.role


def test_contact_data_never_reaches_the_model(person: Resume):
    lines = document(person.text).lines

    sent = render_numbered(redact_lines(lines, find_contact_details(lines)))

    assert person.email not in sent
    assert person.phone not in sent
    assert person.name not in sent
    assert sent.count("[LOCATION") >= bool(person.location)


def test_jobs_are_read_and_none_is_invented(person: Resume):
    jobs = [
        (job.title, job.company, job.start_date, job.end_date, len(job.bullets))
        for job in read(document(person.text)).resume.experience
    ]

    assert jobs == [(job.title, job.company, job.start, job.end, job.bullets) for job in person.jobs]


def test_schools_are_read_and_none_is_invented(person: Resume):
    schools = read(document(person.text)).resume.education

    assert [school.institution for school in schools] == [school.institution for school in person.schools]
    for found, expected in zip(schools, person.schools, strict=True):
        whole = [found.degree, f"{found.degree}{found.field}", f"{found.degree} in {found.field}"]
        assert folded(expected.degree) in map(folded, whole)


def test_skills_projects_and_certificates_are_read(person: Resume):
    resume = read(document(person.text)).resume

    skills = [skill for group in resume.skills for skill in group.skills]
    assert [skill for skill in person.skills if skill not in skills] == []
    assert [project.name for project in resume.projects] == list(person.projects)
    assert [certificate.name for certificate in resume.certifications] == list(person.certifications)


def test_what_has_no_field_is_kept(person: Resume):
    items = [item for section in read(document(person.text)).resume.custom_sections for item in section.items]

    assert [line for line in person.kept if line not in items] == []


def test_every_value_stands_in_the_document(person: Resume):
    assert_verbatim(document(person.text))


@pytest.mark.skipif(not DATA.is_dir(), reason="the sample documents are not beside this project")
def test_every_value_of_the_sample_documents_is_verbatim_and_no_line_is_lost():
    from services.docx.reader import read_docx
    from services.pdf_reader import read_pdf

    readers: list[tuple[str, Callable[[bytes], DocumentText]]] = [
        ("pdf_truth/*.pdf", read_pdf),
        ("layouts/*.docx", read_docx),
    ]
    for pattern, reader in readers:
        for path in sorted(DATA.glob(pattern)):
            assert_verbatim(reader(path.read_bytes()))


def assert_verbatim(text: DocumentText) -> None:
    """Every value is words of the document, and every line of it is held by some value or is a heading or label."""
    assembled = read(text)
    whole = " ".join(" ".join(line.text.split()) for line in text.lines)
    own_words = ("custom_sections", "personal_info.header_links")
    for path, value in walk_texts(assembled.resume):
        for part in value.split("\n"):
            assert part in whole or path.startswith(own_words), path
    held = {word for _, value in walk_texts(assembled.resume) for word in re.findall(r"\w+", value)}
    for line in text.lines:
        words = re.findall(r"\w+", line.text)
        missing = [word for word in words if word not in held]
        assert len(missing) <= 6 or len(missing) < 0.5 * len(words), line.number


@pytest.mark.parametrize(
    "flood",
    [
        "a" * 20_000,
        "1" * 20_000,
        "1 " * 10_000,
        "a\t" * 10_000,
        "Aa, Bb " * 3_000,
        "2019 - " * 3_000,
        "A - " * 5_000,
        "(A, MA\t" * 3_000,
    ],
)
def test_a_flood_of_characters_is_read_in_good_time(flood: str):
    started = time.process_time()

    read(document(f"# Ada Kowalska\nada@mail.test\n\n# Skills\n{flood}"))

    assert time.process_time() - started < 10


def test_more_items_than_a_resume_may_have_are_kept_in_further_sections():
    hobbies = "\n".join(f"- Hobby {number}" for number in range(1_100))

    sections = read(document(f"# Ada Kowalska\nada@mail.test\n\n# Hobbies\n{hobbies}")).resume.custom_sections

    assert sum(len(section.items) for section in sections) == 1_100
