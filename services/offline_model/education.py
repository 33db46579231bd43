"""Schools of a section: institution, degree, field, grade. Knows no other section."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schemas.model_outputs import ExtractedEducation, Span
from services.offline_model.education_entries import DETAIL, has_degree, has_school, split_entries
from services.offline_model.education_parts import (
    dash_behind_school,
    says_field,
    split_at_school,
    starts_with_degree,
    with_comma_split,
    with_dashed_names_whole,
)
from services.offline_model.entries import Entry
from services.offline_model.grades import gpa_span, is_only_gpa, take_gpa
from services.offline_model.header_parts import Part, read_header
from services.offline_model.labelled_fields import with_named_fields
from services.offline_model.numbered_lines import FieldName, NumberedLine
from services.resume_language.dates import is_only_dates, main_date
from services.resume_language.folding import fold
from services.resume_language.organisations import company_score, degree_at, find_gpa, is_school
from services.resume_language.places import is_place, looks_like_town, names_region, trailing_place

_CAMPUSES = frozenset(("indian", "national"))
"""Words of schools that the town tells apart, besides names of states: `National Institute of Technology, Trichy`."""
_CONNECTED = re.compile(
    r"^(?:of|de|du|des|en|di|del|da|do|i|an?|der|für|zum|zur|als|d['’]|van|med|och|em|and|&)\b", re.IGNORECASE
)
_SAID_BEHIND = re.compile(r"(?<=\w{4})\.(?:\s+[A-Z].*)?$")
"""A word on the degree behind its school: `University of York. Distinction.`"""
_NAMES_FIELD = re.compile(
    r"\bin\b|\bof (?!sciences?\b|arts\b|applied\b|fine\b|business\b|education\b|engineering\b|laws?\b|philosophy\b)",
    re.IGNORECASE,
)
_GRADUATED = re.compile(
    r"^(?:grad(?:uat(?:ed|ion|ing))?|class of|expected|anticipated|abschluss|completed)\b[\w .:]{0,20}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the schools of a section have in common: a resume keeps one form."""

    degree_first: bool = False
    names_schools: bool = False
    sets_schools_last: bool = False
    sets_towns_behind_dashes: bool = True
    sets_towns_last: bool = False


def extract_education(lines: Sequence[NumberedLine]) -> list[ExtractedEducation]:
    """The schools that these lines tell of."""
    entries = split_entries(with_named_fields(_with_grid_unrolled(lines)))
    habits = _habits(entries)
    out: list[ExtractedEducation] = []
    institution: Span | None = None
    for entry in entries:
        school = _read_school(entry, habits)
        if school.institution is None and school.degree is not None:
            school = school.model_copy(update={"institution": institution})
        else:
            above = school.degree is None or (school.institution and school.institution.line < school.degree.line)
            institution = school.institution if above else None
        if school.institution is not None or school.degree is not None:
            out.append(school)
        elif out:
            out[-1].bullets.extend(line.range for line in (*entry.header, *entry.body))
    return out


def _with_grid_unrolled(lines: Sequence[NumberedLine]) -> list[NumberedLine]:
    """The lines, schools that stand beside each other one after the other: names, dates and degrees in cells."""
    out: list[NumberedLine] = []
    rest = list(lines)
    while rest:
        width = rest[0].text.count("\t") + 1
        end = next((n for n, line in enumerate(rest) if line.text.count("\t") + 1 != width), len(rest))
        grid = rest[:end]
        rows = [line.text.split("\t") for line in grid]
        if width > 1 and len(grid) > 1 and all(map(is_school, rows[0])) and all(map(is_only_dates, rows[1])):
            out += [line.rest(row[column]) for column in range(width) for line, row in zip(grid, rows, strict=True)]
            rest = rest[end:]
        else:
            out.append(rest.pop(0))
    return out


def _habits(entries: Sequence[Entry]) -> _Habits:
    """How the entries are written whose words tell school and degree apart."""
    degree_first = 0
    dashed = named = 0
    for entry in entries:
        school = next((index for index, line in enumerate(entry.header) if has_school(line)), None)
        degree = next((index for index, line in enumerate(entry.header) if has_degree(line)), None)
        if school is not None and degree is not None and school != degree:
            degree_first += 1 if degree < school else -1
        named += school is not None
        dashed += any(dash_behind_school(line.text) is not None for line in entry.header)
    parted = len(entries) > 1 and all(_parts_at_comma(entry) for entry in entries)
    return _Habits(
        degree_first=degree_first > 0,
        names_schools=named > 0 or parted,
        sets_schools_last=any(_ends_in_school(entry) for entry in entries),
        sets_towns_behind_dashes=dashed == len(entries),
        sets_towns_last=_set_towns_last(entries),
    )


def _ends_in_school(entry: Entry) -> bool:
    """Whether the entry is one line, and what is behind its last comma a school."""
    head, _, last = _without_dates(entry.header[0].text).strip(" \t|–—-").rpartition(", ")
    return len(entry.header) == 1 and bool(head) and is_school(last) and not is_school(head)


def _parts_at_comma(entry: Entry) -> bool:
    """Whether the entry is one line of a degree in two words and more, a comma, and what is none."""
    head, comma, rest = _without_dates(entry.header[0].text).strip(" :\t|–—-").partition(", ")
    names = bool(comma) and len(head.split()) > 1 and degree_at(head) is not None and degree_at(rest) is None
    return len(entry.header) == 1 and names


def _set_towns_last(entries: Sequence[Entry]) -> bool:
    """Whether every line that names a school ends in what could be a town, and one of them is known to be one."""
    lines = [line.text for entry in entries for line in entry.header if _is_row_of_school(line, entry)]
    texts = [re.sub(r"[\s,|(–—-]+$", "", _without_dates(text)) for text in lines]
    towns = [text.rpartition(", ")[2] for text in texts if ", " in text]
    fits = all(looks_like_town(town) and _is_no_more_than_town(town) for town in towns)
    return len(texts) > 1 and len(towns) == len(texts) and fits and any(trailing_place(text) for text in texts)


def _is_row_of_school(line: NumberedLine, entry: Entry) -> bool:
    """Whether the line names a school, or stands alone beside a degree: then it does, whatever it is called."""
    if has_school(line):
        return True
    others = [other for other in entry.header if other is not line and not is_only_dates(other.text)]
    plain = not has_degree(line) and not is_only_dates(line.text) and find_gpa(line.text) is None
    return plain and len(others) == 1 and has_degree(others[0])


def _without_dates(text: str) -> str:
    date = main_date(text)
    return text if date is None else text[: date.begin] or text[date.finish :]


def _read_school(entry: Entry, habits: _Habits) -> ExtractedEducation:
    gpa, lines = take_gpa(entry.header)
    header = read_header(lines, keep_single_place=True)
    named = [part for part in header.parts if not _GRADUATED.match(part.text) and not is_only_dates(part.text)]
    if not habits.sets_towns_behind_dashes:
        named = with_dashed_names_whole(named)
    parts = with_comma_split(named, alone=len(named) == 1 and (habits.names_schools or says_field(named[0])))
    parts = split_at_school(parts)
    school = _named_as("school", parts) or next(
        (part for part in parts if is_school(part.text) and not starts_with_degree(part.text)), None
    )
    if school is None and habits.sets_schools_last and len(parts) == 1:
        parts = _with_school_last(parts[0])
        school = parts[1] if len(parts) > 1 else None
    degrees = [part for part in parts if part is not school and degree_at(part.text) is not None]
    degree = _named_as("degree", parts) or max(degrees, key=lambda part: len(part.text.split()), default=None)
    rest = [part for part in parts if part not in (school, degree)]
    if school is None and rest:
        school = rest.pop(1 if degree is None and habits.degree_first and len(rest) > 1 else 0)
    field: Span | None = None
    degree_span: Span | None = None
    if degree is not None:
        degree_span, field = _degree_and_field(degree)
        if field is None and rest and _may_be_field(degree, rest[0]):
            field = rest.pop(0).span
    elif rest and not DETAIL.match(rest[0].text):
        degree_span = rest.pop(0).span
    if school is not None and degree is not None and field is None and " " not in degree.text:
        school, field = _with_field_behind(school)
    body = list(entry.body)
    if degree is not None and field is None and body and _is_field_below(degree, body[0]):
        line = body.pop(0)
        field = line.span(line.text)
    if gpa is None:
        gpa = next((span for span in map(gpa_span, entry.body) if span is not None), None)
    institution, location = _school_and_place(school, header.location, habits)
    return ExtractedEducation(
        institution=institution,
        degree=degree_span,
        field=field,
        location=location,
        start_date=header.start,
        end_date=header.end,
        gpa=gpa,
        bullets=[line.range for line in body if gpa is None or line.number != gpa.line or not is_only_gpa(line)],
    )


def _with_field_behind(school: Part) -> tuple[Part, Span | None]:
    """`Oregon State University, Biology` in two where the degree stands alone elsewhere: "BS"."""
    name, comma, words = school.text.rpartition(", ")
    is_field = bool(comma) and is_school(name) and not is_school(words) and not is_place(words)
    return (replace(school, text=name), school.line.span(words)) if is_field else (school, None)


def _with_school_last(part: Part) -> list[Part]:
    """`A Levels: Mathematics, History, Ysgol Glan Clwyd` in two: a name of two words and more, where others name it."""
    head, _, last = part.text.rpartition(", ")
    names = head and len(last.split()) > 1 and all(word[:1].isupper() for word in last.split())
    return [replace(part, text=head), replace(part, text=last)] if names else [part]


def _named_as(field: FieldName, parts: Sequence[Part]) -> Part | None:
    """The piece of the line whose label says that it is this."""
    return next((part for part in parts if part.line.field == field), None)


def _school_and_place(school: Part | None, location: Span | None, habits: _Habits) -> tuple[Span | None, Span | None]:
    """School and town of `Hartwell College, Ludlow`; a campus belongs to the name (`University of Texas, Austin`)."""
    if school is not None:
        school = replace(school, text=_SAID_BEHIND.sub("", school.text))
    if school is None or location is not None:
        return school.span if school else None, location
    bracketed = re.fullmatch(r"(?P<name>.+) \((?P<town>[^()]+)\)", school.text)
    named = bracketed and (is_school(bracketed["name"]) or is_place(bracketed["town"]))
    if bracketed and named and _is_town_in_brackets(bracketed["town"]):
        return school.line.span(bracketed["name"]), school.line.span(bracketed["town"])
    name, comma, town = school.text.rpartition(", ")
    has_campuses = names_region(name) or not _CAMPUSES.isdisjoint(fold(name).split())
    is_known = is_school(name) or is_place(town) or company_score(name) > 0
    is_parted = bool(comma) and (habits.sets_towns_last or is_known)
    if (
        not is_parted
        or (has_campuses and not habits.sets_towns_last)
        or not looks_like_town(town)
        or not _is_no_more_than_town(town)
    ):
        return school.span, None
    return school.line.span(name), school.line.span(town)


def _is_town_in_brackets(text: str) -> bool:
    return not text.isupper() and (is_place(text) or (looks_like_town(text) and _is_no_more_than_town(text)))


def _is_no_more_than_town(text: str) -> bool:
    like_firm = company_score(text) > (len(text.split()) == 1)  # Trondheim ends like a firm
    return not (is_school(text) or like_firm or degree_at(text) or DETAIL.match(text))


def _degree_and_field(part: Part) -> tuple[Span, Span | None]:
    """`B.S.` and `Computer Science` of `B.S. in Computer Science`; a title like `Master of Arts` stays whole."""
    text = part.text
    found = degree_at(text)
    if found is None:
        return part.span, None
    inside = re.search(r"\s+(?:in)\s+(?=\S)", text[found[1] - 1 :], re.IGNORECASE)
    if inside:
        at = found[1] - 1
        return part.line.span(text[: at + inside.start()]), part.line.span(text[at + inside.end() :])
    word_end = re.compile(r"\S*").match(text, found[1])
    end = word_end.end() if word_end else found[1]
    degree, rest = text[:end].rstrip(" ,:–-("), text[end:].strip(" ,:–-")
    if re.search(r"\b(?:zum|zur|als)$", degree, re.IGNORECASE):
        return part.span, None
    if found[0] > 0 or not rest or _CONNECTED.match(rest) or text[end : end + 2].strip().startswith("(") or "(" in rest:
        return part.span, None
    if fold(rest).split()[:1] == ["degree"] or "-" in text[found[0] : end]:
        return part.span, None
    return part.line.span(degree), part.line.span(rest)


def _is_field_below(degree: Part, line: NumberedLine) -> bool:
    """Whether a line set apart below a degree that names no field is it: `Bachelor of Science` over `Nursing`."""
    found = degree_at(degree.text)
    is_bare = found is not None and not _NAMES_FIELD.search(degree.text) and line.number - degree.line.number <= 1
    says_more = DETAIL.match(line.text) or degree_at(line.text) or is_school(line.text) or is_place(line.text)
    is_name = re.fullmatch(r"[^\W\d_a-z][\w&/ ’'-]{2,40}", line.text) and len(line.text.split()) <= 4
    return bool(is_bare and is_name and not says_more and not line.bullet and not line.heading)


def _may_be_field(degree: Part, part: Part) -> bool:
    """Whether a few words beside a degree, or in the row above or below it, can be what it is in."""
    beside = part.row == degree.row
    near = abs(part.row - degree.row) == 1 and part.text[:1].isupper() and not DETAIL.match(part.text)
    return (
        (beside or (near and not is_school(part.text)))
        and degree_at(part.text) is None
        and len(part.text.split()) <= 6
        and not re.search(r"\d", part.text)
    )
