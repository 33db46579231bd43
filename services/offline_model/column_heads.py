"""The row of a table that names its columns (`Period | Position | Employer`): no entry. Knows words, no fields."""

from collections.abc import Sequence

from services.offline_model.numbered_lines import NumberedLine
from services.resume_language.folding import fold
from services.resume_language.tables import read_table

_COLUMNS = frozenset(fold(name) for name in read_table("labels")["columns"])


def without_column_heads(lines: Sequence[NumberedLine]) -> list[NumberedLine]:
    """The lines without two and more names of columns that stand first in a section, beside or below each other."""
    count = 0
    names = 0
    for line in lines:
        cells = line.text.split("\t")
        if line.bullet or not all(fold(cell) in _COLUMNS for cell in cells):
            break
        count += 1
        names += len(cells)
    return list(lines[count:]) if names > 1 else list(lines)
