"""The sentences of a pasted job ad, each with the kind of section that it stands in.

Knows headings, bullets, and how pasting destroys them; not what a sentence demands.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.job_ads.lexicon import (
    DUTY_HEADINGS,
    DUTY_OPENINGS,
    MUST_HEADINGS,
    MUST_OPENINGS,
    NICE_HEADINGS,
    OTHER_HEADINGS,
    OTHER_OPENINGS,
)
from services.matching.skill_terms import fold

LONG_LINE: Final = 240  # a line that holds more than a sentence or two has lost its line breaks
MIN_LOST_BULLETS: Final = 3


class Section(StrEnum):
    """What the sentences of a stretch of the ad are about."""

    OPEN = "open"
    MUST = "must"
    NICE = "nice"
    DUTY = "duty"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or list item."""

    text: str
    section: Section


def _headings(lexicon: str) -> frozenset[str]:
    return frozenset(fold(entry.strip()) for line in lexicon.strip().splitlines() for entry in line.split("|"))


# Wishes before duties before demands: "preferred qualifications" and "role requirements" hold words of both.
_HEADINGS: Final = (
    (Section.NICE, _headings(NICE_HEADINGS)),
    (Section.DUTY, _headings(DUTY_HEADINGS)),
    (Section.MUST, _headings(MUST_HEADINGS)),
    (Section.OTHER, _headings(OTHER_HEADINGS)),
)
_HEADING_WORDS: Final = (
    (
        Section.NICE,
        re.compile(r"\b(?:preferred|nice[ -]to[ -]haves?|desirable|bonus|von vorteil|deseables?|souhaite)"),
    ),
    (Section.DUTY, re.compile(r"\b(?:responsibilit|duties|what you.ll (?:do|be doing)|aufgaben|missions|funciones)")),
    (
        Section.MUST,
        re.compile(
            r"\b(?:required|requirements?|qualifications?|essential|must[ -]haves?|anforderung|requisitos|exigences)"
        ),
    ),
    (
        Section.OTHER,
        re.compile(
            r"\b(?:benefits|perks|we offer|how to apply|next steps|(?:life|working) at|why (?:join|work|us)|our values"
            r"|wir bieten|offrons|ofrecemos|oferecemos)"
            r"|^(?:about|uber|a propos|sobre|acerca de|over|om|who is|who are we)"
        ),
    ),
)
_HEADING_OPENINGS: Final = tuple(
    (section, re.compile(openings.strip().replace("\n", "|")))
    for section, openings in (
        (Section.OTHER, OTHER_OPENINGS),
        (Section.MUST, MUST_OPENINGS),
        (Section.DUTY, DUTY_OPENINGS),
    )
)
_MARKUP: Final = re.compile(r"\*\*|__|`|^\s*>+|!?\[(?=[^\]]+\]\()|(?<=\w)\]\([^)]*\)", re.MULTILINE)
_INLINE_TAG: Final = re.compile(r"</?(?:b|strong|i|em|u|a|span|font|small|mark)(?:\s[^<>]*)?>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z!][^<>]{0,300}>")
_BULLET: Final = re.compile(r"^\s*(?:[-*•▪●○·–—‣◦►▸✓✔➢+]|\d{1,2}[.)]|o(?=\s{2}))\s+")
_INLINE_BREAK: Final = re.compile(r"\s+[•▪●·‣◦►▸✓✔➢*]\s+|\t+| {2,}")
# Text pasted from web pages loses line breaks: "problemsCollaborate", "intern.Team".
_GLUED: Final = re.compile(r"(?<=[a-zß-ÿ]{4})(?=[A-Z][a-z]{3,}\s)|(?<=[a-z]{3}[.!?):])(?=[A-Z][a-z]{2,})")
_OPENS_A_LINE: Final = re.compile(
    r"(?:Experience|Experienced|Very|Strong|Good|Excellent|Proven|Solid|Knowledge|Ability|Familiar\w*|Fluent|Proficien\w+"
    r"|Minimum|Bachelor|Master|Understanding|Working|Please|Demonstrat\w+|Certified|Degree|Valid|Current|Must|This|That"
    r"|What|With|They|Your|About|Responsibilit\w+|Requirements?|Qualifications?|Skills?|Benefits|Summary|Duties|Location"
    r"|Salary|Position|Company|Team|Manage\w*|Develop\w*|Work|Provide|Maintain|Support|Lead|Assist|Design|Build|Create)\b"
)
_SENTENCE_END: Final = re.compile(
    r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bz\.B\.)(?<!\bB\.S\.)(?<!\bM\.S\.)(?<!\bB\.A\.)(?<!\bM\.A\.)(?<!\bSr\.)(?<!\bJr\.)"
    r"(?<!\bPh\.D\.)(?<!\bapprox\.)(?<=[.!?])[\"”)]?\s+(?=[\"“(¿¡]?[A-ZÀ-ÖØ-Þ0-9])"
)
_LABEL: Final = re.compile(r"^([^:.!?]{2,60}?)\s*:\s*(.*)$", re.DOTALL)
# What a list item begins with: a capital in the middle of a line shows that its line break is lost.
_ITEM_START: Final = re.compile(
    r"(?<=[a-z0-9)äöüßé]) (?=(?:Experience|Experienced|Very good|Strong|Good|Excellent|Proven|Solid|Knowledge|Ability"
    r"|Familiarity|Familiar with|Fluent|Proficien\w+|At least|Minimum|Bachelor|Master['’]s|Understanding"
    r"|Working knowledge|You do|You will|We offer|Please|Hands-on|Demonstrat\w+|Certified|Degree in"
    r"|Valid|Current|Must|A degree|Kenntnisse|Abgeschlossene\w?|Erfahrung"
    r"|Sehr gute|Gute|Führerschein|Fundierte|Mehrjährige|Sicherer Umgang|Maîtrise|Bonne|Connaissance\w?|Permis"
    r"|Experiencia|Conocimientos?|Dominio|Carnet|Experiência|Conhecimentos?|Formação) [\w(])"
)
_LOST_BULLET: Final = re.compile(r"\s+[-–]\s+(?=[A-ZÀ-Þ0-9])")
FULL_SENTENCE: Final = re.compile(
    r"^(?:you(?:'ll| will)?\s+(?!have|need|must|bring|know|are)|we |our |join |as an? |this |sie werden |du wirst |wir "
    r"|vous (?:serez|allez)|nous |te |nosotros |apply |please |send )"
)


def _heading_pattern(names: Iterator[str]) -> str:
    """Headings as they are written, with a capital and with or without accents."""
    accents = {"a": "aáàâãä", "e": "eéèêë", "i": "iíî", "o": "oóôõö", "u": "uúùûü", "c": "cç", "n": "nñ", "'": "'’"}

    def spelled(name: str) -> str:
        letters = [f"[{accents[letter]}]" if letter in accents else re.escape(letter) for letter in name[1:]]
        first = accents.get(name[0], name[0]).upper()
        return f"[{first}](?i:{''.join(letters)})"

    return "|".join(spelled(name) for name in sorted(names, key=len, reverse=True))


_NAMES: Final = [name for _, names in _HEADINGS for name in names if len(name) > 3]
# Openings of plain sentences ("You have …", "The company …") are headings only with a colon.
_DISTINCT: Final = [
    name
    for name in _NAMES
    if " " in name and not re.match(r"(?:we|you|the|our|your|wir|sie|du|das|vous|nous|vi|wij|a|in|it|to)\s", name)
]
_SWALLOWED_HEADING: Final = re.compile(
    rf"(?:^|(?<=\s))(?:(?P<closed>{_heading_pattern(iter(_NAMES))})\s*:\s+"
    rf"|(?P<distinct>{_heading_pattern(iter(_DISTINCT))})\s+(?=[A-ZÀ-Þ•*\d-]))"
    rf"|(?:^|(?<=[.!?)] )|(?<=  ))(?P<after>{_heading_pattern(iter(name for name in _NAMES if len(name) > 6))})"
    r"\s+(?=[A-ZÀ-Þ•*\d-])"
)


def restored(text: str) -> str:
    """An ad with the line breaks that pasting took away: before headings, bullets and obvious list items."""
    plain = _TAG.sub("\n", _INLINE_TAG.sub("", text.replace("\r", "\n")))
    plain = html.unescape(plain).replace("\u00a0", " ")
    return "\n".join(_unrolled(line) for line in _MARKUP.sub("", plain).split("\n"))


def sections(text: str) -> Iterator[Sentence]:
    """The sentences and list items of the ad with the section that each stands in."""
    section = Section.OPEN
    in_bullets = False
    for line in _lines(text):
        heading = _headed_by(line)
        bulleted = bool(_BULLET.match(line))
        # A list that was bulleted ends with its bullets: what follows is a heading we don't know, or prose.
        if heading is not None or line.startswith("#") or (in_bullets and not bulleted):
            section = heading or Section.OPEN
        in_bullets = bulleted
        if heading is not None or line.startswith("#"):
            continue
        inline: Section | None = None
        for sentence in _SENTENCE_END.split(_BULLET.sub("", line).strip()):
            label = _LABEL.match(sentence)
            labelled = _section_named(label.group(1)) if label else None
            content = "" if sentence.endswith(":") else sentence
            if label and (labelled is not None or len(label.group(1).split()) <= 4) and label.group(2).strip():
                content = label.group(2)
            if labelled is not None:
                inline = labelled
            elif inline is not None and FULL_SENTENCE.match(fold(sentence)):
                inline = None
            if content.strip():
                yield Sentence(" ".join(content.split()), inline or section)


def is_heading(text: str) -> bool:
    """Whether a text is what sections of ads are headed by: "Role and Responsibilities"."""
    return _section_named(text, loosely=False) is not None


def _lines(text: str) -> Iterator[str]:
    """The lines of a restored ad, those that hold several pieces taken apart."""
    for raw in text.split("\n"):
        marker = _BULLET.match(raw)
        head = raw[: marker.end()] if marker else ""
        for part in _INLINE_BREAK.split(raw[len(head) :].strip()):
            for piece in _unglued(part):
                if piece.strip():
                    yield head + piece.strip()


def _unglued(part: str) -> Iterator[str]:
    """A line taken apart where pasting closed it up ("your mentorUse the"), but no name like PowerShell."""
    start = 0
    for found in _GLUED.finditer(part):
        at = found.start()
        first = part[part.rfind(" ", 0, at) + 1]
        if first.isupper() and part[at - 1].isalpha() and not _OPENS_A_LINE.match(part, at):
            continue
        yield part[start:at]
        start = at
    yield part[start:]


def _unrolled(line: str) -> str:
    """A long line with its breaks again: "… on time. Qualifications Bachelor's degree Strong SQL"."""
    if len(line) < LONG_LINE:
        return line
    line = _SWALLOWED_HEADING.sub(lambda found: f"\n{found.group().strip(' :')}:\n", line)
    if len(_LOST_BULLET.findall(line)) >= MIN_LOST_BULLETS:
        line = _LOST_BULLET.sub("\n- ", line)
    return _ITEM_START.sub("\n", line)


def _headed_by(line: str) -> Section | None:
    """The section that a line opens when it is a heading and nothing else."""
    bare = line.lstrip("# ").strip()
    if _BULLET.match(line) and not bare.endswith(":"):
        return None
    closed = bare.endswith(":") or line.startswith("#")
    name = bare.rstrip(":").strip()
    if len(name.split()) > 7 or name.endswith((".", ",", ";", "!")) or ": " in name:
        return None
    return _section_named(name, loosely=closed or name.istitle() or name.isupper())


def _section_named(name: str, *, loosely: bool = True) -> Section | None:
    """The section that a heading or label names; `loosely` also by a word in it."""
    key = re.sub(r"[\s/]+", " ", fold(name))
    key = re.sub(r"\s*\([^()]*\)$|^[^\w]+|[^\w)]+$", "", key)
    for section, names in _HEADINGS:
        if key in names:
            return section
    for section, openings in _HEADING_OPENINGS:
        if name[:1].isupper() and openings.match(key):
            return section
    if loosely and len(key.split()) <= 6:
        return next((section for section, words in _HEADING_WORDS if words.search(key)), None)
    return None
