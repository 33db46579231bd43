"""Tracked changes as another program understands them: LibreOffice accepts or rejects all of them."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from services.docx import names as n
from services.docx.atoms import read_atoms, text_of
from services.docx.formats import Formats
from services.docx_generation_service import Edit, apply_edits
from tests.conftest import POSTGRES_URL
from tests.docx_factory import parts_of, zip_of
from tests.tracked_samples import TRACKED, ways_of_editing_samples

HANGS_LIBREOFFICE = "ja_rirekisho_sample"
SECONDS = 900  # on a machine that does much else; by itself it takes two minutes
KIND = (n.W + "pStyle", n.W + "numPr/" + n.W + "ilvl")
SEEDS_OF_CONSTRUCTS = range(6)
SEEDS_OF_LAYOUTS = range(1)


@cache
def python_with_uno() -> str | None:
    """The Python that LibreOffice can be spoken to with, if there is one."""
    for python in ("/usr/bin/python3", "/usr/lib/libreoffice/program/python"):
        if Path(python).exists() and not subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
            return python
    return None


pytestmark = [
    pytest.mark.skipif(python_with_uno() is None, reason="the package python3-uno is not installed"),
    pytest.mark.skipif(bool(POSTGRES_URL), reason="no database is involved, and once is enough"),
]


@dataclass(frozen=True)
class Tailored:
    """A file, what edits made of it, and the same with tracked changes; `for_word` are the edits with a warning.

    Where content controls went, looks cannot be compared: LibreOffice dresses the text of a control in the control's.
    """

    original: bytes
    plain: bytes
    tracked: bytes
    for_word: frozenset[int | str]
    same_controls: bool


def tailor(document: bytes, edits: list) -> Tailored:
    plain, tracked = apply_edits(document, edits), apply_edits(document, edits, tracked=TRACKED)
    assert tracked.applied == plain.applied
    assert "not_tracked" not in {warning["code"] for warning in tracked.warnings}
    for_word = frozenset(warning["id"] for warning in tracked.warnings if warning["code"] == "tracked_for_word")
    controls = [
        sum(data.count(b"<w:sdt>") for data in parts_of(file).values()) for file in (document, tracked.document)
    ]
    return Tailored(
        unbound(document), unbound(plain.document), unbound(tracked.document), for_word, controls[0] == controls[1]
    )


def unbound(document: bytes) -> bytes:
    """Without the ties of content controls to data: edits cut them, and in the samples the data say something else."""
    parts = parts_of(document)
    tie = re.compile(rb"<w(?:15)?:dataBinding [^>]*>")
    return zip_of({name: tie.sub(b"", data) if name.endswith(".xml") else data for name, data in parts.items()})


def identity_of(edit: Edit | dict[str, int | str]) -> int | str:
    """The judge's edits are mappings."""
    return edit.id if isinstance(edit, Edit) else edit["id"]


def every_case() -> Iterator[tuple[str, Tailored]]:
    """All samples; where edits have a warning, the others once more by themselves."""
    for name, document, edits in ways_of_editing_samples(SEEDS_OF_CONSTRUCTS, SEEDS_OF_LAYOUTS):
        if name.startswith(HANGS_LIBREOFFICE):
            continue
        case = tailor(document, edits)
        yield name, case
        if case.for_word:
            rest = tailor(document, [edit for edit in edits if identity_of(edit) not in case.for_word])
            assert not rest.for_word
            yield f"{name}, the rest", rest


def content_of(document: bytes, *, looks: bool) -> list[tuple[str, list[str], list[str]]]:
    """Every paragraph with text: its text, the look of each character, its style and list.

    Left out is what is LibreOffice's own: digits of headers and footers (page numbers), the numbers of lists but for
    their order, spaces at the end, which it drops in cells, and the style of plain text in boxes.
    """
    formats, found = Formats(), []
    lists: dict[str, str] = {}
    for name, data in sorted(parts_of(document).items()):
        if not re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
            continue
        root = etree.fromstring(data)
        copies = {copy for fallback in root.iter(n.FALLBACK) for copy in fallback.iter(n.P)}
        for element in (element for element in root.iter(n.P) if element not in copies):
            atoms = [atom for atom in read_atoms(element) if "document" in name or not atom.char.isdigit()]
            atoms = atoms[: len(text_of(atoms).rstrip())]
            if atoms:
                kind = [item.get(n.VAL) or "" for path in KIND for item in element.findall(f"{n.PPR}/{path}")]
                kind = ["Normal" if style == "FrameContents" else style for style in kind]
                numbers = element.findall(f"{n.PPR}/{n.W}numPr/{n.W}numId")
                kind += [lists.setdefault(item.get(n.VAL) or "", f"list {len(lists)}") for item in numbers]
                look = [formats.coarse(atom) for atom in atoms] if looks else []
                found.append((text_of(atoms), look, kind))
    return found


def test_libreoffice_accepts_to_the_tailored_file_and_rejects_to_the_original(tmp_path: Path) -> None:
    cases = dict(every_case())
    jobs: dict[tuple[bytes, str], Path] = {}
    for case in cases.values():
        for job in (
            (case.original, "reject"),
            (case.tracked, "reject"),
            (case.plain, "accept"),
            (case.tracked, "accept"),
        ):
            jobs.setdefault(job, tmp_path / f"{len(jobs)}.docx")
    resolve(jobs, tmp_path)
    wrong = {name: verdicts for name, case in cases.items() if (verdicts := wrong_verdicts(case, jobs))}
    assert {name: verdicts for name, verdicts in wrong.items() if not cases[name].for_word} == {}


def wrong_verdicts(case: Tailored, jobs: dict[tuple[bytes, str], Path]) -> list[str]:
    """In which way LibreOffice comes to something else than the file without tracked changes."""
    verdicts = []
    for expected, verdict in ((case.original, "reject"), (case.plain, "accept")):
        files = [jobs[document, verdict].with_suffix(".out") for document in (expected, case.tracked)]
        contents = [content_of(file.read_bytes(), looks=case.same_controls) for file in files]
        verdicts += [verdict] if contents[0] != contents[1] else []
    return verdicts


def resolve(jobs: dict[tuple[bytes, str], Path], folder: Path) -> None:
    """Each document accepted or rejected, beside its path as .out; by two LibreOffices, because one uses one core."""
    for (document, _), path in jobs.items():
        path.write_bytes(document)
    work = [[str(path), verdict, str(path.with_suffix(".out"))] for (_, verdict), path in jobs.items()]
    with ThreadPoolExecutor() as threads:
        halves = [(work[half::2], folder / f"profile-{half}") for half in range(2)]
        list(threads.map(lambda half: run_libreoffice(*half), halves))


def run_libreoffice(jobs: list, profile: Path) -> None:
    """All jobs in one process, which is gone afterwards whatever happens."""
    python = python_with_uno()
    assert python is not None
    script = Path(__file__).with_name("libreoffice_revisions.py")
    command = [python, str(script), str(profile)]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = child.communicate(json.dumps(jobs), timeout=SECONDS)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
    assert child.returncode == 0, said
