"""Which of the things that a clause names are a choice: of "Python, Go or Rust" one is enough.

Knows the words between two things; nothing of sections, sentences or resumes.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from services.job_ads.lexicon import OR_WORDS
from services.matching.degrees import names_degree
from services.matching.work_years import demanded_years

_OR: Final = re.compile(rf"\s*,?\s*(?:{'|'.join(map(re.escape, OR_WORDS))})\s+", re.IGNORECASE)
_COMMA: Final = re.compile(r"\s*,\s*")


def choices(text: str, terms: Sequence[str]) -> dict[str, str]:
    """The things of a clause that are one of several, each with the words of the clause that offer the choice."""
    places = sorted(place for term in terms if (place := _place(term, text)) is not None)
    found: dict[str, str] = {}
    group: list[tuple[int, int]] = places[:1]
    has_or = False
    for before, after in pairwise(places):
        between = text[before[1] : after[0]]
        is_or = bool(_OR.fullmatch(between))
        if is_or or (_COMMA.fullmatch(between) and not has_or):
            group.append(after)
            has_or = has_or or is_or
            continue
        found |= _choice(group, text) if has_or else {}
        group, has_or = [after], False
    return found | (_choice(group, text) if has_or else {})


def _choice(group: Sequence[tuple[int, int]], text: str) -> dict[str, str]:
    words = text[group[0][0] : group[-1][1]]
    return {text[start:end]: words for start, end in group}


def _place(term: str, text: str) -> tuple[int, int] | None:
    """Where a thing is named; years of work and degrees stand before a list of things without being one of them."""
    if demanded_years(term) is not None or names_degree(term):
        return None
    match = re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text)
    return match.span() if match else None
