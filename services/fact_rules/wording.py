"""What the person is told about a refused change, and what they are asked.

Every question holds all that was not vouched for: its words, confirmed by a yes, are source enough for the change.
"""

from collections.abc import Sequence

from services.fact_rules.lexicon import Lexicon
from services.fact_rules.lines import Line
from services.fact_rules.sources import Finding, FindingKind

_REASONS = {
    FindingKind.NUMBER: "“{words}” is not in your own line and does not follow from it.",
    FindingKind.DUTY: "“{words}” claims more responsibility than your own words do.",
    FindingKind.SENIORITY: "“{words}” is a level of seniority that your resume does not give there.",
    FindingKind.REACH: "“{words}” makes the reach or the rank wider than your own line does.",
    FindingKind.OUTCOME: "“{words}” claims a result that your own line does not mention.",
    FindingKind.AUDIENCE: "“{words}” brings in people that your own text does not mention there.",
    FindingKind.CREDENTIAL: "“{words}” is a qualification or an honour that your resume does not show there.",
    FindingKind.PERIOD: "“{words}” is a period that your own line does not mention.",
    FindingKind.ROLE: "“{words}” is not a role that your resume gives you.",
    FindingKind.MOVED: "“{words}” stands elsewhere in your resume, but not in this entry.",
    FindingKind.NAME: "“{words}” is not mentioned in this entry of your resume.",
    FindingKind.CONTENT: "“{words}” has no source in this entry of your resume.",
    FindingKind.CAUSE: "“{words}” is a reason for the result that your own line does not give.",
    FindingKind.MANNER: "“{words}” is a description that your own text does not use.",
    FindingKind.REWORDED: "“{words}” stands for another word of yours: please check that it says the same.",
}
_TERMS = frozenset({FindingKind.NAME, FindingKind.MOVED})


def reason(finding: Finding) -> str:
    """One sentence on what is not vouched for."""
    return _REASONS[finding.kind].format(words=finding.words)


def wrong_name(name: str) -> str:
    """One sentence on a name that is neither the job's nor the person's."""
    return f"“{name}” is neither the company you apply to nor a name in your resume."


def question(findings: Sequence[Finding], line: Line, employer: str) -> str:
    """What to ask the person about a refused line."""
    if employer and all(finding.kind in _TERMS for finding in findings):
        return f"Did you use {_enumerated([finding.words for finding in findings])} at {employer}?"
    deed = _deed(findings, line)
    if deed is not None:
        return f"Did you {deed}?"
    place = f" of your time at {employer}" if employer else ""
    return f"Is this true{place}: “{line.text.rstrip('.')}”?"


def skill_question(skill: str) -> str:
    """What to ask about a skill without a source; "Event streaming" at the head of a point is no name."""
    words = skill.lower() if " " in skill and skill[1:].islower() else skill
    return f"Do you have experience with {words}?"


def certificate_question(certificate: str) -> str:
    """What to ask about a certificate that the resume does not list."""
    return f"Do you hold this certificate: {certificate}?"


def _deed(findings: Sequence[Finding], line: Line) -> str | None:
    """ "lead the migration" for "Led the migration", when the verb is all that is new and English."""
    clause = findings[0].clause if len(findings) == 1 else None
    if clause is None or not clause.verbs or clause.verbs[0].start != clause.start or line.lexicon.language != "en":
        return None
    bases = [_base(verb.folded, line.lexicon) for verb in clause.verbs]
    return f"{_enumerated(bases)} {line.text[clause.verbs[-1].end : clause.end].strip()}"


def _base(folded: str, lexicon: Lexicon) -> str:
    return lexicon.duty_bases.get(lexicon.stem(folded), folded)


def _enumerated(words: Sequence[str]) -> str:
    unique = list(dict.fromkeys(words))
    return " and ".join([", ".join(unique[:-1]), unique[-1]] if len(unique) > 1 else unique)
