"""What a language model may answer, as strict schemas: every field required, no defaults, no open objects.

Kept apart from the HTTP schemas because OpenAI's strict mode refuses defaults, and because a model's answer is
a proposal that code checks, never data that is stored as it comes.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class ModelOutput(BaseModel):
    """Base of all answers: `additionalProperties: false`, as strict mode asks."""

    model_config = ConfigDict(extra="forbid")


# --- Extraction: values point at numbered lines; long texts are given by line numbers only, never retyped ---


class Span(ModelOutput):
    """Words copied verbatim from one numbered line."""

    line: int
    text: str


class LineRange(ModelOutput):
    """A text that is lines `first` to `last` (inclusive), as they stand."""

    first: int
    last: int


class ExtractedExperience(ModelOutput):
    company: Span | None
    title: Span | None
    location: Span | None
    start_date: Span | None
    end_date: Span | None
    bullets: list[LineRange]


class ExtractedEducation(ModelOutput):
    institution: Span | None
    degree: Span | None
    field: Span | None
    location: Span | None
    start_date: Span | None
    end_date: Span | None
    gpa: Span | None
    bullets: list[LineRange]


class ExtractedSkillGroup(ModelOutput):
    category: Span | None
    skills: list[Span]


class ExtractedProject(ModelOutput):
    name: Span | None
    technologies: list[Span]
    link: Span | None
    bullets: list[LineRange]


class ExtractedCertification(ModelOutput):
    name: Span | None
    issuer: Span | None
    date: Span | None


class ExtractedCustomSection(ModelOutput):
    title: Span | None
    items: list[LineRange]


SectionName = Literal[
    "professional_summary",
    "experience",
    "education",
    "skills",
    "projects",
    "certifications",
    "custom_sections",
]


class ResumeExtraction(ModelOutput):
    """A resume's structure over its numbered lines. Contact data is cut out before and read by code."""

    current_role: Span | None
    professional_summary: LineRange | None
    experience: list[ExtractedExperience]
    education: list[ExtractedEducation]
    skills: list[ExtractedSkillGroup]
    projects: list[ExtractedProject]
    certifications: list[ExtractedCertification]
    custom_sections: list[ExtractedCustomSection]
    section_order: list[SectionName]
    heading_lines: list[int]


# --- The run ---


class GuardrailAnswer(ModelOutput):
    """Whether a text is a job advertisement, or wishes about tailoring to one, and nothing else."""

    verdict: Literal["allow", "refuse"]
    category: Literal["job", "not_related", "injection", "invalid"]
    reason: str


class JobSummary(ModelOutput):
    """What a job advertisement asks for, in its own words."""

    position: str | None
    company: str | None
    language: str
    role_focus: str
    required_skills: list[str]
    preferred_skills: list[str]
    responsibilities: list[str]


class CitedEvidence(ModelOutput):
    path: str
    quote: str


class ProposedChange(ModelOutput):
    """One change of one path. `proposed` for replace and insert, `order` (all items, new order) for reorder."""

    path: str
    kind: Literal["replace", "insert", "delete", "reorder"]
    original: str | None
    proposed: str | None
    order: list[str] | None
    reason: str
    requirement: str | None
    evidence: list[CitedEvidence]


class TailoringProposal(ModelOutput):
    """Changes proposed for the lines that were sent; an empty list means that they are fine as they stand."""

    changes: list[ProposedChange]


class ApplicationLetters(ModelOutput):
    """Cover letter and follow-up e-mail for one application, from facts of the resume only."""

    cover_letter: str
    email_subject: str
    email_body: str
