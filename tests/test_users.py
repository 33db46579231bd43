"""One's own account: reading, changing, exporting and deleting it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Table, select

from config.database import Database
from config.settings import Settings
from models import Base, BaseResume, CreditHold, CreditTransaction, Payment, Project, ProjectVersion, RunEvent, User
from models.credit_transaction import HoldStatus
from models.run import TailoringRun
from models.user import FormerEmail
from services import credit_service
from tests.conftest import Person

ADA = {"email": "ada@example.com", "password": "test123", "full_name": "Ada Example"}


def bearer(answer: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer['access_token']}"}


@pytest.fixture
def stored(database: Database, settings: Settings, person: Person) -> Person:
    """The person with a resume, a project with a version, a run under way with its hold and events, and a payment."""
    settings.UPLOAD_DIR.mkdir(exist_ok=True)
    (settings.UPLOAD_DIR / "one.pdf").write_bytes(b"the original")
    (settings.UPLOAD_DIR / "two.docx").write_bytes(b"the template")
    with database.sessions.begin() as session:
        resume = BaseResume(
            user_id=person.id,
            file_name="Ada \u2013 CV.pdf",
            file_path="one.pdf",
            template_path="two.docx",
            extracted_data={"professional_summary": "Analyst \u2022 Programmer"},
            sources={},
            metadata_={"file_type": "pdf"},
        )
        session.add(resume)
        session.flush()
        project = Project(user_id=person.id, base_resume_id=resume.id, project_name="Engine")
        session.add(project)
        session.flush()
        session.add(ProjectVersion(project_id=project.id, number=1, origin="run", tailored_data={"a": 1}))
        run = TailoringRun(
            project_id=project.id, user_id=person.id, job_description="An engine", model="test", worker="here"
        )
        session.add(run)
        session.flush()
        session.add(RunEvent(run_id=run.id, sequence=1, type="run", data={"run_id": run.id}))
        session.add(Payment(user_id=person.id, session_id="cs_1", credits=50.0, amount_cents=500, livemode=False))
        credit_service.open_hold(session, person.id, run_id=run.id, estimate=10.0, settings=settings)
    return person


def rows_of(database: Database, table: Table, user_id: int) -> int:
    with database.read_sessions() as session:
        return len(session.execute(select(table).where(table.columns.user_id == user_id)).all())


def test_a_person_changes_their_name_and_picture_and_nothing_else(client: TestClient) -> None:
    before = client.get("/api/users/me").json()
    changes = {"full_name": " Ada L. ", "profile_picture_url": "https://example.com/a.png"}
    forbidden = {"credits": 5000, "id": 1, "email": "x@example.com", "held": -5, "is_deleted": True}
    changed = client.put("/api/users/me", json=changes | forbidden)
    assert changed.status_code == 200
    expected = before | {"full_name": "Ada L.", "profile_picture_url": "https://example.com/a.png"}
    assert client.get("/api/users/me").json() | {"updated_at": ""} == expected | {"updated_at": ""}


def test_what_is_left_out_stays_and_null_removes_the_picture(client: TestClient) -> None:
    client.put("/api/users/me", json={"profile_picture_url": "https://example.com/a.png"})
    assert client.put("/api/users/me", json={}).json()["profile_picture_url"] == "https://example.com/a.png"
    assert client.put("/api/users/me", json={"profile_picture_url": None}).json()["profile_picture_url"] is None


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "ftp://example.com/a.png",
        "https://",
        "http://[::1/a.png",
        'https://example.com/"onerror=alert(1)',
        "https://example.com/a b.png",
        "//example.com/a.png",
        "https://example.com/" + "a" * 481,
        "https://example.com/\u0000",
    ],
)
def test_only_a_web_address_can_be_a_picture(client: TestClient, address: str) -> None:
    assert client.put("/api/users/me", json={"profile_picture_url": address}).status_code == 422


def test_a_new_password_ends_the_old_one_and_all_tokens(anonymous: TestClient) -> None:
    token = bearer(anonymous.post("/api/auth/register", json=ADA).json())
    wrong = anonymous.put(
        "/api/users/me", headers=token, json={"current_password": "wrong1", "new_password": "better456"}
    )
    assert (wrong.status_code, wrong.json()["error"]) == (403, "wrong_password")
    bare = anonymous.put("/api/users/me", headers=token, json={"new_password": "better456"})
    assert (bare.status_code, bare.json()["error"]) == (403, "wrong_password")
    assert "send the current one" in bare.json()["detail"]
    missing = anonymous.put("/api/users/me", headers=token, json={"new_password": "better456", "full_name": "Eve"})
    assert missing.status_code == 403
    assert anonymous.get("/api/users/me", headers=token).json()["full_name"] == "Ada Example"

    changed = anonymous.put(
        "/api/users/me", headers=token, json={"current_password": "test123", "new_password": "better456"}
    )
    assert (changed.status_code, changed.json()["email"]) == (200, "ada@example.com")
    assert anonymous.get("/api/users/me", headers=token).status_code == 401
    assert anonymous.post("/api/auth/login", json=ADA).status_code == 401
    assert anonymous.post("/api/auth/login", json=ADA | {"password": "better456"}).status_code == 200


def test_wrong_current_passwords_count_as_failed_logins(anonymous: TestClient) -> None:
    token = bearer(anonymous.post("/api/auth/register", json=ADA).json())
    guess = {"current_password": "wrong1", "new_password": "better456"}
    statuses = [anonymous.put("/api/users/me", headers=token, json=guess).status_code for _ in range(11)]
    assert statuses == [403] * 10 + [429]


def test_somebody_without_a_password_sets_a_first_one(client: TestClient, person: Person) -> None:
    assert client.put("/api/users/me", json={"new_password": "first-one"}).status_code == 200
    login = client.post("/api/auth/login", json={"email": person.email, "password": "first-one"})
    assert login.status_code == 200


def test_the_export_holds_everything_but_secrets(
    client: TestClient, stored: Person, make_person: Callable[..., Person], database: Database, settings: Settings
) -> None:
    other = make_person("other@example.com")
    with database.sessions.begin() as session:
        theirs = {"file_name": "x.docx", "extracted_data": {}, "sources": {}, "metadata_": {"file_type": "docx"}}
        session.add(BaseResume(user_id=other.id, file_path="three.docx", template_path="three.docx", **theirs))
    (settings.UPLOAD_DIR / "three.docx").write_bytes(b"of somebody else")
    answer = client.get("/api/users/me/export")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="skillmap-export.zip"'
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    tables = {name[:-5]: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}

    assert {name: len(rows) for name, rows in tables.items()}.items() >= {
        "users": 1, "base_resumes": 1, "projects": 1, "project_versions": 1, "tailoring_runs": 1, "run_events": 1,
        "credit_transactions": 1, "credit_holds": 1, "payments": 1,
    }.items()  # fmt: skip
    assert tables["users"][0]["email"] == stored.email
    assert tables["base_resumes"][0]["extracted_data"] == {"professional_summary": "Analyst \u2022 Programmer"}
    assert archive.read("resumes/1/original.pdf") == b"the original"
    assert archive.read("resumes/1/template.docx") == b"the template"
    whole = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (b"password", b"token_generation", b"worker", b"one.pdf", b"of somebody else"):
        assert secret not in whole
    assert other.email.encode() not in whole


def test_a_missing_file_does_not_spoil_the_export(client: TestClient, stored: Person, settings: Settings) -> None:
    (settings.UPLOAD_DIR / "one.pdf").unlink()
    archive = zipfile.ZipFile(io.BytesIO(client.get("/api/users/me/export").content))
    assert [name for name in archive.namelist() if name.startswith("resumes/")] == ["resumes/1/template.docx"]


def test_a_deleted_account_leaves_only_its_books(
    client: TestClient, stored: Person, database: Database, settings: Settings
) -> None:
    with database.sessions.begin() as session:
        user = session.get_one(User, stored.id)
        user.password_hash, user.google_subject, user.profile_picture_url = (
            "hash",
            "subject",
            "https://example.com/a.png",
        )
    deleted = client.delete("/api/users/me")
    assert (deleted.status_code, deleted.json()["deleted"]) == (200, True)
    assert any("ledger" in what for what in deleted.json()["kept"])

    assert client.get("/api/users/me").status_code == 401
    assert list(settings.UPLOAD_DIR.iterdir()) == []
    left = {
        table.name
        for table in Base.metadata.sorted_tables
        if "user_id" in table.columns and rows_of(database, table, stored.id)
    }
    assert left == {"credit_transactions", "credit_holds", "payments"}
    with database.read_sessions() as session:
        assert session.scalars(select(ProjectVersion)).all() == []
        assert session.scalars(select(RunEvent)).all() == []
        user = session.get_one(User, stored.id)
        assert (user.full_name, user.password_hash, user.google_subject, user.profile_picture_url, user.held) == (
            "Deleted account",
            None,
            None,
            None,
            0,
        )
        assert stored.email not in user.email
        kept = session.scalars(select(FormerEmail.email_hash)).one()
        assert kept != hashlib.sha256(stored.email.encode()).hexdigest(), "whoever has a list of addresses could tell"
        assert session.scalars(select(CreditHold.status)).all() == [HoldStatus.RELEASED]
        assert user.credits == sum(session.scalars(select(CreditTransaction.amount)))


def test_deleting_one_account_touches_no_other(
    client: TestClient, stored: Person, database: Database, make_person: Callable[..., Person]
) -> None:
    other = make_person()
    client.delete("/api/users/me", headers=other.headers)
    assert rows_of(database, Project.__table__, stored.id) == 1
    assert client.get("/api/users/me").json()["email"] == stored.email


def test_an_account_is_deleted_once(client: TestClient, stored: Person) -> None:
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: client.delete("/api/users/me").status_code, range(4)))
    assert sorted(answers) == [200, 401, 401, 401]


def test_coming_back_after_deletion_brings_no_second_welcome_grant(anonymous: TestClient) -> None:
    first = anonymous.post("/api/auth/register", json=ADA).json()
    assert anonymous.delete("/api/users/me", headers=bearer(first)).status_code == 200
    assert anonymous.post("/api/auth/login", json=ADA).status_code == 401

    again = anonymous.post("/api/auth/register", json=ADA | {"email": "ADA@example.com"}).json()
    assert (again["user"]["credits"], again["user"]["id"] == first["user"]["id"]) == (0.0, False)
    assert anonymous.get("/api/users/me", headers=bearer(first)).status_code == 401
    assert anonymous.delete("/api/users/me", headers=bearer(again)).status_code == 200
