"""JSON Resume in and out: every word arrives, what is no JSON Resume is refused, and the way back is valid."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient

from config.settings import Settings
from schemas.resume_schemas import ResumeData
from services.json_resume import read_json_resume
from services.json_resume_export import iso_date, to_json_resume
from services.resume_paths import walk_texts
from tests.pdf_support import needs_soffice
from tests.test_projects import create, tailored, text_of, uploaded

__all__ = ["tailored", "uploaded"]  # fixtures

ISO_DATE = re.compile(r"[12]\d{3}(-[01]\d(-[0-3]\d)?)?")
RESUME: dict[str, Any] = {
    "$schema": "https://example.com/schema.json",
    "basics": {
        "name": "Mirela Ionescu",
        "label": "Pastry chef",
        "image": "data:image/png;base64,AAAA",
        "email": "mirela@example.com",
        "phone": "+40 21 555 0100",
        "url": "https://mirela.example.com",
        "summary": "Bakes for 200 guests a day.\nLoves sourdough.",
        "location": {"address": "Strada Lunga 4", "postalCode": "500035", "city": "Brasov", "countryCode": "RO"},
        "profiles": [
            {"network": "Instagram", "username": "mirelabakes", "url": "https://instagram.com/mirelabakes"},
            {"network": "Mastodon", "username": "@mirela"},
        ],
        "pronouns": "she/her",
    },
    "skills": [
        {"name": "Baking", "level": "Master", "keywords": ["Sourdough", "Croissants"]},
        {"name": "Bookkeeping"},
        {"name": "Driving", "level": "Licence B"},
    ],
    "work": [
        {
            "name": "Hotel Aurora",
            "position": "Head of pastry",
            "location": "Brasov",
            "description": "A hotel of 80 rooms",
            "url": "https://aurora.example.com",
            "startDate": "2019-04",
            "summary": "Runs the pastry kitchen.",
            "highlights": ["Trained 4 apprentices", "Cut waste by 12 %"],
        },
        {"company": "Café Mic", "position": "Baker", "startDate": "2015", "endDate": "2019-03-31"},
    ],
    "education": [
        {
            "institution": "Technical College Brasov",
            "studyType": "Diploma",
            "area": "Confectionery",
            "score": 9.6,
            "endDate": "2015-06",
            "courses": ["Chocolate", "Sugar"],
        }
    ],
    "volunteer": [
        {"organization": "Food bank", "position": "Cook", "startDate": "2020", "highlights": ["Soup on Sundays"]},
    ],
    "awards": [{"title": "Golden Whisk", "awarder": "City of Brasov", "date": "2021", "summary": "For a cake."}],
    "certificates": [{"name": "Food hygiene", "issuer": "DSP", "date": "2018-02", "url": "https://dsp.example.com/7"}],
    "publications": [{"name": "On crumbs", "publisher": "Bread Weekly", "releaseDate": "2022-01-09"}],
    "projects": [
        {"name": "Crumb club", "description": "A club", "keywords": ["Teaching"], "url": "https://crumb.example.com",
         "roles": ["Founder"], "highlights": ["40 members"]},
    ],
    "languages": [{"language": "Romanian", "fluency": "Native"}, {"language": "German"}],
    "interests": [{"name": "Hiking", "keywords": ["Carpathians", "Alps"]}],
    "references": [{"name": "Radu Pop", "reference": "She never burnt a thing."}],
    "hobbies": ["Chess", {"deep": [["nested", 7], True]}],
    "meta": {"theme": "elegant"},
}  # fmt: skip


def upload(client: TestClient, content: object, name: str = "resume.json") -> Any:
    body = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    return client.post("/api/resumes/upload", files={"file": (name, body)})


def leaves(value: object) -> Iterator[str]:
    """Every text and number in a JSON value."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from leaves(item)
    elif not isinstance(value, bool):
        yield str(value)


# --- In ---


def test_every_word_of_the_file_arrives(client: TestClient) -> None:
    response = upload(client, RESUME)
    assert response.status_code == 201
    arrived = "\n".join(text for _, text in walk_texts(ResumeData.model_validate(response.json()["extracted_data"])))
    content = {name: part for name, part in RESUME.items() if name not in ("$schema", "meta")}
    missing = [text for text in leaves(content) if text not in arrived]
    assert missing == ["data:image/png;base64,AAAA"]
    assert any("picture" in warning for warning in response.json()["warnings"])


def test_values_land_in_the_fields_that_mean_the_same(client: TestClient) -> None:
    resume = upload(client, RESUME).json()
    data = resume["extracted_data"]
    assert resume["metadata"]["file_type"] == "json"
    assert data["personal_info"]["name"] == "Mirela Ionescu"
    assert data["personal_info"]["current_role"] == "Pastry chef"
    assert data["personal_info"]["location"] == "Strada Lunga 4, 500035 Brasov, RO"
    assert data["personal_info"]["header_links"] == [
        {"label": "https://mirela.example.com", "url": "https://mirela.example.com"},
        {"label": "Instagram", "url": "https://instagram.com/mirelabakes"},
        {"label": "Mastodon: @mirela", "url": ""},
    ]
    assert data["experience"][0] == {
        "company": "Hotel Aurora",
        "title": "Head of pastry",
        "location": "Brasov",
        "start_date": "2019-04",
        "end_date": "",
        "bullets": ["A hotel of 80 rooms", "Runs the pastry kitchen.", "Trained 4 apprentices", "Cut waste by 12 %"],
    }
    assert data["experience"][1]["company"] == "Café Mic"
    assert data["education"][0]["gpa"] == "9.6"
    assert data["education"][0]["bullets"] == ["Chocolate", "Sugar"]
    assert data["skills"] == [
        {"category": "Baking (Master)", "skills": ["Sourdough", "Croissants"]},
        {"category": "", "skills": ["Bookkeeping", "Driving (Licence B)"]},
    ]
    assert data["certifications"] == [{"name": "Food hygiene", "issuer": "DSP", "date": "2018-02"}]
    sections = {section["title"]: section["items"] for section in data["custom_sections"]}
    assert sections["Languages"] == ["Romanian: Native", "German"]
    assert sections["Volunteer"] == ["Cook, Food bank, 2020", "Soup on Sundays"]
    assert data["section_order"][:3] == ["professional_summary", "skills", "experience"]


def test_it_becomes_a_clean_word_file_that_can_be_tailored(client: TestClient) -> None:
    resume = upload(client, RESUME).json()
    assert resume["metadata"]["template"]["editable_lines"] == resume["metadata"]["lines"] > 30
    document = Document(io.BytesIO(client.get("/api/resumes/base/docx").content))
    assert "Trained 4 apprentices" in [paragraph.text for paragraph in document.paragraphs]

    job = "Pastry chef at Casa Dulce.\n\nRequired: sourdough, croissants, chocolate. You train apprentices."
    project_id = create(client, job_description=job)
    assert client.post(f"/api/projects/{project_id}/tailor").json()["success"] is True
    edited = client.get(f"/api/projects/{project_id}").json()["resume_json"]
    edited["experience"][0]["bullets"][2] = "Trained four apprentices"
    client.put(f"/api/projects/{project_id}", json={"resume_json": edited})
    assert "Trained four apprentices" in text_of(client.get(f"/api/projects/{project_id}/docx").content)


def test_a_summary_of_several_lines_stays_one(client: TestClient) -> None:
    upload(client, RESUME)
    project_id = create(client, job_description="Pastry chef")

    def lines() -> list[str]:
        document = Document(io.BytesIO(client.get(f"/api/projects/{project_id}/docx").content))
        return [paragraph.text for paragraph in document.paragraphs]

    own = lines()
    at = own.index("Bakes for 200 guests a day.")
    assert own[at + 1] == "Loves sourdough."
    edited = client.get(f"/api/projects/{project_id}").json()["resume_json"]
    edited["professional_summary"] = "Bakes for 300 guests a day.\nLoves sourdough."
    client.put(f"/api/projects/{project_id}", json={"resume_json": edited})
    assert lines() == [*own[:at], "Bakes for 300 guests a day.", *own[at + 1 :]]


@needs_soffice
def test_it_has_a_pdf_and_pictures_like_any_other(client: TestClient) -> None:
    upload(client, RESUME)
    assert client.get("/api/resumes/base/pdf").content.startswith(b"%PDF-")
    assert client.get("/api/resumes/base/preview/1.png").status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        {"basics": "Ann"},
        {"basics": {"name": "Ann"}, "work": {"name": "Inn", "position": "Cook"}},
        {"basics": {"name": "Ann", "location": "Leeds"}, "skills": ["Python", None, 3, True, ["deep"]]},
        {"basics": {"name": "Ann\ud800\u0000"}, "work": [{"highlights": "One text"}]},
        {"skills": []} | {"basics": {"name": ["Ann", "Old"]}},
    ],
)
def test_a_file_that_keeps_to_the_schema_loosely_is_read_all_the_same(client: TestClient, content: object) -> None:
    response = upload(client, json.dumps(content).encode())
    assert response.status_code == 201
    assert "Ann" in str(response.json()["extracted_data"])


def test_a_byte_order_mark_does_not_matter(client: TestClient) -> None:
    assert upload(client, b"\xef\xbb\xbf" + json.dumps(RESUME).encode(), "cv.txt").status_code == 201


REFUSED = {
    "cut off": (b'{"basics": {"name": "Ann"', "invalid_json_resume", "line 1, column 26"),
    "no JSON": (b"{ basics: 1 }", "invalid_json_resume", "line 1, column 3"),
    "another JSON": (b'{"name": "left-pad", "version": "1.0.0"}', "invalid_json_resume", "work"),
    "Latin-1": ('{"basics": {"name": "Zoé"}}'.encode("latin-1"), "invalid_json_resume", "UTF-8"),
    "a deep hole": (b'{"basics":' + b"[" * 100_000, "document_too_complex", "complex"),
    "endless": (json.dumps({"work": [{"name": "Inn"}] * 501}).encode(), "document_too_complex", "large"),
    "a huge number": (b'{"basics": {"name": ' + b"9" * 5000 + b"}}", "document_too_complex", "complex"),
    "RTF": (b"{\\rtf1 Ann}", "unsupported_file_type", "RTF"),
    "a list": (b"[1, 2]", "unsupported_file_type", "JSON Resume"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_json_resume_is_refused_in_a_sentence_and_leaves_nothing(
    client: TestClient, settings: Settings, case: str
) -> None:
    content, code, said = REFUSED[case]
    response = upload(client, content)
    assert (response.status_code, response.json()["error"]) == (415 if code.startswith("uns") else 422, code)
    assert said in response.json()["detail"]
    assert client.get("/api/resumes/base").status_code == 404
    assert list(Path(settings.UPLOAD_DIR).iterdir()) == []


# --- Out ---


def test_a_word_file_comes_out_as_a_json_resume(uploaded: TestClient) -> None:
    response = uploaded.get("/api/resumes/base?format=json-resume")
    assert response.headers["content-type"] == "application/json"
    resume = response.json()
    assert resume["basics"]["name"] == "Tamsin Okafor"
    assert resume["basics"]["location"] == {"city": "Bristol, United Kingdom"}
    first = resume["work"][0]
    assert (first["name"], first["position"], first["startDate"]) == (
        "Northgate Freight",
        "Software Engineer",
        "2022-03",
    )
    assert "endDate" not in first
    assert resume["skills"][0] == {"name": "Languages", "keywords": ["Python", "SQL", "JavaScript", "Bash"]}
    assert set(resume) <= {"$schema", "basics", "work", "education", "skills", "projects", "certificates", "meta"}


def test_nothing_is_lost_on_the_way_out(uploaded: TestClient) -> None:
    data = ResumeData.model_validate(uploaded.get("/api/resumes/base").json()["extracted_data"])
    out = "\n".join(leaves(uploaded.get("/api/resumes/base?format=json-resume").json()))
    missing = [text for path, text in walk_texts(data) if text not in out and not path.endswith("_date")]
    assert missing == []


def test_dates_are_iso_dates_and_empty_fields_are_absent(uploaded: TestClient) -> None:
    resume = uploaded.get("/api/resumes/base?format=json-resume").json()
    for entry in [*resume["work"], *resume["education"]]:
        for name in {"startDate", "endDate"} & set(entry):
            assert ISO_DATE.fullmatch(entry[name])
    assert "" not in list(leaves(resume))
    assert "None" not in list(leaves(resume))


def test_out_and_in_again_is_the_same_resume() -> None:
    once = read_json_resume(json.dumps(RESUME).encode()).resume
    out = to_json_resume(once).model_dump_json(by_alias=True, exclude_none=True)
    again = read_json_resume(out.encode()).resume
    assert again.model_dump(exclude={"section_order", "personal_info"}) == once.model_dump(
        exclude={"section_order", "personal_info"}
    )
    assert again.personal_info.location == once.personal_info.location


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019", "2019"),
        ("Mar 2022", "2022-03"),
        ("März 2022", "2022-03"),
        ("septembre 2018", "2018-09"),
        ("juillet 2018", "2018-07"),
        ("Juni 2020", "2020-06"),
        ("marzo de 2020", "2020-03"),
        ("05/2017", "2017-05"),
        ("2019-04-30", "2019-04-30"),
        ("2019年4月", "2019-04"),
        ("Summer 2019", None),
        ("13/2019", None),
        ("Present", None),
        ("", None),
    ],
)
def test_dates_become_iso_dates_where_they_say_no_more(text: str, date: str | None) -> None:
    assert iso_date(text) == date


def test_a_date_that_iso_cannot_say_keeps_its_own_words() -> None:
    resume = ResumeData.model_validate(
        {"experience": [{"company": "Inn", "start_date": "Summer 2019", "end_date": "Present"}]}
    )
    work = (to_json_resume(resume).work or [])[0]
    assert (work.start_date, work.dates) == (None, "Summer 2019 – Present")
    again = read_json_resume(to_json_resume(resume).model_dump_json(by_alias=True, exclude_none=True).encode()).resume
    assert again.experience == resume.experience
