"""How well a DOCX lends itself to being written into, told to its owner at upload. Knows no resume."""

from dataclasses import dataclass

from services.docx import names as n
from services.docx.constructs import find_unreachable
from services.docx.document import OpenDocument, open_document
from services.docx.edits import Edit
from services.docx.package import parse_xml
from services.docx.reader import read_document
from services.docx_generation_service import apply_edits

_TRIAL = "."
_DRAWN_TEXT_PARTS = ("diagramData", "chart")


@dataclass(frozen=True, slots=True)
class TemplateCheck:
    """Lines that can be written, lines there are, what the document is built of, and what stays out of reach."""

    editable_lines: int
    total_lines: int
    constructs: list[str]
    unreachable: list[str]
    warnings: list[str]


def check_template(document: bytes) -> TemplateCheck:
    """Try every line of the document and report; raises what `read_docx` raises."""
    opened = open_document(document)
    text = read_document(opened)
    trials = [
        Edit(line.number, "replace", line.anchor, old=line.text, new=line.text + _TRIAL)
        for line in text.lines
        if line.anchor is not None
    ]
    locked = len(apply_edits(document, trials).skipped)
    out_of_reach = _drawn_lines(opened)
    editable, total = len(text.lines) - locked, len(text.lines) + out_of_reach
    warnings = list(text.warnings)
    if editable < total:
        warnings.insert(0, f"{editable} of {total} lines can be tailored; the others stay as they are.")
    return TemplateCheck(
        editable_lines=editable,
        total_lines=total,
        constructs=list(text.constructs),
        unreachable=list(find_unreachable(opened)),
        warnings=warnings,
    )


def _drawn_lines(opened: OpenDocument) -> int:
    """Lines of text in SmartArt, charts and WordArt."""
    count = sum(1 for art in opened.main.root.iter(n.V + "textpath") if (art.get("string") or "").strip())
    for kind in _DRAWN_TEXT_PARTS:
        for name in opened.package.related_parts(kind):
            root = parse_xml(opened.package.parts[name])
            count += sum(
                1 for line in root.iter(n.A + "p") if any((t.text or "").strip() for t in line.iter(n.A + "t"))
            )
    return count
