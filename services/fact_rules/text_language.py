"""Which language a text is written in, told by its function words."""

from collections.abc import Iterable
from functools import cache

from services.fact_rules.lexicon_files import LANGUAGES, load


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    return {language: load(language).stop for language in LANGUAGES}


@cache
def function_words() -> frozenset[str]:
    """The function words of all languages."""
    return frozenset[str]().union(*_stop_words().values())


def language_of(words: Iterable[str]) -> str:
    """The language whose function words are the most frequent among these folded words; English when in doubt."""
    return _most_frequent(words, _stop_words()) or "en"


def language_of_letter(text: Iterable[str], job: Iterable[str], resume: Iterable[str]) -> str:
    """The language of a text about an application; a mere subject has the job's, or the resume's, when in doubt."""
    known = {language: load(language).stop | load(language).letter | load(language).courtesy for language in LANGUAGES}
    return _most_frequent(text, known) or _most_frequent(job, known) or language_of(resume)


def _most_frequent(words: Iterable[str], known: dict[str, frozenset[str]]) -> str | None:
    """The language that knows the most of the words, None when two know as many."""
    found = [word for word in words if len(word) > 1]
    counts = sorted(((sum(word in own for word in found), language) for language, own in known.items()), reverse=True)
    return None if counts[0][0] == counts[1][0] else counts[0][1]
