"""A person's contact data: found in a document by rules, cut out before any model call and put back afterwards.

Knows no model. Every cut-out text has a placeholder of its own, so that putting back restores it letter by letter.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from schemas.resume_schemas import HeaderLink, PersonalInfo
from services.contact.addresses import find_location
from services.contact.names import NamePiece, find_name, name_tokens
from services.contact.reach import Found, find_emails, find_phones, find_urls, is_labelled_phone, way_to
from services.contact.zones import contact_zone
from services.document_text import TextLine
from services.resume_language.dates import find_dates
from services.resume_language.headings import heading_kind
from services.resume_language.places import is_place

PLACEHOLDER = re.compile(r"\[(?:NAME|EMAIL|PHONE|LOCATION|LINK)\d*\]")
_MIN_SURFACE = 3
_LONGEST_LINE = 1_000
_MOST_SPANS = 60
_LINES_BELOW_NAME = 3
_LONGEST_PLACE = 60
_LINES_OF_BLOCK = 6
_PEOPLE_AT_ONCE = 32  # whose texts are gone through line by line, with the same patterns
_REFEREES = re.compile(r"\br[eé]f[eé]r(?:en|ên|ee)", re.IGNORECASE)
_MAP = re.compile(r"(?:google\.\w+/maps|maps\.(?:google|apple)|goo\.gl/maps|openstreetmap)", re.IGNORECASE)
"""A link behind the words of a place, which stay one."""
_PROSE_WORD = re.compile(r"(?<!\S)[a-z]+(?!\S)")
_MAX_PLAIN_WORDS = 3


@dataclass(frozen=True, slots=True)
class ContactSpan:
    """Words of one line that are contact data, and the field they fill (`name`, `header_links[0].url`)."""

    field: str
    line: int
    start: int
    end: int
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Redaction:
    """A stretch of a text that a placeholder stands for."""

    start: int
    end: int
    placeholder: str


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """Contact data, where it stands, and the placeholder of each text that is cut out."""

    personal_info: PersonalInfo
    spans: tuple[ContactSpan, ...] = ()
    surfaces: tuple[tuple[str, str], ...] = ()

    def placeholder_of(self, text: str) -> str | None:
        """The placeholder that stands for exactly this text."""
        return next((placeholder for placeholder, surface in self.surfaces if surface == text), None)


def find_contact_details(lines: Sequence[TextLine]) -> ContactDetails:
    """The person's own contact data in a document, with the lines it stands on."""
    zone = [line for line in contact_zone(lines) if len(line.text) <= _LONGEST_LINE]
    zone = _with_block_of_email(lines, zone)
    spans = _reach_spans(lines, zone)
    emails = [span.text for span in spans if span.field == "email" or "@" in span.text]
    taken = _taken(spans)
    name = find_name(lines, zone, emails)
    for piece in name:
        spans.append(ContactSpan("name", piece.line, piece.start, piece.end, piece.text))
        taken.setdefault(piece.line, []).append((piece.start, piece.end))
    reach_lines = {span.line for span in spans}
    place = find_location([*zone, *_below_name(lines, name, zone)], taken, reach_lines)
    spans.extend(ContactSpan("location", piece.line, piece.start, piece.end, piece.text) for piece in place)
    spans.sort(key=lambda span: (span.line, span.start))
    info = PersonalInfo(
        name=_spaced(piece.text for piece in name),
        email=_first(spans, "email") or _mail_link(zone),
        phone=_spaced([_first(spans, "phone")]),
        location=_spaced(piece.text for piece in place),
        header_links=_header_links(spans),
    )
    return ContactDetails(info, tuple(spans), _surfaces(info, spans, [line.text for line in lines]))


def contact_of(info: PersonalInfo, texts: Sequence[str] = ()) -> ContactDetails:
    """Contact data that is known already, for cutting it out of later texts; `texts` show how else it is written."""
    return ContactDetails(info, (), _surfaces(info, (), texts))


# --- Cutting out and putting back ---


def redact(text: str, contact: ContactDetails) -> str:
    """Any text without the person's contact data: placeholders stand in its place."""
    return _apply(text, _found_surfaces(text, contact))


def redact_lines(lines: Sequence[TextLine], contact: ContactDetails) -> list[TextLine]:
    """The lines of the document without contact data; numbers, looks and anchors stay."""
    return [replace(line, text=_apply(line.text, redactions(line, contact)), links=()) for line in lines]


def redactions(line: TextLine, contact: ContactDetails) -> list[Redaction]:
    """What is cut out of a line of the document, from left to right, not overlapping."""
    own = [
        Redaction(span.start, span.end, contact.placeholder_of(span.text) or "[LINK]")
        for span in contact.spans
        if span.line == line.number and line.text[span.start : span.end] == span.text
    ]
    found = [
        f for f in _found_surfaces(line.text, contact) if not any(f.start < o.end and o.start < f.end for o in own)
    ]
    out: list[Redaction] = []
    for redaction in sorted([*own, *found], key=lambda r: (r.start, -r.end)):
        if not out or redaction.start >= out[-1].end:
            out.append(redaction)
    return out


def restore(text: str, contact: ContactDetails) -> str:
    """The text with each placeholder replaced by what it stands for."""
    surfaces = dict(contact.surfaces)
    return PLACEHOLDER.sub(lambda match: surfaces.get(match.group(), match.group()), text)


def _apply(text: str, cuts: Iterable[Redaction]) -> str:
    out: list[str] = []
    position = 0
    for cut in cuts:
        out += [text[position : cut.start], cut.placeholder]
        position = cut.end
    return "".join([*out, text[position:]])


def _found_surfaces(text: str, contact: ContactDetails) -> list[Redaction]:
    """Contact data wherever it stands in a text. A town alone is left: employers are in towns, too."""
    found: list[Redaction] = []
    for placeholder, pattern in _surface_patterns(contact.surfaces):
        for match in pattern.finditer(text):
            _add(found, match.span(), placeholder)
    for pattern in _name_patterns(contact.personal_info.name):
        for match in pattern.finditer(text):
            _add(found, match.span(), contact.placeholder_of(match.group()) or "[NAME]")
    return sorted(found, key=lambda redaction: redaction.start)


def _add(found: list[Redaction], span: tuple[int, int], placeholder: str) -> None:
    if not any(span[0] < other.end and other.start < span[1] for other in found):
        found.append(Redaction(span[0], span[1], placeholder))


def _is_wide(text: str) -> bool:
    return bool(re.match(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text))


@lru_cache(maxsize=_PEOPLE_AT_ONCE)
def _surface_patterns(surfaces: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What to cut out, the longest first, with what stands for it."""
    return tuple(
        (placeholder, re.compile(rf"(?<!\w){re.escape(surface)}(?!\w)"))
        for placeholder, surface in sorted(surfaces, key=lambda item: -len(item[1]))
        if len(surface) >= _MIN_SURFACE or _is_wide(surface)
        if not placeholder.startswith("[LOCATION") or re.search(r"\d", surface)
    )


@lru_cache(maxsize=_PEOPLE_AT_ONCE)
def _name_patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Other ways to write a name of two words and more: other case, last name first, joined in a handle."""
    words = [word for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name) if len(word) > 1]
    if len(words) < 2:
        return ()
    first, last = re.escape(words[0]), re.escape(words[-1])
    plain = [token for token in name_tokens(name) if token.isascii()]
    patterns = [
        re.compile(rf"(?<!\w){first}(?:\s+[^\W\d_]\.?)?\s+{last}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w){last},\s*{first}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w){words[0][0]}\.\s?(?i:{last})(?!\w)|(?<!\w)(?i:{last}),?\s{words[0][0]}\.(?!\w)"),
        re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE),
    ]
    if len(plain) >= 2:
        patterns.append(re.compile(rf"(?<![a-z]){plain[0]}[._-]?{plain[-1]}(?![a-z])", re.IGNORECASE))
    return tuple(patterns)


# --- Finding ---


def _below_name(lines: Sequence[TextLine], name: Sequence[NamePiece], zone: Sequence[TextLine]) -> list[TextLine]:
    """The lines below a name outside the zone, as where the name heads the second column."""
    inside = {line.number for line in zone}
    last = max((piece.line for piece in name), default=len(lines))
    if last in inside:
        return []
    out: list[TextLine] = []
    for line in lines[last : last + _LINES_BELOW_NAME]:
        if heading_kind(line.text) is not None:
            break
        if line.number not in inside and len(line.text) <= _LONGEST_PLACE:
            out.append(line)
    return out


def _with_block_of_email(lines: Sequence[TextLine], zone: list[TextLine]) -> list[TextLine]:
    """The zone, with the few lines round the first e-mail address where that stands elsewhere.

    So it is with a banner whose right half is read with the column below it. A referee's address is none of these.
    """
    first = next((line for line in lines if find_emails(line.text)), None)
    if first is None or any(line.number == first.number for line in zone):
        return zone
    same_block = [line for line in lines if line.block == first.block]
    block = next(filter(_is_plain, (_between_headings(lines, first), same_block, [first])), None)
    if block is None:
        return zone
    inside = {line.number for line in (*zone, *block, *_beside(lines, first))}
    headings = [line.text for line in lines if line.number < block[0].number and heading_kind(line.text) is not None]
    if headings and _REFEREES.search(headings[-1]):
        return zone
    return [line for line in lines if line.number in inside]


def _beside(lines: Sequence[TextLine], first: TextLine) -> list[TextLine]:
    """The lines straight above and below an address that are contact data as well: a number, a link, a place."""
    at = lines.index(first)
    above = takewhile(_is_contact, reversed(lines[:at]))
    return [*above, *takewhile(_is_contact, lines[at + 1 :])]


def _is_contact(line: TextLine) -> bool:
    return not line.heading and (_is_reach(line) or (is_place(line.text) and len(line.text) <= _LONGEST_PLACE))


def _is_plain(block: Sequence[TextLine]) -> bool:
    """Whether a few short lines hold neither points nor dates, as contact data does."""
    short = all(len(line.text) <= _LONGEST_PLACE and (line.list_level is None or _is_reach(line)) for line in block)
    return short and len(block) <= _LINES_OF_BLOCK and not any(find_dates(line.text) for line in block)


def _is_reach(line: TextLine) -> bool:
    return bool(find_emails(line.text) or find_phones(line.text) or find_urls(line.text))


def _between_headings(lines: Sequence[TextLine], around: TextLine) -> list[TextLine]:
    """The lines around one, up to the next headings above and below."""
    heads = [line.number for line in lines if line.heading or heading_kind(line.text) is not None]
    above = max((number for number in heads if number < around.number), default=0)
    below = min((number for number in heads if number > around.number), default=len(lines) + 1)
    return [line for line in lines if above < line.number < below]


def _reach_spans(lines: Sequence[TextLine], zone: Sequence[TextLine]) -> list[ContactSpan]:
    """E-mail, phone and links: the first address and number are the person's, further ones become links."""
    inside = {line.number for line in zone}
    spans: list[ContactSpan] = []
    for line in lines:
        if len(line.text) > _LONGEST_LINE or len(spans) >= _MOST_SPANS:
            continue
        known: list[Found] = []
        for found in find_emails(line.text):
            if line.number in inside or not any(span.field == "email" for span in spans):
                spans.append(_span("email" if not _has(spans, "email") else "link", line, found))
                known.append(found)
        for found in find_phones(line.text):
            labelled = is_labelled_phone(line.text, found)
            near = line.number in inside or bool(known)
            if (near or (labelled and not _has(spans, "phone"))) and not _overlaps(found, known):
                spans.append(_span("phone" if not _has(spans, "phone") else "link", line, found))
                known.append(found)
        if line.number in inside or known:
            for found in [*_linked_words(line), *find_urls(line.text)]:
                if not _overlaps(found, known):
                    spans.append(_span("link", line, found))
                    known.append(found)
    return spans


def _linked_words(line: TextLine) -> list[Found]:
    """The words of a contact line that are hyperlinks; a link inside running text is not contact data."""
    out: list[Found] = []
    if len(_PROSE_WORD.findall(line.text)) > _MAX_PLAIN_WORDS:
        return out
    position = 0
    for link in line.links:
        words = link.text.strip()
        if link.url.startswith(("mailto:", "tel:")) or _MAP.search(link.url) or not words:
            continue
        match = re.compile(rf"(?<![\w.]){re.escape(words)}(?![\w])(?!\.\w)").search(line.text, position)
        if match is not None:
            position = match.end()
            out.append(Found(match.start(), match.end(), words, link.url))
    return out


def _span(field: str, line: TextLine, found: Found) -> ContactSpan:
    return ContactSpan(field, line.number, found.start, found.end, found.text, found.url)


def _has(spans: Sequence[ContactSpan], field: str) -> bool:
    return any(span.field == field for span in spans)


def _overlaps(found: Found, known: Sequence[Found]) -> bool:
    return any(found.start < other.end and other.start < found.end for other in known)


def _taken(spans: Sequence[ContactSpan]) -> dict[int, list[tuple[int, int]]]:
    taken: dict[int, list[tuple[int, int]]] = {}
    for span in spans:
        taken.setdefault(span.line, []).append((span.start, span.end))
    return taken


def _first(spans: Sequence[ContactSpan], field: str) -> str:
    return next((span.text for span in spans if span.field == field), "")


def _spaced(texts: Iterable[str]) -> str:
    """The texts in one, with single spaces."""
    return " ".join(" ".join(texts).split())


def _mail_link(zone: Sequence[TextLine]) -> str:
    """An address that only a hyperlink holds (`Email` as a link)."""
    urls = (link.url for line in zone for link in line.links)
    return next((url.removeprefix("mailto:").partition("?")[0] for url in urls if url.startswith("mailto:")), "")


def _header_links(spans: Sequence[ContactSpan]) -> list[HeaderLink]:
    links: list[HeaderLink] = []
    for span in spans:
        if span.field == "link":
            is_mail = "@" in span.text and "/" not in span.text and "." in span.text.partition("@")[2]
            links.append(HeaderLink(label=span.text, url=f"mailto:{span.text}" if is_mail else span.url or span.text))
    return links


def _surfaces(info: PersonalInfo, spans: Sequence[ContactSpan], texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Each text to cut out with a placeholder of its own: `[NAME]`, `[NAME2]`, `[LINK1]` …"""
    found: dict[str, str] = {}

    def register(kind: str, text: str) -> None:
        if text and text not in found:
            count = sum(1 for placeholder in found.values() if placeholder.startswith(f"[{kind}"))
            number = str(count + 1) if count or kind == "LINK" else ""
            found[text] = f"[{kind}{number}]"

    register("NAME", info.name)
    register("EMAIL", info.email)
    register("PHONE", info.phone)
    register("LOCATION", info.location)
    for span in spans:
        register(
            {"name": "NAME", "email": "EMAIL", "phone": "PHONE", "location": "LOCATION"}.get(span.field, "LINK"),
            span.text,
        )
    for link in info.header_links:
        register("LINK", link.label if not spans else link.url if "." in link.url else "")
        register("LINK", link.url if "." in link.url else "")
    for text in texts:
        for pattern in _name_patterns(info.name):
            for match in pattern.finditer(text):
                register("NAME", match.group())
        # a referee's address and number are nobody's business either
        for email in find_emails(text):
            register("EMAIL", email.text)
        for phone in find_phones(text):
            if is_labelled_phone(text, phone):
                register("PHONE", phone.text)
        for found_url in find_urls(text):
            for link in info.header_links:
                if "." in link.url and (way := way_to(found_url.text, link.url)):
                    register("LINK", way)
    return tuple((placeholder, text) for text, placeholder in found.items())
