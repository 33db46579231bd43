"""Two lines of an entry made one: the new line is one of them, and then the other.

Knows where a line may be cut in two; leaves what vouches for a piece to the judge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.fact_rules.judge import unsupported
from services.fact_rules.lines import Line, read_line
from services.fact_rules.pool import pool_of
from services.fact_rules.sources import ADVISORY, Sources
from services.fact_rules.text import Kind

_FEWEST_WORDS = 2


def is_merged(line: Line, sources: Sources, entry: Sequence[Line]) -> bool:
    """Whether the line, cut in two, says what the line it replaces says and what another line of the entry says."""
    others = [own for own in entry if own.text != sources.lines[0].text]
    return any(
        _takes_up(borrowed, other)
        and _is_told(borrowed, replace(sources, lines=(other,), replaced=other))
        and _is_told(kept, sources)
        for pieces in _pieces(line)
        for kept, borrowed in (pieces, pieces[::-1])
        for other in others
    )


def _takes_up(piece: Line, own: Line) -> bool:
    """Whether a piece says at least half of what a line says: a single word taken from it is no merging."""
    taken = pool_of((piece,), piece.lexicon)
    said = [word for word in own.words if taken.covers(word)]
    return len(said) >= min(_FEWEST_WORDS, len(own.words)) and len(said) * 2 >= len(own.words)


def _is_told(piece: Line, sources: Sources) -> bool:
    """Whether a piece adds nothing to its line: a part of a line has no words to spare for rewording."""
    return all(sources.line_pool.covers(word) for word in piece.words) and all(
        finding.kind in ADVISORY for finding in unsupported(piece, sources)
    )


def _pieces(line: Line) -> Iterator[tuple[Line, Line]]:
    """The line cut in two at each break or function word."""
    for token in line.tokens[1:]:
        if token.kind in (Kind.BREAK, Kind.STOP):
            before, after = line.text[: token.start].strip(" ,"), line.text[token.end :].strip(" ,")
            if before and after:
                yield read_line(before, line.lexicon), read_line(after, line.lexicon)
