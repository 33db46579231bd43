"""Reads a JSON Resume (jsonresume.org, schema 1.0.0 and its forerunners) word for word; nothing in it is lost.

What the schema of our resumes has no field for stands in sections of its own. `json_resume_export` is the way back.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from schemas.resume_schemas import (
    Certification,
    CustomSection,
    Education,
    Experience,
    HeaderLink,
    PersonalInfo,
    Project,
    ResumeData,
    SkillGroup,
)
from services.docx.xml_text import without_illegal
from services.errors import DocumentTooComplex, InvalidJsonResume
from services.resume_assembly import UNTITLED

BETWEEN_DATES = " – "
CUSTOM_SECTIONS = "customSections"
"""In `meta`, which may hold anything: the sections that JSON Resume does not know."""

_PARTS = {
    "basics": "professional_summary",
    "work": "experience",
    "education": "education",
    "skills": "skills",
    "projects": "projects",
    "certificates": "certifications",
}
_HEADS = {
    "volunteer": ("position", "organization"),
    "awards": ("title", "awarder"),
    "publications": ("name", "publisher"),
}
"""Parts that we have no field for: what names an entry of them."""
_PAIRS = {"languages": ("language", "fluency"), "interests": ("name", "keywords"), "references": ("name", "reference")}
_KNOWN = {*_PARTS, *_HEADS, *_PAIRS, "meta"}
_TECHNICAL = {"$schema", "meta"}
_KEPT_ELSEWHERE = f'What a resume has no place of its own for was kept under "{UNTITLED}".'
_NO_PICTURE = "The picture in the file was left out."


@dataclass(frozen=True, slots=True)
class JsonResumeFile:
    """The resume, and what the person should know about the reading."""

    resume: ResumeData
    warnings: list[str]


def read_json_resume(content: bytes) -> JsonResumeFile:
    """The resume in a file. Raises InvalidJsonResume, which says what is wrong with it, or DocumentTooComplex."""
    parts = _Part(_parsed(content))
    if not any(parts.has(name) for name in _KNOWN - _TECHNICAL):
        raise InvalidJsonResume(f"This JSON is no JSON Resume: it has none of {', '.join(_PARTS)}.")
    try:
        reader = _Reader(parts)
        return JsonResumeFile(reader.read(), reader.warnings())
    except (ValidationError, RecursionError) as error:  # more or longer texts than a resume can have
        raise DocumentTooComplex from error


def _parsed(content: bytes) -> dict[str, object]:
    try:
        parsed = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidJsonResume("The JSON file is not written in UTF-8. Please save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InvalidJsonResume(f"The file is not valid JSON: there is a mistake in {place}.") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists within lists within lists
        raise DocumentTooComplex from error
    if not isinstance(parsed, dict):
        raise InvalidJsonResume("This JSON is no JSON Resume, which is one object.")
    return parsed


class _Part:
    """A JSON object out of which values are taken; what nobody took is left over."""

    def __init__(self, values: dict[str, object]) -> None:
        self._values = values

    def has(self, name: str) -> bool:
        return name in self._values

    @property
    def names(self) -> list[str]:
        return list(self._values)

    def text(self, *names: str) -> str:
        """The first of these that is a text or number."""
        for name in names:
            if text := _text(self._values.get(name)):
                del self._values[name]
                return text
        return ""

    def texts(self, *names: str) -> list[str]:
        """All texts of these, each a single one or a list."""
        return [text for name in names for text in _texts(self._values.pop(name, None))]

    def parts(self, name: str) -> Iterator["_Part"]:
        """The entries of a list; one that is a mere text is its name."""
        value = self._values.pop(name, None)
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict):
                yield _Part(entry)
            else:
                yield from (_Part({"name": text}) for text in _texts(entry))

    def rest(self) -> Iterator[str]:
        """What nobody took, a line for each value."""
        for name, value in self._values.items():
            for text in _texts(value):
                yield f"{name}: {text}"


class _Reader:
    """One file being read, part by part."""

    def __init__(self, parts: _Part) -> None:
        self._parts = parts
        self._order = [_PARTS.get(name, "custom_sections") for name in parts.names if name not in _TECHNICAL]
        self._leftovers: list[str] = []

    def read(self) -> ResumeData:
        """The resume."""
        basics = next(self._parts.parts("basics"), _Part({}))
        meta = next(self._parts.parts("meta"), _Part({}))
        resume = ResumeData(
            professional_summary=basics.text("summary"),
            personal_info=self._person(basics),
            experience=[self._job(job) for job in self._parts.parts("work")],
            education=[self._school(school) for school in self._parts.parts("education")],
            skills=self._skills(),
            projects=[self._project(project) for project in self._parts.parts("projects")],
            certifications=[self._certificate(held) for held in self._parts.parts("certificates")],
            custom_sections=[*self._other_parts(), *_own_sections(meta)],
        )
        if leftovers := [line for line in self._leftovers if not _is_picture(line)]:
            resume.custom_sections.append(CustomSection(title=UNTITLED, items=leftovers))
        resume.section_order = [
            name for name in dict.fromkeys([*self._order, "custom_sections"]) if getattr(resume, name)
        ]
        return ResumeData.model_validate(resume.model_dump())  # lists that grew are within the limits, too

    def warnings(self) -> list[str]:
        """What was done with things that have no place."""
        pictures = [line for line in self._leftovers if _is_picture(line)]
        kept = len(self._leftovers) > len(pictures)
        return [*([_KEPT_ELSEWHERE] if kept else []), *([_NO_PICTURE] if pictures else [])]

    def _person(self, basics: _Part) -> PersonalInfo:
        links = [HeaderLink(label=url, url=url) for url in basics.texts("url", "website")]
        links += [_profile(profile) for profile in basics.parts("profiles")]
        place = next(basics.parts("location"), _Part({}))
        town = " ".join(filter(None, (place.text("postalCode"), place.text("city", "name"))))
        location = [place.text("address"), town, place.text("region"), place.text("countryCode")]
        person = PersonalInfo(
            name=basics.text("name"),
            current_role=basics.text("label"),
            email=basics.text("email"),
            phone=basics.text("phone"),
            location=", ".join(filter(None, location)),
            header_links=links,
        )
        self._keep_rest("", place)
        self._keep_rest("", basics)
        return person

    def _job(self, job: _Part) -> Experience:
        start, end = _period(job)
        read = Experience(
            company=job.text("name", "company", "organization"),
            title=job.text("position"),
            location=job.text("location"),
            start_date=start,
            end_date=end,
            bullets=job.texts("description", "summary", "highlights"),
        )
        self._keep_rest(read.company or read.title, job)
        return read

    def _school(self, school: _Part) -> Education:
        start, end = _period(school)
        read = Education(
            institution=school.text("institution", "name"),
            degree=school.text("studyType"),
            field=school.text("area"),
            location=school.text("location"),
            start_date=start,
            end_date=end,
            gpa=school.text("score", "gpa"),
            bullets=school.texts("summary", "courses"),
        )
        self._keep_rest(read.institution or read.degree, school)
        return read

    def _skills(self) -> list[SkillGroup]:
        """Groups with their keywords; skills without any are one group without a name."""
        groups: list[SkillGroup] = []
        bare = SkillGroup()
        for skill in self._parts.parts("skills"):
            name, keywords = _with_level(skill.text("name"), skill.text("level")), skill.texts("keywords")
            if keywords:
                groups.append(SkillGroup(category=name, skills=keywords))
            elif name:
                if not bare.skills:
                    groups.append(bare)
                bare.skills.append(name)
            self._keep_rest(name, skill)
        return groups

    def _project(self, project: _Part) -> Project:
        read = Project(
            name=project.text("name"),
            technologies=project.texts("keywords"),
            link=project.text("url"),
            bullets=project.texts("description", "summary", "highlights"),
        )
        self._keep_rest(read.name, project)
        return read

    def _certificate(self, held: _Part) -> Certification:
        read = Certification(name=held.text("name"), issuer=held.text("issuer"), date=held.text("date", "dates"))
        self._keep_rest(read.name, held)
        return read

    def _other_parts(self) -> Iterator[CustomSection]:
        """A section for each part that we have no field for, in the order of the file."""
        for name in self._parts.names:
            if name in _TECHNICAL or name in _PARTS:
                continue
            items = [line for entry in self._parts.parts(name) for line in _lines(name, entry)]
            if items:
                yield CustomSection(title=name[:1].upper() + name[1:], items=items)

    def _keep_rest(self, name: str, part: _Part) -> None:
        """Note what nobody took of an entry, with the entry's name."""
        self._leftovers += [f"{name}, {line}" if name else line for line in part.rest()]


def _profile(profile: _Part) -> HeaderLink:
    """The network is the label; the user's name belongs to it unless the address has it."""
    network, user, url = profile.text("network", "name"), profile.text("username"), profile.text("url")
    shown_user = user if user.casefold() not in url.casefold() else ""
    return HeaderLink(label=": ".join(filter(None, (network, shown_user))) or user or url, url=url)


def _period(entry: _Part) -> tuple[str, str]:
    """Start and end, in the words of `dates` (which our export adds where ISO cannot say it) or as ISO dates."""
    start, end, words = entry.text("startDate"), entry.text("endDate"), entry.text("dates")
    if words:
        start, _, end = words.partition(BETWEEN_DATES)
    return start, end


def _lines(part: str, entry: _Part) -> list[str]:
    """The lines of an entry that we have no fields for."""
    if part in _PAIRS:
        name, more = _PAIRS[part]
        detail = ", ".join(entry.texts(more))
        return [*_joined(": ", [entry.text(name), detail]), *entry.rest()]
    dates = BETWEEN_DATES.join(entry.texts("startDate", "endDate")) or entry.text("date", "releaseDate")
    head = [entry.text(name) for name in _HEADS.get(part, ("name", "title"))]
    return [*_joined(", ", [*head, dates]), *entry.texts("summary", "description", "highlights"), *entry.rest()]


def _own_sections(meta: _Part) -> Iterator[CustomSection]:
    for section in meta.parts(CUSTOM_SECTIONS):
        yield CustomSection(title=section.text("title"), items=section.texts("items"))


def _with_level(name: str, level: str) -> str:
    return f"{name} ({level})" if name and level else name or level


def _joined(separator: str, texts: Iterable[str]) -> list[str]:
    text = separator.join(filter(None, texts))
    return [text] if text else []


def _text(value: object) -> str:
    """A value as text; empty for what is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return without_illegal(str(value)).strip()


def _texts(value: object) -> Iterator[str]:
    """All texts within a value, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            for text in _texts(item):
                yield f"{without_illegal(name)}: {text}"
    elif isinstance(value, bool):
        yield str(value).lower()
    elif text := _text(value):
        yield text


def _is_picture(line: str) -> bool:
    return "data:image/" in line
