"""How long a line may become: as long as its last visual line most likely still has room. Knows no layout.

`page_budget` looks at the pages that come of it; this keeps it from having to take much back.
"""

import unicodedata
from collections.abc import Iterable

SHARE = 0.1
FEWEST_CHARACTERS = 12
VISUAL_LINE = 90  # the summary is where a job's words belong, so it may become one visual line longer
SUMMARY = "professional_summary"


def character_budgets(texts: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The most characters that the text at each path may have after tailoring."""
    return {path: len(text) + _room(path, text) for path, text in texts}


def _room(path: str, text: str) -> int:
    room = max(int(len(text) * SHARE), VISUAL_LINE if path == SUMMARY else FEWEST_CHARACTERS)
    return room // 2 if _is_wide(text) else room


def _is_wide(text: str) -> bool:
    """Whether the script's characters take the room of two."""
    return 2 * sum(unicodedata.east_asian_width(character) in "WF" for character in text) > len(text)
