"""Word knowledge of one language: synonyms, duties, claims, numbers, and what a word may be recognised by.

Knows no resume and takes no decision; what a class of words means for the truth is said by the rules that ask.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from services.fact_rules.stemming import Stemmer

_SHORTEST_REACH = 8
_REMEMBERED = 20_000


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
    broader: dict[tuple[str, bool], frozenset[str]]
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
    guided: frozenset[str]
    trained_things: frozenset[str]
    software_kinds: frozenset[str]
    mere: frozenset[str]
    chore_stems: frozenset[str]
    handling_stems: frozenset[str]
    making_stems: frozenset[str]
    yielding_stems: frozenset[str]
    automating_stems: frozenset[str]
    automations: frozenset[str]
    showing_stems: frozenset[str]
    light_stems: frozenset[str]
    planning_stems: frozenset[str]
    designing_stems: frozenset[str]
    crafting_stems: frozenset[str]
    introducing_stems: frozenset[str]
    led_stems: frozenset[str]
    singular: frozenset[str]
    since: frozenset[str]
    beginning_stems: frozenset[str]
    under: frozenset[str]
    oversight: frozenset[str]
    against: frozenset[str]
    goals: frozenset[str]
    exceeding_stems: frozenset[str]
    observing_stems: frozenset[str]
    lasting: frozenset[str]
    administering_stems: frozenset[str]
    unfinished: frozenset[str]
    stages: frozenset[str]
    complements: frozenset[str]
    purposes: frozenset[str]
    person_like: frozenset[str]
    activity_stems: frozenset[str]
    holding_stems: frozenset[str]
    lesson_stems: frozenset[str]
    running_stems: frozenset[str]
    establishments: frozenset[str]
    bare_verbs: frozenset[str]
    homonyms: frozenset[str]
    reaching_stems: frozenset[str]
    predicates: frozenset[str]
    subordinating: frozenset[str]
    relating: frozenset[str]
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
    answering: frozenset[str]
    multilingual: dict[str, float]
    speaking: frozenset[str]
    negators: frozenset[str]
    lacking: frozenset[str]
    shared: frozenset[str]
    neutral: frozenset[str]
    supporting_stems: frozenset[str]
    means: frozenset[str]
    within: frozenset[str]
    several: frozenset[str]
    anyone: frozenset[str]
    teams: frozenset[str]
    certified: frozenset[str]
    graduated: frozenset[str]
    grouped: frozenset[str]
    adverb_endings: tuple[str, ...]
    agent_words: frozenset[str]
    learnt: frozenset[str]
    learnt_in: frozenset[str]
    weighty_stems: frozenset[str]
    claims: dict[str, tuple[Claim, ...]]
    helped_to: frozenset[str]
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
    terms: frozenset[str]
    aged: frozenset[str]
    rates: frozenset[str]
    numbered: frozenset[str]
    during: frozenset[str]
    comparative: frozenset[str]
    others: frozenset[str]
    more_than: frozenset[str]
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

    def broader_than(self, folded: str) -> frozenset[str]:
        """What something or somebody is besides: a "car" a vehicle; a "writer" is staff, while who "writes" is not."""
        return self.broader.get((self.stem(folded), folded.endswith(self.agent_endings)), frozenset())

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
