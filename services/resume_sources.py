"""Where each value of a resume stands in its document: lines with anchors, spans by path; stored as JSON."""

import re
from dataclasses import asdict, dataclass, field
from typing import Any

from services.document_text import Anchor, DocumentText, TextLine
from services.resume_assembly import SourceSpan


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line that values come from. Lines of one `look` may take each other's texts."""

    text: str
    anchor: Anchor
    look: str = ""


@dataclass(frozen=True, slots=True)
class ResumeSources:
    """Spans by path, and the lines that they are spans of."""

    spans: dict[str, SourceSpan] = field(default_factory=dict)
    lines: dict[int, SourceLine] = field(default_factory=dict)

    @classmethod
    def collect(cls, document: DocumentText, spans: dict[str, SourceSpan]) -> "ResumeSources":
        """The spans with those lines of the document that they need."""
        needed = {number for span in spans.values() for number in range(span.line, span.last_line + 1)}
        lines = {
            line.number: SourceLine(line.text, line.anchor, _look(line))
            for line in document.lines
            if line.number in needed and line.anchor is not None
        }
        return cls(spans, lines)

    def may_swap(self, one: str, other: str) -> bool:
        """Whether the values at two paths may change places: in one line, or alone in two lines that look alike."""
        first, second = self.spans.get(one), self.spans.get(other)
        if first is None or second is None:
            return False
        if first.line == second.line:
            return True
        lines = self.lines.get(first.line), self.lines.get(second.line)
        if lines[0] is None or lines[1] is None:
            return False
        return lines[0].look == lines[1].look and self.fills_its_line(first) == self.fills_its_line(second)

    def fills_its_line(self, span: SourceSpan) -> bool:
        """Whether nothing but marks stands beside the value."""
        if span.line != span.last_line:
            return True
        text = self.lines[span.line].text
        return not re.search(r"\w", text[: span.start] + text[span.end :])

    def to_json(self) -> dict[str, Any]:
        """As stored with the base resume."""
        return {
            "spans": {path: [s.line, s.start, s.end, s.last_line] for path, s in self.spans.items()},
            "lines": {str(number): asdict(line) for number, line in self.lines.items()},
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "ResumeSources":
        """The inverse of `to_json`."""
        return cls(
            spans={path: SourceSpan(*span) for path, span in stored.get("spans", {}).items()},
            lines={
                int(number): SourceLine(line["text"], Anchor(**line["anchor"]), line["look"])
                for number, line in stored.get("lines", {}).items()
            },
        )


def _look(line: TextLine) -> str:
    """What a reader sees of a line beside its words."""
    return f"{line.marker}|{line.list_level}|{line.heading}|{line.bold}|{line.font_size}"
