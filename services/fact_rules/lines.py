"""A line read as clauses, each with what it claims the person did and to what.

Knows grammar only as far as breaks, conjunctions and where a verb usually stands.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile

from services.fact_rules.arithmetic import Ratio, from_to_pairs, ratio_words
from services.fact_rules.lexicon import Duty, Lexicon
from services.fact_rules.numbers import Quantity, quantities, single_times
from services.fact_rules.text import Kind, Token, clean, tokenize
from services.fact_rules.verbs import (
    MEANINGFUL,
    duty_claimed,
    is_gerund,
    is_plural,
    modifies,
    runs_an_establishment,
    starts_a_deed,
    verbs_of,
    was_taught,
)

_STRONG = frozenset({Duty.ORIGINATE, Duty.TEACH, Duty.COORDINATE, Duty.LEAD})
_LONGEST_THING = 4


@dataclass(frozen=True, slots=True)
class Clause:
    """What is done (`duty`, None where no known verb says it), the words that say so, and what it is done to.

    `verbs` are the clause's own, `deed` its own or those it goes on with; `later_verbs` are strong ones that stand
    where a noun may stand as well.
    """

    duty: Duty | None
    verbs: tuple[Token, ...]
    deed: tuple[Token, ...]
    later_verbs: tuple[Token, ...]
    objects: tuple[Token, ...]
    keys: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Line:
    """One text, read once; a line is itself only, so that it is cheap to remember things by."""

    text: str
    lexicon: Lexicon
    tokens: tuple[Token, ...]
    quantities: tuple[Quantity, ...]

    @cached_property
    def numeric(self) -> frozenset[int]:
        """Positions of the tokens that belong to a quantity."""
        return frozenset(i for q in self.quantities for i in range(q.first, q.last + 1))

    @cached_property
    def amounts(self) -> tuple[Quantity, ...]:
        """The quantities, and the hours, days and years that only an article counts."""
        return (*self.quantities, *single_times(self.tokens, self.lexicon))

    @cached_property
    def ratios(self) -> tuple[Ratio, ...]:
        """By what factors the line says that something changed."""
        return tuple(ratio_words(self.tokens, self.lexicon))

    @cached_property
    def pairs(self) -> tuple[tuple[Quantity, Quantity], ...]:
        """The amounts between which the line says that something changed."""
        return tuple(from_to_pairs(self.quantities, self.tokens, self.lexicon))

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """Words that say something: no function words, no fillers, no numbers."""
        return tuple(t for i, t in enumerate(self.tokens) if t.kind is Kind.CONTENT and i not in self.numeric)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(_clauses(self))


@lru_cache(maxsize=2048)
def read_line(text: str, lexicon: Lexicon) -> Line:
    """The text, cleaned, in tokens and quantities; clauses are found when asked for.

    Remembered, because a run asks about the same resume for every change.
    """
    cleaned = clean(text)
    tokens = tokenize(cleaned, lexicon)
    return Line(cleaned, lexicon, tokens, quantities(tokens, lexicon))


def read_lines(texts: Iterable[str], lexicon: Lexicon) -> tuple[Line, ...]:
    """Every non-empty text as a line."""
    return tuple(read_line(text, lexicon) for text in texts if text.strip())


def _clauses(line: Line) -> Iterator[Clause]:
    """The clauses; one without a verb of its own goes on with what the one before it did."""
    lexicon = line.lexicon
    before: Duty | None = None
    deed: tuple[Token, ...] = ()
    for tokens in _segments(line):
        if _follows_a_semicolon(tokens[0], line):
            before, deed = None, ()
        opening = tuple(t for t in tokens if t.kind in MEANINGFUL)[:1]
        goes_on = before is Duty.ASSIST and tokens[0].folded in lexicon.within
        # "participation, with the staff, *in* the introduction": still what was taken part in
        verbs = () if goes_on else verbs_of(tokens, lexicon)
        duty = duty_claimed(tokens, verbs, lexicon)
        if not verbs and was_taught(tokens, lexicon):
            duty = Duty.ASSIST
        if not verbs and runs_an_establishment(tokens, lexicon):
            verbs, duty = opening, Duty.LEAD
        starts_anew = not verbs and any(
            starts_a_deed(token, tokens, lexicon) and not _is_marked_as_noun(token, tokens, lexicon)
            for token in opening
        )
        starts_anew = starts_anew or _goes_on_in_the_present(tokens, line)
        first = next((t for t in tokens if not t.folded.endswith(lexicon.adverb_endings)), tokens[0])
        tells_how = not verbs and is_gerund(first, lexicon)
        if (starts_anew or tells_how) and before is not None and not _helps_on(tokens, before, line):
            duty = Duty.DO
        opening = _with_next_deeds(opening, tokens, line)
        deed = verbs or (opening if starts_anew or tells_how or not deed else deed)
        duty = before = duty or before
        objects = tuple(t for t in tokens if t.kind is Kind.CONTENT and t not in verbs)
        later = tuple(
            t for t in tokens if t not in verbs and _is_strong(t, lexicon) and not modifies(t, tokens, lexicon)
        )
        keys = frozenset[str]().union(*(t.keys for t in tokens))
        yield Clause(duty, verbs, deed, later, objects, keys, tokens[0].start, tokens[-1].end)


def _follows_a_semicolon(token: Token, line: Line) -> bool:
    """Whether a statement of its own begins, which goes on with nothing: "member of the team; complete screenings"."""
    place = line.tokens.index(token)
    return place > 0 and line.tokens[place - 1].raw == ";"


def _helps_on(tokens: Sequence[Token], before: Duty, line: Line) -> bool:
    """Whether a clause goes on with what was helped with: "assisted with covering loads and *rescheduling* visits"."""
    place = line.tokens.index(tokens[0])
    told = list(takewhile(lambda t: t.kind is not Kind.BREAK, reversed(line.tokens[:place])))
    is_joined = bool(told) and told[0].folded in line.lexicon.conjunctions
    is_led_in = any(t.folded in line.lexicon.means | line.lexicon.within for t in told)
    return before is Duty.ASSIST and is_joined and is_led_in and is_gerund(tokens[0], line.lexicon)


def _is_lone_deed(token: Token, line: Line) -> bool:
    """Whether a word that stands alone before an "and" is the first of two deeds: "*sketched* and tested"."""
    lexicon = line.lexicon
    is_verb = token.folded in lexicon.bare_verbs or lexicon.is_weighty(token.folded)
    is_verb = is_verb or starts_a_deed(token, line.tokens, lexicon)
    return lexicon.modifiers_first and token is line.tokens[0] and is_verb


def _with_next_deeds(opening: tuple[Token, ...], tokens: Sequence[Token], line: Line) -> tuple[Token, ...]:
    """The verb that opens a clause, and those that an "and" joins to it at once: "sketched and *tested* versions"."""
    deeds = list(opening)
    for token in tokens[1:]:
        before = line.tokens[max(0, line.tokens.index(token) - 1)]
        is_joined = before.folded in line.lexicon.conjunctions or before.raw == ","
        if not deeds or deeds[-1] is not tokens[len(deeds) - 1] or not is_joined or token is not tokens[len(deeds)]:
            break
        deeds.append(token)
    return tuple(deeds)


def _goes_on_in_the_present(tokens: Sequence[Token], line: Line) -> bool:
    """Whether a bare verb is the next deed of a line in the present: "take statements and *inspect* cars"."""
    lexicon = line.lexicon
    if not lexicon.modifiers_first or len(tokens) < 2 or not _is_bare(line.tokens[0], lexicon):
        return False
    verb, thing = tokens[:2]
    things = list(takewhile(lambda t: t.kind in MEANINGFUL, tokens[1:]))
    has_object = thing.folded in lexicon.articles or thing.kind is Kind.NUMBER
    has_object = has_object or (bool(things) and is_plural(things[-1], lexicon))
    follows = any(t.folded in lexicon.conjunctions or t.kind is Kind.BREAK for t in line.tokens if t.end <= verb.start)
    is_verb = lexicon.is_weighty(verb.folded) or verb.folded in lexicon.bare_verbs
    return follows and has_object and _is_bare(verb, lexicon) and is_verb


def _is_bare(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word, if it is a verb, stands in the present."""
    is_past = token.folded.endswith(lexicon.verb_endings) or lexicon.stemmer.irregular.get(token.folded) != token.folded
    is_past = is_past and (token.folded in lexicon.stemmer.irregular or token.folded.endswith(lexicon.verb_endings))
    return token.kind in MEANINGFUL and not is_past and not token.folded.endswith(lexicon.gerund_endings)


def _is_strong(token: Token, lexicon: Lexicon) -> bool:
    return token.is_word and lexicon.duty_of(token.folded, opens_clause=False) in _STRONG


def _segments(line: Line) -> Iterator[list[Token]]:
    """The line cut at breaks and conjunctions; verbs without an object join the next piece ("wrote and ran X")."""
    pieces: list[list[Token]] = [[]]
    asides = _asides(line)
    joined: set[int] = set()
    for index, token in enumerate(line.tokens):
        is_break = token.kind is Kind.BREAK and index not in asides and not _joins(index, line.tokens)
        is_joint = token.folded in line.lexicon.conjunctions and not joins_descriptions(index, line)
        if is_break or is_joint or _tells_how(index, line):
            if not is_break and line.lexicon.compounding and _ends_with_a_noun(pieces[-1]):
                joined.add(len(pieces) - 1)
            pieces.append([])
        elif index not in line.numeric and token.kind is not Kind.BREAK:
            pieces[-1].append(token)
    waiting: list[Token] = []
    ready: list[list[Token]] = []
    for number, piece in enumerate(pieces):
        waiting = waiting + piece
        verbs = verbs_of(waiting, line.lexicon)
        if number in joined and not verbs and _ends_with_a_verb(pieces[number + 1], line.lexicon):
            # "Broschüren und Plakate gestaltet": the verb at the end says what was done to both
            continue
        if len(waiting) == 1 and number + 1 < len(pieces) and _is_lone_deed(waiting[0], line):
            continue  # "*type* and format pleadings"
        if any(t.kind is Kind.CONTENT and t not in verbs for t in waiting):
            ready.append(waiting)
            waiting = []
        elif not verbs:
            waiting = []
    if waiting and ready:
        ready[-1] = ready[-1] + waiting
    elif waiting:
        ready.append(waiting)
    elif not ready and any(pieces):
        # "kept my handling time under 6 minutes": only everyday words, yet something was done
        ready.append([token for piece in pieces for token in piece])
    return iter(ready)


def joins_descriptions(index: int, line: Line) -> bool:
    """Whether an "and" stands between nouns that only say of what kind a third is: "bean and syrup orders"."""
    lexicon, tokens = line.lexicon, line.tokens
    if not lexicon.modifiers_first or index < 2 or tokens[index].folded not in lexicon.conjunctions:
        return False
    after = list(takewhile(lambda token: token.kind is Kind.CONTENT, tokens[index + 1 :]))[:_LONGEST_THING]
    things = [place for place, token in enumerate(after) if is_plural(token, lexicon)]
    if not things and len(after) > 1 and is_gerund(after[-1], lexicon):
        things = [len(after) - 1]  # "produce and meat *ordering*"
    if tokens[index - 1].kind is not Kind.CONTENT or not things or things[0] == 0:
        return False
    described = (tokens[index - 1], after[0])
    return not any(
        is_plural(token, lexicon) or starts_a_deed(token, tokens, lexicon) or _may_be_done(token, lexicon)
        for token in described
    ) and not any(token.folded in lexicon.duty_words for token in after)


def _may_be_done(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is the bare form of a verb that matters; "engineering" beside a noun is a thing."""
    if token.folded.endswith(lexicon.gerund_endings) or token.folded in lexicon.homonyms:
        return False
    return (
        token.folded in lexicon.bare_verbs
        or lexicon.is_weighty(token.folded)
        or lexicon.duty_of(token.folded, opens_clause=True) is not None
    )


def _tells_how(index: int, line: Line) -> bool:
    """Whether a word leads over to how or what for: "assisted *by* collecting …", "collected … *to* assist"."""
    lexicon = line.lexicon
    following = line.tokens[index + 1 : index + 2]
    if line.tokens[index].folded in lexicon.difference:
        return any(is_gerund(token, lexicon) for token in following)
    if line.tokens[index].folded in lexicon.first_person and index > 0:
        return line.tokens[index - 1].folded in lexicon.subordinating  # "after I *rearranged* …"
    helps = any(lexicon.duty_of(token.folded, opens_clause=False) is Duty.ASSIST for token in following)
    return helps and line.tokens[index].folded in lexicon.purposes


def _ends_with_a_noun(tokens: Sequence[Token]) -> bool:
    """German nouns are capitalised."""
    return bool(tokens) and tokens[-1].raw[0].isupper()


def _ends_with_a_verb(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    words = [t for t in tokens if t.kind in MEANINGFUL]
    return len(words) > 1 and words[-1].raw.islower() and words[-1] in verbs_of(tokens, lexicon)


def _asides(line: Line) -> frozenset[int]:
    """The brackets around what is no clause of its own: a short form, a number, a few names."""
    found: set[int] = set()
    opened: int | None = None
    for index, token in enumerate(line.tokens):
        if token.raw in ("(", "["):
            opened = index
        elif token.raw in (")", "]") and opened is not None:
            inside = line.tokens[opened + 1 : index]
            if not any(t.kind is Kind.BREAK for t in inside) and not verbs_of(inside, line.lexicon):
                found |= {opened, index}
            opened = None
    return frozenset(found)


def _joins(index: int, tokens: Sequence[Token]) -> bool:
    """Whether a stroke joins two words, as in "A/B"."""
    inner = 0 < index < len(tokens) - 1 and tokens[index].raw == "/"
    return inner and tokens[index - 1].end == tokens[index].start and tokens[index].end == tokens[index + 1].start


def _is_marked_as_noun(token: Token, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether what stands before a word shows that it is a thing: "et *des* communiqués", "e *de* orçamentos"."""
    before = [t.folded for t in tokens if t.end <= token.start]
    return any(word in lexicon.markers for word in before)
