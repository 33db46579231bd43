"""What a set of source lines can vouch for: the words, short forms and compounds that are traceable to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from services.fact_rules.lexicon import Lexicon
from services.fact_rules.lines import Line
from services.fact_rules.stemming import fold
from services.fact_rules.text import Kind, Token

_PREFIX = 5
_ENDING = 3
_CLIPPED = 4
_PART = 4
_ACRONYM = range(3, 8)
_PAIR = 2
"""Letters of a short form that is known by its plural, or of two names: "DCs", the "SR" of "State Route"."""
_LONG_ACRONYM = 5
_EXPLAINED = range(2, 8)
_LONG_WORD = 12
"""Letters from which on a word is written shorter than by its first letter and those of its neighbours."""


@dataclass(frozen=True)
class Pool:
    """The vocabulary of some lines, ready to be asked whether it covers a word."""

    lexicon: Lexicon
    keys: frozenset[str]
    folded: frozenset[str]
    stems: frozenset[str]
    broader: frozenset[str]
    by_prefix: dict[str, tuple[str, ...]]
    runs: tuple[tuple[str, ...], ...]
    acronyms: frozenset[str]
    initials: frozenset[str]

    def covers(self, token: Token) -> bool:
        """Whether the word, a synonym, another form, its parts, its short form or a kind of it stand in the lines."""
        return bool(token.keys & self.keys) or (
            self._covers_form(token) or self._covers_acronym(token) or self._has_kind_of(token)
        )

    def names(self, token: Token) -> bool:
        """Whether the word itself stands there in some form; a synonym is not enough."""
        own = frozenset(key for key in token.keys if not key.startswith("~"))
        return bool(own & self.keys) or self._covers_form(token) or self._covers_acronym(token)

    def has_form(self, token: Token) -> bool:
        """Whether the word stands there in some form: what is meant by the other words does not count."""
        return self.lexicon.stem(token.folded) in self.stems or self._covers_form(token)

    def covers_exactly(self, token: Token) -> bool:
        """Whether the very word stands there, singular or plural: for words whose relatives mean something else."""
        word = token.folded
        return word in self.folded or f"{word}s" in self.folded or (word.endswith("s") and word[:-1] in self.folded)

    def _has_kind_of(self, token: Token) -> bool:
        # a car is a vehicle, but no van: what else the broader word may stand for is not meant
        return self.lexicon.stem(token.folded) in self.broader

    def _covers_form(self, token: Token) -> bool:
        stem = self.lexicon.stem(token.folded)
        related = self.by_prefix.get(stem[:_PREFIX], ())
        is_name = token.looks_like_a_name or stem in self.lexicon.kinds
        if not is_name and any(_extends(stem, other) or _extends(other, stem) for other in related):
            return True
        is_clipped = self.lexicon.modifiers_first and any(_is_clipped(stem, other) for other in related)
        return is_clipped or self._covers_compound(stem) or self._is_end_of_compound(token.folded)

    def _covers_compound(self, stem: str) -> bool:
        """`Rechnungsprüfung` from `Prüfung` and `Rechnungen`, and in German either of them from the compound."""
        if len(stem) >= _PART and self._is_end_of_compound(stem):
            return True
        cuts = range(_PART, len(stem) - _PART + 1)
        return any(self._has_part(stem[:cut]) and self._has_part(stem[cut:]) for cut in cuts)

    def _has_part(self, part: str) -> bool:
        endings = ("", "s", "en", "n") if self.lexicon.compounding else ("",)
        forms = {part.removesuffix(ending) for ending in endings}
        if self.lexicon.compounding and self.lexicon.is_generic(part):
            # the Tätigkeit of Kassiertätigkeit
            return True
        return any(self.lexicon.keys(form) & self.keys or self._is_end_of_compound(form) for form in forms)

    def _is_end_of_compound(self, part: str) -> bool:
        if not self.lexicon.compounding or len(part) < _PART:
            return False
        return any(word.startswith(part) or word.endswith(part) for word in self.folded | self.stems)

    def _covers_acronym(self, token: Token) -> bool:
        short = _short_form(token.raw)
        if short.isupper() and len(short) == _PAIR:
            return short in self.initials or (short != token.raw and self._spells(short))
        return short.isupper() and len(short) in _ACRONYM and self._spells(short)

    def _spells(self, short: str) -> bool:
        return any(short.lower() in "".join(word[:1] for word in run) for run in self.runs)


@lru_cache(maxsize=512)
def pool_of(lines: tuple[Line, ...], lexicon: Lexicon) -> Pool:
    """The vocabulary of the lines, with the long or short forms of what they abbreviate."""
    words = [token for line in lines for token in line.tokens if token.is_word]
    folded = frozenset(token.folded for token in words)
    stems = frozenset(lexicon.stem(word) for word in folded)
    keys = set[str]().union(*(token.keys for token in words))
    near = {alias for stem in stems & lexicon.aliases.keys() for alias in lexicon.aliases[stem]}
    for alias in near:
        if alias.short in stems:
            keys.update(*(lexicon.keys(word) for word in alias.long))
        elif stems.issuperset(alias.long):
            keys |= lexicon.keys(alias.short)
    for stem in stems & lexicon.kinds.keys():
        keys.update(*(lexicon.keys(word) for word in lexicon.kinds[stem]))
    shorts = {_short_form(token.raw) for token in words}
    if lexicon.compounding:
        keys.update(*(lexicon.keys(part) for word in folded for part in _parts(word, lexicon)))
    by_prefix: dict[str, list[str]] = {}
    for stem in stems:
        if len(stem) >= _PREFIX:
            by_prefix.setdefault(stem[:_PREFIX], []).append(stem)
    if lexicon.modifiers_first:
        keys |= {lexicon.stem(word) for line in lines for word in _written_as_one(line)}
    return Pool(
        lexicon=lexicon,
        keys=frozenset(keys),
        folded=folded,
        stems=stems,
        broader=frozenset(lexicon.stem(kind) for word in folded for kind in lexicon.broader_than(word)),
        by_prefix={prefix: tuple(found) for prefix, found in by_prefix.items()},
        runs=tuple(tuple(token.folded for _, token in run) for line in lines for run in _runs(line.tokens, lexicon)),
        initials=frozenset(
            f"{one.raw[0]}{other.raw[0]}"
            for line in lines
            for one, other in pairwise(line.tokens[1:])
            if one.raw.istitle() and other.raw.istitle()
        ),
        acronyms=frozenset(s.lower() for s in shorts if s.isupper() and len(s) in _ACRONYM),
    )


def _short_form(raw: str) -> str:
    """A short form without its plural; the sign in "I&O" is the A of "intake and output"."""
    return raw.removesuffix("s").replace("&", "A")


def _written_as_one(line: Line) -> Iterator[str]:
    """The nouns that its verbs with a small word make: who "laid out" pages made their *layout*."""
    irregular = line.lexicon.stemmer.irregular
    for verb, small in pairwise(fold(line.text).replace("-", " ").split()):
        if small in line.lexicon.stop and verb not in line.lexicon.stop:
            yield f"{irregular.get(verb, verb)}{small}"


def spelled_out(tokens: Sequence[Token], pool: Pool) -> frozenset[int]:
    """Positions of words that spell a short form or a compound of the pool: "intensive care unit", "log books"."""
    covered: set[int] = set()
    for (one, first), (other, second) in pairwise((i, t) for i, t in enumerate(tokens) if t.is_word):
        if f"{first.folded}{second.folded}" in pool.folded:
            covered |= {one, other}
    for run in _runs(tokens, pool.lexicon):
        words = tuple(token.folded for _, token in run)
        for acronym in pool.acronyms:
            found = _spelling(acronym, words)
            if found is not None:
                covered.update(index for index, _ in run[found.start : found.stop])
    for short, opening in zip(tokens[1:], tokens, strict=False):
        if opening.raw == "(" and short.raw.isupper() and short.folded in pool.folded:
            # two letters are too few to go by, but in brackets behind the words: "Provident Fund (PF)"
            run = [(index, token) for index, token in enumerate(tokens) if token.is_word and token.end <= opening.start]
            found = _spelling(short.folded, tuple(token.folded for _, token in run))
            if found is not None and found.stop == len(run):
                covered.update(index for index, _ in run[found.start : found.stop])
    return frozenset(covered)


def explained_acronyms(line: Line) -> frozenset[int]:
    """Positions of short forms in brackets that the words before them spell out: "intensive care unit (ICU)"."""
    found: set[int] = set()
    tokens = line.tokens
    for index, token in enumerate(tokens[1:], start=1):
        if tokens[index - 1].raw != "(" or not token.looks_like_a_name or len(token.folded) not in _EXPLAINED:
            continue
        short = token.folded.removesuffix("s") if token.raw.endswith("s") else token.folded
        if token.raw.isupper() and _is_drawn_together(short, tokens[: index - 1]):
            found.add(index)
        for run in _runs(tokens[: index - 1], line.lexicon):
            spelling = _spelling(short, tuple(word.folded for _, word in run))
            # who calls himself a "professional engineer (PE)" says more than the filler word does
            if spelling is None or spelling.stop != len(run):
                continue
            if len(short) in _ACRONYM or all(run[i][1].kind is not Kind.GENERIC for i in spelling):
                found.add(index)
    return frozenset(found)


def _is_drawn_together(short: str, before: Sequence[Token]) -> bool:
    """Whether a long word gives the letters, maybe with the next: "Krankengymnastik (KG)", "interlibrary loans (ILL)".

    A name may also end in them: "ArcGIS (GIS)".
    """
    words = [token for token in before if token.is_word and token.kind is not Kind.STOP][-2:]
    if not words or words[-1].end != before[-1].end:
        return False
    if words[-1].looks_like_a_name and words[-1].folded.endswith(short) and words[-1].raw.endswith(short.upper()):
        return True
    for start in range(len(words)):
        letters = iter("".join(word.folded for word in words[start:]))
        long = len(words[start].folded) >= _LONG_WORD
        if long and words[start].folded[0] == short[0] and all(letter in letters for letter in short):
            return True
    return False


def _parts(word: str, lexicon: Lexicon) -> Iterator[str]:
    """The last part of a compound, and what is before it, where the lexicon knows them: `Störungsbeseitigung`."""
    tails = (cut for cut in range(_PART, len(word) - _PART + 1) if lexicon.stem(word[cut:]) in lexicon.groups)
    cut = next(tails, None)
    if cut is not None:
        yield word[cut:]
        yield word[:cut].removesuffix("s")


def _runs(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[list[tuple[int, Token]], ...]:
    """All words of a line with their positions, all but the articles, and those that mean something."""
    words = [(index, token) for index, token in enumerate(tokens) if token.is_word]
    bare = [(index, token) for index, token in words if token.folded not in lexicon.articles]
    return words, bare, [(index, token) for index, token in words if token.kind is not Kind.STOP]


def _spelling(acronym: str, words: Sequence[str]) -> range | None:
    """Which neighbouring words spell a short form: each gives its first letter, in long ones some a later one too."""
    longest = 2 if len(acronym) >= _LONG_ACRONYM else 1
    for start in reversed(range(len(words))):
        end = _spelled_until(acronym, words, start, longest)
        if end is not None and end - start > 1:
            return range(start, end)
    return None


def _spelled_until(acronym: str, words: Sequence[str], start: int, longest: int) -> int | None:
    if not acronym:
        return start
    if start == len(words) or not words[start].startswith(acronym[0]):
        return None
    for taken in range(1, longest + 1):
        if len(acronym) >= taken and acronym[1:taken] in words[start][1:]:
            end = _spelled_until(acronym[taken:], words, start + 1, longest)
            if end is not None:
                return end
    return None


def _is_clipped(stem: str, known: str) -> bool:
    """Whether a word is the beginning of a long one: the "perio" of "periodontal"."""
    return len(stem) >= _PREFIX and known.startswith(stem) and len(known) - len(stem) >= _CLIPPED


def _extends(longer: str, shorter: str) -> bool:
    return longer.startswith(shorter) and len(shorter) >= _PREFIX and len(longer) - len(shorter) <= _ENDING
