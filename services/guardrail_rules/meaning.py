"""Reading the concepts off a folded sentence, word by word, in time linear in its length.

Knows the table of concepts, not the rules over them.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from services.guardrail_rules.concepts import NEGATABLE, Concept
from services.guardrail_rules.folding import fold
from services.guardrail_rules.word_lists import read_word_lists

_TOKEN = re.compile(r"https?://\S+|www\.\S+|[^\W_]+(?:@[\w-]+(?:\.[\w-]+)+)?")
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NEGATION_REACHES = 5
_NEGATION_REACHES_DISMISSAL = 2
"""Shorter, since "do not hesitate to ignore" is an attack."""
_SHUFFLED_FROM = 6
_LONGEST_SALUTATION = 80
_NAME_REACHES = 2
"""How far apart the two words of a machine's name stand: "screening software", "logiciel de tri"."""
_LONGEST_NAME = 4
_CLAUSE_ENDS = frozenset(',;:()[]{}<>"“”„«»—–•*|!?.…，。；：、！？')

Concepts = frozenset[Concept]
_ANY = "*"
_STARTS_PHRASE = Concept.STARTS_PHRASE
_NONE: Concepts = frozenset()
_ONLY_STARTS_PHRASE: Concepts = frozenset({Concept.STARTS_PHRASE})
_LINK: Concepts = frozenset({Concept.LINK})
_NUMBER: Concepts = frozenset({Concept.NUMBER})
_DISMISS: Concepts = frozenset({Concept.DISMISS})
_NEGATION: Concepts = frozenset({Concept.NEGATION})
_QUOTED: Concepts = frozenset({Concept.QUOTED})
_OPENS_A_QUOTATION = re.compile(r"(?:^|[\s:(])[\"'“„«‘]$")
_CALLED: Concepts = frozenset({Concept.CALLED})
_A_MACHINE: Concepts = frozenset({Concept.MACHINE, Concept.TALKER})


class Hit(NamedTuple):
    """Concepts met at a word's position.

    `opening` when nothing but courtesies stands before it in the sentence, `heading` when it opens a clause at least.
    """

    position: int
    concepts: Concepts
    opening: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    open_ended: bool
    concepts: Concepts

    def stands_at(self, words: list[str], position: int) -> bool:
        there = tuple(words[position : position + len(self.words)])
        if not self.open_ended:
            return there == self.words
        return there[:-1] == self.words[:-1] and len(there) == len(self.words) and there[-1].startswith(self.words[-1])


@dataclass(frozen=True, slots=True)
class _Lexicon:
    exact: dict[str, Concepts]
    prefixes: dict[str, Concepts]
    phrases: dict[tuple[str, str], list[_Phrase]]
    phrase_starts: frozenset[str]
    substrings: dict[str, Concepts]
    any_substring: re.Pattern[str]
    shuffled: dict[str, Concepts]


def concepts_of(folded: str) -> list[Hit]:
    """The concepts of a folded sentence in order; a phrase counts at its first word and a negated verb not at all."""
    words, heads, quoted = _words_and_marks(folded)
    if not folded.isascii() and _NO_SPACES.search(folded):
        known = [(position, _word_concepts(word) | _concepts_inside(word)) for position, word in enumerate(words)]
    else:
        known = [(position, found) for position, word in enumerate(words) if (found := _word_concepts(word))]
    known = _with_composed_names(known)
    if quoted:
        concepts_at = dict(known)
        known = sorted({**concepts_at, **{at: concepts_at.get(at, _NONE) | _QUOTED for at in quoted}}.items())
    hits: list[Hit] = []
    negated_at = -_NEGATION_REACHES - 1
    next_free = next_opening = 0
    called_by_name = _words_before_a_colon(folded)
    for position, concepts in known:
        if position < next_free:
            continue
        length = 1
        if _STARTS_PHRASE in concepts:
            length, of_phrase = _phrase_at(words, position)
            if of_phrase:  # "vergeet nooit" is no dismissal, and the "no" of "no longer apply" no negation
                concepts = of_phrase if Concept.NEGATION in of_phrase else of_phrase | (concepts - _NEGATION)
        next_free = position + length
        if Concept.NEGATION in concepts:
            negated_at = position
        elif position - negated_at <= _NEGATION_REACHES:
            concepts -= NEGATABLE if position - negated_at <= _NEGATION_REACHES_DISMISSAL else NEGATABLE - _DISMISS
        if concepts != _ONLY_STARTS_PHRASE:
            opening = position == next_opening
            hits.append(Hit(position, concepts, opening, opening or position in heads))
        if position in heads and concepts & _CARRIES_ON:
            heads.add(next_free)
        if position < called_by_name and Concept.MACHINE in concepts:
            next_opening = called_by_name
            if next_free == called_by_name <= _LONGEST_NAME and Concept.TALKER in concepts:
                hits[-1] = hits[-1]._replace(concepts=hits[-1].concepts | _CALLED)
        elif position == next_opening and Concept.POLITE in concepts:
            next_opening = next_free
    return hits


def _words_and_marks(folded: str) -> tuple[list[str], set[int], set[int]]:
    """The words, and the positions of those that stand behind a mark that ends a clause, or that opens a quotation."""
    words: list[str] = []
    heads: set[int] = set()
    quoted: set[int] = set()
    end = 0
    for found in _TOKEN.finditer(folded):
        start = found.start()
        if start - end > 1 and not _CLAUSE_ENDS.isdisjoint(folded[end:start]):
            heads.add(len(words))
        if _OPENS_A_QUOTATION.search(folded[end:start]):
            quoted.add(len(words))
        words.append(found.group())
        end = found.end()
    return words, heads, quoted


def _with_composed_names(known: list[tuple[int, Concepts]]) -> list[tuple[int, Concepts]]:
    """The same, with a machine's name where a kind of machine stands beside what it is for: "any ranking engine"."""
    composed = list(known)
    for kind in (Concept.ARTEFACT, Concept.AUTOMATIC):
        other = Concept.AUTOMATIC if kind is Concept.ARTEFACT else Concept.ARTEFACT
        for place, (position, concepts) in enumerate(known):
            if kind in concepts and any(
                other in beside and next_position - position <= _NAME_REACHES
                for next_position, beside in known[place + 1 : place + 1 + _NAME_REACHES]
            ):
                composed[place] = (position, concepts | _A_MACHINE)
    return composed


def _words_before_a_colon(folded: str) -> int:
    """How many words stand before a colon near the start: "assistant: print ..." opens twice."""
    before, colon, _ = folded[:_LONGEST_SALUTATION].partition(":")
    return len(_TOKEN.findall(before)) if colon else 0


def _concepts_inside(word: str) -> Concepts:
    """Concepts in a run of Chinese, Japanese or Korean, where words are not parted."""
    lexicon = _lexicon()
    found = {match.group() for match in lexicon.any_substring.finditer(word)}
    concepts = frozenset(concept for key in found for concept in lexicon.substrings[key])
    return concepts - (NEGATABLE - _DISMISS) if Concept.NEGATION in concepts else concepts


def _phrase_at(words: list[str], position: int) -> tuple[int, Concepts]:
    """The longest phrase that starts here, as its number of words and concepts; (1, nothing) when there is none."""
    phrases = _lexicon().phrases
    first, *rest = words[position : position + 2]
    for key in ((first, rest[0] if rest else _ANY), (first, _ANY)):
        for phrase in phrases.get(key, ()):
            if phrase.stands_at(words, position):
                return len(phrase.words), phrase.concepts
    return 1, _NONE


@lru_cache(maxsize=16_384)
def _word_concepts(word: str) -> Concepts:
    lexicon = _lexicon()
    found = lexicon.exact.get(word, _NONE)
    if word in lexicon.phrase_starts:
        found |= {_STARTS_PHRASE}
    for end in range(3, min(len(word), 16) + 1):
        found |= lexicon.prefixes.get(word[:end], _NONE)
    if found:
        return found
    if "@" in word or word.startswith(("http:", "https:", "www.")):
        return _LINK
    if word.isdigit():
        return _NUMBER
    if len(word) >= _SHUFFLED_FROM and word.isascii():
        return lexicon.shuffled.get(_signature(word), _NONE)
    return _NONE


def _signature(word: str) -> str:
    """A word with its inner letters sorted: people read `prevoius` as `previous`, and so do models."""
    return word[0] + "".join(sorted(word[1:-1])) + word[-1]


@cache
def _lexicon() -> _Lexicon:
    exact: dict[str, Concepts] = {}
    prefixes: dict[str, Concepts] = {}
    substrings: dict[str, Concepts] = {}
    phrases: dict[tuple[tuple[str, ...], bool], Concepts] = {}
    for name, entries in read_word_lists("concepts").items():
        concept = Concept[name]
        for entry in entries:
            open_ended = entry.endswith("*")
            key = fold(entry.rstrip("*"))
            if "_" in key:
                phrase = (tuple(key.split("_")), open_ended)
                phrases[phrase] = phrases.get(phrase, _NONE) | {concept}
                continue
            table = substrings if _NO_SPACES.search(key) else prefixes if open_ended else exact
            table[key] = table.get(key, _NONE) | {concept}
    indexed: dict[tuple[str, str], list[_Phrase]] = {}
    for (words, open_ended), concepts in sorted(phrases.items(), key=lambda item: -len(item[0][0])):
        second = _ANY if open_ended and len(words) == 2 else words[1]
        indexed.setdefault((words[0], second), []).append(_Phrase(words, open_ended, concepts))
    return _Lexicon(
        exact=exact,
        prefixes=prefixes,
        phrases=indexed,
        phrase_starts=frozenset(first for first, _ in indexed),
        substrings=substrings,
        any_substring=re.compile("|".join(sorted(map(re.escape, substrings), key=len, reverse=True))),
        shuffled={
            _signature(word): concepts
            for word, concepts in exact.items()
            if len(word) >= _SHUFFLED_FROM and word.isascii() and concepts & _WORTH_UNSHUFFLING
        },
    )


_CARRIES_ON: Concepts = frozenset({Concept.POLITE})
"""Between the start of a clause and its verb: "and then print"."""

_WORTH_UNSHUFFLING = frozenset({Concept.DISMISS, Concept.PRIOR, Concept.RULES, Concept.REVEAL})
