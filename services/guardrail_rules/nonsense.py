"""Telling a text that says nothing: empty, dummy words, keyboard runs, filler Latin; or that nothing is wanted.

Knows nothing of jobs.
"""

import re
from collections import Counter

from services.guardrail_rules.folding import fold
from services.guardrail_rules.word_lists import read_word_lists

_LISTS = read_word_lists("nonsense")
_DUMMY = frozenset(_LISTS["DUMMY"])
_FILLER = frozenset(_LISTS["FILLER"])
_NO_WISH = frozenset(map(fold, _LISTS["NO_WISH"]))
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "1234567890")
_LONGEST_SHRUG = 60
_WORD = re.compile(r"[^\W_]+")
_LATIN = re.compile(r"[a-z]+")
_VOWELS = re.compile(r"[aeiouy]")
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}")


def asks_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing to say: "none", "n/a", "ok thanks", a dash."""
    words = _WORD.findall(fold(text[:200]))
    return len(text) <= _LONGEST_SHRUG and all(word in _NO_WISH for word in words) and (bool(words) or len(text) <= 3)


def is_nonsense(text: str) -> bool:
    """Whether a text has nothing in it that could be an advertisement, however short."""
    words = _WORD.findall(fold(text[:2_000]))
    letters = [word for word in words if any(char.isalpha() for char in word)]
    if not letters:
        return True
    if all(word in _DUMMY or _is_mash(word) for word in words):
        return True
    filler = sum(word in _FILLER for word in words)
    if "lorem" in words and filler >= 2 and filler * 2 >= min(len(words), 20):
        return True
    most_common = Counter(words).most_common(1)[0][1]
    return len(words) >= 4 and most_common == len(words)


def _is_mash(word: str) -> bool:
    """Whether a word is a run along the keyboard, one character repeated, or cannot be spoken."""
    if len(set(word)) <= 2 and len(word) >= 5:
        return True
    if len(word) >= 3 and any(word in row or word in row[::-1] for row in _KEYBOARD):
        return True
    if not _LATIN.fullmatch(word) or len(word) < 5:
        return word.isdigit()
    vowels = len(_VOWELS.findall(word))
    return vowels == 0 or (_CONSONANTS.search(word) is not None and vowels * 4 <= len(word))
