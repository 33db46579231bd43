"""Edits by hand and decisions on one project: each entry keeps what is its own, whatever came, went or moved."""

import copy
import io
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient

from tests.product import SAMPLE_JOB, SAMPLE_RESUME

Resume = dict[str, Any]


class Tailored:
    """A project of the sample resume that was tailored, and what a person does with it."""

    def __init__(self, client: TestClient) -> None:
        with SAMPLE_RESUME.open("rb") as file:
            uploaded = client.post("/api/resumes/upload", files={"file": ("resume.docx", file)}).json()
        self.base: Resume = uploaded["extracted_data"]
        body = {"project_name": "Application", "job_description": SAMPLE_JOB}
        self._client = client
        self._path = f"/api/projects/{client.post('/api/projects', json=body).json()['id']}"
        self.tailor()
        self.changes = client.get(f"{self._path}/changes").json()["changes"]

    @property
    def resume(self) -> Resume:
        return dict(self._client.get(self._path).json()["resume_json"])

    @property
    def tailored_data(self) -> dict[str, Any]:
        return dict(self._client.get(self._path).json()["tailored_data"])

    def tailor(self) -> None:
        assert self._client.post(f"{self._path}/tailor").json()["success"] is True

    def edit(self, resume: Resume) -> None:
        assert self._client.put(self._path, json={"resume_json": resume}).status_code == 200

    def decide(self, decision: str, *changes: dict[str, Any]) -> Resume:
        """Decide on these changes, or on all, one request for each."""
        for change in changes or self.changes:
            body = [{"id": change["id"], "decision": decision}]
            answer = self._client.post(f"{self._path}/changes/decisions", json=body)
            assert answer.status_code == 200, answer.text
        return self.resume

    def lines(self) -> list[str]:
        """The lines of the Word file without the marks of lists, which belong to the place."""
        content = self._client.get(f"{self._path}/docx").content
        return [paragraph.text.removeprefix("▪\t") for paragraph in Document(io.BytesIO(content)).paragraphs]


@pytest.fixture
def project(client: TestClient) -> Tailored:
    return Tailored(client)


ADDED: dict[str, dict[str, Any]] = {
    "experience": {"title": "Sailor", "company": "The Sea", "bullets": ["Sailed around the bay."]},
    "education": {"institution": "Harbour School", "degree": "Certificate"},
    "skills": {"category": "Hobbies", "skills": ["Chess"]},
    "custom_sections": {"title": "Sports", "items": ["Rowing"]},
}


def without_defaults(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if value}


def test_what_is_rejected_goes_although_an_entry_was_added_to_every_list_by_hand(project: Tailored) -> None:
    edited = project.resume
    for section, entry in ADDED.items():
        edited[section].insert(len(edited[section]) // 2, entry)
    project.edit(edited)
    after = project.decide("rejected")
    for section, entry in ADDED.items():
        assert without_defaults(after[section].pop((len(after[section]) - 1) // 2)) == entry
    assert after == project.base


def test_what_is_rejected_goes_although_an_entry_was_taken_out_by_hand(project: Tailored) -> None:
    edited, expected = project.resume, copy.deepcopy(project.base)
    del edited["skills"][3], expected["skills"][3]
    del edited["experience"][1], expected["experience"][1]
    project.edit(edited)
    assert project.decide("rejected") == expected


def test_what_was_rejected_is_no_word_of_the_person_for_the_next_run(project: Tailored) -> None:
    edited = project.resume
    edited["skills"].append(ADDED["skills"])
    project.edit(edited)
    project.decide("rejected")
    project.tailor()
    based_on = project.tailored_data["based_on"]
    assert without_defaults(based_on["skills"].pop()) == ADDED["skills"]
    assert based_on == project.base


def test_what_was_never_decided_on_is_no_word_of_the_person_for_the_next_run(project: Tailored) -> None:
    edited = project.resume
    edited["skills"].insert(0, ADDED["skills"])
    project.edit(edited)
    project.tailor()
    based_on = project.tailored_data["based_on"]
    del based_on["skills"][0]
    assert based_on == project.base


def test_a_decision_stays_with_its_entry_when_entries_were_moved_by_hand(project: Tailored) -> None:
    tailored = project.resume
    edited = {**tailored, "skills": tailored["skills"][::-1], "experience": tailored["experience"][::-1]}
    project.edit(edited)
    own = {
        **project.base,
        "skills": project.base["skills"][::-1],
        "experience": project.base["experience"][::-1],
    }
    assert project.decide("rejected") == own
    inserts = [change for change in project.changes if change["kind"] == "insert" and change["verdict"] != "block"]
    for insert in inserts:
        project.decide("accepted", insert)
    for group, base_group in zip(project.resume["skills"][::-1], project.base["skills"], strict=True):
        index = project.base["skills"].index(base_group)
        gained = {i["proposed"] for i in inserts if i["path"].startswith(f"skills[{index}]")}
        assert set(group["skills"]) == {*base_group["skills"], *gained}


def test_decisions_give_the_same_in_any_order_and_can_be_taken_back(project: Tailored) -> None:
    edited = project.resume
    edited["skills"][0], edited["skills"][1] = edited["skills"][1], edited["skills"][0]
    edited["experience"][0]["bullets"].append("Trained the new colleagues.")
    edited["professional_summary"] += " Available from May."
    project.edit(edited)
    decidable = [change for change in project.changes if change["verdict"] != "block"]
    first = project.decide("rejected", *decidable)
    assert first["professional_summary"] == project.base["professional_summary"] + " Available from May."
    assert project.decide("accepted", *reversed(decidable)) == edited
    assert project.decide("rejected", *reversed(decidable)) == first


def test_jobs_moved_by_hand_are_moved_in_the_word_file(project: Tailored) -> None:
    project.decide("rejected")
    before = project.lines()
    edited = project.resume
    edited["experience"] = [edited["experience"][1], edited["experience"][0], *edited["experience"][2:]]
    project.edit(edited)
    lines = project.lines()
    assert sorted(lines) == sorted(before)
    bullets = [bullet for job in edited["experience"] for bullet in job["bullets"]]
    assert [line for line in lines if line in bullets] == bullets
