"""Who offers the job: the employer's name as an ad states it, or None where it does not.

One hint alone may mislead (a town in the second line, a product in the first sentence), so hints add up.
"""

import re
from collections.abc import Iterator
from typing import Final

from services.job_ads.head import HeadLine, head_lines
from services.job_ads.names import names_a_job, names_a_place, names_an_organisation, names_working_terms
from services.matching.skill_terms import fold

CONVINCING: Final = 3
MAX_HEAD_LINES: Final = 5
MAX_NAME_WORDS: Final = 6
_SCOPE: Final = 12_000

_WORD: Final = r"(?:St\.|Dr\.|[A-ZÀ-Þ0-9][\w&'’+-]*(?:\.\w[\w&'’+-]*)*)"
_LINK: Final = r"(?:of|and|the|de|del|della|do|da|dos|das|des|du|la|le|van|der|den|von|für|am|an|et|y|e|und|&)"
_NAME: Final = rf"{_WORD}(?: (?:{_LINK} ){{0,2}}{_WORD}){{0,4}}"
_END: Final = r"(?![\w-])"

_LABELLED: Final = re.compile(
    r"^[\s#*>-]*(?:company|company name|hiring company|employer|organi[sz]ation|unternehmen|firma|arbeitgeber"
    r"|entreprise|société|employeur|empresa|azienda|bedrijf|werkgever|företag|arbetsgivare)\**\s*[:–]\s*\**\s*"
    r"(\S[^\n]{1,80})$",
    re.IGNORECASE | re.MULTILINE,
)
_IS: Final = (
    r"is|are|was|has|ist|est|es|é|è|hat|provides|builds|offers|develops|helps|makes|operates|runs|designs|delivers"
    r"|serves|supplies|produces|connects|manages|sells|powers|combines|bietet|entwickelt|baut|betreibt|propose"
    r"|développe|ofrece|desarrolla|oferece|desenvolve"
)
_WANTS: Final = (
    r"(?:is|are|ist)\s+(?:currently\s+|now\s+|actively\s+)?(?:looking|hiring|seeking|recruiting|searching|growing"
    r"|expanding)"
    r"|seeks|needs|wants|invites|welcomes|hires|sucht|recherche|recrute|busca|procura|contrata|precisa|cerca|ricerca"
    r"|zoekt|söker|est[áa] (?:a recrutar|buscando|contratando)|selecciona|incorpora"
)
_ARTICLE: Final = (
    r"(?:(?:At|The|A|O|El|La|Le|Die|Das|Der) |L['’])?(?:(?:société|entreprise|association|firma|Firma|company|firm"
    r"|empresa|azienda|grupo|groupe) )?"
)
_START: Final = r"(?:^|[.!?)]\s+|\n\s*|\s{2,})"
_LEGAL_FORM: Final = (
    r"GmbH & Co\. ?KG(?:aA)?|g?GmbH|mbH|AG|KG|KGaA|OHG|e\. ?V\.|SE|Ltd"
    r"|LLP|PLC|plc|LLC|Inc|Corp|SARL|SAS|S\.A\.S?|S\.L\.U?"
    r"|Lda|Ltda|B\.V\.|AB|Oy|ApS|S\.p\.A\.|S\.r\.l\."
)
_NO_WISH: Final = (
    r"(?!(?:\w+ )?(?:plus|must|bonus|advantage|asset|requirement|atout|Muss|Vorteil|Plus|ventaja|vantagem|pluspunt)\b)"
)
# Each pattern with what it is worth as evidence that the name in it is the employer's.
_PATTERNS: Final = (
    (
        4,
        re.compile(rf"{_START}{_ARTICLE}({_NAME}),?(?:\s+\([^)]*\))?"
                   rf"(?:,[^.,\n]{{3,80}},)?\s+(?:{_WANTS}){_END}"),
    ),
    (4, re.compile(rf"({_NAME} (?:{_LEGAL_FORM}))(?![\w-])")),
    (4, re.compile(rf"(?:Únete a|Rejoignez|Junta-te à|Junte-se à|Komm zu|Werde Teil von)\s+({_NAME})")),
    (3, re.compile(rf"{_START}(?:At|Bei|Chez)\s+({_NAME}),?\s+(?=[a-zà-ÿ])")),
    (
        4,
        re.compile(
            rf"(?:^|\n)[\s#*]*(?:[Aa]bout|[Üü]ber|À propos de|A propos de|[Ss]obre(?: a| o)?|Acerca de|Over|Om"
            rf"|Working (?:at|for)|Life at|Why(?: join)?|Who is|Arbeiten bei|Travailler chez)\s+(?:the\s+)?({_NAME})"
            r"\s*[?:]?\**\s*(?=\n|$|\s{2,})"
        ),
    ),
    (3, re.compile(rf"\b[Jj]oin(?:ing)?\s+(?:the\s+)?({_NAME})(?:'s|’s)?(?=\s+(?:as|and|team|where|in|to|for)\b"
                   r"|[.,!])")),
    (3, re.compile(rf"{_START}{_ARTICLE}({_NAME})(?:\s+\([^)\n]*\))?"
                   rf"(?:,[^.,\n]{{2,60}},)?\s+(?:{_IS})\s+(?:(?:a|an|the|one|eine?r?|une?|una?|uma?|der|die|das)\b)\s+{_NO_WISH}")),
    (2, re.compile(rf"{_START}({_NAME})\s+(?:{_IS}){_END}")),
    (2, re.compile(rf"\([mwdfhx](?:/[mwdfhx])+\)\s+({_NAME})(?=,)")),
    (1, re.compile(rf"{_START}({_NAME})\s+[a-zà-ÿ]{{3,}}(?:s|t)\b")),
    (1, re.compile(rf"\b(?:work(?:ing)?|career|role|team|life) (?:at|for|with)\s+({_NAME})")),
    (1, re.compile(rf"\b({_NAME})['’]s?\s+[a-z]")),
)  # fmt: skip
_AT: Final = re.compile(rf"(?:(?:^|\s)(?:at|bei|beim|chez|presso|hos|bij)|\s*@)\s+(?:the\s+|der\s+|den\s+)?({_NAME})")
_IN_OR_AT: Final = re.compile(
    rf"\s(?:en|na|no|em|à|para o|para a|para el|para la|with|for)\s+(?:el\s+|la\s+)?({_NAME})"
)
# Who looks for people on behalf of an employer that is not named.
_AGENCY: Final = re.compile(
    r"\b(?:recruit\w*|staffing|personaldienst\w*|zeitarbeit|interim|headhunt\w*|talent solutions)"
)
# Where one works, and nobody's name.
_KIND_OF_PLACE: Final = re.compile(
    r"^(?:(?:new|our|regional|second) )?(?:fulfil+ment|distribution|call|contact|data|service|logistics"
    r"|customer|shopping|health|medical|day ?care|community|support|training|research|nursing|care)"
    r" (?:cent(?:re|er)s?|operations|academy)$"
)
_NO_EMPLOYER: Final = frozenset(
    """
    we our us you your the this that these those it there here who what how why position role job title team teams
    company client clients they he she i as in at a an use apply new day required requirements preferred experience
    business data information hr marketing finance about join overview description department location salary benefits
    skills responsibilities qualifications duties if when where while with for and or but all any each every no not
    please must work working full part time summary employment education equal today currently candidates applicants
    applicant candidate successful ideal our reporting to from by on of one two three every
    below above now here also additionally furthermore employer statement since once after before during another
    wir sie ihr unser unsere du die der das ein eine nous vous notre votre le la les un une il elle el los las nosotros
    nuestra nuestro se o os as um uma nos nossa nosso id voce de wij ons onze je het een vi det
    """.split()
)


def read_company(text: str, position: str | None) -> str | None:
    """The employer's name where the ad states it."""
    opening = text.strip()[:_SCOPE]
    if labelled := _LABELLED.search(opening):
        return labelled.group(1).strip(" .*")
    weights: dict[str, int] = {}
    spellings: dict[str, str] = {}
    for worth, name in _hints(opening):
        name = _bare(name)
        if _can_be_an_employer(name, position):
            key = fold(name)
            spellings.setdefault(key, name)
            weights[key] = weights.get(key, 0) + worth
    best = max(weights, key=lambda key: weights[key], default=None)
    return spellings[best] if best is not None and weights[best] >= CONVINCING else None


def _hints(opening: str) -> Iterator[tuple[int, str]]:
    """Names with what each hint is worth, in the order of trust."""
    head = head_lines(opening)[:MAX_HEAD_LINES]
    for line in head[:2]:
        if found := _AT.search(line.sentence):
            yield (3 if names_a_place(found.group(1)) else 5), found.group(1)
        if found := _IN_OR_AT.search(line.sentence):
            known = names_an_organisation(found.group(1))
            yield (3 if known else 1), found.group(1)
    yield from _named_in_head(head)
    for worth, pattern in _PATTERNS:
        for name in dict.fromkeys(found.group(1) for found in pattern.finditer(opening)):
            yield worth, name


def _named_in_head(head: list[HeadLine]) -> Iterator[tuple[int, str]]:
    """Parts of the first lines that may be a name: beside or beneath the title, before the place."""
    titled = any(names_a_job(line.text) for line in head[:2])
    for number, line in enumerate(head[:4]):
        for place, part in enumerate(line.parts):
            name = re.sub(r"\s*\([^)]*\)\s*$", "", part).strip(" ,.")
            if not re.fullmatch(_NAME, name) or names_working_terms(name):
                continue
            worth = 2 if titled else 1
            worth += 2 if names_an_organisation(name) else 0
            # "Title / Company / Town" and "Title – Company – Town": the place beside it is the town's.
            rest = [*line.parts[place + 1 :], *(other.text for other in head[number + 1 : number + 2])]
            worth += 1 if any(map(_goes_with_a_name, rest[:1])) else 0
            yield (worth if number < 2 or names_an_organisation(name) else 1), name


def _goes_with_a_name(part: str) -> bool:
    return names_a_place(part) or names_working_terms(part) or names_a_job(part)


def _can_be_an_employer(name: str, position: str | None) -> bool:
    words = name.split()
    if _AGENCY.search(fold(name)):
        return False
    if not words or len(words) > MAX_NAME_WORDS:
        return False
    if {fold(words[0]).strip("'’"), fold(words[-1])} & _NO_EMPLOYER:
        return False
    if position and fold(name) in fold(position):
        return False
    if names_an_organisation(name):
        return len(words) > 1 and not _KIND_OF_PLACE.search(fold(name))
    return not (names_a_job(name) or names_a_place(name) or names_working_terms(name)) and len(name) > 1


def _bare(name: str) -> str:
    return re.sub(r"['’]s?$", "", " ".join(name.split()).strip(" .,'’-"))
