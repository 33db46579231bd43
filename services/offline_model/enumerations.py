"""Lists inside a sentence ("Java, Python and SQL"): the item that the job asks for may stand first, nothing else."""

import re
from typing import Final

from services.matching.skill_terms import find_term
from services.offline_model.relevance import Wanted

_ITEM: Final = r"[A-Z][\w+#./-]*(?: [A-Z][\w+#./-]*)?"
# Three items and more: a pair of capitalised words may be one name ("Johnson and Johnson").
_ENUMERATION: Final = re.compile(
    rf"(?<!\w)(?P<items>{_ITEM}(?:, {_ITEM})+)(?P<joint>,? (?:and|und|et|y|e|&) )(?P<last>{_ITEM})(?![\w]| [A-Z])"
)


def lead_with(text: str, wanted: list[Wanted], *, known: list[str]) -> tuple[str, str | None]:
    """The text with its first list led by the heaviest wanted item, and that term; unchanged without one.

    Only lists of which every item stands alone elsewhere in the resume (among its skills) are touched: those are
    lists of things, whose order says nothing.
    """
    listed = {name.casefold() for name in known if len(name.split()) <= 3}
    for found in _ENUMERATION.finditer(text):
        items = [*found["items"].split(", "), found["last"]]
        if not all(item.casefold() in listed for item in items):
            continue
        for one in wanted:
            place = next((index for index, item in enumerate(items) if find_term(one.term, item) is not None), None)
            if place == 0:
                break
            if place is not None:
                items.insert(0, items.pop(place))
                led = ", ".join(items[:-1]) + found["joint"] + items[-1]
                return text[: found.start()] + led + text[found.end() :], one.term
    return text, None
