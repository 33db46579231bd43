"""What a place looks like in a resume: city and state, city and country, remote work. Knows no document."""

import re
from itertools import pairwise

from services.resume_language.folding import fold
from services.resume_language.tables import read_table

_LONGEST = 300
_TABLE = read_table("places")
_STATES = frozenset(_TABLE["codes"])
_COUNTRIES = frozenset(fold(name) for name in _TABLE["countries and regions"])
_CITIES = frozenset(fold(name) for name in _TABLE["cities"])
_REMOTE = re.compile(
    r"^\(?(?:remote|hybrid|on-?site|fully remote|worldwide|online|home ?office|télétravail|teletrabajo"
    r"|teletrabalho|remoto|im homeoffice|distans)(?:\s*[-–,/(]\s*[\w., ]+\)?)?\)?$",
    re.IGNORECASE,
)
_AUSTRALIAN = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2},? (?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)(?: \d{4})?")
_LAND_CODE = "US|USA|GB|UK|IE|CA|AU|NZ|DE|AT|CH|FR|BE|NL|LU|ES|PT|BR|MX|SE|DK|FI|PL|CZ|ZA|SG"
_ENDS_IN_CODE = re.compile(
    rf"[A-Z][^\W\d_]+(?:,? [A-Z][^\W\d_]+){{1,3}},? (?:{_LAND_CODE}|\((?:{_LAND_CODE})\)?)"
    rf"|[A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)? \((?:{_LAND_CODE})\), [A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)?"
)
"""`Leeds, West Yorkshire, GB`, `Cork Munster IE`, `Cork (IE), Munster`; no codes that are words as well (IT, HR)."""
_STATES_AND_TOWNS = frozenset({"new york", "washington"})
_NAME_OF_FIRM = re.compile(r"\s(?!(?:Springs|Island|Plains|Falls|Beach|City|Heights|Hills|Park|Lake|Bay|Valley)$)\S+$")
"""Of two words and more, of which the last is none that towns end in."""
_STATE_OR_LAND = (" CA", " DE")
"""California and Canada, Delaware and Germany."""
_WORD = r"[^\W\d_][\w.'’/-]*"
_NAME = rf"{_WORD}(?:\s+(?:{_WORD}|&)){{0,3}}"
_PARTICLES = frozenset("a am an bei d da das de del der di do dos i im in la le les on ob sur unter upon y".split())
_CITY_STATE = re.compile(
    rf"^(?P<city>{_NAME}),\s*(?P<region>{_NAME}"
    rf"|[A-Z]\.?[A-Z]\.?(?:[A-Z]\.?)?)(?:,\s*(?P<land>{_NAME}))?(?:\s+\d{{5}}(?:-\d{{4}})?"
    rf"|\s+[A-Z]\d[A-Z] ?\d[A-Z]\d)?$"
)


def is_place(text: str) -> bool:
    """Whether the whole text names a place: `Austin, TX`, `Lyon, France`, `Berlin`, `Remote`, `Pacific Coast, CA`."""
    text = text.strip().strip("()")
    if not text or len(text) > 60:
        return False
    if _REMOTE.match(text):
        return True
    if any(separator in text for separator in (" & ", " / ", "/ ")):
        parts = re.split(r"\s*[&/]\s*", text)
        if all(is_place(part) for part in parts):
            return True
    folded = fold(text)
    if folded in _CITIES or folded in _COUNTRIES or _AUSTRALIAN.fullmatch(text) or _ends_in_land(text):
        return True
    province = re.fullmatch(r"(.+) \([A-Z]{2}\)?", text)
    if province is not None and fold(province.group(1)) in _CITIES:
        return True
    match = _CITY_STATE.match(text)
    if match is None or not text[:1].isupper():
        return False
    city, region, land = match.group("city"), match.group("region"), match.group("land")
    if land:
        return _is_region(land) and _is_region(region) and not _is_named_before_town(city, region)
    return _is_region(region) and not (_is_named_before_town(city, region) and _NAME_OF_FIRM.search(city))


def _ends_in_land(text: str) -> bool:
    """Whether a town and its region stand before the code of a land; the CA of `YMCA, Pomona, CA` is a state."""
    name, _, town = text.partition(",")[0], *text.partition(",")[1:]
    is_named = _is_named_before_town(name, town.partition(",")[0])
    return bool(_ENDS_IN_CODE.fullmatch(text)) and not text.endswith(_STATE_OR_LAND) and not is_named


def _is_named_before_town(name: str, town: str) -> bool:
    """Whether a town stands behind a name that is none itself: `Meridian Labs, Leeds, UK`, `Acme, Washington, DC`."""
    return fold(town.strip()) in _CITIES | _STATES_AND_TOWNS and fold(name.strip()) not in _CITIES


def looks_like_place(text: str) -> bool:
    """Whether the text has the form `Name, Name` of a place without being a known one: for slots where one stands."""
    match = _CITY_STATE.match(text.strip())
    return (
        bool(match)
        and len(text) <= 40
        and all(word[:1].isupper() or word in _PARTICLES for word in re.findall(r"[^\W\d_]+", text))
    )


def looks_like_town(text: str) -> bool:
    """Whether the text could name an unknown town (`Stow-on-the-Wold`): for slots where towns are known to stand."""
    first, *further = text.split() or [""]
    is_named = len(text) <= 40 and bool(re.fullmatch(_NAME, text)) and not re.search(r"[\d&]", text)
    return is_named and first[:1].isupper() and all(word[:1].isupper() or word in _PARTICLES for word in further)


def names_region(text: str) -> bool:
    """Whether one of the words, or two neighbours, are a known country or region: `University of North Carolina`."""
    tokens = fold(text).split()
    return any(name in _COUNTRIES for name in (*tokens, *map(" ".join, pairwise(tokens))))


def _is_region(text: str) -> bool:
    compact = text.replace(".", "").replace(" ", "")
    if re.match(r"(?:Co\.?|County) [A-Z]", text):
        return True
    return (compact in _STATES and text[:1].isupper()) or fold(text) in _COUNTRIES


def _is_twice(text: str) -> bool:
    """Whether a name is followed by itself: the first belongs to what is there (`College of Galway, Galway`)."""
    first, comma, second = text.partition(", ")
    return bool(comma) and first == second


def trailing_place(text: str) -> tuple[int, int] | None:
    """Where a place stands at the end of a text, behind a comma, dash or bracket: `Acme Corp, Springfield, IL`."""
    if len(text) > _LONGEST:
        return None
    for match in re.finditer(r",\s*|\s+[-–—|·•]\s+|\s+\(|\s+in\s+", text):
        rest = text[match.end() :].rstrip(" )")
        if is_place(rest) and not _is_twice(rest):
            return match.end(), match.end() + len(rest)
    return None
