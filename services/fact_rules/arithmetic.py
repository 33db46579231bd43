"""What follows from the numbers of a line: changes, factors, rates and sums; and whether a line holds a number at all.

Knows amounts as `numbers` reads them; knows nothing of who did what.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.fact_rules.lexicon import Lexicon
from services.fact_rules.numbers import MINUTES, ORDINAL, Quantity
from services.fact_rules.text import Kind, Token

_POUNDS = ({"pound", "GBP"}, {"pound", "lb"})
"""The word is said of money and of weight."""
_PERIODS_OF_A_YEAR = {"d": 365.0, "w": 52.0, "mo": 12.0, "q": 4.0, "y": 1.0}
_RATE_WITHIN = 6
_WORDS_BETWEEN_A_PAIR = 4


@dataclass(frozen=True, slots=True)
class Rate:
    """An amount for each period: "2 days *a month*"; and the word that names the period."""

    amount: Quantity
    period: str
    token: Token


@dataclass(frozen=True, slots=True)
class Ratio:
    """A word such as "doubled": where it stands, the factor it claims, and whether it claims more than that."""

    token: Token
    factor: float
    more: bool


def ratio_words(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Ratio]:
    """The words of a line that say by what factor something changed."""
    for index, token in enumerate(tokens):
        if token.is_word and token.folded in lexicon.ratios:
            more = index > 0 and tokens[index - 1].folded in lexicon.more_than
            yield Ratio(token, lexicon.ratios[token.folded], more)


def is_known(quantity: Quantity, sources: Iterable[Sequence[Quantity]]) -> bool:
    """Whether one of the sources holds the quantity."""
    return any(_same(quantity, known) for source in sources for known in source)


def is_derived(quantity: Quantity, source: Sequence[Quantity], tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a quantity is the change between two that the source line gives as "from … to …", or by a "halved".

    Or what share of a goal was reached: "120 %" of "1.2 million against a quota of 1 million".
    """
    changes_said = [abs(ratio.factor - 1) * 100 for ratio in ratio_words(tokens, lexicon)]
    if quantity.unit == "%" and quantity.values.intersection(changes_said):
        return True
    for reached, goal in reached_goals(source, tokens, lexicon):
        shares = [b / a * 100 for a, b in comparable(goal, reached)]
        if quantity.unit == "%" and any(
            _is_change(value, share, quantity) for value in quantity.values for share in (*shares, *_beyond(shares))
        ):
            return True
    for before, after in from_to_pairs(source, tokens, lexicon):
        for a, b in comparable(before, after):
            if quantity.unit == "%":
                changes = [abs(b - a) / a * 100, abs(b - a)] if before.unit == "%" else [abs(b - a) / a * 100]
                if any(_is_change(value, change, quantity) for value in quantity.values for change in changes):
                    return True
            elif quantity.unit in (before.unit, None) and before.unit == after.unit:
                values = quantity.values
                if any(abs(value - abs(y - x)) < 1e-9 for value in values for x in before.values for y in after.values):
                    return True
    return False


def _beyond(shares: Iterable[float]) -> Iterator[float]:
    """By how much a goal was exceeded: "20 %" of 120 %. Who fell short of it is not said to have beaten it."""
    return (share - 100 for share in shares if share > 100)


def reached_goals(
    source: Sequence[Quantity], tokens: Sequence[Token], lexicon: Lexicon
) -> Iterator[tuple[Quantity, Quantity]]:
    """What was reached and what was to be, of a line such as "closed $1.2M against a quota of $1M"."""
    amounts = [quantity for quantity in source if not quantity.is_year]
    for reached, goal in pairwise(amounts):
        between = [token.folded for token in tokens[reached.last + 1 : goal.first]]
        named = [*between, *(token.folded for token in tokens[goal.last + 1 : goal.last + 2])]  # "a $1M *quota*"
        if not lexicon.against.isdisjoint(between) and not lexicon.goals.isdisjoint(named):
            yield reached, goal


def _is_change(value: float, change: float, quantity: Quantity) -> bool:
    """Whether a percentage is a change, to the next whole one, or with "more than" not far below it."""
    return value < change < 1.5 * value if quantity.more else abs(value - change) <= 1


def rates(quantities: Sequence[Quantity], tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Rate]:
    """The amounts of a line that it gives for a day, a week, a month or a year."""
    for quantity in quantities:
        for place in range(quantity.last + 1, min(quantity.last + _RATE_WITHIN, len(tokens) - 1)):
            if tokens[place].kind in (Kind.BREAK, Kind.NUMBER):
                break
            period = lexicon.units.get(tokens[place + 1].folded)
            if tokens[place].folded in lexicon.rates and period in _PERIODS_OF_A_YEAR:
                yield Rate(quantity, period, tokens[place + 1])
                break


def is_same_rate(rate: Rate, known: Rate) -> bool:
    """Whether a rate says the same for another period: "24 days a year" of "2 days a month"."""
    factor = _PERIODS_OF_A_YEAR[known.period] / _PERIODS_OF_A_YEAR[rate.period]
    is_alike = rate.amount.unit == known.amount.unit and not rate.amount.more and "d" not in (rate.period, known.period)
    pairs = ((a * factor, b) for a in known.amount.values for b in rate.amount.values)
    return is_alike and any(abs(a - b) <= 0.01 * b for a, b in pairs)


def is_average(rate: Rate, source: Sequence[Quantity], tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a rate is what an amount comes to for each period: "240 a day" of "1,200 visitors over 5 days"."""
    for amount, time in pairwise(quantity for quantity in source if not quantity.is_year):
        led_in = tokens[time.first - 1].folded in lexicon.lasting
        if led_in and time.unit == rate.period and amount.unit == rate.amount.unit and not rate.amount.more:
            averages = [a / t for a in amount.values for t in time.values if t > 0]
            if any(abs(b - average) <= 0.01 * average for b in rate.amount.values for average in averages):
                return True
    return False


def is_sum(quantity: Quantity, line: Sequence[Quantity], source: Sequence[Quantity]) -> bool:
    """Whether a quantity is what its line counts beside it, added up, and the source line counts these as well.

    "A team of eight: six stylists and two juniors".
    """
    known = {value for other in source for value in other.values}
    parts = [other for other in line if other is not quantity and other.values & known and not other.is_year]
    same = [other for other in parts if other.unit == parts[0].unit and other.unit in (None, quantity.unit)]
    sums = [sum(max(other.values) for other in group) for group in (*pairwise(same), same) if len(group) > 1]
    return not quantity.more and bool(quantity.values.intersection(sums))


def is_one_of_all(
    quantity: Quantity, line: Sequence[Token], source: Sequence[Quantity], tokens: Sequence[Token], lexicon: Lexicon
) -> bool:
    """Whether a number counts the person with the others of the source: "one of *three*" of "with two others"."""
    before = line[max(0, quantity.first - 2) : quantity.first]
    if len(before) < 2 or before[0].folded not in lexicon.singular or before[1].kind is not Kind.STOP:
        return False
    others = (known for known in source if {t.folded for t in tokens[known.last + 1 :][:1]} & lexicon.others)
    return any(value + 1 in quantity.values for known in others for value in known.values)


def is_derived_ratio(ratio: Ratio, source: Sequence[Quantity], tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether "doubled" and the like follow from a from-to pair or a percentage of the source line."""
    pairs = [values for pair in from_to_pairs(source, tokens, lexicon) for values in comparable(*pair)]
    factors = [b / a for a, b in pairs]
    for quantity in source:
        if quantity.unit == "%" and quantity.first > 0 and tokens[quantity.first - 1].folded in lexicon.difference:
            factors += [factor for value in quantity.values for factor in _factors(value, tokens, lexicon)]
    if ratio.more and ratio.factor < 1:
        return any(ratio.factor / 2 < factor < ratio.factor for factor in factors)
    if ratio.more:
        return any(ratio.factor < factor < ratio.factor + 1 for factor in factors)
    return any(abs(factor - ratio.factor) <= 0.03 * ratio.factor for factor in factors)


def _factors(percentage: float, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[float]:
    """What a change by so many percent multiplies by, where a verb says that something rose or fell."""
    stems = {lexicon.stem(token.folded) for token in tokens if token.is_word}
    if stems & lexicon.falling_stems:
        yield 1 - percentage / 100
    if stems & lexicon.rising_stems:
        yield 1 + percentage / 100


def _same(quantity: Quantity, known: Quantity) -> bool:
    if quantity.more and not known.more and not quantity.is_year:
        return False
    if (known.unit == ORDINAL) is not (quantity.unit == ORDINAL):
        return False  # the third of something is not three of it
    if MINUTES.keys() >= {quantity.unit, known.unit}:
        return any(abs(a - b) < 1e-6 for a in quantity.minutes for b in known.minutes)
    is_unit = quantity.unit in (known.unit, None) or {quantity.unit, known.unit} in _POUNDS
    return is_unit and bool(quantity.values & known.values)


def comparable(before: Quantity, after: Quantity) -> Iterator[tuple[float, float]]:
    """The values of both as numbers of the same thing; none where their units cannot be compared."""
    in_time = MINUTES.keys() >= {before.unit, after.unit}
    if not in_time and before.unit != after.unit:
        return
    for a in before.minutes if in_time else before.values:
        for b in after.minutes if in_time else after.values:
            if a > 0:
                yield a, b


def from_to_pairs(
    source: Sequence[Quantity], tokens: Sequence[Token], lexicon: Lexicon
) -> Iterator[tuple[Quantity, Quantity]]:
    """Neighbouring amounts of a line that stand as "from A to B" or as "B, down from A", whatever the years."""
    amounts = [quantity for quantity in source if not quantity.is_year]
    for index, (before, after) in enumerate(pairwise(amounts)):
        between = tokens[before.last + 1 : after.first]
        if _is_arrow(between, lexicon):
            yield before, after
        elif any(token.folded in lexicon.backwards for token in _near_its_end(between)):
            following = amounts[index + 2 : index + 3]
            if not any(_is_arrow(tokens[after.last + 1 : other.first], lexicon) for other in following):
                yield after, before


def _near_its_end(between: Sequence[Token]) -> Sequence[Token]:
    """The words that may say that the second amount came first: all of a few, of more the last: "…, up *from*"."""
    return between if len(between) <= _WORDS_BETWEEN_A_PAIR else between[-1:]


def _is_arrow(between: Sequence[Token], lexicon: Lexicon) -> bool:
    leads_on = any(token.folded in lexicon.range_words or token.raw in "–—>-" for token in between)
    return leads_on and len(between) <= _WORDS_BETWEEN_A_PAIR
