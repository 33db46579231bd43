"""Our own Word file for resumes that came as a PDF: one clean column, real headings, one real list, real links.

Every value stands in a line as it was extracted, a summary in as many as it has; several values of one line are set
apart by fixed marks.
"""

import io
from collections.abc import Iterable
from typing import TypeAlias

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from schemas.resume_schemas import Certification, CustomSection, Education, Experience, Project, ResumeData, SkillGroup
from services.docx import clean_styles as styles
from services.docx.clean_styles import TemplateStyle
from services.docx.right_to_left import runs_right_to_left, turn_round
from services.docx.section_titles import titles_for
from services.docx.xml_text import without_illegal
from services.line_spreading import are_wrapped_by_hand
from services.resume_paths import walk_texts

__all__ = ["TemplateStyle", "build_clean_docx"]

_BETWEEN_CONTACTS = "  |  "
_BETWEEN_DETAILS = " · "
_SECTIONS = (
    "professional_summary",
    "experience",
    "education",
    "skills",
    "projects",
    "certifications",
    "custom_sections",
)

Piece: TypeAlias = tuple[str, str]
"""A text and the URL that it leads to, which may be empty."""


def build_clean_docx(resume: ResumeData, style: TemplateStyle) -> bytes:
    """The resume as a DOCX in the given typography; nothing of the resume is left out."""
    sensible = style.sensible()
    document = Document()
    styles.dress(document, sensible)
    words = "\n".join(text for _, text in walk_texts(resume))
    _Writer(document, resume, titles_for(words)).write()
    if runs_right_to_left(words):
        turn_round(document, styles.BODY)
    styles.sign(document, _line(resume.personal_info.name))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class _Writer:
    """Writes section after section into the dressed document."""

    def __init__(self, document: DocxDocument, resume: ResumeData, titles: dict[str, str]) -> None:
        self._document, self._resume, self._titles = document, resume, titles

    def write(self) -> None:
        """Head first, then the sections in the resume's own order, then those that it does not name."""
        self._head()
        for name in dict.fromkeys([*self._resume.section_order, *_SECTIONS]):
            if name in _SECTIONS and getattr(self._resume, name):
                if name in self._titles:
                    self._add(styles.SECTION, self._titles[name])
                getattr(self, f"_{name}")()

    def _head(self) -> None:
        person = self._resume.personal_info
        self._add(styles.NAME, person.name)
        self._add(styles.ROLE, person.current_role)
        contacts: list[Piece] = [
            (person.email, f"mailto:{person.email}" if person.email else ""),
            (person.phone, ""),
            (person.location, ""),
        ]
        self._add_pieces(styles.CONTACT, contacts, _BETWEEN_CONTACTS)
        links = [(link.label or link.url, _address(link.url)) for link in person.header_links]
        self._add_pieces(styles.CONTACT, links, _BETWEEN_CONTACTS)

    def _professional_summary(self) -> None:
        summary = self._resume.professional_summary
        lines = summary.split("\n")
        for line in [summary] if are_wrapped_by_hand(lines) else lines:
            self._add(styles.BODY, line)

    def _experience(self) -> None:
        for job in self._resume.experience:
            self._entry(*_job_lines(job), dates=_dates(job.start_date, job.end_date))
            self._bullets(job.bullets)

    def _education(self) -> None:
        for school in self._resume.education:
            self._entry(*_school_lines(school), dates=_dates(school.start_date, school.end_date))
            self._bullets(school.bullets)

    def _skills(self) -> None:
        for group in self._resume.skills:
            self._skill_group(group)

    def _skill_group(self, group: SkillGroup) -> None:
        skills = ", ".join(_line(skill) for skill in group.skills)
        if not _line(group.category):
            self._add(styles.BODY, skills)
            return
        paragraph = self._document.add_paragraph(style=styles.BODY)
        paragraph.add_run(_line(group.category)).bold = True
        if skills:
            paragraph.runs[0].add_text(":")
            paragraph.add_run(f" {skills}")

    def _projects(self) -> None:
        for project in self._resume.projects:
            self._project(project)

    def _project(self, project: Project) -> None:
        self._entry(project.name, ", ".join(_line(item) for item in project.technologies), dates="")
        self._add_pieces(styles.DETAIL, [(project.link, _address(project.link))], "")
        self._bullets(project.bullets)

    def _certifications(self) -> None:
        for certification in self._resume.certifications:
            self._certification(certification)

    def _certification(self, certification: Certification) -> None:
        """One line: bold name, issuer, date at the right edge."""
        name, issuer, date = (_line(text) for text in (certification.name, certification.issuer, certification.date))
        paragraph = self._document.add_paragraph(style=styles.BODY)
        if name:
            paragraph.add_run(name).bold = True
        if issuer:
            paragraph.add_run(f"{_BETWEEN_DETAILS if name else ''}{issuer}")
        if date:
            paragraph.add_run(f"\t{date}" if name or issuer else date)

    def _custom_sections(self) -> None:
        for section in self._resume.custom_sections:
            self._custom_section(section)

    def _custom_section(self, section: CustomSection) -> None:
        self._add(styles.SECTION, section.title)
        self._bullets(section.items)

    # --- Lines ---

    def _entry(self, title: str, detail: str, *, dates: str) -> None:
        """A bold title with its dates at the right edge, and a grey line below; dates follow whatever is there."""
        title, detail = _line(title), _line(detail)
        if not title:
            title, detail = detail, ""
        paragraph = self._add(styles.ENTRY, title or dates)
        if paragraph is not None and title and dates:
            run = paragraph.add_run(f"\t{dates}")
            run.bold = False
        self._add(styles.DETAIL, detail)

    def _bullets(self, texts: Iterable[str]) -> None:
        for text in texts:
            self._add(styles.BULLET, text)

    def _add(self, style: str, text: str) -> Paragraph | None:
        text = _line(text)
        return self._document.add_paragraph(text, style=style) if text else None

    def _add_pieces(self, style: str, pieces: Iterable[Piece], separator: str) -> None:
        filled = [(_line(text), url) for text, url in pieces if _line(text)]
        if not filled:
            return
        paragraph = self._document.add_paragraph(style=style)
        for position, (text, url) in enumerate(filled):
            if position:
                paragraph.add_run(separator)
            if url:
                _add_link(paragraph, text, url)
            else:
                paragraph.add_run(text)


def _job_lines(job: Experience) -> tuple[str, str]:
    place = _BETWEEN_DETAILS.join(filter(None, map(_line, (job.company, job.location))))
    return (job.title, place) if _line(job.title) else (job.company, job.location)


def _school_lines(school: Education) -> tuple[str, str]:
    """Degree and field above institution, place and grade."""
    study = ", ".join(filter(None, map(_line, (school.degree, school.field))))
    rest = _BETWEEN_DETAILS.join(filter(None, map(_line, (school.institution, school.location, school.gpa))))
    return study, rest


def _dates(start: str, end: str) -> str:
    return " – ".join(filter(None, (_line(start), _line(end))))


def _line(text: str) -> str:
    """A value as one line."""
    return " ".join(without_illegal(text).split())


def _address(url: str) -> str:
    """A link that Word can follow; only the web and mail, whatever the PDF said."""
    url = "".join(without_illegal(url).split())
    if url.lower().startswith(("http://", "https://", "mailto:")):
        return url
    if "@" in url and "/" not in url:
        return f"mailto:{url}"
    return f"https://{url}" if "." in url and ":" not in url.split("/")[0] else ""


def _add_link(paragraph: Paragraph, text: str, url: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text, style=styles.HYPERLINK)
    link.append(run._r)
    paragraph._p.append(link)
