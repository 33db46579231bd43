"""German job titles as one person bears them: a woman who is a "Buchhalterin" applies as "Bilanzbuchhalterin".

An ad says "Krankenpfleger*in" or "Buchhalter" and means everybody. What somebody is called is read off the titles of
their own jobs; where those say nothing, the ad's title stays as it is.
"""

import re
from collections.abc import Iterable
from typing import Final

# "Kauffrau", and whoever bears the ending of a trade: "Buchhalterin", "Polizistin", not "Berlin" or "Admin".
_WOMAN: Final = re.compile(
    r"\w(?:frau|schwester|(?:er|[tsk]or|ist|[dt]ent|[kr]ant|eur|är|at|wirt|ärzt|köch|anwält|peut|tekt)in)\b"
)
_MAN: Final = re.compile(r"\w(?:mann|er|[tsk]or|ist|[dt]ent|[kr]ant|eur|är|wirt|peut|tekt)\b")
_MARKED: Final = re.compile(r"(?<=[a-zäöüß])(?:(?:[*:_·/]-?in|In)\b|\(in\))")  # "Lehrer*in", "Lehrer/-in", "LehrerIn"
_MARKED_ADJECTIVE: Final = re.compile(r"(?<=\we)(?:[*:_/]-?[rn]|\([rn]\))(?!\w)")  # "Angestellte/r"
_COUPLE: Final = re.compile(r"(?P<stem>[\w-]*?)(?:mann|frau) ?/ ?(?:-|[\w-]*?)(?:mann|frau)\b", re.IGNORECASE)
_TWO: Final = re.compile(r"\b(?P<one>[A-ZÄÖÜ][\w-]+) ?/ ?(?P<other>[A-ZÄÖÜ][\w-]+)")  # "Koch/Köchin"
_ADJECTIVE: Final = re.compile(r"\b(?P<stem>[A-ZÄÖÜ]\w+(?:isch|lich|end|iert|ig|bar|ent))er(?= [A-ZÄÖÜ])")
_TRADE: Final = re.compile(
    r"\b[A-ZÄÖÜ](?:[\w-]*(?:[a-zäöüß](?:er|[tsk]or|ist|[dt]ent|[kr]ant|eur|är)|mann|arzt|koch|anwalt|peut|tekt)|rzt|och)\b"
)
_OTHER_FORM: Final = (("mann", "frau"), ("arzt", "ärztin"), ("koch", "köchin"), ("anwalt", "anwältin"))
# Those that are English, or name no person.
_NO_TRADE: Final = re.compile(
    r"senior|junior|engineer|developer|owner|officer|customer|order|center|server|computer|user|consultant|content"
    r"|manager|controller|designer|leader|trainer|tester|recruiter|planner|buyer|writer|master|driver|worker|dealer"
    r"|power|water|lager|\w*(?:sektor|motor|faktor|monitor|ment|wasser|winter|zimmer|keller)",
    re.IGNORECASE,
)


def titled(position: str, own_titles: Iterable[str]) -> str:
    """A position as the person with these job titles would bear it."""
    own = " ".join(own_titles)
    if _WOMAN.search(own):
        return _of_a_woman(position)
    return _of_a_man(position) if _MAN.search(own) else position


def _of_a_woman(position: str) -> str:
    named = _one_of_a_couple(position, "frau")
    named = _MARKED_ADJECTIVE.sub("", _MARKED.sub("in", named))
    trades = (found for found in _TRADE.finditer(named) if not _NO_TRADE.fullmatch(found.group()))
    trade = next((found for found in trades if not _ADJECTIVE.match(named, found.start())), None)
    if trade is not None and not _WOMAN.search(named):
        named = named[: trade.start()] + _feminine(trade.group()) + named[trade.end() :]
    return _ADJECTIVE.sub(r"\g<stem>e", named) if named != position else position


def _of_a_man(position: str) -> str:
    return _MARKED_ADJECTIVE.sub("r", _MARKED.sub("", _one_of_a_couple(position, "mann")))


def _one_of_a_couple(position: str, word: str) -> str:
    """One of "Kaufmann/-frau" and of "Koch/Köchin": hers for `frau`, his for `mann`."""

    def chosen(found: re.Match[str]) -> str:
        hers, his = sorted(found.groups(), key=lambda one: not one.endswith("in"))
        if not hers.endswith("in") or his.endswith("in"):
            return found.group()
        return hers if word == "frau" else his

    return _TWO.sub(chosen, _COUPLE.sub(lambda found: _joined(found["stem"], word), position))


def _feminine(trade: str) -> str:
    for ending, other in _OTHER_FORM:
        if trade.lower().endswith(ending):
            return _joined(trade[: len(trade) - len(ending)], other)
    return f"{trade}in"


def _joined(stem: str, word: str) -> str:
    return f"{stem}{word}" if stem else word.capitalize()
