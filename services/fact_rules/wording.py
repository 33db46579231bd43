"""What the person is told about a refused change, and what they are asked, in the language of their own lines.

One file of sentences for each language in `wording/`. Every question holds all that was not vouched for: its words,
confirmed by a yes, are source enough for the change.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from services.fact_rules.lexicon import Lexicon
from services.fact_rules.lines import Line
from services.fact_rules.sources import Finding, FindingKind

_FOLDER: Final = Path(__file__).parent / "wording"
_TERMS: Final = frozenset({FindingKind.NAME, FindingKind.MOVED})


@dataclass(frozen=True, slots=True)
class Wording:
    """All sentences of one language, by name; those on a kind of finding are called like it."""

    lexicon: Lexicon
    sentences: dict[str, str]

    def say(self, name: str, words: str = "", **others: str) -> str:
        """One sentence, filled with the words that it is about."""
        return self.sentences[name].format(words=words, **others)

    def reasons(self, findings: Sequence[Finding]) -> tuple[str, ...]:
        """One sentence on each thing that is not vouched for, none of them twice."""
        return tuple(dict.fromkeys(self.say(finding.kind, finding.words) for finding in findings))

    def question(self, findings: Sequence[Finding], line: Line, employer: str) -> str:
        """What to ask the person about a refused line."""
        if employer and all(finding.kind in _TERMS for finding in findings):
            return self.say("ask_used", self._listed([finding.words for finding in findings]), employer=employer)
        deed = self._deed(findings, line)
        if deed is not None:
            return self.say("ask_deed", deed)
        return self.say("ask_line_at" if employer else "ask_line", line.text.rstrip("."), employer=employer)

    def skill_question(self, skill: str) -> str:
        """What to ask about a skill without a source; "Event streaming" at the head of a point is no name."""
        is_phrase = " " in skill and skill[1:].islower() and not self.lexicon.compounding
        return self.say("ask_skill", skill.lower() if is_phrase else skill)

    def _deed(self, findings: Sequence[Finding], line: Line) -> str | None:
        """ "lead the migration" of "Led the migration", where the verb is all that is new and the language asks so."""
        clause = findings[0].clause if len(findings) == 1 else None
        if (
            clause is None
            or not clause.verbs
            or clause.verbs[0].start != clause.start
            or "ask_deed" not in self.sentences
        ):
            return None
        bases = [self.lexicon.duty_bases.get(self.lexicon.stem(verb.folded), verb.folded) for verb in clause.verbs]
        return f"{self._listed(bases)} {line.text[clause.verbs[-1].end : clause.end].strip()}"

    def _listed(self, words: Sequence[str]) -> str:
        unique = list(dict.fromkeys(words))
        return f" {self.sentences['joint']} ".join([", ".join(unique[:-1]), unique[-1]] if len(unique) > 1 else unique)


def wording_for(lexicon: Lexicon) -> Wording:
    """The sentences in the language of a lexicon."""
    return Wording(lexicon, _sentences(lexicon.language))


@cache
def _sentences(language: str) -> dict[str, str]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
