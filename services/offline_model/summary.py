"""The professional summary: the person's own sentences, and the skills of theirs that the job asks for."""

import re
from dataclasses import dataclass
from typing import Final

from services.language_detection import detect_language
from services.offline_model.relevance import Wanted
from services.skill_terms import find_term, term_key

MAX_NAMED: Final = 5
MIN_NAMED: Final = 2
MAX_GROWTH: Final = 1.6
_OPENINGS: Final = {
    "en": "Skills",
    "de": "Kenntnisse",
    "fr": "Compétences",
    "es": "Conocimientos",
    "pt": "Conhecimentos",
}


@dataclass(frozen=True, slots=True)
class ImprovedSummary:
    """The new text, the terms that it names now, and where the resume has them."""

    text: str
    named: list[str]
    evidence: list[tuple[str, str]]


def improved_summary(
    summary: str, skills: list[tuple[str, str]], wanted: list[Wanted], *, room: int | None
) -> ImprovedSummary | None:
    """The summary as the person wrote it, ended by those listed skills that the job wants and it does not name yet.

    None when there are fewer than two of them, when the language has no wording here, or when there is no room.
    """
    opening = _OPENINGS.get(detect_language(summary))
    limit = room if room is not None else int(max(len(summary) * MAX_GROWTH, len(summary) + 60))
    named: dict[str, tuple[str, str]] = {}
    for one in wanted:
        if find_term(one.term, summary) is None:
            found = next(((path, text) for path, text in skills if _is(one.term, text)), None)
            if found is not None and found[0].endswith("]"):
                named.setdefault(term_key(found[1]), found)
    chosen = list(named.values())[:MAX_NAMED]
    while opening is not None and len(chosen) >= MIN_NAMED:
        text = f"{_ended(summary)} {opening}: {', '.join(skill for _, skill in chosen)}."
        if len(text) <= limit:
            return ImprovedSummary(text, [skill for _, skill in chosen], chosen)
        chosen.pop()
    return None


def _is(term: str, skill: str) -> bool:
    """Whether a listed skill is the term itself, not a sentence around it."""
    return len(skill.split()) <= 4 and find_term(term, skill) is not None


def _ended(text: str) -> str:
    stripped = text.rstrip()
    return stripped if re.search(r"[.!?…]$", stripped) else f"{stripped}."
