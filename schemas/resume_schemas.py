"""The shape of a resume, as HTTP and the database see it.

Knows nothing of documents or models: `schemas/model_outputs.py` holds what a language model may answer.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

MAX_TEXT = 20_000
MAX_ITEMS = 500

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
