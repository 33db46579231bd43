"""Tracked changes as another program understands them: LibreOffice accepts or rejects all of them."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from services.docx import names as n
from services.docx.atoms import read_atoms, text_of
from services.docx.edits import Operation
from services.docx.formats import Formats
from services.docx.reader import read_docx
from services.docx_generation_service import Edit, TrackedChanges, apply_edits
from tests.conftest import POSTGRES_URL
from tests.docx_factory import hyperlink_field, make_docx, paragraph, parts_of, run, table, text_box, zip_of

SHARED = Path(__file__).resolve().parents[2] / "shared"
EDITS = SHARED / "tools" / "docx_judge" / "edits"
HANGS_LIBREOFFICE = "ja_rirekisho_sample"
TRACKED = TrackedChanges(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
SECONDS = 900  # on a machine that does much else; by itself it takes two minutes
KIND = (n.W + "pStyle", n.W + "numPr/" + n.W + "ilvl")
OPERATIONS: tuple[Operation, ...] = ("replace", "insert_after", "delete")
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


def control(content: str) -> str:
    return f'<w:sdt><w:sdtPr><w:id w:val="12345"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def section(*texts: str, kind: str = "continuous", header: str = "") -> str:
    reference = f'<w:headerReference w:type="default" r:id="{header}"/>' if header else ""
    return paragraph(*texts, properties=f'<w:sectPr>{reference}<w:type w:val="{kind}"/></w:sectPr>')


def cell(content: str) -> str:
    return table([content]).replace("<w:tc>", '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>')


def three(what: str) -> str:
    return paragraph(f"{what} one") + paragraph(f"{what} two") + paragraph(f"{what} three")


def floating(content: str) -> str:
    place = '<w:tblpPr w:vertAnchor="text" w:horzAnchor="margin" w:tblpX="200" w:tblpY="100"/>'
    return cell(content).replace("<w:tblPr/>", f'<w:tblPr>{place}<w:tblW w:w="4000" w:type="dxa"/></w:tblPr>', 1)


def framed(text: str, y: int) -> str:
    place = f'<w:framePr w:w="3000" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="1000" w:y="{y}"/>'
    return paragraph(text, properties=place)


def page_number(shown: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    return mark.format("begin") + code + mark.format("separate") + run(shown) + mark.format("end")


def drawn_box(content: str) -> str:
    """A text box as older versions of Word drew it."""
    size = "position:absolute;margin-left:70pt;margin-top:36pt;width:215pt;height:14pt"
    box = f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
    return f'<w:r><w:pict><v:shape type="#_x0000_t202" style="{size}">{box}</v:shape></w:pict></w:r>'


def drawn_group(content: str) -> str:
    size = "position:absolute;margin-left:70pt;margin-top:36pt;width:215pt;height:50pt"
    box = drawn_box(content).removeprefix("<w:r><w:pict>").removesuffix("</w:pict></w:r>")
    group = f'<v:group style="{size}" coordsize="100,100">{box}</v:group>'
    return f"<w:r><w:pict>{group}</w:pict></w:r>"


HEADING = '<w:pStyle w:val="Heading1"/>'
CENTRED = '<w:jc w:val="center"/>'
LINKED = '<w:hyperlink r:id="site">' + run("linked words") + "</w:hyperlink>"
LINKS = {"site": "https://example.com/"}
TEXT_CONTROL = control(run("in a control of text")).replace("</w:sdtPr>", "<w:temporary/><w:text/></w:sdtPr>")
CONSTRUCTS = (
    make_docx(
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
        links=LINKS,
    ),
    make_docx(  # fields, and lines that are links
        paragraph(run("Page "), page_number("1"), run(" of nine")),
        paragraph(page_number("1"), run(" comes first")),
        paragraph(run("The last is "), page_number("1")),
        paragraph(run("In short "), f'<w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple>', run(" it is")),
        paragraph("Between"),
        paragraph(LINKED),
        paragraph(hyperlink_field("A field that is a line", "https://example.com/")),
        paragraph(LINKED, run(" and more")),
        cell(paragraph("Above a link") + paragraph(LINKED)),
        paragraph(LINKED),
        footer=paragraph(run("Foot "), page_number("1"), run(" of many"))
        + paragraph(run("Side "), drawn_box(paragraph(run("Box "), page_number("1")))),
        links=LINKS,
    ),
    make_docx(  # sections with headers, and paragraphs of different looks above their breaks
        paragraph("One", properties=HEADING),
        paragraph("Two"),
        section(kind="nextPage", header="header"),
        paragraph("Three"),
        paragraph("Four", properties=CENTRED),
        section("Five", kind="nextPage"),
        paragraph("Six"),
        cell(paragraph("Cell") + paragraph("Last of cell", properties=HEADING)),
        section("Seven", kind="continuous"),
        paragraph("Eight", properties=CENTRED),
        text_box(paragraph("Box") + paragraph("Last of box", properties=CENTRED)),
        paragraph("Nine"),
        header=paragraph("Head") + paragraph("Head line"),
    ),
    make_docx(  # content controls around cells, tables and words
        table([paragraph("A cell"), paragraph("Another")])
        .replace("<w:tc>", "<w:sdt><w:sdtPr/><w:sdtContent><w:tc>", 1)
        .replace("</w:tc>", "</w:tc></w:sdtContent></w:sdt>", 1),
        control(cell(three("Cell")) + paragraph()),
        paragraph(run("Words "), TEXT_CONTROL, run(" and others")),
        paragraph(TEXT_CONTROL),
        paragraph("The end"),
    ),
    make_docx(  # what flows around other text
        paragraph("Before"),
        floating(three("Float")),
        paragraph("Right below"),
        paragraph("Further below"),
        cell(paragraph("Above it") + floating(three("Float inside")) + paragraph("Below it")),
        paragraph("Between"),
        framed("In a frame", 3000),
        framed("In another", 6000),
        paragraph("After frames"),
        paragraph("After that"),
        paragraph(run("Grouped "), drawn_group(three("In a group"))),
        paragraph("The end"),
    ),
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


def edits_at_random(document: bytes, seed: int) -> list[Edit]:
    """Half of the lines exchanged, shortened, made longer, changed in one word, gone, or with a new one below them."""
    random = Random(seed)
    edits = []
    for i, line in enumerate(read_docx(document).lines):
        words = line.text.split()
        place = random.randrange(len(words))
        new = random.choice(
            [
                f"Wholly other {i}",
                " ".join(word for word in words if random.random() < 0.7) or "Little",
                f"{line.text} and more",
                " ".join([*words[:place], "exchanged", *words[place + 1 :]]),
            ]
        )
        op = random.choice(OPERATIONS)
        if random.random() < 0.5:
            edits.append(Edit(i, op, line.anchor, new="" if op == "delete" else new))
    return edits


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


def ways_of_editing_samples() -> Iterator[tuple[str, bytes, list]]:
    for number, document in enumerate(CONSTRUCTS):
        for way, edits in enumerate(ways_of_editing(document)):
            yield f"constructs {number}, way {way}", document, edits
        for seed in SEEDS_OF_CONSTRUCTS:
            yield f"constructs {number}, seed {seed}", document, edits_at_random(document, seed)
    for path in sorted(EDITS.glob("*.json")) if EDITS.is_dir() else ():
        if path.stem != HANGS_LIBREOFFICE:
            document = (SHARED / "data" / "layouts" / f"{path.stem}.docx").read_bytes()
            yield path.stem, document, json.loads(path.read_text())
            for seed in SEEDS_OF_LAYOUTS:
                yield f"{path.stem}, seed {seed}", document, edits_at_random(document, seed)


def every_case() -> Iterator[tuple[str, Tailored]]:
    """All samples; where edits have a warning, the others once more by themselves."""
    for name, document, edits in ways_of_editing_samples():
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
