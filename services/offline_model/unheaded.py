"""What stands above all headings, or in a resume without any: role, summary, and sections told by their content."""

import re
from collections.abc import Sequence

from schemas.model_outputs import Span
from services.offline_model.entries import is_body_line, is_dated_header
from services.offline_model.numbered_lines import NumberedLine, without_placeholders
from services.offline_model.sections import Section
from services.offline_model.skills import split_list
from services.resume_language.dates import find_dates
from services.resume_language.headings import SectionKind, heading_kind
from services.resume_language.organisations import company_score, degree_at, is_school
from services.resume_language.places import is_place
from services.resume_language.roles import title_score

_PIECES = re.compile(r"\t|\s[|•]\s|\s{3,}")
_CONTACT_PIECES = re.compile(rf"{_PIECES.pattern}|\s[·∙⋅]\s")
_LONGEST = 300
_ENDS_AS_DEGREE = re.compile(
    r"\b(?:certificate|diploma|degree|diplom|zertifikat|diplôme|certificat|certificado|diplôma|certificato|attestato)\b[\s,(|–—-]*"
    r"(?:(?:19|20)\d\d\)?)?\s*$",
    re.IGNORECASE,
)
_CERTIFICATES = re.compile(
    r"\b(?:certifi\w+|licen[cs]ed?|permit|card|zertifi\w+|führerschein|schein|lizenz|certificats?|permis|habilitation"
    r"|certificad\w+|carné|carnet|carteira|carta de condução|certificazion\w+|attestat\w+|patente)\b",
    re.IGNORECASE,
)
_FUNCTION_WORDS = re.compile(
    r"\b(?:who|that|with|and|to|of|in|for|mit|und|der|die|con|avec|et|que|de)\b", re.IGNORECASE
)


def find_role(lines: Sequence[NumberedLine]) -> Span | None:
    """The headline under the name: `Backend Engineer · Distributed Systems`."""
    names = [index for index, line in enumerate(lines) if "[NAME" in line.text]
    start = names[0] if names else 0
    near = list(enumerate(lines))[max(start - 2, 0) : start + 5]
    dated = next((index for index, line in near if is_dated_header(line) and not line.has_reach), len(lines))
    candidates = [
        (index, line) for index, line in near if index < dated and not line.bullet and not _opens_entry(lines, index)
    ]
    for index, line in candidates:
        pieces = (_CONTACT_PIECES if line.has_placeholder else _PIECES).split(line.text[:_LONGEST])
        if len(pieces) == 1 and is_prose(line):
            continue
        for piece in pieces:
            text = piece.strip(" ,|•·–-")
            if not re.search(r"\w", without_placeholders(text)) or "[" in text or find_dates(text) or is_place(text):
                continue
            close = names and index == start + 1 and index < len(lines) and len(text.split()) <= 8
            titled = title_score(text) >= 2 and len(text.split()) <= 12
            if (titled or (close and _is_headline(text) and not line.has_placeholder)) and heading_kind(text) is None:
                return line.span(text)
    return None


def _opens_entry(lines: Sequence[NumberedLine], index: int) -> bool:
    """Whether the line or the next is dated, or bullets follow: then it names a job held, not the person's role."""
    following = lines[index + 1 : index + 2]
    return is_dated_header(lines[index]) or any(line.bullet or is_dated_header(line) for line in following)


def _is_headline(text: str) -> bool:
    return (
        text[:1].isupper()
        and not text.endswith((".", "”", '"', ":"))
        and not re.search(r"\d", text)
        and title_score(text) >= 1
    )


def is_prose(line: NumberedLine) -> bool:
    """Whether a line is running text."""
    words = [word for word in line.text.split() if len(word) > 1 or word.casefold() in "aieoyà&"]
    if re.search(r"[\u3040-\u30ff\u3400-\u9fff]", line.text):
        return len(line.text) > 40
    if len(_PIECES.findall(line.text)) >= 2:
        return False
    ends = line.text.endswith((".", "!"))
    return len(words) >= 14 or (len(words) >= 8 and (ends or len(_FUNCTION_WORDS.findall(line.text)) >= 2))


def find_summary(lines: Sequence[NumberedLine]) -> list[NumberedLine]:
    """The first run of running text above the headings."""
    run: list[NumberedLine] = []
    for line in lines:
        fits = is_prose(line) and not line.has_reach and not line.bullet and not is_dated_header(line)
        if fits:
            run.append(line)
        elif run:
            break
    return run


def sections_by_content(lines: Sequence[NumberedLine]) -> list[Section]:
    """Sections of lines that have no headings: jobs, schools and skills are told by what their lines hold."""
    sections: list[Section] = []
    for block in _blocks(lines):
        kind = _kind(block)
        previous = sections[-1].kind if sections else None
        if kind is None and previous in ("experience", "education", "projects"):
            kind = previous
        if kind is None:
            continue
        if sections and previous == kind:
            sections[-1].lines.extend(block)
        else:
            sections.append(Section(kind, None, list(block)))
    return sections


def _blocks(lines: Sequence[NumberedLine]) -> list[list[NumberedLine]]:
    """Lines between gaps; where there are no gaps, a new block begins where an entry seems to."""
    blocks: list[list[NumberedLine]] = []
    for line in lines:
        if not blocks or line.block != blocks[-1][-1].block or _turns(blocks[-1], line):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def _turns(block: list[NumberedLine], line: NumberedLine) -> bool:
    """Whether the line starts another kind of content than the block holds."""
    if line.bullet:
        return False
    kind = _kind([line])
    return kind in ("education", "skills") and kind != _kind(block)


def _kind(block: Sequence[NumberedLine]) -> SectionKind | None:
    if all(_is_list(line) for line in block):
        return "skills"
    headers = [line for line in block if not is_body_line(line)]
    if any(_is_schooling(line) for line in headers) and not _works_at_school(block, headers):
        return "education"
    if headers == list(block) and all(_CERTIFICATES.search(line.text) for line in block):
        return "certifications"
    dated = any(is_dated_header(line) for line in headers)
    works = any(title_score(line.text) >= 2 or company_score(line.text) >= 1 for line in headers)
    if works and (dated or any(line.bullet for line in block)):
        return "experience"
    if dated and len(block) > 1:
        return "experience"
    return None


def _works_at_school(block: Sequence[NumberedLine], headers: Sequence[NumberedLine]) -> bool:
    """Whether a school employs: a title, no degree, and what was done there."""
    if any(degree_at(line.text) is not None for line in headers) or not any(line.bullet for line in block):
        return False
    return any(title_score(line.text) >= 2 for line in headers)


def _is_schooling(line: NumberedLine) -> bool:
    degree = degree_at(line.text)
    if degree is not None and _ENDS_AS_DEGREE.search(line.text):
        return True
    if degree is not None:
        in_letters = degree[0] == 0 and sum(1 for letter in line.text[: degree[1]] if letter.isupper()) > 1
        return in_letters or title_score(line.text) < 2 or is_school(line.text)
    return is_school(line.text) and title_score(line.text) < 2


def _is_list(line: NumberedLine) -> bool:
    text = line.text.partition(":")[2] or line.text
    items = split_list(text)
    if any(is_school(item) or is_place(item) for item in items):
        return False
    return (
        len(items) >= 3
        and all(len(item.split()) <= 4 for item in items)
        and not find_dates(text)
        and not line.has_placeholder
    )
