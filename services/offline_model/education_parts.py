"""Which commas and dashes of a school's row part degree from school, and which belong to a name."""

import re
from dataclasses import replace

from services.offline_model.education_entries import DETAIL
from services.offline_model.header_parts import Part
from services.resume_language.dates import find_dates
from services.resume_language.headings import heading_kind
from services.resume_language.organisations import company_score, degree_at, is_school
from services.resume_language.places import is_place

_WHERE_TAKEN = re.compile(r" (?:at|from) |: ")


def dash_behind_school(text: str) -> int | None:
    """Where `– Paul Sabatier` begins behind `Université Toulouse III`; None where the words say what they are."""
    for match in re.finditer(r"\s[–—-]\s", text):
        name = text[: match.start()].rpartition(", ")[2]
        rest = re.split(r"[\t|•·,(]|\s[–—-]\s", text[match.end() :])[0]
        if is_school(name) and not starts_with_degree(name):
            says_more = is_school(rest) or degree_at(rest) or find_dates(rest) or is_place(rest) or DETAIL.match(rest)
            return None if says_more or not rest.strip() else match.start()
    return None


def with_dashed_names_whole(parts: list[Part]) -> list[Part]:
    """The pieces, with the name of a school that holds a dash in one again."""
    out: list[Part] = []
    for part in parts:
        before = out[-1] if out else None
        cut = dash_behind_school(part.line.text)
        at = part.line.text.find(part.text)
        if before is not None and before.line is part.line and cut is not None and 0 < at - cut <= 3:
            whole = part.line.text[part.line.text.index(before.text) : at + len(part.text)]
            out[-1] = replace(before, text=whole)
        else:
            out.append(part)
    return out


def with_comma_split(parts: list[Part], *, alone: bool) -> list[Part]:
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


def split_at_school(parts: list[Part]) -> list[Part]:
    """A degree and where it was taken in two: `BS Biology at Oregon State`, `BA from UCLA`, `UCLA: BA History`."""
    out: list[Part] = []
    for part in parts:
        found = next((m for m in _WHERE_TAKEN.finditer(part.text) if _parts_degree(m)), None)
        sides = (part.text,) if found is None else (part.text[: found.start()], part.text[found.end() :])
        out += [replace(part, text=side.strip()) for side in sides]
    return out


def _parts_degree(found: re.Match[str]) -> bool:
    left, right = found.string[: found.start()], found.string[found.end() :]
    is_degree = degree_at(left) is not None, degree_at(right) is not None
    if found.group().strip() == ":":
        return not is_degree[0] and is_degree[1] and heading_kind(left) is None and not DETAIL.match(left)
    is_named = is_school(right) or (is_degree[0] and not is_degree[1] and right[:1].isupper())
    return is_named and not is_school(left)


def says_field(part: Part) -> bool:
    """Whether the words on one side of the comma name a degree and what it is in: the other side gave it."""
    head, _, tail = part.text.partition(", ")
    is_behind = degree_at(head) is None and starts_with_degree(tail) and " in " in tail
    return is_behind or (degree_at(head) is not None and len(head.split()) >= 3)


def _comma_cut(text: str) -> int | None:
    if not is_school(text):
        return _comma_before_trainer(text)
    for match in reversed(list(re.finditer(r",\s", text))):
        left, right = text[: match.start()], text[match.end() :]
        if is_school(right) and not is_school(left) and not DETAIL.match(left):
            return match.start()
    for match in re.finditer(r",\s", text):
        left, right = text[: match.start()], text[match.end() :]
        if degree_at(left) is not None and is_school(right) and not (is_school(left) and not starts_with_degree(left)):
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


def starts_with_degree(text: str) -> bool:
    """Whether a degree is the first that the text names."""
    found = degree_at(text)
    return found is not None and found[0] == 0
