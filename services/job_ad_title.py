"""Who looks for whom: the position and the employer that a job ad names, or None where it does not say."""

import re
from typing import Final

from services.skill_terms import fold

_LABELLED_POSITION: Final = re.compile(
    r"^[\s#*>-]*(?:job title|position title|job|position|role|title|vacancy|vacante|stelle|stellenbezeichnung"
    r"|stellenangebot"
    r"|offre d['’]emploi|poste|intitulé du poste|puesto|oferta de empleo|vaga|cargo|posizione|offerta di lavoro|functie"
    r"|vacature|tjänst)\**\s*[:–]\s*\**\s*(\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_NAME: Final = r"(?:[A-ZÄÖÜÀ-Þ0-9][\w&.'’+-]*)(?:\s+(?:(?:of|and|de|für|&|et|y|e|und)\s+)?[A-ZÄÖÜÀ-Þ][\w&.'’+-]*){0,4}"
_LABELLED_COMPANY: Final = re.compile(
    r"^[\s#*>-]*(?:company|company name|employer|organi[sz]ation|unternehmen|firma|arbeitgeber|entreprise|société"
    r"|empresa|azienda|bedrijf|företag)\**\s*[:–]\s*\**\s*(\S[^\n]{1,80})$",
    re.IGNORECASE | re.MULTILINE,
)
_GENDER_MARK: Final = re.compile(
    r"\s*[(\[]?\b[mwdfhx](?:/[mwdfhx]){1,3}\b[)\]]?|\s*\((?:all genders|gn|divers)\)", re.IGNORECASE
)
_WANTED: Final = re.compile(
    r"\b(?:looking for|hiring|seeking|recruiting|in search of|search for)\s+(?:an?|our next|the next|our)\s+"
    r"|\b(?:suchen|sucht|suche)\s+(?:wir\s+|ab sofort\s+|zum nächstmöglichen Zeitpunkt\s+"
    r"|für \S+( \S+)?\s+)*(?:eine[nr]?|ein)\s+"
    r"|\b(?:recherch(?:e|ons)|cherch(?:e|ons)|recrut(?:e|ons))\s+une?(?:\(e\)|\.e|·e)?\s+"
    r"|\b(?:buscamos|busca|precisa(?:mos)?|procura(?:mos)?|contrata(?:mos)?)\s+(?:a\s+)?(?:una?|uma?)(?:\(a\)|/a)?\s+"
    r"|\b(?:cerchiamo|cerca|ricerca)\s+una?\s+|\b(?:zoeken|zoekt)\s+een\s+|\bsöker\s+(?:vi\s+)?en\s+",
    re.IGNORECASE,
)
_AS_A: Final = re.compile(
    r"\b(?:As|Als|En tant que|Como)\s+(?:an?\s+|our\s+|the\s+)?([\w /&+#-]{3,60}?)[,(]\s*(?:you|\w)", re.MULTILINE
)
_POSITION_END: Final = re.compile(
    r"\s+(?:to|who|with|for|at|that|in|on|based|whose|and (?:will|help)|join|mit|für|bei|in|zur|der|die|qui|pour"
    r"|avec|chez|à|para"
    r"|con|com|en|em|per|presso|voor|bij|med|till)\s|[.,;:!?(|]|\s[–—-]\s|$"
)
_WORDS_OF_PRAISE: Final = frozenset(
    "stunning talented motivated passionate dedicated experienced skilled enthusiastic reliable dynamic full-time"
    " part-time great exceptional driven highly ambitious qualified energetic friendly engagierte engagierten"
    " motivierte motivierten erfahrene erfahrenen zuverlassige zuverlassigen".split()
)
_AT: Final = re.compile(rf"(?:\s+(?:at|bei|chez|presso|hos)|\s*@)\s+(?:the\s+)?({_NAME})")
_EMPLOYER_ACTS: Final = re.compile(
    rf"(?:^|[.!?]\s+|\n)\s*(?:At\s+|The\s+)?({_NAME})(?:,[^.,]{{3,80}},)?\s+(?:is\s+(?:looking|hiring|seeking"
    rf"|recruiting"
    r"|one of|a\s+(?:leading|global|family|growing|fast))|sucht|recherche|recrute|busca|procura|contrata|cerca"
    r"|zoekt|söker"
    r"|seeks|needs)\b"
)
_AT_EMPLOYER: Final = re.compile(rf"(?:^|[.!?]\s+|\n)\s*At\s+({_NAME}),\s")
_ABOUT: Final = re.compile(rf"^[\s#*]*About\s+({_NAME})\s*:?\**\s*$", re.MULTILINE)
_JOIN: Final = re.compile(rf"\b[Jj]oin(?:ing)?\s+(?:the\s+)?({_NAME})(?:'s|’s)?(?=\s+(?:as|and|team|where|in)\b|[.,!])")
_NO_EMPLOYER: Final = frozenset(
    "we our us you the this that it who there position role job team company client us. they he she i senior junior"
    " about join as in at a an your use apply new day required requirements preferred experience business data"
    " information"
    " it. hr engineering sales marketing finance".split()
)
_NO_POSITION: Final = re.compile(
    r"\b(?:we|you|our|us|wir|sie|du|nous|vous|is|are|skip|sign|welcome|overview|company|http|www|about"
    r"|requirements?|url|degree|archive|experience|careers|opportunity|description|intern with|jobs)\b"
)
_FRONT_MATTER: Final = re.compile(r"^-{3,}\s*$", re.MULTILINE)


def read_position(text: str) -> str | None:
    """The title of the job as the ad gives it, without gender marks and places."""
    opening = text.strip()[:6000]
    if (labelled := _LABELLED_POSITION.search(opening)) and (title := _title(labelled.group(1))):
        return title
    lines = [line.strip(" #*-•\t") for line in _FRONT_MATTER.sub("", opening).splitlines() if line.strip(" #*-•\t")]
    if lines and (title := _opening_title(lines[0])):
        return title
    if wanted := _WANTED.search(opening):
        words = opening[wanted.end() : wanted.end() + 120].split("\n")[0]
        if title := _title(words):
            return title
    if (named := _AS_A.search(opening)) and named.group(1).strip()[:1].isalpha():
        return _title(named.group(1))
    return None


def read_company(text: str, position: str | None) -> str | None:
    """The employer's name where the ad states it."""
    opening = text.strip()[:8000]
    if labelled := _LABELLED_COMPANY.search(opening):
        return labelled.group(1).strip(" .*")
    first_line = opening.split("\n", 1)[0]
    candidates = [_AT.search(first_line.split(". ")[0])]
    candidates += [pattern.search(opening) for pattern in (_EMPLOYER_ACTS, _AT_EMPLOYER, _ABOUT, _JOIN)]
    for found in candidates:
        if found is not None:
            name = found.group(1).strip(" .,'’")
            words = name.split()
            if fold(words[0]) not in _NO_EMPLOYER and not (position and fold(name) in fold(position)):
                return name
    return None


def _opening_title(line: str) -> str | None:
    """The title that an ad opens with ("Staff Nurse at Mercy Hospital", "Technical Writer. If you …")."""
    head = re.split(r"(?<=[^.A-Z])[.:!?](?:\s|$)|\s+\|\s+|\s+[–—]\s+", line, maxsplit=1)[0]
    head = _AT.split(head, maxsplit=1)[0]
    marked = _GENDER_MARK.search(head)
    short = len(head.split()) <= (12 if marked else 7)
    if _WANTED.search(head) or not short or not head[:1].isupper() or _NO_POSITION.search(fold(head)):
        return None
    return _title(head)


def _title(words: str) -> str | None:
    """A title cut off where the sentence goes on, without praise ("motivated"); None when nothing sensible is left."""
    if marked := _GENDER_MARK.search(words):
        kept = words[: marked.start()].strip(" *#\"'“”").split()
        return " ".join(kept) if 0 < len(kept) <= 9 else None
    words = words.strip(" *#\"'“”")
    padded = words + " "
    end = _POSITION_END.search(padded)
    kept = (padded[: end.start()] if end else words).split()
    while kept and fold(kept[0]).strip(",") in _WORDS_OF_PRAISE:
        kept.pop(0)
    title = " ".join(kept).strip(" ,;-")
    sensible = 3 <= len(title) <= 90 and len(kept) <= 9 and re.search(r"[^\W\d_]{3}", title)
    return title if sensible and not _NO_POSITION.search(fold(title)) else None
