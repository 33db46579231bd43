"""Random documents, random edits: what is asked for is there, and nothing else has moved."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from services.docx.reader import read_docx
from services.docx_generation_service import Edit, apply_edits
from tests.docx_factory import hyperlink_field, make_docx, paragraph, part_of, run, table, text_box

FORMATS = st.sampled_from(["", "<w:b/>", "<w:i/>", '<w:spacing w:val="-3"/>', '<w:b/><w:color w:val="FF0000"/>'])
WORDS = st.text("abcdeXYZ,.:–-éüñ日本", min_size=1, max_size=8)
MARKS = st.sampled_from(["", "", "• ", "-\t", "➢ ", "\t"])
SPACES = st.sampled_from([" ", " ", " ", "  ", "\t", "\n"])


@st.composite
def runs(draw: st.DrawFn) -> str:
    """Runs, links and fields that break anywhere, in the middle of words too."""
    pieces = [draw(MARKS) + draw(WORDS)]
    for _ in range(draw(st.integers(0, 6))):
        pieces.append(draw(st.one_of(SPACES, WORDS)))
    xml = ""
    for piece in pieces:
        kind = draw(st.integers(0, 9))
        content = run(piece, draw(FORMATS))
        if kind == 0:
            content = f'<w:hyperlink r:id="rId9">{content}</w:hyperlink>'
        elif kind == 1 and piece.strip():
            content = hyperlink_field(piece, "https://example.com/field")
        elif kind == 2:
            content = f'<w:bookmarkStart w:id="1" w:name="b"/>{content}<w:bookmarkEnd w:id="1"/>'
        xml += content
    return xml


PARAGRAPHS = runs().map(lambda inner: f"<w:p>{inner}</w:p>")
BLOCKS = st.one_of(
    PARAGRAPHS,
    PARAGRAPHS,
    st.just(paragraph()),
    st.tuples(PARAGRAPHS, PARAGRAPHS).map(lambda cells: table([cells[0], cells[1]])),
    PARAGRAPHS.map(text_box),
)
DOCUMENTS = st.lists(BLOCKS, min_size=1, max_size=6).map(
    lambda blocks: make_docx(paragraph("First line"), *blocks, links={"rId9": "https://example.com/"})
)
NEW_TEXTS = st.lists(st.one_of(WORDS, st.sampled_from(["Led:", "a", "b"])), min_size=1, max_size=6).map(
    lambda words: "New " + " ".join(words)
)


def squeezed(*texts: str) -> str:
    """Mark and text without white space: a hyphen on a short line may count as either."""
    return "".join("".join(texts).split())


def paragraphs_of(document: bytes) -> list[str]:
    """The XML of the paragraphs that hold no others."""
    return re.findall(r"<w:p>(?:(?!<w:p>).)*?</w:p>|<w:p/>", part_of(document))


@settings(max_examples=150, deadline=None)
@given(document=DOCUMENTS, data=st.data())
def test_edits_at_anchors_do_what_they_say_and_touch_nothing_else(document, data):
    lines = [line for line in read_docx(document).lines if line.anchor]
    chosen = data.draw(st.lists(st.sampled_from(lines), unique_by=lambda line: line.number, min_size=1, max_size=4))
    operations = data.draw(st.lists(st.sampled_from(["replace", "insert_after", "delete"]), min_size=4, max_size=4))
    new_texts = data.draw(st.lists(NEW_TEXTS, min_size=4, max_size=4))
    edits = [
        Edit(line.number, operation, line.anchor, new=new)
        for line, operation, new in zip(chosen, operations, new_texts, strict=False)
    ]
    result = apply_edits(document, edits)
    assert result.skipped == []

    by_number = {edit.id: edit for edit in edits}
    expected: list[str] = []
    for line in lines:
        edit = by_number.get(line.number)
        if edit is None or edit.op == "insert_after":
            expected.append(squeezed(line.marker, line.text))
        if edit is not None and edit.op != "delete":
            expected.append(squeezed(line.marker, edit.new))
    written = [squeezed(line.marker, line.text) for line in read_docx(result.document).lines] if expected else []
    assert written == expected

    touched = {line.anchor.paragraph for line in chosen}
    kept = {anchor.paragraph for line in lines if (anchor := line.anchor) and anchor.paragraph not in touched}
    before = paragraphs_of(document)
    if "txbxContent" not in part_of(document):
        assert {before[index] for index in kept} <= set(paragraphs_of(result.document))


@settings(max_examples=100, deadline=None)
@given(document=DOCUMENTS)
def test_writing_what_is_there_already_changes_no_character_and_no_format(document):
    lines = read_docx(document).lines
    edits = [Edit(line.number, "replace", line.anchor, new=line.text) for line in lines if line.anchor]
    result = apply_edits(document, edits)
    assert result.skipped == []
    assert read_docx(result.document).lines == lines
