"""From a resume as it was read to the resume as it now stands: which lines of the document must change, and how.

Compares values and looks their places up, never searches text. `docx_generation_service` writes what comes out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pydantic import BaseModel

from schemas.resume_schemas import ResumeData
from services.alignment import pair, rising
from services.docx.edits import Edit
from services.line_spreading import spread
from services.resume_assembly import SourceSpan
from services.resume_paths import path_in_words
from services.resume_sources import ResumeSources

DEFAULT_SEPARATOR = ", "


@dataclass(frozen=True, slots=True)
class DocumentEdits:
    """The edits of lines, and in sentences for a person what the document has no place for."""

    edits: list[Edit]
    unwritable: list[str]


@dataclass(slots=True)
class _LinePlan:
    """What happens to one line: parts of it are rewritten, texts are inserted in or below it, or it goes."""

    rewritten: list[tuple[int, int, str]] = field(default_factory=list)
    removed: list[tuple[int, int]] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    deleted: bool = False

    def add(self, other: "_LinePlan") -> None:
        """Let what another plan says about this line happen as well."""
        self.rewritten += other.rewritten
        self.removed += other.removed
        self.below += other.below
        self.deleted = self.deleted or other.deleted


def edits_between(base: ResumeData, current: ResumeData, sources: ResumeSources) -> DocumentEdits:
    """The edits that turn the document of `base` into one that says `current`."""
    planner = _Planner(sources)
    for name in type(base).model_fields:
        if name != "section_order":
            planner.compare(name, getattr(base, name), getattr(current, name))
    return planner.finish()


class _Planner:
    """Collects what happens to each line."""

    def __init__(self, sources: ResumeSources) -> None:
        self._sources = sources
        self._plans: dict[int, _LinePlan] = defaultdict(_LinePlan)
        self._unwritable: list[str] = []

    def compare(self, path: str, base: object, current: object) -> None:
        """Compare two values of one path."""
        if base == current:
            return
        if isinstance(base, BaseModel) and isinstance(current, BaseModel):
            for name in type(base).model_fields:
                self.compare(f"{path}.{name}", getattr(base, name), getattr(current, name))
        elif isinstance(base, str) and isinstance(current, str):
            self._replace(path, base, current)
        elif isinstance(base, list) and isinstance(current, list):
            if all(isinstance(item, str) for item in [*base, *current]):
                self._compare_texts(path, base, current)
            else:
                self._compare_entries(path, base, current)

    def _compare_entries(self, path: str, base: list[BaseModel], current: list[BaseModel]) -> None:
        """Compare two lists of entries; those in a new order go into each other's places, if nothing is lost by it."""
        own = _entry_places(base, current)
        rows = iter(sorted(place for place in own if place is not None))
        in_order = [None if place is None else next(rows) for place in own]
        plan = self._entries_at(own, path, base, current)
        if in_order != own:
            moved = self._entries_at(in_order, path, base, current)
            if set(moved._unwritable) <= set(plan._unwritable):
                plan = moved
            else:
                place = path_in_words(path)
                self._unwritable.append(f"The new order of {place} could not be written into the document.")
        self._unwritable += plan._unwritable
        for number, line in plan._plans.items():
            self._plans[number].add(line)

    def _entries_at(
        self, places: Sequence[int | None], path: str, base: list[BaseModel], current: list[BaseModel]
    ) -> "_Planner":
        """What happens when each current entry is written into this place."""
        planner = _Planner(self._sources)
        for place, entry in zip(places, current, strict=True):
            if place is None:
                kind = path_in_words(path)
                planner._unwritable.append(f"A new entry among {kind} could not be added to the document.")
            else:
                planner.compare(f"{path}[{place}]", base[place], entry)
        for gone in sorted(set(range(len(base))) - set(places)):
            planner._delete_entry(f"{path}[{gone}]")
        return planner

    def _compare_texts(self, path: str, base: list[str], current: list[str]) -> None:
        kept = _places(base, current)
        # A text that moves takes the format of the line it moves to: only lines that look alike may swap texts.
        if not self._may_move(path, base, current, kept):
            order = f"The new order of {path_in_words(path)}"
            self._unwritable.append(f"{order} would put texts into lines of another format.")
            current = _in_old_order(base, current)
            kept = _places(base, current)
            if not self._may_move(path, base, current, kept):
                return
        above: int | None = None
        for text, place in zip(current, kept, strict=True):
            if place is None:
                self._insert(path, above, text)
            else:
                above = place
                if base[place] != text:
                    self._replace(f"{path}[{place}]", base[place], " ".join(text.split("\n")))
        for gone in sorted(set(range(len(base))) - set(kept)):
            self._delete(f"{path}[{gone}]")

    def _may_move(self, path: str, base: list[str], current: list[str], kept: list[int | None]) -> bool:
        """Whether every text that stands in another one's place now may do so."""
        return all(
            self._sources.may_swap(f"{path}[{place}]", f"{path}[{base.index(text)}]")
            for text, place in zip(current, kept, strict=True)
            if place is not None and base[place] != text and text in base
        )

    def _replace(self, path: str, old: str, text: str) -> None:
        span = self._sources.spans.get(path)
        if span is None or span.line not in self._sources.lines:
            if text:
                self._unwritable.append(f"The document has no place for {path_in_words(path)}.")
            return
        if not text:
            self._delete(path)
            return
        self._write_lines(span, old, text)

    def _write_lines(self, span: SourceSpan, value: str, text: str) -> None:
        """Write over a value line by line, in the lines that it has: what stands between them stays."""
        parts = self._parts(span, value)
        old = [self._sources.lines[number].text[start:end] for number, start, end in parts]
        new = spread(text, old) if self._sources.fills_its_line(span) else [" ".join(text.split("\n"))]
        places = _places(old, new) if len(new) < len(old) or "\n" in text else _in_turn(old, new)
        above = span.line
        for place, line in zip(places, new, strict=True):
            if place is None:
                self._plans[above].below.append(line)
                continue
            above, start, end = parts[place]
            if line != " ".join(old[place].split()):
                self._plans[above].rewritten.append((start, end, line))
        for gone in sorted(set(range(len(old))) - set(places)):
            number, start, end = parts[gone]
            self._plans[number].removed.append((start, end))

    def _parts(self, span: SourceSpan, value: str) -> list[tuple[int, int, int]]:
        """The stretches of lines that hold a value; a heading among its lines is none of them."""
        whole = " ".join(value.split())
        parts = []
        for number in range(span.line, span.last_line + 1):
            line = self._sources.lines.get(number)
            if line is None:
                continue
            start = span.start if number == span.line else 0
            end = span.end if number == span.last_line else len(line.text)
            if " ".join(line.text[start:end].split()) in whole:
                parts.append((number, start, end))
        return parts or [(span.line, span.start, self._end(span))]

    def _insert(self, path: str, above: int | None, text: str) -> None:
        """Insert an item below (or, in a list within one line, behind) the item `above`."""
        span = None if above is None else self._sources.spans.get(f"{path}[{above}]")
        if span is None or span.last_line not in self._sources.lines:
            self._unwritable.append(f"A new item of {path_in_words(path)} could not be added to the document.")
        elif self._sources.fills_its_line(span):
            self._plans[span.last_line].below.append(text)
        else:
            end = self._end(span)
            self._plans[span.line].rewritten.append((end, end, self._separator(path, span) + text))

    def _delete(self, path: str) -> None:
        span = self._sources.spans.get(path)
        if span is None or span.line not in self._sources.lines:
            self._unwritable.append(f"The document still says {path_in_words(path)}, which could not be taken out.")
        elif self._sources.fills_its_line(span):
            self._delete_lines(range(span.line, span.last_line + 1))
        else:
            self._plans[span.line].removed.append((span.start, self._end(span)))

    def _delete_entry(self, path: str) -> None:
        for known in self._sources.spans:
            if known.startswith((f"{path}.", f"{path}[")):
                self._delete(known)

    def _delete_lines(self, numbers: range) -> None:
        for number in numbers:
            if number in self._sources.lines:
                self._plans[number].deleted = True

    def _end(self, span: SourceSpan) -> int:
        return span.end if span.line == span.last_line else len(self._sources.lines[span.line].text)

    def _separator(self, path: str, span: SourceSpan) -> str:
        """What stands between the items of the list in this line."""
        items = [s for p, s in self._sources.spans.items() if p.startswith(f"{path}[") and s.line == span.line]
        text = self._sources.lines[span.line].text
        # The list may have another order than the line: neighbours are those that stand beside each other.
        beside = pairwise(sorted(items, key=lambda item: item.start))
        gaps = Counter(text[left.end : right.start] for left, right in beside if left.end < right.start)
        bare = [(gap, count) for gap, count in gaps.items() if not re.search(r"\w", gap)]
        return max(bare, key=lambda found: found[1])[0] if bare else DEFAULT_SEPARATOR

    def finish(self) -> DocumentEdits:
        """All edits, numbered in the order of the lines."""
        edits: list[Edit] = []
        for number, plan in sorted(self._plans.items()):
            line = self._sources.lines[number]
            text = _rewritten(line.text, plan)
            if plan.deleted or not re.search(r"\w", text):
                edits.append(Edit(len(edits), "delete", line.anchor, old=line.text))
            elif text != line.text:
                edits.append(Edit(len(edits), "replace", line.anchor, old=line.text, new=text))
            for new in plan.below:
                edits.append(Edit(len(edits), "insert_after", line.anchor, old=line.text, new=new))
        return DocumentEdits(edits, list(dict.fromkeys(self._unwritable)))


def _rewritten(text: str, plan: _LinePlan) -> str:
    pieces = [(start, end, new) for start, end, new in plan.rewritten]
    pieces += [(*_with_separator(text, start, end), "") for start, end in _joined(text, plan.removed)]
    ranked = sorted(enumerate(pieces), key=lambda item: (item[1][:2], item[0]), reverse=True)  # from the line's end on
    limit = len(text) + 1
    for _, (start, end, new) in ranked:
        if end <= limit:  # of two values at the same place (a title that is also the current role) one is enough
            text = text[:start] + new + text[end:]
            limit = start
    return text


def _joined(text: str, removed: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Removed items that stand side by side as one stretch: together they leave one separator too many, not several."""
    stretches: list[tuple[int, int]] = []
    for start, end in sorted(removed):
        if stretches and not re.search(r"\w", text[stretches[-1][1] : start]):
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def _with_separator(text: str, start: int, end: int) -> tuple[int, int]:
    """A removed item takes the separator behind it along, the last one the separator before it."""
    if behind := re.match(r"\s*[,;|/·•]\s*", text[end:]):
        return start, end + behind.end()
    if before := re.search(r"\s*[,;|/·•]\s*$", text[:start]):
        return before.start(), end
    return start, end


def _places(base: Sequence[str], current: Sequence[str]) -> list[int | None]:
    """For each current item the place of the base list that it is written into; None for one that is inserted."""
    kept = _align(base, current)
    moved = {base[index] for index in range(len(base)) if index not in kept} & set(current)
    if moved:  # the order changed: give each place the text that is next
        return [index if index < len(base) else None for index in range(len(current))]
    if kept and kept[0] is None and base:
        # Nothing stands above the new first item: it takes the first place, and what stood there goes below it.
        below = next((position for position, place in enumerate(kept) if place == 0), None)
        kept[0] = 0
        if below is not None:
            kept[below] = None
    return kept


def _in_old_order(base: list[str], current: list[str]) -> list[str]:
    """The current items, those that were there before in the order that they had."""
    known = iter(sorted((text for text in current if text in base), key=base.index))
    return [next(known) if text in base else text for text in current]


def _in_turn(base: Sequence[str], current: Sequence[str]) -> list[int | None]:
    """Each item in the place of the next one, those that are too many behind the last."""
    return [place if place < len(base) else None for place in range(len(current))]


def _align(base: Sequence[str], current: Sequence[str]) -> list[int | None]:
    """For each current item the base item that it stands for, in rising order; None for a new one."""
    kept = {place: index for index, place in rising(pair(base, current)).items()}
    ends = [*sorted(kept.items()), (len(current), len(base))]
    position, index = 0, 0
    for next_position, next_index in ends:
        if next_position - position == next_index - index:  # as many as before: each in the place of one
            kept |= zip(range(position, next_position), range(index, next_index), strict=True)
        position, index = next_position + 1, next_index + 1
    return [kept.get(position) for position in range(len(current))]


def _entry_places(base: Sequence[BaseModel], current: Sequence[BaseModel]) -> list[int | None]:
    """For each current entry its own place in the base list, for a new one that of one that is gone, or None."""
    kept = {place: index for index, place in pair(base, current).items()}
    gone = iter(sorted(set(range(len(base))) - set(kept.values())))
    return [kept[position] if position in kept else next(gone, None) for position in range(len(current))]
