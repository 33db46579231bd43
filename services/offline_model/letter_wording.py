"""The sentences of cover letters and e-mails, one file of templates for each language in `wording/`.

Knows no facts: what fills the templates is decided by `letters`. The sentences claim nothing by themselves.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from services.matching.skill_terms import fold

LANGUAGES: Final = ("en", "de", "fr", "es", "pt")
_FOLDER: Final = Path(__file__).parent / "wording"


@dataclass(frozen=True, slots=True)
class Wording:
    """All templates of one language."""

    greeting: str
    applying: str
    applying_unnamed: str
    current_role: str
    profile: str
    as_role: str
    as_title: str
    then: str
    also: str
    work_included: str
    work_there: str
    work_listed: str
    skills: str
    one_skill: str
    degree: str
    certificate: str
    certified: str
    meet: str
    meet_at: str
    closing: str
    subject: str
    subject_unnamed: str
    following_up: str
    following_up_unnamed: str
    ask: str
    joint: str
    at: str
    at_names: dict[str, str]

    def for_position(self, template: str, position: str) -> str:
        """A template with the position left to fill in, elided where French asks for it: "poste d’infirmier"."""
        vowel = fold(position)[:1] in "aeiou"
        return template.replace("de {position}", "d’{position}") if self.joint == "et" and vowel else template

    def at_employer(self, name: str) -> str:
        """An employer with its preposition and a space before it ("bei der Acme GmbH"); nothing for no name."""
        if not name:
            return ""
        words = [fold(word).strip(".,'’") for word in name.split()]
        for preposition, nouns in self.at_names.items():
            if {words[0], words[-1]} & {fold(noun) for noun in nouns.split()}:
                return f" {preposition}{'' if preposition.endswith('’') else ' '}{name}"
        return f" {self.at} {name}"

    def listed(self, terms: list[str]) -> str:
        """Several terms as a list in words; Spanish says "e" before an i."""
        if len(terms) == 1:
            return terms[0]
        joint = "e" if self.joint == "y" and fold(terms[-1]).startswith(("i", "hi")) else self.joint
        return f"{', '.join(terms[:-1])} {joint} {terms[-1]}"


@cache
def load_wording(language: str) -> Wording:
    """The templates of a language; English for one that has none."""
    name = language if language in LANGUAGES else "en"
    return Wording(**tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8")))
