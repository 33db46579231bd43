"""Words made comparable: case, accents and punctuation dropped. Knows no language."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[^\w+#]+|_")
_SPACED_LETTERS = re.compile(r"\b(?:[^\W\d_] ){3,}[^\W\d_]\b")


def fold(text: str) -> str:
    """Lower case, no accents, single spaces, no punctuation: `Éducation :` and `EDUCATION` become one."""
    text = _SPACED_LETTERS.sub(lambda match: match.group().replace(" ", ""), text)
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    base = "".join(c for c in decomposed if not unicodedata.combining(c) or "\u3099" <= c <= "\u309a")
    return " ".join(_NOT_WORD.sub(" ", unicodedata.normalize("NFC", base)).split())


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return fold(text).split()
