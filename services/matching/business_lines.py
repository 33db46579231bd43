"""Lines of business: that "energy companies" show the "energy sector". Words only; knows no text and no resume."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# What says no line of business: any may be meant, or all are.
_NO_FIELD: Final = (
    "the|this|that|our|your|their|same|similar|related|relevant|any|other|another|given|public|private|third"
)


@dataclass(frozen=True, slots=True)
class _Naming:
    """How a language asks for a line of business, and how it speaks of those who are in it."""

    asked: re.Pattern[str]
    shown: str
    words: tuple[str, ...]
    joints: tuple[str, ...] = ("",)


_NAMINGS: Final = (
    _Naming(
        re.compile(rf"(?!(?:{_NO_FIELD})\b)(?P<field>[\w&-]+(?: [\w&-]+){{0,2}}) (?:sector|industry)", re.IGNORECASE),
        "{field} {word}",
        tuple("sector industry company firm business businesses provider supplier manufacturer employer group".split()),
    ),
    _Naming(
        # "Volkswirtschaft" and the like are learned, and no line of business.
        re.compile(
            r"(?!betriebs|volks|haus|land|forst|markt)(?P<field>\w{3,}?s?-?)(?:branche|sektor|industrie|wirtschaft)",
            re.IGNORECASE,
        ),
        "{field}{word}",
        tuple("branche sektor industrie wirtschaft unternehmen konzern versorger firma firmen".split()),
    ),
    _Naming(
        re.compile(r"(?:secteur|industrie) (?:de l['’ ]|de la |du |des |de |d['’ ])?(?P<field>.+)", re.IGNORECASE),
        "{word} {joint}{field}",
        tuple("secteur industrie entreprise société groupe".split()),
        ("", "de ", "d’", "de l’", "de la ", "du ", "des "),
    ),
    _Naming(
        re.compile(r"se[ct]?tor (?:de la |de los |de las |del |da |do |das |dos |de )?(?P<field>.+)", re.IGNORECASE),
        "{word} {joint}{field}",
        tuple("sector setor industria indústria empresa compañía companhia grupo".split()),
        ("", "de ", "de la ", "del ", "da ", "do "),
    ),
)


@lru_cache(maxsize=2_000)
def shown_by(term: str) -> tuple[str, ...]:
    """The words that show work in the line of business which a term names; none for any other term."""
    asked = " ".join(term.split())
    return tuple(
        naming.shown.format(word=word, joint=joint, field=found["field"])
        for naming in _NAMINGS
        if (found := naming.asked.fullmatch(asked))
        for word in naming.words
        for joint in naming.joints
    )


def is_business_line(term: str) -> bool:
    """Whether a term is a line of business: something to have worked in, and no skill."""
    return bool(shown_by(term))
