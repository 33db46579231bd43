"""Spoken languages as resumes list them: `English (native)`, `Deutsch: C1`. Knows no document."""

import re

from services.resume_language.folding import fold
from services.resume_language.tables import read_table

_TABLE = read_table("languages")
_NAMES = frozenset(fold(name) for name in _TABLE["names"])
_LONGEST_NAME = max(len(name.split()) for name in _NAMES)
_LEVELS = frozenset(word for level in _TABLE["levels"] for word in fold(level).split())
_LONGEST = 80


def is_spoken_language(text: str) -> bool:
    """Whether the text names a spoken language and says nothing but how well it is spoken."""
    if len(text) > _LONGEST:
        return False
    tokens = fold(re.sub(r"[+*★☆●○•]+", " ", text)).split()
    for length in range(min(_LONGEST_NAME, len(tokens)), 0, -1):
        if " ".join(tokens[:length]) in _NAMES:
            return all(token in _LEVELS for token in tokens[length:])
    return False
