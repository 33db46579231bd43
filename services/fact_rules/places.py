"""Which part of a resume a path addresses, and which of the resume's own texts may vouch for what is written there.

Knows the resume's shape; takes no decision about words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from schemas.resume_schemas import ResumeData
from services.fact_rules.lexicon import Lexicon
from services.fact_rules.lexicon_files import load
from services.fact_rules.lines import Line, read_line, read_lines
from services.fact_rules.sources import Sources
from services.fact_rules.stemming import fold
from services.fact_rules.text_language import language_of, language_of_letter
from services.resume_paths import entry_path, parse_path, walk_texts

_YEAR = re.compile(r"(?:19|20)\d\d")
_STAGE = re.compile(r"[1-9]|i{1,3}v?|one|two|three")
"""Which of the parts of an examination: "Part 1", but the drone pilot's "Part 107" is a rule's number."""
_WORDS_TO_KNOW_A_LANGUAGE = 400
_WORDS_OF_A_ROLE = 4


class Place(Enum):
    """What may be done at a path."""

    PROFILE = auto()
    LINE = auto()
    TERM = auto()
    ITEMS = auto()
    CERTIFICATE = auto()
    IDENTITY = auto()


_PLACES = {
    ("professional_summary",): Place.PROFILE,
    ("experience", "bullets", "#"): Place.LINE,
    ("education", "bullets", "#"): Place.LINE,
    ("projects", "bullets", "#"): Place.LINE,
    ("custom_sections", "items", "#"): Place.LINE,
    ("skills", "skills", "#"): Place.TERM,
    ("projects", "technologies", "#"): Place.TERM,
    ("experience", "bullets"): Place.ITEMS,
    ("education", "bullets"): Place.ITEMS,
    ("projects", "bullets"): Place.ITEMS,
    ("projects", "technologies"): Place.ITEMS,
    ("custom_sections", "items"): Place.ITEMS,
    ("skills", "skills"): Place.ITEMS,
    ("section_order",): Place.ITEMS,
    ("certifications",): Place.CERTIFICATE,
}
_IDENTITY_PARTS = frozenset(
    {"personal_info", "experience", "education", "projects", "certifications", "skills", "custom_sections"}
)


def place_of(path: str) -> Place | None:
    """What kind of place a path addresses; None when a resume has no such place."""
    steps = parse_path(path)
    if steps is None:
        return None
    names = [step for step in steps if isinstance(step, str)]
    shape = (*names, "#") if len(names) > 1 and isinstance(steps[-1], int) else tuple(names)
    return _PLACES.get(shape) or (Place.IDENTITY if names and names[0] in _IDENTITY_PARTS else None)


@dataclass(frozen=True)
class Entry:
    """One entry of the resume: where it begins, whose it is, and all of its texts with their paths."""

    path: str
    employer: str
    title: str
    texts: tuple[tuple[str, str], ...]


def entry_at(resume: ResumeData, path: str) -> Entry:
    """The entry that a path belongs to."""
    prefix = entry_path(path)
    texts = tuple((p, t) for p, t in walk_texts(resume) if p == prefix or p.startswith(f"{prefix}."))
    values = {p.rpartition(".")[2]: t for p, t in texts}
    employer = values.get("company") or values.get("institution") or ""
    if not employer and prefix.startswith("projects"):
        employer = values.get("name", "")
    return Entry(prefix, employer, values.get("title") or values.get("degree") or "", texts)


def lexicon_for(resume: ResumeData, texts: Sequence[str]) -> Lexicon:
    """The lexicon of the language that the texts and the resume are written in."""
    body = [*texts, resume.professional_summary, *(b for job in resume.experience for b in job.bullets)]
    return load(language_of(_some_words(body)))


def lexicon_for_letter(resume: ResumeData, text: str, job_description: str) -> Lexicon:
    """The lexicon of the language of a letter or subject; a short one has that of the job or the resume."""
    own = [resume.professional_summary, *(line for job in resume.experience for line in job.bullets)]
    return load(language_of_letter(_some_words([text]), _some_words([job_description]), _some_words(own)))


def _some_words(texts: Sequence[str]) -> list[str]:
    words = re.findall(r"[^\W\d_]+", " ".join(texts))[:_WORDS_TO_KNOW_A_LANGUAGE]
    return [fold(word) for word in words]


def line_sources(
    resume: ResumeData, path: str, original: str | None, facts: Sequence[str], lexicon: Lexicon
) -> Sources:
    """What may vouch for a line of an entry: the line it replaces, or for a new line each line of the entry."""
    entry = entry_at(resume, path)
    items = [text for p, text in entry.texts if p.endswith("]")]
    own = [original] if original is not None else items
    confirmed = [fact for fact in facts if _concerns(fact, entry, resume)]
    rest = [text for p, text in entry.texts if text != original]
    inside = {p for p, _ in entry.texts}
    return Sources(
        lexicon,
        lines=read_lines([*own, *confirmed], lexicon),
        scope=read_lines([entry.title, *rest], lexicon),
        elsewhere=tuple(t for p, t in _content(resume) if p not in inside),
        titles=read_lines([entry.title, *confirmed], lexicon),
        confirmed=read_lines(confirmed, lexicon),
        replaced=read_line(original, lexicon) if original is not None else None,
        certificates=_certificates(resume, lexicon),
        degrees=_degrees(resume, lexicon),
        # a line with a year of its own takes no other one from the entry's dates
        years=frozenset(float(year) for _, text in entry.texts for year in _YEAR.findall(text))
        if not _YEAR.search(original or "")
        else frozenset(),
    )


def entry_lines(resume: ResumeData, path: str, lexicon: Lexicon) -> tuple[Line, ...]:
    """The lines of the entry that a path belongs to."""
    return read_lines([text for p, text in entry_at(resume, path).texts if p.endswith("]")], lexicon)


def profile_sources(
    resume: ResumeData,
    facts: Sequence[str],
    lexicon: Lexicon,
    *,
    original: str | None = None,
    with_person: bool = False,
) -> Sources:
    """What may vouch for a text about the person as a whole: all lines of the resume, for a letter the name as well."""
    lines = walk_texts(resume) if with_person else _content(resume)
    titles = [resume.personal_info.current_role, resume.professional_summary, *(job.title for job in resume.experience)]
    return Sources(
        lexicon,
        lines=read_lines([*(text for _, text in lines), *facts], lexicon),
        titles=read_lines([*titles, *facts], lexicon),
        is_profile=True,
        profile=read_line(original, lexicon) if original else None,
        certificates=_certificates(resume, lexicon),
        degrees=_degrees(resume, lexicon),
        confirmed=read_lines(facts, lexicon),
        modest=_modest_words(original or "", lexicon),
    )


def _certificates(resume: ResumeData, lexicon: Lexicon) -> tuple[Line, ...]:
    """The certificates that the person holds: one that is expected, or its first part, certifies nobody."""
    held = (own for own in resume.certifications if not _is_unfinished(f"{own.name} {own.date}", lexicon))
    return read_lines((own.name for own in held), lexicon)


def _degrees(resume: ResumeData, lexicon: Lexicon) -> tuple[Line, ...]:
    held = (own for own in resume.education if not _is_unfinished(f"{own.degree} {own.end_date}", lexicon))
    return read_lines((f"{own.degree} {own.field}" for own in held), lexicon)


def _is_unfinished(text: str, lexicon: Lexicon) -> bool:
    words = [fold(word) for word in re.findall(r"\w+", text)]
    stages = (one in lexicon.stages and _STAGE.fullmatch(other) is not None for one, other in pairwise(words))
    return not lexicon.unfinished.isdisjoint(words) or any(stages)


def _modest_words(profile: str, lexicon: Lexicon) -> frozenset[str]:
    opening = re.findall(r"\w+", fold(profile))[:_WORDS_OF_A_ROLE]
    return lexicon.junior.intersection(opening)


def term_sources(resume: ResumeData, path: str, facts: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[Line, ...]]:
    """What may vouch for a listed skill: one line, for a project of its own; or a point of a job and its title."""
    yield from ((line,) for line in term_lines(resume, path, facts, lexicon))
    if not path.startswith("projects"):
        for job in resume.experience:
            title = read_lines([job.title], lexicon)
            yield from ((point, *title) for point in read_lines(job.bullets, lexicon) if title)


def term_lines(resume: ResumeData, path: str, facts: Sequence[str], lexicon: Lexicon) -> tuple[Line, ...]:
    """All lines that may show a listed skill."""
    if path.startswith("projects"):
        entry = entry_at(resume, path)
        confirmed = [fact for fact in facts if _concerns(fact, entry, resume)]
        return read_lines([*(text for _, text in entry.texts), *confirmed], lexicon)
    return read_lines([*(text for _, text in _content(resume)), *facts], lexicon)


def _content(resume: ResumeData) -> Iterator[tuple[str, str]]:
    return ((path, text) for path, text in walk_texts(resume) if not path.startswith("personal_info"))


def _concerns(fact: str, entry: Entry, resume: ResumeData) -> bool:
    """A fact that names another employer than the entry's says nothing about the entry."""
    said = fold(fact)
    if entry.employer and fold(entry.employer) in said:
        return True
    names = [job.company for job in resume.experience] + [school.institution for school in resume.education]
    return not any(name and fold(name) in said for name in names)
