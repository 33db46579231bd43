import io
import re
import zipfile

import docx
import pymupdf
import pytest
from docx.enum.text import WD_TAB_ALIGNMENT

from schemas.resume_schemas import ResumeData
from services.docx.clean_template import TemplateStyle, build_clean_docx
from services.docx.reader import read_docx
from services.docx_generation_service import Edit, apply_edits
from services.pdf_service import PdfConverter
from services.resume_paths import walk_texts
from tests.docx_factory import part_of, parts_of
from tests.pdf_support import needs_soffice

RESUME = ResumeData.model_validate(
    {
        "personal_info": {
            "name": "Amara Okafor",
            "current_role": "Logistics Planner",
            "email": "amara@example.com",
            "phone": "+44 20 7946 0958",
            "location": "Leeds",
            "header_links": [{"label": "My page", "url": "amara.example.com"}, {"label": "Odd", "url": "javascript:x"}],
        },
        "professional_summary": "Plans and runs fleets\nof up to 60 vehicles.",
        "experience": [
            {
                "company": "Northern Fresh", "title": "Senior Planner", "location": "York", "start_date": "Mar 2019",
                "end_date": "Present", "bullets": ["Plan routes for 140 drivers", "Train six junior planners"],
            },
            {"company": "Harrow Foods", "start_date": "2014", "bullets": []},
        ],
        "education": [{"institution": "University of Leeds", "degree": "BSc", "field": "Supply Chain", "gpa": "First"}],
        "skills": [{"category": "Tools", "skills": ["SAP", "Excel"]}, {"category": "", "skills": ["Igbo"]}],
        "projects": [
            {"name": "Green Mile", "technologies": ["GIS"], "link": "https://example.com/g", "bullets": ["Map"]},
        ],
        "certifications": [{"name": "CPC", "issuer": "CILT", "date": "2015"}],
        "custom_sections": [{"title": "Volunteering", "items": ["Food bank driver"]}],
        "section_order": ["experience", "professional_summary"],
    }
)  # fmt: skip
BUILT = build_clean_docx(RESUME, TemplateStyle())


def test_every_value_of_the_resume_stands_within_one_line():
    lines = [line.text for line in read_docx(BUILT).lines]
    links = {link.url for line in read_docx(BUILT).lines for link in line.links}
    for path, text in walk_texts(RESUME):
        if path.endswith(".url"):
            continue
        assert any(" ".join(text.split()) in line for line in lines), path
    assert links == {"mailto:amara@example.com", "https://amara.example.com", "https://example.com/g"}


def test_sections_keep_the_resumes_order_and_have_real_headings():
    document = docx.Document(io.BytesIO(BUILT))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "Experience", "Summary", "Education", "Skills", "Projects", "Certifications", "Volunteering",
    ]  # fmt: skip


def test_headings_speak_the_language_of_the_resume():
    german = ResumeData(
        professional_summary="Ich habe die Planung für den Einkauf und die Logistik mit dem Team auf den Weg gebracht.",
        skills=[{"skills": ["Einkauf"]}],
    )
    texts = [line.text for line in read_docx(build_clean_docx(german, TemplateStyle())).lines]
    assert (texts[0], texts[2]) == ("Profil", "Kenntnisse")


def test_bullets_share_one_real_list_and_dates_a_right_tab():
    parts = parts_of(BUILT)
    assert parts["word/numbering.xml"].count(b"<w:abstractNum ") == 1
    bullets = [line for line in read_docx(BUILT).lines if line.list_level == 0]
    assert [line.text for line in bullets][:2] == ["Plan routes for 140 drivers", "Train six junior planners"]
    entry = docx.Document(io.BytesIO(BUILT)).styles["Heading 2"]
    (stop,) = entry.paragraph_format.tab_stops
    assert stop.alignment == WD_TAB_ALIGNMENT.RIGHT
    assert "Senior Planner\tMar 2019 – Present" in [line.text for line in read_docx(BUILT).lines]


def test_page_and_typography_come_from_the_style():
    style = TemplateStyle(612, 792, body_size=11, name_size=20, heading_colour="7A1F1F", font_family="Georgia")
    document = docx.Document(io.BytesIO(build_clean_docx(RESUME, style)))
    assert (document.sections[0].page_width.pt, document.sections[0].page_height.pt) == (612, 792)
    assert document.styles["Normal"].font.name == "Georgia"
    assert document.styles["Normal"].font.size.pt == 11
    assert document.styles["Title"].font.size.pt == 20
    assert str(document.styles["Heading 1"].font.color.rgb) == "7A1F1F"


@pytest.mark.parametrize(
    "style",
    [
        TemplateStyle(10, 10, body_size=1, name_size=500, heading_colour="FFFFFF", font_family='<a "&'),
        TemplateStyle(heading_colour="not a colour", font_family=""),
    ],
)
def test_a_style_that_cannot_be_read_is_made_sensible(style):
    document = docx.Document(io.BytesIO(build_clean_docx(RESUME, style)))
    assert 9 <= document.styles["Normal"].font.size.pt <= 12
    assert document.styles["Title"].font.size.pt <= 30
    assert str(document.styles["Heading 1"].font.color.rgb) == "1F3864"
    assert document.sections[0].page_width.pt >= 300


def test_the_file_names_the_person_and_no_tool():
    parts = parts_of(BUILT)
    everything = b"".join(data for name, data in parts.items() if name.startswith("docProps"))
    assert re.findall(rb"<dc:creator>(.*?)</dc:creator>", everything) == [b"Amara Okafor"]
    assert not re.search(rb"python|docx|generated|Microsoft|Word", everything.replace(b"openxmlformats", b""))
    assert not any("thumbnail" in name for name in parts)


def test_every_line_can_be_edited_afterwards():
    lines = read_docx(BUILT).lines
    result = apply_edits(
        BUILT, [Edit(line.number, "replace", line.anchor, new=f"Line {line.number}") for line in lines]
    )
    assert result.skipped == []


def test_characters_that_xml_forbids_do_not_stop_the_build():
    built = build_clean_docx(ResumeData(professional_summary="A\x00B\x1f <C>"), TemplateStyle())
    assert zipfile.ZipFile(io.BytesIO(built)).testzip() is None
    assert read_docx(built).lines[1].text == "AB <C>"


@needs_soffice
def test_a_resume_in_hebrew_begins_at_the_right_and_has_its_dates_at_the_left(tmp_path):
    resume = ResumeData.model_validate(
        {
            "personal_info": {"name": "ליאת כהן", "email": "liat@example.com"},
            "professional_summary": "מהנדסת תוכנה עם 7 שנות ניסיון בפיתוח ב-Python.",
            "experience": [{"title": "מפתחת בכירה", "start_date": "2019", "bullets": ["בניתי ממשקי API"]}],
            "skills": [{"category": "כלים", "skills": ["SQL"]}],
        }
    )
    built = build_clean_docx(resume, TemplateStyle(font_family="Arial"))
    assert part_of(built, "word/styles.xml").count("<w:bidi/>") == 1
    label = re.search(r"<w:r>(?:(?!</w:r>).)*כלים", part_of(built))
    assert label is not None
    assert "<w:rtl/>" in label[0]
    assert "<w:bCs/>" in label[0]

    converter = PdfConverter(tmp_path / "state", slots=1)
    try:
        with pymupdf.open("pdf", converter.convert(built)) as pdf:
            page = pdf[0]
            right, left = page.rect.width - 54, 54
            edges = {word[4]: (word[0], word[2]) for word in page.get_text("words")}
    finally:
        converter.close()
    assert abs(edges["2019"][0] - left) < 2
    assert abs(edges["ליאת"][1] - right) < 2


def test_a_resume_in_latin_letters_runs_from_left_to_right():
    assert "<w:bidi/>" not in part_of(BUILT, "word/styles.xml")
