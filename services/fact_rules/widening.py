"""What a text may widen without a new word: fewer exceptions, more people, another thing that was led.

Compares the proposed line with the one it replaces; knows no single word's claims.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from services.fact_rules.counting import is_team_of_counted
from services.fact_rules.lexicon import Claim, Duty
from services.fact_rules.lines import Clause, Line, joins_descriptions
from services.fact_rules.pool import pool_of
from services.fact_rules.rewording import brings_in_known_means
from services.fact_rules.sources import Finding, FindingKind, Sources, converted_rates
from services.fact_rules.text import Kind, Token
from services.fact_rules.verbs import starts_a_deed

_OF_PEOPLE = frozenset({Duty.TEACH, Duty.COORDINATE, Duty.LEAD})
_OF_MAKING = frozenset({Duty.CREATE, Duty.ORIGINATE, Duty.LEAD})
_NEAR = 3
_LED_IN_WITHIN = 4
_WOMEN = ("innen",)
_THE_SAME = 0.8


def widened_claims(line: Line, sources: Sources) -> Iterator[Finding]:
    """What grew although every word of it stands in the line that is replaced."""
    if sources.rewritten is not None:
        yield from _exchanged(line, sources.rewritten, sources)
        yield from _lost_negations(line, sources.rewritten)
    if sources.replaced is None:
        return
    yield from _multiplied(line, sources)
    yield from _repeated(line, sources)
    for clause in line.clauses:
        if clause.duty is Duty.LEAD and clause.verbs:
            yield from _led_instead(clause, line, sources)
        if any(brings_in_known_means(verb, line, sources) for verb in clause.deed):
            continue
        yield from _grown_thing(clause, line, sources)
        yield from _made_surroundings(clause, line, sources)
    yield from _bare_negations(line, sources.lines)
    yield from _whole_places(line, sources)
    yield from _shared_numbers(line, sources, sources.replaced)


def _exchanged(line: Line, old: Line, sources: Sources) -> Iterator[Finding]:
    """Another number or thing in a line that is otherwise the same, though the sources have both: "9 of them"."""
    before, after = _said(old), _said(line)
    changes = SequenceMatcher(None, [token.folded for token in before], [token.folded for token in after], False)
    altered = [codes for codes in changes.get_opcodes() if codes[0] != "equal"]
    left_out = [token for _, first, last, *_ in altered for token in before[first:last]]
    put_in = [token for *_, begin, end in altered for token in after[begin:end]]
    if changes.ratio() < _THE_SAME and not len(left_out) == len(put_in) == 1:
        return
    own, confirmed = pool_of((old, *sources.confirmed), line.lexicon), pool_of(sources.confirmed, line.lexicon)
    converted = {rate.amount for rate in converted_rates(line, sources)}
    values = {value for each in sources.confirmed for quantity in each.quantities for value in quantity.values}
    for what, first, last, begin, end in altered:
        if what != "replace" or last - first != end - begin:
            continue
        for gone, new in zip(before[first:last], after[begin:end], strict=True):
            if gone.kind is not new.kind or any(gone.keys & word.keys for word in put_in):
                continue
            if new.kind is Kind.NUMBER and not (
                _values_at(new, line) & (_values_at(gone, old) | values)
                or _minutes_at(new, line) & _minutes_at(gone, old)
                or any(q.first <= line.tokens.index(new) <= q.last for q in converted)
            ):
                yield Finding(FindingKind.NUMBER, new.raw)
            if new.kind is not Kind.CONTENT or _is_done(new, line):
                continue
            # who "paid invoices" has not paid salaries, although to pay is what one does to them
            same = [token for token in before if token.keys & new.keys]
            is_of_what_stayed = bool(same) and not any(token in left_out for token in same)
            if (is_of_what_stayed and not confirmed.covers(new)) or (not own.covers(new) and sources.vouch_for(new)):
                yield Finding(FindingKind.MOVED, new.raw)


def _said(line: Line) -> list[Token]:
    return [token for token in line.tokens if token.kind is not Kind.BREAK]


def _is_done(token: Token, line: Line) -> bool:
    return any(token in clause.deed for clause in line.clauses)


def _minutes_at(token: Token, line: Line) -> frozenset[float]:
    """How many minutes a number says, none where it counts no time: "1.5 hours" are "90 minutes"."""
    place = line.tokens.index(token)
    found = (q.minutes for q in line.quantities if q.first <= place <= q.last)
    return frozenset(minutes for values in found for minutes in values if minutes)


def _values_at(token: Token, line: Line) -> frozenset[float]:
    place = line.tokens.index(token)
    return frozenset(v for q in line.quantities if q.first <= place <= q.last for v in q.values)


def _lost_negations(line: Line, old: Line) -> Iterator[Finding]:
    """ "prefer not to drive at night" that became "drive at night"."""
    if any(token.folded in line.lexicon.negators for token in line.tokens) or any(negated(line)):
        return
    for words in filter(None, negated(old)):
        same = next((token for token in line.words if token.folded == words[0].folded), None)
        if same is not None:
            yield Finding(FindingKind.REACH, same.raw)


def _multiplied(line: Line, sources: Sources) -> Iterator[Finding]:
    """ "One clerk" who became "the clerks"."""
    said = {word.folded for own in sources.lines for word in own.words}
    for thing in _countable(line):
        if thing.folded in said or _is_single(thing, line):
            continue
        for own in sources.lines:
            if any(_is_plural_of(thing, known, own) for known in own.words):
                yield Finding(FindingKind.REACH, thing.raw)
                break


def _countable(line: Line) -> Iterator[Token]:
    """What more than one is more of: the things of work with people, what people are called, shops and the like."""
    near = {thing for clause in line.clauses if clause.duty in _OF_PEOPLE for thing in clause.objects[:_NEAR]}
    for word in line.words:
        is_person = line.lexicon.stem(word.folded) in line.lexicon.person_stems or word.folded.endswith(_WOMEN)
        is_place = word.folded.removesuffix("s") in line.lexicon.establishments
        if word in near or is_person or is_place:
            yield word


def _is_plural_of(thing: Token, known: Token, own: Line) -> bool:
    """Whether a word is the plural of one that stands for a single person; `Kollegin` shows it by itself."""
    if len(thing.folded) <= len(known.folded) or own.lexicon.stem(thing.folded) != own.lexicon.stem(known.folded):
        return False
    return _is_single(known, own) or (own.lexicon.compounding and thing.folded == f"{known.folded}nen")


def raised_degrees(line: Line, sources: Sources) -> Iterator[Finding]:
    """ "Some pastry experience" that became "strong pastry skills"."""
    lexicon = sources.lexicon
    for index, token in enumerate(line.tokens):
        if token.folded not in lexicon.high_degrees:
            continue
        for thing in _around(index, line):
            places = [(i, own) for own in sources.lines for i, word in enumerate(own.tokens) if word.keys & thing.keys]
            nearby = [_around(i, own, with_degrees=True) for i, own in places]
            said = {word.folded for words in nearby for word in words}
            if said & lexicon.modest_degrees and not said & lexicon.high_degrees:
                yield Finding(FindingKind.REACH, token.raw)
                break


def _around(index: int, line: Line, *, with_degrees: bool = False) -> list[Token]:
    """The words near a place that belong to it: up to a break, an "and" or another degree."""
    lexicon = line.lexicon
    found: list[Token] = []
    for neighbours in (line.tokens[:index][::-1][:_NEAR], line.tokens[index + 1 :][:_NEAR]):
        for token in neighbours:
            is_degree = token.folded in lexicon.modest_degrees | lexicon.high_degrees
            if token.kind in (Kind.BREAK, Kind.NUMBER) or token.folded in lexicon.conjunctions:
                break
            if is_degree:
                found += [token] if with_degrees and not _counts(token, line) else []
                break
            if token.kind is Kind.CONTENT:
                found.append(token)
    return found


def _counts(degree: Token, line: Line) -> bool:
    """Whether a "some" is about a number: "some 25 tickets"."""
    return line.tokens.index(degree) + 1 in line.numeric


def _repeated(line: Line, sources: Sources) -> Iterator[Finding]:
    """ "Last year" that became "each year"."""
    lexicon = line.lexicon
    for period in _periods(line, lexicon.recurring):
        known = [own for own in sources.lines if any(word.folded == period.folded for word in own.tokens)]
        single = [own for own in known if any(word.folded == period.folded for word in _periods(own, lexicon.once))]
        if known and known == single:
            yield Finding(FindingKind.PERIOD, period.raw)


def _periods(line: Line, openers: frozenset[str]) -> Iterator[Token]:
    """The "year", "week" and the like that follow one of the words, in Spanish also before one: "el año pasado"."""
    for index, token in enumerate(line.tokens):
        if Claim.PERIOD in line.lexicon.claim_of(token.folded):
            around = line.tokens[max(0, index - 1) : index + 1 + (not line.lexicon.modifiers_first)]
            if any(other.folded in openers for other in around):
                yield token


def _is_single(thing: Token, line: Line) -> bool:
    """Whether a word stands for one: "a clerk", but not the seat of "a 110-*seat* restaurant"."""
    place = line.tokens.index(thing)
    is_counted = any(place - q.last in (1, 2) and max(q.values) > 1 for q in line.quantities)
    return not is_counted and any(t.folded in line.lexicon.singular for t in line.tokens[max(0, place - _NEAR) : place])


def _led_instead(clause: Clause, line: Line, sources: Sources) -> Iterator[Finding]:
    """The brigade in which somebody led a station is not led by them."""
    led = next((t for t in line.words if t.start >= clause.verbs[-1].end), None)
    if led is None or Claim.AUDIENCE not in sources.lexicon.claim_of(led.folded):
        return
    places = [_is_surrounding(known, own) for own in sources.lines for known in own.words if known.keys & led.keys]
    if places and all(places):
        yield Finding(FindingKind.DUTY, line.text[clause.start : clause.end], clause)


def _grown_thing(clause: Clause, line: Line, sources: Sources) -> Iterator[Finding]:
    """ "answered payroll questions" that became "ran payroll": the thing done is one that only described another."""
    lexicon = line.lexicon
    if not lexicon.modifiers_first or not clause.deed or clause.duty is Duty.ASSIST:
        return
    start = line.tokens.index(clause.deed[-1]) + 1
    phrase = _things(start, line)
    after = next((token for token in line.tokens[start:] if phrase and token.start > phrase[-1].start), None)
    is_joined = after is not None and (after.raw in ",/" or after.folded in lexicon.conjunctions)
    following = next((token for token in line.tokens if after is not None and token.start > after.start), None)
    is_one_of_several = is_joined and not any(following in each.deed for each in line.clauses if each is not clause)
    if not phrase or is_one_of_several or any(sources.line_pool.covers(verb) for verb in clause.deed):
        return
    head, said = phrase[-1], {key for token in phrase for key in token.keys}
    if Claim.PERIOD in lexicon.claim_of(head.folded):
        return  # "communicate *daily* with …"
    done = {key for verb in clause.deed for key in verb.keys}
    described = [
        _described(index, own)
        for own in sources.lines
        for index, token in enumerate(own.tokens)
        if token.keys & head.keys
    ]
    if described and all(other is not None and not other.keys & (said | done) for other in described):
        yield Finding(FindingKind.DUTY, line.text[clause.start : clause.end], clause)


def _made_surroundings(clause: Clause, line: Line, sources: Sources) -> Iterator[Finding]:
    """ "Wrote scripts for the newscast" that became "produced the newscast": what the deed was only for, or in."""
    lexicon = line.lexicon
    is_new = not any(sources.line_pool.covers(verb) for verb in clause.deed)
    if clause.duty not in _OF_MAKING or not clause.verbs or not is_new:
        return
    heads = _things(line.tokens.index(clause.verbs[-1]) + 1, line)
    told_by = next((i for i, t in enumerate(heads) if i > 0 and t.folded.endswith(lexicon.gerund_endings)), None)
    if lexicon.gerund_endings and told_by is not None and heads[told_by - 1].folded.endswith("s"):
        heads = heads[:told_by]  # "stories *covering* local government"
    head = heads[-1 if lexicon.modifiers_first else 0] if heads else None
    if head is None:
        return
    after = line.tokens.index(head) + 1
    if after < len(line.tokens) and joins_descriptions(after, line):
        head = _things(after + 1, line)[-1]
    elif after < len(line.tokens) and head.kind is Kind.STOP and line.tokens[after].folded in lexicon.conjunctions:
        return  # "*move-in* and move-out inventories": what they are comes later
    places = [(i, own) for own in sources.lines for i, word in enumerate(own.tokens) if word.keys & head.keys]
    if places and all(_is_complement(index, own) for index, own in places):
        yield Finding(FindingKind.DUTY, line.text[clause.start : clause.end], clause)


def _is_complement(index: int, line: Line) -> bool:
    """Whether a thing stands behind a deed and its object, led in by "for", "on" and the like."""
    before = line.tokens[max(0, index - _LED_IN_WITHIN) : index]
    led_in = next((token for token in reversed(before) if token.folded in line.lexicon.complements), None)
    clause = next((each for each in line.clauses if each.start <= line.tokens[index].start < each.end), None)
    if led_in is None or clause is None or clause.duty is Duty.ASSIST:
        return False
    return any(thing.start < led_in.start for thing in clause.objects if thing not in clause.deed)


def _things(index: int, line: Line) -> list[Token]:
    """The words of a thing that begins here, an article left out: "the monthly report"."""
    start = index + (index < len(line.tokens) and line.tokens[index].folded in line.lexicon.articles)
    words = takewhile(lambda word: _belongs_to_a_thing(word, line), line.tokens[start:])
    return [word for word in words if word.folded != "s"]


def _belongs_to_a_thing(word: Token, line: Line) -> bool:
    """Whether a word may be part of a thing's name: "the store's promotions", "fit-out projects"."""
    is_hyphened = word.start > 0 and line.text[word.start - 1] == "-"
    return word.kind in (Kind.CONTENT, Kind.GENERIC) or word.folded == "s" or (word.is_word and is_hyphened)


def _described(index: int, line: Line) -> Token | None:
    """The thing that a word describes by standing before it; a verb describes nothing."""
    if any(line.tokens[index] in clause.deed for clause in line.clauses):
        return None
    following = next(iter(line.tokens[index + 1 : index + 2]), None)
    is_thing = following is not None and following.kind is Kind.CONTENT and following.raw.islower()
    is_thing = is_thing and index + 1 not in line.numeric
    is_thing = is_thing and following not in [t for t in line.tokens if t.folded in line.lexicon.negators]
    if following is not None and (
        following.folded in line.lexicon.predicates or starts_a_deed(following, line.tokens, line.lexicon)
    ):
        return None  # "the open rate *climbed*", "kept the racks *full*"
    return following if is_thing else None


def _whole_places(line: Line, sources: Sources) -> Iterator[Finding]:
    """ "across the company", where the lines name no company."""
    for index, token in enumerate(line.tokens):
        if token.folded in line.lexicon.extents:
            whole = next((t for t in line.tokens[index + 1 :][:_NEAR] if t.folded in line.lexicon.wholes), None)
            if whole is not None and not sources.line_pool.names(whole):
                yield Finding(FindingKind.REACH, f"{token.raw} {whole.raw}")


def _shared_numbers(line: Line, sources: Sources, replaced: Line) -> Iterator[Finding]:
    """The person's own "CSAT of 4.6" that became the "team CSAT": whose number it is stands in the very line."""
    lexicon = line.lexicon
    things = [token for token in line.tokens if token.kind in (Kind.CONTENT, Kind.GENERIC) or token in line.words]
    teams = {token for index, token in enumerate(line.tokens) if is_team_of_counted(index, line, replaced)}
    for index, token in enumerate(things):
        if token.folded not in lexicon.teams or sources.line_pool.covers(token) or token in teams:
            continue
        is_of_others = any(each.duty is Duty.ASSIST and each.start <= token.start < each.end for each in line.clauses)
        if not replaced.quantities or is_of_others:
            continue
        owned = things[index + 1 : index + 2] if lexicon.modifiers_first else things[max(0, index - 1) : index]
        if any(thing.kind is Kind.CONTENT and pool_of((replaced,), lexicon).covers(thing) for thing in owned):
            yield Finding(FindingKind.REACH, token.raw)


def _is_surrounding(thing: Token, line: Line) -> bool:
    before = [token.folded for token in line.tokens[: line.tokens.index(thing)] if token.kind is not Kind.NUMBER]
    words = [word for word in before if word not in line.lexicon.articles][-1:]
    return any(word in line.lexicon.within for word in words)


def _bare_negations(line: Line, known: Sequence[Line]) -> Iterator[Finding]:
    """ "no material findings" that became "no findings"."""
    for words_after in filter(None, negated(line)):
        places = [
            index
            for own in known
            for words in negated(own)
            for index, token in enumerate(words)
            if token.keys & words_after[0].keys
        ]
        if places and min(places) > 0:
            yield Finding(FindingKind.REACH, words_after[0].raw)


def negated(line: Line) -> Iterator[Sequence[Token]]:
    """What each negation of a line says is not there, up to the next break; "0 accidents" are none.

    "Accident-free" says the same from behind.
    """
    for index, token in enumerate(line.tokens):
        if token.folded in line.lexicon.negators or token.raw == "0":
            following = line.tokens[index + 1 : index + 1 + _NEAR]
            around = [*line.tokens[max(0, index - 1) : index], *following[:1]]
            if (
                len(around) > 1
                and {around[0].folded} <= line.lexicon.backwards
                and around[1].folded in line.lexicon.range_words
            ):
                continue  # "from zero to full"
            end = next((i for i, other in enumerate(following) if not other.is_word), len(following))
            yield [other for other in following[:end] if other.kind is not Kind.STOP]
        elif is_lack(index, line):
            yield line.tokens[index - 1 : index]
        elif token.folded in line.lexicon.lacking and [t.folded for t in line.tokens[index + 1 : index + 2]] == ["of"]:
            yield [other for other in line.tokens[index + 2 : index + 2 + _NEAR] if other.kind is not Kind.STOP]


def is_lack(index: int, line: Line) -> bool:
    """Whether a word says that what a hyphen joins it to is not there: "accident-*free*"."""
    token = line.tokens[index]
    return token.folded in line.lexicon.lacking and line.text[: token.start].endswith("-")
