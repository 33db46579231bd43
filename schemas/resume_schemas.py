"""The shape of a resume, as HTTP and the database see it.

Knows nothing of documents or models: `schemas/model_outputs.py` holds what a language model may answer.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MAX_TEXT = 20_000
MAX_ITEMS = 500
MAX_RESUME_LENGTH = 300_000  # characters; forty full pages have about half of that
MAX_RESUME_TEXTS = 5_000

Text = Annotated[str, Field(max_length=MAX_TEXT)]


class ResumePart(BaseModel):
    """Base of all resume parts: unknown fields are ignored, never stored."""

    model_config = ConfigDict(extra="ignore")


class HeaderLink(ResumePart):
    label: Text = ""
    url: Text = ""


class PersonalInfo(ResumePart):
    name: Text = ""
    current_role: Text = ""
    email: Text = ""
    phone: Text = ""
    location: Text = ""
    header_links: list[HeaderLink] = Field(default_factory=list, max_length=MAX_ITEMS)


class Experience(ResumePart):
    company: Text = ""
    title: Text = ""
    location: Text = ""
    start_date: Text = ""
    end_date: Text = ""
    bullets: list[Text] = Field(default_factory=list, max_length=MAX_ITEMS)


class Education(ResumePart):
    institution: Text = ""
    degree: Text = ""
    field: Text = ""
    location: Text = ""
    start_date: Text = ""
    end_date: Text = ""
    gpa: Text = ""
    bullets: list[Text] = Field(default_factory=list, max_length=MAX_ITEMS)


class SkillGroup(ResumePart):
    category: Text = ""
    skills: list[Text] = Field(default_factory=list, max_length=MAX_ITEMS)


class Project(ResumePart):
    name: Text = ""
    technologies: list[Text] = Field(default_factory=list, max_length=MAX_ITEMS)
    link: Text = ""
    bullets: list[Text] = Field(default_factory=list, max_length=MAX_ITEMS)


class Certification(ResumePart):
    name: Text = ""
    issuer: Text = ""
    date: Text = ""


class CustomSection(ResumePart):
    title: Text = ""
    items: list[Text] = Field(default_factory=list, max_length=MAX_ITEMS)


class ResumeData(ResumePart):
    """A resume as structured data; every value is a verbatim span of the uploaded document."""

    personal_info: PersonalInfo = Field(default_factory=PersonalInfo)
    professional_summary: Text = ""
    experience: list[Experience] = Field(default_factory=list, max_length=MAX_ITEMS)
    education: list[Education] = Field(default_factory=list, max_length=MAX_ITEMS)
    skills: list[SkillGroup] = Field(default_factory=list, max_length=MAX_ITEMS)
    projects: list[Project] = Field(default_factory=list, max_length=MAX_ITEMS)
    certifications: list[Certification] = Field(default_factory=list, max_length=MAX_ITEMS)
    custom_sections: list[CustomSection] = Field(default_factory=list, max_length=MAX_ITEMS)
    section_order: list[Text] = Field(default_factory=list, max_length=MAX_ITEMS)


def of_reasonable_size(resume: ResumeData) -> ResumeData:
    """The resume, unless no career is that long. Raises ValueError."""
    lengths = _lengths(resume.model_dump(exclude_unset=True))
    if sum(lengths) > MAX_RESUME_LENGTH:
        raise ValueError(f"must have at most {MAX_RESUME_LENGTH:,} characters in all")
    if len(lengths) > MAX_RESUME_TEXTS:
        raise ValueError(f"must have at most {MAX_RESUME_TEXTS:,} texts in all")
    return resume


def _lengths(value: object) -> list[int]:
    if isinstance(value, str):
        return [len(value)] if value else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [length for part in parts for length in _lengths(part)]
