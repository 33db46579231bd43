"""Lines of a section grouped into entries: the header lines of each and its body. Knows dates and looks, no fields."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.offline_model.numbered_lines import NumberedLine
from services.resume_language.dates import DURATION, DateSpan, find_dates, is_only_dates, main_date
from services.resume_language.organisations import company_score, is_legal_form
from services.resume_language.places import is_place, trailing_place
from services.resume_language.roles import title_score
from services.resume_language.tables import read_table

_ABBREVIATION = re.compile(
    r"\b(?:inc|ltd|co|corp|llc|gmbh|u\.s\.a|s\.a|jr|sr|dept|bros|e\.v|b\.v|n\.v|approx)\.$", re.IGNORECASE
)
_LABELLED = re.compile(
    r"^(?:tech\w*|tools?|stack|environment|skills|key \w+|responsib\w*|achiev\w*|accompl\w*|duties"
    r"|highlights|description|"
    r"aufgaben|tätigkeit\w*|erfolge|schwerpunkte?|missions?|réalisations|logros|funciones|tareas"
    r"|atividades|responsab\w*|"
    r"mansioni|attività|taken|werkzaamheden|arbetsuppgifter|ansvar|role|project|client|domain"
    r"|team size|clients|customers|kunden|auftraggeber|clientes|clienti|klanten|team|budget|reports? to"
    r"|reason for leaving)\b[^:：]{0,30}[:：]",
    re.IGNORECASE,
)
_SEPARATED = re.compile(r"\t|\s[|•·–—-]\s|,\s")
_VERBS = frozenset(read_table("verbs")["verbs"])
_OF_SOMETHING_NAMED = re.compile(r"\w+ (?:(?:de|du|des|do|da|di|del|della) |d['’])[^\W\d_a-zß-ÿ]")
_MAX_HEADER_LINES = 4
_MAX_LEADING_WORDS = 8
_MAX_TITLE_WORDS = 6
_MOST_DATED_WORDS = 22
_QUALIFIED = frozenset(
    "registered licensed certified chartered qualified enrolled accredited authorised authorized advanced".split()
)


@dataclass(slots=True)
class Entry:
    """One job, school or project: the lines that say what it is, and those that tell about it."""

    header: list[NumberedLine]
    body: list[NumberedLine] = field(default_factory=list)


def split_entries(lines: Sequence[NumberedLine], *, any_name: bool = False) -> tuple[list[NumberedLine], list[Entry]]:
    """Lines before the first entry, and the entries; every line is in exactly one place."""
    if not lines:
        return [], []
    body = [is_body_line(line) for line in lines]
    dated = [not is_body and is_dated_header(line) for line, is_body in zip(lines, body, strict=True)]
    starts = _starts(lines, body, dated, any_name=any_name)
    if not starts:
        return list(lines), []
    entries = [_entry(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return list(lines[: starts[0]]), entries


def is_body_line(line: NumberedLine) -> bool:
    """Whether the line tells about an entry rather than naming it."""
    if line.bullet or line.field is not None:
        return line.bullet
    text = line.text
    words = text.split()
    date = main_date(text)
    is_dated = date is not None and date.start is not None and len(words) <= _MOST_DATED_WORDS
    if date is not None and is_dated and (not _is_sentence(text) or _names_job_behind_dates(text, date)):
        return False
    if _LABELLED.match(text) or (text.endswith(":") and not line.bold):
        return True
    if _is_sentence(text) or len(words) > 18:
        return True
    if not line.bold and text[:1].islower() and not re.search(r"[|\t]", text):
        return True
    first = words[0].casefold().strip(",.:") if words else ""
    acts = first in _VERBS or (first.endswith("ed") and len(first) > 4)
    return acts and len(words) >= 3 and not line.bold and not line.heading and "\t" not in text and not _is_title(text)


def _names_job_behind_dates(text: str, date: DateSpan) -> bool:
    """Whether a line that ends like a sentence begins like an entry: `2016–2021 Lecturer, University of Otago.`"""
    words = text[date.finish :].strip(" \t:,|–—-")
    return date.begin == 0 and title_score(_SEPARATED.split(words)[0]) >= 2


def _is_title(text: str) -> bool:
    """Whether a title begins as deeds do: `Support Team Lead`, `Registered Nurse (Agency)`, not `Support the team`.

    In Romance languages its first word says so: `Responsable de Comunicación`, not `Responsable de la gestión`.
    """
    words = re.findall(r"[^\W\d_][\w'’./-]*", re.split(r"\s[@|–—-]\s|,\s|\sat\s", text)[0])
    if not words or len(words) > _MAX_TITLE_WORDS:
        return False
    if title_score(words[0]) >= 2 and _OF_SOMETHING_NAMED.match(text):
        return True
    if not all(word[:1].isupper() for word in words):
        return False
    return title_score(words[-1]) >= 2 or (words[0].casefold() in _QUALIFIED and title_score(text) >= 2)


def is_dated_header(line: NumberedLine) -> bool:
    """Whether the line carries the date of an entry: a span of time, or one date set apart from the words."""
    date = main_date(line.text)
    if date is None:
        return False
    if date.start is not None or is_only_dates(line.text):
        return True
    before, after = line.text[: date.begin].rstrip(), line.text[date.finish :].lstrip()
    apart_before = (
        not before or before.endswith(("\t", "|", "·", "•", "(", ",", "–", "—", "-", ":")) or "\t" in line.text
    )
    apart_after = not after or after.startswith(("\t", "|", "·", "•", ")", ",", "–", "—", "-", ":"))
    return apart_before and apart_after


def _is_sentence(text: str) -> bool:
    words = text.split()
    ends = text.endswith((".", "。", "!", ";")) and (len(words) >= 5 or (len(words) >= 3 and words[-1][:1].islower()))
    return ends and not _ABBREVIATION.search(text) and not is_legal_form(text.split()[-1])


def _starts(lines: Sequence[NumberedLine], body: list[bool], dated: list[bool], *, any_name: bool) -> list[int]:
    """The indexes at which entries start."""
    dates = [index for index, is_dated in enumerate(dated) if is_dated]
    if not dates:
        return _undated_starts(lines, body, any_name, 0, len(lines))
    above = _run_above(body, dates[0], -1)
    usual = min(above, _MAX_HEADER_LINES)
    starts: list[int] = []
    previous = -1
    for position, index in enumerate(dates):
        run = _run_above(body, index, previous)
        if position == 0:
            start = index - usual
            starts.extend(_undated_starts(lines, body, any_name, 0, start) if start > 0 else [])
        else:
            start = index - _lines_above(lines, body, index, run, usual, after_body=index - run - 1 > previous)
            starts.extend(
                s
                for s in _undated_starts(lines, body, any_name, previous + 1, start)
                if _follows_body(body, s, previous)
            )
        starts.append(start)
        previous = index
    starts.extend(
        s for s in _undated_starts(lines, body, any_name, previous + 1, len(lines)) if _follows_body(body, s, previous)
    )
    return sorted(set(starts))


def _run_above(body: list[bool], index: int, floor: int) -> int:
    run = 0
    while index - run - 1 > floor and not body[index - run - 1]:
        run += 1
    return run


def _lines_above(
    lines: Sequence[NumberedLine], body: list[bool], index: int, run: int, usual: int, *, after_body: bool
) -> int:
    """How many of the header lines above a dated line belong to its entry."""
    if after_body and run == usual:
        return usual
    for above in range(1, run + 1):
        if lines[index - above].block != lines[index - above + 1].block:
            if above - 1 >= min(1, usual) or is_place(lines[index - above].text):
                return min(above - 1, _MAX_HEADER_LINES)
            break
    taken = min(run, usual)
    while after_body and taken < min(run, _MAX_HEADER_LINES) and _names_something(lines[index - taken - 1]):
        taken += 1
    return taken


def _names_something(line: NumberedLine) -> bool:
    return line.bold or line.heading or title_score(line.text) >= 2 or company_score(line.text) >= 2


def _follows_body(body: list[bool], start: int, previous: int) -> bool:
    return start - 1 > previous and body[start - 1]


def _undated_starts(
    lines: Sequence[NumberedLine], body: list[bool], any_name: bool, first: int, last: int
) -> list[int]:
    """Where entries without a date start between two indexes: header lines that follow body or stand apart."""
    starts: list[int] = []
    for index in range(first, last):
        line = lines[index]
        if body[index] or is_place(line.text):
            continue
        opens = (
            index == 0
            or body[index - 1]
            or (line.block != lines[index - 1].block and _has_body_before(body, starts, index))
        )
        alone = (
            index > first
            and not body[index - 1]
            and bool(starts)
            and _is_whole_entry(line)
            and _is_whole_entry(lines[index - 1])
        )
        if (opens or alone) and (any_name or _could_be_entry(line, starts, any_first=first == 0)):
            starts.append(index)
    return starts


def _has_body_before(body: list[bool], starts: list[int], index: int) -> bool:
    return not starts or any(body[starts[-1] : index]) or index - starts[-1] >= 2


def _is_whole_entry(line: NumberedLine) -> bool:
    """Whether one line names both the title and the employer."""
    return title_score(line.text) >= 2 and bool(_SEPARATED.search(line.text))


def _could_be_entry(line: NumberedLine, starts: list[int], *, any_first: bool) -> bool:
    if line.bold or line.heading or title_score(line.text) >= 2 or company_score(line.text) >= 1:
        return True
    return any_first and not starts and len(line.text.split()) <= 10


def _entry(lines: Sequence[NumberedLine]) -> Entry:
    """Header lines up to the first body line; what comes later is body, whatever it looks like."""
    header: list[NumberedLine] = []
    rest = list(lines)
    while rest and len(header) < _MAX_HEADER_LINES + 1 and not is_body_line(rest[0]):
        if header and _is_enough(header) and not _adds_to_header(rest[0]):
            break
        header.append(rest.pop(0))
    if header and rest and rest[0].bullet and all(is_only_dates(line.text) for line in header) and _names_job(rest[0]):
        header.append(rest.pop(0))
    if not header:
        header.append(rest.pop(0))
    if header and len(header) < _MAX_HEADER_LINES and _leads_to_bullets(rest):
        header.append(rest.pop(0))
    return Entry(header, rest)


def _leads_to_bullets(body: Sequence[NumberedLine]) -> bool:
    """Whether a short line stands alone between a header and its bullets: it says what the entry is."""
    if len(body) < 2 or body[0].bullet or is_body_line(body[0]) or len(body[0].text.split()) > _MAX_LEADING_WORDS:
        return False
    return all(line.bullet for line in body[1:])


def _is_enough(header: list[NumberedLine]) -> bool:
    """Whether the header so far names two things and a date."""
    words = [line for line in header if not is_only_dates(line.text)]
    pieces = [piece.strip() for line in words for piece in _SEPARATED.split(_undated(line.text))]
    parts = sum(1 for piece in pieces if re.search(r"\w", piece) and not is_place(piece))
    return any(find_dates(line.text) for line in header) and (len(words) >= 2 or parts >= 2)


def _undated(text: str) -> str:
    date = main_date(text)
    return text if date is None else f"{text[: date.begin]}\t{text[date.finish :]}"


def _adds_to_header(line: NumberedLine) -> bool:
    text = DURATION.sub("", line.text).strip()
    short = len(text.split()) <= 6
    return (
        is_dated_header(line)
        or is_place(text)
        or (short and trailing_place(text) is not None)
        or (short and (company_score(text) >= 1 or title_score(text) >= 2))
    )


def _names_job(line: NumberedLine) -> bool:
    text = line.text
    return (
        title_score(text) >= 2 and bool(_SEPARATED.search(text)) and len(text.split()) <= 14 and not _is_sentence(text)
    )
