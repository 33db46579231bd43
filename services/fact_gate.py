"""The fact gate: judges each proposed change, and each sentence of a letter, against the person's own resume.

Deterministic and local. What the resume, or a fact that the person confirmed, does not vouch for is blocked and
comes back as a question; a refused truthful rewording costs nothing, because the person keeps the old line.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import ValidationError

from schemas.change_schemas import ChangeKind, Verdict
from schemas.resume_schemas import ResumeData
from services.fact_rules.arithmetic import is_known
from services.fact_rules.judge import is_supported, unsupported
from services.fact_rules.letters import Application, judge_prose, vocabulary
from services.fact_rules.lines import Line, read_line
from services.fact_rules.merging import is_merged
from services.fact_rules.places import (
    Place,
    entry_at,
    entry_lines,
    lexicon_for,
    lexicon_for_letter,
    line_sources,
    place_of,
    profile_sources,
    term_lines,
    term_sources,
)
from services.fact_rules.pool import pool_of
from services.fact_rules.sources import ADVISORY, Sources, converted_rates
from services.fact_rules.widening import raised_degrees
from services.fact_rules.wording import wording_for
from services.resume_paths import parse_path, read_path, walk_texts


@dataclass(frozen=True, slots=True)
class FactVerdict:
    """The judgement of one change: why, for a person to read, and what to ask them when it is blocked."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    question: str | None = None


def check(
    resume: Mapping[str, object],
    change: Mapping[str, object],
    job_description: str,
    confirmed_facts: Sequence[str] = (),
) -> FactVerdict:
    """Judge one change. The job description is never a source; it only sharpens what the reasons say."""
    try:
        data = ResumeData.model_validate(resume)
        kind = ChangeKind(str(change.get("kind")))
    except (ValidationError, ValueError):
        return _blocked("The change is not of a kind that can be applied to a resume.")
    path = change.get("path")
    place = place_of(path) if isinstance(path, str) else None
    if place is None or not isinstance(path, str):
        return _blocked("The change points at a place that the resume does not have.")
    original, proposed = change.get("original"), change.get("proposed")
    if kind is ChangeKind.REORDER:
        return _judge_order(data, path, place, original, proposed)
    if kind is ChangeKind.INSERT:
        if place is Place.CERTIFICATE and isinstance(proposed, str):
            return _judge_certificate(data, proposed, confirmed_facts)
        if place not in (Place.LINE, Place.TERM, Place.PROFILE) or not _is_free(data, path) or original:
            return _blocked("Nothing can be inserted at this place of the resume.")
        original = None
    elif place not in (Place.LINE, Place.TERM, Place.PROFILE):
        return _blocked("Names, titles, dates, schools, certificates and contact data are never changed.")
    elif not isinstance(original, str) or not _same_text(read_path(data, path), original):
        return _blocked("The text that the change wants to replace is not what the resume says there.")
    if kind is ChangeKind.DELETE:
        return FactVerdict(Verdict.WARN, ("This line would no longer be in your resume.",))
    if not isinstance(proposed, str) or not proposed.strip():
        return _blocked("The change proposes no text.")
    if _same_text(original, proposed):
        return FactVerdict(Verdict.PASS)
    if place is Place.TERM:
        return _judge_term(data, path, original, proposed, job_description, confirmed_facts)
    return _judge_line(data, path, place, original, proposed, job_description, confirmed_facts)


@dataclass(frozen=True, slots=True)
class UnsupportedSentence:
    """A sentence that claims what the resume does not vouch for, and why it says so."""

    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextVerdict:
    """The judgement of a letter or mail: sentences to cut, and whether it names the right company and position."""

    verdict: Verdict
    unsupported: tuple[UnsupportedSentence, ...]
    names_company: bool
    names_position: bool
    wrong_names: tuple[str, ...]


def check_text(
    resume: Mapping[str, object],
    text: str,
    job_description: str,
    company: str,
    position: str,
    confirmed_facts: Sequence[str] = (),
) -> TextVerdict:
    """Judge a letter sentence by sentence. Raises pydantic's ValidationError for what is no resume."""
    data = ResumeData.model_validate(resume)
    sources = profile_sources(data, confirmed_facts, lexicon_for_letter(data, text, job_description), with_person=True)
    wording = wording_for(sources.lexicon)
    known_names = vocabulary(
        [job_description, company, position, *(own for _, own in walk_texts(data)), *confirmed_facts]
    )
    found = list(judge_prose(text, sources, Application(job_description, company, position), known_names))
    unsupported_sentences = tuple(
        UnsupportedSentence(
            sentence.text,
            wording.reasons(sentence.findings)
            + tuple(wording.say("wrong_name", name) for name in sentence.wrong_names),
        )
        for sentence in found
    )
    return TextVerdict(
        verdict=Verdict.BLOCK if found else Verdict.PASS,
        unsupported=unsupported_sentences,
        names_company=_plain(company).casefold() in _plain(text).casefold(),
        names_position=_plain(position).casefold() in _plain(text).casefold(),
        wrong_names=tuple(dict.fromkeys(name for sentence in found for name in sentence.wrong_names)),
    )


def _judge_line(
    resume: ResumeData,
    path: str,
    place: Place,
    original: str | None,
    proposed: str,
    job_description: str,
    facts: Sequence[str],
) -> FactVerdict:
    lexicon = lexicon_for(resume, [original or "", proposed])
    wording = wording_for(lexicon)
    line = read_line(proposed, lexicon)
    if place is Place.PROFILE:
        sources, employer = profile_sources(resume, facts, lexicon, original=original), ""
    else:
        sources = line_sources(resume, path, original, facts, lexicon)
        employer = entry_at(resume, path).employer
    sources = replace(sources, job=read_line(job_description, lexicon))
    findings = unsupported(line, sources)
    grave = [finding for finding in findings if finding.kind not in ADVISORY]
    if grave and sources.replaced is not None and is_merged(line, sources, entry_lines(resume, path, lexicon)):
        return FactVerdict(Verdict.WARN, (wording.say("merged"),))
    reasons = wording.reasons(grave or findings)
    if grave:
        return FactVerdict(Verdict.BLOCK, reasons, wording.question(grave, line, employer))
    reasons += tuple(wording.say("left_out", words) for words in _lost_numbers(original, line))
    return FactVerdict(Verdict.WARN if reasons else Verdict.PASS, reasons)


def _lost_numbers(original: str | None, line: Line) -> list[str]:
    """Numbers of the old line that the new one leaves out: allowed, but worth a look."""
    if original is None:
        return []
    old = read_line(original, line.lexicon)
    kept = frozenset(value for quantity in line.quantities for value in quantity.values)
    converted = [rate.amount for rate in converted_rates(old, Sources(line.lexicon, (line,)))]
    return [
        old.text[q.start : q.end]
        for q in old.quantities
        if not q.values & kept and not is_known(q, (line.amounts,)) and q not in converted
    ]


def _judge_term(
    resume: ResumeData, path: str, original: str | None, proposed: str, job_description: str, facts: Sequence[str]
) -> FactVerdict:
    """A listed skill needs one line of the resume that holds all of it; a renamed one must stay the same skill."""
    lexicon = lexicon_for(resume, [])
    wording = wording_for(lexicon)
    term = read_line(proposed, lexicon)
    if original is not None:
        old = read_line(original, lexicon)
        kept = pool_of((term,), lexicon)
        if not all(kept.covers(token) for token in old.words):
            return _blocked(wording.say("lost_skill", original))
        if any(raised_degrees(term, Sources(lexicon, (old,), is_term=True))):
            return _blocked(wording.say("raised_skill", proposed, own=original), wording.skill_question(proposed))
    if is_supported(term, Sources(lexicon, term_lines(resume, path, facts, lexicon), is_term=True)):
        # All lines together have it: does one? Most of what is not shown anywhere needs no look at each.
        likely_first = sorted(
            term_sources(resume, path, facts, lexicon),
            key=lambda lines: sum(word.keys.isdisjoint(pool_of(lines, lexicon).keys) for word in term.words),
        )
        for lines in likely_first:
            if is_supported(term, Sources(lexicon, lines, is_term=True)):
                return FactVerdict(Verdict.PASS)
    reason = "wanted_skill" if proposed.casefold() in job_description.casefold() else "unshown_skill"
    return _blocked(wording.say(reason, proposed), wording.skill_question(proposed))


def _judge_certificate(resume: ResumeData, proposed: str, facts: Sequence[str]) -> FactVerdict:
    lexicon = lexicon_for(resume, [])
    wanted = read_line(proposed, lexicon)
    for fact in facts:
        if is_supported(wanted, Sources(lexicon, (read_line(fact, lexicon),), is_term=True)):
            return FactVerdict(Verdict.PASS)
    wording = wording_for(lexicon)
    return _blocked(wording.say("unlisted_certificate", proposed), wording.say("ask_certificate", proposed))


def _judge_order(resume: ResumeData, path: str, place: Place, original: object, proposed: object) -> FactVerdict:
    current = resume.section_order if path == "section_order" else read_path(resume, path)
    if place is not Place.ITEMS or not isinstance(current, list):
        return _blocked("The items at this place of the resume cannot be reordered.")
    if not isinstance(proposed, list) or not isinstance(original, list) or list(map(str, original)) != current:
        return _blocked("The list that the change wants to reorder is not what the resume says there.")
    if Counter(map(str, proposed)) != Counter(current):
        return _blocked("A new order must hold the same items, no more and no fewer.")
    return FactVerdict(Verdict.PASS)


def _is_free(resume: ResumeData, path: str) -> bool:
    """Whether something can be inserted there: an empty text, or an index up to the end of an existing list."""
    steps = parse_path(path)
    if steps is None:
        return False
    if not isinstance(steps[-1], int):
        return read_path(resume, path) == ""
    items = read_path(resume, path.rpartition("[")[0])
    return isinstance(items, list) and steps[-1] <= len(items)


def _same_text(one: object, other: object) -> bool:
    return isinstance(one, str) and isinstance(other, str) and _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _blocked(reason: str, question: str | None = None) -> FactVerdict:
    return FactVerdict(Verdict.BLOCK, (reason,), question)
