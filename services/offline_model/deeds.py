"""Turning a bullet into a clause about oneself ("Built X" to "I built X"), or saying that it cannot be done safely.

Only the first word is looked at and only its case changes, or a pronoun is put beside it: no fact can move.
"""

import re
from typing import Final

_ENGLISH_IRREGULAR: Final = frozenset(
    """
    built led wrote ran made taught sold won drove grew cut set held kept brought began spoke oversaw undertook took
    gave
    got met found put dealt did bought caught chose came drew fed flew fought forecast hit laid learnt let paid read
    rebuilt rewrote sang saw sent shot showed spent stood strove swept swam sought thought told understood went won wore
    wound redid upheld withstood broke rode rose threw leapt lent bound ground hung spun dug co-led overcame
    """.split()
)
_ENGLISH_PRESENT: Final = frozenset(
    """
    lead manage build develop design maintain support teach train coordinate oversee write run create deliver provide
    administer monitor perform prepare install repair assist assess plan organise organize operate handle supervise
    mentor
    test analyse analyze implement sell serve drive conduct collaborate work help ensure translate document inspect
    clean
    cook care treat diagnose counsel advise audit review negotiate coach facilitate produce edit research process
    schedule
    """.split()
)
_ENGLISH_NOT_VERBS: Final = frozenset(
    "red bed need seed speed feed breed shared advanced related united limited".split()
)
_GERMAN_VERBS: Final = re.compile(
    r"^(?:\w{2,}ierte|entwickelte|leitete|betreute|baute|erstellte|führte|plante|wartete|reparierte|setzte"
    r"|verantwortete"
    r"|steuerte|prüfte|schulte|beriet|verkaufte|pflegte|unterstützte|arbeitete|bediente|übernahm|senkte|steigerte"
    r"|reduzierte|verbesserte|erhöhte|gestaltete|schrieb|betrieb|half|begleitete|unterrichtete|montierte|leistete"
    r"|verwaltete|erarbeitete|bearbeitete|beschaffte|errichtete|erweiterte|testete|gewann|schuf|lehrte)$"
)
# Separable verbs leave their prefix at the end of the clause, which a bullet may or may not do: those stay bullets.
_FRENCH_NOUNS: Final = re.compile(r"(?:ité|ités|anté|iété|ché|côté|beauté|qualité|congé|degré|marché|café|comité)$")
_FRENCH_MOTION: Final = frozenset(
    "allé venu devenu passé arrivé parti resté né entré monté rentré retourné tombé".split()
)
_SPANISH_NOT_VERBS: Final = frozenset("así aquí allí café qué bebé comité esté sofí".split())
_PORTUGUESE_NOT_VERBS: Final = frozenset("sei lei rei hei grei aqui ali assim mini multi semi".split())


_LABEL: Final = re.compile(r"^[^:.,;]{2,40}:\s+(?=[A-ZÀ-Þ])")  # "Migration: Contributed to …"
# Nouns that name an activity, by their endings; in German those that are feminine.
_ACTIVITIES: Final = {
    "en": re.compile(r"(?:tion|sion|ment|ance|ence|ing|ysis|ery|support)$"),
    "de": re.compile(r"(?:ung|ion|heit|keit|schaft|tät)$"),
    "fr": re.compile(r"(?:tion|sion|ment|age|ance|ence)$"),
    "es": re.compile(r"(?:ción|sión|miento|aje|encia|ancia)$"),
    "pt": re.compile(r"(?:ção|são|tão|mento|agem|ência|ância)$"),
}


def deed(bullet: str, language: str, *, is_current: bool = False) -> str | None:
    """A clause in the first person that says what the bullet says; None when its form is not a known one.

    A duty of a job that goes on is still one's duty; what was done is told as the bullet tells it.
    """
    text = _one_sentence(_LABEL.sub("", bullet))
    if text is None:
        return None
    first, _, rest = text.partition(" ")
    verb = first[:1].lower() + first[1:]
    if not rest or not first[:1].isupper() or not verb.replace("-", "").isalpha() or not verb.islower():
        return None
    return _CLAUSES[language](verb, rest, is_current) if language in _CLAUSES else None


def plain_bullet(bullet: str) -> str | None:
    """The bullet as it stands, for after a colon; None when it is too long for a letter."""
    return _one_sentence(bullet)


def noun_phrase(bullet: str, language: str) -> str | None:
    """A bullet that names an activity as it stands inside a sentence ("die Programmierung von …"); None for others."""
    text = _one_sentence(bullet)
    endings = _ACTIVITIES.get(language)
    first = text.split()[0] if text else ""
    if text is None or endings is None or not first[1:].islower() or not endings.search(first.lower()):
        return None
    if language == "de":
        return f"die {text}"
    lowered = text[:1].lower() + text[1:]
    if language != "fr":
        return lowered
    if lowered[0] in "aeéèiouh":
        return f"l’{lowered}"
    return f"{'le' if first.endswith(('ment', 'age')) else 'la'} {lowered}"


def starts_sentence(clause: str) -> str:
    """The clause with a capital at its start."""
    return clause[:1].upper() + clause[1:]


def _one_sentence(bullet: str) -> str | None:
    text = " ".join(bullet.split()).rstrip(" .;")
    if not 12 <= len(text) <= 240 or re.search(r"[.!?]\s+[A-ZÀ-Þ]", text):
        return None
    return text


def _english(verb: str, rest: str, is_current: bool) -> str | None:
    if verb == "responsible" and rest.startswith("for "):
        return f"I {'am' if is_current else 'was'} responsible {rest}"
    past = verb in _ENGLISH_IRREGULAR or (verb.endswith("ed") and len(verb) > 4 and verb not in _ENGLISH_NOT_VERBS)
    is_noun = rest.startswith("to ")  # "Mentor to 4 students"
    if past or (verb in _ENGLISH_PRESENT and not is_noun):
        return f"I {verb} {rest}"
    return None


def _german(verb: str, rest: str, is_current: bool) -> str | None:
    """With the verb in second place, as a clause after "Als … bei …" needs it."""
    if verb in {"zuständig", "verantwortlich"} and rest.startswith("für "):
        return f"{'bin' if is_current else 'war'} ich {verb} {rest}"
    return f"{verb} ich {rest}" if _GERMAN_VERBS.match(verb) else None


def _french(verb: str, rest: str, _is_current: bool) -> str | None:
    if verb in {"suivi", "produit"} and re.match(r"(?:de|des|du)\b|d['’]", rest):
        return None  # "Suivi des relances": the noun
    participle = verb.endswith("é") and len(verb) > 4 and not _FRENCH_NOUNS.search(verb) and verb not in _FRENCH_MOTION
    if not participle and verb not in {
        "conçu",
        "construit",
        "conduit",
        "produit",
        "réduit",
        "tenu",
        "obtenu",
        "mis",
        "suivi",
    }:
        return None
    return f"j’ai {verb} {rest}"


def _spanish(verb: str, rest: str, _is_current: bool) -> str | None:
    first_person = verb.endswith(("é", "í")) and len(verb) > 3 and verb not in _SPANISH_NOT_VERBS
    return f"{verb} {rest}" if first_person or verb in {"hice", "tuve", "puse", "conduje", "reduje", "dirigí"} else None


def _portuguese(verb: str, rest: str, _is_current: bool) -> str | None:
    first_person = verb.endswith(("ei", "i")) and len(verb) > 3 and verb not in _PORTUGUESE_NOT_VERBS
    return f"{verb} {rest}" if first_person or verb in {"fiz", "tive", "pus", "reduzi", "conduzi"} else None


_CLAUSES: Final = {"en": _english, "de": _german, "fr": _french, "es": _spanish, "pt": _portuguese}
