"""Dates and spans of time as resumes write them, found verbatim in a text. Knows no resume structure."""

import re
from dataclasses import dataclass

_MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "januar jänner februar märz mai juni juli oktober dezember mär mrz okt dez "
    "janvier février fevrier mars avril juin juillet août aout septembre octobre novembre décembre"
    " decembre janv févr fevr avr juil déc "
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre"
    " ene abr ago dic "
    "janeiro fevereiro março maio junho julho setembro outubro dezembro fev mai set out "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug ott "
    "januari februari maart mei augustus mrt "
    "januari februari mars april maj juni juli augusti oktober "
    "januar februar marts stycznia styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień"
    " październik listopad grudzień "
    "spring summer fall autumn winter frühjahr sommer herbst printemps été automne hiver primavera"
    " verano otoño invierno "
    "q1 q2 q3 q4 ws ss wise sose wintersemester sommersemester"
)
_NOW = (
    r"present|presently|current|currently|now|today|ongoing|to date|till date|date|heute|jetzt|aktuell|laufend|dato|"
    r"aujourd['’]hui|présent|actuel(?:lement)?|ce jour|en cours|actualidad|actualmente|presente|actual"
    r"|la (?:presente )?fecha|la actualidad|hoy|atual(?:mente)?|hoje|à (?:presente )?data|(?<=até )a data|dags dato|"
    r"o momento|oggi|attuale|attualmente|in corso|heden|nu|nuvarande|pågående|idag|nå|obecnie|по настоящее время|"
    r"настоящее время|現在|现在|至今|目前|今|chwili obecnej|teraz|nykyinen"
)
_UNTIL = (
    r"(?:(?:up to|until|till|bis(?: zum)?|hasta|até|ate|tot|t/m|fino ad?|jusqu['’]à|à|ad|al|do|a(?= (?:oggi|la ))) )?"
)
"""A word that leads to an open end behind a dash (`2019 - bis heute`); "a" is an article in English."""
_MONTH = r"(?:" + "|".join(sorted(set(_MONTHS.split()), key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:19|20)\d{2}"
_SHORT_YEAR = r"['’]\d{2}"
_DATE = (
    r"(?:"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)?,?\s+(?:de\s+)?)?{_MONTH}[,/-]?\s*(?:\d{{1,2}}(?:st|nd|rd"
    rf"|th)?,\s*)?(?:de\s+|del\s+|do\s+)?(?:{_YEAR}(?:/\d{{2}}\b)?|{_SHORT_YEAR})"
    rf"|{_YEAR}\s*年\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?"
    rf"|{_YEAR}\s*年(?:度)?"
    rf"|(?:\d{{1,2}}[./-]){{1,2}}{_YEAR}"
    rf"|{_YEAR}[./-](?:0[1-9]|1[0-2])(?:[./-]\d{{1,2}})?(?!\d)"
    rf"|{_YEAR}\s+{_MONTH}"
    r"|(?:0[1-9]|1[0-2])/\d{2}(?!\d)"
    rf"|{_YEAR}"
    r")"
)
_APPROX = r"(?:(?:c\.|ca\.|circa|exp(?:ected|\.)?|anticipated|est\.|about)\s*)?"
_OPEN = rf"{_UNTIL}(?:{_NOW})(?!\w)"
_DASH = (
    r"\s*(?:-|–|—|‒|−|‐|~|～|〜|→|/|(?<=\s)(?:to|until|till|bis|à|au|a|ad|al|hasta|até|ate|tot|t/m|till|til|do"
    r"|по|从|至|et)(?=\s)|至|から|bis(?=\s)|jusqu['’]à)\s*(?:zum\s+|the\s+|le\s+|la\s+)?"
)
_MONTH_ONLY = rf"{_MONTH}(?=\s*(?:-|–|—|to|bis|à|a)\s*{_MONTH}\s*{_YEAR})"
_RANGE = re.compile(
    rf"(?<![\w/.,$€£-])(?:(?:from|von|vom|de|du|desde|da|dal)\s+)?(?P<start>{_APPROX}(?:{_DATE}|{_MONTH_ONLY}))(?:{_DASH})(?P<end>{_APPROX}(?:{_DATE}"
    rf"|{_OPEN}|\d{{2}}(?!\d|[%,.]\d|-\d|\s*[-–—]\s*(?:$|[|)\t]))))(?![\w%])",
    re.IGNORECASE,
)
_IN_COLUMNS = re.compile(
    rf"(?<![\w/.,$€£-])(?P<start>{_DATE})[ ]?\t[ ]?(?P<end>{_DATE}|{_OPEN})(?![\w%])", re.IGNORECASE
)
_SINCE_WORD = r"(?:since|seit|depuis|desde|dal|sinds|sedan|från|ab)\s+"
_SINCE = re.compile(rf"(?<!\w)(?P<start>{_SINCE_WORD}{_DATE})(?![\w%])", re.IGNORECASE)
_OPEN_ENDED = re.compile(rf"(?<![\w/.,-])(?P<start>{_DATE})\s*(?:-|–|—|～|〜)\s*(?=$|[|)\t])", re.IGNORECASE)
_SINGLE = re.compile(rf"(?<![\w/.,$€£#+-])(?P<end>{_APPROX}{_DATE})(?![\w%+]|[.,]\d)", re.IGNORECASE)
_FULL_NUMERIC = re.compile(r"^\d+$")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date or a span of time in a text: where it stands and its ends, as offsets.

    `end` is None for an open span; when it is open by a word before it (`since 2020`), the word belongs to its start.
    """

    begin: int
    finish: int
    start: tuple[int, int] | None
    end: tuple[int, int] | None

    @property
    def is_range(self) -> bool:
        """Whether it has two ends."""
        return self.start is not None and self.end is not None


def find_dates(text: str) -> list[DateSpan]:
    """All dates and spans of time in the text, from left to right, not overlapping; none in a very long text."""
    if len(text) > _LONGEST:
        return []
    found: list[DateSpan] = []
    for pattern in (_RANGE, _IN_COLUMNS, _SINCE, _OPEN_ENDED, _SINGLE):
        for match in pattern.finditer(text):
            if any(match.start() < span.finish and span.begin < match.end() for span in found):
                continue
            groups = match.groupdict()
            start = match.span("start") if groups.get("start") else None
            end = match.span("end") if groups.get("end") else None
            found.append(DateSpan(match.start(), match.end(), start, end))
    return sorted(found, key=lambda span: span.begin)


def main_date(text: str) -> DateSpan | None:
    """The date that a header line is dated with: its first span of time, else its last single date."""
    found = find_dates(text)
    ranges = [span for span in found if span.start is not None]
    if ranges:
        return ranges[0]
    return found[-1] if found else None


def without_since(text: str) -> str:
    """The date of `since 2020`: where a start without an end says as much as the word."""
    return re.sub(rf"^{_SINCE_WORD}", "", text.strip(), flags=re.IGNORECASE)


def is_only_dates(text: str) -> bool:
    """Whether nothing but dates (and brackets, a place mark or a length of time) stands in the text."""
    rest = text
    for span in reversed(find_dates(text)):
        rest = rest[: span.begin] + " " + rest[span.finish :]
    rest = DURATION.sub(" ", rest)
    return bool(find_dates(text)) and not re.search(r"\w", rest)


_LONGEST = 600
"""Characters up to which a line can be one that is dated; longer ones are prose, and slow to search."""
_YEARS_OF = r"years?|yrs?|jahre?n?|ans?|años?|anos?|anni|anno|jaar|år|年"
_MONTHS_OF = r"months?|mos?|monate?n?|mois|mes(?:es)?|mese|mesi|maand(?:en)?|månad(?:er)?|ヶ月|か月|个月"
DURATION = re.compile(
    rf"\(?\b\d{{1,2}}\+?\s*(?:{_YEARS_OF}|{_MONTHS_OF})\b(?:,?\s*(?:and\s+|und\s+|et\s+|y\s+|e\s+|en\s+)?\d{{1,2}}\s*(?:{_MONTHS_OF})\b)?\)?",
    re.IGNORECASE,
)
