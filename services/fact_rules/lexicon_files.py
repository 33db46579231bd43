"""Reads a language's lexicon from `lexicon/<language>.toml`, with the short forms and products common to all."""

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from services.fact_rules.lexicon import Alias, Claim, Duty, Lexicon, Phrase
from services.fact_rules.stemming import Stemmer, fold

K = TypeVar("K")
LANGUAGES = ("en", "de", "fr", "es", "pt")
_FOLDER = Path(__file__).parent / "lexicon"
_PLURALS = ("", "s", "es", "n", "en", "nen", "er", "ern", "in", "innen")


@cache
def load(language: str) -> Lexicon:
    """The lexicon of a language; an unknown one gets English."""
    name = language if language in LANGUAGES else "en"
    return _build(name, _read(name), _read("aliases")["aliases"], _read("products")["kinds"])


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
    numbers = pack["numbers"]
    agents = tuple(pack["agent_endings"].split())
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
        kinds=_by_member(products, stem),
        broader=_by_member(pack.get("broader", ""), lambda word: (stem(word), word.endswith(agents))),
        duties=duties,
        duty_bases=duty_bases,
        duty_words=frozenset(fold(entry.rstrip("*")) for text in pack["duty"].values() for entry in text.split()),
        noun_like=frozenset(noun_like).union(_words(pack.get("noun_like", ""))),
        agent_endings=agents,
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
        oversight=frozenset(_words(pack["oversight"])),
        against=frozenset(_words(pack.get("against", ""))),
        goals=frozenset(_words(pack.get("goals", ""))),
        exceeding_stems=frozenset(map(stem, _words(pack.get("exceeding", "")))),
        observing_stems=frozenset(map(stem, _words(pack.get("observing", "")))),
        lasting=frozenset(_words(pack["lasting"])),
        administering_stems=frozenset(map(stem, _words(pack.get("administering", "")))),
        unfinished=frozenset(_words(pack["unfinished"])),
        stages=frozenset(_words(pack["stages"])),
        person_like=frozenset(_words(pack["person_like"])),
        holding_stems=frozenset(map(stem, _words(pack.get("holding", "")))),
        lesson_stems=frozenset(map(stem, _words(pack.get("lessons", "")))),
        activity_stems=frozenset(map(stem, _words(pack["activities"]))),
        running_stems=frozenset(map(stem, _words(pack["running"]))),
        bare_verbs=frozenset(_words(pack.get("bare_verbs", ""))),
        subordinating=frozenset(_words(pack.get("subordinating", ""))),
        relating=frozenset(_words(pack.get("relating", ""))),
        predicates=frozenset(_words(pack.get("predicates", ""))),
        reaching_stems=frozenset(map(stem, _words(pack.get("reaching", "")))),
        homonyms=frozenset(_words(pack.get("homonyms", ""))),
        establishments=frozenset(_words(pack["establishments"])),
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
        answering=frozenset(_words(pack["answering"])),
        speaking=frozenset(_words(pack.get("speaking", ""))),
        multilingual=_pairs(pack["multilingual"]),
        negators=frozenset(_words(pack["negators"])),
        lacking=frozenset(_words(pack.get("lacking", ""))),
        supporting_stems=frozenset(map(stem, _words(pack.get("supporting", "")))),
        means=frozenset(_words(pack.get("means", ""))),
        shared=frozenset(_words(pack.get("shared", ""))),
        neutral=frozenset(_words(pack.get("neutral", ""))),
        within=frozenset(_words(pack["within"])),
        several=frozenset(_words(pack["several"])),
        teams=frozenset(_words(pack["teams"])),
        anyone=frozenset(_words(pack["anyone"])),
        certified=frozenset(_words(pack["certified"])),
        graduated=frozenset(_words(pack["graduated"])),
        handling_stems=frozenset(map(stem, _words(pack["handling"]))),
        making_stems=frozenset(map(stem, _words(pack["making"]))),
        automating_stems=frozenset(map(stem, _words(pack.get("automating", "")))),
        automations=frozenset(_words(pack.get("automations", ""))),
        yielding_stems=frozenset(map(stem, _words(pack["yielding"]))),
        showing_stems=frozenset(map(stem, _words(pack["showing"]))),
        light_stems=frozenset(map(stem, _words(pack.get("light", "")))),
        introducing_stems=frozenset(map(stem, _words(pack.get("introducing", "")))),
        planning_stems=frozenset(map(stem, _words(pack.get("planning", "")))),
        designing_stems=frozenset(map(stem, _words(pack.get("designing", "")))),
        crafting_stems=frozenset(map(stem, _words(pack.get("crafting", "")))),
        led_stems=frozenset(map(stem, _words(pack.get("led", "")))),
        guided=frozenset(_words(pack.get("guided", ""))),
        mere=frozenset(_words(pack.get("mere", ""))),
        software_kinds=frozenset(pack.get("software_kinds", "").split()),
        trained_things=frozenset(_words(pack.get("trained_things", ""))),
        chore_stems=frozenset(map(stem, _words(pack["chores"]))),
        learnt=frozenset(_words(pack.get("learnt", ""))),
        learnt_in=frozenset(_words(pack.get("learnt_in", ""))),
        agent_words=frozenset(_words(pack["agent_words"])),
        adverb_endings=tuple(pack["adverb_endings"].split()),
        weighty_stems=frozenset(map(stem, _words(pack["weighty"]))),
        claims={word: tuple(kinds) for word, kinds in claims.items()},
        helped_to=frozenset(_words(pack["articles"] + " " + pack["helped_to"])),
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
        aged=frozenset(_words(numbers.get("aged", ""))),
        terms=frozenset(_words(numbers.get("terms", ""))),
        rates=frozenset(_words(numbers.get("rates", ""))),
        numbered=frozenset(_words(numbers.get("numbered", ""))),
        during=frozenset(_words(numbers.get("during", ""))),
        comparative=frozenset(_words(numbers["comparative"])),
        others=frozenset(_words(numbers["others"])),
        more_than=frozenset(_words(numbers["more_than"])),
        months=_pairs(numbers["months"]),
        units={word: name for name, words in _unit_lines(numbers["units"]) for word in words},
    )


def _by_member(text: str, key: Callable[[str], K]) -> dict[K, frozenset[str]]:
    """Of lines like `vehicle = car van`, what each word on the right is, by its key."""
    found: dict[K, set[str]] = {}
    for kind, members in _assignments(text):
        for member in members:
            found.setdefault(key(member), set()).update(kind.split())
    return {member: frozenset(words) for member, words in found.items()}


def _indexed(aliases: Iterable[Alias]) -> dict[str, tuple[Alias, ...]]:
    """The aliases by their short form and by the first word of their long one: what they cannot do without."""
    found: dict[str, tuple[Alias, ...]] = {}
    for alias in aliases:
        for word in {alias.short, alias.long[0]}:
            found[word] = (*found.get(word, ()), alias)
    return found


def _unit_lines(text: str) -> list[tuple[str, list[str]]]:
    return [(name.strip(), _words(words)) for name, words in (line.split(":") for line in _lines(text))]
