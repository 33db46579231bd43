"""Whether a phrase of an ad names a thing that a person can have, and what of it is the name of that thing.

Knows words, not sentences: a "habit of writing tests" is no thing, "SQL performance" is about SQL.
"""

import re
from typing import Final

from services.job_ads.lexicon import BEHAVIOUR_VERBS, CONNECTORS, EMPTY_TERMS, FILLERS, VERBS_OR_NOUNS
from services.matching.skill_terms import fold, is_known, known_terms

MAX_TERM_WORDS: Final = 6
MAX_TERM_LENGTH: Final = 70

# A phrase that one of these opens stands for something that the ad does not name: "another large cloud".
UNNAMED: Final = frozenset(
    """
    another other others similar comparable equivalent such any various several many multiple different own certain
    all each every both these those no two three four five six ten its our your their his her my we you they
    andere anderen anderer anderes ahnliche ahnlichen ahnliches vergleichbare vergleichbaren weitere unsere unseren ihre
    autre autres similaire similaires plusieurs nos notre vos votre leur leurs
    otro otra otros otras similar similares varios varias nuestros nuestras sus
    outro outra outros outras similares varios varias nossos nossas seus suas
    """.split()
)
# Heads that only measure or frame what follows "of": a "habit of …", a "range of …", a "track record of …".
_FRAMES: Final = frozenset(
    """
    habit habits range variety array number level levels kind kinds type types set lot plenty part parts member sense
    degree amount series bunch mix aspects aspect forms fan user users lover love spirit state end understanding use
    grasp command mastery fluency principles fundamentals basics concepts practice practices ways way manner view reihe
    vielzahl gamme variedad variedade serie
    """.split()
)
# Inside a phrase these show that it is a clause: "effectively manage a project timeline", "guests at our table".
_CLAUSE_WORDS: Final = frozenset(
    """
    a an the our your their its his her my this that these those us them it we you they others each every some any not
    is are was were be been being has have had do does did will would can could should may might must if when while
    because so than then there here how what why who whom whose where which as within upon about per
    """.split()
)
# After a name these add nothing that one could have beside it: "SQL performance", "Power BI reports".
_USES: Final = frozenset(
    """
    performance development programming queries query reports report reporting dashboards dashboard databases database
    framework frameworks ecosystem environment environments stack tooling tools tool technologies technology
    applications
    application scripting coding scripts script services service platform platforms software solutions solution systems
    products suite basics fundamentals principles concepts features feature code codebase codebases models workflows
    workflow projects project libraries library instances clusters cluster deployments deployment certified expertise
    experience knowledge skills skill proficiency background stack background background developer developers engineer
    internals optimisation optimization tuning administration usage spreadsheets spreadsheet entwicklung programmierung
    anwendungen umgebung umgebungen systeme datenbanken datenbank
    """.split()
)
# Qualities of a person or thing: alone never something to have.
_QUALITY: Final = re.compile(
    r"(?:ive|able|ible|ous|ful|less|ary|ied|ised|ized|minded|oriented|driven|paced|focused|going|starter|bare|reich)$"
)
_QUALITIES: Final = frozenset(
    """
    independent diligent efficient patient dynamic energetic honest punctual friendly calm confident humble smart
    organized organised positive reliable open honest trust integrity creativity resilience ambition commitment
    enthusiasm nature personality manner demeanour demeanor caring warm
    energy drive empathy passion curiosity initiative personal genuine mature tidy polite accuracy dependability
    techniques independence autonomy excellence orientation ethic quickly evidence validation leadership ambiguity
    analytical interpersonal organizational organisational written verbal oral technical mobile remote global local
    digital modern private public junior senior international internal external formal informal annual daily weekly
    culture diversity inclusion perks offer offers eligible currently degrees rights checks requests notes duties
    reading presenting partners coworkers colleagues peers clients customers patients stakeholders managers guests
    timelines priorities expectations recommendations procedures requirements decisions solutions ideas results
    selbststandig teamfahig zuverlassig flexibel freundlich motiviert belastbar kommunikativ teamfahigkeit
    zuverlassigkeit flexibilitat motivation belastbarkeit engagement kommunikationsstarke eigeninitiative
    dynamique autonome rigoureux motive motivee rigueur autonomie
    dinamico dinamica responsable proactivo proactiva autonomo autonoma responsabilidad proactividad autonomia
    proatividade
    """.split()
)
# Who one works with is nothing to have: "service managers", "non-technical teams".
_PEOPLE: Final = frozenset(
    """
    team teams managers researchers analysts designers developers engineers users stakeholders clients colleagues
    directors members people audiences consultants departments executives professionals candidates
    """.split()
)
_PRONOUNS: Final = re.compile(
    r"(?:^|\s)(?:you|we|they|he|she|i|it's|that's|who|how|what|things|please|if|not|only|rather|when|then|always"
    r"|never)(?!\w)|'(?:ll|re|ve)\b"
)


def name_in(phrase: list[str], *, first: bool, listed: bool) -> list[str]:
    """The names of things that a phrase stands for: itself, the known names in it, or none.

    `first`: it begins its clause, so that a capital says nothing; `listed`: a list of short items holds it, so that a
    plain word is likely something asked for.
    """
    words = _unframed(phrase)
    term = " ".join(words)
    if is_known(term):
        return [term]
    named = list(known_terms(term))
    if named and _only_uses(words, named):
        return named
    if not words or not _is_thing(words, first=first and words == phrase, listed=listed):
        return named
    return [term]


def is_doing(phrase: list[str]) -> bool:
    """Whether a phrase is a doing rather than a thing: "building consensus", but not "conduit bending"."""
    key = fold(phrase[0])
    if not key.endswith("ing"):
        return False
    stem = key.removesuffix("ing")
    return len(phrase) > 3 or bool({stem, stem + "e", stem[:-1]} & (BEHAVIOUR_VERBS | VERBS_OR_NOUNS))


def is_behaviour(words: list[str], start: int) -> bool:
    """Whether a phrase asks for a behaviour ("to work under pressure") and names no thing."""
    key = fold(words[start])
    if key in BEHAVIOUR_VERBS:
        return True
    before = fold(words[start - 1]) if start else ""
    after = fold(words[start + 1]) if start + 1 < len(words) else ""
    verb_stands = before in {"to", "you", "can", "will", "must", "should", "we"}
    verb_follows = not after or after in FILLERS or after in CONNECTORS or after.endswith("ly")
    return key in VERBS_OR_NOUNS and (verb_stands or verb_follows)


def _unframed(phrase: list[str]) -> list[str]:
    """The phrase without what only frames it: "habit of writing tests" as "writing tests"."""
    words = phrase
    while len(words) > 2 and fold(words[0]) in _FRAMES and fold(words[1]) == "of":
        words = words[2:]
        while len(words) > 1 and fold(words[0]) in {"a", "an", "the"}:
            words = words[1:]
    return words


def _only_uses(words: list[str], named: list[str]) -> bool:
    """Whether beside known names a phrase holds nothing but what one does with them, or plain verbs around them."""
    in_names = {fold(word) for name in named for word in name.split()}
    others = [fold(word) for word in words if fold(word) not in in_names]
    return all(word in _USES or word.endswith("ing") or word in _CLAUSE_WORDS for word in others)


def _is_thing(phrase: list[str], *, first: bool, listed: bool) -> bool:
    """Not too long, no clause, no quality, and no plain single word outside a list."""
    term = " ".join(phrase)
    keys = [fold(word) for word in phrase]
    if len(phrase) > MAX_TERM_WORDS or len(term) > MAX_TERM_LENGTH or not re.search(r"[^\W\d_]", term):
        return False
    if _PRONOUNS.search(" ".join(keys)) or keys[-1].endswith("ly") or keys[0].endswith("ly"):
        return False
    if re.fullmatch(r"[\d.,:+-]+", phrase[0]) or (term[1:].islower() and keys[-1] in _PEOPLE):
        return False
    if keys[0] in UNNAMED or any(key in _CLAUSE_WORDS for key in keys[1:]) or is_doing(phrase):
        return False
    if all(key in _QUALITIES or key in EMPTY_TERMS for key in keys):
        return False
    if len(phrase) > 1:
        return not (keys[0] in BEHAVIOUR_VERBS or keys[-1] in {"others", "needed", "required"})
    named = not term.islower() and (not first or not term[1:].islower())
    if named:
        return True
    return listed and len(term) > 2 and not _QUALITY.search(keys[0]) and not term.endswith("ed")
