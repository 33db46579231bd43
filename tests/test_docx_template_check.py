from services.docx.template_check import check_template
from tests.docx_factory import make_docx, paragraph, run, table, text_box


def test_every_line_of_a_plain_document_is_editable():
    document = make_docx(table([paragraph("Name"), paragraph(run("One\nTwo"))]), text_box(paragraph("Box")))
    check = check_template(document)
    assert (check.editable_lines, check.total_lines) == (4, 4)
    assert {"tables", "text_boxes", "soft_breaks"} <= set(check.constructs)
    assert (check.unreachable, check.warnings) == ([], [])


def test_word_art_counts_as_a_line_out_of_reach():
    art = '<w:r><w:pict><v:shape><v:textpath string="Jane Doe"/></v:shape></w:pict></w:r>'
    check = check_template(make_docx(paragraph(art), paragraph("Text")))
    assert (check.editable_lines, check.total_lines) == (1, 2)
    assert check.unreachable == ["word_art"]
    assert check.warnings == [
        "1 of 2 lines can be tailored; the others stay as they are.",
        "WordArt text is not read.",
    ]


def test_a_document_with_tracked_changes_is_read_as_accepted_and_says_so():
    added = f'<w:ins w:id="1" w:author="Ann">{run("new")}</w:ins>'
    assert "tracked changes" in check_template(make_docx(paragraph(added))).warnings[0]
