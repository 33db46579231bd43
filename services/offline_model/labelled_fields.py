"""Lines that say what they hold (`Designation: Senior Accountant`): the value, and what it is. Knows no entry."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.offline_model.numbered_lines import FieldName, NumberedLine
from services.resume_language.dates import find_dates
from services.resume_language.folding import fold
from services.resume_language.tables import read_table

_LABELLED = re.compile(r"^(?P<label>[^\t:：]{2,40}?)\s*[:：\t]\s*[:：]?\s*(?P<value>\S.*)$")
_TABLE = read_table("labels")
_FIELDS: dict[str, FieldName] = {
    fold(word): name for name in ("employer", "title", "dates", "place", "school", "degree") for word in _TABLE[name]
}
_FEWEST = 2


def with_named_fields(lines: Sequence[NumberedLine]) -> list[NumberedLine]:
    """The lines, those that name their field without the label; as they are where fewer than two fields are named."""
    if any(line.field is not None for line in lines):
        return list(lines)
    named = {line.number: found for line in lines if (found := _named(line)) is not None}
    if len({field.field for field in named.values()}) < _FEWEST:
        return list(lines)
    return [named.get(line.number) or _unlisted(line, following, named) for line, following in _pairs(lines)]


def _pairs(lines: Sequence[NumberedLine]) -> list[tuple[NumberedLine, NumberedLine | None]]:
    return list(zip(lines, [*lines[1:], None], strict=True))


def _unlisted(line: NumberedLine, following: NumberedLine | None, named: Mapping[int, NumberedLine]) -> NumberedLine:
    """The line without its list mark where it stands in bold over named fields: `1) Blue Dart Ltd.` is no deed."""
    heads = line.bullet and line.bold and following is not None and following.number in named
    return replace(line, bullet=False) if heads else line


def field_named(label: str) -> FieldName | None:
    """The field that a label or the head of a column names."""
    return _FIELDS.get(fold(label)) or next(
        (_FIELDS[word] for word in map(fold, label.split("/")) if word in _FIELDS), None
    )


def _named(line: NumberedLine) -> NumberedLine | None:
    match = _LABELLED.match(line.text)
    field = field_named(match["label"]) if match and not line.heading else None
    if match is None or field is None or (field == "dates" and not find_dates(match["value"])):
        return None
    return replace(line, text=match["value"], bullet=False, field=field)
