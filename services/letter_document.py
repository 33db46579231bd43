"""A cover letter as a Word file: the sender's name and contact line, and the letter's paragraphs."""

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from schemas.resume_schemas import PersonalInfo

BODY_FONT = "Calibri"
GREY = RGBColor(0x55, 0x55, 0x55)


def build_letter(text: str, sender: PersonalInfo) -> bytes:
    """The letter on one A4 page's margins; an empty line in the text starts a new paragraph."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(22)
    style = document.styles["Normal"]
    style.font.name, style.font.size = BODY_FONT, Pt(11)
    style.paragraph_format.space_after = Pt(9)
    style.paragraph_format.line_spacing = 1.15
    _write_head(document, sender)
    for paragraph in text.strip().split("\n\n"):
        lines = paragraph.strip().split("\n")
        run = document.add_paragraph().add_run(lines[0])
        for line in lines[1:]:
            run.add_break()
            run.add_text(line)
    properties = document.core_properties
    properties.author = sender.name
    properties.title = properties.comments = properties.last_modified_by = ""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _write_head(document: DocumentObject, sender: PersonalInfo) -> None:
    head = document.add_paragraph()
    head.paragraph_format.space_after = Pt(2)
    name = head.add_run(sender.name)
    name.bold, name.font.size = True, Pt(16)
    contact = " · ".join(part for part in (sender.location, sender.phone, sender.email) if part)
    if contact:
        line = document.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
        line.paragraph_format.space_after = Pt(22)
        run = line.add_run(contact)
        run.font.size, run.font.color.rgb = Pt(9.5), GREY
