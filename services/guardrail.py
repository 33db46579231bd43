"""The guardrail's first line: by rules alone, whether a text is a job advertisement or wishes about tailoring to one.

Knows no model, no run and no HTTP. What stays doubtful comes back as `review`, for one small model call to decide.
"""

import re
import textwrap
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from services.guardrail_rules.concepts import Concept
from services.guardrail_rules.decoders import decoded_forms, hidden_runs
from services.guardrail_rules.findings import Family, Match, Weight
from services.guardrail_rules.folding import disguised_forms, fold
from services.guardrail_rules.job_vocabulary import (
    hardly_speaks_of_hiring,
    is_trade_of_machines,
    job_evidence,
    speaks_as_an_employer,
)
from services.guardrail_rules.marks import Mark, marks_in, marks_possible_in
from services.guardrail_rules.matching import matches
from services.guardrail_rules.meaning import Hit, concepts_of
from services.guardrail_rules.nonsense import asks_nothing, is_nonsense
from services.guardrail_rules.sentences import Sentence, cut_out, split_sentences
from services.job_ads.language import detect_language, is_surely_not

MAX_TEXT = 50_000
"""Longer than any advertisement; what cannot be screened is not let through."""

_SHORT = 600
_EVIDENCE_SHORT = 2
_EVIDENCE_OF_A_REQUEST = 4
_EVIDENCE_ROUND_A_QUESTION = 6
_EVIDENCE_OF_A_QUESTION = 2
_EVIDENCE_LONG = 8
_REST = 0.6
"""The share of an advertisement's evidence that must be left after a cut."""

_QUOTED = re.compile(r"""["“„«`][^"“”„«»`\n]{3,300}["“”»`]|(?<!\w)['‘][^'‘’\n]{3,300}['’](?!\w)""")
_WORDS_ROUND_A_QUOTE = 3
_QUESTION_MARKS = ("?", "？", "؟")
_WORDS_OF_A_COURTESY = 2
_TELLS_A_LANGUAGE = 1_200
_FEW = 2
_MANY = 4
"""More sentences than an advertisement was seen to have, but for those of people who build and test such machines."""
_NAMED = 3
_LONGEST_SHOWN = 140

Field = Literal["job_description", "instructions"]
_INVALID: dict[Field, str] = {
    "job_description": "This job description is invalid: it says nothing. Please paste the job advertisement.",
    "instructions": "These instructions are invalid: they say nothing. Please change or remove them.",
}
_OFF_TOPIC: dict[Field, str] = {
    "job_description": "This does not look like a job advertisement: it is not related to a job.",
    "instructions": "These instructions cannot be carried out: they are not related to a job application.",
}


class ScreeningVerdict(StrEnum):
    """What is to happen with a text: refuse it, cut sentences and go on, ask the model, let it through."""

    BLOCK = "block"
    TRIM = "trim"
    REVIEW = "review"
    PASS = "pass"  # noqa: S105 - a verdict, not a password


@dataclass(frozen=True, slots=True)
class Flagged:
    """A sentence that drew attention, and why, in words for a person."""

    text: str
    family: str
    reason: str


@dataclass(frozen=True, slots=True)
class Screening:
    """The outcome: verdict, flagged sentences, the text to go on with, and a sentence for the person."""

    verdict: ScreeningVerdict
    flagged: tuple[Flagged, ...]
    cleaned: str
    message: str


@dataclass(frozen=True, slots=True)
class _Finding:
    start: int
    end: int
    text: str
    match: Match


def screen(text: str, field: Field) -> Screening:
    """Judge a job description or the instructions that come with it."""
    if field == "instructions" and (not text.strip() or asks_nothing(text)):
        return Screening(ScreeningVerdict.PASS, (), text, "")
    if len(text) > MAX_TEXT:
        return _refuse(
            f"This text is invalid: it is longer than {MAX_TEXT:,} characters. Please paste the advertisement only."
        )
    if field == "job_description" and text.strip() and asks_nothing(text):
        return _undecided(text, [])  # "none" or "ok" looks like a slip of the field, which rules cannot tell
    if is_nonsense(text):
        return _refuse(_INVALID[field])
    findings = _findings(text)
    points = job_evidence(text)
    is_ad = field == "job_description" and points >= _evidence_needed(text) and not _is_full_of_orders(findings, text)
    is_ad = is_ad and not (len(text) <= _SHORT and _dictates_a_career(text))
    if is_ad and not _is_ad_without(findings, text):
        return _undecided(text, findings)
    if is_ad:
        findings = _corroborated(findings) if len(text) > _SHORT else findings
        if is_trade_of_machines(text):
            findings = [each for each in findings if not each.match.is_doubtful_talk_of_machines]
    weights = [_weight(each.match, is_ad, text) for each in findings]
    certain = [each for each, weight in zip(findings, weights, strict=True) if weight is Weight.CERTAIN]
    doubtful = [each for each, weight in zip(findings, weights, strict=True) if weight is Weight.DOUBT]
    if certain and is_ad:
        return _trim(text, certain + doubtful)
    if certain:
        return _refuse(_why(certain[0].match.family, field), certain + doubtful)
    if doubtful:
        return _undecided(text, doubtful)
    asks = _opens_with_a_request(text)
    if asks and len(text) <= _SHORT and points < _evidence_to_be_heard(text, field):
        return _refuse(_why(Family.OFF_TOPIC, field))
    if is_ad and hardly_speaks_of_hiring(text):
        return _undecided(text, [])
    if is_ad or (field == "instructions" and _is_a_wish(text, _evidence_of_a_wish(text, asks))):
        return Screening(ScreeningVerdict.PASS, (), text, "")
    return _undecided(text, [])


def _findings(text: str) -> list[_Finding]:
    """Everything that rules and marks say about the sentences, and what is written in invisible characters."""
    hidden = Match(Family.HIDDEN, Weight.CERTAIN, Weight.CERTAIN)
    findings = [_Finding(start, end, "(invisible characters)", hidden) for start, end in hidden_runs(text)]
    marks = marks_possible_in(text)
    sentences = split_sentences(text)
    for sentence in sentences:
        judged = _judge(sentence.text, marks)
        findings.extend(_Finding(sentence.start, sentence.end, sentence.text, match) for match in judged)
    if len(text) <= _SHORT and len(sentences) > 1:  # an order may be spread over several lines and sentences
        one_line = " ".join(text.split())
        judged = [replace(match, in_ad=Weight.NOTHING) for match in _judge(one_line, marks)]
        findings.extend(_Finding(0, len(text), one_line, match) for match in judged)
    return findings + _foreign(text, sentences)


def _foreign(text: str, sentences: list[Sentence]) -> list[_Finding]:
    """The one or two sentences of a long text in another language than all the others, unless they say "we"."""
    if len(text) <= _SHORT:
        return []
    language = detect_language(text[:_TELLS_A_LANGUAGE])
    odd = [each for each in sentences if is_surely_not(each.text, language)]
    if len(odd) > _FEW:
        return []
    match = Match(Family.FOREIGN, Weight.NOTHING, Weight.DOUBT, is_order=False)
    return [_Finding(each.start, each.end, each.text, match) for each in odd if not speaks_as_an_employer(each.text)]


def _judge(sentence: str, marks: tuple[Mark, ...]) -> list[Match]:
    """What a sentence means as it stands, under its disguises, and decoded; what needed decoding is never innocent."""
    folded = fold(sentence)
    found = _outright_or_quoted(sentence, marks_in(sentence, marks) + matches(concepts_of(folded)), marks)
    for form in disguised_forms(folded):
        found += matches(concepts_of(form))
    for form in decoded_forms(sentence):
        if marks_in(form, marks_possible_in(form)) or matches(concepts_of(fold(form))):
            found.append(Match(Family.HIDDEN, Weight.CERTAIN, Weight.CERTAIN))
    return found


def _outright_or_quoted(sentence: str, found: list[Match], marks: tuple[Mark, ...]) -> list[Match]:
    """The matches, a step less grave in an advertisement where the sentence only quotes such words."""
    bare = _QUOTED.sub(" ", sentence) if found else sentence
    if bare == sentence or len(bare.split()) < _WORDS_ROUND_A_QUOTE:
        return found
    outright = marks_in(bare, marks) + matches(concepts_of(fold(bare)))
    return [
        match if match in outright or not match.family.is_about_a_machine else match.a_step_less_in_ads()
        for match in found
    ]


def _is_full_of_orders(findings: list[_Finding], text: str) -> bool:
    """Whether a text with nothing in it that is sure enough to be cut speaks as one does to a machine throughout."""
    weights = {each.match.in_ad for each in findings}
    certain = {(each.start, each.end) for each in findings if each.match.alone is Weight.CERTAIN}
    doubted = {(each.start, each.end) for each in findings if each.match.in_ad is Weight.DOUBT}
    return Weight.CERTAIN not in weights and len(certain & doubted) >= _MANY and not is_trade_of_machines(text)


def _is_ad_without(findings: list[_Finding], text: str) -> bool:
    """Whether a short text still speaks of a job when what would be refused elsewhere does not count."""
    suspect = {(each.start, each.end) for each in findings if each.match.alone is Weight.CERTAIN}
    whole = {(start, end) for start, end in suspect if end - start < len(text)}
    if len(text) > _SHORT or not whole:
        return True
    return job_evidence(cut_out(text, whole)) >= _EVIDENCE_SHORT


def _corroborated(findings: list[_Finding]) -> list[_Finding]:
    """The findings, certain where a sentence is doubtful in two ways at once and one of them is an order."""
    doubts: dict[tuple[int, int], list[Match]] = {}
    for each in findings:
        if each.match.in_ad is Weight.DOUBT:
            doubts.setdefault((each.start, each.end), []).append(each.match)
    sure = {
        place
        for place, found in doubts.items()
        if len({match.family for match in found}) > 1 and any(match.is_order for match in found)
    }
    return [
        replace(each, match=replace(each.match, in_ad=Weight.CERTAIN)) if (each.start, each.end) in sure else each
        for each in findings
    ]


def _weight(match: Match, is_ad: bool, text: str) -> Weight:
    """What a match weighs here; a short text may be a wish, so what is innocent in a wish is innocent in it."""
    if not is_ad:
        return match.alone
    return min(match.in_ad, match.alone) if len(text) <= _SHORT else match.in_ad


def _evidence_needed(text: str) -> int:
    if len(text) > _SHORT:
        return _EVIDENCE_LONG
    if not _opens_with_a_request(text):
        return _EVIDENCE_SHORT
    return _EVIDENCE_ROUND_A_QUESTION if _ends_as_a_question(text) else _EVIDENCE_OF_A_REQUEST


def _opens_with_a_request(text: str) -> bool:
    """Whether a text asks or orders something else than "summarise it": `it` speaks of the resume."""
    return not _speaks_of_own(text) and (
        _ends_as_a_question(text) or any(hit.opening and Concept.REQUEST in hit.concepts for hit in _opening(text))
    )


def _speaks_of_own(text: str) -> bool:
    return any(Concept.IT in hit.concepts for hit in _opening(text))


def _dictates_a_career(text: str) -> bool:
    """Whether a text says "say that I …": a wish in the field of the advertisement, which no advertisement holds."""
    return any(Concept.SAY_I in hit.concepts for hit in concepts_of(fold(text)))


def _opening(text: str) -> list[Hit]:
    return [hit for hit in concepts_of(fold(text[:120])) if hit.position <= 6]


def _evidence_of_a_wish(text: str, asks: bool) -> int:
    """Twice as much for a request as for a statement, and twice as much again for a question."""
    return (1 + asks) * (1 + _ends_as_a_question(text))


def _is_a_wish(text: str, needed: int) -> bool:
    """Whether instructions speak of a resume, letter or job, in each sentence that says more than "thank you"."""
    sentences = split_sentences(text)
    return job_evidence(text) >= needed and all(
        job_evidence(each.text) for each in sentences if len(each.text.split()) > _WORDS_OF_A_COURTESY
    )


def _ends_as_a_question(text: str) -> bool:
    return text.rstrip().endswith(_QUESTION_MARKS)


def _evidence_to_be_heard(text: str, field: Field) -> int:
    """Below this a request is about something else; the surroundings of work do not make a question one about it."""
    return _EVIDENCE_OF_A_QUESTION if field == "instructions" and _ends_as_a_question(text) else 1


def _trim(text: str, findings: list[_Finding]) -> Screening:
    """Cut the flagged sentences; a text that is no advertisement without them is refused as a whole."""
    cleaned = cut_out(text, {(each.start, each.end) for each in findings})
    enough = _EVIDENCE_LONG if len(text) <= _SHORT else min(_EVIDENCE_LONG, job_evidence(text) * _REST)
    if job_evidence(cleaned) < enough:
        return _refuse(_why(findings[0].match.family, "job_description"), findings)
    flagged = _flagged(findings)
    cut = "; ".join(f"“{_shown(each.text)}” ({each.reason})" for each in flagged[:_NAMED])
    more = f"; and {len(flagged) - _NAMED} more" if len(flagged) > _NAMED else ""
    message = f"Left out of the job description: {cut}{more}. The rest is used as it stands."
    return Screening(ScreeningVerdict.TRIM, flagged, cleaned, message)


def _shown(passage: str) -> str:
    """A passage as a person is shown it: on one line, without characters that nobody sees, not too long."""
    visible = "".join(char if char.isprintable() else " " for char in passage)
    return textwrap.shorten(visible, _LONGEST_SHOWN, placeholder=" …")


def _refuse(message: str, findings: list[_Finding] | None = None) -> Screening:
    return Screening(ScreeningVerdict.BLOCK, _flagged(findings or []), "", message)


def _undecided(text: str, findings: list[_Finding]) -> Screening:
    return Screening(ScreeningVerdict.REVIEW, _flagged(findings), text, "")


def _flagged(findings: list[_Finding]) -> tuple[Flagged, ...]:
    """One entry for each flagged sentence, under its first finding."""
    by_place: dict[tuple[int, int], Flagged] = {}
    for each in sorted(findings, key=lambda finding: finding.start):
        family = each.match.family
        by_place.setdefault((each.start, each.end), Flagged(each.text, family.name.lower(), family.value))
    return tuple(by_place.values())


def _why(family: Family, field: Field) -> str:
    if family is Family.OFF_TOPIC:
        return _OFF_TOPIC[field]
    return f"This request cannot be carried out: {family.value}."
