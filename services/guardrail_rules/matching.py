"""Finding the rules that the concepts of a sentence fulfil, in one pass for each rule that can apply."""

from services.guardrail_rules.concepts import Concept
from services.guardrail_rules.findings import Match
from services.guardrail_rules.meaning import Hit
from services.guardrail_rules.rules import RULES, Rule

_EXCUSE_REACHES = 3
_BY_RAREST: dict[Concept, list[tuple[int, frozenset[Concept], Rule]]] = {}
for _place, _each in enumerate(RULES):
    _rarest = min(_each.needs, key=lambda need: sum(need in other.needs for other in RULES))
    _BY_RAREST.setdefault(_rarest, []).append((_place, frozenset(_each.needs), _each))


def matches(hits: list[Hit]) -> list[Match]:
    """The rules that a sentence's hits fulfil, in the table's order; each is tried only if its rarest need is there."""
    present = frozenset().union(*(hit.concepts for hit in hits))
    found = [
        (place, rule)
        for concept in present & _BY_RAREST.keys()
        for place, needs, rule in _BY_RAREST[concept]
        if needs <= present and _opened(rule, hits) and _fulfilled(rule, hits)
    ]
    return [Match(rule.family, rule.alone, rule.in_ad) for _, rule in sorted(found, key=lambda pair: pair[0])]


def _opened(rule: Rule, hits: list[Hit]) -> bool:
    return rule.opens is None or any(hit.opening and rule.opens in hit.concepts for hit in hits)


def _fulfilled(rule: Rule, hits: list[Hit]) -> bool:
    """Whether some stretch of `within` words has all needs and no excuse; one pass, remembering the last of each."""
    last_seen: dict[Concept, int] = {}
    watched = frozenset(rule.needs) | rule.unless
    for hit in hits:
        here = hit.concepts & watched
        if not here:
            continue
        last_seen.update(dict.fromkeys(here, hit.position))
        first = min(last_seen.get(need, -1) for need in rule.needs)
        if first < max(hit.position - rule.within, 0):
            continue
        if not any(last_seen.get(excuse, -_EXCUSE_REACHES - 1) >= first - _EXCUSE_REACHES for excuse in rule.unless):
            return True
    return False
