"""Jobs of a section: which piece of a header is the title and which the employer. Knows no other section."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from schemas.model_outputs import ExtractedExperience, LineRange, Span
from services.offline_model.entries import Entry, is_dated_header, split_entries
from services.offline_model.header_parts import (
    HeaderParts,
    Part,
    read_header,
    split_at_preposition,
    with_towns_of_siblings,
)
from services.offline_model.labelled_fields import with_named_fields
from services.offline_model.numbered_lines import NumberedLine
from services.resume_language.dates import DURATION, is_only_dates, main_date
from services.resume_language.organisations import company_score, is_legal_form, is_own_business, is_school
from services.resume_language.places import looks_like_town
from services.resume_language.roles import is_title_qualifier, title_score

_SURE = 4.0
_BRACKETED = re.compile(r"(.+) (\()([^()]{3,30})\)")
_DISTRICT = re.compile(r"\s\d{1,2}(?:e|er|ème|th|\.)?$")
"""The number of a part of a town: `Paris 20e`."""
_LONGEST_NAMES = 14
_PROSE_BEHIND = re.compile(r"\)?[.:;]?\s+[A-ZÀ-Þ]\S*(?:\s+\S+){2,}")
_NAMED = 9.0
"""More than any word can say: a label says it."""


@dataclass(frozen=True, slots=True)
class _Job:
    entry: Entry
    header: HeaderParts
    title: Part | None
    company: Part | None
    company_has_own_row: bool
    is_certain: bool


def extract_experience(lines: Sequence[NumberedLine]) -> list[ExtractedExperience]:
    """The jobs that these lines tell of."""
    _, entries = split_entries(_listed_jobs([_without_prose(line) for line in with_named_fields(lines)]))
    headers = with_towns_of_siblings([read_header(entry.header) for entry in entries])
    jobs = [_read_job(entry, header) for entry, header in zip(entries, headers, strict=True)]
    jobs = [_in_order_of_others(job, jobs) for job in jobs]
    title_first = _titles_come_first(jobs)
    jobs = [job if job.is_certain else _by_position(job, title_first=title_first) for job in jobs]
    jobs = [_with_employer_of_sibling(job, jobs) for job in jobs]
    jobs = [_with_whole_title(job, jobs) for job in jobs]
    return _with_employers_of_several_roles(jobs)


def _listed_jobs(lines: Sequence[NumberedLine]) -> list[NumberedLine]:
    """The lines, and where each job is one bullet of a list, without their marks."""
    named = [line for line in lines if line.bullet and _is_job_in_one_line(line)]
    if len(named) * 2 > len(lines) or (named and all(line.bullet for line in lines)):
        return [replace(line, bullet=False) if line in named else line for line in lines]
    return list(lines)


def _without_prose(line: NumberedLine) -> NumberedLine:
    """The line up to its span of time where a title stands before it, and running text behind."""
    date = main_date(line.text)
    if date is None or not date.is_range or line.bullet:
        return line
    before, after = line.text[: date.begin].rstrip(), line.text[date.finish :]
    names = before.endswith((",", "|", "(", "–", "—", "-", "\t")) and len(before.split()) <= _LONGEST_NAMES
    if not names or title_score(before) < 2 or not _PROSE_BEHIND.match(after):
        return line
    return replace(line, text=line.text[: date.finish])


def _is_job_in_one_line(line: NumberedLine) -> bool:
    return is_dated_header(line) and title_score(line.text) >= 2 and len(line.text.split()) <= 20


def _read_job(entry: Entry, header: HeaderParts) -> _Job:
    parts = _with_splits([part for part in header.parts if not is_only_dates(part.text)])
    if not parts:
        return _Job(entry, header, None, None, False, True)
    best = max(parts, key=lambda part: (_title_evidence(part), -parts.index(part)))
    if _title_evidence(best) <= 0:
        certain = any(_company_evidence(part) > 0 for part in parts)
        if not certain:
            return _Job(entry, header, None, None, False, False)
        company = max(parts, key=lambda part: (_company_evidence(part), -parts.index(part)))
        others = [part for part in parts if part is not company]
        title = others[0] if others else None
        if title is None and (header.location is not None or (header.start is not None and entry.body)):
            company, title = _parted_at_comma(company)
        return _Job(entry, header, title, company, _is_alone(company, parts), True)
    others = [part for part in parts if part is not best]
    employer = max(others, key=lambda part: (_company_evidence(part), -others.index(part))) if others else None
    own_row = employer is not None and employer.row != best.row
    known = employer is not None and own_row and _company_evidence(employer) > 0
    title = _with_qualifier(best, others, any_words=known) if own_row else best
    return _Job(entry, header, title, employer, own_row, True)


def _with_qualifier(title: Part, others: Sequence[Part], *, any_words: bool) -> Part:
    """`Key Account Manager – Retail` whole: what stands behind the dash only says what the title is about.

    `any_words` says that the employer is known to stand elsewhere: then other words are about the title, too.
    """
    for other in others:
        match = re.search(rf"{re.escape(title.text)}\s+[–—-]\s+{re.escape(other.text)}", title.line.text)
        about = is_title_qualifier(other.text) or (any_words and _company_evidence(other) == 0)
        if match and other.row == title.row and about:
            return replace(title, text=match.group())
    return title


def _parted_at_comma(part: Part) -> tuple[Part, Part | None]:
    """Employer and title of `Trailhead Books, Buyer`, where the place stands elsewhere and no word tells the title."""
    halves = [replace(part, text=text) for text in part.text.split(", ")]
    if len(halves) != 2 or is_legal_form(halves[1].text):
        return part, None
    employer, title = sorted(halves, key=_company_evidence, reverse=True)
    return (employer, title) if _company_evidence(title) == 0 else (part, None)


def _title_evidence(part: Part) -> float:
    if part.line.field == "title":
        return _NAMED
    return title_score(part.text) - 1.5 * _company_evidence(part)


def _company_evidence(part: Part) -> float:
    if part.line.field is not None:
        return _NAMED if part.line.field == "employer" else 0.0
    return company_score(part.text) + (0.5 if is_school(part.text) else 0.0)


def _is_alone(part: Part, parts: Sequence[Part]) -> bool:
    return not any(other is not part and other.row == part.row for other in parts)


def _with_splits(parts: list[Part]) -> list[Part]:
    """`Staff Engineer, Globex` or `Engineer at Acme` in two, when no other piece can be the other half."""
    titles = [part for part in parts if title_score(part.text) >= 2]
    if len(parts) > 1 and 0 < len(titles) < len(parts):
        return parts
    for split in (split_at_preposition, _split_at_colon, _split_at_comma):
        out = [half for part in parts for half in split(part)]
        if len(out) > len(parts):
            return out
    return parts


def _split_at_colon(part: Part) -> list[Part]:
    """`Oak Ridge Clinic: Nurse` in two, an employer's name and a title in either order."""
    left, colon, right = part.text.partition(": ")
    scores = title_score(left) >= 2, title_score(right) >= 2
    if not colon or part.line.field is not None or ": " in right or scores[0] == scores[1]:
        return [part]
    if scores[0] and company_score(right) == 0:
        return [part]
    return [replace(part, text=left.strip()), replace(part, text=right.strip())]


def _split_at_comma(part: Part) -> list[Part]:
    cut = _comma_cut(part.text) if part.line.field is None else None
    if cut is None:
        return [part]
    return [replace(part, text=part.text[:cut].strip()), replace(part, text=part.text[cut + 1 :].strip(" ,"))]


def _comma_cut(text: str) -> int | None:
    """The comma between a title and an employer, in either order."""
    commas = [
        index for index, character in enumerate(text) if character == "," and text[index + 1 : index + 2] in (" ", "")
    ]
    for cut in commas:
        left, right = text[:cut].strip(), text[cut + 1 :].strip()
        if not left or not right or is_legal_form(right):
            continue
        left_title, right_title = title_score(left) >= 2, title_score(right) >= 2
        if left_title and _names_field_first(right):
            continue
        if left_title and not is_title_qualifier(right) and (not right_title or company_score(right) >= 2):
            return cut
        if left_title and company_score(right) >= 2:
            return cut
        if right_title and not left_title and len(right.split()) <= 8:
            return cut
        if not left_title and not right_title and company_score(right) >= 1 and company_score(left) == 0:
            return cut
    return None


def _names_field_first(text: str) -> bool:
    """Whether a title's field stands before an employer that says what it is: `Surgical Unit, St. Ann Hospital`."""
    field, comma, employer = text.partition(", ")
    is_named = " " in employer and ", " not in employer and (company_score(employer) == 1 or is_school(employer))
    return bool(comma) and is_named and not company_score(field) and not is_school(field)


def _with_employer_of_sibling(job: _Job, jobs: Sequence[_Job]) -> _Job:
    """`Manager`, `Billing, Ledgerline` as `Manager, Billing` at `Ledgerline`, which employs in another job as well."""
    if job.title is None or job.company is None or ", " not in job.company.text:
        return job
    field, _, employer = job.company.text.partition(", ")
    title = f"{job.title.text}, {field}"
    known = any(other.company is not None and other.company.text == employer for other in jobs if other is not job)
    if not known or title not in job.title.line.text:
        return job
    return replace(job, title=replace(job.title, text=title), company=replace(job.company, text=employer))


def _with_whole_title(job: _Job, jobs: Sequence[_Job]) -> _Job:
    """`Nurse – Telemetry` or `Vice President, Supply Chain` whole where employers have rows of their own above."""
    employers = [other for other in jobs if other.company is not None and other is not job]
    above = [other for other in employers if other.company_has_own_row and _order(other) <= 0]
    if job.title is None or not above or len(above) < len(employers):
        return job
    if job.company is None or job.company_has_own_row:
        return replace(job, title=_with_qualifier(job.title, job.header.parts, any_words=True))
    first, second = sorted((job.title, job.company), key=_position)
    whole = f"{first.text}, {second.text}"
    if len(job.entry.header) > 1 or whole not in first.line.text or _company_evidence(second) > 0:
        return job
    return replace(job, title=replace(first, text=whole), company=None)


def _in_order_of_others(job: _Job, jobs: Sequence[_Job]) -> _Job:
    """The job with title and employer exchanged where its own words say less than the order of all others."""
    own = _order(job)
    others = [order for order in (_order(other) for other in jobs if other is not job) if order]
    agree = others and (all(order > 0 for order in others) or all(order < 0 for order in others))
    if not own or not agree or own * sum(others) > 0 or abs(own) >= abs(sum(others)):
        return job
    return replace(job, title=job.company, company=job.title)


def _order(job: _Job) -> float:
    """How sure it is that the title comes first (above 0) or the employer (below 0); 0 where one of them is missing."""
    if not job.is_certain or job.title is None or job.company is None:
        return 0.0
    certainty = min(_title_evidence(job.title) - _title_evidence(job.company), _SURE)
    return certainty if _position(job.title) < _position(job.company) else -certainty


def _titles_come_first(jobs: Sequence[_Job]) -> bool:
    """What the certain jobs of the section do; a resume keeps one order."""
    return sum(_order(job) for job in jobs) >= 0


def _position(part: Part) -> tuple[int, int]:
    return part.row, part.line.text.find(part.text)


def _by_position(job: _Job, *, title_first: bool) -> _Job:
    parts = list(job.header.parts)
    if len(parts) == 1:
        cut = parts[0].text.find(", ")
        if cut > 0 and len(parts[0].text.split()) <= 8:
            parts = [replace(parts[0], text=parts[0].text[:cut]), replace(parts[0], text=parts[0].text[cut + 2 :])]
    if not parts:
        return job
    first, second = parts[0], parts[1] if len(parts) > 1 else None
    title, company = (first, second) if title_first else (second, first)
    if second is None:
        title, company = first, None
    own_row = company is not None and title is not None and company.row != title.row
    return replace(job, title=title, company=company, company_has_own_row=own_row)


def _with_employers_of_several_roles(jobs: Sequence[_Job]) -> list[ExtractedExperience]:
    """The jobs as output: an employer named once above several roles is given to each of them."""
    out: list[ExtractedExperience] = []
    with_town = _towns_follow_employers(jobs)
    employer: Span | None = None
    place: Span | None = None
    told: list[LineRange] = []
    for position, job in enumerate(jobs):
        following = jobs[position + 1] if position + 1 < len(jobs) else None
        if _only_names_employer(job, following):
            name = job.company or job.title
            employer = name.span if name else None
            place = job.header.location
            told = _ranges(job.entry.body)
            continue
        if job.title is None and job.company is None:
            _add_to_last(out, job)
            continue
        company, location = _employer_and_place(job, with_town=with_town)
        if company is None and job.title is not None and _may_inherit(jobs, position):
            company, location = employer, location or place
        elif company is not None:
            employer = company if job.company_has_own_row else None
            place = job.header.location if employer else None
        out.append(
            ExtractedExperience(
                company=company,
                title=job.title.span if job.title else None,
                location=location,
                start_date=job.header.start or (job.header.end if job.header.start is None else None),
                end_date=job.header.end if job.header.start is not None else None,
                bullets=told
                + _ranges(line for line in [*_unused_header_lines(job), *job.entry.body] if not _is_length(line)),
            )
        )
        told = []
    return out


def _is_length(line: NumberedLine) -> bool:
    """Whether a line only says how long a job lasted, as its dates do."""
    return bool(DURATION.fullmatch(line.text))


def _add_to_last(out: list[ExtractedExperience], job: _Job) -> None:
    """A date that dates nothing opens no job: its lines tell about the one before; without one they stay unread."""
    if out:
        out[-1].bullets.extend(_ranges([*job.entry.header, *job.entry.body]))


def _towns_follow_employers(jobs: Sequence[_Job]) -> bool:
    """Whether the section sets towns behind its employers: a known one does, or each of them could be one."""
    named = [job for job in jobs if job.company is not None]
    if any(_known_place_follows(job) for job in named):
        return True
    return len(named) >= 2 and all(_town_behind(job) is not None for job in named)


def _known_place_follows(job: _Job) -> bool:
    company, location = job.company, job.header.location
    if company is None or location is None or location.line != company.line.number:
        return False
    return f"{company.text}, {location.text}" in company.line.text


def _town_behind(job: _Job) -> tuple[str, str] | None:
    """Employer and town of `Huber KG, Freising`, when what stands behind the last comma could be a town."""
    if job.company is None or job.header.location is not None:
        return None
    bracketed = _BRACKETED.fullmatch(job.company.text)
    employer, comma, town = bracketed.groups() if bracketed else job.company.text.rpartition(", ")
    if (
        not comma
        or not looks_like_town(_DISTRICT.sub("", town))
        or (bracketed and town.isupper())
        or is_legal_form(town)
    ):
        return None
    is_else = (
        company_score(town) > (len(town.split()) == 1)
        or title_score(town) >= 2
        or is_title_qualifier(town)
        or is_school(town)
    )
    return None if is_else else (employer, town)


def _employer_and_place(job: _Job, *, with_town: bool) -> tuple[Span | None, Span | None]:
    """The employer, and the place: a town behind a legal form, or where the section sets them, is the place."""
    if job.company is None:
        return None, job.header.location
    parted = _town_behind(job)
    in_brackets = job.company.text.endswith(")")
    if parted is None or not (with_town or (company_score(parted[0]) >= 2 and not in_brackets)):
        return job.company.span, job.header.location
    return job.company.line.span(parted[0]), job.company.line.span(parted[1])


def _only_names_employer(job: _Job, following: _Job | None) -> bool:
    """`Acme Corp, 2015 - 2022` above two roles, maybe with a sentence on the employer: no job of its own."""
    if following is None or any(line.bullet for line in job.entry.body):
        return False
    if job.entry.body:
        return job.title is None and job.company is not None and _names_title_alone(following)
    if job.company is None and job.title is not None and _may_be_employer(job.title):
        return _names_title_alone(following)
    if job.title is not None or job.company is None:
        return False
    return following.title is not None and following.company is None


def _may_be_employer(part: Part) -> bool:
    return title_score(part.text) < 2 and part.line.field is None


def _names_title_alone(job: _Job) -> bool:
    """Whether the entry is dated and names a title and nothing else."""
    return (
        job.company is None
        and job.header.start is not None
        and job.title is not None
        and title_score(job.title.text) >= 2
    )


def _may_inherit(jobs: Sequence[_Job], position: int) -> bool:
    job = jobs[position]
    dated = job.header.start is not None or job.header.end is not None
    if position == 0 or not dated or len(job.header.parts) != 1 or is_own_business(job.header.parts[0].text):
        return False
    beside = job.entry.header[0].block == jobs[position - 1].entry.header[0].block
    return beside or title_score(job.header.parts[0].text) >= 1


def _unused_header_lines(job: _Job) -> list[NumberedLine]:
    """Header lines that no field was read from: kept with the job as its first lines."""
    spans = (job.header.location, job.header.start, job.header.end)
    used = {span.line for span in spans if span is not None}
    used |= {part.line.number for part in (job.title, job.company) if part is not None}
    return [line for line in job.entry.header if line.number not in used]


def _ranges(body: Iterable[NumberedLine]) -> list[LineRange]:
    return [line.range for line in body]
