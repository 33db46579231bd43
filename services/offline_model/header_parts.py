"""The pieces of an entry's header lines: dates, places, and the texts between separators. Knows no section."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schemas.model_outputs import Span
from services.offline_model.numbered_lines import NumberedLine
from services.resume_language.dates import DURATION, DateSpan, find_dates, main_date
from services.resume_language.organisations import company_score, degree_at, is_school
from services.resume_language.places import is_place, looks_like_place, looks_like_town, trailing_place
from services.resume_language.roles import is_title_qualifier, title_score

_CUT = "\x00"
_SEPARATORS = re.compile(
    r"\x00|\t|\s*[|•·¦‧∙]\s*|\s+[–—‒-]+\s+|(?<=\w)\s?[—–](?=\s)|\s+//\s+|\s+::\s+|\s+@\s+|;\s+|\s{3,}"
    r"|(?<=[\u3040-\u30ff\u3400-\u9fff])[ \u3000](?=[\u3040-\u30ff\u3400-\u9fff])"
)
_AT = re.compile(r"\s+(?:@|at|bei|chez|presso|bij|hos|för)\s+(?=[^\W\d_])")
_FULL_STOP = re.compile(r"(?<=\w{4})\.\s*$")
"""Behind a whole word: `Inc.` and `Ltd.` keep theirs."""
_BEFORE_TOWN = (", ", " (")
_EDGES = " ,;:–—-|·•/\u00a0\t*"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a header line."""

    line: NumberedLine
    text: str
    row: int

    @property
    def span(self) -> Span:
        """The piece as words of its line."""
        return self.line.span(self.text)


@dataclass(frozen=True, slots=True)
class HeaderParts:
    """What stands in the header lines of an entry."""

    lines: tuple[NumberedLine, ...]
    parts: tuple[Part, ...]
    location: Span | None
    start: Span | None
    end: Span | None


def read_header(lines: Sequence[NumberedLine], *, keep_single_place: bool = False) -> HeaderParts:
    """The header's dates, place and remaining pieces; `keep_single_place` leaves `University of X, City` whole."""
    start = end = None
    dated = False
    pieces: list[Part] = []
    for row, line in enumerate(lines):
        date = None if dated else main_date(line.text)
        if date is not None and _outranks(date, lines[row + 1 :]):
            start, end = _date_spans(line, date)
            dated = True
            text = line.text[: date.begin] + _CUT + line.text[date.finish :]
        else:
            text = line.text
        pieces.extend(_pieces(line, text, row))
    location, rest = _take_location(pieces, keep_single_place=keep_single_place)
    return HeaderParts(tuple(lines), tuple(part for part in rest if part.text), location, start, end)


def with_towns_of_siblings(headers: Sequence[HeaderParts]) -> list[HeaderParts]:
    """The headers, with unknown towns taken as places where the other headers of the section have theirs."""
    slots = [slot for slot in map(_place_slot, headers) if slot is not None]
    if not slots:
        slots = _common_slot_beside_dates(headers)
    headers = [_with_name_before_town(header, slots) for header in headers]
    return [header if header.location else _with_town_at(header, slots) for header in headers]


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where in a header a place stands: in which row, alone there or behind other words, beside a date or not."""

    row: int
    is_alone: bool
    is_dated: bool
    joint: str = ""
    """What stands between an employer and the town behind it; empty where the town stands apart."""


def _with_name_before_town(header: HeaderParts, slots: Sequence[_Slot]) -> HeaderParts:
    """`Spinneys, Dubai` as a name and its town where the siblings have both there: it only looks like a place."""
    place = header.location
    line = next((line for line in header.lines if place and line.number == place.line), None)
    name, comma, town = place.text.rpartition(", ") if place else ("", "", "")
    if line is None or not comma or len(header.parts) != 1 or header.parts[0].line is line:
        return header
    row = header.lines.index(line)
    if not any(slot.row == row and slot.joint == ", " for slot in slots) or is_place(name):
        return header
    parts = sorted((*header.parts, Part(line, name, row)), key=lambda part: part.row)
    return replace(header, location=line.span(town), parts=tuple(parts))


def _place_slot(header: HeaderParts) -> _Slot | None:
    place = header.location
    line = next((line for line in header.lines if place and line.number == place.line), None)
    if place is None or line is None:
        return None
    is_alone = all(part.line.number != place.line for part in header.parts)
    behind = [joint for joint in _BEFORE_TOWN for p in header.parts if f"{p.text}{joint}{place.text}" in line.text]
    return _Slot(header.lines.index(line), is_alone, bool(find_dates(line.text)), behind[0] if behind else "")


def _common_slot_beside_dates(headers: Sequence[HeaderParts]) -> list[_Slot]:
    """Where every header has what could be a town: alone beside the dates, or behind another name of three."""
    slots = [_Slot(row, is_alone=True, is_dated=True) for row in range(3)]
    slots.append(_Slot(0, is_alone=False, is_dated=True))
    if all(len(header.parts) > 2 for header in headers):
        slots += [_Slot(row, is_alone=False, is_dated=False) for row in range(2)]
    fits = [slot for slot in slots if all(_town_at(header, slot) is not None for header in headers)]
    return fits[:1] if len(headers) > 1 else []


def _with_town_at(header: HeaderParts, slots: Sequence[_Slot]) -> HeaderParts:
    for slot in slots:
        town = _town_at(header, slot)
        if town is None:
            continue
        rest = [_without_town(part, town) for part in header.parts if part.text != town.text or part.row != town.row]
        return replace(header, location=town.span, parts=tuple(rest))
    return header


def _without_town(part: Part, town: Part) -> Part:
    head = re.sub(rf"(?:, | \(){re.escape(town.text)}\)?$", "", part.text)
    return replace(part, text=head) if part.row == town.row else part


def _town_at(header: HeaderParts, slot: _Slot) -> Part | None:
    """The piece in this slot, if it could be a town and the header names something else, too."""
    parts = [part for part in header.parts if part.row == slot.row]
    if not parts or bool(find_dates(parts[-1].line.text)) != slot.is_dated:
        return None
    if slot.joint:
        name, joint, words = parts[-1].text.rpartition(slot.joint)
        town = replace(parts[-1], text=words.rstrip(")"))
        fits = bool(joint) and (len(header.parts) > 1 or "," in name)
    else:
        town = parts[-1]
        fits = _stands_in(slot, town, parts, header)
    return town if fits and looks_like_town(town.text) and not _says_what_it_is(town.text) else None


def _stands_in(slot: _Slot, town: Part, parts: Sequence[Part], header: HeaderParts) -> bool:
    """Whether what would be left names two things, and the town stands apart from it as the slot says."""
    if slot.is_alone or not slot.is_dated:
        return len(parts) < len(header.parts) and (len(parts) == 1) == slot.is_alone
    apart = f"\t{town.text}" in town.line.text
    return apart and len(parts) > 1 and (len(header.parts) > 2 or "," in parts[0].text)


def _says_what_it_is(text: str) -> bool:
    titled = title_score(text) >= 2 or is_title_qualifier(text)
    return titled or bool(company_score(text)) or is_school(text) or degree_at(text) is not None


def _take_location(pieces: list[Part], *, keep_single_place: bool) -> tuple[Span | None, list[Part]]:
    """The place among the pieces, and the pieces without it: a piece of its own, or the end of one."""
    if len(pieces) > 1:
        for test in (_is_place_piece, _is_likely_place_piece):
            for piece in pieces:
                others = [other for other in pieces if other is not piece]
                if test(piece) and (test is _is_place_piece or _name_two(others)):
                    return piece.span, others
            if test is _is_likely_place_piece:
                break
            for index, piece in enumerate(pieces):
                place = trailing_place(piece.text)
                others = [other for other in pieces if other is not piece]
                if place is not None and _is_likely_place_piece(piece) and _name_two(others):
                    return piece.span, others
                if place is None or (keep_single_place and "," not in piece.text[slice(*place)]):
                    continue
                head = replace(piece, text=trim(piece.text[: place[0]].rstrip(" (")))
                return piece.line.span(piece.text[slice(*place)]), [*pieces[:index], head, *pieces[index + 1 :]]
        return None, pieces
    if pieces and not keep_single_place and is_place(pieces[0].text):
        return pieces[0].span, []
    place = trailing_place(pieces[0].text) if pieces else None
    if place is None or (keep_single_place and "," not in pieces[0].text[slice(*place)]):
        return None, pieces
    head = replace(pieces[0], text=trim(pieces[0].text[: place[0]].rstrip(" (")))
    return pieces[0].line.span(pieces[0].text[slice(*place)]), [head]


def _name_two(pieces: Sequence[Part]) -> bool:
    """Whether the pieces can name both a title and an employer: two of them, or one with a comma in it."""
    return len(pieces) > 1 or any("," in piece.text or _AT.search(piece.text) for piece in pieces)


def _is_place_piece(piece: Part) -> bool:
    name = piece.text.partition(",")[0]
    return is_place(piece.text) and company_score(name) < 2 and not is_school(name)


def _is_likely_place_piece(piece: Part) -> bool:
    """Whether a piece of the form `Name, Name` stands where places do: beside a date, or last behind a tab."""
    text = piece.text
    named = title_score(text) or company_score(text) or is_school(text) or degree_at(text)
    if text.count(",") != 1 or named or not looks_like_place(text):
        return False
    date = main_date(piece.line.text)
    before = piece.line.text if date is None else piece.line.text[: date.begin]
    beside_date = date is not None and re.search(rf"(?:[\t|•·]|\s[–—-])\s*{re.escape(text)}\s*$", before)
    at_end = re.search(rf"(?:[\t|•·]|\s[–—-])\s*{re.escape(text)}\s*$", piece.line.text)
    return bool(beside_date or (at_end and date) or piece.line.text.rstrip().endswith(f"\t{text}"))


def _outranks(date: DateSpan, later: Sequence[NumberedLine]) -> bool:
    """Whether this is the entry's date: a single date gives way to a span of time further down."""
    if date.start is not None:
        return True
    return not any(span.start is not None for line in later for span in find_dates(line.text))


def _date_spans(line: NumberedLine, date: DateSpan) -> tuple[Span | None, Span | None]:
    start = line.span(line.text[slice(*date.start)]) if date.start else None
    end = line.span(line.text[slice(*date.end)]) if date.end else None
    return start, end


def _pieces(line: NumberedLine, text: str, row: int) -> list[Part]:
    if DURATION.fullmatch(text.strip()):
        return []
    text = DURATION.sub(_CUT, text) if re.search(r"[\t|•·(\x00]", text) else text
    out: list[Part] = []
    for raw in _SEPARATORS.split(text):
        trimmed = trim(_FULL_STOP.sub("", raw))
        if re.search(r"\w", trimmed):
            out.append(Part(line, trimmed, row))
    return out


def split_at_preposition(part: Part) -> list[Part]:
    """`Engineer at Acme` in two, when the left side is a title."""
    match = _AT.search(part.text)
    if match and title_score(part.text[: match.start()]) >= 2:
        left, right = part.text[: match.start()].strip(), part.text[match.end() :].strip()
        return [replace(part, text=left), replace(part, text=right)]
    return [part]


def trim(text: str) -> str:
    """The text without separators at its edges and without half a pair of brackets."""
    text = text.strip(_EDGES)
    for opening, closing in ("()", "[]", "（）"):
        if text.count(opening) != text.count(closing):
            text = text.strip(opening + closing + " ")
        elif text.startswith(opening) and text.endswith(closing) and text.count(opening) == 1:
            text = text[1:-1]
    return text.strip(_EDGES)
