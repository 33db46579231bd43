"""Small DOCX files for the tests, written by hand so that every byte of their XML is known."""

import io
import re
import zipfile
from xml.sax.saxutils import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def run(text: str, properties: str = "") -> str:
    """A w:r; tabs and line breaks of the text become their elements."""
    pieces = "".join(
        {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in re.split(r"([\t\n])", text)
        if piece
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{pieces}</w:r>"


def paragraph(*runs: str, properties: str = "", attributes: str = "") -> str:
    """A w:p of runs; a plain text counts as one run."""
    inner = "".join(item if item.startswith("<") else run(item) for item in runs)
    return f"<w:p{attributes}>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def table(*rows: list[str]) -> str:
    """A w:tbl of cells that are given as XML."""
    cells = "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/>{cells}</w:tbl>"


def hyperlink_field(words: str, url: str) -> str:
    """The runs of a complex HYPERLINK field."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f'<w:r><w:instrText> HYPERLINK "{url}" </w:instrText></w:r>'
    return mark.format("begin") + code + mark.format("separate") + run(words) + mark.format("end")


def text_box(content: str) -> str:
    """A paragraph that holds a DrawingML text box with its VML copy."""
    return paragraph(
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wp:inline><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>'
        "</wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def make_docx(
    *body: str,
    header: str = "",
    footer: str = "",
    styles: str = "",
    numbering: str = "",
    links: dict[str, str] | None = None,
    extra: dict[str, bytes] | None = None,
    content_type: str = DOCUMENT_TYPE,
    doctype: str = "",
) -> bytes:
    """A whole DOCX with this body; `links` are external targets by relationship id, `extra` further parts."""
    parts: dict[str, bytes] = {}
    relationships = "".join(
        f'<Relationship Id="{key}" Type="{_TYPE}hyperlink" Target="{url}" TargetMode="External"/>'
        for key, url in (links or {}).items()
    )
    given = (
        ("header", "hdr", header),
        ("footer", "ftr", footer),
        ("styles", "styles", styles),
        ("numbering", "numbering", numbering),
    )
    for kind, root, content in given:
        if content:
            relationships += f'<Relationship Id="{kind}" Type="{_TYPE}{kind}" Target="{kind}.xml"/>'
            parts[f"word/{kind}.xml"] = f"<w:{root} {NAMESPACES}>{content}</w:{root}>".encode()
    document = f"{doctype}<w:document {NAMESPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
    everything = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATIONSHIPS}">'
            f'<Relationship Id="rId1" Type="{_TYPE}officeDocument" Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/document.xml": document.encode(),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_RELATIONSHIPS}">{relationships}</Relationships>'
        ).encode(),
        **parts,
        **(extra or {}),
    }
    return zip_of(everything)


def zip_of(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def part_of(document: bytes, name: str = "word/document.xml") -> str:
    """The XML of a part as text."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read(name).decode()


def parts_of(document: bytes) -> dict[str, bytes]:
    """All parts by name, in order."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
