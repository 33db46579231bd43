"""Tracked changes as another program understands them: LibreOffice accepts or rejects all of them."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from services.docx import names as n
from services.docx.atoms import read_atoms, text_of
from services.docx.formats import Formats
from services.docx.reader import read_docx
from services.docx_generation_service import Edit, TrackedChanges, apply_edits
from tests.conftest import POSTGRES_URL
from tests.docx_factory import hyperlink_field, make_docx, paragraph, parts_of, run, table, text_box

SHARED = Path(__file__).resolve().parents[2] / "shared"
EDITS = SHARED / "tools" / "docx_judge" / "edits"
HANGS_LIBREOFFICE = "ja_rirekisho_sample"
TRACKED = TrackedChanges(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
SECONDS = 900  # on a machine that does much else; by itself it takes one
KIND = (n.W + "pStyle", n.W + "numPr/" + n.W + "ilvl", n.W + "numPr/" + n.W + "numId")
MAY_ONLY_BE_WORDS = 0.1
"""The share of layouts with changes in places of which LibreOffice loses track, so that only Word can resolve them."""


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


def control(content: str) -> str:
    return f'<w:sdt><w:sdtPr><w:id w:val="12345"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def section(*texts: str) -> str:
    return paragraph(*texts, properties='<w:sectPr><w:type w:val="continuous"/></w:sectPr>')


def cell(content: str) -> str:
    return table([content]).replace("<w:tc>", '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>')


def three(what: str) -> str:
    return paragraph(f"{what} one") + paragraph(f"{what} two") + paragraph(f"{what} three")


LINKED = '<w:hyperlink r:id="site">' + run("linked words") + "</w:hyperlink>"
CONSTRUCTS = make_docx(
    three("Line"),
    cell(three("Cell")),
    paragraph("Between"),
    cell(cell(three("Inner cell")) + paragraph("Outer cell")),
    paragraph("Below"),
    text_box(three("Box")),
    paragraph("Further below"),
    control(three("Controlled")),
    paragraph("After controls"),
    control(paragraph("A controlled line")),
    paragraph("After that"),
    paragraph(run("Lead "), control(run("into a control")), run(" and out")),
    paragraph(run("See "), LINKED, run(" now")),
    paragraph(run("Or "), hyperlink_field("a field", "https://example.com/"), run(" of old")),
    paragraph(run("first\nsecond\nthird")),
    paragraph(run("Built "), run("good", "<w:b/>"), run(" tools", "<w:i/>")),
    paragraph(run("مرحبا بكم في العالم", "<w:rtl/>"), properties="<w:bidi/>"),
    section("The last of a section"),
    paragraph("The first of another"),
    section(),
    paragraph("The end"),
    header=paragraph("Head one") + paragraph("Head two"),
    links={"site": "https://example.com/"},
)


def ways_of_editing(document: bytes) -> Iterator[list[Edit]]:
    """Every line rewritten, begun and ended otherwise; new lines below all; every second line gone or exchanged."""
    lines = read_docx(document).lines
    yield [Edit(i, "replace", line.anchor, new=f"Other words {i}") for i, line in enumerate(lines)]
    yield [Edit(i, "replace", line.anchor, new=f"Begun {line.text}") for i, line in enumerate(lines)]
    yield [Edit(i, "replace", line.anchor, new=f"{line.text} ended") for i, line in enumerate(lines)]
    yield [Edit(i, "insert_after", line.anchor, new=f"New line {i}") for i, line in enumerate(lines)]
    yield [Edit(i, "delete", line.anchor) for i, line in enumerate(lines) if i % 2]
    yield [
        Edit(f"{op} {i}", op, line.anchor, new=f"Instead {i}" if op == "insert_after" else "")
        for i, line in enumerate(lines)
        if i % 2
        for op in ("delete", "insert_after")
    ]


@dataclass(frozen=True)
class Tailored:
    """A file, what edits made of it, and the same with tracked changes; `only_word` when LibreOffice loses track.

    Where content controls went, looks cannot be compared: LibreOffice dresses the text of a control in the control's.
    """

    original: bytes
    plain: bytes
    tracked: bytes
    only_word: bool
    same_controls: bool


def tailor(document: bytes, edits: list) -> Tailored:
    plain, tracked = apply_edits(document, edits), apply_edits(document, edits, tracked=TRACKED)
    assert tracked.applied == plain.applied
    assert "not_tracked" not in {warning["code"] for warning in tracked.warnings}
    only_word = "tracked_for_word" in {warning["code"] for warning in tracked.warnings}
    controls = [parts_of(file)["word/document.xml"].count(b"<w:sdt>") for file in (document, tracked.document)]
    return Tailored(document, plain.document, tracked.document, only_word, controls[0] == controls[1])


def every_case() -> Iterator[tuple[str, Tailored]]:
    for number, edits in enumerate(ways_of_editing(CONSTRUCTS)):
        yield f"constructs {number}", tailor(CONSTRUCTS, edits)
    for path in sorted(EDITS.glob("*.json")) if EDITS.is_dir() else ():
        if path.stem != HANGS_LIBREOFFICE:
            document = (SHARED / "data" / "layouts" / f"{path.stem}.docx").read_bytes()
            yield path.stem, tailor(document, json.loads(path.read_text()))


def content_of(document: bytes, *, looks: bool) -> list[tuple[str, list[str], list[str]]]:
    """Every paragraph with text: its text, the look of each character, its style and list.

    Digits of headers and footers are left out: page numbers are LibreOffice's own.
    """
    formats, found = Formats(), []
    for name, data in sorted(parts_of(document).items()):
        if not re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
            continue
        root = etree.fromstring(data)
        copies = {copy for fallback in root.iter(n.FALLBACK) for copy in fallback.iter(n.P)}
        for element in (element for element in root.iter(n.P) if element not in copies):
            atoms = [atom for atom in read_atoms(element) if "document" in name or not atom.char.isdigit()]
            kind = [item.get(n.VAL) or "" for path in KIND for item in element.findall(f"{n.PPR}/{path}")]
            if any(not atom.char.isspace() for atom in atoms):
                look = [formats.coarse(atom) for atom in atoms] if looks else []
                found.append((text_of(atoms), look, kind))
    return found


def test_libreoffice_accepts_to_the_tailored_file_and_rejects_to_the_original(tmp_path: Path) -> None:
    cases = dict(every_case())
    jobs = []
    for number, case in enumerate(cases.values()):
        versions = (("original", "reject"), ("tracked", "reject"), ("plain", "accept"), ("tracked", "accept"))
        for version, verdict in versions:
            base = str(tmp_path / f"{number}-{version}")
            Path(f"{base}.docx").write_bytes(getattr(case, version))
            jobs.append([f"{base}.docx", verdict, f"{base}-{verdict}.docx"])
    run_libreoffice(jobs, tmp_path)
    wrong = []
    for number, (name, case) in enumerate(cases.items()):
        for version, verdict in (("original", "reject"), ("plain", "accept")):
            files = [tmp_path / f"{number}-{which}-{verdict}.docx" for which in (version, "tracked")]
            expected, actual = (content_of(file.read_bytes(), looks=case.same_controls) for file in files)
            if actual != expected and not case.only_word:
                wrong.append(f"{name}: {verdict}")
    assert wrong == []
    assert sum(case.only_word for case in cases.values()) <= MAY_ONLY_BE_WORDS * len(cases)


def run_libreoffice(jobs: list, folder: Path) -> None:
    """All jobs in one process, which is gone afterwards whatever happens."""
    python = python_with_uno()
    assert python is not None
    script = Path(__file__).with_name("libreoffice_revisions.py")
    command = [python, str(script), str(folder / "profile")]
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
