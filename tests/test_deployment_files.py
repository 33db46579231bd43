"""The files by which the product is deployed: they agree with each other and with the code, and the start works."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from fastapi.testclient import TestClient

from config.settings import Settings
from services import pdf_service, run_service
from tests.conftest import POSTGRES_URL, ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
FINAL_STAGE = DOCKERFILE.rpartition("\nFROM ")[2].replace("\\\n", " ")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
APP = COMPOSE["services"]["app"]


def final(instruction: str) -> list[str]:
    """The arguments of an instruction of the image that is shipped, in order."""
    return re.findall(rf"^{instruction}\s+(.+)$", FINAL_STAGE, re.MULTILINE)


def image_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for line in final("ENV") for pair in shlex.split(line))


# --- Dockerfile ---


def test_the_image_has_the_libreoffice_and_fonts_that_the_scripts_install() -> None:
    setup = (ROOT / "scripts" / "setup.sh").read_text(encoding="utf-8").replace("\\\n", "")
    listed = re.search(r'^LIBREOFFICE_PACKAGES="([^"]+)"', setup, re.MULTILINE)
    installed = re.search(r"apt-get install -y --no-install-recommends ([^&]+)&&", FINAL_STAGE)
    assert listed is not None
    assert installed is not None
    assert set(installed.group(1).split()) == {*listed.group(1).split(), "tini"}


def test_both_stages_are_built_on_the_same_python_and_the_project_supports_it() -> None:
    bases = re.findall(r"^FROM (python:(\d+)\.(\d+)-slim-trixie)", DOCKERFILE, re.MULTILINE)
    assert len(bases) == 2
    assert len(set(bases)) == 1
    required = re.search(r'requires-python = ">=(\d+)\.(\d+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert required is not None
    assert tuple(map(int, bases[0][1:])) >= tuple(map(int, required.groups()))


def test_the_image_does_not_run_as_root() -> None:
    user, entry = FINAL_STAGE.index("\nUSER "), FINAL_STAGE.index("\nENTRYPOINT ")
    assert user < entry
    assert int(final("USER")[-1]) > 0  # a number: Kubernetes cannot tell a name from root


def test_the_image_is_for_production_and_keeps_all_its_data_in_its_volume() -> None:
    environment = image_environment()
    (volume,) = final("VOLUME")
    assert environment["ENVIRONMENT"] == "production"
    assert environment["UPLOAD_DIR"].startswith(f"{volume}/")
    assert environment["DATABASE_URL"].startswith(f"sqlite:///{volume}/")
    assert not [name for name in environment if re.search("KEY|SECRET|PASSWORD|TOKEN", name)]


def test_the_image_asks_a_route_that_exists_whether_it_lives(anonymous: TestClient) -> None:
    (check,) = final("HEALTHCHECK")
    path = re.search(r"\}(/[a-z/]+)'", check)
    assert path is not None
    assert anonymous.get(path.group(1)).status_code == 200


def test_nothing_but_the_server_gets_into_the_image() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    rooms = {"config", "models", "schemas", "services", "middleware", "routers", "migrations", "scripts", "samples"}
    assert {rule[1:] for rule in rules[1:] if rule.startswith("!")} == {
        *rooms,
        "main.py",
        "alembic.ini",
        "requirements.txt",
    }


# --- compose.yaml ---


def test_compose_waits_for_a_database_that_answers() -> None:
    assert APP["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "pg_isready" in COMPOSE["services"]["database"]["healthcheck"]["test"]


def test_compose_sets_only_settings_that_exist(tmp_path: Path) -> None:
    values = {name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value) for name, value in APP["environment"].items()}
    assert values.keys() - {"PORT"} <= Settings.model_fields.keys()
    settings = Settings(_env_file=None, **{name: value for name, value in values.items() if name != "PORT"})
    assert settings.DATABASE_URL.startswith("postgresql+psycopg://skillmap:")
    assert not settings.is_production


def test_compose_keeps_files_and_rows_in_volumes() -> None:
    mounted = [volume.split(":") for service in COMPOSE["services"].values() for volume in service["volumes"]]
    assert {name for name, _ in mounted} == COMPOSE["volumes"].keys()
    assert final("VOLUME") == [APP["volumes"][0].split(":")[1]]


def test_compose_gives_runs_the_time_to_end() -> None:
    start = (ROOT / "scripts" / "serve").read_text(encoding="utf-8")
    requests = re.search(r"--timeout-graceful-shutdown (\d+)", start)
    assert requests is not None
    needed = int(requests.group(1)) + run_service.DRAIN_SECONDS + pdf_service.CLOSE_SECONDS
    assert int(APP["stop_grace_period"].removesuffix("s")) > needed


# --- scripts/serve ---


def environment(**variables: str) -> dict[str, str]:
    """Of a process that finds the packages and reads no settings but these."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "ENVIRONMENT": "test", **variables}


@contextmanager
def served(url: str, folder: Path, workers: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server as a container starts it, once all of its workers are ready, and where it is."""
    variables = {"PORT": "0", "WEB_CONCURRENCY": str(workers), "DATABASE_URL": url, "UPLOAD_DIR": str(folder / "files")}
    process = subprocess.Popen(
        [ROOT / "scripts" / "serve"], env=environment(**variables), cwd=folder, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    try:
        log = ""
        while log.count("Application startup complete") < workers:
            line = process.stderr.readline()
            assert line, log
            log += line
        address = re.search(r"http://[\d.]+:\d+", log)
        assert address is not None
        yield process, address.group()
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def test_serve_sets_up_the_database_starts_all_workers_and_stops_when_told(
    empty_database_url: str, tmp_path: Path
) -> None:
    with served(empty_database_url, tmp_path, workers=2) as (process, url):
        assert httpx.get(f"{url}/health/ready").status_code == 200
        process.terminate()
        assert process.stderr is not None
        assert process.stderr.read().count("Application shutdown complete") == 2
        assert process.wait(timeout=30) == 0


def test_serve_fails_before_it_touches_the_database_when_production_is_not_safe(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    variables = environment(ENVIRONMENT="production", DATABASE_URL=url, OPENAI_API_KEY="sk-never-called")
    ended = subprocess.run([ROOT / "scripts" / "serve"], env=variables, cwd=tmp_path, capture_output=True, text=True)
    assert ended.returncode == 1
    said = [line.split(" ")[:2] for line in ended.stderr.splitlines()]
    assert said == [["refused:", "SECRET_KEY"], ["unusual:", "DATABASE_URL"], ["unusual:", "FRONTEND_URL"]]
    assert not (tmp_path / "new.db").exists()


@pytest.mark.skipif(not POSTGRES_URL, reason="only PostgreSQL is shared by replicas")
def test_replicas_that_start_at_the_same_moment_migrate_one_after_another(empty_database_url: str) -> None:
    alembic = [Path(sys.executable).parent / "alembic", "upgrade", "head"]
    variables = environment(DATABASE_URL=empty_database_url)
    replicas = [subprocess.Popen(alembic, cwd=ROOT, env=variables) for _ in range(3)]
    assert [replica.wait(timeout=60) for replica in replicas] == [0, 0, 0]
