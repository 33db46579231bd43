"""A tailored resume stays on its pages: what would make it longer is taken back, unless the person agrees."""

import asyncio
import io
import json
import uuid
from pathlib import Path

import pymupdf
import pytest
from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Pt
from fastapi.testclient import TestClient

from schemas.change_schemas import Change, ChangeKind, Decision
from schemas.resume_schemas import ResumeData
from services.docx.reader import read_docx
from services.file_storage import FileStorage
from services.page_budget import NO_LIBREOFFICE, NOT_CHECKED, FittedChanges, PageBudget
from services.pdf_service import PdfConverter
from services.resume_assembly import SourceSpan
from services.resume_document import ResumeTemplate
from services.resume_sources import ResumeSources
from tests.pdf_support import FakeOffice, needs_soffice
from tests.test_projects import create

SUMMARY = "Engineer who likes small services, clear interfaces and honest tests."
BULLETS = [
    "Ran the PostgreSQL databases of the company",
    "Built services in Python and Kafka",
    "Answered the telephone",
]
JOB = (
    "Backend Engineer at Harbourlight Energy.\n\nRequired: Python, PostgreSQL, Docker, Kafka, Terraform.\n\n"
    "You build services in Python and keep our databases fast."
)


def full_page(*, spare_lines: int = 0) -> bytes:
    """A resume that fills its page to the last line, 80 letters wide; nobody else's is the same."""
    lines = [
        f"Ann {uuid.uuid4().hex[:8].translate(str.maketrans('0123456789', 'ghijklmnop')).title()}",
        "ann@example.com",
        "Summary",
        SUMMARY,
        "Experience",
        "Engineer, Harbour Works, 2019 - 2024",
        *BULLETS,
        "Skills",
        "Python, Docker, Terraform, Bash, Excel, Linux, Ansible, Grafana, Redis, Nginx",
    ]
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Pt(80 * 6 + 40 + 2), Pt((len(lines) + spare_lines) * 14 + 40 + 4)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(20)
    section.header_distance = section.footer_distance = Pt(0)
    for line in lines:
        paragraph = document.add_paragraph(style="Heading 1" if line in ("Summary", "Experience", "Skills") else None)
        run = paragraph.add_run(line)
        run.font.name, run.font.size = "Liberation Mono", Pt(10)
        shape = paragraph.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(14)
        shape.keep_with_next = shape.widow_control = False
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def tailor(client: TestClient, document: bytes, **body: object) -> tuple[int, dict[str, object]]:
    assert client.post("/api/resumes/upload", files={"file": ("resume.docx", document)}).status_code == 201
    project_id = create(client, job_description=JOB)
    result = client.post(f"/api/projects/{project_id}/tailor", json=body).json()
    assert result["success"] is True
    return project_id, result


def pages(client: TestClient, project_id: int) -> int:
    with pymupdf.open("pdf", client.get(f"/api/projects/{project_id}/pdf").content) as document:
        return int(document.page_count)


@needs_soffice
def test_what_would_cost_another_page_is_taken_back_and_said(client: TestClient) -> None:
    project_id, result = tailor(client, full_page())
    assert pages(client, project_id) == 1
    assert any("taken back" in warning and "from 1 page to 2" in warning for warning in result["metadata"]["warnings"])

    changes = client.get(f"/api/projects/{project_id}/changes").json()["changes"]
    taken_back = [change for change in changes if change["decision"] == "rejected"]
    assert taken_back
    assert all("grown to 2 pages" in change["verdict_reasons"][-1] for change in taken_back)
    assert not {change["id"] for change in taken_back} & {change["id"] for change in result["changes_made"]}
    assert result["tailored_json"] == client.get(f"/api/projects/{project_id}").json()["resume_json"]


@needs_soffice
def test_a_change_that_was_taken_back_can_be_accepted_all_the_same(client: TestClient) -> None:
    project_id, _ = tailor(client, full_page())
    changes = client.get(f"/api/projects/{project_id}/changes").json()["changes"]
    decisions = [{"id": c["id"], "decision": "accepted"} for c in changes if c["decision"] == "rejected"]
    assert client.post(f"/api/projects/{project_id}/changes/decisions", json=decisions).status_code == 200
    assert pages(client, project_id) == 2


@needs_soffice
def test_who_agrees_gets_every_change_and_another_page(client: TestClient) -> None:
    project_id, result = tailor(client, full_page(), allow_page_growth=True)
    assert pages(client, project_id) == 2
    changes = client.get(f"/api/projects/{project_id}/changes").json()["changes"]
    assert {change["decision"] for change in changes} == {"pending"}
    assert not any("taken back" in warning for warning in result["metadata"]["warnings"])


@needs_soffice
def test_what_was_taken_back_comes_again_once_the_person_agrees(client: TestClient) -> None:
    project_id, _ = tailor(client, full_page())
    client.post(f"/api/projects/{project_id}/tailor", json={"allow_page_growth": True})
    assert pages(client, project_id) == 2


@needs_soffice
def test_nothing_is_taken_back_where_there_is_room(client: TestClient) -> None:
    project_id, result = tailor(client, full_page(spare_lines=6))
    assert pages(client, project_id) == 1
    assert result["metadata"]["warnings"] == []


@needs_soffice
def test_the_pdf_is_ready_when_the_run_ends(client: TestClient) -> None:
    project_id, _ = tailor(client, full_page())
    converter = client.app.state.pdf_converter
    made = converter.health().last_conversion
    assert made is not None
    assert client.get(f"/api/projects/{project_id}/pdf").status_code == 200
    assert converter.health().last_conversion is made


@needs_soffice
def test_a_hand_edit_that_costs_a_page_is_said_with_the_pdf(client: TestClient) -> None:
    assert client.post("/api/resumes/upload", files={"file": ("resume.docx", full_page())}).status_code == 201
    project_id = create(client, job_description=JOB)
    address = f"/api/projects/{project_id}"

    def said_of(summary: str) -> list[str]:
        resume = client.get(address).json()["resume_json"]
        client.put(address, json={"resume_json": {**resume, "professional_summary": summary}})
        return json.loads(client.get(f"{address}/pdf").headers.get("X-Document-Warnings", "[]"))

    assert said_of(f"{SUMMARY} {SUMMARY} {SUMMARY}") == ["Your resume has grown from 1 page to 2."]
    assert said_of("Engineer.") == []


# --- Change by change ---


class FullPage:
    """The full page as a template, without an upload."""

    def __init__(self, folder: Path) -> None:
        self.storage = FileStorage(folder)
        content = full_page()
        text = read_docx(content)
        spans = {
            f"experience[0].bullets[{index}]": SourceSpan(line.number, 0, len(line.text), line.number)
            for index, bullet in enumerate(BULLETS)
            for line in text.lines
            if line.text == bullet
        }
        stored = self.storage.write([content], suffix=".docx")
        resume = {"experience": [{"bullets": BULLETS}]}
        self.template = ResumeTemplate(stored, ResumeData.model_validate(resume), ResumeSources.collect(text, spans))

    def fit(self, converter: PdfConverter, *changes: Change) -> FittedChanges:
        try:
            return asyncio.run(self._fitted(PageBudget(self.storage, converter), list(changes)))
        finally:
            converter.close()

    async def _fitted(self, budget: PageBudget, changes: list[Change]) -> FittedChanges:
        resume = self.template.resume
        before = asyncio.create_task(budget.count(self.template, resume, owner="ann"))
        try:
            return await budget.fit(self.template, resume, changes, pages_before=before, owner="ann", may_grow=False)
        finally:
            before.cancel()


@pytest.fixture
def page(tmp_path: Path) -> FullPage:
    return FullPage(tmp_path / "files")


def change(number: int, *, added: str = "", requirement: str | None = None) -> Change:
    """Bullet `number` with something added."""
    return Change(
        id=number,
        path=f"experience[0].bullets[{number}]",
        kind=ChangeKind.REPLACE,
        original=BULLETS[number],
        proposed=BULLETS[number] + added,
        requirement=requirement,
    )


def rejected(fitted: FittedChanges) -> list[int]:
    return [change.id for change in fitted.changes if change.decision is Decision.REJECTED]


LONG = " and of every other company in the harbour that had one or wanted one"


@needs_soffice
def test_what_serves_no_requirement_goes_before_what_does(page: FullPage, tmp_path: Path) -> None:
    useless, useful = change(0, added=LONG), change(1, added=" in Go", requirement="Go")
    fitted = page.fit(PdfConverter(cache_dir=tmp_path / "cache"), useful, useless)
    assert rejected(fitted) == [0]
    assert fitted.warnings == ["1 change was taken back, because your resume would have grown from 1 page to 2."]


@needs_soffice
def test_as_many_go_as_it_takes_and_no_more(page: FullPage, tmp_path: Path) -> None:
    both = change(0, added=LONG, requirement="a"), change(1, added=LONG, requirement="b")
    fitted = page.fit(PdfConverter(cache_dir=tmp_path / "cache"), *both, change(2, added=" often", requirement="c"))
    assert rejected(fitted) == [0, 1]


def test_when_nothing_changes_nobody_waits_for_libreoffice(page: FullPage, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    office = FakeOffice(folder, "signal.pause()")
    undone = change(0, added=LONG).model_copy(update={"decision": Decision.REJECTED})
    fitted = page.fit(PdfConverter(tmp_path / "state", soffice=office.command, timeout=5.0), undone)
    assert (fitted, office.sizes_seen) == (FittedChanges([undone]), [])


def test_without_libreoffice_nothing_is_taken_back_and_that_is_said(page: FullPage, tmp_path: Path) -> None:
    nowhere = PdfConverter(tmp_path / "state", soffice=tmp_path / "nowhere")
    assert page.fit(nowhere, change(0, added=LONG)) == FittedChanges([change(0, added=LONG)], [NO_LIBREOFFICE])


def test_when_libreoffice_fails_nothing_is_taken_back_and_that_is_said(page: FullPage, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    broken = PdfConverter(tmp_path / "state", soffice=FakeOffice(folder, "sys.exit(1)").command, timeout=5.0)
    assert page.fit(broken, change(0, added=LONG)) == FittedChanges([change(0, added=LONG)], [NOT_CHECKED])
