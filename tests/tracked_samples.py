"""Documents made of what resumes are made of, and ways of editing these and the sample layouts, for tracked changes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from services.docx.edits import Operation
from services.docx.names import A
from services.docx.reader import read_docx
from services.docx_generation_service import Edit, TrackedChanges
from tests.docx_factory import hyperlink_field, make_docx, paragraph, run, table

SHARED = Path(__file__).resolve().parents[2] / "shared"
EDITS = SHARED / "tools" / "docx_judge" / "edits"
TRACKED = TrackedChanges(datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
OPERATIONS: tuple[Operation, ...] = ("replace", "insert_after", "delete")


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


def anchored_box(content: str) -> str:
    """A text box as Word draws it, with its copy for older versions; LibreOffice reads none that has no size."""
    size = '<wp:extent cx="2730500" cy="477800"/>'
    place = "".join(
        f'<wp:position{side} relativeFrom="{of}"><wp:posOffset>9000</wp:posOffset></wp:position{side}>'
        for side, of in (("H", "column"), ("V", "paragraph"))
    )
    form = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="2730500" cy="477800"/></a:xfrm><a:prstGeom prst="rect"/>'
    box = f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/>"
    shape = f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>{form}</wps:spPr>{box}</wps:wsp>'
    kind = f'<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{shape}'
    graphic = f'<a:graphic xmlns:a="{A[1:-1]}">{kind}</a:graphicData></a:graphic>'
    anchor = (
        '<wp:anchor simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/>{place}{size}<wp:wrapNone/><wp:docPr id="7" name="Box"/>{graphic}</wp:anchor>'
    )
    choice = f'<mc:Choice Requires="wps"><w:drawing>{anchor}</w:drawing></mc:Choice>'
    fallback = drawn_box(content).removeprefix("<w:r>").removesuffix("</w:r>")
    return f"<w:r><mc:AlternateContent>{choice}<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"


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
LISTED = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%{}."/></w:lvl>'
LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{LEVEL.format(0, 1)}{LEVEL.format(1, 2)}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>'
)
LARGE = '<w:rPr><w:sz w:val="48"/></w:rPr>'
CONSTRUCTS = (
    make_docx(
        three("Line"),
        cell(three("Cell")),
        paragraph("Between"),
        cell(cell(three("Inner cell")) + paragraph("Outer cell")),
        paragraph("Below"),
        paragraph(anchored_box(three("Box"))),
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
        paragraph(anchored_box(paragraph("Box") + paragraph("Last of box", properties=CENTRED))),
        paragraph("Nine"),
        header=paragraph("Head") + paragraph("Head line"),
        styles=STYLES,
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
    make_docx(  # sections that share a header with a text box
        paragraph("One"),
        paragraph("Two"),
        section("Three", kind="nextPage", header="header"),
        paragraph("Four"),
        paragraph("Five"),
        section("Six", kind="nextPage"),
        cell(paragraph("Cell")),
        section("Seven", kind="nextPage"),
        paragraph("Eight"),
        paragraph("Nine"),
        header=paragraph(run("Side "), drawn_box(paragraph("Box one") + paragraph("Box two"))) + paragraph("Head"),
    ),
    make_docx(  # lines above text boxes
        paragraph("The first", properties=CENTRED),
        paragraph("The second", properties=HEADING),
        paragraph(drawn_box(paragraph("Box") + paragraph("Last of box"))),
        cell(paragraph("Cell") + paragraph(anchored_box(paragraph("Inside"))) + paragraph("Last of cell")),
        paragraph("Between", properties=CENTRED),
        paragraph(anchored_box(paragraph("Crate") + paragraph("Last of crate"))),
        paragraph("Below", properties=HEADING),
        section("The last of a section", kind="nextPage", header="header"),
        paragraph("Above words", properties=CENTRED),
        paragraph(run("Words "), drawn_box(paragraph("Third box"))),
        floating(paragraph("Float")),
        paragraph("Below a float", properties=CENTRED),
        paragraph(anchored_box(paragraph("Fourth box")), properties=HEADING),
        paragraph(run("Beside "), anchored_box(paragraph("Fifth box"))),
        cell(paragraph("Cell")),
        paragraph("The end"),
        header=paragraph("Above", properties=CENTRED) + paragraph(drawn_box(paragraph("Box"))) + paragraph("Head"),
        styles=STYLES,
    ),
    make_docx(  # lists, and marks of another size than the words
        paragraph("First", properties=LISTED.format(0)),
        paragraph("Second", properties=LISTED.format(0) + LARGE),
        paragraph("Inner", properties=LISTED.format(1)),
        paragraph("Another inner", properties=LISTED.format(1) + LARGE),
        cell(paragraph("Listed alone", properties=LISTED.format(0))),
        paragraph("Between", properties=LARGE),
        cell(paragraph("Listed inside", properties=LISTED.format(1))),
        paragraph("Alone between"),
        cell(paragraph("Listed", properties=LISTED.format(0)) + paragraph("Last", properties=LARGE)),
        section("Before another section", kind="nextPage"),
        paragraph("Third", properties=LISTED.format(0)),
        paragraph("Inner again", properties=LISTED.format(1)),
        cell(paragraph("Bold", properties="<w:rPr><w:b/></w:rPr>") + paragraph("Last", properties=LISTED.format(1))),
        paragraph("The end"),
        numbering=LISTS,
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


def ways_of_editing_samples(seeds_of_constructs: range, seeds_of_layouts: range) -> Iterator[tuple[str, bytes, list]]:
    """All constructs edited in every way and at random; all layouts as the judge does it and at random."""
    for number, document in enumerate(CONSTRUCTS):
        for way, edits in enumerate(ways_of_editing(document)):
            yield f"constructs {number}, way {way}", document, edits
        for seed in seeds_of_constructs:
            yield f"constructs {number}, seed {seed}", document, edits_at_random(document, seed)
    for path in sorted(EDITS.glob("*.json")) if EDITS.is_dir() else ():
        document = (SHARED / "data" / "layouts" / f"{path.stem}.docx").read_bytes()
        yield path.stem, document, json.loads(path.read_text())
        for seed in seeds_of_layouts:
            yield f"{path.stem}, seed {seed}", document, edits_at_random(document, seed)
