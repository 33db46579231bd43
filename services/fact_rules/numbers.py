"""The amounts of a line: digits, number words and units read as quantities.

Knows how people write numbers; knows nothing of what follows from them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.fact_rules.lexicon import Claim, Lexicon
from services.fact_rules.text import Kind, Token

_SHORT_MULTIPLIERS = {"k": 1e3, "m": 1e6, "mm": 1e6, "mio": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "mrd": 1e9, "tsd": 1e3}
_SPACED_MULTIPLIERS = frozenset({"mio", "mrd", "tsd"})
# written as one with the currency that follows: "300 T€"
_MONEY_MULTIPLIERS = {"k": 1e3, "t": 1e3, "m": 1e6}
_MONEY_WORDS = {"teur": 1e3, "keur": 1e3, "meur": 1e6}
_LARGEST_SHARED = 1000
_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th", "er", "ere", "eme", "e", "o", "a"})
ORDINAL = "ordinal"
_MONEY = frozenset({"USD", "EUR", "GBP", "INR"})
MINUTES = {
    "ms": 1 / 60000,
    "s": 1 / 60,
    "min": 1.0,
    "h": 60.0,
    "d": 1440.0,
    "w": 10080.0,
    "mo": 43830.0,
    "q": 131490.0,
    "y": 525960.0,
}
_FINER = {"h": "min", "min": "s", "d": "h", "w": "d", "mo": "w", "y": "mo"}
_HALF = 50
_LARGEST_GRADE = 20
_YEARS = range(1950, 2100)
MONTH = "month of a year"
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(r"0[1-9]|1[0-2]|[1-9]")
_MONTH_AND_YEAR = re.compile(r"(0?[1-9]|1[0-2])\.((?:19|20)\d\d)")
_BEFORE_A_YEAR = frozenset({"de", "of", "."})


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount: the values it may mean ("3.000" is 3000 or 3), its unit if it has one, and its place.

    `factor` is what "thousand", "k" or "Mio." has multiplied the values by.
    """

    values: frozenset[float]
    unit: str | None
    more: bool
    start: int
    end: int
    first: int
    last: int
    factor: float = 1.0

    @property
    def is_year(self) -> bool:
        """Whether it can name a year; "2,000" counts something."""
        return self.unit is None and len(self.values) == 1 and any(value in _YEARS for value in self.values)

    @property
    def is_money(self) -> bool:
        return self.unit in _MONEY

    @property
    def minutes(self) -> frozenset[float]:
        factor = MINUTES.get(self.unit or "", 0.0)
        return frozenset(value * factor for value in self.values)


def quantities(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Quantity, ...]:
    """All amounts of a line, in digits or words. A lone "one" is an article more often than a number: left out."""
    found: list[Quantity] = []
    position = 0
    while position < len(tokens):
        dated = _dated(tokens, position, lexicon)
        if dated:
            found.extend(dated)
            position = dated[-1].last + 1
            continue
        time = _one_and_a_half(tokens, position, lexicon)
        if time is not None:
            found.append(time)
            position = time.last + 1
            continue
        share = _share(tokens, position, lexicon)
        if share is not None:
            found.append(share)
            position = share.last + 1
            continue
        amount = _and_a_half(tokens, position, lexicon)
        amount = amount or _digits(tokens, position) or _spelled(tokens, position, lexicon)
        amount = amount or _ordinal(tokens, position, lexicon)
        if amount is None and found and _ends_a_pair(tokens, position, found[-1], lexicon):
            amount = frozenset({1.0}), position + 1
        if amount is None and _is_one_coin(tokens, position, lexicon):
            amount = frozenset({1.0}), position + 1
        if amount is None:
            position += 1
            continue
        quantity = _with_unit(tokens, position, amount, lexicon)
        found.append(quantity)
        position = quantity.last + 1
    return tuple(_joined_times(list(_share_units(found, tokens, lexicon)), tokens, lexicon))


def _share(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> Quantity | None:
    """Several equal parts as a percentage: "two thirds", but not "two third-grade classes"."""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if following is None or not following.folded.endswith("s") or following.folded[:-1] not in lexicon.fractions:
        return None
    number = _number_word(tokens[position], lexicon)
    if number is None:
        return None
    values = frozenset({float(round(number * lexicon.fractions[following.folded[:-1]]))})
    return Quantity(values, "%", False, tokens[position].start, following.end, position, position + 1)


def _dated(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """A month with its year, however it is written: "Sept. 2022", "septembre de 2022", "09/2022", "09.2022"."""
    token = tokens[position]
    joined = _MONTH_AND_YEAR.fullmatch(token.raw)
    if joined:
        month, year = (float(part) for part in joined.groups())
        return _at(month, MONTH, position, tokens), _at(year, None, position, tokens)
    number = lexicon.months.get(token.folded) if token.is_word else None
    following = position + 1
    if number is None and _MONTH.fullmatch(token.raw):
        slash = following < len(tokens) and tokens[following].raw == "/"
        following += slash
        is_near = following < len(tokens) and tokens[following].start - token.end == 1
        number = float(token.raw) if is_near else None
    elif number is not None and following < len(tokens) and tokens[following].folded in _BEFORE_A_YEAR:
        following += 1
    if number is None or following >= len(tokens) or not _YEAR.fullmatch(tokens[following].raw):
        return ()
    year = float(tokens[following].raw)
    return _at(number, MONTH, position, tokens), _at(year, None, following, tokens)


def _at(value: float, unit: str | None, position: int, tokens: Sequence[Token]) -> Quantity:
    token = tokens[position]
    return Quantity(frozenset({value}), unit, False, token.start, token.end, position, position)


def _ends_a_pair(tokens: Sequence[Token], position: int, before: Quantity, lexicon: Lexicon) -> bool:
    """Whether a lone "one" is a number after all: "from five days to one", but not "from 5 sites to one team"."""
    if tokens[position].folded not in lexicon.singular or tokens[position - 1].folded not in lexicon.range_words:
        return False
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    is_bare = following is None or following.kind is Kind.BREAK or following.folded in lexicon.units
    # "auf einen verkürzt": the German verb at the end
    is_bare = is_bare or (lexicon.compounding and position + 2 == len(tokens) and tokens[-1].raw.islower())
    return is_bare and position - 1 - before.last <= 2


def single_times(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Quantity]:
    """One hour, day or year that an article or "one" counts: "after *a year*", but not "40 orders *a day*"."""
    for index, token in enumerate(tokens[1:], start=1):
        unit = lexicon.units.get(token.folded) if token.is_word else None
        is_one = tokens[index - 1].folded in lexicon.singular
        is_rate = tokens[index - 1].folded in lexicon.rates and index > 1 and tokens[index - 2].kind is not Kind.STOP
        if unit in MINUTES and len(token.folded) > 1 and is_one and not is_rate:
            begins = tokens[index - 1].start
            yield Quantity(frozenset({1.0}), unit, False, begins, token.end, index - 1, index)


def _is_one_coin(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> bool:
    """Whether an article counts one piece of money: "off by *a* dollar"."""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    is_money = following is not None and following.is_word and lexicon.units.get(following.folded) in _MONEY
    return (
        is_money
        and tokens[position].folded in lexicon.articles | lexicon.singular
        and len(tokens[position + 1].raw) > 3
    )


def _digits(tokens: Sequence[Token], position: int) -> tuple[frozenset[float], int] | None:
    token = tokens[position]
    return (_values(token.raw), position + 1) if token.kind is Kind.NUMBER else None


def _values(digits: str) -> frozenset[float]:
    plain = "".join(char for char in digits if char.isdigit())
    separators = [char for char in digits if not char.isdigit()]
    if not separators:
        return frozenset({float(plain)})
    tail = digits.rsplit(separators[-1], 1)[1]
    decimal = float(f"{plain[: -len(tail)]}.{tail}")
    if len(tail) != 3:
        return frozenset({decimal})
    return (
        frozenset({float(plain), decimal})
        if len(separators) == 1 and separators[0] in ".,"
        else frozenset({float(plain)})
    )


def _spelled(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> tuple[frozenset[float], int] | None:
    """A number in words from this position: "four hundred and fifty", "quatre-vingt-dix", "fünfundzwanzig"."""
    total = current = 0.0
    seen = 0
    end = position
    for index in range(position, len(tokens)):
        token = tokens[index]
        value = _number_word(token, lexicon)
        if value is not None and current % 10 and value < 100 and not (value == 20 and current == 4):
            # "eight two-year-olds" are two numbers
            break
        if value is not None:
            # quatre-vingt: a small number before "vingt" multiplies it
            current = current * 20 if value == 20 and current == 4 else current + value
        elif token.is_word and token.folded in lexicon.multipliers and (seen or len(token.folded) > 2):
            factor = lexicon.multipliers[token.folded]
            current = (current or 1) * factor
            if factor >= 1000:
                total, current = total + current, 0.0
        elif (
            seen
            and token.folded in lexicon.joiners
            and index + 1 < len(tokens)
            and (_counts(tokens[index + 1], lexicon) or _ends_tens(tokens, index + 1, current, lexicon))
        ):
            continue
        elif seen and _ends_tens(tokens, index, current, lexicon):
            current += 1
        else:
            break
        seen += 1
        end = index + 1
    value = total + current
    return (frozenset({value}), end) if seen and value != 1 else None


def _and_a_half(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> tuple[frozenset[float], int] | None:
    """A number with a half: "one *and a half* years", "2 *and a half* hours"."""
    amount = _digits(tokens, position) or _spelled(tokens, position, lexicon)
    if amount is None and tokens[position].folded in lexicon.singular - lexicon.articles:
        amount = frozenset({1.0}), position + 1
    if amount is None:
        return None
    values, after = amount
    if not _is_half_more(tokens, after, lexicon):
        return None
    return frozenset(value + 0.5 for value in values), after + 3


def _one_and_a_half(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> Quantity | None:
    """ "A year and a half"."""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    unit = lexicon.units.get(following.folded) if following is not None and following.is_word else None
    is_one = tokens[position].folded in lexicon.singular and unit in MINUTES
    if not is_one or not _is_half_more(tokens, position + 2, lexicon):
        return None
    last = position + 4
    return Quantity(frozenset({1.5}), unit, False, tokens[position].start, tokens[last].end, position, last)


def _is_half_more(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> bool:
    """Whether "and a half" stands there."""
    words = [token.folded for token in tokens[position : position + 3]]
    is_half = len(words) > 2 and words[0] in lexicon.joiners and words[1] in lexicon.articles
    return is_half and lexicon.fractions.get(words[2]) == _HALF


def _ends_tens(tokens: Sequence[Token], position: int, tens: float, lexicon: Lexicon) -> bool:
    """Whether a "one" belongs to the tens before it: "thirty-one", "vingt et un"; not so in "thirty a day"."""
    token = tokens[position]
    is_joined = tokens[position - 1].folded in lexicon.joiners
    is_number = token.is_word and token.folded in lexicon.singular and not lexicon.compounding
    follows_tens = tens % 100 >= 20 and tens % 10 == 0
    return is_number and follows_tens and (is_joined or token.folded not in lexicon.articles)


def _ordinal(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> tuple[frozenset[float], int] | None:
    """An ordinal or, as a percentage, a fraction; English "third" is one only after an article."""
    token = tokens[position]
    value = lexicon.ordinals.get(token.folded) if token.is_word else None
    if _is_fraction(tokens, position, lexicon):
        value = lexicon.fractions[token.folded]
    return None if value is None else (frozenset({value}), position + 1)


def _is_fraction(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> bool:
    if not tokens[position].is_word or tokens[position].folded not in lexicon.fractions:
        return False
    if lexicon.language != "en":
        return True
    before = tokens[position - 1].folded if position > 0 else ""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    changes = lexicon.falling_stems | lexicon.rising_stems
    is_of_a_thing = following is not None and following.kind is Kind.CONTENT  # "a fifth store", not "a fifth fewer"
    if Claim.PERIOD in lexicon.claim_of(tokens[position].folded) and before in ("a", "one"):  # "6 studies a quarter"
        led_in = tokens[position - 2].folded if position > 1 else ""
        return led_in in lexicon.difference or (following is not None and following.folded == "of")
    is_counting = following is not None and is_of_a_thing and lexicon.stem(following.folded) not in changes
    return before in ("in", "by", *lexicon.more_than) or (before in ("a", "one") and not is_counting)


def _counts(token: Token, lexicon: Lexicon) -> bool:
    return _number_word(token, lexicon) is not None or token.folded in lexicon.multipliers


def _number_word(token: Token, lexicon: Lexicon) -> float | None:
    if not token.is_word:
        return None
    known = lexicon.number_words.get(token.folded)
    if known is None and lexicon.compounding:
        known = _german(token.folded, lexicon)
    return known


def _german(word: str, lexicon: Lexicon) -> float | None:
    """`zweihundertfünfzig`, `fünfundzwanzig`, `dreitausend` taken apart."""
    if not word:
        return 0.0
    if word in lexicon.number_words:
        return lexicon.number_words[word]
    for name in ("tausend", "hundert"):
        if name in word:
            left, right = word.split(name, 1)
            high, low = _german(left, lexicon) if left else 1.0, _german(right.removeprefix("und"), lexicon)
            return None if high is None or low is None else high * lexicon.multipliers[name] + low
    ones, joined, tens = word.partition("und")
    if joined and tens in lexicon.number_words and (ones == "ein" or ones in lexicon.number_words):
        return lexicon.number_words.get(ones, 1.0) + lexicon.number_words[tens]
    return None


def _with_unit(tokens: Sequence[Token], first: int, amount: tuple[frozenset[float], int], lexicon: Lexicon) -> Quantity:
    values, after = amount
    unit: str | None = None
    scale = 1.0
    more = first > 0 and (tokens[first - 1].folded in lexicon.more_words or tokens[first - 1].raw in "≥>")
    begins = opens = first
    if first > 1 and tokens[first - 1].folded in lexicon.more_than and tokens[first - 2].folded in lexicon.comparative:
        more, begins, opens = True, first - 2, first - 2
    if first > 0 and tokens[first - 1].kind is Kind.SYMBOL:
        unit = lexicon.units.get(tokens[first - 1].raw)
    elif first > 0 and lexicon.units.get(tokens[first - 1].folded) in _MONEY:
        # "EUR 500", "Rs. 45 lakhs"
        unit, begins = lexicon.units[tokens[first - 1].folded], first - 1
    while after < len(tokens):
        token = tokens[after]
        glued = token.start == tokens[after - 1].end
        factor = _multiplier(tokens, after, lexicon)
        if factor is not None:
            scale *= factor
            unit = "EUR" if token.folded in _MONEY_WORDS else unit
        elif scale > 1 and unit is None and _leads_to_a_unit(tokens, after, lexicon):
            # millions *d'*euros
            pass
        elif token.raw == "+":
            more = True
        elif glued and token.folded in _ORDINAL_ENDINGS and tokens[first].kind is Kind.NUMBER:
            unit = ORDINAL
        elif (
            unit is None
            and token.folded in lexicon.units
            and (len(token.folded) > 1 or glued or not token.raw.isupper())
            and not _is_numbered(tokens, after, lexicon)
            and not _is_age_or_decade(tokens, after, lexicon)
        ):
            unit = lexicon.units[token.folded]
        elif unit is None or lexicon.units.get(token.folded) != unit:
            break
        after += 1
    if [_is_joiner(token, lexicon) for token in tokens[after : after + 2]] == [True, False] and (
        tokens[after + 1].folded in lexicon.comparative
    ):
        more, after = True, after + 2  # "40 or more"
    if after == first + 1 and _is_fraction(tokens, first, lexicon):
        unit = "%"
    elif tokens[first].is_word and after == first + 1 and tokens[first].folded in lexicon.ordinals:
        unit = ORDINAL
    if unit is None and after == first + 1 and first > 0 and _names_one(tokens, first, lexicon):
        unit = ORDINAL
    lasts = after + (unit is None and after < len(tokens) and tokens[after].folded in lexicon.terms)
    more = more and not ((unit in MINUTES or lasts > after) and _is_span(tokens, first, lasts, lexicon))
    values = frozenset(value * scale for value in values)
    return Quantity(values, unit, more, tokens[begins].start, tokens[after - 1].end, opens, after - 1, scale)


def _is_joiner(token: Token, lexicon: Lexicon) -> bool:
    return token.folded in lexicon.conjunctions


def _names_one(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> bool:
    """Whether a number says which one of several is meant: "grade 7" is the 7th, "K-8" ends with the 8th."""
    before = tokens[first - 1]
    is_small = tokens[first].kind is not Kind.NUMBER or min(_values(tokens[first].raw)) <= _LARGEST_GRADE
    return (before.folded in lexicon.numbered and is_small) or (
        before.raw == "K" and before.end + 1 == tokens[first].start
    )


def _is_numbered(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> bool:
    """Whether a word is what the next number is one of: the "year" of "four year 7 classes"."""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return tokens[position].folded in lexicon.numbered and following is not None and following.kind is Kind.NUMBER


def _is_age_or_decade(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> bool:
    """Whether what looks like a unit is none: the "years" of "6-year-olds", the "s" of "from the 40s"."""
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    is_age = following is not None and following.folded in lexicon.aged
    is_decade = tokens[position].folded == "s" and position > 1 and tokens[position - 2].folded in lexicon.articles
    return is_age or is_decade


def _is_span(tokens: Sequence[Token], first: int, after: int, lexicon: Lexicon) -> bool:
    """Whether "over" says for how long, not that it was longer: "no accidents *over* 14 months", and nothing more."""
    before = tokens[first - 2].kind if first > 1 else Kind.BREAK
    is_led_in = (
        first > 0
        and tokens[first - 1].folded in lexicon.during
        and before in (Kind.CONTENT, Kind.NUMBER, Kind.SYMBOL, Kind.BREAK)
    )
    if before is Kind.BREAK:  # "*over* two years, lifted …"; "over 5 years" alone is more
        return is_led_in and after < len(tokens) and tokens[after].raw == ","
    if not is_led_in or after == len(tokens) or tokens[after].kind is Kind.BREAK:
        return is_led_in
    leads_on = {cause[0] for cause in lexicon.causes} | lexicon.means
    return tokens[after].folded in leads_on  # "over 18 months *through* …", not "over 18 months *of* …"


def _multiplier(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> float | None:
    """What a word after a number multiplies it by: "5 million", "5k", "5 Mio.", "5 k€"."""
    token = tokens[position]
    if not token.is_word:
        return None
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    is_glued = token.start == tokens[position - 1].end
    if following is not None and following.kind is Kind.NUMBER and following.start == token.end + 1:
        return None  # "45 K-8 students"
    if following is not None and lexicon.units.get(following.folded) in _MONEY and token.folded in _MONEY_MULTIPLIERS:
        return _MONEY_MULTIPLIERS[token.folded]
    if is_glued or token.folded in _SPACED_MULTIPLIERS:
        factor = _SHORT_MULTIPLIERS.get(token.folded)
        if factor is not None:
            return factor
    return _MONEY_WORDS.get(token.folded) or lexicon.multipliers.get(token.folded)


def _leads_to_a_unit(tokens: Sequence[Token], position: int, lexicon: Lexicon) -> bool:
    is_of = tokens[position].folded in ("d", "de")
    return is_of and position + 1 < len(tokens) and lexicon.units.get(tokens[position + 1].folded) in _MONEY


def _share_units(found: list[Quantity], tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Quantity]:
    """In "from 35 to 70 percent" the first number is a percentage as well, in "1.2 to 1.5 million" it is millions.

    In "from 40 minutes to 30" the second one is minutes.
    """
    before: Quantity | None = None
    for index, quantity in enumerate(found):
        if before is not None and _goes_on_in_its_unit(quantity, before, tokens, lexicon):
            quantity = replace(quantity, unit=before.unit)
        if before is not None and before.unit == ORDINAL and _ends_a_range(quantity, before, tokens, lexicon):
            quantity = replace(quantity, unit=ORDINAL)
        following = found[index + 1] if index + 1 < len(found) else None
        if following is not None:
            between = tokens[quantity.last + 1 : following.first]
            ranges = [t.folded in lexicon.range_words or t.raw in "–—-" for t in between]
            # "from 93% in 2022 to 97%": a year is no percentage
            is_dated = quantity.is_year and following.unit == "%"
            if any(ranges) and len(between) <= 2 and not is_dated:
                is_small = quantity.factor == 1 and max(quantity.values) < _LARGEST_SHARED
                factor = following.factor if is_small and ranges[0] else 1.0
                quantity = replace(
                    quantity,
                    unit=quantity.unit or following.unit,
                    values=frozenset(value * factor for value in quantity.values),
                )
        before = quantity
        yield quantity


def _ends_a_range(quantity: Quantity, before: Quantity, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a bare number ends what an ordinal began: "years 7 to *9*", "grades 3-*5*"."""
    between = tokens[before.last + 1 : quantity.first]
    is_joined = len(between) == 0 or (
        len(between) == 1 and (between[0].raw in "–—-" or between[0].folded in lexicon.range_words | lexicon.joiners)
    )
    return quantity.unit is None and not quantity.is_year and is_joined


def _joined_times(found: list[Quantity], tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Quantity]:
    """ "1 hour 40 minutes" and "2 years and 6 months" are one time each."""
    position = 0
    while position < len(found):
        quantity = found[position]
        following = found[position + 1] if position + 1 < len(found) else None
        if following is not None and _is_rest_of_time(following, quantity, tokens, lexicon):
            whole = frozenset(a + b for a in quantity.minutes for b in following.minutes)
            quantity = replace(quantity, values=whole, unit="min", end=following.end, last=following.last)
            position += 1
        yield quantity
        position += 1


def _is_rest_of_time(rest: Quantity, quantity: Quantity, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    between = tokens[quantity.last + 1 : rest.first]
    is_joined = not between or (len(between) == 1 and between[0].folded in lexicon.joiners)
    return is_joined and _FINER.get(quantity.unit or "") == rest.unit and rest.unit is not None


def _goes_on_in_its_unit(quantity: Quantity, before: Quantity, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a bare number ends a pair that began with a unit: "from 40 minutes to *30* with …"."""
    between, following = tokens[before.last + 1 : quantity.first], tokens[quantity.last + 1 : quantity.last + 2]
    is_bare = (
        quantity.unit is None and not quantity.is_year and all(t.kind in (Kind.BREAK, Kind.STOP) for t in following)
    )
    is_pair = len(between) == 1 and between[0].folded in lexicon.range_words
    return is_bare and is_pair and before.unit in MINUTES.keys() | {"%"}
