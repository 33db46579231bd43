"""Reading a job advertisement by rules: what it is for, who offers it, and what it demands or wishes, in its own words.

Deterministic and offline; knows nothing of resumes or models.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from services.job_ads.choices import choices
from services.job_ads.company import read_company
from services.job_ads.language import detect_language
from services.job_ads.lexicon import (
    ASKING_CUES,
    BEHAVIOUR_VERBS,
    BOILERPLATE,
    EMPLOYER_OPENINGS,
    HAVING_CUES,
    VERBS_OR_NOUNS,
)
from services.job_ads.names import names_a_job
from services.job_ads.requirement_phrases import Clause, Cue, clauses, cue_of, extract_terms, phrase_pattern
from services.job_ads.sections import FULL_SENTENCE, Section, Sentence, restored, sections
from services.job_ads.title import read_position
from services.matching.skill_terms import fold, known_terms, term_key

__all__ = ["JobAd", "Requirement", "RequirementKind", "detect_language", "read_job_ad"]

RequirementKind = Literal["must", "nice"]

MAX_REQUIREMENTS: Final = 60
MAX_DUTIES: Final = 30
MAX_AD_LENGTH: Final = 40_000
MAX_SENTENCE_LENGTH: Final = 2_000  # longer "sentences" are pasted rubbish, and slow to take apart
MAX_FOCUS_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that the ad asks for, whether it must be there, and the sentence that says so.

    `choice` are the words of the ad that offer it as one of several ("Python or Go"); one of these is enough.
    """

    term: str
    kind: RequirementKind
    sentence: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class JobAd:
    """A job advertisement as read by rules. Empty texts and None stand for what the ad does not say."""

    position: str | None
    company: str | None
    language: str
    requirements: tuple[Requirement, ...]
    responsibilities: tuple[str, ...]
    role_focus: str


_LISTS: Final = (Section.MUST, Section.NICE)
# Sentences that promise or refuse something, or only greet, say nothing of what the role does.
_NO_DUTY: Final = re.compile(
    r"^(?:you(?:'ll| will)?\s+(?:do not|don't|won't|cannot|can|may|might|would|get|receive|enjoy|love|find|join"
    r"|be (?:part|joining|given|offered|paid|eligible|able)|work (?:from|remotely|alongside)|report to|gain|learn)\b"
    r"|you'(?:re|d|ve)\b|as (?:part|a member) of\b|the (?:role|position|job) (?:is (?:based|located|open|offered"
    r"|remote|full|part|a (?:full|part|permanent))|will require|pays|offers)\b|in this (?:role|position),? you"
    r" (?:get|receive))"
)
_PROMISE: Final = re.compile(
    r"\b(?:we offer|benefits?|salary|holiday|vacation|equal opportunit|send (?:us )?your|apply)\b"
)
_DUTY_OPENING: Final = re.compile(
    r"^(?:you(?:'ll| will)?\s+(?!have|need|must|bring|know|are\b)\w|as (?:an?|our|the) .{3,60}?,? you"
    r"|in this (?:role|position)"
    r"|the (?:role|position|job) |your (?:role|mission|tasks?)|sie (?:werden|ubernehmen|betreuen)|du (?:wirst"
    r"|ubernimmst)"
    r"|vous (?:serez|allez|aurez)|en tant que|como |te encargaras|seras )"
)
_FIELDS: Final = frozenset(map(term_key, ("back-end", "front-end", "full-stack")))  # parts of titles, nothing to have
_BOILERPLATE: Final = phrase_pattern(BOILERPLATE)
_HAVING: Final = phrase_pattern(HAVING_CUES)
_ASKING: Final = phrase_pattern(ASKING_CUES)


@lru_cache(maxsize=32)  # a run reads its ad at every step
def read_job_ad(text: str) -> JobAd:
    """Read an advertisement of any trade; the same text always gives the same reading."""
    text = restored(text[:MAX_AD_LENGTH])
    sentences = [sentence for sentence in sections(text) if len(sentence.text) <= MAX_SENTENCE_LENGTH]
    position = read_position(text)
    company = read_company(text, position)
    requirements = _requirements(sentences) or _named_things(sentences, without=(position or "", company or ""))
    requirements = [
        one
        for one in requirements
        if not _is_the_job_itself(one.term, position or "") and not (company and fold(company) in fold(one.term))
    ]
    duties = tuple(dict.fromkeys(sentence.text for sentence in sentences if _is_duty(sentence)))[:MAX_DUTIES]
    return JobAd(
        position=position,
        company=company,
        language=detect_language(text),
        requirements=tuple(requirements[:MAX_REQUIREMENTS]),
        responsibilities=duties,
        role_focus=_role_focus(sentences, duties, position),
    )


def _is_the_job_itself(term: str, position: str) -> bool:
    """Whether a term only says again what is looked for: "receptionist", in an ad for a night receptionist."""
    words, title = fold(term), fold(position)
    return words == title or (names_a_job(term) and set(words.split()) <= set(title.split()))


def _requirements(sentences: list[Sentence]) -> list[Requirement]:
    """All demands and wishes in the order of the ad; a thing named twice counts once, as a must if it is one."""
    found: dict[str, Requirement] = {}
    for sentence in sentences:
        for clause in _demanding_clauses(sentence):
            kind = _kind(sentence, clause.cue, clause.text)
            if kind is None:
                continue
            text = clause.text if sentence.section in _LISTS else _from_demand_on(clause.text)
            terms = extract_terms(text)
            offered = choices(text, terms)
            if any(_is_demanded(found.get(term_key(term)), kind) for term in offered):
                # who must know Python has one of "Python or Go"
                terms = [term for term in terms if term not in offered]
            for term in terms:
                _note(found, Requirement(term, kind, sentence.text, offered.get(term, "")))
    return list(found.values())


def _is_demanded(known: Requirement | None, kind: RequirementKind) -> bool:
    return known is not None and not known.choice and known.kind in ("must", kind)


def _note(found: dict[str, Requirement], new: Requirement) -> None:
    """Keeps a thing once: as a must if it is one, and by itself if it is asked for by itself."""
    known = found.get(term_key(new.term))
    if known is None or (known.kind, new.kind) == ("nice", "must"):
        found[term_key(new.term)] = new
    elif known.choice and not new.choice and known.kind == new.kind:
        for key in [key for key, one in found.items() if (one.choice, one.sentence) == (known.choice, known.sentence)]:
            del found[key]
        found[term_key(new.term)] = new


def _from_demand_on(clause: str) -> str:
    """Prose from the part on that demands: "You join 9 designers and coders, and have experience with SQL"."""
    parts = clause.split(", ")
    demanding = next(
        (n for n, part in enumerate(parts) if _HAVING.search(fold(part)) or cue_of(part) is not Cue.NONE), 0
    )
    # A list of things may stand before the words that demand them: "Python, Go and SQL are required".
    before = parts[:demanding]
    listed = all(len(part.split()) <= 3 for part in before)
    return clause if listed else ", ".join(parts[demanding:])


def _demanding_clauses(sentence: Sentence) -> list[Clause]:
    """The clauses of a sentence; of one that opens with a task ("Evaluate events, …") only the parts that demand."""
    opening = fold(sentence.text).split(maxsplit=1)[0]
    if sentence.section in _LISTS or opening not in BEHAVIOUR_VERBS | VERBS_OR_NOUNS:
        return clauses(sentence.text)
    parts = [part for part in sentence.text.split(", ")[1:] if _HAVING.search(fold(part))]
    return [clause for part in parts for clause in clauses(part)]


def _kind(sentence: Sentence, cue: Cue, clause: str) -> RequirementKind | None:
    """Whether a clause demands or wishes something of the applicant: its own words first, then its section."""
    if cue is Cue.REFUSED or sentence.section is Section.OTHER:
        return None
    folded = fold(sentence.text)
    if _BOILERPLATE.search(folded):
        return None
    opening = re.split(r"[\s']", folded, maxsplit=1)[0]
    about_employer = opening in EMPLOYER_OPENINGS and not _ASKING.search(folded)
    in_list = sentence.section in _LISTS
    if not in_list and about_employer:
        return None
    if cue is Cue.NICE:
        return "nice"
    if cue is Cue.MUST:
        return "must"
    if in_list:
        return None if FULL_SENTENCE.match(folded) else ("must" if sentence.section is Section.MUST else "nice")
    return "must" if _HAVING.search(fold(clause)) else None


def _named_things(sentences: list[Sentence], *, without: tuple[str, ...]) -> list[Requirement]:
    """For an ad that demands nothing in words ("Backend engineer with Python at Acme"): the things it names."""
    found: dict[str, Requirement] = {}
    for sentence in sentences:
        if sentence.section is Section.OTHER or _BOILERPLATE.search(fold(sentence.text)):
            continue
        for clause in clauses(sentence.text):
            if clause.cue is Cue.REFUSED:
                continue
            kind: RequirementKind = "nice" if clause.cue is Cue.NICE else "must"
            capitalised = [term for term in extract_terms(clause.text) if not term.islower() and " " not in term]
            capitalised = [term for term in capitalised if not any(fold(term) in fold(name) for name in without)]
            for term in (*known_terms(clause.text), *capitalised):
                if term_key(term) not in _FIELDS:
                    found.setdefault(term_key(term), Requirement(term, kind, sentence.text))
    return list(found.values())


def _is_duty(sentence: Sentence) -> bool:
    """Whether a sentence says what the work is; refusals and promises are none wherever they stand."""
    folded = fold(sentence.text)
    if sentence.section is Section.OTHER or len(folded.split()) < 3 or _is_beside_the_point(folded):
        return False
    return sentence.section is Section.DUTY or bool(_DUTY_OPENING.match(folded))


def _is_beside_the_point(folded: str) -> bool:
    return bool(
        _NO_DUTY.match(folded)
        or _PROMISE.search(folded)
        or _BOILERPLATE.search(folded)
        or cue_of(folded) is Cue.REFUSED
        or re.search(r"https?://|www\.|\.com\b|[{}\[\]<>|]", folded)
    )


def _role_focus(sentences: list[Sentence], duties: tuple[str, ...], position: str | None) -> str:
    """The sentence that says best what the role does; the position where no sentence does."""
    candidates = [text for text in duties if _DUTY_OPENING.match(fold(text)) and len(text.split()) > 4]
    candidates += duties
    opened = [sentence.text for sentence in sentences if sentence.section is Section.OPEN]
    candidates += [text for text in opened if _is_task(fold(text))]
    if position:
        candidates.append(position)
    candidates += [text for text in opened if len(text.split()) > 4 and not _is_beside_the_point(fold(text))]
    candidates += [sentence.text for sentence in sentences]
    return _shortened(candidates[0]) if candidates else ""


def _is_task(folded: str) -> bool:
    """A sentence that tells in the imperative what one does: "Investigate forged cheques …"."""
    words = folded.split()
    return (
        len(words) > 3
        and words[0] in BEHAVIOUR_VERBS - {"come", "join", "apply", "see", "find", "click", "send"}
        and (not _is_beside_the_point(folded))
    )


def _shortened(text: str) -> str:
    """At most so many characters, cut between words."""
    if len(text) <= MAX_FOCUS_LENGTH:
        return text
    return text[:MAX_FOCUS_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
