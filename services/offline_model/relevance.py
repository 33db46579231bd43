"""How much a line of the resume has to do with a job: which of its terms it names, weighed by must and wish."""

import re
from dataclasses import dataclass
from typing import Final

from services.matching.skill_terms import (
    find_proof,
    find_term,
    fold,
    is_known,
    is_spoken_language,
    known_terms,
    mentions,
    spellings,
    term_key,
)
from services.matching.work_years import demanded_years
from services.offline_model.protocol import JobAsked

MUST_WEIGHT: Final = 4.0
NICE_WEIGHT: Final = 2.0
REQUESTED_WEIGHT: Final = 5.0
PROVED_SHARE: Final = 0.5
# How large a job was: a word for leading, and a number.
_SCOPE: Final = re.compile(
    r"^(?=.*\d).*\b(?:manag|led\b|lead(?:s|ing)?\b|supervis|oversaw|overse|head|responsible|direct|leit|verantwort|fuhr|dirig|encadr"
    r"|gere|gest|pilot|coorden|coordin|respons|chef)"
)
_EMPHASIS: Final = re.compile(
    r"\b(?:focus(?:ing)? on|emphasi[sz]e|highlight|stress|mention|feature|show|put)\b([^.;\n]*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A term of the job in the ad's own spelling, and its weight."""

    term: str
    weight: float


def wanted_terms(job: JobAsked, instructions: str | None) -> list[Wanted]:
    """The job's terms, heaviest first, each once; what the person asks to emphasise weighs most."""
    emphasised = " ".join(match.group(1) for match in _EMPHASIS.finditer(instructions or ""))
    wanted: dict[str, Wanted] = {}
    for terms, weight in ((job.required_skills, MUST_WEIGHT), (job.preferred_skills, NICE_WEIGHT)):
        for term in terms:
            if term.strip() and demanded_years(term) is None:
                extra = REQUESTED_WEIGHT if mentions(emphasised, term) else 0.0
                wanted.setdefault(term_key(term), Wanted(term.strip(), weight + extra))
    for term in known_terms(emphasised):
        wanted.setdefault(term_key(term), Wanted(term, REQUESTED_WEIGHT))
    return sorted(wanted.values(), key=lambda one: -one.weight)


def score(text: str, wanted: list[Wanted]) -> float:
    """The weight of the terms that a text names, and a share of it for those it proves in other words."""
    total = 0.0
    for one in wanted:
        if find_term(one.term, text) is not None:
            total += one.weight
        elif find_proof(one.term, text) is not None:
            total += one.weight * PROVED_SHARE
    return total


def says_scope(bullet: str) -> bool:
    """Whether a bullet says how large a job was: "Led a team of 12"."""
    return bool(_SCOPE.search(fold(bullet)))


def introduces(bullets: list[str]) -> bool:
    """Whether the first of the bullets is a sentence, and no other is: it says what the employer does."""
    return bullets[0].endswith(".") and not any(bullet.endswith(".") for bullet in bullets[1:])


def best_match(text: str, wanted: list[Wanted]) -> str | None:
    """The heaviest term that a text names, else the heaviest that it proves."""
    named = next((one.term for one in wanted if find_term(one.term, text) is not None), None)
    return named or next((one.term for one in wanted if find_proof(one.term, text) is not None), None)


def common_name(term: str, quote: str) -> str:
    """The ad's spelling of what a resume names ("PostgreSQL" for "Postgres"); else the person's own word.

    Two names that begin differently may be of two languages ("German", "Deutsch"), and stay as they are.
    """
    same = fold(term) == fold(quote) or (term_key(term) == term_key(quote) and fold(term)[:1] == fold(quote)[:1])
    if not same:
        return quote
    return quote if term.islower() and not quote.islower() else term


def name_in_sentence(term: str, quote: str) -> str:
    """The common name as it stands inside a sentence: "wound care" for "Wound care" at the head of a point."""
    name = common_name(term, quote)
    if is_a_tool(name):
        return name
    plain = name[1:].islower() and (term.islower() or " " in name)
    return name.lower() if plain else name


def is_a_tool(name: str) -> bool:
    """Whether a name is that of a product or technology: known as one, or with a capital or digit inside."""
    return (is_known(name) and not name.islower()) or bool(re.search(r"(?<=\S)[A-Z0-9]", name))


def alias_in(term: str, text: str) -> str | None:
    """Another name of the term that the text uses; None when the text has the ad's own.

    The languages that somebody speaks are said in the language of the resume.
    """
    if len(spellings(term)) == 1 or find_term(term, text, aliases=False) is not None:
        return None
    alias = find_term(term, text)
    if alias is None or common_name(term, alias) != term:
        return None
    return None if is_spoken_language(term) else alias


def renamed(text: str, alias: str, term: str) -> str:
    """The text with the first use of an alias as a whole word written as the ad writes it."""
    return re.sub(rf"(?<!\w){re.escape(alias)}(?!\w)", term.replace("\\", r"\\"), text, count=1)


def in_names_of_the_ad(text: str, wanted: list[Wanted]) -> str:
    """The text with all that it names under the ad's own names: "PostgreSQL" for "Postgres"."""
    for one in wanted:
        if alias := alias_in(one.term, text):
            text = renamed(text, alias, one.term)
    return text
