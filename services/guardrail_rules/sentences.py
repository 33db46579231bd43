"""Cutting a text into sentences that remember where they stand, and cutting flagged ones out again.

Knows nothing of why a sentence is flagged.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BREAK = re.compile(
    r"[.!?][\"')\]]?\s+|;\s+"
    r"|[.!?](?=[A-Z][a-z])"  # pasted web pages lose the space between sentences
    r"|\n(?![ \t]*[a-z])"  # unless the sentence goes on in lower case on the next line
    r"|[。！？]"
)
_LONGEST = 700


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its place in the text."""

    start: int
    end: int
    text: str


def split_sentences(text: str) -> list[Sentence]:
    """The sentences and lines of a text, without white space around them; very long ones are cut at a space."""
    sentences: list[Sentence] = []
    start = 0
    for end in [*(found.end() for found in _BREAK.finditer(text)), len(text)]:
        while end - start > _LONGEST:
            space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
            cut = space if space > 0 else start + _LONGEST
            _append(sentences, text, start, cut)
            start = cut
        _append(sentences, text, start, end)
        start = end
    return sentences


def cut_out(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text without the spans, closed up."""
    kept: list[str] = []
    position = 0
    for start, end in sorted(spans):
        if start > position:
            kept.append(text[position:start].rstrip(" \t"))
        position = max(position, end)
    kept.append(text[position:] if not kept or kept[-1].endswith("\n") else " " + text[position:].lstrip(" \t"))
    return "".join(kept).strip()


def _append(sentences: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        start += len(piece) - len(piece.lstrip())
        sentences.append(Sentence(start, start + len(stripped), stripped))
