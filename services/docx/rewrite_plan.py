"""What to change in a line so that it says something new and keeps its formats: a plan, not yet XML.

A word diff keeps every character that stays, with its format. What comes in takes the format of what it replaces,
of its neighbours, or of the line. A line that is rewritten as a whole keeps its label, links and aligner tabs.
"""

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from services.docx.atoms import Atom, LinkSpan, text_of
from services.docx.formats import Formats, base_atom, bold_lead_in, lead_in_of

_TOKEN = re.compile(
    r"\s+|[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+|[^\w\s]"
)
_SEPARATOR = re.compile(r"(?<=\s)([^\w\s])(?=\s)")
_REWRITTEN_BELOW = 0.45
"""Below this similarity a line counts as rewritten as a whole."""
_KEPT_SHARE = 0.6
"""A text that keeps this share of the old words is the old line, however much it adds or moves."""
_MAX_ISLAND_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Splice:
    """Characters `start` to `end` of the line give way to `text`, in the format of `source`, inside `link`."""

    start: int
    end: int
    text: str
    source: Atom
    link: LinkSpan | None


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark or a stretch of white space, and where it starts."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the token ends."""
        return self.start + len(self.text)

    @property
    def key(self) -> str:
        """What tokens are compared by: all white space is equal."""
        return " " if self.text.isspace() else self.text

    @property
    def aligns(self) -> bool:
        """True for tabs and soft breaks."""
        return "\t" in self.text or "\n" in self.text


Pair = tuple[int, int]


def tokenise(text: str) -> list[Token]:
    """Words, marks and white space of a text; scripts without spaces go character by character."""
    return [Token(match.group(), match.start()) for match in _TOKEN.finditer(text)]


def plan_rewrite(body: list[Atom], new: str, formats: Formats) -> list[Splice]:
    """The splices that turn the line into `new`, in order of position."""
    return _Planner(body, new, formats).splices()


def plan_fill(body: list[Atom], new: str, formats: Formats) -> list[Splice]:
    """The splices that put `new` in place of a copied line: its own format, a bold lead-in where the line had one."""
    lead = _new_lead_in(body, new)
    base = base_atom(body, formats)
    if not lead:
        return [Splice(0, len(body), new, base, None)]
    length = bold_lead_in(body)
    return [Splice(0, length, lead, body[0], None), Splice(length, len(body), new[len(lead) :], base, None)]


def _new_lead_in(body: list[Atom], new: str) -> str:
    """The label of the new text if the line has a bold one to dress it by."""
    return lead_in_of(new) if bold_lead_in(body) else ""


class _Planner:
    """Matches the tokens of the old and the new text and dresses what does not match."""

    def __init__(self, body: list[Atom], new: str, formats: Formats) -> None:
        self.body, self.new_text, self.formats = body, new, formats
        self.old, self.new = tokenise(text_of(body)), tokenise(new)
        self.base = base_atom(body, formats)
        self.rewritten = _is_rewritten(self.old, self.new)

    def splices(self) -> list[Splice]:
        """One splice, or several of different format, for every gap between matched tokens."""
        pairs = self._pairs(0, len(self.old), 0, len(self.new))
        kept_links = {
            id(atom.link) for i, _ in pairs for atom in self._atoms(i) if atom.link and not atom.char.isspace()
        }
        splices: list[Splice] = []
        i = j = 0
        for next_i, next_j in [*pairs, (len(self.old), len(self.new))]:
            if (i, j) != (next_i, next_j):
                splices.extend(self._dress(i, next_i, j, next_j, kept_links))
            i, j = next_i + 1, next_j + 1
        return splices

    def _atoms(self, token: int) -> list[Atom]:
        return self.body[self.old[token].start : self.old[token].end]

    # --- matching ---

    def _pairs(self, a: int, b: int, c: int, d: int) -> list[Pair]:
        """Pairs of tokens (old, new) that stay, within the given ranges: aligners first, then links, then words."""
        start, end = (0, 0) if self.rewritten else self._common_ends(a, b, c, d)
        ends = [(a + k, c + k) for k in range(start)] + [(b - k, d - k) for k in range(1, end + 1)]
        return sorted(ends + self._pairs_inside(a + start, b - end, c + start, d - end))

    def _common_ends(self, a: int, b: int, c: int, d: int) -> tuple[int, int]:
        """How many tokens at the start and at the end of the ranges are the same."""
        length = min(b - a, d - c)
        start = end = 0
        while start < length and self.old[a + start].key == self.new[c + start].key:
            start += 1
        while end < length - start and self.old[b - 1 - end].key == self.new[d - 1 - end].key:
            end += 1
        return start, end

    def _pairs_inside(self, a: int, b: int, c: int, d: int) -> list[Pair]:
        fixed = self._aligner_pairs(a, b, c, d)
        pairs: list[Pair] = []
        for a1, b1, c1, d1 in _between(fixed, a, b, c, d):
            islands = self._link_pairs(a1, b1, c1, d1)
            for a2, b2, c2, d2 in _between(islands, a1, b1, c1, d1):
                pairs.extend(self._word_pairs(a2, b2, c2, d2))
            pairs.extend(islands)
        pairs.extend(fixed)
        return sorted(pairs)

    def _aligner_pairs(self, a: int, b: int, c: int, d: int) -> list[Pair]:
        """Tabs and breaks of both texts pair up in order when there are equally many."""
        old = [i for i in range(a, b) if self.old[i].aligns]
        new = [j for j in range(c, d) if self.new[j].aligns]
        return list(zip(old, new, strict=True)) if len(old) == len(new) else []

    def _link_pairs(self, a: int, b: int, c: int, d: int) -> list[Pair]:
        """Links whose words are in the new text keep them, wherever a plain diff would have put them."""
        pairs: list[Pair] = []
        for first, last in self._islands(a, b, link=True):
            found = self._find(first, last, c, d)
            if found is not None:
                pairs.extend((first + k, found + k) for k in range(last - first))
                c = found + last - first
        return pairs

    def _word_pairs(self, a: int, b: int, c: int, d: int) -> list[Pair]:
        if self.rewritten:
            return self._label_pairs(a, b, c, d) if a == c == 0 else self._bold_pairs(a, b, c, d)
        keys = [t.key for t in self.old[a:b]], [t.key for t in self.new[c:d]]
        matcher = difflib.SequenceMatcher(None, keys[0], keys[1], autojunk=False)
        pairs = [(a + m.a + k, c + m.b + k) for m in matcher.get_matching_blocks() for k in range(m.size)]
        pairs = self._prefer_aligners(pairs, a, b)
        aligned = [pair for gap in _between(pairs, a, b, c, d) for pair in self._lost_aligners(*gap)]
        return sorted(pairs + aligned)

    def _prefer_aligners(self, pairs: list[Pair], a: int, b: int) -> list[Pair]:
        """Where words beside a tab go, the space that stays on their other side gives its place to the tab."""
        pairs = list(pairs)
        matched = {i for i, _ in pairs}
        for i in range(a, b):
            if not self.old[i].aligns or i in matched:
                continue
            later = next((k for k, (other, _) in enumerate(pairs) if other > i), len(pairs))
            for k in (later - 1, later):
                if 0 <= k < len(pairs) and self.old[pairs[k][0]].key == " " and not self.old[pairs[k][0]].aligns:
                    pairs[k] = (i, pairs[k][1])
                    break
        return pairs

    def _lost_aligners(self, a: int, b: int, c: int, d: int) -> list[Pair]:
        """Tabs inside a replaced stretch take the place of the new spaces that stand where they stood."""
        old = [i for i in range(a, b) if self.old[i].aligns]
        new = [j for j in range(c, d) if self.new[j].text.isspace() and not self.new[j].aligns]
        pairs: list[Pair] = []
        for position, i in enumerate(old):
            usable = new[: len(new) - (len(old) - position - 1)]
            if not usable:
                break
            share = (i - a + 0.5) / (b - a)
            j = min(usable, key=lambda j: abs((j - c + 0.5) / (d - c) - share))
            pairs.append((i, j))
            new = [later for later in new if later > j]
        return pairs

    def _label_pairs(self, a: int, b: int, c: int, d: int) -> list[Pair]:
        """A rewritten line that starts with its old label ("Languages:", "Role<tab>") keeps the label's characters."""
        length = label = 0
        while a + length < b and c + length < d and self.old[a + length].key == self.new[c + length].key:
            token = self.old[a + length]
            length += 1
            if token.text == ":" or token.aligns:
                label = length
        pairs = [(a + k, c + k) for k in range(label)]
        return pairs + self._bold_pairs(a + label, b, c + label, d)

    def _bold_pairs(self, a: int, b: int, c: int, d: int) -> list[Pair]:
        """Words with a format of their own that the rewritten line still holds keep it, if they are not most of it."""
        if a == 0 and bold_lead_in(self.body):
            return []
        pairs: list[Pair] = []
        for first, last in self._islands(a, b, link=False):
            if not any(char.isalnum() for token in self.old[first:last] for char in token.text):
                continue
            found = self._find(first, last, c, d)
            if found is not None:
                pairs.extend((first + k, found + k) for k in range(last - first))
                c = found + last - first
        kept = sum(len(self.old[i].text) for i, _ in pairs)
        return pairs if kept <= _MAX_ISLAND_SHARE * len(self.new_text) else []

    def _islands(self, a: int, b: int, *, link: bool) -> Iterator[tuple[int, int]]:
        """Token ranges of links, or of words in another format than the line's own."""
        base = self.formats.coarse(self.base)
        first = a
        while first < b:
            atoms = self._atoms(first)
            atom = atoms[0]
            stands_out = atom.link is not None if link else atom.link is None and self.formats.coarse(atom) != base
            last = first + 1
            if stands_out and not atom.char.isspace() and self._uniform(atoms, atom):
                while last < b and self._uniform(self._atoms(last), atom):
                    last += 1
                end = last
                while self.old[end - 1].text.isspace():
                    end -= 1
                yield first, end
            first = last

    def _uniform(self, atoms: list[Atom], like: Atom) -> bool:
        if like.link is not None:
            return all(atom.link is like.link for atom in atoms)
        return all(self.formats.alike(atom, like) for atom in atoms)

    def _find(self, first: int, last: int, c: int, d: int) -> int | None:
        """Where the tokens `first` to `last` of the old text stand in the new one."""
        wanted = [token.key for token in self.old[first:last]]
        for j in range(c, d - len(wanted) + 1):
            if [token.key for token in self.new[j : j + len(wanted)]] == wanted:
                return j
        return None

    # --- dressing ---

    def _dress(self, i: int, next_i: int, j: int, next_j: int, kept_links: set[int]) -> Iterator[Splice]:
        start = self.old[i].start if i < len(self.old) else len(self.body)
        end = self.old[next_i - 1].end if next_i > i else start
        text = "".join(token.text for token in self.new[j:next_j])
        if self.rewritten:
            yield from self._dress_rewritten(start, end, text)
            return
        source, link = self._dress_of_gap(start, end, kept_links)
        *pieces, last = self._with_separators(text, source)
        before = [Splice(start, start, *piece, link) for piece in pieces]
        # They are carried out from the last to the first: each goes right before the next character, or after the end.
        splices = [*before, Splice(start, end, *last, link)]
        yield from splices if start == len(self.body) else reversed(splices)

    def _dress_rewritten(self, start: int, end: int, text: str) -> Iterator[Splice]:
        """The line's own format; a new lead-in ("Result: …") is bold where the old one was."""
        link = self.base.link if all(atom.link is self.base.link for atom in self.body) else None
        length = bold_lead_in(self.body)
        lead = _new_lead_in(self.body, text) if start == 0 and end >= length else ""
        if lead:
            yield Splice(0, length, lead, self.body[0], self.body[0].link if link else None)
            start, text = length, text[len(lead) :]
        yield Splice(start, end, text, self.base, link)

    def _with_separators(self, text: str, source: Atom) -> list[tuple[str, Atom]]:
        """The text in pieces: a mark that sets the line's items apart looks as it does everywhere else in the line."""
        pieces = re.split(_SEPARATOR, text)
        dressed = [(piece, self._separator(piece) or source) for piece in pieces if piece]
        if all(self.formats.alike(atom, source) for _, atom in dressed):
            return [(text, source)]
        return dressed

    def _separator(self, mark: str) -> Atom | None:
        """A character of this mark between the items of the old line, if they all look alike there."""
        line = text_of(self.body)
        atoms = [self.body[found.start()] for found in re.finditer(_SEPARATOR, line) if found.group() == mark]
        return atoms[0] if atoms and all(self.formats.alike(atom, atoms[0]) for atom in atoms) else None

    def _solid(self, left: int, right: int) -> Atom:
        """The nearest character of the neighbours' look that is not white space: spaces often carry odd spacing."""
        for atom in (*reversed(self.body[: left + 1]), *self.body[right:]):
            if not atom.char.isspace() and self.formats.alike(atom, self.body[left]):
                return atom
        return self.body[left]

    def _dress_of_gap(self, start: int, end: int, kept_links: set[int]) -> tuple[Atom, LinkSpan | None]:
        replaced = [atom for atom in self.body[start:end] if not atom.char.isspace()]
        if replaced and all(self.formats.alike(atom, replaced[0]) for atom in replaced):
            link = replaced[0].link
            if link is None or id(link) in kept_links:
                return replaced[0], link
        if start > 0 and end < len(self.body) and self.formats.alike(self.body[start - 1], self.body[end]):
            return self._solid(start - 1, end), self.body[start - 1].link
        return self.base, self.base.link if all(atom.link is self.base.link for atom in self.body) else None


def _is_rewritten(old: list[Token], new: list[Token]) -> bool:
    """Whether the texts share so little that matching words would be chance; growing or reordering is no rewriting."""
    before, after = ([token.text for token in tokens if not token.text.isspace()] for tokens in (old, new))
    kept = (Counter(before) & Counter(after)).total() / max(1, len(before))
    return (
        kept < _KEPT_SHARE and difflib.SequenceMatcher(None, before, after, autojunk=False).ratio() < _REWRITTEN_BELOW
    )


def _between(pairs: list[Pair], a: int, b: int, c: int, d: int) -> Iterator[tuple[int, int, int, int]]:
    """The ranges before, between and after pairs of tokens that are fixed."""
    for i, j in pairs:
        yield a, i, c, j
        a, c = i + 1, j + 1
    yield a, b, c, d
