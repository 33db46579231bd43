"""What a text may widen without a new word: fewer exceptions, more people, another thing that was led.

Compares the proposed line with the one it replaces; knows no single word's claims.
"""

from collections.abc import Iterator, Sequence

from services.fact_rules.lexicon import Claim, Duty
from services.fact_rules.lines import Clause, Line
from services.fact_rules.sources import Finding, FindingKind, Sources
from services.fact_rules.text import Kind, Token

_OF_PEOPLE = frozenset({Duty.TEACH, Duty.COORDINATE, Duty.LEAD})
_NEAR = 3


def widened_claims(line: Line, sources: Sources) -> Iterator[Finding]:
    """What grew although every word of it stands in the line that is replaced."""
    if sources.replaced is None:
        return
    for clause in line.clauses:
        if clause.duty in _OF_PEOPLE:
            yield from _multiplied(clause, line, sources)
        if clause.duty is Duty.LEAD and clause.verbs:
            yield from _led_instead(clause, line, sources)
    yield from _bare_negations(line, sources.lines)


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
