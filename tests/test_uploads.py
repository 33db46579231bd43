"""Uploading a resume: what is understood, what is refused and how, and that a refusal leaves nothing behind."""

import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from docx import Document
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from config.database import Database
from config.settings import Settings
from models.base_resume import BaseResume
from tests.conftest import Person
from tests.product import SAMPLE_RESUME, Client, events_in


def upload(client: TestClient, content: bytes, name: str = "resume.docx", **headers: str) -> object:
    return client.post("/api/resumes/upload", files={"file": (name, content)}, headers=headers)


def docx_of(*paragraphs: str, heading: str = "") -> bytes:
    document = Document()
    if heading:
        document.add_heading(heading, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_of(*lines: str, encrypted: bool = False) -> bytes:
    document = pymupdf.open()
    page = document.new_page()
    for number, line in enumerate(lines):
        page.insert_text((72, 72 + 16 * number), line)
    if encrypted:
        return document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="secret")
    return document.tobytes()


def zip_of(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def retyped(kind: str) -> bytes:
    """The sample with another type of Office file in the place of a Word document."""
    source = zipfile.ZipFile(SAMPLE_RESUME)
    entries = {name: source.read(name) for name in source.namelist()}
    types = entries["[Content_Types].xml"].replace(b"wordprocessingml.document.main", f"{kind}.main".encode())
    return zip_of(**{**entries, "[Content_Types].xml": types})


# --- What is understood ---


def test_a_word_file_is_read_into_its_parts(client: TestClient) -> None:
    response = upload(client, SAMPLE_RESUME.read_bytes())
    assert response.status_code == 201
    resume = response.json()
    data = resume["extracted_data"]
    assert data["personal_info"]["name"] == "Tamsin Okafor"
    assert data["personal_info"]["email"] == "tamsin.okafor@example.com"
    assert [(job["title"], job["company"]) for job in data["experience"]] == [
        ("Software Engineer", "Northgate Freight"),
        ("Backend Developer", "Kestrel Metering"),
        ("Junior Developer", "Palmer & Quill Books"),
    ]
    assert data["experience"][0]["start_date"] == "Mar 2022"
    assert len(data["experience"][0]["bullets"]) == 5
    assert data["skills"][0] == {"category": "Languages", "skills": ["Python", "SQL", "JavaScript", "Bash"]}
    assert data["education"][0]["institution"] == "University of Exampleton"
    assert resume["metadata"]["template"]["editable_lines"] > 20
    assert client.get("/api/resumes/base").json() == resume


def test_every_line_of_the_document_is_somewhere_in_the_data(client: TestClient) -> None:
    stored = str(upload(client, SAMPLE_RESUME.read_bytes()).json()["extracted_data"])
    for text in ("English (native)", "German (B2)", "AWS Certified Developer", "tide alarm for small harbours"):
        assert text in stored


def test_a_pdf_becomes_a_clean_word_template_and_says_so(client: TestClient) -> None:
    lines = (
        "Lena Example",
        "lena@example.com",
        "Experience",
        "Nurse, City Hospital, 2019 - 2024",
        "- Cared for 12 patients a shift",
        "Skills",
        "Wound care, Triage",
    )
    resume = upload(client, pdf_of(*lines), "cv.pdf").json()
    assert resume["metadata"]["file_type"] == "pdf"
    assert any("Word file" in warning for warning in resume["warnings"])
    template = Document(io.BytesIO(client.get("/api/resumes/base/docx").content))
    assert "Cared for 12 patients a shift" in [p.text for p in template.paragraphs]
    assert client.get("/api/resumes/base/pdf").content.startswith(b"%PDF-")


def test_a_resume_without_one_recognisable_section_is_kept_whole_with_a_warning(client: TestClient) -> None:
    poem = ("The river bends", "and bends again", "before the sea")
    resume = upload(client, docx_of(*poem)).json()
    kept = [item for section in resume["extracted_data"]["custom_sections"] for item in section["items"]]
    assert [line for line in poem if line not in " ".join(kept)] == []
    assert resume["warnings"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Cher", "cher@example.com", "Skills", "Singing, Acting"),
        ("Max Muster", "Berufserfahrung", "Elektriker, Licht GmbH, 2015 – 2020", "Ausbildung", "Gesellenbrief, 2014"),
        ("Ann Old", "Experience", *(f"Clerk, Office {n}, {1990 + n} – {1991 + n}" for n in range(30))),
    ],
    ids=["one name, no experience", "German", "thirty years"],
)
def test_unusual_resumes_come_through(client: TestClient, paragraphs: tuple[str, ...]) -> None:
    response = upload(client, docx_of(*paragraphs))
    assert response.status_code == 201
    assert response.json()["extracted_data"]["personal_info"]["name"] == paragraphs[0]


def test_the_newest_upload_is_the_base_and_deleting_it_brings_the_earlier_one_back(client: TestClient) -> None:
    first = upload(client, docx_of("Ann Early", "Skills", "Python")).json()["id"]
    second = upload(client, docx_of("Ann Late", "Skills", "Python")).json()["id"]
    assert client.get("/api/resumes/base").json()["id"] == second
    assert client.delete("/api/resumes/base").status_code == 204
    assert client.get("/api/resumes/base").json()["id"] == first
    assert client.delete("/api/resumes/base").status_code == 204
    assert client.get("/api/resumes/base").status_code == 404


def test_the_uploaded_word_file_comes_back_byte_for_byte(client: TestClient) -> None:
    upload(client, SAMPLE_RESUME.read_bytes(), "My résumé.docx")
    response = client.get("/api/resumes/base/docx")
    assert response.content == SAMPLE_RESUME.read_bytes()
    assert "filename*=UTF-8''My%20r%C3%A9sum%C3%A9.docx" in response.headers["content-disposition"]


# --- What is refused ---

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1024 + "WordDocument".encode("utf-16-le") + b"\0" * 1024
REFUSED = {
    "empty": (b"", "empty_file"),
    "text named docx": (b"This is only text.", "unsupported_file_type"),
    "corrupt zip": (SAMPLE_RESUME.read_bytes()[:4000], "corrupt_document"),
    "another zip": (zip_of(hello=b"world"), "unsupported_file_type"),
    "more lines than forty pages have": (docx_of(*["Packed boxes"] * 3_001), "document_too_complex"),
    "old Word": (OLD_WORD, "legacy_document"),
    "encrypted PDF": (pdf_of("Ann", encrypted=True), "encrypted_document"),
    "PDF without text": (pdf_of(), "no_text_in_document"),
    "corrupt PDF": (b"%PDF-1.7\n" + b"garbage" * 100, "corrupt_document"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence_and_leaves_nothing(
    client: TestClient, settings: Settings, database: Database, case: str
) -> None:
    content, code = REFUSED[case]
    response = upload(client, content)
    assert (response.status_code, response.json()["error"]) in [(415, code), (422, code)]
    assert response.json()["detail"].endswith(".")
    assert nothing_is_stored(settings, database)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (rb"{\rtf1\ansi Ann Example}", "RTF"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "web page"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "picture"),
        (zip_of(**{"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), "OpenDocument"),
        (zip_of(**{"Index/Document.iwa": b"\0"}), "Pages"),
        (zip_of(**{"resume.docx": b"PK"}), "unpack it"),
        (OLD_WORD.replace(b"W\0o\0r\0d\0", b"X\0o\0r\0d\0"), "old Office"),
        (retyped("wordprocessingml.template"), "template"),
        (retyped("spreadsheetml.sheet"), "Excel"),
        (retyped("presentationml.presentation"), "PowerPoint"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refusal_says_what_the_file_is_and_what_to_do(client: TestClient, content: bytes, word: str) -> None:
    response = upload(client, content)
    assert (response.status_code, response.json()["error"]) == (415, "unsupported_file_type")
    assert word in response.json()["detail"]
    assert "Please" in response.json()["detail"]


def test_eleven_megabytes_are_refused_and_leave_nothing(
    client: TestClient, settings: Settings, database: Database
) -> None:
    response = upload(client, b"PK\x03\x04" + b"\0" * (11 * 1024 * 1024))
    assert response.status_code == 413
    assert nothing_is_stored(settings, database)


def test_a_zip_bomb_is_refused_and_leaves_nothing(client: TestClient, settings: Settings, database: Database) -> None:
    source = zipfile.ZipFile(SAMPLE_RESUME)
    entries = {name: source.read(name) for name in source.namelist()}
    entries["word/media/image1.png"] = b"\0" * (60 * 1024 * 1024)
    response = upload(client, zip_of(**entries))
    assert (response.status_code, response.json()["error"]) == (422, "document_too_complex")
    assert nothing_is_stored(settings, database)


def nothing_is_stored(settings: Settings, database: Database) -> bool:
    with database.read_sessions() as session:
        rows = session.scalar(select(func.count()).select_from(BaseResume))
    return rows == 0 and list(Path(settings.UPLOAD_DIR).iterdir()) == []


def test_what_a_killed_upload_left_behind_is_deleted_at_a_later_start(app: FastAPI, settings: Settings) -> None:
    folder = Path(settings.UPLOAD_DIR)
    folder.mkdir()
    yesterday = time.time() - 24 * 3600
    for name in ("left.part", "resume.docx", "notes.txt", "arriving.part"):
        (folder / name).write_bytes(b"x")
        if name != "arriving.part":
            os.utime(folder / name, (yesterday, yesterday))
    with TestClient(app):
        assert sorted(path.name for path in folder.iterdir()) == ["arriving.part", "notes.txt", "resume.docx"]


# --- As events ---


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/event-stream", "text/event-stream"),
        ("application/json, text/event-stream", "text/event-stream"),
        ("text/event-stream;q=0.5, */*;q=0.1", "text/event-stream"),
        ("application/json, text/event-stream;q=0.1", "application/json"),
        ("text/event-stream;q=0", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_events_are_sent_to_those_who_like_them_no_less_than_json(
    client: TestClient, accept: str, media_type: str
) -> None:
    answer = upload(client, SAMPLE_RESUME.read_bytes(), Accept=accept)
    assert answer.headers["content-type"].split(";")[0] == media_type


def test_an_upload_reports_its_steps_when_asked_for_events(
    serve: Callable[[object], str], app: FastAPI, person: Person
) -> None:
    with Client(serve(app), person) as client:
        files = {"file": ("resume.docx", SAMPLE_RESUME.read_bytes())}
        accept = {"Accept": "text/event-stream"}
        with client.stream("POST", "/api/resumes/upload", files=files, headers=accept) as response:
            events = list(events_in(response.iter_lines()))
    assert [event["type"] for event in events[:-1]] == ["status"] * (len(events) - 1)
    final = events[-1]
    assert (final["type"], final["success"]) == ("final", True)
    assert final["metadata"]["resume_json"] == final["resume_json"]


def test_a_refused_upload_ends_its_events_with_an_error(
    serve: Callable[[object], str], app: FastAPI, person: Person
) -> None:
    with Client(serve(app), person) as client:
        accept = {"Accept": "text/event-stream"}
        with client.stream("POST", "/api/resumes/upload", files={"file": ("a.pdf", b"%PDF-1")}, headers=accept) as got:
            events = list(events_in(got.iter_lines()))
    assert (events[-1]["type"], events[-1]["error"]) == ("error", "corrupt_document")
    assert events[-1]["message"]
