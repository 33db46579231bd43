"""Two lines of an entry made one: each part of the new line must be vouched for by one line alone.

Knows how a line is cut into parts; leaves what vouches for a part to the judge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.fact_rules.judge import unsupported
from services.fact_rules.lines import Line, read_line
from services.fact_rules.pool import pool_of
from services.fact_rules.sources import Sources
from services.fact_rules.text import Kind

_FEWEST_WORDS = 2


def is_merged(line: Line, sources: Sources, entry: Sequence[Line]) -> bool:
    """Whether each part of the line stands in the line it replaces or, as a whole, in another line of the entry."""
    if not all(sources.scope_pool.covers(word) for word in line.words):
        return False
    alone = replace(sources, scope=(), replaced=None)
    others = [own for own in entry if own.text != sources.lines[0].text]
    is_borrowed = False
    for part in _parts(line):
        if unsupported(part, alone):
            if not any(_takes_up(part, own) and not unsupported(part, replace(alone, lines=(own,))) for own in others):
                return False
            is_borrowed = True
    return is_borrowed


def _takes_up(part: Line, own: Line) -> bool:
    """Whether a part says at least half of what a line says: a single word taken from it is no merging."""
    taken = pool_of((part,), part.lexicon)
    said = [word for word in own.words if taken.covers(word)]
    return len(said) >= _FEWEST_WORDS and len(said) * 2 >= len(own.words)


def _parts(line: Line) -> Iterator[Line]:
    """The line cut at its breaks and conjunctions."""
    start = 0
    for token in line.tokens:
        if token.kind is Kind.BREAK or token.folded in line.lexicon.conjunctions:
            yield from _part(line, start, token.start)
            start = token.end
    yield from _part(line, start, len(line.text))


def _part(line: Line, start: int, end: int) -> Iterator[Line]:
    text = line.text[start:end].strip()
    if text:
        yield read_line(text, line.lexicon)
