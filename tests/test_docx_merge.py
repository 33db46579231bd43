import re

import pytest

from services.document_text import Anchor
from services.docx.reader import read_docx
from services.docx_generation_service import Edit, MergedDocument, apply_edits
from tests.docx_factory import hyperlink_field, make_docx, paragraph, part_of, parts_of, run, table, text_box

BOLD = "<w:b/>"
BULLET = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'


def replace(old: str, new: str) -> dict[str, object]:
    return {"id": 1, "op": "replace", "old": old, "new": new}


def merged(document: bytes, *edits: object) -> MergedDocument:
    result = apply_edits(document, list(edits))
    assert result.skipped == []
    return result


def texts(document: bytes) -> list[str]:
    return [f"{line.marker} {line.text}".strip() for line in read_docx(document).lines]


def runs(document: bytes) -> list[tuple[str, str]]:
    """(properties, text) of every run of the document."""
    found = re.findall(r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?(.*?)</w:r>", part_of(document))
    return [(properties, re.sub(r"<w:tab/>", "\t", content)) for properties, content in found]


def plain_runs(document: bytes) -> list[tuple[str, str]]:
    return [(properties, re.sub("<[^>]*>", "", content)) for properties, content in runs(document)]


# --- Replacing ---


def test_a_replaced_line_keeps_the_format_of_every_word_that_stays():
    document = make_docx(paragraph(run("Built "), run("Python", BOLD), run(" tools for sales")))
    result = merged(document, replace("Built Python tools for sales", "Built Python tools for marketing"))
    assert plain_runs(result.document) == [("", "Built "), (BOLD, "Python"), ("", " tools for marketing")]


def test_a_rewritten_line_takes_the_lines_own_format_and_keeps_bold_words_that_survive():
    document = make_docx(paragraph(run("Did a lot of "), run("Python", BOLD), run(" and so on all day")))
    new = "Wrote services that Python developers all over the company enjoy maintaining"
    result = merged(document, replace("Did a lot of Python and so on all day", new))
    assert plain_runs(result.document) == [
        ("", "Wrote services that "),
        (BOLD, "Python"),
        ("", " developers all over the company enjoy maintaining"),
    ]


def test_a_mark_between_items_looks_as_everywhere_in_the_line():
    red = '<w:color w:val="FF0000"/>'
    document = make_docx(paragraph(run("Git "), run("•", red), run(" Daily "), run("•", red), run(" HTML")))
    result = merged(document, replace("Git • Daily • HTML", "Python • Git • Daily • HTML • SQL"))
    assert [text for properties, text in plain_runs(result.document) if properties == red] == ["•"] * 4


def test_a_bold_lead_in_is_written_bold():
    document = make_docx(paragraph(run("Result:", BOLD), run(" nothing of note happened that year")))
    new = "Outcome: grew the client base fivefold within two quarters"
    result = merged(document, replace("Result: nothing of note happened that year", new))
    assert plain_runs(result.document) == [
        (BOLD, "Outcome:"),
        ("", " grew the client base fivefold within two quarters"),
    ]


def test_tabs_that_align_a_value_survive():
    document = make_docx(paragraph(run("Languages\t\t: English, French")))
    result = merged(document, replace("Languages : English, French", "Languages : English, French, Danish"))
    assert texts(result.document) == ["Languages\t\t: English, French, Danish"]


def test_a_link_whose_words_stay_keeps_its_target_and_a_new_word_beside_it_is_outside():
    link = f'<w:hyperlink r:id="rId9">{run("my page")}</w:hyperlink>'
    document = make_docx(paragraph(run("See "), link), links={"rId9": "https://example.com/"})
    result = merged(document, replace("See my page", "See my page today"))
    (line,) = read_docx(result.document).lines
    assert (line.text, line.links[0].text) == ("See my page today", "my page")


def test_a_link_that_is_replaced_goes_with_its_field():
    document = make_docx(paragraph(run("Read "), hyperlink_field("me", "https://example.com/"), run(" or write")))
    result = merged(document, replace("Read me or write", "Read books or write"))
    (line,) = read_docx(result.document).lines
    assert (line.text, line.links) == ("Read books or write", ())
    assert "fldChar" not in part_of(result.document)


def test_the_fallback_copy_of_a_text_box_changes_with_it():
    result = merged(make_docx(text_box(paragraph("Old words"))), replace("Old words", "New words"))
    assert part_of(result.document).count("New words") == 2
    assert "Old words" not in part_of(result.document)


def test_every_copy_of_a_text_box_within_a_text_box_changes_with_it():
    document = make_docx(text_box(text_box(paragraph("Inner")) + paragraph("Outer")))
    result = merged(document, replace("Inner", "In there"))
    assert (part_of(document).count("Inner"), part_of(result.document).count("Inner")) == (4, 0)


def test_a_data_bound_control_is_unbound_when_its_text_changes():
    control = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Accountant')}</w:sdtContent></w:sdt>"
    )
    result = merged(make_docx(control), replace("Accountant", "Senior accountant"))
    assert "dataBinding" not in part_of(result.document)


def test_a_data_bound_control_is_unbound_when_a_line_is_added_in_it():
    inner = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/own"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    control = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/around"/></w:sdtPr>'
        f"<w:sdtContent>{paragraph(inner.format(run('Accountant')))}</w:sdtContent></w:sdt>"
    )
    edit = {"id": 1, "op": "insert_after", "anchor": "Accountant", "new": "Auditor"}
    result = merged(make_docx(control), edit)
    assert texts(result.document) == ["Accountant", "Auditor"]
    assert re.findall('w:xpath=.([^"]*)', part_of(result.document)) == ["/own"]


def test_a_text_box_inside_a_control_can_be_edited_and_the_control_stays_as_it_was():
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    box = re.fullmatch(r"<w:p>(.*)</w:p>", text_box(paragraph("In the box")))
    assert box is not None
    document = make_docx(paragraph(run("Around "), control.format(box[1])))
    result = merged(document, replace("In the box", "In this box"))
    assert texts(result.document) == ["Around", "In this box"]
    assert "<w:showingPlcHdr/>" in part_of(result.document)


def test_a_bound_control_inside_a_text_box_is_unbound_and_nothing_else_is_disturbed():
    bound = "<w:sdt><w:sdtPr><w:dataBinding/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    document = make_docx(paragraph("Body"), text_box(bound.format(paragraph("In the box"))))
    result = merged(document, replace("In the box", "In this box"), {**replace("Body", "The body"), "id": 2})
    assert texts(result.document) == ["The body", "In this box"]
    assert "dataBinding" not in part_of(result.document)


def test_a_line_that_is_nearly_the_text_is_no_rival_of_itself_with_its_bullet():
    document = make_docx(paragraph("- Ran the databases of the company for years"), paragraph("Other things"))
    result = merged(document, replace("Ran the database of the company for years", "Ran databases"))
    assert texts(result.document) == ["- Ran databases", "Other things"]


def test_bookmarks_and_pictures_of_a_replaced_line_stay():
    marks = '<w:bookmarkStart w:id="1" w:name="here"/>', '<w:bookmarkEnd w:id="1"/>'
    document = make_docx(paragraph(marks[0], run("Old"), "<w:r><w:drawing/></w:r>", run(" words"), marks[1]))
    result = merged(document, replace("Old words", "Entirely different sentence"))
    for kept in (*marks, "<w:drawing/>"):
        assert kept in part_of(result.document)


def test_the_typed_bullet_stays_whether_or_not_the_edit_names_it():
    document = make_docx(paragraph("•\tFirst thing done"), paragraph("•\tSecond thing done"))
    result = merged(
        document,
        replace("First thing done", "Primary thing done"),
        {"id": 2, "op": "replace", "old": "• Second thing done", "new": "• Other thing done"},
    )
    assert texts(result.document) == ["• Primary thing done", "• Other thing done"]


# --- Inserting and deleting ---


def test_an_inserted_line_looks_like_the_one_above_it():
    above = paragraph(
        run("Led:", BOLD), run(" a team"), properties=BULLET, attributes=' w14:paraId="1A2B3C4D" w14:textId="77777777"'
    )
    document = make_docx(above, paragraph("After"))
    new = "Saved: a million euros"
    result = merged(document, {"id": 1, "op": "insert_after", "anchor": "Led: a team", "new": new})
    assert texts(result.document) == ["Led: a team", "Saved: a million euros", "After"]
    assert part_of(result.document).count(BULLET) == 2
    assert part_of(result.document).count("1A2B3C4D") == 1
    assert (BOLD, "Saved:") in plain_runs(result.document)


def test_several_lines_after_one_come_in_the_order_asked_for():
    edits = [{"id": i, "op": "insert_after", "anchor": "Above", "new": f"Line {i}"} for i in range(3)]
    result = merged(make_docx(paragraph("Above"), paragraph("Below")), *edits)
    assert texts(result.document) == ["Above", "Line 0", "Line 1", "Line 2", "Below"]


def test_a_deleted_line_goes_but_a_cell_keeps_its_last_paragraph():
    document = make_docx(table([paragraph("Only"), paragraph("One") + paragraph("Two")]))
    result = merged(document, {"id": 1, "op": "delete", "old": "Only"}, {"id": 2, "op": "delete", "old": "Two"})
    assert texts(result.document) == ["One"]
    assert "<w:tc><w:p/></w:tc>" in part_of(result.document)


def test_a_paragraph_goes_when_all_of_its_lines_between_soft_breaks_are_deleted():
    lines = paragraph("• one thing\n• two things", properties="<w:numPr/>")
    document = make_docx(paragraph("Before"), lines, table([lines.replace("thing", "task")]), paragraph("After"))
    wanted = ["one thing", "two things", "one task", "two tasks"]
    result = merged(document, *({"id": text, "op": "delete", "old": text} for text in wanted))
    assert texts(result.document) == ["Before", "After"]
    assert part_of(result.document).count("<w:p>") == 3
    assert [(warning["id"], warning["code"]) for warning in result.warnings] == [
        ("one task", "left_blank"),
        ("two tasks", "left_blank"),
    ]
    assert '<w:numPr><w:numId w:val="0"/></w:numPr>' in part_of(result.document)


@pytest.mark.parametrize("note", ["footnoteReference", "endnoteReference"])
def test_a_deleted_line_takes_its_note_along(note):
    noted = paragraph(run("With a note"), f'<w:r><w:{note} w:id="2"/></w:r>')
    result = merged(make_docx(paragraph("First"), noted), {"id": 1, "op": "delete", "old": "With a note"})
    assert part_of(result.document).count("<w:p>") == 1
    assert note not in part_of(result.document)
    assert result.warnings == []


def test_deleting_the_last_line_of_a_section_keeps_the_section_break():
    last = paragraph("Last", properties='<w:sectPr><w:cols w:num="2"/></w:sectPr>')
    result = merged(make_docx(paragraph("First"), last, paragraph("Next")), {"id": 1, "op": "delete", "old": "Last"})
    assert texts(result.document) == ["First", "Next"]
    assert '<w:p><w:pPr><w:sectPr><w:cols w:num="2"/></w:sectPr></w:pPr><w:r>' in part_of(result.document)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (replace("- two things", "two other things"), ["- one thing", "- two other things", "- three things"]),
        ({"id": 1, "op": "delete", "old": "two things"}, ["- one thing", "- three things"]),
        ({"id": 1, "op": "delete", "old": "three things"}, ["- one thing", "- two things"]),
        (
            {"id": 1, "op": "insert_after", "anchor": "one thing", "new": "one more thing"},
            ["- one thing", "- one more thing", "- two things", "- three things"],
        ),
    ],
    ids=["replace", "delete", "delete the last", "insert"],
)
def test_lines_between_soft_breaks_are_edited_one_by_one(edit, expected):
    document = make_docx(paragraph(run("- one thing\n- two things"), run("\n- three things", BOLD)))
    result = merged(document, edit)
    assert texts(result.document) == expected
    assert part_of(result.document).count("<w:p>") == 1


# --- Anchors ---


def anchors(document: bytes) -> list[Anchor]:
    return [line.anchor for line in read_docx(document).lines if line.anchor]


def test_an_anchored_edit_hits_its_line_among_equal_ones():
    document = make_docx(paragraph("Same words"), paragraph("Same words"), paragraph(run("a\nSame words")))
    _, second, _, fourth = anchors(document)
    result = merged(document, Edit("x", "replace", second, new="Second"), Edit("y", "replace", fourth, new="Fourth"))
    assert texts(result.document) == ["Same words", "Second", "a", "Fourth"]
    assert result.applied == ["x", "y"]


def test_an_anchor_whose_line_has_changed_is_not_written_to():
    (anchor,) = anchors(make_docx(paragraph("As it was")))
    result = apply_edits(make_docx(paragraph("As it is")), [Edit(7, "replace", anchor, new="Anything")])
    assert texts(result.document) == ["As it is"]
    assert [item["id"] for item in result.skipped] == [7]


def test_a_line_of_the_header_can_be_edited():
    document = make_docx(paragraph("Body"), header=paragraph("Paris"))
    result = merged(document, Edit(1, "replace", anchors(document)[0], new="London"))
    assert texts(result.document) == ["London", "Body"]
    assert part_of(result.document) == part_of(document)


# --- What is not done, and what is not touched ---


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (replace("No such line anywhere here", "New"), "not found"),
        (replace("Same words", "New"), "more than once"),
        (replace("Alone", ""), "empty"),
        ({"id": 1, "op": "rewrite", "old": "Alone", "new": "New"}, "none of"),
    ],
)
def test_what_cannot_be_done_is_reported_and_changes_nothing(edit, reason):
    document = make_docx(paragraph("Same words"), paragraph("Alone"), paragraph("Same words"))
    result = apply_edits(document, [edit])
    assert reason in result.skipped[0]["reason"]
    assert parts_of(result.document) == parts_of(document)


def test_two_edits_of_one_line_are_a_conflict_and_the_first_is_done():
    result = apply_edits(
        make_docx(paragraph("Line")), [replace("Line", "First"), {"id": 2, "op": "delete", "old": "Line"}]
    )
    assert texts(result.document) == ["First"]
    assert [(item["id"], "Another edit" in item["reason"]) for item in result.skipped] == [(2, True)]


def test_equal_lines_are_told_apart_by_the_edits_around_them():
    names = ["Alpha one", "Same words", "Beta two", "Same words", "Gamma three"]
    document = make_docx(*(paragraph(name) for name in names))
    result = merged(
        document,
        {"id": 1, "op": "replace", "old": "Beta two", "new": "Beta 2"},
        {"id": 2, "op": "replace", "old": "Same words", "new": "Other words"},
    )
    assert texts(result.document) == ["Alpha one", "Same words", "Beta 2", "Other words", "Gamma three"]


def test_noise_of_extraction_does_not_hide_a_line():
    document = make_docx(paragraph("The team’s “weekly” report – sent to 14 offices"), paragraph("Something else"))
    result = merged(document, replace('the team\'s "weekly" report - sent to 14 ofices', "Sent the report"))
    assert texts(result.document) == ["Sent the report", "Something else"]


def test_other_parts_and_paragraphs_stay_byte_for_byte():
    kept = paragraph(run("Kept", BOLD), properties=BULLET, attributes=' w14:paraId="00000001"')
    document = make_docx(kept, paragraph("Old line"), header=paragraph("Top"), extra={"word/media/a.png": b"\x89PNG"})
    result = merged(document, replace("Old line", "New line"))
    assert kept in part_of(result.document)
    before, after = parts_of(document), parts_of(result.document)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}
    assert list(before) == list(after)


def test_text_that_xml_forbids_is_cleaned():
    result = merged(make_docx(paragraph("Old line")), replace("Old line", "New\x00 \ud800line\nwith <b>"))
    assert texts(result.document) == ["New line with <b>"]


@pytest.mark.parametrize(
    ("line", "new", "code"),
    [
        (run("Owner\tsince 2019"), "Completely rewritten sentence about something else", "tabs_dropped"),
        (hyperlink_field("Portfolio", "https://example.com/") + run(" of work"), "Gallery of work", "link_removed"),
    ],
)
def test_what_a_rewritten_line_loses_is_reported(line, new, code):
    document = make_docx(paragraph(line))
    (read,) = read_docx(document).lines
    result = merged(document, replace(read.text, new))
    assert [(item["id"], item["code"]) for item in result.warnings] == [(1, code)]


def test_a_line_alone_in_a_paragraph_with_breaks_gets_a_paragraph_beside_it():
    document = make_docx(paragraph(run("\nFirst point\n")), paragraph("Second point"))
    result = merged(document, {"id": 1, "op": "insert_after", "anchor": "First point", "new": "Next point"})
    assert texts(result.document) == ["First point", "Next point", "Second point"]
    assert part_of(result.document).count("<w:p>") == 3


def test_a_field_that_ends_in_the_next_paragraph_does_not_stand_in_the_way():
    field = hyperlink_field("me", "https://example.com/")
    opening, closing = field[: field.rindex("<w:r>")], field[field.rindex("<w:r>") :]
    document = make_docx(paragraph(run("See "), opening), paragraph(closing, run("Next")))
    result = merged(document, replace("See me", "See me today"))
    assert texts(result.document) == ["See me today", "Next"]


def test_characters_with_a_reading_are_text_and_go_with_it():
    ruby = f"<w:rt>{run('とうきょう')}</w:rt><w:rubyBase>{run('東京')}</w:rubyBase>"
    reading = f"<w:r><w:ruby>{ruby}</w:ruby></w:r>"
    document = make_docx(paragraph(reading, run("在住")))
    assert texts(document) == ["東京在住"]
    result = merged(document, replace("東京在住", "大阪在住"))
    assert texts(result.document) == ["大阪在住"]
    assert "とうきょう" not in part_of(result.document)


def test_edits_that_share_an_id_are_done_one_by_one():
    document = make_docx(paragraph("One"), paragraph("Two"))
    result = merged(document, replace("One", "First"), replace("Two", "Second"))
    assert (texts(result.document), result.applied) == (["First", "Second"], [1, 1])
