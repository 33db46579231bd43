"""Shapes of the synthetic resumes, and their lines as a reader would return them."""

import textwrap
from dataclasses import dataclass

from services.document_text import DocumentText, TextLine


@dataclass(frozen=True)
class Job:
    title: str
    company: str
    start: str
    end: str
    bullets: int


@dataclass(frozen=True)
class School:
    institution: str
    degree: str


@dataclass(frozen=True)
class Resume:
    label: str
    text: str
    name: str
    email: str
    phone: str
    location: str = ""
    role: str = ""
    jobs: tuple[Job, ...] = ()
    schools: tuple[School, ...] = ()
    skills: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    certifications: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def document(marked_text: str) -> DocumentText:
    """Lines with marks (`# `, `**`, `- `, `~` for a tab) as the readers would return them."""
    lines: list[TextLine] = []
    block = 0
    for raw in textwrap.dedent(marked_text).strip().splitlines():
        text = raw.strip()
        if not text:
            block += 1
            continue
        bullet = text.startswith("- ")
        text = text.removeprefix("- ")
        heading = text.startswith("#")
        text = text.lstrip("#").strip()
        bold = text.startswith("**") and text.endswith("**")
        first = not any(line.heading for line in lines)
        lines.append(
            TextLine(
                number=len(lines) + 1,
                text=text.replace("**", "").replace("~", "\t"),
                marker="•" if bullet else "",
                list_level=0 if bullet else None,
                heading=heading,
                bold=bold,
                font_size=18.0 if heading and first else 12.0 if heading else 10.5,
                block=block,
            )
        )
    return DocumentText(tuple(lines))
