import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services import errors
from services.docx.package import MAX_PARTS, open_docx, parse_xml
from tests.docx_factory import make_docx, paragraph, parts_of, zip_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def without_part(name: str) -> bytes:
    parts = parts_of(make_docx(paragraph("Text")))
    del parts[name]
    return zip_of(parts)


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (b"", errors.EmptyFile),
        (OLE + "EncryptedPackage".encode("utf-16-le"), errors.EncryptedDocument),
        (OLE + "WordDocument".encode("utf-16-le"), errors.LegacyDocument),
        (OLE, errors.UnsupportedFileType),
        (rb"{\rtf1 Hello}", errors.UnsupportedFileType),
        (b"<html><body>Hello</body></html>", errors.UnsupportedFileType),
        (b"PK\x03\x04 not a zip", errors.CorruptDocument),
        (make_docx(paragraph("Text"))[:-200], errors.CorruptDocument),
        (zip_of({"hello.txt": b"hello"}), errors.UnsupportedFileType),
        (without_part("word/document.xml"), errors.CorruptDocument),
        (make_docx(content_type=MACRO_TYPE), errors.MacroDocument),
        (make_docx(extra={"word/vbaProject.bin": b"x"}), errors.MacroDocument),
        (make_docx(content_type=SHEET_TYPE), errors.UnsupportedFileType),
        (make_docx(extra={"../evil.xml": b"<a/>"}), errors.CorruptDocument),
        (make_docx(extra={"/etc/evil.xml": b"<a/>"}), errors.CorruptDocument),
        (make_docx(doctype='<!DOCTYPE w:document [<!ENTITY a "b">]>'), errors.CorruptDocument),
        (make_docx(extra={"word/media/big.bin": b"\0" * (21 << 20)}), errors.DocumentTooComplex),
        (make_docx(" " * (9 << 20)), errors.DocumentTooComplex),
        (make_docx("<w:p/>" * 500_000), errors.DocumentTooComplex),
        (make_docx(extra={f"word/{i}.bin": b"" for i in range(MAX_PARTS)}), errors.DocumentTooComplex),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_is_no_sound_docx_is_refused_by_its_name(document, error):
    with pytest.raises(errors.UnreadableDocument) as caught:
        open_docx(document)
    assert type(caught.value) is error


def test_malformed_xml_is_a_corrupt_document():
    parts = parts_of(make_docx(paragraph("Text")))
    parts["_rels/.rels"] = b"<Relationships><broken"
    with pytest.raises(errors.CorruptDocument):
        open_docx(zip_of(parts))


def test_elements_nested_beyond_reason_are_too_complex():
    with pytest.raises(errors.DocumentTooComplex):
        parse_xml(b"<a>" * 300 + b"</a>" * 300)


def test_a_damaged_checksum_is_a_corrupt_document():
    document = bytearray(make_docx(paragraph("Text"), extra={"word/media/a.bin": b"abcdefgh" * 50}))
    position = document.index(b"word/media/a.bin") + len(b"word/media/a.bin") + 3
    document[position] ^= 0xFF
    with pytest.raises(errors.CorruptDocument):
        open_docx(bytes(document))


def test_a_changed_part_leaves_every_other_entry_as_it_was():
    original = make_docx(paragraph("Text"), extra={"word/media/image1.png": bytes(range(256)) * 9})
    written = open_docx(original).write({"word/document.xml": b"<changed/>"})
    before, after = (zipfile.ZipFile(io.BytesIO(document)).infolist() for document in (original, written))
    assert [(e.filename, e.date_time, e.compress_type) for e in before] == [
        (e.filename, e.date_time, e.compress_type) for e in after
    ]
    changed = {**parts_of(original), "word/document.xml": b"<changed/>"}
    assert parts_of(written) == changed


def test_a_strict_document_is_refused_with_what_to_do():
    parts = parts_of(make_docx(paragraph("Text")))
    parts["word/document.xml"] = b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    with pytest.raises(errors.UnsupportedFileType, match="Strict"):
        open_docx(zip_of(parts))


@settings(max_examples=200, deadline=None)
@given(position=st.floats(0, 1, exclude_max=True), value=st.integers(0, 255), cut=st.booleans())
def test_no_damage_to_the_bytes_brings_anything_but_a_refusal(position, value, cut):
    sound = make_docx(paragraph("Text"), header=paragraph("Top"))
    place = int(position * len(sound))
    damaged = sound[:place] if cut else sound[:place] + bytes([value]) + sound[place + 1 :]
    try:
        package = open_docx(damaged)
    except errors.UnreadableDocument:
        return
    assert "word/document.xml" in package.parts
