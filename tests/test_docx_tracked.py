import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.docx.atoms import read_atoms
from services.docx.formats import Formats
from services.docx.names import P, W
from services.docx.reader import read_docx
from services.docx.revisions import accept_all, reject_all
from services.docx_generation_service import Edit, MergedDocument, apply_edits
from tests.docx_factory import hyperlink_field, make_docx, paragraph, part_of, run, table, text_box
from tests.test_docx_properties import DOCUMENTS, NEW_TEXTS
from tests.tracked_samples import EDITS, SHARED, TRACKED, drawn_box

NAMES = sorted(path.stem for path in EDITS.glob("*.json"))[::5] if EDITS.is_dir() else []


def characters(root) -> list[list[tuple[str, str]]]:
    """Every paragraph with text as characters with their formats."""
    formats = Formats()
    paragraphs = [[(atom.char, formats.exact(atom)) for atom in read_atoms(p)] for p in root.iter(P)]
    return [characters for characters in paragraphs if any(not char.isspace() for char, _ in characters)]


def assert_reversible(document: bytes, edits: list) -> str:
    """Accepting all changes gives the plain result, rejecting all the original; returns the tracked XML."""
    plain = apply_edits(document, edits)
    tracked = apply_edits(document, edits, tracked=TRACKED)
    assert (tracked.skipped, tracked.applied) == (plain.skipped, plain.applied)
    assert [item for item in tracked.warnings if item["code"] == "not_tracked"] == []
    main = read_docx(document).lines[-1].anchor.part
    accepted, rejected = (etree.fromstring(part_of(tracked.document, main).encode()) for _ in range(2))
    accept_all(accepted, TRACKED.author)
    reject_all(rejected, TRACKED.author)
    for root, expected in ((accepted, plain.document), (rejected, document)):
        assert characters(root) == characters(etree.fromstring(part_of(expected, main).encode()))
    return part_of(tracked.document, main)


def test_each_change_names_author_and_date_and_marks_words_only():
    document = make_docx(paragraph(run("Built "), run("good", "<w:b/>"), run(" tools")))
    xml = assert_reversible(
        document, [{"id": 1, "op": "replace", "old": "Built good tools", "new": "Built great tools"}]
    )
    stamp = 'w:author="SkillMap" w:date="2026-03-01T09:30:00Z"'
    assert xml.count(stamp) == 2
    assert re.findall(r"<w:(?:t|delText)[^>]*>([^<]*)<", xml) == ["Built ", "good", "great", " tools"]
    assert re.search(r"<w:rPr><w:b/></w:rPr><w:t[^>]*>great</w:t></w:r></w:ins>", xml)


@pytest.mark.parametrize(
    "edits",
    [
        [{"id": 1, "op": "insert_after", "anchor": "Two", "new": "Two and a half"}],
        [{"id": i, "op": "insert_after", "anchor": "Three", "new": f"Three {i}"} for i in range(2)],
        [{"id": 1, "op": "delete", "old": "Two"}],
        [{"id": 1, "op": "delete", "old": "Three"}],
        [{"id": 1, "op": "delete", "old": "Two"}, {"id": 2, "op": "insert_after", "anchor": "Two", "new": "New"}],
        [{"id": 1, "op": "delete", "old": "Three"}, {"id": 2, "op": "insert_after", "anchor": "Two", "new": "New"}],
        [{"id": 1, "op": "delete", "old": "Three"}, {"id": 2, "op": "insert_after", "anchor": "Three", "new": "New"}],
        [{"id": 1, "op": "delete", "old": "Two"}, {"id": 2, "op": "delete", "old": "Three"}],
        [{"id": 1, "op": "replace", "old": "Box", "new": "Casket"}],
        [{"id": 1, "op": "replace", "old": "See me now", "new": "See nobody now"}],
        [{"id": 1, "op": "delete", "old": "second"}, {"id": 2, "op": "insert_after", "anchor": "first", "new": "new"}],
    ],
)
def test_paragraphs_segments_boxes_and_links_can_be_taken_back(edits):
    cell = paragraph("One") + paragraph("Two") + paragraph("Three")
    link = paragraph(run("See "), hyperlink_field("me", "https://example.com/"), run(" now"))
    document = make_docx(table([cell]), text_box(paragraph("Box")), link, paragraph(run("first\nsecond\nthird")))
    assert_reversible(document, edits)


def test_changes_of_others_are_left_to_them():
    theirs = '<w:ins w:id="5" w:author="Ann">' + run("really ") + "</w:ins>"
    xml = assert_reversible(
        make_docx(paragraph(run("I "), theirs, run("work"))),
        [{"id": 1, "op": "replace", "old": "I really work", "new": "I really rest"}],
    )
    assert xml.count('w:author="Ann"') == 1


def test_changes_that_touch_across_an_old_paragraph_mark_have_different_times():
    document = make_docx(paragraph("One"), paragraph("Two"), paragraph("Three"))
    edits = [("One", "One more"), ("Two", "And Two"), ("Three", "Then Three")]
    xml = assert_reversible(document, [{"id": old, "op": "replace", "old": old, "new": new} for old, new in edits])
    dates = re.findall(r'<w:ins [^>]*w:date="([^"]*)"', xml)
    assert dates == ["2026-03-01T09:30:00Z", "2026-03-01T09:28:00Z", "2026-03-01T09:30:00Z"]


def test_a_control_around_changed_lines_goes_and_one_around_others_stays():
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    document = make_docx(control.format(paragraph("One")), control.format(paragraph("Two")))
    xml = assert_reversible(document, [{"id": 1, "op": "replace", "old": "One", "new": "The one"}])
    assert xml.count("<w:sdt>") == 1


def test_changes_that_libreoffice_loses_track_of_are_named():
    group = f"<w:r><w:pict><v:group><v:shape><v:textbox><w:txbxContent>{paragraph('Box')}</w:txbxContent></v:textbox>"
    document = make_docx(paragraph("Body"), paragraph(group + "</v:shape></v:group></w:pict></w:r>"))
    edits = [{"id": old, "op": "replace", "old": old, "new": f"{old} changed"} for old in ("Body", "Box")]
    warnings = apply_edits(document, edits, tracked=TRACKED).warnings
    assert [(item["id"], item["code"]) for item in warnings] == [("Box", "tracked_for_word")]


def test_a_page_number_stays_between_the_words_that_stand_around_it():
    number = f'<w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple>'
    document = make_docx(paragraph(run("Page "), number, run(" of nine")))
    xml = assert_reversible(document, [{"id": 1, "op": "replace", "old": "Page 1 of nine", "new": "Wholly other"}])
    assert xml.index("Wholly other") < xml.index("PAGE")
    assert "<w:instrText" in xml


def test_a_field_goes_with_its_line():
    number = f'<w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple>'
    document = make_docx(paragraph("One"), paragraph(run("Page "), number))
    xml = assert_reversible(document, [{"id": 1, "op": "delete", "old": "Page 1"}])
    assert "w:fldSimple" not in xml
    assert "<w:delInstrText" in xml


def test_the_line_above_the_last_one_of_a_cell_keeps_its_looks_when_that_goes():
    heading = '<w:pStyle w:val="Heading1"/>'
    document = make_docx(table([paragraph("One") + paragraph("Two", properties=heading)]))
    xml = assert_reversible(document, [{"id": 1, "op": "delete", "old": "Two"}])
    accepted, rejected = (etree.fromstring(xml.encode()) for _ in range(2))
    accept_all(accepted, TRACKED.author)
    reject_all(rejected, TRACKED.author)
    assert [len(list(root.iter(W + "pStyle"))) for root in (accepted, rejected)] == [0, 1]


def test_sections_that_share_a_changed_header_name_it_themselves():
    reference = '<w:headerReference w:type="default" r:id="header"/>'
    first = paragraph("One", properties=f"<w:sectPr>{reference}</w:sectPr>")
    document = make_docx(first, paragraph("Two"), header=paragraph("Head"))
    body, head = ([{"id": 1, "op": "replace", "old": old, "new": f"{old} more"}] for old in ("Two", "Head"))
    named = [part_of(apply_edits(document, edits, tracked=TRACKED).document).count(reference) for edits in (body, head)]
    assert named == [1, 2]


def resolved(edited: MergedDocument) -> tuple[str, str]:
    """The body with all changes accepted, and with all rejected."""
    accepted, rejected = (etree.fromstring(part_of(edited.document).encode()) for _ in range(2))
    accept_all(accepted, TRACKED.author)
    reject_all(rejected, TRACKED.author)
    return etree.tostring(accepted).decode(), etree.tostring(rejected).decode()


def test_a_line_above_a_removed_end_of_a_section_begins_no_section_of_its_own():
    document = make_docx(paragraph("One"), paragraph("Two", properties="<w:sectPr/>"), paragraph("Three"))
    edits = [{"id": 1, "op": "insert_after", "anchor": "One", "new": "New"}, {"id": 2, "op": "delete", "old": "Two"}]
    assert [xml.count("<w:sectPr") for xml in resolved(apply_edits(document, edits, tracked=TRACKED))] == [2, 2]


def test_an_emptied_line_that_has_to_stay_loses_its_bullet_when_that_is_accepted():
    bullet = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
    document = make_docx(table([paragraph("One", properties=bullet)]), paragraph("Two"))
    accepted, rejected = resolved(apply_edits(document, [{"id": 1, "op": "delete", "old": "One"}], tracked=TRACKED))
    assert ('<w:numId w:val="0"/>' in accepted, '<w:numId w:val="5"/>' in accepted) == (True, False)
    assert bullet in rejected


def test_a_line_that_gives_way_by_the_mark_above_leaves_the_looks_of_that_mark():
    small, large = (f'<w:rPr><w:sz w:val="{size}"/></w:rPr>' for size in (4, 90))
    cell = paragraph("One", properties=small) + paragraph("Two", properties=large)
    edited = apply_edits(make_docx(table([cell])), [{"id": 1, "op": "delete", "old": "Two"}], tracked=TRACKED)
    assert [(small in xml, large in xml) for xml in resolved(edited)] == [(True, False), (True, True)]


def test_a_mark_that_comes_and_goes_says_so_in_the_order_of_the_schema():
    cell = paragraph(run("Side "), drawn_box(paragraph("Box"))) + paragraph("Last")
    edits = [{"id": 1, "op": "insert_after", "anchor": "Side", "new": "New"}, {"id": 2, "op": "delete", "old": "Last"}]
    xml = part_of(apply_edits(make_docx(table([cell])), edits, tracked=TRACKED).document)
    assert re.search(r"<w:rPr><w:ins [^>]*/><w:del [^>]*/></w:rPr>", xml)


def test_a_mark_that_goes_apart_from_its_words_does_so_beside_other_changes_as_well():
    float_properties = '<w:tblPr><w:tblpPr w:tblpX="200" w:tblpY="100"/></w:tblPr>'
    float_table = table([paragraph("Float")]).replace("<w:tblPr/>", float_properties)
    document = make_docx(paragraph("One"), float_table, paragraph("Two"), paragraph("Three"))
    edits = [{"id": old, "op": "delete", "old": old} for old in ("One", "Two")]
    below = apply_edits(document, edits, tracked=TRACKED)
    words, mark = (
        etree.fromstring(part_of(below.document).encode()).xpath(path, namespaces={"w": W[1:-1]})[0]
        for path in ("//w:del[.//w:delText='Two']/@w:date", "//w:pPr/w:rPr/w:del/@w:date")
    )
    assert words != mark


def test_a_line_goes_from_above_a_text_box_unless_that_ends_what_libreoffice_reads():
    def codes(*body: str) -> list[str]:
        edits = [{"id": 1, "op": "delete", "old": "Gone"}]
        return [item["code"] for item in apply_edits(make_docx(*body), edits, tracked=TRACKED).warnings]

    gone, box = paragraph("Gone"), paragraph(drawn_box(paragraph("Box")))
    assert codes(gone, box, paragraph("The end")) == []
    assert codes(gone, paragraph(run("Words "), drawn_box(paragraph("Box")))) == []
    assert codes(gone, box) == ["tracked_for_word"]
    assert codes(table([box + gone])) == ["left_blank"]


@settings(max_examples=60, deadline=None)
@given(document=DOCUMENTS, data=st.data())
def test_any_edits_of_any_document_can_be_taken_back(document, data):
    lines = read_docx(document).lines
    chosen = data.draw(st.lists(st.sampled_from(lines), unique_by=lambda line: line.number, min_size=1, max_size=3))
    operation = st.sampled_from(["replace", "insert_after", "delete"])
    assert_reversible(
        document, [Edit(line.number, data.draw(operation), line.anchor, new=data.draw(NEW_TEXTS)) for line in chosen]
    )


@pytest.mark.skipif(not NAMES, reason="the sample layouts are not beside this checkout")
@pytest.mark.parametrize("name", NAMES)
def test_edits_of_real_layouts_can_be_taken_back(name):
    document = (SHARED / "data" / "layouts" / f"{name}.docx").read_bytes()
    xml = assert_reversible(document, json.loads((EDITS / f"{name}.json").read_text()))
    ids = [item.get(W + "id") for item in etree.fromstring(xml.encode()).iter(W + "ins", W + "del")]
    assert len(ids) == len(set(ids))
