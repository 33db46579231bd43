"""Skills of a section: groups `Category: a, b, c`, lists and grids. Knows no other section."""

import re
from collections.abc import Sequence
from dataclasses import replace

from schemas.model_outputs import ExtractedSkillGroup, Span
from services.matching.skill_terms import is_known
from services.offline_model.numbered_lines import NumberedLine
from services.resume_language.folding import fold
from services.resume_language.headings import heading_kind
from services.resume_language.spoken import is_spoken_language

_CATEGORY = re.compile(r"^(?P<label>[^:：]{2,60}?)\s*[:：]\s*(?P<rest>\S.*)$")
_DASHED = re.compile(r"^(?P<label>[^,•|·\t]{2,40}?)\s+[–—-]\s+(?P<rest>[^,]+,.*)$")
_TABBED = re.compile(r"^(?P<label>[^,\t]{2,40}?)\t(?P<rest>[^\t]*[,•|·][^\t]*)$")
_NOT_SKILLS = frozenset(
    """interests interest hobbies hobby languages spoken awards interessen hobbys intereses interets centres
    loisirs aficiones interessi interesses references activities volunteering intressen""".split()
)
_LEVEL_WORDS = re.compile(
    r"^\(?(?:master|expert|advanced|intermediate|beginner|basic|fluent|native|proficient|good"
    r"|\d+ ?(?:years?|yrs?|%))\)?$",
    re.IGNORECASE,
)
LONGEST_ACRONYM = 6
"""Characters: capitals make a short word look like a heading (`ORBIS`) though it is one item more."""
_PROSE_WORDS = 12
_MOST_ITEMS = 500


def extract_skills(lines: Sequence[NumberedLine]) -> tuple[list[ExtractedSkillGroup], list[NumberedLine]]:
    """The groups of skills, and the lines of the section that list something else (`Interests: …`)."""
    groups: list[ExtractedSkillGroup] = []
    others: list[NumberedLine] = []
    awaiting = False
    skip_rest = False
    lines = [_without_level(line) for line in lines if not is_level(line.text)]
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        label, rest = _category(line)
        if label is not None and _is_other_list(label):
            others.append(line)
            skip_rest = not rest
            continue
        if label is not None:
            groups.append(ExtractedSkillGroup(category=line.span(label), skills=_skills(line, rest)))
            awaiting, skip_rest = not rest, False
        elif _is_category_line(line, following):
            skip_rest = _is_other_list(line.text)
            if skip_rest:
                others.append(line)
                continue
            groups.append(ExtractedSkillGroup(category=line.span(line.text.rstrip(" :：")), skills=[]))
            awaiting = True
        elif skip_rest:
            others.append(line)
        else:
            found = _skills(line, line.text)
            if not groups or (groups[-1].category is not None and not awaiting):
                groups.append(ExtractedSkillGroup(category=None, skills=found))
            else:
                groups[-1].skills.extend(found)
    return [group for group in groups if group.skills or group.category], others


def is_level(text: str) -> bool:
    """Whether the text says no more than how well something is known: "Fluent", "Expert"."""
    return bool(_LEVEL_WORDS.match(text))


def _without_level(line: NumberedLine) -> NumberedLine:
    """The line without how well the group that it names is known: `Languages <tab> Expert`."""
    name, tab, level = line.text.partition("\t")
    return replace(line, text=name) if tab and line.bold and _LEVEL_WORDS.match(level) else line


def take_languages(lines: Sequence[NumberedLine]) -> tuple[list[ExtractedSkillGroup], list[NumberedLine]]:
    """Spoken languages that are listed among other things (`English (native), German (B2)`), and the other lines."""
    groups: list[ExtractedSkillGroup] = []
    others: list[NumberedLine] = []
    unlabelled: ExtractedSkillGroup | None = None
    for line in lines:
        label, rest = _category(line)
        items = split_list(rest)
        if not items or not all(map(is_spoken_language, items)) or (label is not None and is_spoken_language(label)):
            label, items = None, split_list(line.text)
        if not items or not all(map(is_spoken_language, items)):
            others.append(line)
        elif label is not None:
            groups.append(ExtractedSkillGroup(category=line.span(label), skills=[line.span(item) for item in items]))
        elif unlabelled is None:
            unlabelled = ExtractedSkillGroup(category=None, skills=[line.span(item) for item in items])
            groups.append(unlabelled)
        else:
            unlabelled.skills.extend(line.span(item) for item in items)
    return groups, others


def _category(line: NumberedLine) -> tuple[str | None, str]:
    """The category and what is listed after it on the same line."""
    text = line.text
    if text.endswith((":", "：")) and "," not in text and len(text.split()) <= 7:
        return text.rstrip(" :："), ""
    for pattern in (_CATEGORY, _TABBED, _DASHED):
        match = pattern.match(text)
        if match and len(match.group("label").split()) <= 6 and not _LEVEL_WORDS.match(match.group("rest")):
            return match.group("label").strip(" \t"), match.group("rest")
    return None, text


def _is_other_list(label: str) -> bool:
    """Whether the label announces interests or the like, and no skills: `Languages: Python` lists skills."""
    tokens = [token for token in fold(label).split() if not _LEVEL_WORDS.match(token)]
    return bool(tokens) and tokens[0] in _NOT_SKILLS and tokens != ["languages"]


def _is_category_line(line: NumberedLine, following: NumberedLine | None) -> bool:
    """Whether a line on its own names the list below it."""
    if following is None or line.bullet or "," in line.text or len(line.text.split()) > 6:
        return False
    if line.heading and not following.heading:
        return line.bold or not (line.is_caps and len(line.text) <= LONGEST_ACRONYM)
    if line.bold and not following.bold:
        return "\t" not in line.text
    if heading_kind(line.text) is not None and "\t" not in line.text and len(split_list(following.text)) > 1:
        return True
    return following.bullet and not line.bullet and "\t" not in line.text and heading_kind(line.text) is not None


def _skills(line: NumberedLine, text: str) -> list[Span]:
    """The single skills of a list."""
    text = text.strip()
    if not text:
        return []
    if _is_prose(text):
        return [line.span(text)]
    return [line.span(part) for part in _last_two_parted(split_list(text))]


def _last_two_parted(items: list[str]) -> list[str]:
    """The items, with `Payroll and Tableau` at the end of a list in two where one of them is known as a skill."""
    halves = re.split(r"\s(?:and|und|et|y|e)\s", items[-1]) if len(items) > 1 else []
    known = len(halves) == 2 and any(map(is_known, halves)) and not is_known(items[-1])
    return [*items[:-1], *halves] if known else items


def _is_prose(text: str) -> bool:
    lists = len(re.findall(r"[,;|•·\t]", text))
    return len(text.split()) > _PROSE_WORDS and len(text.split()) > 6 * (lists + 1)


def split_list(text: str) -> list[str]:
    """The items of a list, split at the separator it uses and never inside brackets."""
    separators = "\t|•·;●▪∙‧" if re.search(r"[\t|•·;●▪∙‧]", text) else ",，、"
    if re.search(r"[,，、]", text) and not re.search(r"[|•·●▪∙‧]", text):
        separators = ",，、;\t"
    items: list[str] = []
    depth = 0
    current = ""
    for position, character in enumerate(text):
        depth += (character in "([（") - (character in ")]）" and depth > 0)
        number = (
            character == "," and text[position - 1 : position].isdigit() and text[position + 1 : position + 2].isdigit()
        )
        if character in separators and depth == 0 and not number:
            items.append(current)
            current = ""
        else:
            current += character
    items.append(current)
    if len(items) == 1 and re.search(r"\s/\s|\s{3,}", text):
        items = re.split(r"\s/\s|\s{3,}", text)
    return [item for item in map(_clean_item, items[:_MOST_ITEMS]) if re.search(r"\w", item)]


def _clean_item(item: str) -> str:
    item = item.strip(" \u00a0,;|•·-–—●▪")
    item = re.sub(r"^(?:and|und|et|y|e|en|och|&)\s+(?=\S)", "", item)
    return item[:-1].rstrip() if item.endswith(".") and not re.search(r"\b\w\.\w?\.$|\betc\.$", item) else item
