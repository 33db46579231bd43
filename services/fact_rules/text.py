"""A line of text as words, quantities and breaks: what every rule reads instead of the raw string.

Knows the words' shapes and the lexicon's classes; knows nothing of resumes.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from services.fact_rules.lexicon import Claim, Lexicon
from services.fact_rules.stemming import fold

_LONGEST_GAP = 6
_ROLE_WITHIN = 2
_SCRIPTS_WITHOUT_SPACES = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:[.,'’ ]\d{3})+(?!\d)|\d{1,2}(?:,\d\d)+,\d{3}(?!\d)|\d+(?:[.,]\d+)?)"
    rf"|(?P<unspaced>[{_SCRIPTS_WITHOUT_SPACES}]+)"
    rf"|(?P<word>FY(?=\d{{2,4}}\b)|[^\W\d_{_SCRIPTS_WITHOUT_SPACES}](?:[^\W_{_SCRIPTS_WITHOUT_SPACES}]|[.&](?=[^\W_]))*[+#]*)"
    r"|(?P<symbol>[%$€£₹+≥>~])"
    r"|(?P<stop>(?<!\bMio)(?<!\bMrd)(?<!\bTsd)(?<!\bRs)(?<!\bNo)(?<!\bNr)[.!?…](?=\s|$)|\n)"
    r"|(?P<break>[,;:()\[\]–—|/]|(?<=\s)-(?=\s))"
)
_SHORT_FORMS = re.compile(r"[A-Z]{2,}s")
"""Short forms in the plural: "IVs"."""


class Kind(Enum):
    """What a token is good for."""

    CONTENT = auto()
    GENERIC = auto()
    STOP = auto()
    NUMBER = auto()
    SYMBOL = auto()
    BREAK = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One word, number or mark, and where it stands; `keys` is what a word may be recognised by.

    A token is itself only: the same word elsewhere is another one.
    """

    raw: str
    folded: str
    kind: Kind
    keys: frozenset[str]
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.kind is Kind.CONTENT or self.kind is Kind.STOP or self.kind is Kind.GENERIC

    @property
    def looks_like_a_name(self) -> bool:
        """Capital letters after the first, digits or signs inside: AWS, PostgreSQL, C++."""
        return any(not char.islower() for char in self.raw[1:])


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """The text in compatibility form, digits of every script as 0-9, invisible characters gone, spaces single."""
    visible = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    folded = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in visible)
    return " ".join("".join(folded).split())


def tokenize(text: str, lexicon: Lexicon) -> tuple[Token, ...]:
    """The tokens of a cleaned text, phrases counted as the one word they stand for."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        raw, start = match.group(), match.start()
        if match.lastgroup == "word":
            tokens.append(_word(raw.rstrip(".&"), start, lexicon))
        elif match.lastgroup == "unspaced":
            pieces = [raw[i : i + 2] for i in range(max(1, len(raw) - 1))]
            tokens.extend(_word(piece, start + i, lexicon) for i, piece in enumerate(pieces))
        else:
            kind = {"number": Kind.NUMBER, "symbol": Kind.SYMBOL}.get(match.lastgroup or "", Kind.BREAK)
            tokens.append(Token(raw, raw, kind, frozenset(), start, match.end()))
    return tuple(_with_phrases(tokens, lexicon))


def _word(raw: str, start: int, lexicon: Lexicon) -> Token:
    folded = fold(raw)
    if folded in lexicon.stop or (len(folded) == 1 and not raw.isupper()):
        # "IT" and "US" are not the function words "it" and "us", nor is the maize of "maïs" a "mais"
        is_other = (len(raw) in (2, 3) and raw.isupper()) or "ï" in raw.casefold()
        kind = Kind.CONTENT if is_other else Kind.STOP
    elif lexicon.is_generic(folded):
        kind = Kind.GENERIC
    else:
        kind = Kind.CONTENT
    keys = lexicon.keys(folded)
    if _SHORT_FORMS.fullmatch(raw):
        keys |= lexicon.keys(folded[:-1])
    return Token(raw, folded, kind, keys, start, start + len(raw))


def _follow(words: tuple[str, ...], stems: list[str]) -> bool:
    """Whether the later words of a phrase with a gap come soon ("show new hires how"); breaks have no stem."""
    gap = next((i for i, stem in enumerate(stems[:_LONGEST_GAP]) if not words or stem in (words[0], "")), None)
    return not words or (gap is not None and tuple(stems[gap : gap + len(words)]) == words)


def _is_named(position: int, tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether a word is a name where it stands: nobody looks at anything in "used Looker at …"."""
    token = tokens[position]
    return position > 0 and token.raw[0].isupper() and token.folded.endswith(lexicon.agent_endings)


def _follows_an_article(position: int, tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether a word is a person where it stands: "the tech lead to …", not "changes that lead to …"."""
    is_bare = tokens[position].folded in lexicon.person_like
    before = tokens[max(0, position - _ROLE_WITHIN) : position]
    return is_bare and any(token.folded in lexicon.articles for token in before)


def _with_phrases(tokens: list[Token], lexicon: Lexicon) -> Iterable[Token]:
    stems = ["" if token.kind is Kind.BREAK else lexicon.stem(token.folded) for token in tokens]
    position = 0
    while position < len(tokens):
        phrase = next(
            (
                phrase
                for phrase in lexicon.phrases.get(stems[position], ())
                if tuple(stems[position : position + len(phrase.words)]) == phrase.words
                and not _is_named(position, tokens, lexicon)
                and not (phrase.words[0] in lexicon.person_like and _follows_an_article(position, tokens, lexicon))
                and _follow(phrase.later, stems[position + len(phrase.words) :])
            ),
            None,
        )
        if phrase is None:
            yield tokens[position]
            position += 1
            continue
        last = tokens[position + len(phrase.words) - 1]
        meant = _word(phrase.meaning, tokens[position].start, lexicon)
        keys = meant.keys
        if Claim.PERIOD in lexicon.claim_of(meant.folded):
            # "each morning" is daily, and still in the morning
            keys = keys.union(*(token.keys for token in tokens[position : position + len(phrase.words)]))
        yield Token(tokens[position].raw, meant.folded, meant.kind, keys, tokens[position].start, last.end)
        position += len(phrase.words)
