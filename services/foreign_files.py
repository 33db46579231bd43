"""Names files that no resume is read from, so that a refusal says what the file is and what to do with it.

Knows how formats begin and what their archives hold; opens nothing itself.
"""

from collections.abc import Collection

from services.errors import UnsupportedFileType

SAVE_AS = "Please save it as .docx or .pdf and upload it again."
_EXPORT_IT = "Please open it in the program that made it, save it as .docx or .pdf and upload that."
_PICTURE = "This is a picture, and text in pictures is not read. Please upload the Word file or a PDF with text."

_BY_BEGINNING = (
    (b"{\\rtf", f"This is an RTF document. {SAVE_AS}"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"<!doctype html", f"This is a web page. {SAVE_AS}"),
    (b"<html", f"This is a web page. {SAVE_AS}"),
    (b"<?xml", f"This is an XML file. {_EXPORT_IT}"),
    (b"7z\xbc\xaf", "This is an archive. Please unpack it and upload the resume in it."),
    (b"Rar!", "This is an archive. Please unpack it and upload the resume in it."),
)
_BY_MEMBER = (
    ("content.xml", f"This is an OpenDocument file. {SAVE_AS}"),
    ("Index/Document.iwa", f"This is a Pages document. {_EXPORT_IT}"),
    ("Index.zip", f"This is a Pages document. {_EXPORT_IT}"),
    ("META-INF/container.xml", "This is an e-book. Please upload the resume as .docx or .pdf."),
)
_BY_CONTENT_TYPE = (
    ("wordprocessingml.template", "This is a Word template (.dotx). Please save it as .docx and upload it again."),
    ("spreadsheetml", f"This is an Excel workbook. {SAVE_AS}"),
    ("presentationml", f"This is a PowerPoint presentation. {SAVE_AS}"),
)
_ARCHIVE = "This is a ZIP archive and no Word document. Please unpack it and upload the resume in it."


def refusal_by_beginning(head: bytes) -> UnsupportedFileType:
    """The refusal of a file that begins like this."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return UnsupportedFileType(next((said for magic, said in _BY_BEGINNING if start.startswith(magic.lower())), None))


def refusal_of_archive(members: Collection[str]) -> UnsupportedFileType:
    """The refusal of a zip file that holds these."""
    return UnsupportedFileType(next((said for name, said in _BY_MEMBER if name in members), _ARCHIVE))


def refusal_by_content_type(content_type: str) -> UnsupportedFileType:
    """The refusal of an Office file whose main part says to be this."""
    return UnsupportedFileType(next((said for kind, said in _BY_CONTENT_TYPE if kind in content_type), None))
