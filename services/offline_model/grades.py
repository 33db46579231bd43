"""Grades beside schools: `GPA: 3.8`, `Note 1,7`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from schemas.model_outputs import Span
from services.offline_model.numbered_lines import NumberedLine
from services.resume_language.organisations import find_gpa

_KNOWN_LABEL = re.compile(
    r"[\s,;(|–-]*\b(?:(?:cumulative|overall|final|major|current|average)\s+)?(?:c?gpa|grades?|average|mark)\s*[:=]?\s*\(?$",
    re.IGNORECASE,
)
_ANY_LABEL = re.compile(r"[\s,;(|–-]*\b[\w.]*\s*[\w.]*\s*[:=]?\s*\(?$")


def take_gpa(lines: Sequence[NumberedLine]) -> tuple[Span | None, list[NumberedLine]]:
    """The grade, and the lines with it cut out."""
    gpa: Span | None = None
    out: list[NumberedLine] = []
    for line in lines:
        found = find_gpa(line.text) if gpa is None else None
        if found is None:
            out.append(line)
            continue
        gpa = line.span(line.text[slice(*found)])
        before = line.text[: found[0]]
        if _label_before(line.text, found):
            label = _KNOWN_LABEL if _KNOWN_LABEL.search(before) else _ANY_LABEL
            before = label.sub("", before)
        after = re.sub(r"^\s*(?:c?gpa)?\)?", "", line.text[found[1] :], flags=re.IGNORECASE)
        rest = before.rstrip(" ,;(|–-·•") + ("\t" + after.lstrip(" ,;)|") if re.search(r"\w", after) else "")
        if re.search(r"\w", rest):
            out.append(replace(line, text=rest))
    return gpa, out


def _label_before(text: str, found: tuple[int, int]) -> bool:
    """Whether the grade's label stands before it (`GPA: 3.8`), not after it (`3.8 GPA`)."""
    return re.match(r"\s*c?gpa", text[found[1] :], re.IGNORECASE) is None


def gpa_span(line: NumberedLine) -> Span | None:
    """The grade near the beginning of a line below a school."""
    found = find_gpa(line.text)
    return line.span(line.text[slice(*found)]) if found and found[0] < 40 else None


def is_only_gpa(line: NumberedLine) -> bool:
    """Whether the line says hardly more than the grade."""
    found = find_gpa(line.text)
    return found is not None and len(line.text) - (found[1] - found[0]) <= 14
