"""Finding the rules that the concepts of a sentence fulfil, in one pass for each rule that can apply."""

from services.guardrail_rules.concepts import Concept
from services.guardrail_rules.findings import Match, a_step_less
from services.guardrail_rules.meaning import Hit
from services.guardrail_rules.rules import RULES, Rule

_EXCUSE_REACHES = 3
_NEVER = 10**6
_BY_RAREST: dict[Concept, list[tuple[int, frozenset[Concept], Rule]]] = {}
for _place, _each in enumerate(RULES):
    _rarest = min(_each.needs, key=lambda need: sum(need in other.needs for other in RULES))
    _BY_RAREST.setdefault(_rarest, []).append((_place, frozenset(_each.needs), _each))


def matches(hits: list[Hit]) -> list[Match]:
    """The rules that a sentence's hits fulfil, in the table's order; each is tried only if its rarest need is there.

    What stands behind "you will" or "we" tells of work, behind "I built" of a career: it weighs a step less.
    """
    present = frozenset().union(*(hit.concepts for hit in hits))
    found = [
        (place, rule, first)
        for concept in present & _BY_RAREST.keys()
        for place, needs, rule in _BY_RAREST[concept]
        if needs <= present and _opened(rule, hits) and (first := _fulfilled(rule, hits)) is not None
    ]
    duty = _first_of(Concept.DUTY, hits) if Concept.DUTY in present else _NEVER
    career = _first_of(Concept.MY_WORK, hits) if Concept.MY_WORK in present else _NEVER
    return [
        Match(
            rule.family,
            a_step_less(rule.alone) if career < first and rule.family.is_about_a_machine else rule.alone,
            a_step_less(rule.in_ad) if duty < first else rule.in_ad,
            is_order=rule.is_order,
        )
        for _, rule, first in sorted(found, key=lambda entry: entry[0])
    ]


def _first_of(concept: Concept, hits: list[Hit]) -> int:
    return next(hit.position for hit in hits if concept in hit.concepts)


def _opened(rule: Rule, hits: list[Hit]) -> bool:
    return (rule.opens is None or any(hit.opening and rule.opens in hit.concepts for hit in hits)) and (
        rule.heads is None or any(hit.heading and rule.heads in hit.concepts for hit in hits)
    )


def _fulfilled(rule: Rule, hits: list[Hit]) -> int | None:
    """Where a stretch of `within` words with all needs and no excuse starts; one pass, remembering the last of each."""
    last_seen: dict[Concept, int] = {}
    watched = frozenset(rule.needs) | rule.unless
    for hit in hits:
        here = hit.concepts & watched
        if not here:
            continue
        last_seen.update(dict.fromkeys(here, hit.position))
        places = [last_seen.get(need, -1) for need in rule.needs]
        first = min(places)
        if first < max(hit.position - rule.within, 0) or (rule.in_order and places != sorted(places)):
            continue
        if not any(last_seen.get(excuse, -_EXCUSE_REACHES - 1) >= first - _EXCUSE_REACHES for excuse in rule.unless):
            return first
    return None
