"""Turns a model's answer into a resume that holds only the document's own words, and all of them.

Every value is looked up in the document and dropped when it does not stand there; every line that no value covers is
kept under its heading. Knows no model and no file format.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from schemas.model_outputs import LineRange, ResumeExtraction, Span
from schemas.resume_schemas import (
    MAX_ITEMS,
    MAX_TEXT,
    Certification,
    CustomSection,
    Education,
    Experience,
    PersonalInfo,
    Project,
    ResumeData,
    SkillGroup,
)
from services.contact_details import ContactDetails
from services.document_text import DocumentText
from services.resume_coverage import Coverage
from services.resume_language.dates import DURATION, is_only_dates, main_date
from services.resume_language.headings import heading_kind
from services.resume_paths import entry_path
from services.span_search import DocumentWords, Place

UNTITLED = "Additional information"
"""Title for lines that stand under no heading of the document."""

_SECTIONS = (
    "professional_summary",
    "experience",
    "education",
    "skills",
    "projects",
    "certifications",
    "custom_sections",
)


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Where a value stands: from `start` in line `line` to `end` in line `last_line`."""

    line: int
    start: int
    end: int
    last_line: int


@dataclass(frozen=True, slots=True)
class AssembledResume:
    """The resume, where each of its values stands, and what of the answer could not be found."""

    resume: ResumeData
    sources: dict[str, SourceSpan]
    dropped: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def assemble(document: DocumentText, extraction: ResumeExtraction, contact: ContactDetails) -> AssembledResume:
    """The resume that an answer describes, checked word by word against the document."""
    assembly = _Assembly(document, contact)
    resume = assembly.read(extraction)
    assembly.keep_the_rest(resume, extraction)
    resume.section_order = _section_order(resume, extraction, assembly.sources)
    return AssembledResume(resume, assembly.sources, tuple(assembly.dropped), tuple(_warnings(resume)))


@dataclass(slots=True)
class _Assembly:
    """The document being used up, value by value."""

    document: DocumentText
    contact: ContactDetails
    sources: dict[str, SourceSpan] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    words: DocumentWords = field(init=False)
    coverage: Coverage = field(init=False)

    def __post_init__(self) -> None:
        self.words = DocumentWords(self.document.lines, self.contact)
        self.coverage = Coverage(self.document.lines)

    def read(self, extraction: ResumeExtraction) -> ResumeData:
        """All fields of the answer, in the order of the schema."""
        for number in extraction.heading_lines:
            self.coverage.cover_heading(number)
        return ResumeData(
            personal_info=self._person(extraction.current_role),
            professional_summary=self._summary(extraction.professional_summary),
            experience=self._experience(extraction),
            education=self._education(extraction),
            skills=self._skills(extraction),
            projects=self._projects(extraction),
            certifications=self._certifications(extraction),
            custom_sections=self._custom(extraction),
        )

    # --- Parts of the answer ---

    def _person(self, role: Span | None) -> PersonalInfo:
        links = 0
        for span in self.contact.spans:
            path = f"personal_info.{span.field}"
            if span.field == "link":
                path, links = f"personal_info.header_links[{links}].label", links + 1
            self._note(path, Place(span.line, span.start, span.end), span.field)
        info = self.contact.personal_info.model_copy(deep=True)
        info.current_role = self._span("personal_info.current_role", role)
        return info

    def _summary(self, lines: LineRange | None) -> str:
        """The summary without its heading, where both stand on one line: `Profile <tab> Nurse with …`."""
        first = self.document.lines[lines.first - 1] if lines and 1 <= lines.first <= len(self.document.lines) else None
        label = re.match(r"([^\t:：]{2,40}?)\s*[\t:：]\s*(?=\S)", first.text) if first else None
        is_heading = label is not None and heading_kind(label.group(1)) == "summary"
        return self._text("professional_summary", lines, start=label.end() if label and is_heading else 0)

    def _experience(self, extraction: ResumeExtraction) -> list[Experience]:
        out: list[Experience] = []
        for job in extraction.experience[:MAX_ITEMS]:
            path = f"experience[{len(out)}]"
            entry = Experience(
                company=self._span(f"{path}.company", job.company),
                title=self._span(f"{path}.title", job.title),
                location=self._span(f"{path}.location", job.location),
                start_date=self._span(f"{path}.start_date", job.start_date),
                end_date=self._span(f"{path}.end_date", job.end_date),
                bullets=self._ranges(f"{path}.bullets", job.bullets),
            )
            if entry != Experience():
                out.append(entry)
        return out

    def _education(self, extraction: ResumeExtraction) -> list[Education]:
        out: list[Education] = []
        for school in extraction.education[:MAX_ITEMS]:
            path = f"education[{len(out)}]"
            entry = Education(
                institution=self._span(f"{path}.institution", school.institution),
                degree=self._span(f"{path}.degree", school.degree),
                field=self._span(f"{path}.field", school.field),
                location=self._span(f"{path}.location", school.location),
                start_date=self._span(f"{path}.start_date", school.start_date),
                end_date=self._span(f"{path}.end_date", school.end_date),
                gpa=self._span(f"{path}.gpa", school.gpa),
                bullets=self._ranges(f"{path}.bullets", school.bullets),
            )
            if entry != Education():
                out.append(entry)
        return out

    def _skills(self, extraction: ResumeExtraction) -> list[SkillGroup]:
        out: list[SkillGroup] = []
        for group in extraction.skills[:MAX_ITEMS]:
            path = f"skills[{len(out)}]"
            category = self._span(f"{path}.category", group.category)
            skills = self._spans(f"{path}.skills", group.skills)
            if category or skills:
                out.append(SkillGroup(category=category, skills=skills))
        return out

    def _projects(self, extraction: ResumeExtraction) -> list[Project]:
        out: list[Project] = []
        for project in extraction.projects[:MAX_ITEMS]:
            path = f"projects[{len(out)}]"
            entry = Project(
                name=self._span(f"{path}.name", project.name),
                technologies=self._spans(f"{path}.technologies", project.technologies),
                link=self._span(f"{path}.link", project.link),
                bullets=self._ranges(f"{path}.bullets", project.bullets),
            )
            if entry != Project():
                out.append(entry)
        return out

    def _certifications(self, extraction: ResumeExtraction) -> list[Certification]:
        out: list[Certification] = []
        for certificate in extraction.certifications[:MAX_ITEMS]:
            path = f"certifications[{len(out)}]"
            entry = Certification(
                name=self._span(f"{path}.name", certificate.name),
                issuer=self._span(f"{path}.issuer", certificate.issuer),
                date=self._span(f"{path}.date", certificate.date),
            )
            if entry != Certification():
                out.append(entry)
        return out

    def _custom(self, extraction: ResumeExtraction) -> list[CustomSection]:
        out: list[CustomSection] = []
        for section in extraction.custom_sections[:MAX_ITEMS]:
            path = f"custom_sections[{len(out)}]"
            title = self._span(f"{path}.title", section.title)
            items = self._ranges(f"{path}.items", section.items, title=self.sources.get(f"{path}.title"))
            if title or items:
                out.append(CustomSection(title=title, items=items))
        return out

    # --- Single values ---

    def _span(self, path: str, span: Span | None) -> str:
        if span is None or not span.text.strip():
            return ""
        place = self.words.find(span.line, span.text, self.coverage)
        if place is None:
            self.dropped.append(f"{path}: these words do not stand in the document")
            return ""
        self._note(path, place, path)
        return self.words.text_at(place)

    def _spans(self, path: str, spans: Iterable[Span]) -> list[str]:
        out: list[str] = []
        for span in islice(spans, MAX_ITEMS):
            text = self._span(f"{path}[{len(out)}]", span)
            if text:
                out.append(text)
        return out

    def _text(self, path: str, lines: LineRange | None, *, glue: str = "\n", start: int = 0) -> str:
        """The lines as one text, the first from the character `start` on."""
        if lines is None:
            return ""
        last = len(self.document.lines)
        if not 1 <= lines.first <= lines.last <= last:
            self.dropped.append(f"{path}: there are no lines {lines.first} to {lines.last}")
            return ""
        numbers = [n for n in range(lines.first, lines.last + 1) if not self.coverage.is_heading(n)]
        if not numbers:
            return ""
        texts = [self.document.lines[number - 1].text for number in numbers]
        for number in numbers:
            self.coverage.cover_line(number, path)
        self.sources[path] = SourceSpan(numbers[0], start, len(texts[-1]), numbers[-1])
        texts[0] = texts[0][start:]
        return glue.join(" ".join(text.split()) for text in texts if text.strip())[:MAX_TEXT]

    def _ranges(self, path: str, ranges: Iterable[LineRange], *, title: SourceSpan | None = None) -> list[str]:
        """The texts of some lines; the line that begins with their title only from behind it."""
        out: list[str] = []
        for lines in islice(ranges, MAX_ITEMS):
            if all(self.coverage.is_in_range(number) for number in range(lines.first, lines.last + 1)):
                self.dropped.append(f"{path}: lines {lines.first} to {lines.last} are in use already")
                continue
            start = self._behind(title, lines.first)
            text = self._text(f"{path}[{len(out)}]", lines, glue=" ", start=start)
            if text:
                out.append(text)
        return out

    def _behind(self, title: SourceSpan | None, line: int) -> int:
        """Where the words behind a title begin on its line; 0 where there are none, or on another line."""
        if title is None or title.line != line or title.start > 0:
            return 0
        rest = re.match(r"\s*[\t:：|–—-]\s*(?=\S)", self.document.lines[line - 1].text[title.end :])
        return title.end + rest.end() if rest else 0

    def _note(self, path: str, place: Place, owner: str) -> None:
        self.sources.setdefault(path, SourceSpan(place.line, place.start, place.end, place.line))
        self.coverage.cover(place.line, place.start, place.end, owner)

    # --- What no value covers ---

    def keep_the_rest(self, resume: ResumeData, extraction: ResumeExtraction) -> None:
        """Puts uncovered words where they belong: with the entry whose line they share, else under their heading."""
        headings = self._headings(extraction)
        self._keep_bare_headings(resume, headings)
        for rest in self.coverage.rests():
            entry = _bullets_of(resume, self._enclosing_entry(rest.place.line) if rest.is_whole_line else rest.owner)
            if entry is not None and len(entry[1]) < MAX_ITEMS:
                path, bullets = entry
                if self._repeats_the_dates(path, rest.place):
                    continue
                self._insert(path, bullets, rest.place)
                continue
            title = next((title for number, title in reversed(headings) if number <= rest.place.line), "")
            index = self._section_named(resume, title or UNTITLED)
            self._insert(f"custom_sections[{index}].items", resume.custom_sections[index].items, rest.place)

    def _keep_bare_headings(self, resume: ResumeData, headings: Sequence[tuple[int, str]]) -> None:
        """A heading in the person's own words with nothing under it holds something that was said."""
        numbers = {number for number, _ in headings}
        titles = {section.title for section in resume.custom_sections}
        words = dict(headings)
        for number, title in headings:
            bare = number + 1 in numbers or number == len(self.document.lines)
            if heading_kind(f"{title} {words.get(number + 1, '')}") is not None:
                continue  # one heading, set over two lines
            if heading_kind(title) in ("title", "contact"):
                continue  # the document's name for itself, or for values that are kept elsewhere
            if bare and title not in titles and re.search(r"\w", title):
                path = f"custom_sections[{len(resume.custom_sections)}].title"
                resume.custom_sections.append(CustomSection(title=" ".join(title.split())))
                line = self.document.lines[number - 1]
                self.sources[path] = SourceSpan(number, 0, len(line.text), number)

    def _enclosing_entry(self, line: int) -> str:
        """The entry that has values both above and below the line; empty when there is none."""
        above, below = self.coverage.owner_near(line, -1), self.coverage.owner_near(line, 1)
        return above if above and entry_path(above) == entry_path(below) else ""

    def _repeats_the_dates(self, path: str, place: Place) -> bool:
        """Whether the words tell dates again: the years with an employer of several roles, or how long a job lasted."""
        text = self.words.text_at(place)
        start = self.sources.get(path.replace(".bullets", ".start_date"))
        date = main_date(text)
        only_span = date is not None and date.is_range and is_only_dates(text)
        return start is not None and (bool(DURATION.fullmatch(text)) or (only_span and start.line != place.line))

    def _headings(self, extraction: ResumeExtraction) -> list[tuple[int, str]]:
        """Line and words of each heading, the document's own."""
        numbers = set(self.coverage.headings)
        found = {number: self.document.lines[number - 1].text.strip(" \t:：") for number in numbers}
        for index, section in enumerate(extraction.custom_sections):
            source = self.sources.get(f"custom_sections[{index}].title")
            if section.title is not None and source is not None:
                found.setdefault(source.line, self.words.text_at(Place(source.line, source.start, source.end)))
        return sorted(found.items())

    def _section_named(self, resume: ResumeData, title: str) -> int:
        for index, section in enumerate(resume.custom_sections):
            if section.title == title and len(section.items) < MAX_ITEMS:
                return index
        resume.custom_sections.append(CustomSection(title=title))
        return len(resume.custom_sections) - 1

    def _insert(self, path: str, items: list[str], place: Place) -> None:
        """Adds the words in document order, moving the sources of the items behind them."""
        starts = [self.sources[f"{path}[{i}]"].line for i in range(len(items)) if f"{path}[{i}]" in self.sources]
        at = sum(1 for line in starts if line <= place.line) if len(starts) == len(items) else len(items)
        for index in range(len(items), at, -1):
            self.sources[f"{path}[{index}]"] = self.sources[f"{path}[{index - 1}]"]
        items.insert(at, self.words.text_at(place))
        self.sources[f"{path}[{at}]"] = SourceSpan(place.line, place.start, place.end, place.line)


def _bullets_of(resume: ResumeData, owner: str) -> tuple[str, list[str]] | None:
    """The bullets of the job, school or project that a line's values belong to."""
    match = re.match(r"(experience|education|projects)\[(\d+)\]", owner)
    if match is None:
        return None
    entries: Sequence[Experience | Education | Project] = getattr(resume, match.group(1))
    index = int(match.group(2))
    return (f"{match.group()}.bullets", entries[index].bullets) if index < len(entries) else None


def _section_order(resume: ResumeData, extraction: ResumeExtraction, sources: dict[str, SourceSpan]) -> list[str]:
    """The answer's order, without sections that are empty and with those it forgot."""
    filled = [name for name in _SECTIONS if getattr(resume, name)]
    order = [name for name in dict.fromkeys(extraction.section_order) if name in filled]
    first_line = {
        name: min((source.line for path, source in sources.items() if path.startswith(name)), default=0)
        for name in filled
    }
    return [*order, *sorted((name for name in filled if name not in order), key=lambda name: first_line[name])]


def _warnings(resume: ResumeData) -> list[str]:
    warnings: list[str] = []
    known = [name for name in _SECTIONS if name != "custom_sections" and getattr(resume, name)]
    if not known:
        warnings.append("No section of a resume was recognised: the text was kept whole under custom_sections.")
    if not resume.personal_info.name:
        warnings.append("No name was found in the document.")
    return warnings
