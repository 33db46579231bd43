"""Years of work: how many an ad demands, a line states, and the dates of a resume add up to."""

import re
from datetime import date
from typing import Final

from schemas.resume_schemas import ResumeData
from services.matching.skill_terms import fold

_COUNT_WORDS: Final = {
    **dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True)),
    **{"ein": 1, "zwei": 2, "drei": 3, "funf": 5, "deux": 2, "trois": 3, "cinq": 5, "dos": 2, "tres": 3, "cinco": 5},
}
_YEARS: Final = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_COUNT_WORDS)})\s*\+?(?:\s*(?:-|–|to|bis|a)\s*\d{{1,2}})?\s*\+?\s*(?:or more\s+|plus\s+)?"
    r"(?:years?|yrs?|jahre?n?|ans|annees|anos|anni|jaar|ars?)\b"
)
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_MONTH: Final = re.compile(r"\b(\d{1,2})[./-](?=(?:19|20)\d{2})|\b(?<=\d{4}-)(\d{2})\b")
_MONTH_NAMES: Final = (
    "jan|ene|gen", "feb|fev|fevr", "mar|mrz", "apr|avr|abr", "may|mai|mag|mei|maj", "jun|juin|giu",
    "jul|juil|lug", "aug|aou|ago", "sep|set", "oct|okt|out|ott", "nov", "dec|dez|dic",
)  # fmt: skip


def demanded_years(term: str) -> int | None:
    """The number of years that a requirement asks for; None when it asks for something else."""
    counts = _counts(term)
    return counts[0] if counts else None


def stated_years(text: str, *, at_least: int) -> str | None:
    """The words of a line that state so many years or more."""
    folded = fold(text)
    for found in _YEARS.finditer(folded):
        if _number(found.group(1)) >= at_least:
            # Folding keeps the length of almost every text; where it does not, the whole line is the quote.
            return text[found.start() : found.end()] if len(folded) == len(text) else text
    return None


def worked_years(resume: ResumeData, as_of: date | None) -> float:
    """Years covered by the jobs' dates, overlaps counted once. An open end counts up to `as_of` or the latest year."""
    years = [int(year) for job in resume.experience for year in _YEAR.findall(f"{job.start_date} {job.end_date}")]
    open_end = as_of.year * 12 + as_of.month if as_of else max(years, default=0) * 12 + 1
    worked: set[int] = set()
    for job in resume.experience:
        start, end = _month(job.start_date), _month(job.end_date, closing=True)
        if start is not None:
            worked.update(range(start, min(open_end if end is None else end, start + 12 * 60)))
    return len(worked) / 12


def _month(text: str, *, closing: bool = False) -> int | None:
    """A date as a count of months; a bare year starts in January and, as an end, is not counted in full."""
    years = _YEAR.findall(text)
    if not years:
        return None
    folded = fold(text)
    month = next((n for n, names in enumerate(_MONTH_NAMES, 1) if re.search(rf"\b(?:{names})", folded)), None)
    if month is None and (numbered := _MONTH.search(folded)):
        month = min(12, int(numbered.group(1) or numbered.group(2)))
    return int(years[-1 if closing else 0]) * 12 + (month or 1)


def _counts(text: str) -> list[int]:
    return [_number(found.group(1)) for found in _YEARS.finditer(fold(text))]


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _COUNT_WORDS[word]
