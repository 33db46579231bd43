"""Which resume a project is about: shown, estimated, matched, tailored and written must be one and the same."""

import io
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from docx import Document
from fastapi.testclient import TestClient

from config.database import Database
from config.settings import Settings
from schemas.project_schemas import ProjectUpdate, TailorRequest
from schemas.resume_schemas import ResumeData
from services import project_service
from services.run_start import StartedRun, start_run
from tests.conftest import Person
from tests.product import SAMPLE_JOB, SAMPLE_RESUME

OWN_WORDS = "Written by myself for this one job."


def upload(client: TestClient, content: bytes | None = None) -> int:
    files = {"file": ("resume.docx", content or SAMPLE_RESUME.read_bytes())}
    answer = client.post("/api/resumes/upload", files=files)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def accountant() -> bytes:
    document = Document()
    document.add_heading("Mara Lindqvist", 0)
    for line in (
        "mara@example.com | +46 70 123 45 67 | Malmö",
        "Summary",
        "Careful accountant with four years of experience.",
        "Experience",
        "Accountant, Nordbank AB, Malmö, 2019 - 2023",
        "• Closed the books every month for three entities.",
        "• Prepared VAT returns with SQL and Python.",
        "Skills",
        "Excel, SAP, Python",
    ):
        document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def text_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


@pytest.fixture
def project(client: TestClient) -> str:
    """The path of a project that was created before anything was uploaded."""
    body = {"project_name": "Application", "job_description": SAMPLE_JOB}
    return f"/api/projects/{client.post('/api/projects', json=body).json()['id']}"


def edit_summary(client: TestClient, project: str) -> None:
    answer = client.put(project, json={"resume_json": {"professional_summary": OWN_WORDS}})
    assert answer.status_code == 200, answer.text


def name_shown(client: TestClient, project: str) -> str:
    return str(client.get(project).json()["resume_json"]["personal_info"]["name"])


def test_a_project_in_which_nothing_was_done_yet_follows_the_newest_upload(client: TestClient, project: str) -> None:
    upload(client)
    assert name_shown(client, project) == "Tamsin Okafor"
    first_estimate = client.get(f"{project}/estimate").json()

    content = accountant()
    newest = upload(client, content)
    shown = client.get(project).json()
    assert (shown["base_resume_id"], shown["resume_json"]["personal_info"]["name"]) == (newest, "Mara Lindqvist")
    assert client.get(f"{project}/docx").content == content
    assert client.get(f"{project}/estimate").json() != first_estimate
    before = client.get(f"{project}/match").json()["coverage_before"]
    result = client.post(f"{project}/tailor").json()
    assert result["tailored_json"]["personal_info"]["name"] == "Mara Lindqvist"
    assert result["match"]["coverage_before"] == before
    assert result["metadata"]["warnings"] == []


def test_a_wish_that_the_offline_model_may_not_have_understood_is_to_be_checked(
    client: TestClient, project: str
) -> None:
    upload(client)
    result = client.post(f"{project}/tailor", json={"instructions": "Make the summary of my resume shorter."}).json()
    (warning,) = result["metadata"]["warnings"]
    assert "your wishes" in warning
    assert client.post(f"{project}/tailor").json()["metadata"]["warnings"] == []


def test_a_tailored_project_without_own_words_is_tailored_from_the_newest_upload(
    client: TestClient, project: str
) -> None:
    upload(client)
    client.post(f"{project}/tailor")
    first_estimate = client.get(f"{project}/estimate").json()
    newest = upload(client, accountant())
    assert name_shown(client, project) == "Tamsin Okafor"
    assert client.get(f"{project}/estimate").json() != first_estimate
    result = client.post(f"{project}/tailor").json()
    assert result["tailored_json"]["personal_info"]["name"] == "Mara Lindqvist"
    assert result["metadata"]["warnings"] == []
    assert client.get(project).json()["base_resume_id"] == newest


def test_what_was_edited_by_hand_stays_with_its_upload_and_in_the_next_run(client: TestClient, project: str) -> None:
    first = upload(client)
    edit_summary(client, project)
    estimate = client.get(f"{project}/estimate").json()
    upload(client, accountant())

    shown = client.get(project).json()
    assert (shown["base_resume_id"], shown["resume_json"]["professional_summary"]) == (first, OWN_WORDS)
    assert client.get(f"{project}/estimate").json() == estimate
    result = client.post(f"{project}/tailor").json()
    assert result["tailored_json"]["personal_info"]["name"] == "Tamsin Okafor"
    assert OWN_WORDS in text_of(client.get(f"{project}/docx").content)
    assert "newer" in str(result["metadata"]["warnings"])


def test_a_run_can_be_told_to_start_from_the_newest_upload_and_says_what_it_left_behind(
    client: TestClient, project: str
) -> None:
    upload(client)
    edit_summary(client, project)
    newest = upload(client, accountant())
    result = client.post(f"{project}/tailor", json={"base_resume": "newest"}).json()
    assert result["tailored_json"]["personal_info"]["name"] == "Mara Lindqvist"
    assert "edited" in str(result["metadata"]["warnings"])
    assert client.get(project).json()["base_resume_id"] == newest

    restored = client.post(f"{project}/versions/1/restore").json()
    assert restored["resume_json"]["professional_summary"] == OWN_WORDS


def test_the_edited_texts_of_a_deleted_upload_are_written_into_no_other(client: TestClient, project: str) -> None:
    upload(client, accountant())
    upload(client)
    edit_summary(client, project)
    assert client.delete("/api/resumes/base").status_code == 204

    refused = client.get(f"{project}/docx")
    assert (refused.status_code, refused.json()["error"]) == (409, "no_base_resume")
    assert "deleted" in refused.json()["detail"]
    assert name_shown(client, project) == "Tamsin Okafor"

    result = client.post(f"{project}/tailor").json()
    assert result["tailored_json"]["personal_info"]["name"] == "Mara Lindqvist"
    assert "edited" in str(result["metadata"]["warnings"])


def test_a_resume_cannot_be_edited_before_there_is_one(client: TestClient, project: str) -> None:
    refused = client.put(project, json={"resume_json": {"professional_summary": "Only this."}})
    assert (refused.status_code, refused.json()["error"]) == (409, "no_base_resume")
    content = accountant()
    upload(client, content)
    assert name_shown(client, project) == "Mara Lindqvist"
    assert client.get(f"{project}/docx").content == content


def test_the_texts_of_a_deleted_upload_can_still_be_edited(client: TestClient, project: str) -> None:
    upload(client)
    client.post(f"{project}/tailor")
    client.delete("/api/resumes/base")
    edit_summary(client, project)
    shown = client.get(project).json()["resume_json"]
    assert (shown["professional_summary"], shown["personal_info"]["name"]) == (OWN_WORDS, "Tamsin Okafor")


def test_restoring_a_version_from_before_the_first_run_makes_the_project_untailored_again(
    client: TestClient, project: str
) -> None:
    upload(client)
    edit_summary(client, project)
    client.post(f"{project}/tailor")
    restored = client.post(f"{project}/versions/1/restore").json()
    assert (restored["is_tailored"], restored["last_tailoring_jd"]) == (False, None)
    for path in ("cover-letter", "email", "changes", "cover-letter/docx"):
        answer = client.get(f"{project}/{path}")
        assert (answer.status_code, answer.json()["error"]) == (404, "not_tailored")
    assert OWN_WORDS in text_of(client.get(f"{project}/docx").content)


def test_a_restored_version_is_matched_with_the_job_that_it_was_made_for(client: TestClient, project: str) -> None:
    upload(client)
    client.post(f"{project}/tailor")
    match = client.get(f"{project}/match").json()
    kitchen = "We hire a chef de partie.\nRequirements:\n- 5 years as a chef\n- HACCP\nNice to have: French pastry"
    assert client.post(f"{project}/tailor", json={"job_description": kitchen}).status_code == 200
    assert client.get(f"{project}/match").json() != match
    restored = client.post(f"{project}/versions/1/restore").json()
    assert (restored["is_tailored"], restored["last_tailoring_jd"]) == (True, SAMPLE_JOB.strip())
    assert client.get(f"{project}/match").json() == match


def test_an_edit_that_changes_nothing_is_no_version(client: TestClient, project: str) -> None:
    upload(client)
    resume = client.get(project).json()["resume_json"]
    for unchanged in ({}, resume, {"professional_summary": resume["professional_summary"]}):
        assert client.put(project, json={"resume_json": unchanged}).status_code == 200
    assert client.get(f"{project}/versions").json() == []


def test_an_edit_of_one_contact_field_leaves_the_others(client: TestClient, project: str) -> None:
    upload(client)
    before = client.get(project).json()["resume_json"]["personal_info"]
    sent = {"resume_json": {"personal_info": {"current_role": "Lead"}}}
    after = client.put(project, json=sent).json()["resume_json"]["personal_info"]
    assert after == {**before, "current_role": "Lead"}


def test_a_run_that_starts_while_an_edit_is_being_stored_starts_from_it(
    client: TestClient, person: Person, project: str, database: Database, settings: Settings
) -> None:
    upload(client)
    project_id = int(project.rpartition("/")[2])

    def start() -> StartedRun:
        with database.sessions.begin() as session:
            return start_run(
                session, person.id, project_id, TailorRequest(), model="m", worker="here", settings=settings
            )

    edit = ProjectUpdate(resume_json=ResumeData(professional_summary=OWN_WORDS))
    with ThreadPoolExecutor(1) as threads:
        with database.sessions.begin() as session:
            project_service.update(session, project_id, person.id, edit)
            started = threads.submit(start)
            wait([started], timeout=0.3)
        assert started.result().resume.professional_summary == OWN_WORDS
