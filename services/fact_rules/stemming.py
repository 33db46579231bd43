"""Words without what inflection does to them: case, accents, endings, irregular forms, spellings of two countries."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SHORTEST_STEM = 3
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")


@lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """Lower case without accents, so that `Évalué`, `evalue` and `EVALUE` are one word, and `a.m` and `am`."""
    plain = word.replace(".", "") if _DOTTED.fullmatch(word) else word
    decomposed = unicodedata.normalize("NFD", plain.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@dataclass(frozen=True)
class Stemmer:
    """How a language's words lose their endings: irregular forms by their base, spellings of two countries as one."""

    irregular: dict[str, str]
    suffixes: tuple[str, ...]
    final_spellings: tuple[tuple[str, str], ...]
    variants: tuple[tuple[re.Pattern[str], str], ...]
    inflections: tuple[str, ...]
    irregular_endings: tuple[str, ...]

    def inflected(self, folded: str) -> str:
        """The word without the endings of its own forms: `closed` and `closes` are one, `closely` is another word."""
        word = self.irregular.get(folded) or self.irregular.get(folded.removesuffix("s"), folded)
        ending = next((e for e in self.inflections if word.endswith(e) and len(word) - len(e) >= _SHORTEST_STEM), "")
        return word.removesuffix(ending)

    def stem(self, folded: str) -> str:
        """The word without its endings."""
        word = self._base(folded)
        for pattern, plain in self.variants:
            word = pattern.sub(plain, word)
        stem = self._strip(self.irregular.get(word, word))
        for written, plain in self.final_spellings:
            if stem.endswith(written) and len(stem) > _SHORTEST_STEM:
                return stem.removesuffix(written) + plain
        return stem

    def _base(self, folded: str) -> str:
        """The base of an irregular form, which may have endings of its own (`suivies` of `suivi`)."""
        forms = (folded, *(folded.removesuffix(end) for end in self.irregular_endings if folded.endswith(end)))
        return next((self.irregular[form] for form in forms if form in self.irregular), folded)

    def _strip(self, word: str) -> str:
        for round_ in range(3):
            for suffix in self.suffixes:
                if (round_ and len(suffix) == 1 and suffix != "e") or (suffix == "s" and word.endswith("ss")):
                    continue
                if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
                    word = word[: -len(suffix)]
                    break
            else:
                break
        if len(word) > _SHORTEST_STEM and word[-1] == word[-2]:
            word = word[:-1]
        return word
