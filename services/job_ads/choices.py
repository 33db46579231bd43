"""Which of the things that a clause names are a choice: of "Python, Go or Rust" one is enough.

Knows the words between two things; nothing of sections, sentences or resumes.
"""

import re
from collections.abc import Sequence
from typing import Final

from services.job_ads.lexicon import OR_WORDS
from services.matching.degrees import names_degree
from services.matching.work_years import demanded_years

# What may stand between an "or" and its thing: "im Innendienst oder *in der* Auftragsabwicklung".
_LEADING: Final = (
    r"(?:(?:in|im|mit|with|as|als|f[üu]r|for|of|von|en|em|dans|con|com|avec)\s+)?"
    r"(?:(?:der|dem|den|die|das|the|an?|la|le|el|los|las|einer|einem)\s+)?"
)
_OR: Final = re.compile(rf"\s*,?\s*(?:{'|'.join(map(re.escape, OR_WORDS))})\s+{_LEADING}", re.IGNORECASE)
_COMMA: Final = re.compile(r"\s*,\s*")
_AND: Final = re.compile(r"\s*,?\s*(?:and|und|et|y|e)\s+", re.IGNORECASE)
# Makes examples of what stands before it: "Ruby, Bash, PowerShell *or similar*".
_OR_SIMILAR: Final = re.compile(
    rf"\s*,?\s*(?:{'|'.join(map(re.escape, OR_WORDS))})\s+(?:similar|equivalent|comparable|the like|alike|ähnlich"
    r"|vergleichbar|équivalent|similaire|equivalente|parecid)",
    re.IGNORECASE,
)
_FOR_EXAMPLE: Final = (
    r"(?:such as|like|e\.\s?g\.,?|for (?:example|instance),?|z\.\s?b\.|zum beispiel|wie|par exemple|comme"
    r"|tel(?:le)?s? que|p\.\s?ex\.|por ej?e[mx]plo|como|tal(?:es)? como)\s+(?:the\s+|an?\s+)?"
)
# Leads from a thing to examples of it, of which one shows it: "warehouses such as Snowflake and BigQuery".
_EXAMPLES: Final = re.compile(rf"\s*[,(]?\s*{_FOR_EXAMPLE}", re.IGNORECASE)
_LEADS_TO_EXAMPLES: Final = re.compile(rf"(?<!\w){_FOR_EXAMPLE}$", re.IGNORECASE)


def choices(text: str, terms: Sequence[str]) -> dict[str, str]:
    """The things of a clause that are one of several, each with the words of the clause that offer the choice."""
    places = sorted(place for term in terms if (place := _place(term, text)) is not None)
    found: dict[str, str] = {}
    group: list[tuple[int, int]] = []
    has_or = are_examples = False
    for place in places:
        between = text[group[-1][1] : place[0]] if group else ""
        is_or = bool(group) and bool(_OR.fullmatch(between))
        goes_on = bool(_COMMA.fullmatch(between)) and (are_examples or not has_or)
        if group and (is_or or goes_on or (are_examples and _AND.fullmatch(between))):
            group.append(place)
            has_or = has_or or is_or
            continue
        is_head = bool(group) and bool(_EXAMPLES.fullmatch(between)) and not are_examples
        earlier = group[:-1] if is_head else group
        found |= _choice(earlier, text) if has_or or are_examples or _are_like(earlier, text) else {}
        group = [group[-1], place] if is_head else [place]
        are_examples, has_or = is_head or bool(_LEADS_TO_EXAMPLES.search(text[: place[0]])), False
    return found | (_choice(group, text) if has_or or are_examples or _are_like(group, text) else {})


def _are_like(group: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether "or similar" follows a list, so that one of it or its like will do."""
    return bool(group) and bool(_OR_SIMILAR.match(text, group[-1][1]))


def _choice(group: Sequence[tuple[int, int]], text: str) -> dict[str, str]:
    if len(group) < 2:
        return {}
    words = text[group[0][0] : group[-1][1]]
    if words.count("(") > words.count(")"):
        words += ")"
    return {text[start:end]: words for start, end in group}


def _place(term: str, text: str) -> tuple[int, int] | None:
    """Where a thing is named; years of work and degrees stand before a list of things without being one of them."""
    if demanded_years(term) is not None or names_degree(term):
        return None
    match = re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text)
    return match.span() if match else None
