"""How much a text speaks of jobs: titles, the words of hiring, skills, and wishes about a resume, in many languages.

Only counts words; what little vocabulary means is decided elsewhere.
"""

import re
from functools import lru_cache

from services.guardrail_rules.folding import fold
from services.guardrail_rules.word_lists import read_word_lists

_GENDERED = re.compile(
    r"\((?:[mwfdhx]|divers)[/|, ](?:[mwfdhx]|divers)(?:[/|, ][mwfdhx])?\)|\b[hf]/[hf]\b|\b[mwf]/[mwf]/[dx]\b"
)
_PAID = re.compile(r"[$€£]\s?\d|\d\s?(?:€|\$|£|zl\b|kr\b|k\b)|\d\+? ?(?:yrs|years|jahre|ans|anos|anni)\b|\b\d\d?h\b")
_WORD = re.compile(r"[^\W\d_][\w-]*|[a-z0-9]+")
_READ = 6_000
_ENOUGH = 24


def _words_and_stems(*sections: str) -> tuple[frozenset[str], tuple[str, ...]]:
    lists = read_word_lists("jobs")
    entries = [fold(entry) for section in sections for entry in lists[section]]
    return (
        frozenset(entry for entry in entries if not entry.endswith("*")),
        tuple(entry[:-1] for entry in entries if entry.endswith("*")),
    )


_STRONG_WORDS, _STRONG_STEMS = _words_and_stems("STRONG", "WISHES")
_HIRING_WORDS, _HIRING_STEMS = _words_and_stems("STRONG")
_WEAK_WORDS, _ = _words_and_stems("WEAK")
_FOLDED_ENDINGS = tuple(_words_and_stems("ENDINGS")[0])
_TRADE = _words_and_stems("MACHINES")[0]
_WE = _words_and_stems("WE")[0]
_TRADE_WORDS = 4
_PROSE = 20
_WORDS_A_POINT = 10
_PLENTY = 6
_UNSPACED = re.compile("|".join(sorted(_words_and_stems("UNSPACED")[0], key=len, reverse=True)))


def is_trade_of_machines(text: str) -> bool:
    """Whether a text speaks the language of those who build, test or defend machines for a living."""
    return len(_TRADE.intersection(_WORD.findall(fold(text[:_READ])))) >= _TRADE_WORDS


def speaks_as_an_employer(sentence: str) -> bool:
    """Whether a sentence says "we" or "our", in one of many languages."""
    return not _WE.isdisjoint(_WORD.findall(fold(sentence)))


def hardly_speaks_of_hiring(text: str) -> bool:
    """Whether a text of some sentences has too few words of hiring for its length, as a recipe or a forecast has."""
    folded = fold(text[:_READ])
    words = _WORD.findall(folded)
    points = sum(_hiring_points(word) for word in set(words)) + _points_of_signs(folded)
    return len(words) >= _PROSE and points < min(len(words) / _WORDS_A_POINT, _PLENTY)


def job_evidence(text: str) -> int:
    """Points for the distinct words of work in a text: two for titles and hiring, one for skills and surroundings."""
    folded = fold(text[:_READ])
    points = 0
    seen: set[str] = set()
    for found in _WORD.finditer(folded):
        word = found.group()
        if word not in seen:
            seen.add(word)
            points += _points(word)
            if points >= _ENOUGH:
                return points
    return points + _points_of_signs(folded)


def _points_of_signs(folded: str) -> int:
    """Points for "(m/w/d)", for pay and hours, and for words of languages that do not part them."""
    points = 2 * len(set(_GENDERED.findall(folded))) + min(2, len(_PAID.findall(folded)))
    return points if folded.isascii() else points + 2 * len(set(_UNSPACED.findall(folded)))


@lru_cache(maxsize=16_384)
def _points(word: str) -> int:
    if word in _STRONG_WORDS or word.startswith(_STRONG_STEMS) or word.endswith(_FOLDED_ENDINGS):
        return 2
    return 1 if word in _WEAK_WORDS else 0


@lru_cache(maxsize=16_384)
def _hiring_points(word: str) -> int:
    """The points of a word that are not due to its use in wishes about a resume."""
    if word in _HIRING_WORDS or word.startswith(_HIRING_STEMS) or word.endswith(_FOLDED_ENDINGS):
        return 2
    return 1 if word in _WEAK_WORDS else 0
