"""Finding the line that an edit means: by anchor and hash, or by the line's text. Refuses rather than guesses."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from services.document_text import Anchor, text_hash
from services.docx.atoms import Atom, text_of
from services.docx.document import OpenDocument, TextPart
from services.docx.lines import Line, Paragraph, as_line, cut_lines

_MIN_SIMILARITY = 0.86
_MIN_MARGIN = 0.03
_FOLDED = str.maketrans(
    {**dict.fromkeys("‘’‚‛′´`", "'"), **dict.fromkeys("“”„‟″«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-"), "\u00ad": None}
)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")

NOT_FOUND = "The line was not found in the document."
AMBIGUOUS = "The line stands in the document more than once, so it was left alone."
CHANGED = "The line is no longer what it was when the document was read."


@dataclass(frozen=True, slots=True)
class Target:
    """A line to edit: a paragraph or one segment of it; with or without what is hidden in it."""

    part: TextPart
    paragraph: Paragraph
    segment: int | None
    with_hidden: bool = False

    def cut(self, atoms: list[Atom]) -> Line | None:
        """The targeted line in the marked atoms of the paragraph or a copy of it; None when that is cut otherwise."""
        if not self.with_hidden:
            atoms = [atom for atom in atoms if not atom.hidden]
        if self.segment is None:
            return as_line(atoms, None)
        lines = cut_lines(atoms)
        return lines[self.segment] if self.segment < len(lines) else None

    def widened(self) -> "Target":
        """The whole paragraph where this is its only line with text: what is inserted beside it is a paragraph."""
        lines = self.part.reader.lines(self.paragraph.element)
        alone = self.segment is not None and sum(1 for line in lines if line.body) == 1
        return replace(self, segment=None) if alone else self


@dataclass(frozen=True, slots=True)
class NotLocated:
    """Why no line was found."""

    reason: str


def locate_anchor(document: OpenDocument, anchor: Anchor) -> Target | NotLocated:
    """The line at an anchor, if it still says what was read there."""
    if anchor.part not in document.part_names:
        return NotLocated(NOT_FOUND)
    part = document.part(anchor.part)
    if 0 <= anchor.paragraph < len(part.paragraphs):
        target = Target(part, part.paragraphs[anchor.paragraph], anchor.segment)
        line = target.cut(part.reader.marked_atoms(target.paragraph.element))
        if line is not None and line.body and text_hash(line.text) == anchor.text_hash:
            return target.widened()
    return NotLocated(CHANGED)


def fold(text: str) -> str:
    """What texts are compared by: quotes, dashes, case, width and white space do not matter."""
    return " ".join(
        _PRIVATE_USE.sub("\ue000", unicodedata.normalize("NFKC", text).translate(_FOLDED)).casefold().split()
    )


def locate_texts(document: OpenDocument, texts: Sequence[str]) -> list[Target | NotLocated]:
    """The lines with these texts. Of equal lines the one is taken that stands between its neighbours in the list."""
    candidates = [candidate for name in document.part_names for candidate in _spellings(document, name)]
    exact, folded = _group(candidates, _collapse), _group(candidates, fold)
    hits = [exact.get(_collapse(text)) or folded.get(fold(text)) or [] for text in texts]
    certain = [found[0].place if len(found) == 1 else None for found in hits]
    located: list[Target | NotLocated] = []
    for position, (text, found) in enumerate(zip(texts, hits, strict=True)):
        if not text.strip():
            located.append(NotLocated(NOT_FOUND))
        elif found:
            located.append(_between_neighbours(found, certain[:position], certain[position + 1 :]))
        else:
            located.append(_most_similar(fold(text), folded))
    return located


Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line under one of the texts that it may be called by; `place` sorts by part, paragraph and segment."""

    target: Target
    text: str
    place: Place


def _spellings(document: OpenDocument, name: str) -> Iterator[_Candidate]:
    """Every line of a part with and without its bullet mark, and paragraphs with breaks or hidden text as a whole."""
    part = document.part(name)
    in_main = 0 if part is document.main else 1 + document.part_names.index(name)
    for paragraph in part.paragraphs:
        marked = part.reader.marked_atoms(paragraph.element)
        visible = [atom for atom in marked if not atom.hidden]
        lines = cut_lines(visible)
        alone = sum(1 for line in lines if line.body) == 1
        for line in lines:
            place = (in_main, paragraph.index, line.segment or 0)
            target = Target(part, paragraph, None if alone else line.segment)
            if line.body:
                yield _Candidate(target, line.text, place)
            if line.marker:
                yield _Candidate(target, text_of(line.atoms), place)
        with_hidden = len(visible) < len(marked)
        if len(lines) > 1 or with_hidden:
            target = Target(part, paragraph, None, with_hidden=with_hidden)
            yield _Candidate(target, as_line(marked, None).text, (in_main, paragraph.index, -1))


def _collapse(text: str) -> str:
    return " ".join(_PRIVATE_USE.sub("\ue000", text).split())


def _group(candidates: list[_Candidate], key: Callable[[str], str]) -> dict[str, list[_Candidate]]:
    """Candidates by text; a text that stands in the document itself is not looked for in headers and footers."""
    groups: dict[str, list[_Candidate]] = {}
    for candidate in sorted(candidates, key=lambda candidate: candidate.place[0]):
        group = groups.setdefault(key(candidate.text), [])
        known = any(_overlap(other, candidate) for other in group)
        in_main_already = bool(group) and group[0].place[0] == 0 < candidate.place[0]
        if not known and not in_main_already:
            group.append(candidate)
    return groups


def _overlap(first: _Candidate, second: _Candidate) -> bool:
    """Two spellings of one line, or of a paragraph and its only line that is not empty."""
    if first.place[:2] != second.place[:2]:
        return False
    return first.place == second.place or -1 in (first.place[2], second.place[2])


def _between_neighbours(
    found: list[_Candidate], before: Sequence[Place | None], after: Sequence[Place | None]
) -> Target | NotLocated:
    if len(found) > 1:
        earlier = next((place for place in reversed(before) if place is not None), (0, -1, -1))
        later = next((place for place in after if place is not None), None)
        found = [one for one in found if earlier < one.place and (later is None or one.place < later)]
    return found[0].target if len(found) == 1 else NotLocated(AMBIGUOUS)


def _most_similar(wanted: str, folded: dict[str, list[_Candidate]]) -> Target | NotLocated:
    """The line that is nearly this text, when it is the only one that comes near."""
    matcher = difflib.SequenceMatcher(None, b=wanted, autojunk=False)
    least = _MIN_SIMILARITY - _MIN_MARGIN
    similar: list[tuple[float, str]] = []
    for text in folded:
        matcher.set_seq1(text)
        if matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least:
            similar.append((matcher.ratio(), text))
    ratio, best = max(similar, default=(0.0, ""))
    if ratio < _MIN_SIMILARITY:
        return NotLocated(NOT_FOUND)
    found = folded[best][0]
    rivals = [one for one, text in similar if any(not _overlap(found, other) for other in folded[text])]
    if ratio - max(rivals, default=0.0) < _MIN_MARGIN:
        return NotLocated(AMBIGUOUS)
    return found.target
