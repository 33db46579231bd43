"""The main job from the command line, through the real HTTP API as any client would do it.

Started by `./scripts/tailor`, which does the set-up. Starts a server of its own when none answers, and stops it after.
"""

import argparse
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_URL = "http://127.0.0.1:8000"
START_SECONDS = 60
BAR = 28
MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}


class Failed(Exception):
    """Something that the person should know, in one sentence."""


def main() -> int:
    """Tailor the given resume to the given job and write the results into a folder."""
    arguments = read_arguments()
    try:
        with running_server(arguments.url) as url, httpx.Client(base_url=url, timeout=300) as client:
            return tailor(client, arguments)
    except Failed as failure:
        print(f"\n{failure}", file=sys.stderr)
    except httpx.HTTPError as error:
        print(f"\nThe server could not be reached: {type(error).__name__}", file=sys.stderr)
    return 1


def read_arguments() -> argparse.Namespace:
    """The command line; paths are relative to where the command was called."""
    parser = argparse.ArgumentParser(prog="./scripts/tailor", description="Tailor a resume to a job.")
    parser.add_argument("resume", nargs="?", help="a .docx or .pdf file (default: the sample resume)")
    parser.add_argument("job", nargs="?", help="a text file with the job advertisement (default: the sample job)")
    parser.add_argument("--out", default="tailored", help="folder for the results (default: ./tailored)")
    parser.add_argument("--url", default=os.environ.get("SKILLMAP_URL", DEFAULT_URL), help="a server that runs already")
    parser.add_argument("--company", help="the company, if the job advertisement does not say it")
    parser.add_argument("--position", help="the position, if the job advertisement does not say it")
    arguments = parser.parse_args()
    here = Path(os.environ.get("CALLED_FROM", "."))
    arguments.resume = here / arguments.resume if arguments.resume else ROOT / "samples" / "resume.docx"
    arguments.job = here / arguments.job if arguments.job else ROOT / "samples" / "job.txt"
    arguments.out = here / arguments.out
    for path in (arguments.resume, arguments.job):
        if not path.is_file():
            parser.error(f"there is no file {path}")
    return arguments


# --- The server ---


@contextmanager
def running_server(url: str) -> Iterator[str]:
    """The server at that URL, or one of our own on a free port while this command runs."""
    if answers(url):
        print(f"Using the server at {url}")
        yield url
        return
    port = free_port(preferred=8000)
    own = f"http://127.0.0.1:{port}"
    print(f"Starting a server at {own}")
    log = ROOT / "server.log"
    command = [sys.executable, "-m", "uvicorn", "main:app", "--port", str(port), "--timeout-graceful-shutdown", "5"]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers(own):
            if server.poll() is not None or time.monotonic() > deadline:
                raise Failed(f"The server did not start. Its log is {log.name}:\n{log.read_text()[-1500:]}")
            time.sleep(0.1)
        yield own
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()


def answers(url: str) -> bool:
    """Whether a SkillMap server answers there."""
    try:
        return bool(httpx.get(f"{url}/health/live", timeout=2).json() == {"status": "ok"})
    except (httpx.HTTPError, ValueError):
        return False


def free_port(*, preferred: int) -> int:
    """The preferred port if nothing listens there, else any."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Failed("There is no free port.")


# --- The job ---


def tailor(client: httpx.Client, arguments: argparse.Namespace) -> int:
    """Register, upload, create a project, follow the run, write the files, tell what was done."""
    account = {
        "email": f"tailor-{secrets.token_hex(6)}@example.com",
        "password": secrets.token_urlsafe(16),
        "full_name": "Command line",
    }
    token = checked(client.post("/api/auth/register", json=account)).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"

    resume = upload(client, arguments.resume)
    project = checked(
        client.post(
            "/api/projects",
            json={
                "project_name": arguments.job.stem,
                "company_name": arguments.company,
                "position": arguments.position,
                "job_description": arguments.job.read_text(encoding="utf-8", errors="replace"),
            },
        )
    ).json()
    result = follow(client, f"/api/projects/{project['id']}/tailor-with-agent")
    if not result["success"]:
        raise Failed(f"The request was refused, nothing was charged: {result['message']}")
    written = write_files(client, project["id"], arguments.out)
    describe(resume, result, written, client)
    checked(client.delete("/api/users/me"))  # nobody knows this account's password, so nobody else can
    return 0


def upload(client: httpx.Client, path: Path) -> dict[str, Any]:
    """Upload the resume and say what was understood of it."""
    media_type = MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
    with path.open("rb") as file:
        resume = checked(client.post("/api/resumes/upload", files={"file": (path.name, file, media_type)})).json()
    data = resume["extracted_data"]
    counts = [
        f"{len(data[name])} {word}{'s' if len(data[name]) != 1 else ''}"
        for name, word in (("experience", "job"), ("skills", "skill group"), ("projects", "project"))
        if data[name]
    ]
    name = data["personal_info"]["name"] or "no name found"
    print(f"Read {path.name}: {name}{''.join(', ' + count for count in counts)}")
    for warning in resume["warnings"]:
        print(indented(f"note: {warning}"))
    return dict(resume)


def follow(client: httpx.Client, path: str) -> dict[str, Any]:
    """Follow a run's events with a progress bar; returns the final one."""
    with client.stream("POST", path, json={}, headers={"Accept": "text/event-stream"}) as response:
        if response.status_code != 200:
            response.read()
            checked(response)
        for event in events_of(response):
            if event["type"] == "status":
                show_progress(event["percent"], event["message"])
            elif event["type"] == "error":
                raise Failed(f"The run failed: {event['message']}")
            elif event["type"] == "final":
                show_progress(100, "Done" if event["success"] else "Refused")
                print()
                return event
    raise Failed("The server ended the stream before the run was over.")


def events_of(response: httpx.Response) -> Iterator[dict[str, Any]]:
    """The JSON data of each server-sent event."""
    for line in response.iter_lines():
        if line.startswith("data:"):
            yield json.loads(line.removeprefix("data:"))


def show_progress(percent: int, message: str) -> None:
    """One line that is written over on a terminal, and one line a step elsewhere."""
    filled = BAR * percent // 100
    line = f"[{'█' * filled}{'·' * (BAR - filled)}] {percent:3d} %  {message}"
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns
        print(f"\r{line[:width]:<{width}}", end="", flush=True)
    else:
        print(line, flush=True)


def write_files(client: httpx.Client, project_id: int, folder: Path) -> list[str]:
    """Write the tailored resume, the letter and the e-mail; says so when LibreOffice is missing for a PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    project = f"/api/projects/{project_id}"
    written = []
    for name, path in (
        ("resume.docx", "docx"),
        ("resume.pdf", "pdf"),
        ("resume-tracked-changes.docx", "docx?changes=tracked"),
        ("cover-letter.docx", "cover-letter/docx"),
        ("cover-letter.pdf", "cover-letter/pdf"),
    ):
        response = client.get(f"{project}/{path}")
        if response.status_code in (502, 503, 504):
            print(indented(f"{name} was not made: {response.json()['detail']}"))
            continue
        (folder / name).write_bytes(checked(response).content)
        written.append(str(folder / name))
    letter = checked(client.get(f"{project}/cover-letter")).json()["cover_letter"]
    email = checked(client.get(f"{project}/email")).json()
    for name, text in (
        ("cover-letter.txt", letter),
        ("email.txt", f"Subject: {email['email_subject']}\n\n{email['email_body']}"),
    ):
        (folder / name).write_text(f"{text}\n", encoding="utf-8")
        written.append(str(folder / name))
    return written


def describe(resume: dict[str, Any], result: dict[str, Any], written: list[str], client: httpx.Client) -> None:
    """Say what was changed and why, what is asked, what it cost, which model answered and where the files are."""
    print(f"\nChanges made ({len(result['changes_made'])})")
    for change in result["changes_made"]:
        print(indented(f"{change['path']} ({change['kind']}): {change['reason']}", mark="•"))
        if change["kind"] != "reorder":
            print(indented(f"- {shown(change['original'])}", depth=4))
            print(indented(f"+ {shown(change['proposed'])}", depth=4))
        else:
            print(indented(f"+ {shown(change['proposed'])}", depth=4))
    if result["questions"]:
        print(f"\nNot written, because your resume does not say it ({len(result['questions'])})")
        for question in result["questions"]:
            print(indented(question["question"], mark="?"))
    if match := result["match"]:
        print(
            f"\nRequirements of the job: {match['coverage_before']:g} % met before, {match['coverage_after']:g} % after"
        )
        if match["unreachable"]:
            print(indented("What truthful edits cannot reach: " + "; ".join(match["unreachable"])))
    for warning in result["metadata"]["warnings"]:
        print(indented(f"note: {warning}"))
    used = checked(client.get("/api/credits/transactions?limit=1")).json()[0]
    offline = result["metadata"]["is_offline_model"]
    hint = " (built in, works by rules; set OPENAI_API_KEY for a real one)" if offline else ""
    print(f"\nModel: {result['metadata']['model']}{hint}")
    print(f"Tokens: {used['tokens_used']:,}, credits: {-used['amount']:g}, left: {used['balance_after']:g}")
    print("\nWritten:")
    for path in written:
        print(f"  {path}")


# --- Small things ---


def checked(response: httpx.Response) -> httpx.Response:
    """The response, unless it is an error: then Failed with the server's own sentence."""
    if response.status_code >= 400:
        try:
            detail = response.json()["detail"]
        except (ValueError, KeyError, TypeError):
            detail = f"HTTP {response.status_code}"
        raise Failed(detail if isinstance(detail, str) else json.dumps(detail))
    return response


def shown(text: str | list[str] | None) -> str:
    """A change's text in one line."""
    if text is None:
        return "(nothing)"
    return text if isinstance(text, str) else ", ".join(text)


def indented(text: str, *, depth: int = 2, mark: str = "") -> str:
    """The text wrapped to the terminal's width."""
    width = min(shutil.get_terminal_size().columns, 110)
    first = " " * depth + (f"{mark} " if mark else "")
    return textwrap.fill(text, width, initial_indent=first, subsequent_indent=" " * (depth + 2))


if __name__ == "__main__":
    raise SystemExit(main())
