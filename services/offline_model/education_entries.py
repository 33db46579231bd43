"""Where the schools of a section begin and end: which lines head an entry, and which only tell more about it."""

import re
from collections.abc import Sequence

from services.offline_model.entries import Entry, is_body_line, is_dated_header
from services.offline_model.numbered_lines import NumberedLine
from services.resume_language.dates import find_dates, is_only_dates, main_date
from services.resume_language.organisations import degree_at, find_gpa, is_school
from services.resume_language.places import is_place

_MAX_HEADER_WORDS = 22
_DASH = re.compile(r"\s[–—-]\s")
DETAIL = re.compile(
    r"^(?:minor|major|thesis|relevant|coursework|courses|honou?rs|awards?|activities|dean|gpa|cum|magna"
    r"|summa|cgpa|grade|dissertation|"
    r"focus|concentration|specialization|note|abschlussnote|thema|schwerpunkt|mémoire|mention|promedio"
    r"|nota|tesi|voto|advisor|"
    r"distinction|graduated with|selected|college of|school of|faculty of|department of|fakultät|faculté"
    r"|facultad|institut für)\b",
    re.IGNORECASE,
)
"""Words with which a line tells more about a school or degree instead of naming one."""


def split_entries(lines: Sequence[NumberedLine]) -> list[Entry]:
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
        return not any(has_school(other) or has_degree(other) for other in current.header)
    text = line.text
    is_named_already = any(map(has_school, current.header)) or not has_school(line)
    if DETAIL.match(text) and is_named_already and any(map(has_degree, current.header)):
        return False
    if is_only_dates(text) or is_place(text) or has_school(line) or has_degree(line) or find_dates(text):
        return not (is_body_line(line) and len(text.split()) > 16)
    return not is_body_line(line) and len(current.header) < 3 and find_gpa(text) is None


def _begins_entry(line: NumberedLine, previous: NumberedLine, following: NumberedLine | None, current: Entry) -> bool:
    named = [other for other in current.header if has_school(other) or has_degree(other)]
    if line.bullet:
        peer = current.header[0].bullet and (has_school(line) or has_degree(line))
        return peer and bool(named)
    if (is_body_line(line) and not find_dates(line.text)) or len(line.text.split()) > _MAX_HEADER_WORDS:
        return False
    has_date = any(find_dates(other.text) for other in current.header)
    if has_date and is_dated_header(line) and not DETAIL.match(line.text):
        date = main_date(line.text)
        if date is not None and (date.is_range or line.heading or line.bold):
            return True
    school, degree = has_school(line), has_degree(line)
    named_school = any(has_school(other) for other in current.header)
    named_degree = any(has_degree(other) for other in current.header)
    apart = line.block != previous.block or line.heading or (line.bold and not previous.bold) or previous.bullet
    dated = bool(find_dates(line.text)) or (
        following is not None and not following.bullet and bool(find_dates(following.text))
    )
    if DETAIL.match(line.text) and (not apart or named_school or named_degree):
        return False
    if (
        school
        and named_school
        and not named_degree
        and not has_date
        and not current.body
        and _is_row_below(line, current)
    ):
        return False
    leads_on = following is not None and (has_school(following) or has_degree(following) or find_dates(following.text))
    names_entry = has_school(line) or has_degree(line) or bool(find_dates(line.text)) or leads_on
    if has_date and named and line.bold and current.header[0].bold and not previous.bold and names_entry:
        return True
    if school and named_school and _is_peer(line, current.header[0]):
        return True
    if named_school and named_degree and has_date and _opens_like(current.header[0], line, following):
        return True
    if school and named_school:
        next_degree = following is not None and not following.bullet and has_degree(following)
        return apart or dated or degree or next_degree
    if degree and named_degree and school and not named_school and len(current.header[0].text.split()) <= 3:
        return False
    if degree and named_degree:
        return apart or dated or (following is not None and has_school(following))
    if (school or degree) and current.body and apart:
        return True
    starts_with_date = bool(find_dates(line.text)) and find_dates(line.text)[0].begin == 0
    if starts_with_date and has_date and named:
        return True
    if apart and dated and (named_school or named_degree) and not is_only_dates(line.text):
        return (named_school and named_degree) or bool(current.body) or line.heading
    return False


def _is_row_below(line: NumberedLine, current: Entry) -> bool:
    """Whether a plain line below one bold name is its second row, though it names a school, too."""
    return len(current.header) == 1 and current.header[0].bold and not line.bold


def _is_peer(line: NumberedLine, first: NumberedLine) -> bool:
    """Whether both lines name something and the school behind a dash: `7 O-levels – Mill Mount School`."""
    return all(_DASH.search(text) and is_school(_DASH.split(text)[-1]) for text in (line.text, first.text))


def _opens_like(first: NumberedLine, line: NumberedLine, following: NumberedLine | None) -> bool:
    """Whether a name that no word tells as a school stands where the entry before has its school: above its degree."""
    if following is None or is_body_line(line) or find_dates(line.text) or not has_school(first) or has_degree(line):
        return False
    alike = line.bold == first.bold and line.text.count("\t") == first.text.count("\t") and not is_place(line.text)
    return alike and has_degree(following) and bool(find_dates(following.text)) and not DETAIL.match(line.text)


def has_school(line: NumberedLine) -> bool:
    """Whether the line names a school, by its label or by its words."""
    return line.field == "school" or (line.field is None and is_school(line.text))


def has_degree(line: NumberedLine) -> bool:
    """Whether the line names a degree, by its label or by its words."""
    return line.field == "degree" or (line.field is None and degree_at(line.text) is not None)
