"""Lines of a resume parted into sections by their headings. Knows headings and looks, no entries."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.model_outputs import Span
from services.offline_model.numbered_lines import NumberedLine, without_placeholders
from services.offline_model.skills import LONGEST_ACRONYM
from services.resume_language.dates import find_dates, is_only_dates
from services.resume_language.folding import fold
from services.resume_language.headings import SectionKind, heading_kind, heading_kind_by_noun
from services.resume_language.organisations import company_score, degree_at, is_school
from services.resume_language.roles import title_score

_LABEL = re.compile(r"^(?P<label>[^\t:|]{2,40}?)\s*(?P<mark>[:：]|\t|\s[|–—-]\s)\s*(?P<rest>\S.*)$")
_UNFINISHED = re.compile(r"(?:&|/|\b(?:and|und|et|y|e|en|och))$", re.IGNORECASE)
_MAX_HEADING_WORDS = 8
_WORDS_OF_PLAIN_HEADING = 2
"""`Legal Experience` is a heading, though a title may hold both words: `Legal Director, Client Experience`."""
_FEWEST_ALIKE = 2
"""Known headings that look alike: then an unknown line of capitals that stands apart is one, too."""
_LANGUAGES = "languages"
_MAIN_KINDS = ("summary", "experience", "education", "skills", "projects", "certifications", "contact")
_ENTRY_KINDS = ("experience", "education", "projects", "certifications")
_TOOL_LABELS = re.compile(
    r"^(technolog|tech|tool|stack|software|environment|program|langua|skill|competenc|kenntnisse|werkzeuge|outils|herramientas)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Section:
    """A heading and the lines under it; `title` is None for what stands before the first heading."""

    kind: SectionKind | None
    title: Span | None
    lines: list[NumberedLine] = field(default_factory=list)
    heading_lines: list[int] = field(default_factory=list)

    @property
    def is_inline(self) -> bool:
        """Whether the heading stands at the beginning of its first line."""
        return self.title is not None and self.title.line not in self.heading_lines


def split_sections(lines: Sequence[NumberedLine]) -> list[Section]:
    """The sections in document order; the first holds what stands above all headings, or below the person's name."""
    labels = _labels_in_entries(lines)
    looks = _heading_looks(lines, labels)
    sections = [Section(None, None)]
    current = sections[0]
    skip = False
    for index, line in enumerate(lines):
        if skip:
            skip = False
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        if line.heading and line.is_name:
            current = sections[0]
        if line.text.casefold() in labels and current.kind in _ENTRY_KINDS:
            current.heading_lines.append(line.number)
            continue
        pair = _two_line_heading(line, following)
        opened: Section | None
        if pair is not None:
            opened, skip = pair, True
        else:
            opened = _opened_section(line, lines[index + 1 : index + 4], current, looks, index, lines)
        if opened is not None and opened.kind == "title":
            current.heading_lines.append(line.number)
        elif opened is not None:
            sections.append(opened)
            current = opened
        else:
            current.lines.append(line)
    return sections


def _labels_in_entries(lines: Sequence[NumberedLine]) -> frozenset[str]:
    """Words of headings that stand over the points of each job, as "Highlights" does: no section has two of them."""
    seen = Counter(line.text.casefold() for line in lines if not line.bullet)
    kinds = {text: heading_kind(text) for text, count in seen.items() if count > 1}
    return frozenset(text for text, kind in kinds.items() if kind == "summary")


def _heading_looks(lines: Sequence[NumberedLine], labels: frozenset[str]) -> Counter[tuple[bool, bool, bool]]:
    """How the lines look that are known headings."""
    return Counter(
        _look(line)
        for line in lines
        if not line.bullet
        and len(line.text.split()) <= _MAX_HEADING_WORDS
        and heading_kind(line.text) not in (None, "title")
        and line.text.casefold() not in labels
    )


def _look(line: NumberedLine) -> tuple[bool, bool, bool]:
    return line.heading, line.bold, line.is_caps


def _opened_section(
    line: NumberedLine,
    following: Sequence[NumberedLine],
    current: Section,
    looks: Counter[tuple[bool, bool, bool]],
    index: int,
    lines: Sequence[NumberedLine],
) -> Section | None:
    if line.bullet and not line.heading:
        return None
    text = line.text.strip()
    kind = heading_kind(text) if len(text.split()) <= _MAX_HEADING_WORDS and "\t" not in text else None
    starts_block = index == 0 or lines[index - 1].block != line.block
    in_style = line.is_caps and starts_block and looks[_look(line)] >= _FEWEST_ALIKE and len(text) > LONGEST_ACRONYM
    names_job = title_score(text) >= 2 and len(text.split()) != _WORDS_OF_PLAIN_HEADING
    if kind is None and (line.heading or in_style) and not names_job and not find_dates(text):
        kind = heading_kind_by_noun(text)
    if kind == "title" and current.kind is not None:
        kind = "summary"
    if current.kind == "education" and _names_degree(text, following):
        kind = None
    if kind is not None and _stands_as_heading(line, kind, current, looks, starts_block=starts_block):
        return Section(kind, line.span(text.rstrip(" :：")), [], [line.number])
    inline = _inline_heading(line, current, starts_block=starts_block)
    if inline is not None:
        return inline
    if (line.heading or in_style) and kind is None and _is_unknown_heading(line, following, current, looks):
        return Section("custom", line.span(text.rstrip(" :：")), [], [line.number])
    return None


def _names_degree(text: str, following: Sequence[NumberedLine]) -> bool:
    """Whether a line over a school or a date is a degree, though headings have its words: `Licence Informatique`."""
    if degree_at(text) is None or len(text.split()) < 2 or not following:
        return False
    return is_school(following[0].text) or bool(find_dates(following[0].text))


def _stands_as_heading(
    line: NumberedLine,
    kind: SectionKind,
    current: Section,
    looks: Counter[tuple[bool, bool, bool]],
    *,
    starts_block: bool,
) -> bool:
    """Whether a line with a heading's words is one: it looks like the others, or nothing tells them apart."""
    styled = sum(count for look, count in looks.items() if look[0])
    if current.kind == "skills" and not current.lines and fold(line.text) == _LANGUAGES:
        # of a programmer: the heading above would have nothing below it
        return False
    if line.heading:
        return not (kind == current.kind == "skills" and current.title is not None)
    if styled >= 2:
        return starts_block and (line.bold or line.is_caps) and kind in _MAIN_KINDS and looks[_look(line)] >= 2
    if current.kind == "skills" and kind == "skills":
        return False
    common, count = looks.most_common(1)[0]
    return count < 3 or _look(line) == common or starts_block


def _inline_heading(line: NumberedLine, current: Section, *, starts_block: bool) -> Section | None:
    """`Skills: Python, SQL` or `Experience <tab> Engineer <tab> 2020`: a heading and its content on one line."""
    match = _LABEL.match(line.text)
    if match is None or line.bullet:
        return None
    label, rest, tab = match.group("label").strip(), match.group("rest"), match.group("mark") == "\t"
    kind = heading_kind(label)
    if kind in (None, "title") or (kind == "contact" and not starts_block and current.kind is not None):
        return None
    if kind in _ENTRY_KINDS and re.search(r"[^\W\d_]", without_placeholders(rest)) is None:
        return None  # "School <tab> 01904 555 0122": the rest of a referee's address
    if current.kind == "skills" and (kind == "skills" or not current.lines or not (tab or starts_block)):
        return None
    if current.kind == "skills" and kind == "custom" and not (tab and starts_block and current.is_inline):
        return None
    if current.kind in _ENTRY_KINDS:
        if kind == current.kind or (
            _TOOL_LABELS.match(label) and not (tab or (starts_block and "skill" in label.casefold()))
        ):
            return None
        if not (tab or starts_block):
            return None
    if current.kind == "custom" and not (tab or starts_block) and kind == "custom":
        return None
    if current.kind == "contact" and kind == "contact":
        return None
    return Section(kind, line.span(label), [line.rest(rest)])


def _two_line_heading(line: NumberedLine, following: NumberedLine | None) -> Section | None:
    """`Technical <tab> Java` over `Skills <tab> Spring`, or a heading wrapped in a narrow rail."""
    if following is None or line.bullet or following.bullet:
        return None
    first, tab, first_rest = line.text.partition("\t")
    second, _, second_rest = following.text.partition("\t")
    if len(first.split()) > 3 or len(second.split()) > 3 or not re.search(r"[^\W\d_]{2}", first):
        return None
    kind = heading_kind(f"{first} {second}")
    if kind in (None, "title", "contact") or (heading_kind(first) is not None and not _wraps_in_rail(line, following)):
        return None
    rests = [part.rest(text) for part, text in ((line, first_rest), (following, second_rest)) if text]
    wrapped = not rests and line.heading and following.heading
    in_rail = not first_rest and second_rest and line.heading and _is_one_look(first, second)
    if not (tab and first_rest) and not wrapped and not in_rail:
        return None
    numbers = [line.number] if in_rail else [] if rests else [line.number, following.number]
    return Section(kind, following.span(second) if heading_kind(second) else line.span(first), rests, numbers)


def _is_one_look(first: str, second: str) -> bool:
    return first.isupper() == second.isupper()


def _wraps_in_rail(line: NumberedLine, following: NumberedLine) -> bool:
    """Whether a heading in a rail goes on in the next row: `Experiencia <tab> …` over `profesional <tab> …`."""
    first, second = line.text.partition("\t")[0], following.text.partition("\t")[0]
    kind = heading_kind(second)
    narrows = kind is None and first.isupper() and second.isupper()
    goes_on = second[:1].islower() or kind == heading_kind(first) or bool(_UNFINISHED.search(first)) or narrows
    return ("\t" in line.text or (line.heading and following.heading and (narrows or kind is None))) and goes_on


def _opens_first_section(
    line: NumberedLine, following: Sequence[NumberedLine], current: Section, looks: Counter[tuple[bool, bool, bool]]
) -> bool:
    """Whether a heading of the person's own words stands between the contact data and what is dated below it."""
    is_below_contact = any(other.has_reach for other in current.lines)
    names = (
        title_score(line.text) >= 2 or company_score(line.text) >= 2 or is_school(line.text) or find_dates(line.text)
    )
    dated = any(find_dates(other.text) for other in following if not other.bullet)
    return is_below_contact and looks[_look(line)] >= _FEWEST_ALIKE and dated and not names and "\t" not in line.text


def _names_dated_entry(following: Sequence[NumberedLine], current: Section) -> bool:
    """Whether dates stand alone as far below the line as they do below the first line of the section."""
    first = next((at for at, line in enumerate(current.lines[1:]) if is_only_dates(line.text)), len(following))
    return first < len(following) and is_only_dates(following[first].text)


def _is_unknown_heading(
    line: NumberedLine,
    following: Sequence[NumberedLine],
    current: Section,
    looks: Counter[tuple[bool, bool, bool]],
) -> bool:
    """Whether a line that looks like a heading, but has no known words, opens a section and not an entry."""
    text = line.text
    if line.has_placeholder or len(text.split()) > _MAX_HEADING_WORDS:
        return False
    if current.kind is None:
        return _opens_first_section(line, following, current, looks)
    if current.title is not None and not current.lines:
        return False
    if find_dates(text) or re.search(r"[|\t]", text):
        return False
    known_caps = sum(count for look, count in looks.items() if look[0] and look[2])
    known_other = sum(count for look, count in looks.items() if look[0] and not look[2])
    if not line.is_caps and known_caps > known_other:
        return False
    if current.kind in _ENTRY_KINDS and current.lines and is_only_dates(current.lines[-1].text):
        return False
    if current.kind in _ENTRY_KINDS and _names_dated_entry(following, current):
        return False
    if current.kind in _ENTRY_KINDS and current.lines and not current.lines[0].heading:
        names_school = is_school(text) or degree_at(text) is not None
        return title_score(text) < 2 and company_score(text) < 2 and not names_school
    if current.kind in _ENTRY_KINDS or current.kind == "custom":
        dated = any(find_dates(other.text) for other in following[:2] if not other.bullet)
        if dated or title_score(text) >= 2 or company_score(text) >= 1 or is_school(text) or degree_at(text):
            return False
    if current.kind == "skills" and line.is_caps and len(text) <= LONGEST_ACRONYM:
        return False
    if current.kind == "skills":
        return not following or bool(find_dates(following[0].text)) or len(following[0].text.split()) > 14
    return True
