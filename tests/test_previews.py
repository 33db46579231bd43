"""Pictures of pages: the right page at the right width, sent once, made anew when the document changes, marked."""

import io
import re
import struct
import uuid
from collections.abc import Callable

import pymupdf
import pytest
from docx import Document
from fastapi.testclient import TestClient

from services.pages.marking import render_marked_pages
from tests.conftest import Person
from tests.pdf_support import needs_soffice
from tests.test_projects import create, tailored, uploaded

__all__ = ["tailored", "uploaded"]  # fixtures


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return int(width), int(height)


def marked_rows(png: bytes) -> list[int]:
    """The rows of a picture that hold the colour of a mark."""
    picture = pymupdf.Pixmap(png)
    rows = []
    for row in range(picture.height):
        line = picture.samples[row * picture.stride : (row + 1) * picture.stride]
        pixels = zip(line[0::3], line[1::3], line[2::3], strict=True)
        if any(red > 240 and 200 < green < 250 and blue < 200 for red, green, blue in pixels):
            rows.append(row)
    return rows


def pdf_of(*pages: list[str]) -> bytes:
    with pymupdf.open() as document:
        for lines in pages:
            page = document.new_page(width=400, height=400)
            for number, line in enumerate(lines):
                page.insert_text((40, 40 + 20 * number), line)
        return bytes(document.tobytes())


# --- Projects ---


@needs_soffice
def test_a_page_is_drawn_in_the_width_that_is_asked_for(uploaded: TestClient) -> None:
    path = f"/api/projects/{create(uploaded)}/preview/1.png"
    assert uploaded.get(path).headers["content-type"] == "image/png"
    assert size_of(uploaded.get(path).content)[0] == 800
    assert size_of(uploaded.get(f"{path}?width=300").content)[0] == 300


@needs_soffice
def test_a_picture_that_the_browser_has_is_not_sent_again(uploaded: TestClient) -> None:
    path = f"/api/projects/{create(uploaded)}/preview/1.png"
    first = uploaded.get(path)
    again = uploaded.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert uploaded.get(path, headers={"If-None-Match": '"another"'}).content == first.content


@needs_soffice
def test_a_pdf_that_the_browser_has_is_not_sent_again(uploaded: TestClient) -> None:
    for path in (f"/api/projects/{create(uploaded)}/pdf", "/api/resumes/base/pdf"):
        first = uploaded.get(path)
        again = uploaded.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert uploaded.get(path, headers={"If-None-Match": '"another"'}).content == first.content


@needs_soffice
def test_readiness_says_how_the_last_pdf_went(client: TestClient) -> None:
    document, out = Document(), io.BytesIO()
    document.add_paragraph(f"Nobody else's resume: {uuid.uuid4()}")
    document.save(out)
    client.post("/api/resumes/upload", files={"file": ("resume.docx", out.getvalue())})
    assert client.get("/api/resumes/base/pdf").status_code == 200
    detail = client.get("/health/ready").json()["checks"]["libreoffice"]["detail"]
    assert re.fullmatch(
        r"PDFs are made by LibreOffice [\d.]+; 0 wait, the last one ended with ok after [\d.]+ s.", detail
    )


@needs_soffice
def test_a_picture_changes_with_its_document(uploaded: TestClient) -> None:
    project_id = create(uploaded)
    path = f"/api/projects/{project_id}/preview/1.png?width=300"
    before = uploaded.get(path)
    resume = uploaded.get(f"/api/projects/{project_id}").json()["resume_json"]
    resume["professional_summary"] = "Other words."
    uploaded.put(f"/api/projects/{project_id}", json={"resume_json": resume})
    after = uploaded.get(path, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.content != before.content


@needs_soffice
@pytest.mark.parametrize("page", [0, 99, 10**12])
def test_a_page_that_the_document_has_not_is_missing(uploaded: TestClient, page: int) -> None:
    for path in (f"/api/projects/{create(uploaded)}/preview/{page}.png", f"/api/resumes/base/preview/{page}.png"):
        answer = uploaded.get(path)
        assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


@pytest.mark.parametrize("width", ["0", "-1", "100000", "wide"])
def test_an_absurd_width_is_refused(uploaded: TestClient, width: str) -> None:
    assert uploaded.get(f"/api/resumes/base/preview/1.png?width={width}").status_code == 422


@needs_soffice
def test_pictures_are_for_their_owner_only(uploaded: TestClient, make_person: Callable[..., Person]) -> None:
    project_id = create(uploaded)
    stranger = make_person().headers
    for name in ("1.png", "changes.png"):
        path = f"/api/projects/{project_id}/preview/{name}"
        assert uploaded.get(path).status_code == 200
        assert uploaded.get(path, headers=stranger).status_code == 404
    assert uploaded.get("/api/resumes/base/preview/1.png", headers=stranger).status_code == 404


# --- What changed ---


@needs_soffice
def test_changed_lines_are_marked_and_no_others(uploaded: TestClient, tailored: int) -> None:
    picture = uploaded.get(f"/api/projects/{tailored}/preview/changes.png").content
    marked = marked_rows(picture)
    assert 10 < len(marked) < size_of(picture)[1] / 2

    changes = uploaded.get(f"/api/projects/{tailored}/changes").json()["changes"]
    decisions = [{"id": change["id"], "decision": "rejected"} for change in changes]
    uploaded.post(f"/api/projects/{tailored}/changes/decisions", json=decisions)
    assert marked_rows(uploaded.get(f"/api/projects/{tailored}/preview/changes.png").content) == []


def test_pages_stand_below_one_another() -> None:
    picture = render_marked_pages(pdf_of(["Cook"], ["Waiter"]), ["Waiter"], 400)
    assert size_of(picture)[1] == pytest.approx(800, abs=10)
    assert all(row > 400 for row in marked_rows(picture))


@pytest.mark.parametrize(
    "line", ["Baked bread for the whole town", "BAKED  bread\tfor the whole\ttown", "baked bread for the whole town."]
)
def test_a_line_is_found_however_it_is_wrapped_and_spaced(line: str) -> None:
    pdf = pdf_of(["Cook at the inn", "• Baked bread for", "the whole town", "Served guests"])
    rows = marked_rows(render_marked_pages(pdf, [line], 400))
    assert (rows[0] > 42, rows[-1] < 88) == (True, True)
    assert len(rows) > 20


def test_a_line_goes_on_behind_a_page_break() -> None:
    pdf = pdf_of(["Cook", "Baked bread for the"], ["whole town"])
    rows = marked_rows(render_marked_pages(pdf, ["Baked bread for the whole town"], 400))
    assert rows[0] < 80
    assert rows[-1] > 420


def test_a_word_within_another_line_is_not_mistaken_for_the_line() -> None:
    pdf = pdf_of(["The assistant cook baked", "Cook", "Cooking"])
    rows = marked_rows(render_marked_pages(pdf, ["Cook"], 400))
    assert (rows[0] > 44, rows[-1] < 68) == (True, True)


def test_a_line_that_is_not_there_marks_nothing() -> None:
    assert marked_rows(render_marked_pages(pdf_of(["Cook"]), ["Waiter", "", "•"], 400)) == []


# --- The upload itself ---


@needs_soffice
def test_a_word_file_is_drawn_as_it_was_uploaded(uploaded: TestClient) -> None:
    mine = uploaded.get("/api/resumes/base/preview/1.png?width=300")
    assert mine.content == uploaded.get(f"/api/projects/{create(uploaded)}/preview/1.png?width=300").content
    assert uploaded.get("/api/resumes/base/preview/1.png", headers={"If-None-Match": "*"}).status_code == 304


def test_an_uploaded_pdf_is_drawn_as_it_is(client: TestClient) -> None:
    pdf = pdf_of(["Lena Example", "lena@example.com", "Skills", "Triage"], ["More"])
    assert client.post("/api/resumes/upload", files={"file": ("cv.pdf", pdf)}).status_code == 201
    assert size_of(client.get("/api/resumes/base/preview/2.png?width=250").content) == (250, 250)
    assert client.get("/api/resumes/base/preview/3.png").status_code == 404


@needs_soffice
def test_a_newer_upload_has_pictures_of_its_own(uploaded: TestClient) -> None:
    first = uploaded.get("/api/resumes/base/preview/1.png")
    document, out = Document(), io.BytesIO()
    document.add_paragraph("Ann Late")
    document.save(out)
    uploaded.post("/api/resumes/upload", files={"file": ("new.docx", out.getvalue())})
    second = uploaded.get("/api/resumes/base/preview/1.png", headers={"If-None-Match": first.headers["etag"]})
    assert second.status_code == 200
    assert second.content != first.content


def test_there_is_no_picture_before_the_first_upload(client: TestClient) -> None:
    assert client.get("/api/resumes/base/preview/1.png").status_code == 404
