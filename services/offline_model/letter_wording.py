"""The sentences of cover letters and e-mails, one file of templates for each language in `wording/`.

Knows no facts: what fills the templates is decided by `letters`. The sentences claim nothing by themselves.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("en", "de", "fr", "es", "pt")
_FOLDER: Final = Path(__file__).parent / "wording"


@dataclass(frozen=True, slots=True)
class Wording:
    """All templates of one language."""

    greeting_company: str
    greeting: str
    applying: str
    applying_unnamed: str
    at: str
    current_role: str
    profile: str
    as_role: str
    as_title: str
    then: str
    also: str
    work_included: str
    skills: str
    one_skill: str
    degree: str
    certificate: str
    confirmed: str
    meet: str
    meet_at: str
    closing: str
    subject: str
    subject_unnamed: str
    following_up: str
    following_up_unnamed: str
    reminder: str
    ask: str
    joint: str


@cache
def load_wording(language: str) -> Wording:
    """The templates of a language; English for one that has none."""
    name = language if language in LANGUAGES else "en"
    return Wording(**tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8")))
