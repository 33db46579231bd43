"""Projects, certifications and sections of other kinds. Knows no jobs, schools or skills."""

import re
from collections.abc import Sequence

from schemas.model_outputs import (
    ExtractedCertification,
    ExtractedCustomSection,
    ExtractedProject,
    LineRange,
    Span,
)
from services.offline_model.entries import Entry, is_body_line, split_entries
from services.offline_model.header_parts import trim
from services.offline_model.numbered_lines import NumberedLine
from services.offline_model.sections import Section
from services.offline_model.skills import is_level, split_list
from services.resume_language.dates import find_dates, is_only_dates, main_date
from services.resume_language.spoken import is_spoken_language

_SEPARATORS = re.compile(r"\t|\s*[|•·]\s*|\s+[–—-]\s+|:\s+|\x00")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\[LINK\d*\](?:/\S*)?|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|io|dev|net|app|ai|co|me|de|fr)(?:/\S*)?",
    re.IGNORECASE,
)
_TECHNOLOGIES = re.compile(
    r"^(?:technolog\w*(?: used)?|tech(?: stack)?|stack|tools(?: used)?|built with|skills|environment"
    r"|umgebung|technologien|outils|"
    r"tecnolog\w*|tecnologie|verktyg|teknik(?:er)?)\s*[:：–-]\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
_CONTINUES_CERTIFICATE = re.compile(
    r"^(?:issued|credential|issuer|issuing|expires|valid|license|ausgestellt|expedid|délivré|emitid|emess|id[: ])",
    re.IGNORECASE,
)


def extract_projects(lines: Sequence[NumberedLine]) -> list[ExtractedProject]:
    """The projects that these lines tell of."""
    if lines and all(line.bullet for line in lines):
        return [_project_of_bullet(line) for line in lines]
    before, entries = split_entries(lines, any_name=True)
    if before:
        entries = [*_by_headers(before), *entries]
    parted = [part for entry in entries for part in _parted_by_blocks(entry)]
    return [_project(entry) for entry in parted]


def _by_headers(lines: Sequence[NumberedLine]) -> list[Entry]:
    """Undated projects: a header line after bullets starts the next one."""
    entries: list[Entry] = []
    for index, line in enumerate(lines):
        opens = not is_body_line(line) and (
            index == 0 or is_body_line(lines[index - 1]) or line.block != lines[index - 1].block
        )
        if opens or not entries:
            entries.append(Entry([line]))
        else:
            entries[-1].body.append(line)
    return entries


def _parted_by_blocks(entry: Entry) -> list[Entry]:
    """A dated entry may be followed by undated ones: each bold or separate name line opens its own."""
    out = [Entry(list(entry.header))]
    previous = entry.header[-1]
    for line in entry.body:
        named = not line.bullet and not is_body_line(line) and len(line.text.split()) <= 10
        if named and previous.bullet and (line.block != previous.block or line.bold or line.heading):
            out.append(Entry([line]))
        else:
            out[-1].body.append(line)
        previous = line
    return out


def _project(entry: Entry) -> ExtractedProject:
    first = next((line for line in entry.header if not is_only_dates(line.text)), entry.header[0])
    name, link, technologies = _name_line(first)
    bullets = [line.range for line in entry.header if line is not first and not is_only_dates(line.text)]
    for line in entry.body:
        listed = _TECHNOLOGIES.match(line.text)
        if listed and not technologies:
            technologies = [line.span(item) for item in split_list(listed.group("rest"))]
            continue
        found = _LINK.search(line.text)
        if link is None and found and len(line.text) - len(found.group()) < 12:
            link = line.span(found.group())
            continue
        bullets.append(line.range)
    return ExtractedProject(name=name, technologies=technologies, link=link, bullets=bullets)


def _name_line(line: NumberedLine) -> tuple[Span | None, Span | None, list[Span]]:
    """Name, link and technologies of a project's first line."""
    found = _LINK.search(line.text)
    link = line.span(found.group()) if found else None
    text = line.text.replace(found.group(), "\x00") if found else line.text
    date = main_date(text)
    if date is not None:
        text = text[: date.begin] + "\x00" + text[date.finish :]
    pieces = [trim(piece) for piece in _SEPARATORS.split(text)]
    pieces = [piece for piece in pieces if re.search(r"\w", piece)]
    technologies: list[Span] = []
    for piece in pieces[1:]:
        items = split_list(piece)
        if len(items) >= 2 and all(len(item.split()) <= 3 for item in items):
            technologies = [line.span(item) for item in items]
            break
    return (line.span(pieces[0]) if pieces else None), link, technologies


def _project_of_bullet(line: NumberedLine) -> ExtractedProject:
    match = re.match(r"^(?P<name>[^:–—]{2,60}?)\s*(?::|\s[–—-])\s", line.text)
    if match:
        return ExtractedProject(name=line.span(match.group("name").strip()), technologies=[], link=None, bullets=[])
    return ExtractedProject(name=None, technologies=[], link=None, bullets=[line.range])


def extract_certifications(lines: Sequence[NumberedLine]) -> list[ExtractedCertification]:
    """One certificate a line; a line with only its issuer or date belongs to the one before."""
    out: list[ExtractedCertification] = []
    previous: NumberedLine | None = None
    for line in lines:
        belongs = previous is not None and out and _belongs_to(line, previous)
        if belongs:
            out[-1] = _completed(out[-1], line)
        else:
            out.append(_certificate(line))
            previous = line
    return out


def _belongs_to(line: NumberedLine, previous: NumberedLine) -> bool:
    if is_only_dates(line.text) or _CONTINUES_CERTIFICATE.match(line.text):
        return True
    return (previous.bold or previous.heading) and not line.bold and not line.heading and not line.bullet


def _certificate(line: NumberedLine) -> ExtractedCertification:
    text, date = _without_date(line)
    pieces = [trim(piece) for piece in re.split(r"\t|\s*[|•·]\s*|\x00", text)]
    pieces = [piece for piece in pieces if re.search(r"\w", piece)]
    if not pieces:
        return ExtractedCertification(name=None, issuer=None, date=date)
    name, issuer = pieces[0], pieces[1] if len(pieces) > 1 else ""
    if not issuer:
        name, issuer = _name_and_issuer(name)
    return ExtractedCertification(name=line.span(name), issuer=line.span(issuer) if issuer else None, date=date)


def _name_and_issuer(text: str) -> tuple[str, str]:
    """`Cloud Practitioner, Amazon Web Services` in two: at the last comma, else at the last dash."""
    for separator in (r",\s+", r"\s+[–—-]\s+", r"\s+(?:by|von|from|par|por)\s+"):
        cuts = [
            match
            for match in re.finditer(separator, text)
            if text[: match.start()].count("(") == text[: match.start()].count(")")
        ]
        if cuts:
            head, tail = text[: cuts[-1].start()], text[cuts[-1].end() :]
            if re.search(r"[^\W\d]{2}", tail) and re.search(r"\w", head):
                return trim(head), trim(tail)
    return text, ""


def _without_date(line: NumberedLine) -> tuple[str, Span | None]:
    date = main_date(line.text)
    if date is None:
        return line.text, None
    text = line.text[: date.begin] + "\x00" + line.text[date.finish :]
    return text, line.span(line.text[date.begin : date.finish])


def _completed(certificate: ExtractedCertification, line: NumberedLine) -> ExtractedCertification:
    text, date = _without_date(line)
    text = re.sub(r"^(?:issued by|issued|issuer|by)\s*:?\s*", "", trim(text.replace("\x00", "")), flags=re.IGNORECASE)
    issuer = line.span(text) if certificate.issuer is None and re.search(r"[^\W\d]{2}", text) else certificate.issuer
    return ExtractedCertification(name=certificate.name, issuer=issuer, date=certificate.date or date)


def extract_custom(section: Section) -> ExtractedCustomSection:
    """A section that the schema has no field for, line by line; a language and its level below it are one item."""
    items: list[LineRange] = []
    for line, before in zip(section.lines, [None, *section.lines], strict=False):
        if before is not None and is_spoken_language(before.text) and is_level(line.text):
            items[-1] = LineRange(first=items[-1].first, last=line.number)
        else:
            items.append(line.range)
    return ExtractedCustomSection(title=section.title, items=items)


def has_dates(lines: Sequence[NumberedLine]) -> bool:
    """Whether any of the lines is dated."""
    return any(find_dates(line.text) for line in lines)
