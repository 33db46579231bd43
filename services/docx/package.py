"""The zip package of an untrusted DOCX: opened within limits, written back with every other part as it was.

Knows parts, names and relationships; knows nothing of what the XML says.
"""

import copy
import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from services.docx.names import Element
from services.errors import (
    CorruptDocument,
    DocumentTooComplex,
    EmptyFile,
    EncryptedDocument,
    LegacyDocument,
    MacroDocument,
    UnsupportedFileType,
)
from services.foreign_files import SAVE_AS, refusal_by_beginning, refusal_by_content_type, refusal_of_archive

MAX_PARTS = 500
MAX_INFLATED_BYTES = 20 * 1024 * 1024
MAX_XML_PART_BYTES = 8 * 1024 * 1024
MAX_TAGS = 400_000
"""Tags of one XML part; a parsed tag costs some hundred bytes, however few it took in the zip."""

_TOO_DEEP = "Excessive depth"
"""How libxml2 complains of elements that stand in more than 256 others; lxml has no name for it."""

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO_TYPES = ("macroenabled", "vbaproject")
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_MESSAGE = (
    'The file is a "Strict Open XML Document". Please save it as "Word Document (.docx)" and upload it again.'
)
_OLD_OFFICE = f"This is a file of an old Office program. {SAVE_AS}"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_CONTENT_TYPES, _ROOT_RELS = "[Content_Types].xml", "_rels/.rels"
_OFFICE_DOCUMENT = "/officeDocument"
_DOCTYPE_SPELLINGS = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to: the kind (last word of its type), the part name or URL, and whether it lies outside."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class DocxPackage:
    """An opened DOCX: its zip entries in order, the bytes of each part, and which part is the document."""

    entries: tuple[zipfile.ZipInfo, ...]
    parts: Mapping[str, bytes]
    main_part: str

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The relationships of a part by id; empty when it has none."""
        folder, _, name = part.rpartition("/")
        data = self.parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        return _read_relationships(data, folder) if data else {}

    def related_parts(self, kind: str) -> list[str]:
        """Names of the parts that the document refers to as `kind` ("styles", "header" …), each once, in order."""
        found = [
            item.target
            for item in self.relationships(self.main_part).values()
            if item.kind == kind and not item.external and item.target in self.parts
        ]
        return list(dict.fromkeys(found))

    def write(self, changed: Mapping[str, bytes]) -> bytes:
        """A new DOCX with the given parts exchanged; order, names, times and all other bytes stay as they were."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for entry in self.entries:
                data = changed.get(entry.filename, self.parts[entry.filename])
                archive.writestr(copy.copy(entry), data, compress_type=entry.compress_type)
        return buffer.getvalue()


def open_docx(document: bytes) -> DocxPackage:
    """Open an untrusted DOCX; raises the error that says what the file is when it is not a plain, sound DOCX."""
    _refuse_other_formats(document)
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as archive:
            entries = archive.infolist()
            _check_names(entries)
            parts = _inflate(archive, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise CorruptDocument from error
    if _CONTENT_TYPES not in parts or _ROOT_RELS not in parts:
        raise refusal_of_archive(parts)
    for name, data in parts.items():
        if _is_xml(name):
            _check_xml(data)
    return DocxPackage(tuple(entries), parts, _find_main_part(parts))


def parse_xml(data: bytes) -> Element:
    """Parse a part without entities and network. Raises CorruptDocument, DocumentTooComplex beyond lxml's limits."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise (DocumentTooComplex if _TOO_DEEP in error.msg else CorruptDocument) from error


def serialise_xml(root: Element) -> bytes:
    """The bytes of a changed part, declared as Word declares its parts."""
    return _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False)


def _refuse_other_formats(document: bytes) -> None:
    if not document:
        raise EmptyFile
    if document.startswith(_OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in document:
            raise EncryptedDocument
        if "WordDocument".encode("utf-16-le") in document:
            raise LegacyDocument
        raise UnsupportedFileType(_OLD_OFFICE)
    if not document.startswith(b"PK"):
        raise refusal_by_beginning(document[:64])


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS:
        raise DocumentTooComplex
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise CorruptDocument
    for entry in entries:
        name = entry.filename
        if name.startswith("/") or "\\" in name or ":" in name.split("/")[0] or ".." in name.split("/"):
            raise CorruptDocument
        if entry.flag_bits & 0x1:
            raise EncryptedDocument
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise CorruptDocument


def _inflate(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """The bytes of every entry; sizes are counted on what really comes out, not on what the headers claim."""
    parts: dict[str, bytes] = {}
    left = MAX_INFLATED_BYTES
    for entry in entries:
        limit = min(left, MAX_XML_PART_BYTES) if _is_xml(entry.filename) else left
        with archive.open(entry) as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise DocumentTooComplex
        left -= len(data)
        parts[entry.filename] = data
    return parts


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _check_xml(data: bytes) -> None:
    if any(spelling in data for spelling in _DOCTYPE_SPELLINGS):
        raise CorruptDocument
    if data.count(b"<") > MAX_TAGS:
        raise DocumentTooComplex


def _find_main_part(parts: Mapping[str, bytes]) -> str:
    types = _read_content_types(parts[_CONTENT_TYPES])
    if any(word in value.lower() for value in types.values() for word in _MACRO_TYPES) or any(
        "vbaproject" in name.lower() for name in parts
    ):
        raise MacroDocument
    for item in _read_relationships(parts[_ROOT_RELS], "").values():
        if item.kind == "officeDocument" and not item.external:
            declared = types.get("/" + item.target) or types.get(item.target.rpartition(".")[2].lower())
            if declared != _DOCUMENT_TYPE:
                raise refusal_by_content_type(declared or "")
            if item.target not in parts:
                raise CorruptDocument
            if _STRICT in parts[item.target]:
                raise UnsupportedFileType(_STRICT_MESSAGE)
            return item.target
    raise UnsupportedFileType


def _read_content_types(data: bytes) -> dict[str, str]:
    """Content types by part name ("/word/document.xml") and by extension ("xml")."""
    types: dict[str, str] = {}
    for item in parse_xml(data).iterchildren(tag=etree.Element):
        key = item.get("PartName") or (item.get("Extension") or "").lower()
        types[key] = item.get("ContentType") or ""
    return types


def _read_relationships(data: bytes, folder: str) -> dict[str, Relationship]:
    found: dict[str, Relationship] = {}
    for item in parse_xml(data).iterchildren(tag=etree.Element):
        target = item.get("Target") or ""
        external = item.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        found[item.get("Id") or ""] = Relationship((item.get("Type") or "").rpartition("/")[2], target, external)
    return found
