"""Reading a job advertisement by rules: what it is for, who offers it, and what it demands or wishes, in its own words.

Deterministic and offline; knows nothing of resumes or models.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from services.job_ad_company import read_company
from services.job_ad_lexicon import (
    ASKING_CUES,
    BEHAVIOUR_VERBS,
    BOILERPLATE,
    DUTY_HEADINGS,
    EMPLOYER_OPENINGS,
    HAVING_CUES,
    MUST_HEADINGS,
    NICE_HEADINGS,
    OTHER_HEADINGS,
    VERBS_OR_NOUNS,
)
from services.job_ad_title import read_position
from services.language_detection import detect_language
from services.requirement_phrases import Clause, Cue, clauses, extract_terms, phrase_pattern
from services.skill_terms import fold, known_terms, term_key

__all__ = ["JobAd", "Requirement", "RequirementKind", "detect_language", "read_job_ad"]

RequirementKind = Literal["must", "nice"]

MAX_REQUIREMENTS: Final = 60
MAX_DUTIES: Final = 30
MAX_AD_LENGTH: Final = 40_000
MAX_SENTENCE_LENGTH: Final = 2_000  # longer "sentences" are pasted rubbish, and slow to take apart
MAX_FOCUS_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that the ad asks for, whether it must be there, and the sentence that says so."""

    term: str
    kind: RequirementKind
    sentence: str


@dataclass(frozen=True, slots=True)
class JobAd:
    """A job advertisement as read by rules. Empty texts and None stand for what the ad does not say."""

    position: str | None
    company: str | None
    language: str
    requirements: tuple[Requirement, ...]
    responsibilities: tuple[str, ...]
    role_focus: str


class _Section(StrEnum):
    OPEN = "open"
    MUST = "must"
    NICE = "nice"
    DUTY = "duty"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    section: _Section


def _headings(lexicon: str) -> frozenset[str]:
    return frozenset(fold(entry.strip()) for line in lexicon.strip().splitlines() for entry in line.split("|"))


# Wishes before duties before demands: "preferred qualifications" and "role requirements" hold words of both.
_HEADINGS: Final = (
    (_Section.NICE, _headings(NICE_HEADINGS)),
    (_Section.DUTY, _headings(DUTY_HEADINGS)),
    (_Section.MUST, _headings(MUST_HEADINGS)),
    (_Section.OTHER, _headings(OTHER_HEADINGS)),
)
_HEADING_WORDS: Final = (
    (
        _Section.NICE,
        re.compile(r"\b(?:preferred|nice[ -]to[ -]haves?|desirable|bonus|von vorteil|deseables?|souhaite)"),
    ),
    (_Section.DUTY, re.compile(r"\b(?:responsibilit|duties|what you.ll (?:do|be doing)|aufgaben|missions|funciones)")),
    (
        _Section.MUST,
        re.compile(
            r"\b(?:required|requirements?|qualifications?|essential|must[ -]haves?|anforderung|requisitos|exigences)"
        ),
    ),
    (
        _Section.OTHER,
        re.compile(r"\b(?:benefits|we offer|about (?:us|the company)|wir bieten|offrons|ofrecemos|oferecemos)"),
    ),
)
_MARKUP: Final = re.compile(r"\*\*|__|`|^\s*>+|!?\[(?=[^\]]+\]\()|(?<=\w)\]\([^)]*\)", re.MULTILINE)
_TAG: Final = re.compile(r"<[^<>]{1,80}>")
_BULLET: Final = re.compile(r"^\s*(?:[-*•▪●○·–—‣◦►▸✓✔➢+]|\d{1,2}[.)]|o(?=\s{2}))\s+")
_INLINE_BREAK: Final = re.compile(r"\s+[•▪●·‣◦►▸✓✔➢*]\s+|\t+| {2,}")
# Text pasted from web pages loses line breaks: "problemsCollaborate", "intern.Team".
_GLUED: Final = re.compile(r"(?<=[a-zß-ÿ]{4})(?=[A-Z][a-z]{3,}\s)|(?<=[a-z]{3}[.!?):])(?=[A-Z][a-z]{2,})")
_SENTENCE_END: Final = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bz\.B)(?<!\bInc)(?<!\betc)(?<!\bB\.S)(?<!\bM\.S)(?<!\bB\.A)(?<!\bM\.A)(?<!\bSr)(?<!\bJr)"
    r"(?<!\bPh\.D)(?<!\bNo)(?<!\bapprox)(?<=[.!?])[\"”)]?\s+(?=[\"“(¿¡]?[A-ZÀ-ÖØ-Þ0-9])"
)
_LABEL: Final = re.compile(r"^([^:.!?]{2,60}?)\s*:\s*(.*)$", re.DOTALL)
_FULL_SENTENCE: Final = re.compile(
    r"^(?:you(?:'ll| will)?\s+(?!have|need|must|bring|know|are)|we |our |join |as an? |this |sie werden |du wirst |wir "
    r"|vous (?:serez|allez)|nous |te |nosotros |apply |please |send )"
)
_DUTY_OPENING: Final = re.compile(
    r"^(?:you(?:'ll| will)?\s+(?!have|need|must|bring|know|are\b)\w|as (?:an?|our|the) .{3,60}?,? you"
    r"|in this (?:role|position)"
    r"|the (?:role|position|job) |your (?:role|mission|tasks?)|sie (?:werden|ubernehmen|betreuen)|du (?:wirst"
    r"|ubernimmst)"
    r"|vous (?:serez|allez|aurez)|en tant que|como |te encargaras|seras )"
)
_BOILERPLATE: Final = phrase_pattern(BOILERPLATE)
_HAVING: Final = phrase_pattern(HAVING_CUES)
_ASKING: Final = phrase_pattern(ASKING_CUES)


def read_job_ad(text: str) -> JobAd:
    """Read an advertisement of any trade; the same text always gives the same reading."""
    text = text[:MAX_AD_LENGTH]
    sentences = [sentence for sentence in _sentences(text) if len(sentence.text) <= MAX_SENTENCE_LENGTH]
    position = read_position(text)
    company = read_company(text, position)
    requirements = _requirements(sentences) or _named_things(sentences, without=(position or "", company or ""))
    requirements = [one for one in requirements if fold(one.term) != fold(position or "")]
    duties = tuple(dict.fromkeys(sentence.text for sentence in sentences if _is_duty(sentence)))[:MAX_DUTIES]
    return JobAd(
        position=position,
        company=company,
        language=detect_language(text),
        requirements=tuple(requirements[:MAX_REQUIREMENTS]),
        responsibilities=duties,
        role_focus=_role_focus(sentences, duties, position),
    )


def _sentences(text: str) -> Iterator[_Sentence]:
    """The sentences and list items of the ad with the section that each stands in."""
    section = _Section.OPEN
    in_bullets = False
    for line in _lines(text):
        heading = _heading_section(line)
        bulleted = bool(_BULLET.match(line))
        # A list that was bulleted ends with its bullets: what follows is a heading we don't know, or prose.
        if heading is not None or line.startswith("#") or (in_bullets and not bulleted):
            section = heading or _Section.OPEN
        in_bullets = bulleted
        if heading is not None or line.startswith("#"):
            continue
        inline: _Section | None = None
        for sentence in _SENTENCE_END.split(_BULLET.sub("", line).strip()):
            label = _LABEL.match(sentence)
            labelled = _section_named(label.group(1)) if label else None
            content = "" if sentence.endswith(":") else sentence
            if label and (labelled is not None or len(label.group(1).split()) <= 4) and label.group(2).strip():
                content = label.group(2)
            if labelled is not None:
                inline = labelled
            elif inline is not None and _FULL_SENTENCE.match(fold(sentence)):
                inline = None
            if content.strip():
                yield _Sentence(" ".join(content.split()), inline or section)


def _lines(text: str) -> Iterator[str]:
    """The lines of a pasted ad, with lost line breaks restored and markup taken away."""
    plain = _TAG.sub("\n", text.replace("\r", "\n").replace("\u00a0", " "))
    for raw in _MARKUP.sub("", plain).split("\n"):
        marker = _BULLET.match(raw)
        head = raw[: marker.end()] if marker else ""
        for part in _INLINE_BREAK.split(raw[len(head) :].strip()):
            for piece in _GLUED.split(part):
                if piece.strip():
                    yield head + piece.strip()


def _heading_section(line: str) -> _Section | None:
    """The section that a line opens when it is a heading and nothing else."""
    bare = line.lstrip("# ").strip()
    if _BULLET.match(line) and not bare.endswith(":"):
        return None
    closed = bare.endswith(":") or line.startswith("#")
    name = bare.rstrip(":").strip()
    if len(name.split()) > 7 or name.endswith((".", ",", ";", "!")):
        return None
    return _section_named(name, loosely=closed or name.istitle() or name.isupper())


def _section_named(name: str, *, loosely: bool = True) -> _Section | None:
    """The section that a heading or label names; `loosely` also by a word in it."""
    key = re.sub(r"[\s/]+", " ", fold(name).strip(" *-–•.…?!&"))
    for section, names in _HEADINGS:
        if key in names:
            return section
    if loosely and len(key.split()) <= 6:
        return next((section for section, words in _HEADING_WORDS if words.search(key)), None)
    return None


def _requirements(sentences: list[_Sentence]) -> list[Requirement]:
    """All demands and wishes in the order of the ad; a thing named twice counts once, as a must if it is one."""
    found: dict[str, Requirement] = {}
    for sentence in sentences:
        for clause in _demanding_clauses(sentence):
            kind = _kind(sentence, clause.cue, clause.text)
            if kind is None:
                continue
            for term in extract_terms(clause.text):
                key = term_key(term)
                if key not in found or (found[key].kind, kind) == ("nice", "must"):
                    found[key] = Requirement(term, kind, sentence.text)
    return list(found.values())


def _demanding_clauses(sentence: _Sentence) -> list[Clause]:
    """The clauses of a sentence; of one that opens with a task ("Evaluate events, …") only the parts that demand."""
    opening = fold(sentence.text).split(maxsplit=1)[0]
    if sentence.section in (_Section.MUST, _Section.NICE) or opening not in BEHAVIOUR_VERBS | VERBS_OR_NOUNS:
        return clauses(sentence.text)
    parts = [part for part in sentence.text.split(", ")[1:] if _HAVING.search(fold(part))]
    return [clause for part in parts for clause in clauses(part)]


def _kind(sentence: _Sentence, cue: Cue, clause: str) -> RequirementKind | None:
    """Whether a clause demands or wishes something of the applicant: its own words first, then its section."""
    if cue is Cue.REFUSED or sentence.section is _Section.OTHER:
        return None
    folded = fold(sentence.text)
    if _BOILERPLATE.search(folded):
        return None
    opening = re.split(r"[\s']", folded, maxsplit=1)[0]
    about_employer = opening in EMPLOYER_OPENINGS and not _ASKING.search(folded)
    in_list = sentence.section in (_Section.MUST, _Section.NICE)
    if not in_list and about_employer:
        return None
    if cue is Cue.NICE:
        return "nice"
    if cue is Cue.MUST:
        return "must"
    if in_list:
        return None if _FULL_SENTENCE.match(folded) else ("must" if sentence.section is _Section.MUST else "nice")
    return "must" if _HAVING.search(fold(clause)) else None


def _named_things(sentences: list[_Sentence], *, without: tuple[str, ...]) -> list[Requirement]:
    """For an ad that demands nothing in words ("Backend engineer with Python at Acme"): the things it names."""
    found: dict[str, Requirement] = {}
    for sentence in sentences:
        if sentence.section is _Section.OTHER or _BOILERPLATE.search(fold(sentence.text)):
            continue
        for clause in clauses(sentence.text):
            if clause.cue is Cue.REFUSED:
                continue
            kind: RequirementKind = "nice" if clause.cue is Cue.NICE else "must"
            capitalised = [term for term in extract_terms(clause.text) if not term.islower() and " " not in term]
            for term in (*known_terms(clause.text), *capitalised):
                if not any(fold(term) in fold(name) for name in without):
                    found.setdefault(term_key(term), Requirement(term, kind, sentence.text))
    return list(found.values())


def _is_duty(sentence: _Sentence) -> bool:
    if sentence.section is _Section.DUTY:
        return len(sentence.text.split()) > 2
    return sentence.section is not _Section.OTHER and bool(_DUTY_OPENING.match(fold(sentence.text)))


def _role_focus(sentences: list[_Sentence], duties: tuple[str, ...], position: str | None) -> str:
    """The sentence that says best what the job is about."""
    described = [s.text for s in sentences if _DUTY_OPENING.match(fold(s.text)) and len(s.text.split()) > 4]
    first = [s.text for s in sentences if len(s.text.split()) > 4][:1]
    for candidate in (*described[:1], *duties[:1], *([position] if position else []), *first):
        return candidate[:MAX_FOCUS_LENGTH]
    return sentences[0].text[:MAX_FOCUS_LENGTH] if sentences else ""
