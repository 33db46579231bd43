"""Why a change is proposed, as sentences to the person: one file of templates for each language in `wording/reasons/`.

Knows no rule: `tailoring` says which sentence holds and what fills it.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from services.offline_model.letter_wording import LANGUAGES, load_wording
from services.offline_model.profiles import without_capital

_FOLDER: Final = Path(__file__).parent / "wording" / "reasons"


@dataclass(frozen=True, slots=True)
class Reasons:
    """All templates of one language, and how it puts terms into them."""

    language: str
    summary: str
    word: str
    opening: str
    spelling: str
    list_order: str
    skill_order: str
    skills_order: str
    bullet_order: str
    bullets_order: str
    confirmed: str
    shown: str
    named_at: str
    named: str
    it: str

    def listed(self, terms: list[str]) -> str:
        """Several terms as a list in words."""
        return load_wording(self.language).listed(terms)

    def inside(self, term: str) -> str:
        """A term as it stands inside a sentence: "Wound care" as "wound care"; names and German nouns as they are."""
        return term if self.language == "de" or " " not in term else without_capital(term)


@cache
def load_reasons(language: str) -> Reasons:
    """The templates of a language; English for one that has none."""
    code = language[:2].lower()
    code = code if code in LANGUAGES else "en"
    return Reasons(language=code, **tomllib.loads((_FOLDER / f"{code}.toml").read_text(encoding="utf-8")))
