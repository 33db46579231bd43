"""What the README says is so: its commands run, its tables and links agree with the code."""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from config.settings import Settings
from services.stripe_messages import CHECKOUT_EVENTS, DISPUTE_EVENTS, REFUND_EVENTS
from tests.conftest import ROOT, Person
from tests.fakes.stripe_server import StripeServer
from tests.shop import Shop

README = (ROOT / "README.md").read_text(encoding="utf-8")
pytestmark = pytest.mark.filterwarnings("ignore:Use .content=:DeprecationWarning")  # of the test client
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SETTING = re.compile(r"`([A-Z][A-Z0-9_]{3,})`")


def section(title: str) -> str:
    """What stands below a heading, down to the next one of any level."""
    found = re.search(rf"^##+ {re.escape(title)}\n(.*?)(?=^##+ |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found is not None, title
    return found.group(1)


def shell(title: str) -> str:
    """The shell commands of a section."""
    blocks = re.findall(r"^ *```bash\n(.*?)^ *```", section(title), re.MULTILINE | re.DOTALL)
    assert blocks, title
    return "".join(blocks)


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def rows(text: str) -> list[list[str]]:
    """The cells of the table rows in a text, without the tables' heads."""
    found: list[list[str]] = []
    for line in text.splitlines():
        if re.fullmatch(r"\s*\|[-|]+\|", line):
            found.pop()
        elif line.lstrip().startswith("|"):
            found.append(cells(line))
    return found


# --- Commands ---


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the commands are run: the samples are there, as in the project's folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "samples").symlink_to(ROOT / "samples")
    return folder


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_session_with_curl_works_as_it_is_written(
    app: FastAPI, stripe: StripeServer, serve: Callable[[object], str], folder: Path
) -> None:
    commands, replaced = re.subn("^API=.*$", f"API={serve(app)}", shell("The whole way with curl"), flags=re.MULTILINE)
    assert replaced == 1
    session = subprocess.run(
        ["bash"],
        input=commands,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (session.returncode, session.stderr) == (0, "")

    events = re.findall(r"^event: (\w+)$", session.stdout, re.MULTILINE)
    assert events[0] == "run"
    assert events[-1] == "final"
    assert (folder / "tailored" / "resume.docx").read_bytes().startswith(b"PK")
    assert (folder / "tailored" / "resume-tracked.docx").read_bytes().startswith(b"PK")
    assert (folder / "tailored" / "resume.pdf").read_bytes().startswith(b"%PDF-")
    first, *_ = json.loads((folder / "tailored" / "decided.json").read_text())["changes"]
    assert (first["id"], first["decision"]) == (1, "rejected")

    *printed, balance, transactions, checkout = session.stdout.splitlines()
    assert "Tamsin Okafor" in printed, "the letter is signed with the name that no model has seen"
    assert json.loads(balance)["credits"] < 100
    assert [row["transaction_type"] for row in json.loads(transactions)] == ["TAILOR", "GRANT"]
    assert json.loads(checkout)["session_id"] in stripe.sessions


def test_the_operators_commands_work_as_they_are_written(
    shop: Shop, make_person: Callable[..., Person], settings: Settings
) -> None:
    make_person("ada@example.com")
    nobodys = shop.stripe.sessions[shop.order()] | {"id": "cs_test_nobodys", "payment_status": "paid", "metadata": {}}
    assert shop.deliver(shop.stripe.event("checkout.session.completed", nobodys, id="evt_1234"))[0] == 400
    commands = [shlex.split(line, comments=True) for line in shell("Operator's commands").splitlines()]
    assert len(commands) == 7
    for python, flag, module, *arguments in commands:
        assert (python, flag) == ("python", "-m")
        assert import_module(module).main(arguments, settings) == 0, module


def test_the_scripts_that_are_named_can_be_run() -> None:
    named = set(re.findall(r"\b(scripts/[a-z]+)\b(?![./])", README))
    assert named >= {"scripts/tailor", "scripts/start", "scripts/test", "scripts/serve"}
    for name in named:
        assert (ROOT / name).stat().st_mode & 0o111, name


def test_swagger_logs_in_where_the_readme_says(anonymous: TestClient) -> None:
    scheme = anonymous.get("/openapi.json").json()["components"]["securitySchemes"]
    (flow,) = [each["flows"]["password"] for each in scheme.values() if each["type"] == "oauth2"]
    assert flow["tokenUrl"].endswith("api/auth/token")
    account = {"email": "ada@example.com", "password": "test123", "full_name": "Ada"}
    assert anonymous.post("/api/auth/register", json=account).status_code == 201
    form = {"username": "ada@example.com", "password": "test123"}
    assert anonymous.post("/api/auth/token", data=form).json()["token_type"] == "bearer"


def test_stripe_is_asked_for_every_event_that_we_act_upon() -> None:
    listed = re.search(r"--events (\S+)", shell("Stripe"))
    assert listed is not None
    acted_upon = {*CHECKOUT_EVENTS, *REFUND_EVENTS, *DISPUTE_EVENTS, "charge.refunded"}
    assert set(listed.group(1).split(",")) == acted_upon


# --- Settings ---


def plain(value: object) -> str:
    """A default as it is written in `.env`."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, bool):
        return str(value).lower()
    return f"./{value}" if isinstance(value, Path) else str(value)


DEFAULTS = {name: plain(field.get_default()) for name, field in Settings.model_fields.items()}


def same(written: str, default: str) -> bool:
    """Equal as text, or as numbers: 60 is 60.0."""
    try:
        return written == default or float(written) == float(default)
    except ValueError:
        return False


def test_the_table_of_settings_names_each_with_its_default() -> None:
    table = {row[0].strip("`"): row[1].strip("`") for row in rows(section("Settings")) if len(row) == 3}
    foreign = {name for name in table if "," in name or name not in DEFAULTS}
    assert table.keys() - foreign == DEFAULTS.keys()
    assert table.pop("SECRET_KEY") == "a development key"
    wrong = {name: table[name] for name in table.keys() - foreign if not same(table[name], DEFAULTS[name])}
    assert wrong == {}


def test_the_example_of_an_env_file_names_each_setting_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert example.keys() == DEFAULTS.keys()
    assert {name: value for name, value in example.items() if not same(value, DEFAULTS[name])} == {}
    assert Settings(_env_file=ROOT / ".env.example").uses_offline_model


def test_the_checklist_matches_what_production_refuses_and_mentions() -> None:
    nothing_right = Settings(
        _env_file=None,
        ENVIRONMENT="production",
        CORS_ORIGINS="*",
        STRIPE_PUBLISHABLE_KEY="pk_test_x",
        GOOGLE_CLIENT_ID="somebody",
    )
    said = {"refused": nothing_right.production_faults(), "mentioned": nothing_right.production_warnings()}
    listed: dict[str, list[set[str]]] = {"refused": [], "mentioned": []}
    for consequence, setting, _ in rows(section("Production checklist")):
        listed[consequence].append(set(SETTING.findall(setting)))
    for consequence, sentences in said.items():
        names = [set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", sentence)) for sentence in sentences]
        assert sorted(map(sorted, names)) == sorted(map(sorted, listed[consequence]))


# --- Links ---


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_path_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    rooms = r"config|models|schemas|services|middleware|routers|migrations|scripts|samples|tests|docs"
    paths = re.findall(rf"`((?:{rooms})/[\w./]*)`", text)
    assert [link for link in links if not (page.parent / link).exists()] == []
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_decision_has_a_number_a_status_and_what_follows() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [page.name[:4] for page in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for page in decisions:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(page.name[:4])}. ")
        assert re.findall(r"^## (\w+)", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
        assert len(text.splitlines()) <= 60, "one page"
