"""The row of a table that names its columns (`Period | Position | Employer`): no entry. Knows words, no fields."""

import re
from collections.abc import Sequence
from dataclasses import replace

from services.offline_model.labelled_fields import field_named
from services.offline_model.numbered_lines import FieldName, NumberedLine
from services.resume_language.folding import fold
from services.resume_language.tables import read_table

_FEWEST = 2
_ITSELF = re.compile(r"school|college|instit", re.IGNORECASE)
_COLUMNS = frozenset(fold(name) for name in read_table("labels")["columns"])


def without_column_heads(lines: Sequence[NumberedLine]) -> list[NumberedLine]:
    """The lines without two and more names of columns that stand first in a section, beside or below each other."""
    count = 0
    names = 0
    for line in lines:
        cells = line.text.split("\t")
        if line.bullet or not all(map(_is_head, cells)):
            break
        count += 1
        names += len(cells)
    return list(lines[count:]) if names > 1 else list(lines)


def _is_head(cell: str) -> bool:
    return fold(cell) in _COLUMNS or field_named(cell) is not None or not re.search(r"\w", cell)


def with_columns_as_fields(lines: Sequence[NumberedLine]) -> list[NumberedLine]:
    """The cells of a table whose first row names two fields and more, each as a line that says what it holds.

    Cells of other columns are left out: they stay words of the document that no field has.
    """
    heads = lines[0].text.split("\t") if lines else []
    fields = _without_doubles(heads, [field_named(head) for head in heads])
    if len(set(fields) - {None}) < _FEWEST or without_column_heads(lines[:1]):
        return list(lines)
    return [cell for line in lines[1:] for cell in _cells(line, fields)]


def _without_doubles(heads: Sequence[str], fields: Sequence[FieldName | None]) -> list[FieldName | None]:
    """Each field once: of two columns that name schools the one that says so, not the board or the university."""
    best: dict[FieldName, int] = {}
    for index, (head, field) in enumerate(zip(heads, fields, strict=True)):
        if field is not None and (
            field not in best or (_ITSELF.search(head) and not _ITSELF.search(heads[best[field]]))
        ):
            best[field] = index
    return [field if field is not None and best[field] == index else None for index, field in enumerate(fields)]


def _cells(line: NumberedLine, fields: Sequence[FieldName | None]) -> list[NumberedLine]:
    texts = line.text.split("\t")
    if len(texts) != len(fields):
        return [line]
    return [
        replace(line, text=text.strip(), field=field)
        for text, field in zip(texts, fields, strict=True)
        if field is not None and text.strip()
    ]
