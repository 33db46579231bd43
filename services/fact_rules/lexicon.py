"""Word knowledge of one language, read from `lexicon/<language>.toml`: stems, synonyms, duties, claims, numbers.

Knows no resume and takes no decision; what a class of words means for the truth is said by the rules that ask.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "de", "fr", "es", "pt")
_FOLDER = Path(__file__).parent / "lexicon"
_SHORTEST_STEM = 3
_PLURALS = ("", "s", "es", "n", "en", "nen", "er", "ern", "in", "innen")
_SHORTEST_REACH = 8


class Duty(StrEnum):
    """How much of the work a verb claims for the person, from the least to the most."""

    ASSIST = "assist"
    DO = "do"
    CREATE = "create"
    ORIGINATE = "originate"
    TEACH = "teach"
    COORDINATE = "coordinate"
    LEAD = "lead"


class Claim(StrEnum):
    """Kinds of words that always say something about the person or the result, however small they look."""

    SENIORITY = "seniority"
    REACH = "reach"
    OUTCOME = "outcome"
    AUDIENCE = "audience"
    CREDENTIAL = "credential"
    PERIOD = "period"


@lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """Lower case without accents, so that `Évalué`, `evalue` and `EVALUE` are one word."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@dataclass(frozen=True)
class Phrase:
    """Words that stand for one: ("take", "part") counts as "participate"; `later` ones follow within the clause."""

    words: tuple[str, ...]
    meaning: str
    later: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alias:
    """A short form and the words that it abbreviates, as stems."""

    short: str
    long: tuple[str, ...]


@dataclass(frozen=True)
class Stemmer:
    """How a language's words lose their endings: irregular forms by their base, spellings of two countries as one."""

    irregular: dict[str, str]
    suffixes: tuple[str, ...]
    final_spellings: tuple[tuple[str, str], ...]
    variants: tuple[tuple[re.Pattern[str], str], ...]
    inflections: tuple[str, ...]
    irregular_endings: tuple[str, ...]

    def inflected(self, folded: str) -> str:
        """The word without the endings of its own forms: `closed` and `closes` are one, `closely` is another word."""
        word = self.irregular.get(folded) or self.irregular.get(folded.removesuffix("s"), folded)
        ending = next((e for e in self.inflections if word.endswith(e) and len(word) - len(e) >= _SHORTEST_STEM), "")
        return word.removesuffix(ending)

    def stem(self, folded: str) -> str:
        """The word without its endings."""
        word = self._base(folded)
        for pattern, plain in self.variants:
            word = pattern.sub(plain, word)
        stem = self._strip(self.irregular.get(word, word))
        for written, plain in self.final_spellings:
            if stem.endswith(written) and len(stem) > _SHORTEST_STEM:
                return stem.removesuffix(written) + plain
        return stem

    def _base(self, folded: str) -> str:
        """The base of an irregular form, which may have endings of its own (`suivies` of `suivi`)."""
        forms = (folded, *(folded.removesuffix(end) for end in self.irregular_endings if folded.endswith(end)))
        return next((self.irregular[form] for form in forms if form in self.irregular), folded)

    def _strip(self, word: str) -> str:
        for round_ in range(3):
            for suffix in self.suffixes:
                if (round_ and len(suffix) == 1 and suffix != "e") or (suffix == "s" and word.endswith("ss")):
                    continue
                if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
                    word = word[: -len(suffix)]
                    break
            else:
                break
        if len(word) > _SHORTEST_STEM and word[-1] == word[-2]:
            word = word[:-1]
        return word


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All that is known about the words of one language; every set holds folded words or stems as its name says."""

    language: str
    stop: frozenset[str]
    generic: frozenset[str]
    generic_stems: frozenset[str]
    generic_forms: frozenset[str]
    letter: frozenset[str]
    letter_stems: frozenset[str]
    first_person: frozenset[str]
    possession: frozenset[str]
    target: frozenset[str]
    target_stems: frozenset[str]
    at_words: frozenset[str]
    courtesy: frozenset[str]
    stemmer: Stemmer
    separable: tuple[str, ...]
    compounding: bool
    modifiers_first: bool
    backwards: frozenset[str]
    attaining_stems: frozenset[str]
    falling_stems: frozenset[str]
    rising_stems: frozenset[str]
    groups: dict[str, frozenset[str]]
    phrases: dict[str, tuple[Phrase, ...]]
    aliases: dict[str, tuple[Alias, ...]]
    kinds: dict[str, frozenset[str]]
    duties: dict[str, Duty]
    duty_bases: dict[str, str]
    duty_words: frozenset[str]
    noun_like: frozenset[str]
    agent_endings: tuple[str, ...]
    thing_endings: tuple[str, ...]
    articles: frozenset[str]
    markers: frozenset[str]
    joint: frozenset[str]
    together: frozenset[str]
    reach_endings: tuple[str, ...]
    rank_endings: tuple[str, ...]
    chore_stems: frozenset[str]
    handling_stems: frozenset[str]
    making_stems: frozenset[str]
    showing_stems: frozenset[str]
    light_stems: frozenset[str]
    led_stems: frozenset[str]
    singular: frozenset[str]
    since: frozenset[str]
    beginning_stems: frozenset[str]
    under: frozenset[str]
    complements: frozenset[str]
    purposes: frozenset[str]
    person_like: frozenset[str]
    activity_stems: frozenset[str]
    running_stems: frozenset[str]
    modest_degrees: frozenset[str]
    high_degrees: frozenset[str]
    ranks: frozenset[str]
    recurring: frozenset[str]
    once: frozenset[str]
    newcomers: frozenset[str]
    difference: frozenset[str]
    extents: frozenset[str]
    wholes: frozenset[str]
    causes: tuple[tuple[str, ...], ...]
    negators: frozenset[str]
    within: frozenset[str]
    several: frozenset[str]
    anyone: frozenset[str]
    teams: frozenset[str]
    certified: frozenset[str]
    graduated: frozenset[str]
    grouped: frozenset[str]
    adverb_endings: tuple[str, ...]
    agent_words: frozenset[str]
    weighty_stems: frozenset[str]
    claims: dict[str, tuple[Claim, ...]]
    served: frozenset[str]
    person_stems: frozenset[str]
    gerund_endings: tuple[str, ...]
    verb_endings: tuple[str, ...]
    role_ends: frozenset[str]
    role_openers: tuple[tuple[str, ...], ...]
    junior: frozenset[str]
    conjunctions: frozenset[str]
    number_words: dict[str, float]
    ordinals: dict[str, float]
    fractions: dict[str, float]
    multipliers: dict[str, float]
    joiners: frozenset[str]
    ratios: dict[str, float]
    range_words: frozenset[str]
    more_words: frozenset[str]
    months: dict[str, float]
    units: dict[str, str]
    _stems: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    _keys: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def stem(self, folded: str) -> str:
        """The word without its endings; irregular forms by their base."""
        known = self._stems.get(folded)
        if known is None:
            known = self.stemmer.stem(folded)
            if len(self._stems) < _REMEMBERED:
                self._stems[folded] = known
        return known

    def keys(self, folded: str) -> frozenset[str]:
        """What a word may be recognised by: its stem, its stem without a verbal prefix, its groups of synonyms."""
        known = self._keys.get(folded)
        if known is None:
            stems = {self.stem(form) for form in self._forms(folded)}
            # "documentat" of documentation is also "document", "operat" of operate also "oper"
            stems |= {stem.removesuffix("at") for stem in stems if len(stem) >= 6}
            # a server is not what serves: doers have the synonyms that name them, not those of the verb
            if folded in self.grouped or not folded.endswith(self.agent_endings):
                stems = stems.union(*(self.groups.get(stem, frozenset()) for stem in stems))
            known = frozenset(stems)
            if len(self._keys) < _REMEMBERED:
                self._keys[folded] = known
        return known

    def claim_of(self, folded: str) -> tuple[Claim, ...]:
        """The kinds of claim that a word makes by itself; `schulweit` and `citywide` claim reach by their endings."""
        known = self.claims.get(folded, ())
        if not known and self.compounding and folded.endswith(self.rank_endings):
            return (Claim.SENIORITY,)
        is_hedge = folded in self.generic and folded.endswith(self.adverb_endings)  # "chiefly" names no chief
        if not known and folded not in self.stop and not is_hedge:
            known = self.claims.get(self.stem(folded), ())
        if not known and len(folded) >= _SHORTEST_REACH and folded.endswith(self.reach_endings):
            return (Claim.REACH,)
        return known

    def is_generic(self, folded: str) -> bool:
        """Whether a word says nothing by itself; a doer ("server") is not the filler verb ("serve")."""
        is_doer = folded.endswith(self.agent_endings) and folded not in self.generic
        return not is_doer and (folded in self.generic or self.stemmer.inflected(folded) in self.generic_forms)

    def duty_of(self, folded: str, *, opens_clause: bool) -> Duty | None:
        """How much work a verb claims; a word that is usually a noun or adjective counts at a clause's start only."""
        if folded in self.noun_like and not opens_clause:
            return None
        endings = self.agent_endings + self.thing_endings
        if folded.endswith(endings) and folded not in self.duty_words:
            # a designer is no deed, and neither are an inventory or the Steuerungen of a machine
            return None
        for form in self._forms(folded):
            duty = self.duties.get(self.stem(form))
            if duty is not None:
                return duty
        return None

    def is_weighty(self, folded: str) -> bool:
        """Whether a verb says something about the person's authority or expertise whatever it replaces."""
        return any(self.stem(form) in self.weighty_stems for form in self._forms(folded))

    def _forms(self, folded: str) -> Iterator[str]:
        """The word, and for German verbs `eingearbeitet` as `einarbeitet` and `arbeitet`, `geleitet` as `leitet`."""
        yield folded
        if not self.separable:
            return
        if folded.startswith("ge") and len(folded) > 6:
            yield folded[2:]
        for prefix in self.separable:
            rest = folded.removeprefix(prefix)
            if rest != folded and rest in self.stemmer.irregular:
                # eingewiesen: einweisen
                yield prefix + self.stemmer.irregular[rest]
            if rest != folded and len(rest) >= 5:
                bare = [rest[2:], rest] if rest.startswith(("zu", "ge")) else [rest]
                if len(bare) > 1:
                    yield prefix + bare[0]
                # the Führung in Einführung leads nobody, and neither does what was durchgeführt
                yield from (form for form in bare if self.duties.get(self.stem(form)) is not Duty.LEAD)


_REMEMBERED = 20_000


@cache
def load(language: str) -> Lexicon:
    """The lexicon of a language; an unknown one gets English."""
    name = language if language in LANGUAGES else "en"
    return _build(name, _read(name), _read("aliases")["aliases"], _read("products")["kinds"])


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


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _words(text: str) -> list[str]:
    return [fold(word) for word in text.split()]


def _pairs(text: str) -> dict[str, float]:
    return {fold(word): float(value) for word, value in (entry.split("=") for entry in text.split())}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _assignments(text: str) -> list[tuple[str, list[str]]]:
    return [(fold(left.strip()), _words(right)) for left, right in (line.split(" = ") for line in _lines(text))]


def _build(language: str, pack: dict[str, Any], aliases: str, products: str) -> Lexicon:
    irregular = {form: words[0] for words in map(_words, _lines(pack["irregular"])) for form in words}
    stemmer = Stemmer(
        irregular,
        suffixes=tuple(sorted(_words(pack["suffixes"]), key=len, reverse=True)),
        final_spellings=tuple((a, b) for a, b in (pair.split("=") for pair in pack.get("final_spelling", "").split())),
        variants=tuple((re.compile(a), b) for a, b in (line.split(" = ") for line in _lines(pack.get("variants", "")))),
        irregular_endings=tuple(pack.get("irregular_endings", "").split()),
        inflections=tuple(sorted(_words(pack["inflections"]), key=len, reverse=True)),
    )
    stem = stemmer.stem

    groups: dict[str, set[str]] = {}
    grouped: set[str] = set()
    for number, line in enumerate(_lines(pack["synonyms"])):
        for word in _words(line):
            groups.setdefault(stem(word), set()).add(f"~{number}")
            grouped |= {word + ending for ending in _PLURALS}
    duties: dict[str, Duty] = {}
    duty_bases: dict[str, str] = {}
    noun_like: set[str] = set()
    for name, text in pack["duty"].items():
        for entry in text.split():
            word = fold(entry.rstrip("*"))
            duties[stem(word)] = Duty(name)
            duty_bases.setdefault(stem(word), entry.rstrip("*"))
            if entry.endswith("*"):
                noun_like |= {word, f"{word}s"}
    stop = frozenset(_words(pack["stop"]))
    claims: dict[str, list[Claim]] = {}
    for name, text in pack["claims"].items():
        exact = Claim(name) in {Claim.SENIORITY, Claim.AUDIENCE}
        for word in _words(text):
            for form in {word, f"{word}s"} if exact else {stem(word)}:
                # "mehrere" is no form of "mehr"
                claims.setdefault(word if form in stop else form, []).append(Claim(name))
    phrases: dict[str, list[Phrase]] = {}
    for meaning, words in _assignments(pack["phrases"]):
        first, later = (words[: words.index("*")], words[words.index("*") + 1 :]) if "*" in words else (words, [])
        phrase = Phrase(tuple(map(stem, first)), meaning, tuple(map(stem, later)))
        phrases.setdefault(phrase.words[0], []).append(phrase)
    kinds: dict[str, set[str]] = {}
    for kind, members in _assignments(products):
        for member in members:
            kinds.setdefault(stem(member), set()).update(kind.split())
    numbers = pack["numbers"]
    return Lexicon(
        language=language,
        stop=stop,
        generic=frozenset(_words(pack["generic"])),
        generic_stems=frozenset(map(stem, _words(pack["generic"]))),
        generic_forms=frozenset(map(stemmer.inflected, _words(pack["generic"]))),
        letter=frozenset(_words(pack["letter"])),
        letter_stems=frozenset(map(stem, _words(pack["letter"]))),
        first_person=frozenset(_words(pack["first_person"])),
        possession=frozenset(_words(pack["possession"])),
        target=frozenset(_words(pack["target"])),
        target_stems=frozenset(map(stem, _words(pack["target"]))),
        at_words=frozenset(_words(pack["at_words"])),
        courtesy=frozenset(_words(pack["courtesy"])),
        stemmer=stemmer,
        separable=tuple(_words(pack.get("separable", ""))),
        compounding=bool(pack.get("compounding", False)),
        modifiers_first=bool(pack.get("modifiers_first", False)),
        backwards=frozenset(_words(pack["backwards"])),
        attaining_stems=frozenset(map(stem, _words(pack["attaining"]))),
        falling_stems=frozenset(map(stem, _words(pack["falling"]))),
        rising_stems=frozenset(map(stem, _words(pack["rising"]))),
        grouped=frozenset(grouped),
        groups={word: frozenset(ids) for word, ids in groups.items()},
        phrases={first: tuple(sorted(rest, key=lambda p: -len(p.words))) for first, rest in phrases.items()},
        aliases=_indexed(Alias(stem(short), tuple(map(stem, long))) for short, long in _assignments(aliases)),
        kinds={member: frozenset(words) for member, words in kinds.items()},
        duties=duties,
        duty_bases=duty_bases,
        duty_words=frozenset(fold(entry.rstrip("*")) for text in pack["duty"].values() for entry in text.split()),
        noun_like=frozenset(noun_like).union(_words(pack.get("noun_like", ""))),
        agent_endings=tuple(pack["agent_endings"].split()),
        thing_endings=tuple(pack.get("thing_endings", "").split()),
        articles=frozenset(_words(pack["articles"])),
        markers=frozenset(_words(pack["articles"] + " " + pack["of"])),
        joint=frozenset(map(stem, _words(pack["joint"]))),
        together=frozenset(_words(pack["together"])),
        rank_endings=tuple(pack.get("rank_endings", "").split()),
        reach_endings=tuple(pack.get("reach_endings", "").split()),
        since=frozenset(_words(pack["since"])),
        beginning_stems=frozenset(map(stem, _words(pack["beginnings"]))),
        purposes=frozenset(_words(pack["purposes"])),
        complements=frozenset(_words(pack["complements"])),
        under=frozenset(_words(pack["under"])),
        person_like=frozenset(_words(pack["person_like"])),
        activity_stems=frozenset(map(stem, _words(pack["activities"]))),
        running_stems=frozenset(map(stem, _words(pack["running"]))),
        modest_degrees=frozenset(_words(pack["modest_degrees"])),
        high_degrees=frozenset(_words(pack["high_degrees"])),
        ranks=frozenset(_words(pack["ranks"])),
        recurring=frozenset(_words(pack["recurring"])),
        once=frozenset(_words(pack["once"])),
        newcomers=frozenset(_words(pack["newcomers"])),
        difference=frozenset(_words(pack.get("difference", ""))),
        extents=frozenset(_words(pack.get("extents", ""))),
        wholes=frozenset(_words(pack.get("wholes", ""))),
        causes=tuple(tuple(re.split("_", cause)) for cause in _words(pack["causes"])),
        singular=frozenset(_words(pack["singular"])),
        negators=frozenset(_words(pack["negators"])),
        within=frozenset(_words(pack["within"])),
        several=frozenset(_words(pack["several"])),
        teams=frozenset(_words(pack["teams"])),
        anyone=frozenset(_words(pack["anyone"])),
        certified=frozenset(_words(pack["certified"])),
        graduated=frozenset(_words(pack["graduated"])),
        handling_stems=frozenset(map(stem, _words(pack["handling"]))),
        making_stems=frozenset(map(stem, _words(pack["making"]))),
        showing_stems=frozenset(map(stem, _words(pack["showing"]))),
        light_stems=frozenset(map(stem, _words(pack.get("light", "")))),
        led_stems=frozenset(map(stem, _words(pack.get("led", "")))),
        chore_stems=frozenset(map(stem, _words(pack["chores"]))),
        agent_words=frozenset(_words(pack["agent_words"])),
        adverb_endings=tuple(pack["adverb_endings"].split()),
        weighty_stems=frozenset(map(stem, _words(pack["weighty"]))),
        claims={word: tuple(kinds) for word, kinds in claims.items()},
        served=frozenset(word + ending for word in _words(pack["served"]) for ending in _PLURALS),
        person_stems=frozenset(map(stem, _words(pack["served"] + " " + pack["junior"]))),
        gerund_endings=tuple(pack.get("gerund_endings", "").split()),
        verb_endings=tuple(pack["verb_endings"].split()),
        role_ends=frozenset(_words(pack["role_ends"])),
        role_openers=tuple(tuple(re.split("_", opener)) for opener in _words(pack["role_openers"])),
        junior=frozenset(_words(pack["junior"])),
        conjunctions=frozenset(_words(pack["conjunctions"])),
        number_words=_pairs(numbers["words"]),
        fractions=_pairs(numbers["fractions"]),
        ordinals=_pairs(numbers["ordinals"]),
        multipliers=_pairs(numbers["multipliers"]),
        joiners=frozenset(_words(numbers["joiners"])),
        ratios=_pairs(numbers["ratios"]),
        range_words=frozenset(_words(numbers["to"])),
        more_words=frozenset(_words(numbers["more"])),
        months=_pairs(numbers["months"]),
        units={word: name for name, words in _unit_lines(numbers["units"]) for word in words},
    )


def _indexed(aliases: Iterable[Alias]) -> dict[str, tuple[Alias, ...]]:
    """The aliases by their short form and by the first word of their long one: what they cannot do without."""
    found: dict[str, tuple[Alias, ...]] = {}
    for alias in aliases:
        for word in {alias.short, alias.long[0]}:
            found[word] = (*found.get(word, ()), alias)
    return found


def _unit_lines(text: str) -> list[tuple[str, list[str]]]:
    return [(name.strip(), _words(words)) for name, words in (line.split(":") for line in _lines(text))]
