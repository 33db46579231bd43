"""What a summary says its writer is, as words that can follow "I am": "a software engineer with 7 years …"."""

import re
from typing import Final

MAX_LENGTH: Final = 220
_CONNECTION: Final = {
    "en": r"with|specialising|specializing|experienced|who",
    "de": r"mit",
    "fr": r"avec|spécialisée?|diplômée?",
    "es": r"con|especializad[oa]|titulad[oa]",
    "pt": r"com|especializad[oa]|formad[oa]",
}
_GERMAN_OCCUPATION: Final = re.compile(r"^\w+(?:in|er|or|ist|ent|ant|kraft|mann|frau|eur)\b")
_FIRST_PERSON: Final = re.compile(r"\b(?:I|my|ich|mein\w*|je|mon|ma|mes|yo|mi|mis|eu|meu|minha)\b")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])")


def profile(summary: str, language: str) -> str | None:
    """The first sentence of a summary as what one is; None where it has another form."""
    sentence = _SENTENCE_END.split(" ".join(summary.split()))[0].rstrip(" .")
    connection = _CONNECTION.get(language)
    if connection is None or len(sentence) > MAX_LENGTH or _FIRST_PERSON.search(sentence):
        return None
    if not re.match(rf"^[A-ZÀ-Þ][\w/-]+(?: [\w/-]+){{0,5}}? (?:{connection}) .+$", sentence):
        return None
    if language == "de":
        return sentence if _GERMAN_OCCUPATION.match(sentence) else None
    if language == "en":
        return with_article(without_capital(re.sub(r"^(?:An?) ", "", sentence)))
    return without_capital(sentence)


def with_article(words: str) -> str:
    """An English noun with "a" or "an", by its sound."""
    first = words.split()[0]
    letters = first.isupper() or bool(re.match(r"^(?:[A-Z]\.?){2,}", first))
    vowel = first[:1] in "AEFHILMNORSX" if letters else first[:1].lower() in "aeio"
    if letters and len(first) > 3 and "." not in first and first[:1] in "FHLMNRSX":
        vowel = False  # said as a word: "NATO", not letter by letter
    return f"{'an' if vowel else 'a'} {words}"


def without_capital(words: str) -> str:
    """The words as they stand inside a sentence; names and acronyms keep their capitals."""
    first, _, rest = words.partition(" ")
    plain = first[1:].islower() and not any(word[:1].isupper() for word in rest.split()[:2])
    return words[:1].lower() + words[1:] if plain else words
