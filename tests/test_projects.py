"""Projects: creating, reading, changing, deciding, restoring, and the files that come of them."""

import io
import re
import zipfile
from collections.abc import Callable

import pymupdf
import pytest
from docx import Document
from fastapi.testclient import TestClient

from tests.conftest import Person
from tests.pdf_support import needs_soffice
from tests.product import SAMPLE_JOB, SAMPLE_RESUME

MakePerson = Callable[..., Person]


def create(client: TestClient, **fields: object) -> int:
    body = {"project_name": "Application", "job_description": SAMPLE_JOB, **fields}
    return int(client.post("/api/projects", json=body).json()["id"])


def text_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


@pytest.fixture
def uploaded(client: TestClient) -> TestClient:
    """The client of somebody who has uploaded the sample resume."""
    with SAMPLE_RESUME.open("rb") as file:
        assert client.post("/api/resumes/upload", files={"file": ("resume.docx", file)}).status_code == 201
    return client


@pytest.fixture
def tailored(uploaded: TestClient) -> int:
    """A project that was tailored."""
    project_id = create(uploaded, company_name="Harbourlight Energy", position="Senior Backend Engineer")
    result = uploaded.post(f"/api/projects/{project_id}/tailor").json()
    assert result["success"] is True
    return project_id


# --- Create, read, update, delete ---


def test_projects_are_listed_newest_first_in_pages_with_their_total(client: TestClient) -> None:
    ids = [create(client, project_name=f"Number {number}") for number in range(5)]
    page = client.get("/api/projects/?limit=2&offset=1")
    assert [project["id"] for project in page.json()] == [ids[3], ids[2]]
    assert page.headers["x-total-count"] == "5"


def test_fields_that_are_not_listed_are_ignored(client: TestClient, make_person: MakePerson) -> None:
    other = make_person()
    body = {"project_name": "Mine", "user_id": other.id, "is_tailored": True, "id": 99, "credits": 1000}
    project = client.post("/api/projects", json=body).json()
    assert project["is_tailored"] is False
    assert project["id"] != 99
    assert client.get("/api/projects", headers=other.headers).json() == []


def test_an_update_changes_what_was_sent_and_nothing_else(client: TestClient) -> None:
    project_id = create(client, company_name="Acme", position="Clerk")
    project = client.put(f"/api/projects/{project_id}", json={"position": "Cook"}).json()
    assert (project["company_name"], project["position"], project["project_name"]) == ("Acme", "Cook", "Application")


def test_somebody_elses_project_is_as_missing_as_one_that_never_was(
    uploaded: TestClient, tailored: int, make_person: MakePerson
) -> None:
    stranger = make_person().headers
    project = "/api/projects/{project_id}"
    bodies = {f"{project}/changes/decisions": [], f"{project}/questions/{{question_id}}": {"answer": "no"}}
    routes = [
        (method.upper(), path)
        for path, operations in uploaded.get("/openapi.json").json()["paths"].items()
        if path.startswith(project)
        for method in operations
    ]
    assert len(routes) > 20
    for method, path in routes:
        foreign, missing = (
            uploaded.request(
                method,
                re.sub(r"{\w+}", "1", path.replace("{project_id}", str(project_id))),
                json=bodies.get(path, {}),
                headers=stranger,
            )
            for project_id in (tailored, tailored + 1)
        )
        assert foreign.status_code == missing.status_code == 404, (method, path)
        assert foreign.content == missing.content


def test_a_run_is_found_only_by_its_person_below_its_project(
    uploaded: TestClient, tailored: int, make_person: MakePerson
) -> None:
    run_id = uploaded.get(f"/api/projects/{tailored}").json()["last_run_id"]
    mine_without_a_run = create(uploaded)
    stranger = make_person().headers
    with SAMPLE_RESUME.open("rb") as file:
        uploaded.post("/api/resumes/upload", files={"file": ("resume.docx", file)}, headers=stranger)
    body = {"project_name": "Theirs", "job_description": SAMPLE_JOB}
    theirs = uploaded.post("/api/projects", json=body, headers=stranger).json()["id"]
    assert uploaded.post(f"/api/projects/{theirs}/tailor", headers=stranger).json()["success"] is True

    for project_id, headers, found in (
        (tailored, {}, True),
        (mine_without_a_run, {}, False),
        (tailored, stranger, False),
        (theirs, stranger, False),
    ):
        run = f"/api/projects/{project_id}/runs/{run_id}"
        assert uploaded.get(f"{run}/events", headers=headers).status_code == (200 if found else 404)
        assert uploaded.post(f"{run}/cancel", headers=headers).status_code == (202 if found else 404)


def test_a_deleted_project_is_gone_and_its_charge_stays_in_the_ledger(uploaded: TestClient, tailored: int) -> None:
    assert uploaded.delete(f"/api/projects/{tailored}").status_code == 204
    assert uploaded.get(f"/api/projects/{tailored}").status_code == 404
    kinds = [row["transaction_type"] for row in uploaded.get("/api/credits/transactions").json()]
    assert kinds == ["TAILOR", "GRANT"]


# --- Before tailoring ---


def test_before_tailoring_the_files_are_the_base_resume_and_the_letters_are_missing(uploaded: TestClient) -> None:
    project_id = create(uploaded)
    assert uploaded.get(f"/api/projects/{project_id}/docx").content == SAMPLE_RESUME.read_bytes()
    for path in ("cover-letter", "cover-letter/docx", "email", "changes"):
        answer = uploaded.get(f"/api/projects/{project_id}/{path}")
        assert (answer.status_code, answer.json()["error"]) == (404, "not_tailored")
    assert uploaded.get(f"/api/projects/{project_id}/match").json()["coverage_before"] > 0


# --- Tailored ---


def test_the_tailored_word_file_is_the_persons_own_with_new_text_in_it(uploaded: TestClient, tailored: int) -> None:
    response = uploaded.get(f"/api/projects/{tailored}/docx")
    disposition = response.headers["content-disposition"]
    assert 'filename="Tamsin Okafor - Harbourlight Energy - Senior Backend Engineer.docx"' in disposition

    before, after = (zipfile.ZipFile(io.BytesIO(c)) for c in (SAMPLE_RESUME.read_bytes(), response.content))
    assert after.namelist() == before.namelist()
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["word/document.xml"]

    project = uploaded.get(f"/api/projects/{tailored}").json()
    text = text_of(response.content)
    assert project["resume_json"]["professional_summary"] in text
    for job in project["resume_json"]["experience"]:
        for bullet in job["bullets"]:
            assert bullet in text


def test_nothing_of_the_original_disappears_by_itself(uploaded: TestClient, tailored: int) -> None:
    project = uploaded.get(f"/api/projects/{tailored}").json()
    base = uploaded.get("/api/resumes/base").json()["extracted_data"]
    for before, after in zip(base["experience"], project["resume_json"]["experience"], strict=True):
        assert len(after["bullets"]) == len(before["bullets"])
        assert (after["company"], after["title"]) == (before["company"], before["title"])
    for before, after in zip(base["skills"], project["resume_json"]["skills"], strict=True):
        assert set(before["skills"]) <= set(after["skills"]) or len(after["skills"]) >= len(before["skills"])


@needs_soffice
def test_the_pdf_is_a_rendering_of_the_tailored_file(uploaded: TestClient, tailored: int) -> None:
    response = uploaded.get(f"/api/projects/{tailored}/pdf")
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"].startswith("inline")
    document = pymupdf.open("pdf", response.content)
    text = " ".join("".join(page.get_text() for page in document).split())
    summary = uploaded.get(f"/api/projects/{tailored}").json()["resume_json"]["professional_summary"]
    assert " ".join(summary.split()) in text


def test_letter_and_mail_name_the_right_company_and_position(uploaded: TestClient, tailored: int) -> None:
    letter = uploaded.get(f"/api/projects/{tailored}/cover-letter").json()
    assert letter["success"] is True
    assert "Harbourlight Energy" in letter["cover_letter"]
    assert "Tamsin Okafor" in letter["cover_letter"]
    mail = uploaded.get(f"/api/projects/{tailored}/email").json()
    assert "Senior Backend Engineer" in mail["email_subject"] + mail["email_body"]
    assert "[" not in letter["cover_letter"] + mail["email_body"]
    assert letter["cover_letter"].split("\n")[0] in text_of(
        uploaded.get(f"/api/projects/{tailored}/cover-letter/docx").content
    )


def test_rejecting_every_change_brings_the_uploaded_file_back(uploaded: TestClient, tailored: int) -> None:
    changes = uploaded.get(f"/api/projects/{tailored}/changes").json()["changes"]
    assert changes
    decisions = [{"id": change["id"], "decision": "rejected"} for change in changes]
    for _ in range(2):  # deciding the same again changes nothing
        answer = uploaded.post(f"/api/projects/{tailored}/changes/decisions", json=decisions)
        assert answer.status_code == 200
    assert answer.json()["resume_json"] == uploaded.get("/api/resumes/base").json()["extracted_data"]
    assert uploaded.get(f"/api/projects/{tailored}/docx").content == SAMPLE_RESUME.read_bytes()
    origins = [version["origin"] for version in uploaded.get(f"/api/projects/{tailored}/versions").json()]
    assert origins == ["decisions", "run"]


def test_an_edited_change_puts_the_persons_own_words_into_the_file(uploaded: TestClient, tailored: int) -> None:
    changes = uploaded.get(f"/api/projects/{tailored}/changes").json()["changes"]
    replace = next(change for change in changes if change["kind"] == "replace")
    decision = {"id": replace["id"], "decision": "edited", "text": "Words that only I would choose."}
    assert uploaded.post(f"/api/projects/{tailored}/changes/decisions", json=[decision]).status_code == 200
    assert "Words that only I would choose." in text_of(uploaded.get(f"/api/projects/{tailored}/docx").content)


def test_decisions_on_unknown_changes_are_refused_whole(uploaded: TestClient, tailored: int) -> None:
    before = uploaded.get(f"/api/projects/{tailored}/changes").json()
    decisions = [{"id": before["changes"][0]["id"], "decision": "rejected"}, {"id": 10_000, "decision": "rejected"}]
    assert uploaded.post(f"/api/projects/{tailored}/changes/decisions", json=decisions).status_code == 422
    assert uploaded.get(f"/api/projects/{tailored}/changes").json() == before


def test_an_earlier_version_can_be_restored(uploaded: TestClient, tailored: int) -> None:
    first = uploaded.get(f"/api/projects/{tailored}").json()["resume_json"]
    edited = {**first, "professional_summary": "I wrote this myself."}
    uploaded.put(f"/api/projects/{tailored}", json={"resume_json": edited})
    assert "I wrote this myself." in text_of(uploaded.get(f"/api/projects/{tailored}/docx").content)

    restored = uploaded.post(f"/api/projects/{tailored}/versions/1/restore").json()
    assert restored["resume_json"] == first
    origins = [version["origin"] for version in uploaded.get(f"/api/projects/{tailored}/versions").json()]
    assert origins == ["restore", "edit", "run"]


def test_a_version_of_another_project_cannot_be_restored(uploaded: TestClient) -> None:
    first, second = create(uploaded), create(uploaded)
    for project_id, summary in ((first, "About the first."), (second, "About the second.")):
        edit = {"resume_json": {"professional_summary": summary}}
        assert uploaded.put(f"/api/projects/{project_id}", json=edit).status_code == 200
    restored = uploaded.post(f"/api/projects/{second}/versions/1/restore").json()
    assert restored["resume_json"]["professional_summary"] == "About the second."
    assert uploaded.post(f"/api/projects/{create(uploaded)}/versions/1/restore").status_code == 404


def test_tracked_changes_show_old_and_new_words(uploaded: TestClient, tailored: int) -> None:
    content = uploaded.get(f"/api/projects/{tailored}/docx?changes=tracked").content
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert "<w:ins " in xml
    assert "<w:del " in xml
    assert 'w:author="SkillMap"' in xml


def test_the_match_report_is_the_same_each_time(uploaded: TestClient, tailored: int) -> None:
    first = uploaded.get(f"/api/projects/{tailored}/match").json()
    assert first == uploaded.get(f"/api/projects/{tailored}/match").json()
    assert first["coverage_after"] >= first["coverage_before"] > 0
    assert "Kubernetes" in first["unreachable"]


# --- Edits by hand ---


def test_bullets_added_and_taken_out_by_hand_are_added_and_taken_out_in_the_file(uploaded: TestClient) -> None:
    project_id = create(uploaded)
    resume = uploaded.get(f"/api/projects/{project_id}").json()["resume_json"]
    bullets = resume["experience"][1]["bullets"]
    removed = bullets.pop(1)
    bullets.append("Sailed a small boat around the bay.")
    resume["skills"][0]["skills"].append("Welsh")
    answer = uploaded.put(f"/api/projects/{project_id}", json={"resume_json": resume})
    assert answer.json()["resume_json"] == resume

    text = text_of(uploaded.get(f"/api/projects/{project_id}/docx").content)
    assert removed not in text
    assert "Sailed a small boat around the bay." in text
    assert "Languages: Python, SQL, JavaScript, Bash, Welsh" in text


def test_what_the_document_has_no_place_for_is_kept_and_reported(uploaded: TestClient) -> None:
    project_id = create(uploaded)
    resume = uploaded.get(f"/api/projects/{project_id}").json()["resume_json"]
    resume["experience"].append({"title": "Sailor", "company": "The Sea", "bullets": ["Sailed"]})
    stored = uploaded.put(f"/api/projects/{project_id}", json={"resume_json": resume}).json()
    assert stored["resume_json"]["experience"][-1]["company"] == "The Sea"
    response = uploaded.get(f"/api/projects/{project_id}/docx")
    assert response.content == SAMPLE_RESUME.read_bytes()
    assert "A new entry among the jobs" in response.headers["x-document-warnings"]


def test_a_run_starts_from_what_was_edited_by_hand_and_keeps_it(uploaded: TestClient) -> None:
    project_id = create(uploaded)
    resume = uploaded.get(f"/api/projects/{project_id}").json()["resume_json"]
    resume["experience"][2]["bullets"][1] = "Answered customers in the shop, in my own words now."
    resume["experience"][1]["bullets"].pop(0)
    uploaded.put(f"/api/projects/{project_id}", json={"resume_json": resume})
    for _ in range(2):
        result = uploaded.post(f"/api/projects/{project_id}/tailor").json()
        assert result["tailored_json"]["experience"][2]["bullets"][1] == resume["experience"][2]["bullets"][1]
        assert len(result["tailored_json"]["experience"][1]["bullets"]) == 3
    assert "in my own words now" in text_of(uploaded.get(f"/api/projects/{project_id}/docx").content)


def test_what_was_rejected_stays_rejected_in_the_next_run(uploaded: TestClient, tailored: int) -> None:
    changes = uploaded.get(f"/api/projects/{tailored}/changes").json()["changes"]
    decisions = [{"id": change["id"], "decision": "rejected"} for change in changes]
    uploaded.post(f"/api/projects/{tailored}/changes/decisions", json=decisions)
    again = uploaded.post(f"/api/projects/{tailored}/tailor").json()
    assert again["changes_made"] == []
    assert again["tailored_json"] == uploaded.get("/api/resumes/base").json()["extracted_data"]


def test_the_models_wording_can_be_accepted_after_it_was_edited(uploaded: TestClient, tailored: int) -> None:
    changes = uploaded.get(f"/api/projects/{tailored}/changes").json()["changes"]
    replace = next(change for change in changes if change["kind"] == "replace")
    path = f"/api/projects/{tailored}/changes/decisions"
    uploaded.post(path, json=[{"id": replace["id"], "decision": "edited", "text": "My own words."}])
    after = uploaded.post(path, json=[{"id": replace["id"], "decision": "accepted"}]).json()
    assert "My own words." not in str(after["resume_json"])
    assert replace["proposed"] in str(after["resume_json"])


def test_sections_that_an_edit_leaves_out_stay_as_they_are(uploaded: TestClient) -> None:
    project_id = create(uploaded)
    before = uploaded.get(f"/api/projects/{project_id}").json()["resume_json"]
    sent = {"resume_json": {"professional_summary": "Only this."}}
    after = uploaded.put(f"/api/projects/{project_id}", json=sent).json()["resume_json"]
    assert after == {**before, "professional_summary": "Only this."}


def test_texts_that_no_database_can_store_are_refused(uploaded: TestClient) -> None:
    project_id = create(uploaded)
    for body in (b'{"resume_json": {"professional_summary": "a\\u0000b"}}', b'{"project_name": "\\ud800"}'):
        answer = uploaded.put(f"/api/projects/{project_id}", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422


def test_a_project_whose_resume_was_deleted_keeps_its_texts_and_says_why_it_has_no_file(
    uploaded: TestClient, tailored: int
) -> None:
    assert uploaded.delete("/api/resumes/base").status_code == 204
    assert uploaded.get(f"/api/projects/{tailored}/cover-letter").status_code == 200
    missing = uploaded.get(f"/api/projects/{tailored}/docx")
    assert (missing.status_code, missing.json()["error"]) == (409, "no_base_resume")
    assert "deleted" in missing.json()["detail"]


def test_a_replay_from_an_event_that_cannot_be_starts_at_the_beginning(uploaded: TestClient, tailored: int) -> None:
    run_id = uploaded.get(f"/api/projects/{tailored}").json()["last_run_id"]
    path = f"/api/projects/{tailored}/runs/{run_id}/events"
    for nonsense in ("99999999999999999999", "-1", "abc", "٣"):
        answer = uploaded.get(path, headers={"Last-Event-ID": nonsense.encode()})
        assert answer.text.startswith("id: 1\n")


def test_every_file_and_list_answers_a_head_request_without_a_body(uploaded: TestClient, tailored: int) -> None:
    for path in ("/api/projects", f"/api/projects/{tailored}/docx"):
        head = uploaded.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == uploaded.get(path).headers["content-type"]


def test_hand_edits_and_decisions_on_one_list_do_not_swallow_each_other(uploaded: TestClient, tailored: int) -> None:
    project = uploaded.get(f"/api/projects/{tailored}").json()["resume_json"]
    skills = project["skills"][2]["skills"]
    before = sorted(skills)
    skills[skills.index("Linux")] = "Linux (Debian)"
    uploaded.put(f"/api/projects/{tailored}", json={"resume_json": project})
    changes = uploaded.get(f"/api/projects/{tailored}/changes").json()["changes"]
    for change in changes:  # one after the other, as a person would
        decision = [{"id": change["id"], "decision": "rejected"}]
        after = uploaded.post(f"/api/projects/{tailored}/changes/decisions", json=decision).json()["resume_json"]
    base = uploaded.get("/api/resumes/base").json()["extracted_data"]
    assert after["professional_summary"] == base["professional_summary"]
    assert sorted(after["skills"][2]["skills"]) == sorted({*before, "Linux (Debian)"} - {"Linux"})
    again = uploaded.post(f"/api/projects/{tailored}/tailor").json()["tailored_json"]
    assert sorted(again["skills"][2]["skills"]) == sorted(after["skills"][2]["skills"])


def test_a_restored_version_is_written_into_the_document_it_was_made_for(uploaded: TestClient, tailored: int) -> None:
    other = Document()
    other.add_heading("Somebody Else", 0)
    other.add_heading("Skills", 1)
    other.add_paragraph("Python, SQL")
    content = io.BytesIO()
    other.save(content)
    uploaded.post("/api/resumes/upload", files={"file": ("other.docx", content.getvalue())})
    uploaded.post(f"/api/projects/{tailored}/tailor")
    assert "Somebody Else" in text_of(uploaded.get(f"/api/projects/{tailored}/docx").content)
    uploaded.post(f"/api/projects/{tailored}/versions/1/restore")
    text = text_of(uploaded.get(f"/api/projects/{tailored}/docx").content)
    assert "Northgate Freight" in text
    assert "Somebody Else" not in text


def test_what_was_edited_for_a_deleted_resume_does_not_get_into_another_one(uploaded: TestClient) -> None:
    project_id = create(uploaded)
    resume = uploaded.get(f"/api/projects/{project_id}").json()["resume_json"]
    resume["professional_summary"] = "Edited for the first resume."
    uploaded.put(f"/api/projects/{project_id}", json={"resume_json": resume})
    uploaded.delete("/api/resumes/base")
    other = Document()
    other.add_heading("Somebody Else", 0)
    other.add_heading("Skills", 1)
    other.add_paragraph("Python, SQL")
    content = io.BytesIO()
    other.save(content)
    uploaded.post("/api/resumes/upload", files={"file": ("other.docx", content.getvalue())})
    result = uploaded.post(f"/api/projects/{project_id}/tailor").json()["tailored_json"]
    assert result["personal_info"]["name"] == "Somebody Else"
    assert result["experience"] == []


def test_what_can_only_be_accepted_or_rejected_says_so_when_it_is_edited(uploaded: TestClient, tailored: int) -> None:
    changes = uploaded.get(f"/api/projects/{tailored}/changes").json()["changes"]
    reorder = next(change for change in changes if change["kind"] == "reorder")
    decision = {"id": reorder["id"], "decision": "edited", "text": "My own order."}
    refused = uploaded.post(f"/api/projects/{tailored}/changes/decisions", json=[decision])
    assert refused.status_code == 422
    assert "accepted or rejected" in refused.json()["detail"]
