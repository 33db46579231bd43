"""Degrees by level, so that a master covers a demanded bachelor whatever it is called. Knows no ads and no resumes."""

import re
from typing import Final

from services.matching.skill_terms import fold

_LEVELS: Final = (
    (
        4,
        re.compile(
            r"\b(?:ph\.? ?d|doctor(?:ate|al|ado)?|doktor|doctorat|dr\."
            r"|(?:abgeschlossene|erfolgreiche|laufende) promotion)|^promotion$"
        ),
    ),
    (
        3,
        re.compile(
            r"\b(?:(?<!scrum )master(?!\w*(?:y|ing|ful)\b)(?! (?:data|plan|schedule|class|key|file|record|service))"
            r"|msc|m\.? ?sc|m\.s\b|m\.a\b|m\.ed|mba|meng|magister|diplom-?ingenieur|diplomabschluss|diplom\b"
            r"|maitrise|mestrado|laurea magistrale|bac ?\+ ?5"
            r"|ms\b(?! (?:office|word|excel|outlook|powerpoint|project|access|teams|sql|dynamics|azure|visio|365)))"
        ),
    ),
    (
        2,
        re.compile(
            r"\b(?:bachelor|bsc|b\.? ?sc|b\.s\b|b\.a\b|b\.ed|beng|b\.eng|bsn|bfa|bba|bs\b|ba\b|licenciatura"
            r"|(?:(?<=une )|(?<=la )|(?<=de )|(?<=ou )|(?<=niveau )|(?<=/)|^)licence\b"
            r"(?! (?:to|for|from|and|or|holders?|required|numbers?|keys?|agreements?|plates?|fees?)\b)"
            r"|grado"
            r"|graduacao|laurea|bac ?\+ ?3|hochschulabschluss|undergraduate|university degree|kandidat)"
        ),
    ),
    (
        1,
        re.compile(
            r"\b(?:associate.{0,2} (?:degree|of|in)\b|a\.a\b|a\.s\b|aas\b|foundation degree|fachhochschulreife"
            r"|bts\b|dut\b)"
        ),
    ),
    (0, re.compile(r"\b(?:high school|secondary school|ged\b|abitur|baccalaureat|bachillerato|ensino medio)")),
)
_DEGREE: Final = re.compile(r"\b(?:degree|hochschulabschluss|studium|diplome|titulacion|titulo|ensino superior)")
_FIELD: Final = re.compile(r"\b(?:in|of|en|em|de|der|des)\s+(?!(?:science|arts|engineering|education)\s+in\b)(.+)$")
_VAGUE_FIELD: Final = re.compile(r"\b(?:relevant|related|similar|any|field|discipline)\b")


def names_degree(term: str) -> bool:
    """Whether a requirement asks for a degree."""
    folded = fold(term)
    return bool(_DEGREE.search(folded)) or any(level.search(folded) for _, level in _LEVELS)


def degree_level(text: str) -> tuple[int | None, str | None]:
    """The lowest level that a text names (0 school to 4 doctorate) and the field; None where it names none.

    "Bachelor's or Master's degree" asks for a bachelor: the lowest one named is enough.
    """
    folded = fold(text)
    levels = [level for level, pattern in _LEVELS if pattern.search(folded)]
    field = _FIELD.search(folded)
    named = field.group(1).removeprefix("science in ").removeprefix("arts in ").strip(" .") if field else None
    if named is not None and (_VAGUE_FIELD.search(named) or named in {"science", "arts"}):
        named = None
    level = min(levels) if levels else None
    if level is None and _DEGREE.search(folded):
        level = None if "degree" not in folded else 1
    return level, named
