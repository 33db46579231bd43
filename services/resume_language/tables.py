"""Reads the word tables of this package. Knows their form, not their meaning."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("tables")


@cache
def read_table(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of a table by their title: `[title]` lines, then entries apart by semicolons; `#` lines are notes."""
    lists: dict[str, str] = {}
    title = ""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            title = line[1:-1]
            lists[title] = ""
        elif title:
            lists[title] += f"{line} "
    return {title: tuple(entry.strip() for entry in text.split(";") if entry.strip()) for title, text in lists.items()}
