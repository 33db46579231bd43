"""Comparing the formats of runs: which characters look alike, and which format is a line's own. Knows no edits."""

import re
from collections import Counter
from dataclasses import dataclass, field

from services.docx import names as n
from services.docx.atoms import Atom, text_of
from services.docx.names import Element

_NO_LOOK = frozenset(n.W + tag for tag in ("lang", "noProof", "rPrChange", "ins", "del", "webHidden"))
_MICRO = frozenset(n.W + tag for tag in ("spacing", "w", "position", "kern", "fitText", "snapToGrid"))
"""Per-letter tuning that converters from PDF leave behind; it tells no word from another."""

_FONT_HINT = n.W + "hint"
_LEAD_IN = re.compile(r"(?P<lead>\S(?:[^:\n]{0,58}\S)?\s*:|\S[^–—:\n]{0,58}?\s?[–—-])(?=\s)")
_MAX_LEAD_WORDS = 8


@dataclass(slots=True)
class Formats:
    """Format keys of runs, computed once per run."""

    _exact: dict[Element, str] = field(default_factory=dict)
    _coarse: dict[Element, str] = field(default_factory=dict)

    def exact(self, atom: Atom) -> str:
        """Everything that changes the look of the character."""
        if atom.run not in self._exact:
            self._read(atom.run)
        return self._exact[atom.run]

    def coarse(self, atom: Atom) -> str:
        """The look without per-letter tuning: the key to compare by."""
        if atom.run not in self._coarse:
            self._read(atom.run)
        return self._coarse[atom.run]

    def alike(self, first: Atom, second: Atom) -> bool:
        """Same look, same link."""
        return first.link is second.link and self.coarse(first) == self.coarse(second)

    def _read(self, run: Element) -> None:
        properties = run.find(n.RPR)
        exact: list[str] = []
        coarse: list[str] = []
        for item in properties if properties is not None else ():
            if not isinstance(item.tag, str) or item.tag in _NO_LOOK:
                continue
            attributes = sorted((str(name), str(value)) for name, value in item.items() if name != _FONT_HINT)
            key = f"{item.tag}{attributes}"
            exact.append(key)
            if item.tag not in _MICRO:
                coarse.append(key)
        self._exact[run] = "|".join(sorted(exact))
        self._coarse[run] = "|".join(sorted(coarse))


def is_bold(run: Element) -> bool:
    """Whether the run itself is set bold."""
    return n.is_on(run.find(f"{n.RPR}/{n.W}b"))


def lead_in_of(text: str) -> str:
    """The label that a line starts with ("Result:", "Acme –"); empty when it has none."""
    match = _LEAD_IN.match(text)
    if match is None or len(match["lead"].split()) > _MAX_LEAD_WORDS or match.end() >= len(text.rstrip()):
        return ""
    return match["lead"]


def bold_lead_in(body: list[Atom]) -> int:
    """How many characters of a line are a bold lead-in, the separator included; 0 when the rest is bold as well."""
    end = 0
    while end < len(body) and (is_bold(body[end].run) or body[end].char.isspace()):
        end += 1
    text = text_of(body[:end]).rstrip()
    if not text or end == len(body):
        return 0
    if text[-1] in ":–—-.|":
        return len(text)
    rest = text_of(body[len(text) :])
    separator = re.match(r"\s*[:–—-](?=\s)", rest)
    return len(text) + separator.end() if separator else 0


def base_atom(body: list[Atom], formats: Formats) -> Atom:
    """A character that has the line's own format: the commonest one outside links and a bold lead-in."""
    lead = bold_lead_in(body)
    solid = [atom for atom in body if not atom.char.isspace()] or body
    plain = [atom for atom in body[lead:] if atom.link is None and not atom.char.isspace()] or solid
    coarse = Counter(formats.coarse(atom) for atom in plain).most_common(1)[0][0]
    alike = [atom for atom in plain if formats.coarse(atom) == coarse]
    exact = Counter(formats.exact(atom) for atom in alike).most_common(1)[0][0]
    return next(atom for atom in alike if formats.exact(atom) == exact)
