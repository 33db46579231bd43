"""What two sides made of the same thing, put together: a person by hand, and the decisions on what was proposed.

Merges texts word by word, lists item by item, entries field by field. Knows neither resumes nor changes.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from pydantic import BaseModel

from services.alignment import ALIKE, likeness, pair, rising, words_of

Value = TypeVar("Value")
_Item = str | BaseModel

_SAME_LIST = 0.2
"""Decisions leave most of a list alone, so that what is even a little alike is the same item before and after them."""


def merge(before: Value, edited: Value, after: Value) -> Value:
    """`after`, with what the hand made of `before` to get `edited`.

    Where both changed the same words, the hand's stay, unless they go on from words that `after` takes back.
    """
    if edited == before:
        return after
    if after == before:
        return edited
    merged: object = edited
    if isinstance(before, BaseModel):
        fields = {
            name: merge(getattr(before, name), getattr(edited, name), getattr(after, name))
            for name in type(before).model_fields
        }
        merged = before.model_copy(update=fields)
    elif isinstance(before, str) and isinstance(edited, str) and isinstance(after, str):
        merged = _merged_text(before, edited, after)
    elif isinstance(before, list) and isinstance(edited, list) and isinstance(after, list):
        merged = _merged_list(before, edited, after)
    return merged  # type: ignore[return-value]  # each branch gives the type that it was asked for


# --- Lists ---


def _merged_list(before: Sequence[_Item], edited: Sequence[_Item], after: Sequence[_Item]) -> list[_Item]:
    to_edited, to_after = pair(before, edited), _pair_decided(before, after)
    by_hand, decided = _keys(edited, to_edited, "by hand"), _keys(after, to_after, "decided")
    moved_by_hand = len(rising(to_edited)) < len(to_edited)
    order = _with_decided(by_hand, decided) if moved_by_hand else _with_added(decided, by_hand)
    values: dict[Hashable, _Item] = dict(zip(by_hand, edited, strict=True)) | dict(zip(decided, after, strict=True))
    for index, item in enumerate(before):
        if index in to_edited and index in to_after:
            values[index] = merge(item, edited[to_edited[index]], after[to_after[index]])
        else:  # taken out by hand or by a decision, whatever the other side made of it
            values.pop(index, None)
    return [values[key] for key in order if key in values]


def _pair_decided(before: Sequence[_Item], after: Sequence[_Item]) -> dict[int, int]:
    """Which item is which after decisions: they never add, move or take out an entry, and few texts of a list."""
    if all(isinstance(item, BaseModel) for item in [*before, *after]) and len(before) == len(after):
        return {index: index for index in range(len(before))}
    pairs = pair(before, after, alike=_SAME_LIST)
    taken = set(pairs.values())
    rest = [index for index in range(len(before)) if index not in pairs]
    free = [index for index in range(len(after)) if index not in taken]
    return pairs | dict(zip(rest, free, strict=True)) if len(rest) == len(free) else pairs


def _keys(items: Sequence[_Item], pairs: dict[int, int], side: str) -> list[Hashable]:
    """For each item what it is in all three lists: its index before, or a place on this side for a new one."""
    known = {place: index for index, place in pairs.items()}
    return [known.get(place, (side, place)) for place in range(len(items))]


def _with_added(decided: Sequence[Hashable], by_hand: Sequence[Hashable]) -> list[Hashable]:
    """The order of the decisions, and in it what was added by hand."""
    order = list(decided)
    shared = set(by_hand)
    for place, key in enumerate(by_hand):
        if key not in decided:
            start = order.index(by_hand[place - 1]) + 1 if place else 0
            while start < len(order) and order[start] not in shared:  # both put something here: the hand's comes last
                start += 1
            order.insert(start, key)
    return order


def _with_decided(by_hand: Sequence[Hashable], decided: Sequence[Hashable]) -> list[Hashable]:
    """The order that the hand gave, and in it what was decided."""
    order = list(by_hand)
    for place, key in enumerate(decided):
        if key not in by_hand:
            order.insert(order.index(decided[place - 1]) + 1 if place else 0, key)
    return order


# --- Texts ---


@dataclass(frozen=True, slots=True)
class _Rewrite:
    """The words from `start` to `end` of a text became these."""

    start: int
    end: int
    words: list[str]
    by_hand: bool


def _merged_text(before: str, edited: str, after: str) -> str:
    if likeness(before, edited) < ALIKE:  # written anew
        return edited
    # With a space in front each word keeps its distance, wherever it comes to stand.
    words, own, decided = (words_of(f" {text}") for text in (before, edited, after))
    rewrites = _rewrites(words, own, by_hand=True) + _rewrites(words, decided, by_hand=False)
    result: list[str] = []
    done = 0
    for stretch in _overlapping(rewrites):
        start, end = min(r.start for r in stretch), max(r.end for r in stretch)
        result += words[done:start] + _merged_words(words, start, end, stretch)
        done = end
    return "".join(result + words[done:]).strip()


def _rewrites(before: Sequence[str], after: Sequence[str], *, by_hand: bool) -> list[_Rewrite]:
    matcher = SequenceMatcher(None, [word.strip() for word in before], [word.strip() for word in after])
    return [
        _Rewrite(b1, b2, list(after[a1:a2]), by_hand) for tag, b1, b2, a1, a2 in matcher.get_opcodes() if tag != "equal"
    ]


def _overlapping(rewrites: list[_Rewrite]) -> list[list[_Rewrite]]:
    """The rewrites in their order, those of the same words together."""
    stretches: list[list[_Rewrite]] = []
    end = -1
    for rewrite in sorted(rewrites, key=lambda r: (r.start, r.end, r.by_hand)):
        if stretches and rewrite.start < end:
            stretches[-1].append(rewrite)
        else:
            stretches.append([rewrite])
        end = max(end, rewrite.end)
    return stretches


def _merged_words(words: Sequence[str], start: int, end: int, stretch: Sequence[_Rewrite]) -> list[str]:
    by_hand = [rewrite for rewrite in stretch if rewrite.by_hand]
    kept = (end - start) - sum(rewrite.end - rewrite.start for rewrite in by_hand)
    taken = by_hand if len(by_hand) == len(stretch) or (by_hand and not kept) else [r for r in stretch if not r.by_hand]
    result: list[str] = []
    for rewrite in taken:
        result += [*words[start : rewrite.start], *rewrite.words]
        start = rewrite.end
    return result + list(words[start:end])
