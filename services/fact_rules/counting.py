"""What a known number is said to count: it may not move to another thing, be used twice or begin a longer time.

Compares the places of numbers in the proposed line with those in its sources; knows no arithmetic.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, takewhile

from services.fact_rules.lexicon import Claim, Lexicon
from services.fact_rules.lines import Line
from services.fact_rules.numbers import Quantity
from services.fact_rules.sources import Finding, FindingKind, Sources
from services.fact_rules.text import Kind, Token

_THING_WITHIN = 2
_SINCE_WITHIN = 3
_SIZE_WITHIN = 2
_LIST_WITHIN = 4
_TEAM_WITHIN = 3
_OPENING = 1


def misplaced_numbers(line: Line, sources: Sources) -> Iterator[Finding]:
    """Numbers that the sources have, but for something else."""
    yield from _longer_times(line, sources)
    if sources.replaced is not None:
        yield from _moved_counts(line, sources.replaced)
        yield from _counted_twice(line, sources)


def _longer_times(line: Line, sources: Sources) -> Iterator[Finding]:
    """ "in 2022" that became "since 2022"."""
    for quantity in line.quantities:
        if not quantity.is_year or not _is_beginning(quantity, line):
            continue
        places = [(other, own) for own in sources.lines for other in own.quantities if other.values & quantity.values]
        if places and not any(
            _is_beginning(other, own) or other.first <= _OPENING or _tells_a_beginning(own) for other, own in places
        ):
            yield Finding(FindingKind.PERIOD, line.text[quantity.start : quantity.end])


def _is_beginning(year: Quantity, line: Line) -> bool:
    before = line.tokens[max(0, year.first - _SINCE_WITHIN) : year.first]
    return any(token.folded in line.lexicon.since for token in before)


def _tells_a_beginning(line: Line) -> bool:
    """Whether what the line tells went on from then: "took over the orders in 2023"."""
    deeds = {line.lexicon.stem(verb.folded) for clause in line.clauses for verb in clause.deed}
    return bool(deeds & line.lexicon.beginning_stems)


def _moved_counts(line: Line, replaced: Line) -> Iterator[Finding]:
    """ "5 clerks in 12 shops" that became "12 clerks"."""
    amounts = [other for other in replaced.quantities if not other.is_year]
    known = [(other, thing) for other in amounts if (thing := _counted(other, replaced)) is not None]
    known += [(one, thing) for one, other in pairwise(amounts) if (thing := _counted_after(one, other, replaced))]
    values = {value for other in replaced.quantities for value in other.values}
    for quantity in line.quantities:
        thing = _counted(quantity, line)
        if thing is None or not quantity.values & values:
            continue
        stem = line.lexicon.stem(thing.folded)
        same = [other for other, counted in known if line.lexicon.stem(counted.folded) == stem]
        if same and not any(other.values & quantity.values for other in same):
            yield Finding(FindingKind.NUMBER, line.text[quantity.start : thing.end])


def _counted(quantity: Quantity, line: Line) -> Token | None:
    if quantity.unit is not None:
        return None
    following = line.tokens[quantity.last + 1 :][:_THING_WITHIN]
    if any(token.folded in line.lexicon.rates for token in following[:1]):
        return None  # "3 a month"
    words = takewhile(lambda token: token.is_word, following)
    return next((token for token in words if token.kind is Kind.CONTENT), None)


def _counted_after(one: Quantity, other: Quantity, line: Line) -> Token | None:
    """What the first number of a pair counts, which only the second one says: "from *240* to 95 ppm"."""
    between = line.tokens[one.last + 1 : other.first]
    is_pair = len(between) == 1 and between[0].folded in line.lexicon.range_words
    return _counted(other, line) if is_pair else None


def is_team_of_counted(index: int, line: Line, replaced: Line) -> bool:
    """Whether a team is said to be those whom the replaced line counts: "a *team* of 5 waiters" of "5 waiters".

    "A team of 5" names nobody else: they are the "5 staff" of the line.
    """
    quantity = next((q for q in line.quantities if index < q.first <= index + _SIZE_WITHIN), None)
    if quantity is None:
        return _is_team_of_so_many(index, line, replaced)
    following = range(quantity.last + 1, min(quantity.last + 1 + _THING_WITHIN, len(line.tokens)))
    people = [line.tokens[i] for i in following if line.tokens[i].kind is Kind.CONTENT and i not in line.numeric]
    if any(quantity.values & sums for sums in _sums(replaced)):
        return True
    known = [counted for q in replaced.quantities if q.values == quantity.values and (counted := _counted(q, replaced))]
    if not people:
        people = list(line.tokens[max(0, index - 1) : index])  # "a *lifeguard* team of 10"
        is_anyone = any(Claim.AUDIENCE in line.lexicon.claim_of(each.folded) for each in known)
        is_unnamed = all(each.kind is not Kind.CONTENT for each in people)
        is_staff = is_unnamed and any(_is_staff(each, line.lexicon) for each in known)
        if quantity.unit is None and (is_anyone or is_staff):
            return True
    return any(counted.keys & each.keys for counted in known for each in people)


def _is_staff(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word names people who are staff, as "cashiers" does."""
    return any(Claim.AUDIENCE in lexicon.claim_of(kind) for kind in lexicon.broader_than(token.folded))


def _is_team_of_so_many(index: int, line: Line, replaced: Line) -> bool:
    """Whether a team is called by its size: "a *four-person* bookselling team" of "4 booksellers"."""
    quantity = next((q for q in line.quantities if 0 < index - q.last <= _TEAM_WITHIN), None)
    known = [] if quantity is None else [q for q in replaced.quantities if q.values == quantity.values]
    counted = [thing for q in known if (thing := _counted(q, replaced)) is not None]
    words = [] if quantity is None else line.tokens[quantity.last + 1 : index]
    is_of_people = any(line.lexicon.stem(word.folded) in line.lexicon.person_stems for word in words)
    lexicon = line.lexicon
    if any(word.folded in lexicon.conjunctions for word in words):
        return False  # "6 cooks and staff" are more than 6
    is_single = not line.tokens[index].folded.endswith("s")  # "6 teams" are more than 6 people
    return any(
        any(word.keys & thing.keys for word in words)
        or (is_of_people and (thing.folded.endswith(lexicon.agent_endings) or lexicon.claim_of(thing.folded)))
        or (not words and is_single and _is_staff(thing, lexicon))  # "6 *team* members" of "6 cashiers"
        for thing in counted
    )


def is_count_of_a_list(quantity: Quantity, line: Line) -> bool:
    """Whether a number says how many things the line then lists: "*two* routes (12 and 19)"."""
    following = line.tokens[quantity.last + 1 :]
    opened = next((i for i, token in enumerate(following[:_LIST_WITHIN]) if token.raw in ("(", ":")), None)
    if opened is None:
        return False
    listed = list(takewhile(lambda token: token.raw not in ")];.", following[opened + 1 :]))
    items = 1
    for before, token in pairwise(listed):
        parts = token.raw in ",/" or token.folded in line.lexicon.conjunctions
        items += parts and not (before.raw in ",/" or before.folded in line.lexicon.conjunctions)
    return quantity.unit is None and items > 1 and items in quantity.values


def _sums(line: Line) -> Iterator[frozenset[float]]:
    """How many the people are that a line counts one kind after the other: "2 cooks and 3 waiters"."""
    for one, other in pairwise(line.quantities):
        if _counted(one, line) and _counted(other, line) and not (one.is_year or other.is_year):
            yield frozenset(a + b for a in one.values for b in other.values)


def _counted_twice(line: Line, sources: Sources) -> Iterator[Finding]:
    """A number that stands once in the line and twice in its new form, where it took another one's place."""
    known = Counter(value for own in sources.lines for other in own.quantities for value in other.values)
    said = Counter(value for quantity in line.quantities for value in quantity.values)
    if any(not said[value] for value in known):
        for quantity in line.quantities:
            if any(0 < known[value] < said[value] for value in quantity.values):
                yield Finding(FindingKind.NUMBER, line.text[quantity.start : quantity.end])
                return
