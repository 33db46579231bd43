"""Which item of one list is which of another, where both hold versions of the same things, in whatever order.

Items are texts or entries; knows nothing of documents, changes or people's decisions.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from difflib import SequenceMatcher

from pydantic import BaseModel

ALIKE = 0.5
"""From this likeness on, one item is the other in different words."""

_SHORT = 40  # characters: few words say little, so short texts are compared by their letters as well
_MAX_COMPARISONS = 10_000  # of items that are new on either side; nobody rewords a hundred items of a list at once
_SIGNS = r"[^\W\u3040-\u9fff]+|\S"  # a word, a sign, a character of a script without spaces
_SIGN, _SPACED_SIGN = re.compile(_SIGNS), re.compile(rf"\s*(?:{_SIGNS})")

_Traits = tuple[frozenset[str], frozenset[str]]


def words_of(text: str) -> list[str]:
    """The words and signs of a text in their order, each with the white space before it."""
    return _SPACED_SIGN.findall(text)


def likeness(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1, whatever the order; takes time by their length only."""
    return _overlap(_traits(one), _traits(other))


def pair(one: Sequence[str | BaseModel], other: Sequence[str | BaseModel], *, alike: float = ALIKE) -> dict[int, int]:
    """Which index of `one` is which of `other`, each at most once.

    Equal items first, then entries that are called the same, whatever is listed in them, then the most alike.
    """
    keys, other_keys = [_parts(item) for item in one], [_parts(item) for item in other]
    pairs = _equal(keys, other_keys)
    rest, free = _left(pairs, len(one), len(other))
    names = _equal([keys[index][0] for index in rest], [other_keys[index][0] for index in free])
    pairs |= {rest[index]: free[place] for index, place in names.items() if keys[rest[index]][0]}
    rest, free = _left(pairs, len(one), len(other))
    taken = set(pairs.values())
    if len(rest) * len(free) > _MAX_COMPARISONS:
        return pairs
    traits = {index: [_traits(part) for part in keys[index]] for index in rest}
    other_traits = {index: [_traits(part) for part in other_keys[index]] for index in free}
    ranked = sorted(
        (-score, abs(i - j), i, j)
        for i in rest
        for j in free
        if (score := _mean_overlap(traits[i], other_traits[j])) >= alike
    )
    for _, _, i, j in ranked:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _left(pairs: Mapping[int, int], size: int, other_size: int) -> tuple[list[int], list[int]]:
    """The indexes on either side that have no partner yet."""
    taken = set(pairs.values())
    return [i for i in range(size) if i not in pairs], [j for j in range(other_size) if j not in taken]


def rising(pairs: Mapping[int, int]) -> dict[int, int]:
    """As many of the pairs as stand in the same order on both sides: what is left out has moved."""
    ends: list[int] = []  # ends[n]: the smallest place at which a rising row of n + 1 pairs can end
    rows: list[list[int]] = []
    for index in sorted(pairs):
        place = bisect_left(ends, pairs[index])
        row = [*rows[place - 1], index] if place else [index]
        ends[place : place + 1] = [pairs[index]]
        rows[place : place + 1] = [row]
    return {index: pairs[index] for index in rows[-1]} if rows else {}


def _parts(item: str | BaseModel) -> tuple[str, ...]:
    """What is compared of an item: a text itself; of an entry what it is called, and what is listed in it."""
    if isinstance(item, str):
        return (item,)
    values = [getattr(item, name) for name in type(item).model_fields]
    lists = [str(text) for value in values if isinstance(value, list) for text in value]
    return "\n".join(value for value in values if isinstance(value, str)), "\n".join(lists)


def _equal(one: Sequence[Hashable], other: Sequence[Hashable]) -> dict[int, int]:
    """Equal items, those that kept their order first, so that of two equal ones the right one has moved."""
    pairs: dict[int, int] = {}
    for start, place, size in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        pairs |= zip(range(start, start + size), range(place, place + size), strict=True)
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    taken = set(pairs.values())
    for place in reversed(range(len(other))):
        if place not in taken:
            places[other[place]].append(place)
    for index, item in enumerate(one):
        if index not in pairs and places[item]:
            pairs[index] = places[item].pop()
    return pairs


def _traits(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a text, and the letters of a short one three by three."""
    folded = text.casefold()
    triples = (folded[start : start + 3] for start in range(len(folded) - 2)) if len(folded) <= _SHORT else ()
    return frozenset(_SIGN.findall(folded)), frozenset(triples)


def _overlap(one: _Traits, other: _Traits) -> float:
    """Written out: it runs for each of many pairs."""
    if one == other:
        return 1.0
    words = 2 * len(one[0] & other[0]) / ((len(one[0]) + len(other[0])) or 1)
    if not one[1] or not other[1]:
        return words
    return max(words, 2 * len(one[1] & other[1]) / (len(one[1]) + len(other[1])))


def _mean_overlap(one: Sequence[_Traits], other: Sequence[_Traits]) -> float:
    """Parts that are empty on both sides say nothing."""
    if len(one) == 1:
        return _overlap(one[0], other[0])
    said = [_overlap(a, b) for a, b in zip(one, other, strict=True) if a[0] or b[0]]
    return sum(said) / len(said) if said else 1.0
