"""Schools of a section: institution, degree, field, grade. Knows no other section."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schemas.model_outputs import ExtractedEducation, Span
from services.offline_model.entries import Entry, is_body_line, is_dated_header
from services.offline_model.header_parts import Part, read_header
from services.offline_model.labelled_fields import with_named_fields
from services.offline_model.numbered_lines import FieldName, NumberedLine
from services.resume_language.dates import find_dates, is_only_dates, main_date
from services.resume_language.folding import fold
from services.resume_language.organisations import company_score, degree_at, find_gpa, is_school
from services.resume_language.places import is_place, looks_like_town, names_region, trailing_place

_MAX_HEADER_WORDS = 22
_CAMPUSES = frozenset(("indian", "national"))
"""Words of schools that the town tells apart, besides names of states: `National Institute of Technology, Trichy`."""
_CONNECTED = re.compile(
    r"^(?:of|de|du|des|en|di|del|da|do|i|an?|der|für|zum|zur|als|d['’]|van|med|och|em|and|&)\b", re.IGNORECASE
)
_DASH = re.compile(r"\s[–—-]\s")
_GRADUATED = re.compile(
    r"^(?:grad(?:uat(?:ed|ion|ing))?|class of|expected|anticipated|abschluss|completed)\b[\w .:]{0,20}$", re.IGNORECASE
)
_DETAIL = re.compile(
    r"^(?:minor|major|thesis|relevant|coursework|courses|honou?rs|awards?|activities|dean|gpa|cum|magna"
    r"|summa|cgpa|grade|dissertation|"
    r"focus|concentration|specialization|note|abschlussnote|thema|schwerpunkt|mémoire|mention|promedio"
    r"|nota|tesi|voto|advisor|"
    r"distinction|graduated with|selected|college of|school of|faculty of|department of|fakultät|faculté"
    r"|facultad|institut für)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Habits:
    """What the schools of a section have in common: a resume keeps one form."""

    degree_first: bool = False
    names_schools: bool = False
    sets_towns_behind_dashes: bool = True
    sets_towns_last: bool = False


def extract_education(lines: Sequence[NumberedLine]) -> list[ExtractedEducation]:
    """The schools that these lines tell of."""
    entries = _split(with_named_fields(lines))
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


def _habits(entries: Sequence[Entry]) -> _Habits:
    """How the entries are written whose words tell school and degree apart."""
    degree_first = 0
    dashed = named = 0
    for entry in entries:
        school = next((index for index, line in enumerate(entry.header) if _has_school(line)), None)
        degree = next((index for index, line in enumerate(entry.header) if _has_degree(line)), None)
        if school is not None and degree is not None and school != degree:
            degree_first += 1 if degree < school else -1
        named += school is not None
        dashed += any(_dash_behind_school(line.text) is not None for line in entry.header)
    parted = len(entries) > 1 and all(_parts_at_comma(entry) for entry in entries)
    return _Habits(degree_first > 0, named > 0 or parted, dashed == len(entries), _set_towns_last(entries))


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
    if _has_school(line):
        return True
    others = [other for other in entry.header if other is not line and not is_only_dates(other.text)]
    plain = not _has_degree(line) and not is_only_dates(line.text) and find_gpa(line.text) is None
    return plain and len(others) == 1 and _has_degree(others[0])


def _without_dates(text: str) -> str:
    date = main_date(text)
    return text if date is None else text[: date.begin] or text[date.finish :]


def _dash_behind_school(text: str) -> int | None:
    """Where `– Paul Sabatier` begins behind `Université Toulouse III`; None where the words say what they are."""
    for match in re.finditer(r"\s[–—-]\s", text):
        name = text[: match.start()].rpartition(", ")[2]
        rest = re.split(r"[\t|•·,(]|\s[–—-]\s", text[match.end() :])[0]
        if is_school(name) and not _starts_with_degree(name):
            says_more = is_school(rest) or degree_at(rest) or find_dates(rest) or is_place(rest) or _DETAIL.match(rest)
            return None if says_more or not rest.strip() else match.start()
    return None


def _split(lines: Sequence[NumberedLine]) -> list[Entry]:
    """Entries begin where a school or degree comes that the entry before has already."""
    entries: list[Entry] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if not entries:
            entries.append(Entry([line]))
            continue
        current = entries[-1]
        if _begins_entry(line, lines[index - 1], following, current):
            entries.append(Entry([line]))
        elif current.body or not _is_header(line, current):
            current.body.append(line)
        else:
            current.header.append(line)
    return entries


def _is_header(line: NumberedLine, current: Entry) -> bool:
    if line.bullet:
        return not any(_has_school(other) or _has_degree(other) for other in current.header)
    text = line.text
    is_named_already = any(map(_has_school, current.header)) or not _has_school(line)
    if _DETAIL.match(text) and is_named_already and any(map(_has_degree, current.header)):
        return False
    if is_only_dates(text) or is_place(text) or _has_school(line) or _has_degree(line) or find_dates(text):
        return not (is_body_line(line) and len(text.split()) > 16)
    return not is_body_line(line) and len(current.header) < 3 and find_gpa(text) is None


def _begins_entry(line: NumberedLine, previous: NumberedLine, following: NumberedLine | None, current: Entry) -> bool:
    named = [other for other in current.header if _has_school(other) or _has_degree(other)]
    if line.bullet:
        peer = current.header[0].bullet and (_has_school(line) or _has_degree(line))
        return peer and bool(named)
    if (is_body_line(line) and not find_dates(line.text)) or len(line.text.split()) > _MAX_HEADER_WORDS:
        return False
    has_date = any(find_dates(other.text) for other in current.header)
    if has_date and is_dated_header(line) and not _DETAIL.match(line.text):
        date = main_date(line.text)
        if date is not None and (date.is_range or line.heading or line.bold):
            return True
    school, degree = _has_school(line), _has_degree(line)
    has_school = any(_has_school(other) for other in current.header)
    has_degree = any(_has_degree(other) for other in current.header)
    apart = line.block != previous.block or line.heading or (line.bold and not previous.bold) or previous.bullet
    dated = bool(find_dates(line.text)) or (
        following is not None and not following.bullet and bool(find_dates(following.text))
    )
    if _DETAIL.match(line.text) and (not apart or has_school or has_degree):
        return False
    if school and has_school and not has_degree and not has_date and not current.body and _is_row_below(line, current):
        return False
    if has_date and named and line.bold and current.header[0].bold and not previous.bold:
        return True
    if school and has_school and _is_peer(line, current.header[0]):
        return True
    if has_school and has_degree and has_date and _opens_like(current.header[0], line, following):
        return True
    if school and has_school:
        next_degree = following is not None and not following.bullet and _has_degree(following)
        return apart or dated or degree or next_degree
    if degree and has_degree and school and not has_school and len(current.header[0].text.split()) <= 3:
        return False
    if degree and has_degree:
        return apart or dated or (following is not None and _has_school(following))
    if (school or degree) and current.body and apart:
        return True
    starts_with_date = bool(find_dates(line.text)) and find_dates(line.text)[0].begin == 0
    if starts_with_date and has_date and named:
        return True
    if apart and dated and (has_school or has_degree) and not is_only_dates(line.text):
        return (has_school and has_degree) or bool(current.body) or line.heading
    return False


def _is_row_below(line: NumberedLine, current: Entry) -> bool:
    """Whether a plain line below one bold name is its second row, though it names a school, too."""
    return len(current.header) == 1 and current.header[0].bold and not line.bold


def _is_peer(line: NumberedLine, first: NumberedLine) -> bool:
    """Whether both lines name something and the school behind a dash: `7 O-levels – Mill Mount School`."""
    return all(_DASH.search(text) and is_school(_DASH.split(text)[-1]) for text in (line.text, first.text))


def _opens_like(first: NumberedLine, line: NumberedLine, following: NumberedLine | None) -> bool:
    """Whether a name that no word tells as a school stands where the entry before has its school: above its degree."""
    if following is None or is_body_line(line) or find_dates(line.text) or not _has_school(first) or _has_degree(line):
        return False
    alike = line.bold == first.bold and line.text.count("\t") == first.text.count("\t") and not is_place(line.text)
    return alike and _has_degree(following) and bool(find_dates(following.text)) and not _DETAIL.match(line.text)


def _has_school(line: NumberedLine) -> bool:
    return line.field == "school" or (line.field is None and is_school(line.text))


def _has_degree(line: NumberedLine) -> bool:
    return line.field == "degree" or (line.field is None and degree_at(line.text) is not None)


def _read_school(entry: Entry, habits: _Habits) -> ExtractedEducation:
    gpa, lines = _take_gpa(entry.header)
    header = read_header(lines, keep_single_place=True)
    named = [part for part in header.parts if not _GRADUATED.match(part.text) and not is_only_dates(part.text)]
    if not habits.sets_towns_behind_dashes:
        named = _with_dashed_names_whole(named)
    parts = _with_comma_split(named, alone=len(named) == 1 and (habits.names_schools or _says_field(named[0])))
    school = _named_as("school", parts) or next(
        (part for part in parts if is_school(part.text) and not _starts_with_degree(part.text)), None
    )
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
    elif rest and not _DETAIL.match(rest[0].text):
        degree_span = rest.pop(0).span
    if gpa is None:
        gpa = next((span for span in map(_gpa_span, entry.body) if span is not None), None)
    institution, location = _school_and_place(school, header.location, habits)
    return ExtractedEducation(
        institution=institution,
        degree=degree_span,
        field=field,
        location=location,
        start_date=header.start,
        end_date=header.end,
        gpa=gpa,
        bullets=[line.range for line in entry.body if gpa is None or line.number != gpa.line or not _is_only_gpa(line)],
    )


def _named_as(field: FieldName, parts: Sequence[Part]) -> Part | None:
    """The piece of the line whose label says that it is this."""
    return next((part for part in parts if part.line.field == field), None)


def _school_and_place(school: Part | None, location: Span | None, habits: _Habits) -> tuple[Span | None, Span | None]:
    """School and town of `Hartwell College, Ludlow`; a campus belongs to the name (`University of Texas, Austin`)."""
    if school is None or location is not None:
        return school.span if school else None, location
    bracketed = re.fullmatch(r"(?P<name>.+) \((?P<town>[^()]+)\)", school.text)
    named = bracketed and (is_school(bracketed["name"]) or is_place(bracketed["town"]))
    if bracketed and named and _is_town_in_brackets(bracketed["town"]):
        return school.line.span(bracketed["name"]), school.line.span(bracketed["town"])
    name, comma, town = school.text.rpartition(", ")
    has_campuses = names_region(name) or not _CAMPUSES.isdisjoint(fold(name).split())
    is_parted = bool(comma) and (habits.sets_towns_last or is_school(name) or is_place(town))
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
    return not (is_school(text) or like_firm or degree_at(text) or _DETAIL.match(text))


def _starts_with_degree(text: str) -> bool:
    found = degree_at(text)
    return found is not None and found[0] == 0


def _take_gpa(lines: Sequence[NumberedLine]) -> tuple[Span | None, list[NumberedLine]]:
    """The grade, and the lines with it cut out."""
    gpa: Span | None = None
    out: list[NumberedLine] = []
    for line in lines:
        found = find_gpa(line.text) if gpa is None else None
        if found is None:
            out.append(line)
            continue
        gpa = line.span(line.text[slice(*found)])
        before = (
            re.sub(r"[\s,;(|–-]*\b[\w.]*\s*[\w.]*\s*[:=]?\s*\(?$", "", line.text[: found[0]])
            if _label_before(line.text, found)
            else line.text[: found[0]]
        )
        after = re.sub(r"^\s*(?:c?gpa)?\)?", "", line.text[found[1] :], flags=re.IGNORECASE)
        rest = before.rstrip(" ,;(|–-·•") + ("\t" + after.lstrip(" ,;)|") if re.search(r"\w", after) else "")
        if re.search(r"\w", rest):
            out.append(replace(line, text=rest))
    return gpa, out


def _label_before(text: str, found: tuple[int, int]) -> bool:
    """Whether the grade's label stands before it (`GPA: 3.8`), not after it (`3.8 GPA`)."""
    return re.match(r"\s*c?gpa", text[found[1] :], re.IGNORECASE) is None


def _gpa_span(line: NumberedLine) -> Span | None:
    found = find_gpa(line.text)
    return line.span(line.text[slice(*found)]) if found and found[0] < 40 else None


def _is_only_gpa(line: NumberedLine) -> bool:
    found = find_gpa(line.text)
    return found is not None and len(line.text) - (found[1] - found[0]) <= 14


def _with_dashed_names_whole(parts: list[Part]) -> list[Part]:
    """The pieces, with the name of a school that holds a dash in one again."""
    out: list[Part] = []
    for part in parts:
        before = out[-1] if out else None
        cut = _dash_behind_school(part.line.text)
        at = part.line.text.find(part.text)
        if before is not None and before.line is part.line and cut is not None and 0 < at - cut <= 3:
            whole = part.line.text[part.line.text.index(before.text) : at + len(part.text)]
            out[-1] = replace(before, text=whole)
        else:
            out.append(part)
    return out


def _with_comma_split(parts: list[Part], *, alone: bool) -> list[Part]:
    """`B.S. Computer Science, State University` in two, at the comma between the degree and the school.

    `alone` says that nothing else stands there and that the section names schools: then any comma parts them.
    """
    out: list[Part] = []
    for part in parts:
        is_second = bool(out) and is_school(out[0].text) and out[0].row != part.row and degree_at(part.text) is None
        cut = None if is_second else _comma_cut(part.text)
        if cut is None and alone:
            cut = _comma_beside_degree(part.text)
        if cut is None:
            out.append(part)
        else:
            out.extend([replace(part, text=part.text[:cut].strip()), replace(part, text=part.text[cut + 1 :].strip())])
    return out


def _says_field(part: Part) -> bool:
    """Whether the words before the comma name a degree and what it is in: what follows gave it."""
    head = part.text.partition(", ")[0]
    return degree_at(head) is not None and len(head.split()) >= 3


def _comma_cut(text: str) -> int | None:
    if not is_school(text):
        return _comma_before_trainer(text)
    for match in reversed(list(re.finditer(r",\s", text))):
        left, right = text[: match.start()], text[match.end() :]
        if is_school(right) and not is_school(left) and not _DETAIL.match(left):
            return match.start()
    for match in re.finditer(r",\s", text):
        left, right = text[: match.start()], text[match.end() :]
        if degree_at(left) is not None and is_school(right) and not (is_school(left) and not _starts_with_degree(left)):
            return match.start()
        if (
            is_school(left)
            and not is_school(right)
            and (
                degree_at(right) is not None
                or (degree_at(left) is None and not is_place(right) and len(right.split()) >= 2)
            )
        ):
            return match.start()
    return None


def _comma_beside_degree(text: str) -> int | None:
    """The comma that parts a degree from words that hold none, on either side of it."""
    for match in reversed(list(re.finditer(r",\s", text))):
        left, right = degree_at(text[: match.start()]), degree_at(text[match.end() :])
        if (left is None) != (right is None):
            return match.start()
    return None


def _comma_before_trainer(text: str) -> int | None:
    """The comma between a degree and who gave it, when that is a firm or a school known by its letters."""
    match = re.search(r",\s+(?=\S+(?:\s\S+){0,4}$)", text)
    if match is None or degree_at(text[: match.start()]) is None:
        return None
    giver = text[match.end() :]
    return match.start() if company_score(giver) >= 2 or re.fullmatch(r"[A-Z]{3,6}(?: \D{2,40})?", giver) else None


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


def _may_be_field(degree: Part, part: Part) -> bool:
    return (
        part.row == degree.row
        and degree_at(part.text) is None
        and len(part.text.split()) <= 6
        and not re.search(r"\d", part.text)
    )
