"""Finding a named thing (skill, tool, licence, language) in a text: by whole words, never by parts of words.

Owns tokens, spelling folds and the lookup of aliases; knows nothing of ads or resumes.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from services.matching.business_lines import shown_by
from services.matching.skill_aliases import EVERYDAY_WORDS, PROVED_BY, SAME_THING, SPOKEN_LANGUAGES

# A dot belongs to a word only at its start (.NET), plus and hash only at its end (C++, C#), an ampersand between two
# letters (R&D); a possessive is cut off.
_TOKEN: Final = re.compile(r"(?:(?<!\w)\.(?=[A-Za-z]))?((?<!\w)[A-Z]&[A-Z](?!\w)|[^\W_]+(?:\+\+|#)?)(?:['’]s\b)?")
_PLURAL_ACRONYM: Final = re.compile(r"[A-Z0-9]{2,}s")
_CREDENTIAL: Final = re.compile(
    r"\b(?:certifi(?:cations?|cates?|ed)|zertifi(?:kat|zierung|ziert)|certificat(?:ion)?|certificaci[oó]n|certificado)\b",
    re.IGNORECASE,
)
_SPELLINGS: Final = (("licence", "license"), ("centre", "center"), ("isation", "ization"), ("ise", "ize"))
_SUFFIXES: Final = tuple(
    "ations ation ments ment ings ing ions ion ives ive ers er ors or ed es e s ungen ung en te ando endo".split()
)
_SHORT_ROOTS: Final = frozenset({"ing", "ed", "e"})
# Words that say how well or in what way, not what: a match does not need them.
_WEAK: Final = frozenset(
    "a an the of and or in with to for skills skill experience knowledge expertise proficiency ability abilities"
    " de des du der die das und et y e la le les von mit kenntnisse fahigkeiten competences competencias".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: as written, folded for comparison, and where it stands."""

    text: str
    key: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case without accents, so that "Führerschein" and "FUHRERSCHEIN" compare equal."""
    text = text.casefold().replace("’", "'")
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


@lru_cache(maxsize=20_000)
def _word_key(word: str) -> str:
    """One word folded, with its plural and its British spelling made equal to the other."""
    key = fold(word)
    if _PLURAL_ACRONYM.fullmatch(word):
        return key[:-1]
    for british, american in _SPELLINGS:
        if len(key) > len(british) + 2 and key.endswith(british):
            key = key.removesuffix(british) + american
            break
    if british_licence := re.fullmatch(r"(licen)ce(s?)", key):
        key = british_licence.group(1) + "se" + british_licence.group(2)
    if len(key) > 4 and key.endswith("ies"):
        return key[:-3] + "y"
    if len(key) > 3 and key.endswith("s") and not key.endswith(("ss", "us", "is")):
        return key[:-1]
    return key


def tokens(text: str) -> list[Token]:
    """The words of a text in order."""
    found = []
    for match in _TOKEN.finditer(text):
        dotted = "." if match.group().startswith(".") else ""
        found.append(Token(match.group(), dotted + _word_key(match.group(1)), match.start(), match.end()))
    return found


def term_key(term: str) -> str:
    """What two spellings of the same named thing have in common: "k8s" and "Kubernetes" share one."""
    key = _keys(term)
    return " ".join(_CANONICAL.get(key, key))


def spellings(term: str) -> tuple[str, ...]:
    """The term and its other names, the term as given first."""
    row = _ROWS.get(_keys(term))
    if row is None:
        return (term,)
    return (term, *(name for name in row if _keys(name) != _keys(term)))


def find_term(term: str, text: str, *, aliases: bool = True) -> str | None:
    """The words of the text that name the term, as they stand there; None when it is not named."""
    words, keys = _text_tokens(text), _text_keys(text)
    for pattern in _patterns_of(term, aliases):
        if pattern[0].key not in keys:
            continue
        size = len(pattern)
        for index in range(len(words) - size + 1):
            if words[index].key == pattern[0].key and _stands_at(pattern, words, index):
                return text[words[index].start : words[index + size - 1].end]
    return None


def mentions(text: str, term: str) -> bool:
    """Whether a text names a term, under any of its names."""
    return find_term(term, text) is not None


def find_proof(term: str, text: str) -> str | None:
    """The words of the text that prove the term without naming it: a narrower thing, or its words in another form."""
    for name in _narrower(term):
        if (quote := find_term(name, text)) is not None:
            return quote
    wanted = _proving_roots(term)
    return text if wanted and wanted <= _text_roots(text) else None


def known_terms(text: str) -> Iterator[str]:
    """The things from the alias table that a text names, as it names them, each once."""
    words = _text_tokens(text)
    seen: set[tuple[str, ...]] = set()
    for index, word in enumerate(words):
        for pattern in _PATTERNS_BY_FIRST_WORD.get(word.key, ()):
            canonical = _CANONICAL[tuple(token.key for token in pattern)]
            if canonical not in seen and _stands_at(pattern, words, index):
                seen.add(canonical)
                yield text[word.start : words[index + len(pattern) - 1].end]
                break


def is_known(term: str) -> bool:
    """Whether the alias table has this name."""
    return _keys(term) in _CANONICAL


def is_spoken_language(text: str) -> bool:
    """Whether a text names a language that people speak."""
    return any(find_term(name, text) is not None for name in SPOKEN_LANGUAGES)


def without_credential_word(term: str) -> str | None:
    """ "ACLS certification" as "ACLS"; None when the term does not ask for a certificate."""
    core = _CREDENTIAL.sub(" ", term).strip(" ,-")
    return core if core and core != term.strip() else None


def _stands_at(pattern: Sequence[Token], words: Sequence[Token], index: int) -> bool:
    """Whether the words from `index` on are the pattern, and are meant as a name."""
    if index + len(pattern) > len(words):
        return False
    if any(wanted.key != words[index + offset].key for offset, wanted in enumerate(pattern)):
        return False
    return len(pattern) > 1 or pattern[0].key not in EVERYDAY_WORDS or _meant_as_name(pattern[0], words, index)


def _meant_as_name(name: Token, words: Sequence[Token], index: int) -> bool:
    """Whether an everyday word ("go", "excel") stands there as a name: written as the name is, not as a verb."""
    token = words[index]
    if name.text.isupper():
        return token.text.isupper()
    if not token.text[:1].isupper():
        return len(words) == 1
    following = words[index + 1].key if index + 1 < len(words) else ""
    return following not in {"to", "at", "for", "with", "sure"}


@lru_cache(maxsize=4_000)
def _patterns(name: str) -> tuple[tuple[Token, ...], ...]:
    """The word sequences that name a thing: as it is, and without words such as "skills" at its ends."""
    words = tokens(name)
    core = list(words)
    while core and core[-1].key in _WEAK:
        core.pop()
    while core and core[0].key in _WEAK:
        core.pop(0)
    return tuple(dict.fromkeys(pattern for pattern in (tuple(words), tuple(core)) if pattern))


@lru_cache(maxsize=4_000)
def _patterns_of(term: str, aliases: bool) -> tuple[tuple[Token, ...], ...]:
    return tuple(pattern for name in (spellings(term) if aliases else (term,)) for pattern in _patterns(name))


@lru_cache(maxsize=4_000)
def _narrower(term: str) -> tuple[str, ...]:
    """The names of narrower things that prove a term."""
    key = term_key(term)
    named = tuple(name for broad, narrower in PROVED_BY.items() if term_key(broad) == key for name in narrower)
    return named + shown_by(term)


@lru_cache(maxsize=4_000)
def _proving_roots(term: str) -> frozenset[str]:
    """The roots which together prove a term; none for words too short to prove anything."""
    if is_known(term):
        return frozenset()  # the name of a product is not proved by a word that looks like it
    wanted = frozenset(_root(token.key) for token in tokens(term) if token.key not in _WEAK)
    shortest = min((len(root) for root in wanted), default=0)
    return frozenset() if shortest < (5 if len(wanted) == 1 else 3) else wanted


@lru_cache(maxsize=2_000)
def _text_keys(text: str) -> frozenset[str]:
    return frozenset(token.key for token in _text_tokens(text))


@lru_cache(maxsize=2_000)
def _text_roots(text: str) -> frozenset[str]:
    return frozenset(map(_root, _text_keys(text)))


@lru_cache(maxsize=2_000)
def _text_tokens(text: str) -> tuple[Token, ...]:
    """The words of a text; remembered, since each line is searched for every requirement."""
    return tuple(tokens(text))


@lru_cache(maxsize=20_000)
def _root(key: str) -> str:
    """A rough root shared by forms of one word: manage, managed, manager, management."""
    for suffix in _SUFFIXES:
        if key.endswith(suffix) and len(key) - len(suffix) >= (3 if suffix in _SHORT_ROOTS else 4):
            key = key.removesuffix(suffix)
            break
    return key


@lru_cache(maxsize=20_000)
def _keys(name: str) -> tuple[str, ...]:
    return tuple(token.key for token in tokens(name))


_PROVING: Final = dict.fromkeys(name for broad, narrower in PROVED_BY.items() for name in (broad, *narrower))
_TABLE: Final = SAME_THING + tuple((name,) for name in _PROVING if not any(name in row for row in SAME_THING))
_ROWS: Final = {_keys(name): row for row in _TABLE for name in row}
_CANONICAL: Final = {_keys(name): _keys(row[0]) for row in _TABLE for name in row}
_PATTERNS_BY_FIRST_WORD: Final[dict[str, list[tuple[Token, ...]]]] = {}
for _name in (name for row in _TABLE for name in row):
    _PATTERNS_BY_FIRST_WORD.setdefault(_keys(_name)[0], []).append(tuple(tokens(_name)))
for _candidates in _PATTERNS_BY_FIRST_WORD.values():
    _candidates.sort(key=len, reverse=True)
