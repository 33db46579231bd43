"""Saying the same with more punch or in the reader's words: weak openings go, everyday words become the ad's.

Knows words, not resumes: what comes out says what went in, at the same level of responsibility.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

_WEAK_OPENING: Final = re.compile(
    r"^(?:(?:(?:I )?(?:was|am|were) )?(?:(?:mainly|also|solely|primarily|directly|fully) )?"
    r"(?:(?:responsible|accountable) for|(?:tasked|charged|entrusted) with|in charge of)"
    r"|(?:(?:my|main|key|daily|primary|other) )*(?:duties|responsibilities|tasks|role) "
    r"(?:included?|were|are|consisted of|involved?)):?\s+",
    re.IGNORECASE,
)
_SET_APART: Final = r"(?:a|an|the|all|any|each|every|both|our|their|its|his|her|my|new|up to|over|about|around|more|\d)"
# Forms that also stand before a noun ("building maintenance", "training material") are verbs only before an article,
# a number and the like; these here are verbs wherever they stand.
_SURELY_VERBS: Final = frozenset(
    """
    managing handling overseeing supervising maintaining preparing providing ensuring coordinating creating developing
    organising organizing giving writing keeping making onboarding hiring answering updating supporting assisting
    conducting performing delivering running leading reviewing negotiating resolving analysing analyzing arranging
    checking collecting compiling drafting editing implementing improving installing introducing issuing liaising
    producing promoting recruiting reducing replacing serving verifying controlling administering assembling
    collaborating communicating completing directing documenting evaluating executing generating greeting guiding
    identifying increasing interviewing inspecting investigating launching mentoring migrating repairing researching
    restocking securing selecting sending translating helping configuring deploying diagnosing dispensing facilitating
    assessing calculating collating comparing delegating enforcing establishing estimating expanding forecasting
    formulating informing instructing integrating logging measuring optimising optimizing overhauling presenting
    reconciling recommending representing sourcing standardising streamlining submitting summarising upgrading
    validating carrying bringing taking putting setting dealing
    """.split()
)
_IRREGULAR: Final = dict(
    pair.split("/")
    for pair in """
    giving/gave writing/wrote keeping/kept making/made building/built leading/led running/ran teaching/taught
    selling/sold holding/held setting/set buying/bought overseeing/oversaw taking/took driving/drove bringing/brought
    growing/grew meeting/met finding/found seeing/saw dealing/dealt speaking/spoke winning/won feeding/fed
    cutting/cut putting/put sending/sent undertaking/undertook paying/paid laying/laid choosing/chose drawing/drew
    going/went doing/did getting/got rewriting/rewrote rebuilding/rebuilt forecasting/forecast bidding/bid hitting/hit
    seeking/sought spending/spent understanding/understood telling/told showing/showed shooting/shot reading/read
    """.split()
)
_NO_OPENING: Final = frozenset("being having everything anything something king ring".split())
_NOMINAL: Final = {
    "management": "managed", "preparation": "prepared", "maintenance": "maintained", "supervision": "supervised",
    "coordination": "coordinated", "operation": "operated", "development": "developed",
    "administration": "administered",
    "implementation": "implemented", "organisation": "organised", "organization": "organized", "planning": "planned",
    "delivery": "delivered", "design": "designed", "installation": "installed", "production": "produced",
    "creation": "created", "inspection": "inspected", "recruitment": "recruited", "processing": "processed",
    "monitoring": "monitored", "repair": "repaired", "handling": "handled", "training": "trained",
}  # fmt: skip
_OF: Final = re.compile(r"^(?:the )?(\w+) of (.+)$", re.DOTALL)
_COORDINATED: Final = re.compile(r"(?:,|,? and|,? or|,? &|/) ?(\w{3,}ing)\b")
_LISTED_NOUNS: Final = re.compile(r"^(?:and|or|of|in|for|with|on|at|by|from|is|was)\b|^[,&/]")
_PRESENT_BULLET: Final = re.compile(
    r"^(?:manage|lead|run|build|develop|design|maintain|support|teach|train|coordinate|oversee|write|create|deliver"
    r"|provide|handle|prepare|report|plan|work|help|supervise|organi[sz]e|operate|sell|serve|drive|conduct|perform)\b"
)
# What may stand before a noun of activity without saying more than it: "En charge de la saisie" says "Saisie".
_BEFORE_ACTIVITY: Final = {
    "de": re.compile(
        r"^(?:zuständig für|zu meinen aufgaben gehörten?|aufgaben (?:waren|umfassten)):? (?:(?:die|den|das) )?",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"^(?:en charge d|chargée? d|responsable d|mes missions comprenaient )(?:e la |e l['’]|u |es |la |l['’])",
        re.IGNORECASE,
    ),
    "es": re.compile(r"^(?:encargad[oa] de|mis funciones (?:eran|incluían)):? (?:la |el )?", re.IGNORECASE),
    "pt": re.compile(r"^(?:encarregad[oa] (?:da|do|de)|as minhas funções incluíam):? (?:a |o )?", re.IGNORECASE),
}
_ACTIVITY: Final = {
    "de": re.compile(r"^\w+(?:ung|ion|pflege|kontrolle|verkauf|einkauf|aufbau|betrieb)\b"),
    "fr": re.compile(r"^\w+(?:tion|sion|ment|age|ance|ence|ie|vi)\b|^(?:saisie|tenue|vente|mise|prise|relance)\b"),
    "es": re.compile(r"^\w+(?:ción|sión|stión|miento|aje|encia)\b|^(?:venta|compra|cierre|control|manejo)\b"),
    "pt": re.compile(r"^\w+(?:ção|são|stão|mento|agem|ência)\b|^(?:venda|compra|controlo|controle)\b"),
}
# Everyday words that name one thing; the ad's is the one that its reader looks for. Singular, plural.
_SAME_WORDS: Final = (
    (("client", "clients"), ("customer", "customers")),
    (("rota", "rotas"), ("roster", "rosters")),
    (("lorry", "lorries"), ("truck", "trucks")),
    (("new starter", "new starters"), ("new hire", "new hires")),
    (("shop", "shops"), ("store", "stores")),
)
_NOT_PEOPLE: Final = r"(?:web|thin|thick|fat|mobile|vpn|e-?mail|http|api|desktop|rest|eye) "


def tightened(bullet: str, language: str, siblings: Sequence[str]) -> str | None:
    """The bullet without a weak opening ("Responsible for managing" to "Managed"); None where it has none.

    English bullets become past, as bullets are; beside bullets in the present they are left alone.
    """
    if language == "en":
        return _tightened_english(bullet, siblings)
    opening, activity = _BEFORE_ACTIVITY.get(language), _ACTIVITY.get(language)
    found = opening.match(bullet) if opening else None
    rest = bullet[found.end() :] if found else ""
    return _capitalised(rest) if rest and activity and activity.match(rest) else None


def _tightened_english(bullet: str, siblings: Sequence[str]) -> str | None:
    opening = _WEAK_OPENING.match(bullet)
    if opening is None or any(_PRESENT_BULLET.match(other.lower()) for other in siblings):
        return None
    rest = bullet[opening.end() :]
    if (nominal := _OF.match(rest)) and (verb := _NOMINAL.get(nominal.group(1).lower())):
        return (
            None
            if _COORDINATED.search(rest) or _more_nominals(nominal.group(2))
            else _capitalised(f"{verb} {nominal.group(2)}")
        )
    gerund, _, what = rest.partition(" ")
    past = past_of(gerund.lower())
    if past is None or not what or not _is_verb(gerund.lower(), what):
        return None
    coordinated = list(_COORDINATED.finditer(what))
    if any(found.group(1) not in _SURELY_VERBS for found in coordinated):
        return None  # "with washing, dressing and meals": which of them are verbs cannot be told
    for found in reversed(coordinated):
        what = what[: found.start(1)] + (past_of(found.group(1)) or "") + what[found.end(1) :]
    return _capitalised(f"{past} {what}")


def _more_nominals(text: str) -> bool:
    return any(re.search(rf"\band (?:the )?{noun} of\b", text) for noun in _NOMINAL)


def _is_verb(gerund: str, what: str) -> bool:
    if _LISTED_NOUNS.match(what):
        return False
    return gerund in _SURELY_VERBS or re.match(rf"{_SET_APART}\b", what) is not None


def past_of(gerund: str) -> str | None:
    """The past of an English verb by its form in -ing: "planning" to "planned", "carrying" to "carried"."""
    if gerund in _IRREGULAR:
        return _IRREGULAR[gerund]
    if gerund in _NO_OPENING or not re.fullmatch(r"[a-z-]{3,}ing", gerund):
        return None
    stem = gerund.removesuffix("ing")
    return f"{stem[:-1]}ied" if re.search(r"[^aeiou]y$", stem) else f"{stem}ed"


def in_words_of(ad: str, text: str) -> tuple[str, str, str] | None:
    """The text with an everyday word as the ad has it: the new text, the ad's word and the person's own."""
    for own, asked in _exchanges_for(ad):
        if not _uses(asked, text):
            changed, quote = _exchanged(text, own, asked)
            if quote:
                return changed, asked[1], quote
    return None


@lru_cache(maxsize=32)  # an ad is long, and the same for every line
def _exchanges_for(ad: str) -> tuple[tuple[Sequence[str], Sequence[str]], ...]:
    """The words that the ad does not use, each with the one that it uses in their stead."""
    pairs = [pair for one, other in _SAME_WORDS for pair in ((one, other), (other, one))]
    return tuple((own, asked) for own, asked in pairs if _uses(asked, ad) and not _uses(own, ad))


def _exchanged(text: str, own: Sequence[str], asked: Sequence[str]) -> tuple[str, str]:
    """The text with other words, and the first of its own that went; names and technical terms stay."""
    quote = ""
    for mine, wanted in zip(own, asked, strict=True):
        if re.search(rf"\b{_NOT_PEOPLE}{mine}\b", text, re.IGNORECASE):
            continue
        plain = re.compile(rf"(?<![\w-]){mine}(?![\w-]|[ -](?:side|server|app|library)\b)")
        opening = re.compile(rf"^{_capitalised(mine)}(?![\w-]| [A-Z])")
        for form, word in ((plain, wanted), (opening, _capitalised(wanted))):
            if found := form.search(text):
                quote = quote or found.group()
                text = form.sub(word, text)
    return text, quote


def _uses(words: Iterable[str], text: str) -> bool:
    return any(re.search(rf"\b{word}\b", text, re.IGNORECASE) for word in words)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
