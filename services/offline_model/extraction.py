"""The offline model's answer to an extraction request: a resume's structure over its numbered lines, by rules.

Works only on what a language model would see; invents nothing: every value is copied from a line.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from schemas.model_outputs import (
    ExtractedCertification,
    ExtractedCustomSection,
    ExtractedEducation,
    ExtractedExperience,
    ExtractedProject,
    ExtractedSkillGroup,
    LineRange,
    ResumeExtraction,
    SectionName,
    Span,
)
from services.offline_model.column_heads import with_columns_as_fields, without_column_heads
from services.offline_model.education import extract_education
from services.offline_model.experience import extract_experience
from services.offline_model.numbered_lines import NumberedLine, parse_numbered
from services.offline_model.other_sections import extract_certifications, extract_custom, extract_projects
from services.offline_model.sections import Section, split_sections
from services.offline_model.skills import extract_skills, split_list, take_languages
from services.offline_model.unheaded import find_role, find_summary, sections_by_content
from services.resume_language.dates import find_dates, is_only_dates, main_date
from services.resume_language.folding import fold
from services.resume_language.headings import SectionKind, heading_kind
from services.resume_language.organisations import degree_at, is_school
from services.resume_language.spoken import is_spoken_language

_FEWEST_NAMES, _LONGEST_NAME = 3, 4
_FEWEST_TERMS = 2
_NAMES: dict[SectionKind, SectionName] = {
    "summary": "professional_summary",
    "experience": "experience",
    "education": "education",
    "skills": "skills",
    "projects": "projects",
    "certifications": "certifications",
    "custom": "custom_sections",
}


def extract(numbered_text: str) -> ResumeExtraction:
    """The structure of a resume given as numbered lines."""
    sections = split_sections(parse_numbered(numbered_text))
    top, headed = sections[0], sections[1:]
    role = find_role(top.lines)
    summary = find_summary(top.lines)
    used = {line.number for line in summary} | ({role.line} if role else set())
    titles = _heading_above(top.lines, summary)
    used.update(titles)
    rest = [line for line in top.lines if line.number not in used and not line.is_contact_only]
    _tell_qualifications_apart(headed)
    _tell_by_content(headed)
    kinds = {section.kind for section in headed}
    found = [*(section for section in sections_by_content(rest) if section.kind not in kinds), *headed]
    reading = _Reading()
    if summary:
        reading.add_summary(summary)
    for section in found:
        reading.add(section)
    return ResumeExtraction(
        current_role=role,
        professional_summary=reading.summary,
        experience=reading.experience,
        education=reading.education,
        skills=reading.skills,
        projects=reading.projects,
        certifications=reading.certifications,
        custom_sections=reading.custom,
        section_order=reading.order,
        heading_lines=sorted([*titles, *(number for section in sections for number in section.heading_lines)]),
    )


def _tell_qualifications_apart(sections: Sequence[Section]) -> None:
    """Qualifications are schooling, but certificates where that has a section of its own; training, where none has."""
    schooling = [section for section in sections if section.kind == "education"]
    ambiguous = [section for section in schooling if section.title and fold(section.title.text) == "qualifications"]
    if len(schooling) > len(ambiguous):
        for section in ambiguous:
            section.kind = "certifications"
    if not schooling:
        for section in sections:
            if section.kind == "custom" and any(_names_degree_and_school(line) for line in section.lines):
                section.kind = "education"


def _tell_by_content(sections: Sequence[Section]) -> None:
    """A section under a heading of the person's own words is what its lines are, where no known heading has that."""
    kinds = {section.kind for section in sections}
    for index, section in enumerate(sections):
        if section.kind == "summary" and "skills" not in kinds and _lists_names(section.lines):
            section.kind = "skills"
        if _lists_languages_of_machines(section):
            section.kind = "skills"
        if not _is_of_own_words(section):
            continue
        beside = {other.kind for other in sections[max(index - 1, 0) : index + 2]}
        if ("skills" not in kinds or "skills" in beside) and _lists_terms(section.lines):
            section.kind = "skills"
            continue
        found = {part.kind for part in sections_by_content(section.lines)}
        kind = next(iter(found)) if len(found) == 1 else None
        if kind in ("experience", "education", "skills") and kind not in kinds:
            section.kind = kind


def _lists_languages_of_machines(section: Section) -> bool:
    """Whether what a programmer calls "Languages" holds none that people speak."""
    is_called_so = section.kind == "custom" and section.title is not None and fold(section.title.text) == "languages"
    words = [word for line in section.lines for word in re.findall(r"[^\W\d_]+", line.text)]
    return is_called_so and _lists_terms(section.lines) and not any(map(is_spoken_language, words))


def _is_of_own_words(section: Section) -> bool:
    return section.kind == "custom" and section.title is not None and heading_kind(section.title.text) is None


def _lists_names(lines: Sequence[NumberedLine]) -> bool:
    """Whether the lines are items of few words: `What I do` may tell it in sentences or list it."""
    return len(lines) >= _FEWEST_NAMES and all(
        line.bullet and len(line.text.split()) <= _LONGEST_NAME and not line.text.endswith(".") for line in lines
    )


def _lists_terms(lines: Sequence[NumberedLine]) -> bool:
    """Whether the lines hold two and more terms of few words, and nothing that is dated, said or spoken."""
    terms = [term for line in lines for term in split_list(line.text)]
    plain = not any(line.has_placeholder or line.text.endswith(".") or find_dates(line.text) for line in lines)
    short = all(len(term.split()) <= _LONGEST_NAME and not is_spoken_language(term) for term in terms)
    return plain and short and len(terms) >= _FEWEST_TERMS


def _names_degree_and_school(line: NumberedLine) -> bool:
    return degree_at(line.text) is not None and is_school(line.text)


def _heading_above(lines: Sequence[NumberedLine], summary: Sequence[NumberedLine]) -> list[int]:
    """A line set as a heading straight above the first running text is its heading, whatever it says."""
    if not summary:
        return []
    above = [line for line in lines if line.number == summary[0].number - 1]
    return [line.number for line in above if line.heading and not line.has_placeholder]


class _Reading:
    """What has been read so far, section by section."""

    def __init__(self) -> None:
        self.summary: LineRange | None = None
        self.experience: list[ExtractedExperience] = []
        self.education: list[ExtractedEducation] = []
        self.skills: list[ExtractedSkillGroup] = []
        self.projects: list[ExtractedProject] = []
        self.certifications: list[ExtractedCertification] = []
        self.custom: list[ExtractedCustomSection] = []
        self.order: list[SectionName] = []

    def add_summary(self, lines: Sequence[NumberedLine]) -> None:
        """The first summary is the summary."""
        self.summary = LineRange(first=lines[0].number, last=lines[-1].number)
        self._note("summary")

    def add(self, section: Section) -> None:
        """Reads one section into the fields of its kind."""
        kind = section.kind
        lines = [line for line in section.lines if not line.is_contact_only]
        if kind in ("experience", "education"):
            lines = with_columns_as_fields([_without_mark_of_dates(line) for line in lines])
        lines = without_column_heads(lines)
        if kind is None or kind in ("contact", "title") or not lines:
            return
        if kind == "summary" and (self.summary is not None or not _is_text(lines)):
            kind = "custom"
        if kind == "summary":
            self.add_summary(lines)
            return
        before = self._count()
        if kind in ("certifications", "education"):
            languages, lines = take_languages(lines)
            self.skills.extend(languages)
        if kind == "experience":
            self.experience.extend(extract_experience(lines))
        elif kind == "education":
            self.education.extend(extract_education(lines))
        elif kind == "skills":
            self._add_skills(lines, section.title)
        elif kind == "projects":
            self.projects.extend(extract_projects(lines))
        elif kind == "certifications":
            self.certifications.extend(extract_certifications(lines))
        if kind == "custom" or self._count() == before:
            kind = "custom"
            self.custom.append(extract_custom(section))
        self._note(kind)

    def _add_skills(self, lines: Sequence[NumberedLine], title: Span | None) -> None:
        """The skills; a heading that is not theirs in general (`Field work`, `Languages`) says what they are."""
        own = title if title is not None and heading_kind(title.text) in (None, "custom") else None
        groups, others = extract_skills(lines)
        self.skills.extend(group.model_copy(update={"category": group.category or own}) for group in groups)
        for line in others:
            label = line.text.partition(":")[0].strip()
            self.custom.append(ExtractedCustomSection(title=line.span(label), items=[line.range]))

    def _note(self, kind: SectionKind) -> None:
        name = _NAMES[kind]
        if name not in self.order:
            self.order.append(name)

    def _count(self) -> int:
        entries = len(self.experience) + len(self.education) + len(self.skills)
        return entries + len(self.projects) + len(self.certifications)


def _without_mark_of_dates(line: NumberedLine) -> NumberedLine:
    """A dot before a span of time that stands alone is that of a time line, and marks no point of a list."""
    date = main_date(line.text)
    is_span = date is not None and date.start is not None and is_only_dates(line.text)
    return replace(line, bullet=False) if line.bullet and is_span else line


def _is_text(lines: Sequence[NumberedLine]) -> bool:
    """Whether the lines stand without gaps between their numbers: only then are they one range."""
    return all(after.number - before.number == 1 for before, after in pairwise(lines))
