"""The person's own address or place of living among the contact lines. Knows addresses, not employers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.contact.reach import EMAIL, SITE, URL
from services.document_text import TextLine
from services.resume_language.dates import find_dates
from services.resume_language.headings import heading_kind
from services.resume_language.organisations import company_score, is_school
from services.resume_language.places import is_place, looks_like_place, looks_like_town, trailing_place
from services.resume_language.roles import title_score
from services.resume_language.spoken import is_spoken_language

_LABEL = re.compile(
    r"(?:home address|current address|address|adresse|anschrift|wohnort|wohnhaft in|location|based in"
    r"|lives in|city|domicile|residence|"
    r"dirección|direccion|domicilio|ciudad|residencia|ubicación|endereço|endereco|morada|localidade"
    r"|cidade|indirizzo|residenza|città|"
    r"adres|woonplaats|adress|bostadsort|ort|stad|住所|現住所|地址|现居住地|居住地|所在地|城市|通訊地址|standort)\s*[:：\t]\s*",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b\d{1,5}[a-z]?(?:[-/]\d+)?,?\s+(?:[\w.'’-]+\s+){0,4}(?:street|st|avenue|ave|road|rd|boulevard|blvd"
    r"|lane|ln|drive|dr|way|court|ct|place|pl|"
    r"square|sq|terrace|highway|hwy|parkway|circle|rue|bis rue|av|allée|impasse|chemin|quai|cours)\b\.?"
    r"|\b(?:rue|avenue|boulevard|allée|place|chemin|calle|c/|avenida|avda\.?|plaza|paseo|rua|travessa|via"
    r"|viale|piazza|corso|ul\.|largo)\s+[\w.'’ -]{2,40},?\s*(?:n[º°.]\s*)?\d{1,4}"
    r"|\b[^\W\d_][\w.-]*(?:straße|strasse|str\.|weg|gasse|platz|allee|ring|damm|ufer|straat|laan|plein"
    r"|gracht|gatan|vägen|vej|gade|veien|gate)\s*\d{1,4}\s?[a-z]?\b"
    r"|[\u4e00-\u9fff]{2,}(?:都|道|府|県|省|市)[\u4e00-\u9fff\d０-９\-－]*|〒\s?\d{3}-?\d{4}",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    r"\b(?:[A-Z]{1,2}-)?\d{4,5}\s+[^\W\d_][\w.'’ /-]{1,30}$|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
    r"|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b\d{5}-?\d{3}\b"
    r"|,\s*[A-Z]{2}\s+\d{5}(?:-\d{4})?\b|\b\d{3}\s?\d{2}\s+[^\W\d_]{3,}|\b\d{4}\s?[A-Z]{2}\s+[^\W\d_]{3,}"
)
_OUTWARD_CODE = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*,? [A-Z]{1,2}\d{1,2}[A-Z]?")
"""A town with the first half of a British postal code: `Glasgow G12`."""
_DUTCH_CODE = re.compile(r"\b\d{4} ?[A-Z]{2} [^\W\d_]{3,}$")
_REACH_LABEL = re.compile(
    r"\s(?:tel|telephone|phone|mobile|mob|cell|e-?mail|mail|telefon|handy|mobil|téléphone|portable|courriel|teléfono|móvil|correo|telefone"
    r"|celular|telemóvel|telefono|cellulare|telefoon|mobiel)\.?(?:\s?(?:no|nr|number))?\.?$",
    re.IGNORECASE,
)
"""The label of the number or address that stands behind the place."""
_SHORTEST_TOWN = 4
_PIECES = re.compile(r"\t|\s*[|•·●▪◆]\s*|\s+[–—-]\s+|\s{3,}|;\s+")
_NO_PLACE = re.compile(
    r"citizen|permit|visa|authori[sz]|born|geboren|geb\.|née|nacid|nasc|linkedin|github|portfolio|website"
    r"|homepage|married|single|verheiratet|ledig|"
    r"status|date of birth|geburts|nationalit|staatsangeh|led?ig|driv|führerschein|permis|available"
    r"|relocat|age\b|years|gender|sex\b|male|female",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PlacePiece:
    """Part of an address on one line."""

    line: int
    start: int
    end: int
    text: str


def find_location(
    zone: Sequence[TextLine], taken: dict[int, list[tuple[int, int]]], reach_lines: set[int]
) -> list[PlacePiece]:
    """The address, in several pieces when it spans lines; empty when none is found."""
    scored: list[tuple[int, PlacePiece]] = []
    label_above = False
    for line in zone:
        for piece, labelled in _pieces(line, taken.get(line.number, [])):
            score = 5 if labelled or (label_above and piece.text == line.text.strip()) else _score(piece.text)
            if score == 0 and _stands_with_reach(piece, line, reach_lines) and not _says_what_it_is(piece.text):
                score = 1
            if score > 0:
                scored.append((score, piece))
        label_above = bool(_LABEL.fullmatch(line.text.strip()))
    if not scored:
        return []
    best = max(scored, key=lambda item: (item[0], -item[1].line))[1]
    near = [piece for score, piece in scored if score >= 3 and abs(piece.line - best.line) <= 2]
    chain = [piece for piece in near if piece.line == best.line] if len(near) == 1 else near
    pieces = sorted({*chain, best}, key=lambda piece: (piece.line, piece.start))
    return pieces[:3]


def _stands_with_reach(piece: PlacePiece, line: TextLine, reach_lines: set[int]) -> bool:
    """Whether unknown words that could be a place stand where places do: among numbers and addresses, or below them."""
    if line.number in reach_lines:
        return looks_like_place(piece.text) or looks_like_town(piece.text)
    head, _, rest = line.text.partition("\t")
    whole = rest if heading_kind(head) == "contact" else line.text
    if piece.text != whole.strip() or line.heading:
        return False
    below, above = line.number - 1 in reach_lines, line.number + 1 in reach_lines
    return (below and looks_like_town(piece.text)) or ((below or above) and looks_like_place(piece.text))


def _says_what_it_is(text: str) -> bool:
    if title_score(text) or company_score(text) or is_school(text) or heading_kind(text) or is_spoken_language(text):
        return True
    return len(text) < _SHORTEST_TOWN or text.isupper()


def _pieces(line: TextLine, taken: Sequence[tuple[int, int]]) -> list[tuple[PlacePiece, bool]]:
    """The stretches of a line between separators and other contact data; labelled when a word says what it is."""
    out: list[tuple[PlacePiece, bool]] = []
    cuts = sorted([*taken, *((m.start(), m.end()) for m in _PIECES.finditer(line.text) if not _in_label(line.text, m))])
    position = 0
    for start, end in [*cuts, (len(line.text), len(line.text))]:
        if start >= position:
            piece = _piece(line, position, start)
            if piece is not None:
                out.append(piece)
        position = max(position, end)
    return out


def _in_label(text: str, match: re.Match[str]) -> bool:
    label = _LABEL.match(text)
    return label is not None and match.start() < label.end()


def _piece(line: TextLine, start: int, end: int) -> tuple[PlacePiece, bool] | None:
    raw = line.text[start:end]
    label = _LABEL.search(raw)
    offset = label.end() if label else 0
    text = re.sub(r"^[^\w(+]+", "", raw[offset:].strip(" ,;:|•·()–—-/\u00a0"))
    if not re.search(r"\w", text) or len(text) > 90 or _NO_PLACE.search(text) or EMAIL.search(text) or URL.search(text):
        return None
    text = _REACH_LABEL.sub("", f" {text}").strip(" ,;:|•·(–—-/")
    if (
        not text
        or SITE.fullmatch(text)
        or (find_dates(text) and not _has_postal_code(text) and not _STREET.search(text))
    ):
        return None
    at = start + offset + raw[offset:].index(text)
    text += ")" * (text.count("(") > text.count(")") and line.text[at + len(text) :].startswith(")"))
    town = trailing_place(text) if label is None and _names_employer(text) else None
    if town is not None:
        at, text = at + town[0], text[slice(*town)]
    return PlacePiece(line.number, at, at + len(text), text), label is not None


def _has_postal_code(text: str) -> bool:
    """Whether the number is a postal code, though it looks like a year: `2000 Antwerpen`, `2011 BB Haarlem`."""
    return bool(_DUTCH_CODE.search(text)) or bool(_POSTAL.search(text) and text == text.title())


def _names_employer(text: str) -> bool:
    return not _STREET.search(text) and not _POSTAL.search(text) and (is_school(text) or company_score(text) > 0)


def _score(text: str) -> int:
    """How much the words look like an address: 4 street, 3 postal code, 2 a known place."""
    if heading_kind(text) is not None or len(text.split()) > 14:
        return 0
    if _STREET.search(text):
        return 4
    if _POSTAL.search(text) and re.search(r"[^\W\d_]{2}", text):
        return 3
    if is_place(text) or _OUTWARD_CODE.fullmatch(text):
        return 2
    tail = text.split(",")[-1].strip()
    return 2 if "," in text and is_place(tail) and not title_score(text) and len(text.split()) <= 7 else 0
