"""E-mail addresses, phone numbers and web addresses in a text. Knows formats, not whose they are."""

import re
from dataclasses import dataclass

from services.resume_language.dates import find_dates

# With "(at)" for "@", as people write it against collectors of addresses.
EMAIL = re.compile(
    r"(?<![\w.+%'-])[^\W_](?:[\w.+%'-]*\w)?(?:@|\s?[(\[{]\s?(?:at|arroba|ät)\s?[)\]}]\s?)(?:[\w-]+\.)+[^\W\d_]{2,}",
    re.IGNORECASE,
)
_TLDS = (
    "com org net io dev me co app ai info biz edu gov tech xyz site online page blog design studio cloud"
    " eu de at ch fr es it pt nl be "
    "se dk no fi pl cz uk us ca au nz in br mx ar cl jp cn kr tw sg id ph ru ua gr ie tv cc to gg sh us"
    " gl ly link works pro name"
).split()
URL = re.compile(
    r"(?:https?://|www\.)[^\s|•·,;()<>\"]+[^\s|•·,;()<>\".]"
    rf"|(?<![\w@.])(?:[a-z0-9][a-z0-9-]*\.)+(?:{'|'.join(_TLDS)})\b(?:/[^\s|•·,;()<>\"]*)?(?![\w@])",
    re.IGNORECASE,
)
_SITES = (
    "linkedin|github|gitlab|bitbucket|twitter|facebook|instagram|youtube|quora|medium|xing|skype|telegram|wechat|微信|qq"
    "|stackoverflow|stack overflow|behance|dribbble|orcid|kaggle|leetcode|mastodon|bluesky"
)
SITE = re.compile(_SITES, re.IGNORECASE)
HANDLE = re.compile(
    rf"\b(?P<site>{_SITES})\b\s*(?:[:：]\s*(?://)?|://|\s@)\s*(?P<handle>[@/]?[\w@./-]+(?: \w+)?)",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?")
_BARE_HANDLE = re.compile(r"(?<![\w.@/])@[^\W\d_][\w.-]{2,30}\b(?![@.]\w)")
_PHONE = re.compile(
    r"(?<![\w.,/])(?:\(?\+?\s?\d[\d ().\-–/\u00a0\u2011]{5,22}\d)(?:\s*(?:ext|x|durchwahl)\.?\s*\d{1,5})?(?![\w@])"
)
_MOST_DIGITS = 15
_CALENDAR_DATE = re.compile(r"^\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})$")
_YEARS = re.compile(r"\(?(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d\)?")
_ENDS_WITH_STATE = re.compile(r"\b[A-Z]{2}\s$")
_ZIP_CODE = re.compile(r"\d{5}(?:-\d{4})?\s+[–—-]\s+(?=[\d(+])")
_PHONE_LABEL = re.compile(
    r"(?<![^\W\d_])(?:tel|phone|mobile?|cell|handy|telefon|téléphone|telephone|portable|móvil|teléfono|telefone"
    r"|celular|telemóvel|telefono|cellulare|"
    r"mobiel|telefoon|mobil|fon|電話|携帯|电话|手机|聯絡電話|行動電話|whatsapp)"
    r"(?:\s?(?:number|nummer|numéro|número|nr|no|n[º°])|nummer)?\.?\s*[:：]?\s*\(?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of text: where it stands in its line, and where it leads when it is a link."""

    start: int
    end: int
    text: str
    url: str = ""


def find_emails(text: str) -> list[Found]:
    """All e-mail addresses of a line."""
    return [Found(m.start(), m.end(), m.group()) for m in EMAIL.finditer(text)]


def find_phones(text: str) -> list[Found]:
    """All phone numbers of a line; dates and long numbers are none."""
    out: list[Found] = []
    for match in _PHONE.finditer(text):
        number = match.group().strip()
        while sum(c.isdigit() for c in number) > _MOST_DIGITS and " / " in number:
            number = number.rpartition(" / ")[0].rstrip()  # the slash parts it from a postal code
        zip_code = _ZIP_CODE.match(number) if _ENDS_WITH_STATE.search(text[: match.start()]) else None
        number = number[zip_code.end() :] if zip_code else number
        digits = sum(c.isdigit() for c in number)
        if _CALENDAR_DATE.match(number):
            continue
        labelled = bool(_PHONE_LABEL.search(text[: match.start()]))
        if not 7 <= digits <= _MOST_DIGITS and not (labelled and 5 <= digits <= 17):
            continue
        dated = any(span.begin < match.end() and match.start() < span.finish for span in find_dates(text))
        if dated and not labelled and (_YEARS.fullmatch(number) or not number.startswith(("+", "("))):
            continue
        if number.count("(") != number.count(")"):
            number = number.strip("() ") if not number.startswith("(+") else number
        start = text.index(number, match.start())
        out.append(Found(start, start + len(number), number))
    return out


def is_labelled_phone(text: str, found: Found) -> bool:
    """Whether a word like `Phone:` stands before the number, or it has an international prefix."""
    return found.text.startswith(("+", "(+")) or bool(_PHONE_LABEL.search(text[: found.start]))


def find_urls(text: str) -> list[Found]:
    """Web addresses and handles (`GitHub: @someone`, `@someone`) of a line, without those inside e-mail addresses."""
    taken = [match.span() for match in EMAIL.finditer(text)]
    out: list[Found] = []
    for match in URL.finditer(text):
        if not any(a <= match.start() < b for a, b in taken):
            out.append(Found(match.start(), match.end(), match.group(), match.group()))
            taken.append(match.span())
    for match in HANDLE.finditer(text):
        start, end = match.span("handle")
        if any(a < end and start < b for a, b in taken):
            continue
        handle = match.group("handle").strip()
        out.append(Found(start, start + len(handle), handle, handle))
        taken.append((start, start + len(handle)))
    for match in _BARE_HANDLE.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            out.append(Found(match.start(), match.end(), match.group(), match.group()))
    return sorted(out, key=lambda found: found.start)


def way_to(url: str, place: str) -> str | None:
    """How an address writes the place that it lies at or below: "https://ada.dev" of "https://ada.dev/work"."""
    inner, outer = (_SCHEME.sub("", one.casefold()).rstrip("/") for one in (url, place))
    if not outer or not (inner == outer or inner.startswith((f"{outer}/", f"{outer}?", f"{outer}#"))):
        return None
    return url[: url.casefold().index(outer) + len(outer)]
