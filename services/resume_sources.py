"""Where each value of a resume stands in its document: lines with anchors, spans by path; stored as JSON."""

from dataclasses import asdict, dataclass, field
from typing import Any

from services.document_text import Anchor, DocumentText
from services.resume_assembly import SourceSpan


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line that values come from."""

    text: str
    anchor: Anchor


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
            line.number: SourceLine(line.text, line.anchor)
            for line in document.lines
            if line.number in needed and line.anchor is not None
        }
        return cls(spans, lines)

    def to_json(self) -> dict[str, Any]:
        """As stored with the base resume."""
        return {
            "spans": {path: [s.line, s.start, s.end, s.last_line] for path, s in self.spans.items()},
            "lines": {str(n): {"text": line.text, "anchor": asdict(line.anchor)} for n, line in self.lines.items()},
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "ResumeSources":
        """The inverse of `to_json`."""
        return cls(
            spans={path: SourceSpan(*span) for path, span in stored.get("spans", {}).items()},
            lines={
                int(number): SourceLine(line["text"], Anchor(**line["anchor"]))
                for number, line in stored.get("lines", {}).items()
            },
        )
