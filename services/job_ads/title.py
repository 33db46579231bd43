"""Which position an ad offers, or None where it does not say."""

import re
from typing import Final

from services.job_ads.head import HeadLine, head_lines
from services.job_ads.names import names_a_job, names_a_place, names_an_organisation, names_working_terms
from services.job_ads.sections import is_heading
from services.matching.skill_terms import fold

MAX_HEAD_LINES: Final = 4
_SCOPE: Final = 6_000
_LABELLED: Final = re.compile(
    r"^[\s#*>-]*(?:job title|position title|business title|job|position|role|title|vacancy|vacante|stelle|hiring"
    r"|we['’]re hiring|we are hiring|now hiring|wanted|gesucht|stellenanzeige"
    r"|stellenbezeichnung|stellenangebot|offre d['’]emploi|on recrute|nous recrutons|poste|intitulé du poste|puesto"
    r"|oferta de empleo|se busca|vaga|cargo|posizione|offerta di lavoro|functie|vacature|tjänst)\**\s*[:–]\s*\**\s*"
    r"(\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_GENDER_MARK: Final = re.compile(
    r"\s*[(\[]?\b[mwdfhix](?:\s?[/|*,]\s?(?:[mwdfhix]|divers)){1,3}\b[)\]]?|\s*\((?:all genders|gn\*?|divers)\)"
    r"|\s*\((?:männlich|weiblich|divers|male|female|diverse|homme|femme)(?:\s?[/|,]\s?\w+){1,2}\)",
    re.IGNORECASE,
)
_WANTED: Final = re.compile(
    r"\b(?:looking for|hiring|seeking|recruiting(?: for)?|hiring for|in search of|search for|on the lookout for)\s+"
    r"(?:an?|our next|the next|our)\s+"
    r"|\b(?:suchen|sucht|suche)\s+(?:wir\s+|ab sofort\s+|zum nächstmöglichen Zeitpunkt\s+"
    r"|für \S+( \S+)?\s+)*(?:eine?(?:[/*:(]-?[nr]\)?|[nr])?|(?:Sie|dich) als)\s+"
    r"|\b(?:recherch(?:e|ons)|cherch(?:e|ons)|recrut(?:e|ons))\s+une?(?:\(e\)|\.e|·e)?\s+"
    r"|\b(?:buscamos|busca|precisa(?:mos)?|procura(?:mos)?|contrata(?:mos)?|recrutar)\s+(?:a\s+)?(?:(?:una?|uma?)"
    r"(?:\(a\)|/a)?\s+)?"
    r"|\b(?:cerchiamo|cerca|ricerca)\s+una?\s+|\b(?:zoeken|zoekt)\s+een\s+|\bsöker\s+(?:vi\s+)?en\s+"
    r"|\b[Jj]oin (?:us|our team|[A-Z]\w+(?: [A-Z]\w+)?) as (?:an?|our)\s+",
    re.IGNORECASE,
)
_REQUIRED: Final = re.compile(r"([A-Z][\w /&+-]{2,60}?)\s+(?:required|wanted|needed|sought|gesucht)\b")
_AS_A: Final = re.compile(
    r"\b(?:As|Als|En tant que|Como)\s+(?:an?\s+|our\s+|the\s+)?([\w /&+#-]{3,60}?)[,(]\s*(?:you|\w)", re.MULTILINE
)
_END: Final = re.compile(
    r"\s+(?:to|who|with|for|at|that|in|on|based|whose|and (?:will|help)|join|mit|für|bei|in|zur|der|die|qui|pour"
    r"|avec|chez|à|para"
    r"|con|com|en|em|per|presso|voor|bij|med|till)\s|[.,;:!?|]|\s\(|\s[–—-]\s|$"
)
_EMPLOYED: Final = re.compile(r"\s(?:at|bei|beim|chez|presso|hos|bij)\s+(?=[A-ZÀ-Þ0-9])|\s*@\s*")
_WORDS_OF_PRAISE: Final = frozenset(
    "stunning talented motivated passionate dedicated experienced skilled enthusiastic reliable dynamic full-time"
    " part-time full part time great exceptional"
    " driven highly ambitious qualified energetic friendly engagierte engagierten"
    " motivierte motivierten erfahrene erfahrenen zuverlassige zuverlassigen fastest-growing".split()
)
_WANTED_AT_END: Final = frozenset({"wanted", "required", "needed", "sought", "gesucht"})
_NO_POSITION: Final = re.compile(
    r"\b(?:we|you|our|us|wir|sie|du|nous|vous|is|are|skip|sign|welcome|overview|company|http|www|about"
    r"|requirements?|url|degree|archive|experience|careers|opportunity|description|intern with|jobs)\b"
    r"|^(?:part|member|such|result|premier|one|people|the|le|la|les|el|los|das|die)\b"
)


def without_gender_mark(title: str) -> str:
    """A title as one says it: "Buchhalter" for "Buchhalter (m/w/d)"."""
    return _GENDER_MARK.sub("", title).strip(" ,;-–") or title


def read_position(text: str) -> str | None:
    """The title of the job as the ad gives it, without gender marks and places."""
    opening = text.strip()[:_SCOPE]
    if (labelled := _LABELLED.search(opening)) and (title := _title(labelled.group(1))):
        return title
    head = head_lines(opening)[:MAX_HEAD_LINES]
    if title := _titled(head):
        return title
    if head and (required := _REQUIRED.match(head[0].text)) and (title := _title(required.group(1))):
        return title
    if wanted := _WANTED.search(opening):
        words = opening[wanted.end() : wanted.end() + 120].strip().split("\n")[0]
        if title := _title(words):
            # The line above a sentence that wants "a physiotherapist with a licence" is the title by itself.
            opened = _untypical(head[:1])
            return opened if opened and fold(title).startswith(fold(opened)) else title
    if (named := _AS_A.search(opening)) and names_a_job(named.group(1)):
        return _title(named.group(1))
    return _untypical(head[:1])


def _titled(head: list[HeadLine]) -> str | None:
    """The first part of the opening lines that names an occupation ("Globex – Staff Nurse – Leeds")."""
    for number, line in enumerate(head):
        if _WANTED.search(line.text):
            return None
        if number == 0 and _GENDER_MARK.search(line.text) and (title := _opening_title(line.text)):
            return title
        for part in line.parts:
            marked = names_a_job(part) or _GENDER_MARK.search(part)
            if marked and not names_an_organisation(_EMPLOYED.split(part)[0]) and (title := _opening_title(part)):
                return title
    return None


def _untypical(head: list[HeadLine]) -> str | None:
    """A first line that names no occupation we know, and no employer or place either."""
    for line in head:
        name = line.parts[0] if line.parts else line.text
        if names_an_organisation(name) or names_a_place(name) or names_working_terms(name) or len(line.parts) > 3:
            return None
        return _opening_title(line.text)
    return None


def _opening_title(line: str) -> str | None:
    """The title that an ad opens with ("Staff Nurse at Mercy Hospital", "Technical Writer. If you …")."""
    head = re.split(r"(?<=[^.A-Z])[.:!?](?:\s|$)|\s+\|\s+|\s+[–—]\s+", line, maxsplit=1)[0]
    head = _EMPLOYED.split(head, maxsplit=1)[0]
    marked = _GENDER_MARK.search(head)
    head = head[: marked.end()] if marked else head
    short = len(head.split()) <= (12 if marked else 7)
    capital = head.lstrip("(")[:1].isupper()
    if _WANTED.search(head) or not short or not capital or _NO_POSITION.search(fold(head)):
        return None
    return _title(head)


def _title(words: str) -> str | None:
    """A title cut off where the sentence goes on, without praise ("motivated"); None when nothing sensible is left."""
    if marked := _GENDER_MARK.search(words):
        kept = words[: marked.start()].strip(" *#\"'“”").split()
        return " ".join(kept) if 0 < len(kept) <= 9 else None
    words = re.sub(r"^\((\w+)\)\s+(?=[A-Z])", r"\1 ", words.strip(" *#\"'“”"))
    words = re.sub(r"\s*\([^)]{1,20}\)(?=\s+[A-Z]\w{3})", "", words)  # "Business Intelligence (BI) Engineer"
    words = re.sub(r"^(?:job|position|business) title\s+", "", words, flags=re.IGNORECASE)
    padded = words + " "
    end = _END.search(padded)
    kept = (padded[: end.start()] if end else words).split()
    while kept and fold(kept[0]).strip(",") in _WORDS_OF_PRAISE:
        kept.pop(0)
    while len(kept) > 1 and fold(kept[-1]) in _WANTED_AT_END:
        kept.pop()
    title = " ".join(kept).strip(" ,;-")
    sensible = 3 <= len(title) <= 90 and len(kept) <= 9 and re.search(r"[^\W\d_]{2}", title)
    return title if sensible and not _NO_POSITION.search(fold(title)) and not is_heading(title) else None
