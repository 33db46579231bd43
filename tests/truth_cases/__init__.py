"""Labelled edits of synthetic resumes in many trades and five languages, and how their files are read.

A case file has a resume, a job ad and, under each place (`@ job 0.2` is a bullet, `@ skill 0 new` an insertion),
fabricated edits (`-`) and truthful ones (`+`). The rules were tuned on all of them: they guard against steps back,
they do not measure how the rules do on what they have not seen.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_SECTION = re.compile(r"^\[(resume|ad|cases)\]$", re.MULTILINE)


@dataclass(frozen=True)
class TruthCase:
    trade: str
    resume: dict[str, Any]
    job_description: str
    change: dict[str, Any]
    is_fabricated: bool


def truth_cases(folder: Path = _FOLDER) -> list[TruthCase]:
    """All cases, trade by trade."""
    return [case for file in sorted(folder.glob("*.txt")) for case in _read(file)]


def _read(file: Path) -> Iterator[TruthCase]:
    _, _, resume_text, _, ad, _, cases = _SECTION.split(file.read_text(encoding="utf-8"))
    resume = _resume(resume_text)
    place = ""
    for line in filter(None, map(str.strip, cases.splitlines())):
        mark, text = line[0], line[2:]
        if mark == "@":
            place = text
        else:
            yield TruthCase(file.stem, resume, ad.strip(), _change(resume, place, text), mark == "-")


def _resume(text: str) -> dict[str, Any]:
    info = {"name": "", "current_role": "", "email": "", "phone": "", "location": "", "header_links": []}
    resume: dict[str, Any] = {"personal_info": info, "professional_summary": "", "section_order": []}
    for section in ("experience", "education", "skills", "projects", "certifications", "custom_sections"):
        resume[section] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("* "):
            resume["experience"][-1]["bullets"].append(line[2:])
            continue
        name, value = line.split(" = ", 1)
        parts = [part.strip() for part in value.split("|")]
        if name == "job":
            keys = ("company", "title", "location", "start_date", "end_date")
            resume["experience"].append(dict(zip(keys, parts, strict=True)) | {"bullets": []})
        elif name == "education":
            keys = ("institution", "degree", "start_date", "end_date")
            blank = {"field": "", "location": "", "gpa": "", "bullets": []}
            resume["education"].append(dict(zip(keys, parts, strict=True)) | blank)
        elif name == "skills":
            category, skills = value.split(": ")
            resume["skills"].append({"category": category, "skills": skills.split(", ")})
        elif name == "certificate":
            resume["certifications"].append({"name": value, "issuer": "", "date": ""})
        elif name == "summary":
            resume["professional_summary"] = value
        else:
            info["current_role" if name == "role" else name] = value
    return resume


def _change(resume: dict[str, Any], place: str, text: str) -> dict[str, Any]:
    kind, *where = place.split()
    is_new = where[-1:] == ["new"]
    numbers = [int(number) for number in where[0].split(".")] if where and where[0] != "new" else []
    if kind == "summary":
        path, original = "professional_summary", resume["professional_summary"]
    elif kind == "certificate":
        index = len(resume["certifications"]) if is_new else numbers[0]
        path, original = f"certifications[{index}].name", None if is_new else resume["certifications"][index]["name"]
        path = path.removesuffix(".name") if is_new else path
    else:
        section, field = ("experience", "bullets") if kind == "job" else ("skills", "skills")
        items = resume[section][numbers[0]][field]
        index = len(items) if is_new else numbers[1]
        path = f"{section}[{numbers[0]}].{field}[{index}]"
        original = None if is_new else items[index]
    return {"path": path, "kind": "insert" if is_new else "replace", "original": original, "proposed": text}
