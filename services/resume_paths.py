"""Paths into a resume (`experience[0].bullets[2]`, `skills[1].skills`): parse, read, list.

Every change, piece of evidence and anchor is addressed by such a path.
"""

import re
from collections.abc import Callable, Iterator

from schemas.resume_schemas import ResumeData

PathStep = str | int

_STEP = re.compile(r"([a-z_]+)|\[(\d{1,4})\]")
_ENTRIES = {
    "experience": ("job", "jobs"),
    "education": ("education", "education"),
    "skills": ("skill group", "skill groups"),
    "projects": ("project", "projects"),
    "certifications": ("certificate", "certificates"),
    "custom_sections": ("further section", "further sections"),
}
_VALUES = {
    "bullets": ("point", "points"),
    "skills": ("skill", "skills"),
    "technologies": ("technology", "technologies"),
    "items": ("item", "items"),
    "header_links": ("link", "links"),
}


def parse_path(path: str) -> tuple[PathStep, ...] | None:
    """The steps of a path, e.g. ("experience", 0, "bullets", 2); None when it is not one."""
    steps: list[PathStep] = []
    position = 0
    while position < len(path):
        if path[position] == "." and steps:
            position += 1
        match = _STEP.match(path, position)
        if match is None:
            return None
        name, index = match.groups()
        steps.append(name if name is not None else int(index))
        position = match.end()
    return tuple(steps) if steps else None


def read_path(resume: ResumeData, path: str) -> str | list[str] | None:
    """The text or list of texts at a path; None when nothing of that kind stands there."""
    steps = parse_path(path)
    if steps is None:
        return None
    value: object = resume
    for step in steps:
        if isinstance(step, int):
            if not isinstance(value, list) or step >= len(value):
                return None
            value = value[step]
        else:
            if step not in getattr(type(value), "model_fields", {}):
                return None
            value = getattr(value, step)
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    return None


def entry_path(path: str) -> str:
    """The entry that a path belongs to: `experience[0]` for `experience[0].bullets[2]`; a top-level text is its own."""
    match = re.match(r"[a-z_]+(\[\d+\])?", path)
    return match.group() if match else path


def path_in_words(path: str) -> str:
    """The place as a person calls it, counted from one: "point 3 of job 1" for `experience[0].bullets[2]`."""
    words: list[str] = []
    for name, index in re.findall(r"([a-z_]+)(?:\[(\d+)\])?", path.removeprefix("personal_info.")):
        known = _VALUES if words or name not in _ENTRIES else _ENTRIES
        single, several = known.get(name, (name.replace("_", " "),) * 2)
        words.append(f"{single} {int(index) + 1}" if index else f"the {several}")
    return " of ".join(reversed(words))


def walk_texts(resume: ResumeData) -> Iterator[tuple[str, str]]:
    """All non-empty texts of the resume with their paths, in document order of the schema; `section_order` left out."""

    def walk(value: object, path: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, str):
            if value:
                yield path, value
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from walk(item, f"{path}[{index}]")
        else:
            for name in getattr(type(value), "model_fields", {}):
                if name != "section_order":
                    yield from walk(getattr(value, name), f"{path}.{name}" if path else name)

    yield from walk(resume, "")


def map_texts(resume: ResumeData, change: Callable[[str], str]) -> ResumeData:
    """A copy of the resume with every text changed by the function; `section_order` is left as it is."""

    def changed(value: object) -> object:
        if isinstance(value, str):
            return change(value)
        if isinstance(value, list):
            return [changed(item) for item in value]
        return {name: changed(item) for name, item in value.items()} if isinstance(value, dict) else value

    fields = resume.model_dump(exclude={"section_order"})
    return ResumeData.model_validate(
        {**{n: changed(v) for n, v in fields.items()}, "section_order": resume.section_order}
    )
