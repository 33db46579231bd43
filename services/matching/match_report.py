"""How far a resume meets a job ad, computed by code: the same input gives the same number, and no model is asked.

Knows what counts as evidence for a requirement; reading the ad is `job_ads`' business.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from schemas.change_schemas import Evidence
from schemas.match_schemas import MatchedRequirement, MatchReport, RequirementStatus
from schemas.resume_schemas import ResumeData
from services.job_ads.reader import Requirement, read_job_ad
from services.matching.degrees import degree_level, names_degree
from services.matching.skill_terms import find_proof, find_term, fold, tokens, without_credential_word
from services.matching.work_years import demanded_years, stated_years, worked_years
from services.resume_paths import walk_texts

_CONTACT: Final = ("personal_info.name", "personal_info.email", "personal_info.phone", "personal_info.header_links")
# A certificate in a tool is proved by a certificate, not by use of the tool.
_CERTIFICATES: Final = ("certifications", "education", "custom_sections", "professional_summary")
_NOT_EVIDENCE: Final = re.compile(r"\.(?:start_date|end_date|date|location|gpa|link)$")
# "Bachelor's in Nursing or a related field": a degree of another field may do.
_RELATED_FIELD: Final = re.compile(
    r"\b(?:related|similar|relevant|equivalent|comparable|vergleichbar|ahnlich|equivalent|afin)"
)

# What is said not to be there: "no experience with Docker", "interested in learning Docker".
_DENIAL: Final = re.compile(
    r"(?<![\w-])(?:no|not(?! only)|never|without|lack(?:s|ing)?|kein\w*|nicht(?! nur)|nie|ohne|pas|aucune?|sans|sin|sem"
    r"|nunca|nao|non|senza|geen|zonder|interested in|eager to|keen to|hope to|want to|wants to)(?![\w-])"
)
_CLAUSE_END: Final = re.compile(r"[.,;:()!?]|\b(?:but|aber|sondern|mais|pero|mas)\b")
_DENIED_WITHIN: Final = 5  # words

_BEST_FIRST: Final = (RequirementStatus.PRESENT, RequirementStatus.SUPPORTED, RequirementStatus.MISSING)

Line = tuple[str, str]


def match(
    resume_before: ResumeData,
    resume_after: ResumeData,
    job_description: str,
    confirmed_facts: Sequence[str] = (),
    *,
    as_of: date | None = None,
) -> MatchReport:
    """Compare a resume before and after tailoring with the ad's requirements.

    `as_of` (when the resume was uploaded) ends the job that goes on "to present" when years of work are counted;
    without it they are counted up to the latest year that the resume names. Nothing depends on today.
    """
    requirements = read_job_ad(job_description).requirements
    before = match_requirements(requirements, resume_before, confirmed_facts, as_of=as_of)
    after = match_requirements(requirements, resume_after, confirmed_facts, as_of=as_of)
    return MatchReport(
        requirements=after,
        coverage_before=_coverage(before, {RequirementStatus.PRESENT}),
        coverage_after=_coverage(after, {RequirementStatus.PRESENT}),
        coverage_reachable=_coverage(after, {RequirementStatus.PRESENT, RequirementStatus.SUPPORTED}),
        unreachable=[one.term for one in after if one.status is RequirementStatus.MISSING],
    )


def match_requirements(
    requirements: Iterable[Requirement],
    resume: ResumeData,
    confirmed_facts: Sequence[str] = (),
    *,
    as_of: date | None = None,
) -> list[MatchedRequirement]:
    """Each requirement with what the resume shows of it; of several that are a choice the one that it shows best."""
    lines = [
        line for line in walk_texts(resume) if not line[0].startswith(_CONTACT) and not _NOT_EVIDENCE.search(line[0])
    ]
    facts = [(f"confirmed_facts[{index}]", fact) for index, fact in enumerate(confirmed_facts)]
    best: dict[tuple[str, str], MatchedRequirement] = {}
    for requirement in requirements:
        status, evidence = _judge(requirement, resume, lines, facts, as_of)
        is_missing = status is RequirementStatus.MISSING
        matched = MatchedRequirement(
            term=requirement.choice if requirement.choice and is_missing else requirement.term,
            kind=requirement.kind,
            sentence=requirement.sentence,
            status=status,
            evidence=evidence,
        )
        known = best.setdefault((requirement.choice or requirement.term, requirement.sentence), matched)
        if _BEST_FIRST.index(status) < _BEST_FIRST.index(known.status):
            best[requirement.choice or requirement.term, requirement.sentence] = matched
    return list(best.values())


def _judge(
    requirement: Requirement, resume: ResumeData, lines: list[Line], facts: list[Line], as_of: date | None
) -> tuple[RequirementStatus, Evidence | None]:
    """Years and degrees are compared by size; anything else must be named, proved or confirmed."""
    if (years := demanded_years(requirement.term)) is not None:
        return _judge_years(years, resume, lines, facts, as_of)
    if (named := _first(lines, lambda text: _claimed(find_term(requirement.term, text), text))) is not None:
        return RequirementStatus.PRESENT, named
    if (certified := without_credential_word(requirement.term)) is not None:
        certificates = [line for line in lines if line[0].startswith(_CERTIFICATES)]
        held = _first(certificates, lambda text: _claimed(find_term(certified, text), text))
        return (RequirementStatus.PRESENT, held) if held else _judge_other(requirement, [], facts)
    if names_degree(requirement.term):
        return _judge_degree(requirement, resume, facts)
    return _judge_other(requirement, lines, facts)


def _judge_other(
    requirement: Requirement, lines: list[Line], facts: list[Line]
) -> tuple[RequirementStatus, Evidence | None]:
    """What is not named in the resume may be confirmed by the person, or proved by their own lines."""
    proof = _first(facts, lambda text: find_term(requirement.term, text)) or _first(
        [*lines, *facts], lambda text: _claimed(find_proof(requirement.term, text), text)
    )
    return (RequirementStatus.SUPPORTED, proof) if proof else (RequirementStatus.MISSING, None)


def _judge_years(
    years: int, resume: ResumeData, lines: list[Line], facts: list[Line], as_of: date | None
) -> tuple[RequirementStatus, Evidence | None]:
    if (stated := _first(lines, lambda text: stated_years(text, at_least=years))) is not None:
        return RequirementStatus.PRESENT, stated
    if worked_years(resume, as_of) >= years:
        first = next((i for i, job in enumerate(resume.experience) if job.start_date), 0)
        quote = resume.experience[first].start_date
        return RequirementStatus.SUPPORTED, Evidence(path=f"experience[{first}].start_date", quote=quote)
    confirmed = _first(facts, lambda text: stated_years(text, at_least=years))
    return (RequirementStatus.SUPPORTED, confirmed) if confirmed else (RequirementStatus.MISSING, None)


def _judge_degree(
    requirement: Requirement, resume: ResumeData, facts: list[Line]
) -> tuple[RequirementStatus, Evidence | None]:
    """A degree of the demanded level; in the demanded field present, in another one at most supported."""
    level, field = degree_level(requirement.term)
    best: tuple[RequirementStatus, Evidence | None] = (RequirementStatus.MISSING, None)
    for index, school in enumerate(resume.education):
        held, _ = degree_level(school.degree)
        if held is None or (level is not None and held < level):
            continue
        evidence = Evidence(path=f"education[{index}].degree", quote=school.degree)
        if field is None or find_term(field, f"{school.degree} {school.field}") is not None:
            return RequirementStatus.PRESENT, evidence
        shared = _words(field) & _words(f"{school.degree} {school.field}")
        if shared or _RELATED_FIELD.search(fold(requirement.sentence)):
            best = (RequirementStatus.SUPPORTED, evidence)
    if best[1] is None and (fact := _first(facts, lambda text: find_term(requirement.term, text))) is not None:
        return RequirementStatus.SUPPORTED, fact
    return best


def _claimed(quote: str | None, text: str) -> str | None:
    """The words that were found in a text, unless the text says right before them that this is not there."""
    if quote is None:
        return None
    clause = _CLAUSE_END.split(fold(text[: text.index(quote)]))[-1]
    return None if _DENIAL.search(" ".join(clause.split()[-_DENIED_WITHIN:])) else quote


def _words(text: str) -> set[str]:
    return {token.key for token in tokens(text) if len(token.key) > 3}


def _first(lines: Iterable[Line], find: Callable[[str], str | None]) -> Evidence | None:
    """The first line in which something is found, with the words found."""
    for path, text in lines:
        if (quote := find(text)) is not None:
            return Evidence(path=path, quote=quote)
    return None


def _coverage(matched: list[MatchedRequirement], covered: set[RequirementStatus]) -> float | None:
    weight = {"must": 2, "nice": 1}
    total = sum(weight[one.kind] for one in matched)
    reached = sum(weight[one.kind] for one in matched if one.status in covered)
    return round(100 * reached / total, 1) if total else None
