"""What a text may widen without a new word: fewer exceptions, more people, another thing that was led.

Compares the proposed line with the one it replaces; knows no single word's claims.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from services.fact_rules.lexicon import Claim, Duty
from services.fact_rules.lines import Clause, Line
from services.fact_rules.pool import pool_of
from services.fact_rules.sources import Finding, FindingKind, Sources
from services.fact_rules.text import Kind, Token

_OF_PEOPLE = frozenset({Duty.TEACH, Duty.COORDINATE, Duty.LEAD})
_NEAR = 3
_THE_SAME = 0.8


def widened_claims(line: Line, sources: Sources) -> Iterator[Finding]:
    """What grew although every word of it stands in the line that is replaced."""
    if sources.rewritten is not None:
        yield from _exchanged(line, sources.rewritten, sources)
        yield from _lost_negations(line, sources.rewritten)
    if sources.replaced is None:
        return
    for clause in line.clauses:
        if clause.duty in _OF_PEOPLE:
            yield from _multiplied(clause, line, sources)
        if clause.duty is Duty.LEAD and clause.verbs:
            yield from _led_instead(clause, line, sources)
        yield from _grown_thing(clause, line, sources)
    yield from _bare_negations(line, sources.lines)
    yield from _whole_places(line, sources)


def _exchanged(line: Line, old: Line, sources: Sources) -> Iterator[Finding]:
    """Another number or thing in a line that is otherwise the same, though the sources have both: "9 of them"."""
    before, after = _said(old), _said(line)
    changes = SequenceMatcher(None, [token.folded for token in before], [token.folded for token in after], False)
    if changes.ratio() < _THE_SAME:
        return
    told = (old, *sources.confirmed)
    own = pool_of(told, line.lexicon)
    values = {value for each in told[1:] for quantity in each.quantities for value in quantity.values}
    for what, first, last, begin, end in changes.get_opcodes():
        if what != "replace" or last - first != end - begin:
            continue
        for gone, new in zip(before[first:last], after[begin:end], strict=True):
            if gone.kind is not new.kind:
                continue
            if new.kind is Kind.NUMBER and not _values_at(new, line) & (_values_at(gone, old) | values):
                yield Finding(FindingKind.NUMBER, new.raw)
            if new.kind is Kind.CONTENT and not own.covers(new) and sources.vouch_for(new) and not _is_done(new, line):
                yield Finding(FindingKind.MOVED, new.raw)


def _said(line: Line) -> list[Token]:
    return [token for token in line.tokens if token.kind is not Kind.BREAK]


def _is_done(token: Token, line: Line) -> bool:
    return any(token in clause.deed for clause in line.clauses)


def _values_at(token: Token, line: Line) -> frozenset[float]:
    place = line.tokens.index(token)
    return frozenset(v for q in line.quantities if q.first <= place <= q.last for v in q.values)


def _lost_negations(line: Line, old: Line) -> Iterator[Finding]:
    """ "prefer not to drive at night" that became "drive at night"."""
    if any(token.folded in line.lexicon.negators or token.raw == "0" for token in line.tokens):
        return
    for words in filter(None, negated(old)):
        same = next((token for token in line.words if token.folded == words[0].folded), None)
        if same is not None:
            yield Finding(FindingKind.REACH, same.raw)


def _multiplied(clause: Clause, line: Line, sources: Sources) -> Iterator[Finding]:
    """ "one clerk" who became "the clerks"."""
    said = {word.folded for own in sources.lines for word in own.words}
    stem = sources.lexicon.stem
    for thing in clause.objects[:_NEAR]:
        if thing.folded in said or _is_single(thing, line):
            continue
        for own in sources.lines:
            for known in own.words:
                is_plural = len(thing.folded) > len(known.folded) and stem(thing.folded) == stem(known.folded)
                if is_plural and _is_single(known, own):
                    yield Finding(FindingKind.REACH, thing.raw)


def _is_single(thing: Token, line: Line) -> bool:
    before = line.tokens[: line.tokens.index(thing)][-_NEAR:]
    return any(token.folded in line.lexicon.singular for token in before)


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
    is_one_of_several = after is not None and (after.raw in ",/" or after.folded in lexicon.conjunctions)
    if not phrase or is_one_of_several or any(sources.line_pool.covers(verb) for verb in clause.deed):
        return
    head, said = phrase[-1], {key for token in phrase for key in token.keys}
    done = {key for verb in clause.deed for key in verb.keys}
    described = [
        _described(index, own)
        for own in sources.lines
        for index, token in enumerate(own.tokens)
        if token.keys & head.keys
    ]
    if described and all(other is not None and not other.keys & (said | done) for other in described):
        yield Finding(FindingKind.DUTY, line.text[clause.start : clause.end], clause)


def _things(index: int, line: Line) -> list[Token]:
    """The words of a thing that begins here, an article left out: "the monthly report"."""
    start = index + (index < len(line.tokens) and line.tokens[index].folded in line.lexicon.articles)
    return list(takewhile(lambda t: t.kind in (Kind.CONTENT, Kind.GENERIC), line.tokens[start:]))


def _described(index: int, line: Line) -> Token | None:
    """The thing that a word describes by standing before it; a verb describes nothing."""
    if any(line.tokens[index] in clause.deed for clause in line.clauses):
        return None
    following = next(iter(line.tokens[index + 1 : index + 2]), None)
    is_thing = following is not None and following.kind is Kind.CONTENT and following.raw.islower()
    return following if is_thing else None


def _whole_places(line: Line, sources: Sources) -> Iterator[Finding]:
    """ "across the company", where the lines name no company."""
    for index, token in enumerate(line.tokens):
        if token.folded in line.lexicon.extents:
            whole = next((t for t in line.tokens[index + 1 :][:_NEAR] if t.folded in line.lexicon.wholes), None)
            if whole is not None and not sources.line_pool.names(whole):
                yield Finding(FindingKind.REACH, f"{token.raw} {whole.raw}")


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
    """What follows each negation of a line, up to the next break; "0 accidents" are no accidents."""
    for index, token in enumerate(line.tokens):
        if token.folded in line.lexicon.negators or token.raw == "0":
            following = line.tokens[index + 1 : index + 1 + _NEAR]
            end = next((i for i, other in enumerate(following) if not other.is_word), len(following))
            yield [other for other in following[:end] if other.kind is not Kind.STOP]
