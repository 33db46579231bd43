"""Cuts a new text into lines where the old text had them, so that a value of several lines stays one of several lines.

Knows texts only; nothing of documents.
"""

import re
import textwrap
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate

_SENTENCE_END = re.compile(r"[.!?:;…。！？][\"”’»)]*$")
_SURE_MATCH = 3
"""This many equal words in a row are the same words, wherever they stand; fewer may be so by chance."""


def spread(text: str, old_lines: Sequence[str]) -> list[str]:
    """The text in lines: broken where it says so itself, else where the old lines were broken, as far as that goes.

    There may be fewer lines than before (fewer sentences) or more (a longer text in lines that wrapped by hand).
    """
    if "\n" in text:
        return [line.strip() for line in text.split("\n") if line.strip()]
    if len(old_lines) < 2:
        return [text]
    return _wrapped(text, old_lines) if are_wrapped_by_hand(old_lines) else _by_sentences(text.split(), old_lines)


def are_wrapped_by_hand(lines: Sequence[str]) -> bool:
    """Whether the lines are one text that somebody broke at the edge of the page, in the middle of its sentences."""
    return all(not _SENTENCE_END.search(line) for line in lines[:-1]) and any(line[:1].islower() for line in lines[1:])


def _wrapped(text: str, lines: Sequence[str]) -> list[str]:
    """The text in lines of the old width; those that nothing changed in stay as they are."""
    kept: list[str] = []
    while len(kept) < len(lines) and text.startswith(f"{lines[len(kept)]} "):
        kept.append(lines[len(kept)])
        text = text[len(kept[-1]) :].lstrip()
    width = max(map(len, lines))
    return kept + textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _by_sentences(words: Sequence[str], lines: Sequence[str]) -> list[str]:
    """A line begins where the words do that it began with, or with the sentence that now stands about there."""
    old = [line.split() for line in lines]
    matcher = SequenceMatcher(None, [word for line in old for word in line], words, autojunk=False)
    wanted = [_new_place(matcher, begin) for begin in accumulate(len(line) for line in old[:-1])]
    places = {at for at in range(1, len(words)) if _SENTENCE_END.search(words[at - 1])}
    places |= {place for place, is_sure in wanted if is_sure and place > 0}
    free = sorted(places)
    cuts = [0]
    for left, (place, _) in zip(reversed(range(len(wanted))), wanted, strict=True):
        usable = free[: max(1, len(free) - left)]  # the others are needed by the lines below
        if usable:
            cuts.append(min(usable, key=lambda at: abs(at - place)))
            free = [at for at in free if at > cuts[-1]]
    ends = [*cuts[1:], len(words)]
    return [" ".join(words[start:end]) for start, end in zip(cuts, ends, strict=True)]


def _new_place(matcher: "SequenceMatcher[str]", begin: int) -> tuple[int, bool]:
    """The new number of an old word, or of what stands there now; whether it is surely the same word."""
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if i1 <= begin < i2:
            if tag == "equal":
                return j1 + begin - i1, i2 - begin >= _SURE_MATCH
            return j1 + round((begin - i1) / (i2 - i1) * (j2 - j1)), False
    return 0, False
