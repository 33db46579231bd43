"""The professional summary: the person's own sentences, and one more that names skills of theirs that the job wants."""

import re
from dataclasses import dataclass
from typing import Final

from services.job_ads.language import detect_language
from services.matching.skill_terms import find_proof, find_term, term_key
from services.offline_model.profiles import profile
from services.offline_model.relevance import Wanted, is_a_tool, name_in_sentence

MAX_NAMED: Final = 4
MIN_NAMED: Final = 2
MAX_GROWTH: Final = 1.6
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True)
class _Wording:
    """How a summary of one language goes on: about tools, about other skills, and how it says "I"."""

    tools: str
    tools_of_mine: str
    skills: str
    joint: str
    first_person: str


_WORDINGS: Final = {
    "en": _Wording("Works with {}.", "I work with {}.", "Skills include {}.", "and", r"\b(?:I|my|My)\b"),
    "de": _Wording(
        "Arbeitet mit {}.", "Ich arbeite mit {}.", "Kenntnisse in {}.", "und", r"\b(?i:ich|meine?[mnrs]?)\b"
    ),
    "fr": _Wording(
        "Travaille avec {}.", "Je travaille avec {}.", "Compétences en {}.", "et", r"\b(?i:je|mon|ma|mes)\b|\b[jJ]['’]"
    ),
    "es": _Wording("Trabaja con {}.", "Trabajo con {}.", "Conocimientos de {}.", "y", r"\b(?i:yo|mi|mis|me|soy)\b"),
    "pt": _Wording("Trabalha com {}.", "Trabalho com {}.", "Conhecimentos de {}.", "e", r"\b(?i:eu|meu|minha|sou)\b"),
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
    """The summary as the person wrote it, who they are first, ended by listed skills that the job wants.

    None when there are fewer than two of them, when the language has no wording here, or when there is no room.
    """
    language = detect_language(summary)
    wording = _WORDINGS.get(language)
    if wording is None:
        return None
    limit = room if room is not None else int(max(len(summary) * MAX_GROWTH, len(summary) + 60))
    chosen = _unnamed_skills(summary, skills, wanted)[:MAX_NAMED]
    while len(chosen) >= MIN_NAMED:
        text = f"{_role_first(summary, language)} {_sentence([name for name, _ in chosen], summary, wording)}"
        if len(text) <= limit:
            return ImprovedSummary(text, [name for name, _ in chosen], [found for _, found in chosen])
        chosen.pop()
    return None


def _unnamed_skills(
    summary: str, skills: list[tuple[str, str]], wanted: list[Wanted]
) -> list[tuple[str, tuple[str, str]]]:
    """Listed skills that the job wants and the summary does not name: under the shared name, with their place."""
    named: dict[str, tuple[str, tuple[str, str]]] = {}
    for one in wanted:
        if find_term(one.term, summary) is None:
            found = next(((path, text) for path, text in skills if path.endswith("]") and _is(one.term, text)), None)
            told = ", ".join(name for name, _ in named.values())
            if found is not None and find_proof(one.term, told) is None:  # PostgreSQL says SQL already
                named.setdefault(term_key(found[1]), (name_in_sentence(one.term, found[1]), found))
    return list(named.values())


def _sentence(names: list[str], summary: str, wording: _Wording) -> str:
    """ "Works with Docker and AWS." for tools, "Skills include triage and IV therapy." for what is no tool."""
    tools = [name for name in names if is_a_tool(name)]
    joint = "e" if wording.joint == "y" and names[-1].lower().startswith(("i", "hi")) else wording.joint
    listed = f"{', '.join(names[:-1])} {joint} {names[-1]}"
    if len(tools) < len(names):
        return wording.skills.format(listed)
    return (wording.tools_of_mine if re.search(wording.first_person, summary) else wording.tools).format(listed)


def _role_first(summary: str, language: str) -> str:
    """The person's sentences, the one that says what they are before the others; ended by a full stop."""
    sentences = _SENTENCE_END.split(summary.strip())
    role = next((number for number, text in enumerate(sentences) if profile(text, language) is not None), 0)
    ordered = [_ended(sentences[role]), *sentences[:role], *sentences[role + 1 :]]
    return _ended(" ".join(ordered))


def _is(term: str, skill: str) -> bool:
    """Whether a listed skill is the term itself, not a sentence around it."""
    return len(skill.split()) <= 4 and find_term(term, skill) is not None


def _ended(text: str) -> str:
    stripped = text.rstrip()
    return stripped if re.search(r"[.!?…][”’\"'»)\]]*$", stripped) else f"{stripped}."
