"""The table of rules: which concepts together, how close, mean which kind of attack, and what follows from it.

Knows concepts only; the words behind them, in any language, are in `words/concepts.txt`. Within a family the certain
rules come first, then those that are certain only outside an advertisement, then the merely doubtful ones.
"""

from dataclasses import dataclass

from services.guardrail_rules.concepts import Concept as C  # noqa: N817 - the table below is read by its columns
from services.guardrail_rules.findings import Family, Weight

CERTAIN, DOUBT, NOTHING = Weight.CERTAIN, Weight.DOUBT, Weight.NOTHING


@dataclass(frozen=True, slots=True)
class Rule:
    """All `needs` within `within` words, none of `unless` in that stretch, the sentence opening with `opens`.

    `alone` weighs in instructions and in texts that are no job advertisement, `in_ad` inside an advertisement.
    """

    family: Family
    needs: tuple[C, ...]
    within: int
    alone: Weight = Weight.CERTAIN
    in_ad: Weight = Weight.CERTAIN
    unless: frozenset[C] = frozenset()
    opens: C | None = None


def _rule(
    family: Family,
    needs: tuple[C, ...],
    within: int,
    alone: Weight = CERTAIN,
    in_ad: Weight = CERTAIN,
    unless: tuple[C, ...] = (),
    opens: C | None = None,
) -> Rule:
    return Rule(family, needs, within, alone, in_ad, frozenset(unless), opens)


_OVERRIDE: tuple[Rule, ...] = (
    _rule(Family.OVERRIDE, (C.DISMISS, C.PRIOR, C.RULES), 9, unless=(C.MINE,)),
    _rule(Family.OVERRIDE, (C.DISMISS, C.YOURS, C.RULES), 6, unless=(C.MINE,)),
    _rule(Family.OVERRIDE, (C.DISMISS, C.RULES, C.VOID), 12),
    _rule(Family.OVERRIDE, (C.DISMISS, C.SECRET), 5, unless=(C.MINE,)),
    _rule(Family.OVERRIDE, (C.DISMISS, C.YOUR_SECRET), 5, unless=(C.MINE,)),
    _rule(Family.OVERRIDE, (C.DISMISS, C.EVERYTHING, C.PRIOR), 8),
    _rule(Family.OVERRIDE, (C.VOID, C.EVERYTHING, C.PRIOR), 10),
    _rule(Family.OVERRIDE, (C.VOID, C.PRIOR, C.RULES), 10, unless=(C.MINE,)),
    _rule(Family.OVERRIDE, (C.DISMISS, C.RULES, C.JUST_SAY), 16),
    _rule(Family.OVERRIDE, (C.OVERRULE, C.OWN_TASK), 5),
    _rule(Family.OVERRIDE, (C.DISMISS, C.OWN_TASK), 5),
    _rule(Family.OVERRIDE, (C.NEW_TASK, C.OVERRULE), 6),
    _rule(Family.OVERRIDE, (C.NEW_TASK, C.DISMISS), 10),
    _rule(Family.OVERRIDE, (C.DISMISS, C.ALL, C.RULES), 5, CERTAIN, DOUBT, (C.MINE,)),
    _rule(Family.OVERRIDE, (C.DISMISS, C.ABOVE), 3, CERTAIN, DOUBT),
    _rule(Family.OVERRIDE, (C.DISMISS, C.DOCUMENT, C.RESPOND), 10, CERTAIN, DOUBT, (C.MINE,)),
    _rule(Family.OVERRIDE, (C.VOID, C.RULES), 8, CERTAIN, DOUBT, (C.MINE,)),
    _rule(Family.OVERRIDE, (C.DISABLE, C.SAFEGUARD), 6, CERTAIN, DOUBT),
    _rule(Family.OVERRIDE, (C.DISMISS, C.SAFEGUARD), 5, CERTAIN, DOUBT),
    _rule(Family.OVERRIDE, (C.NEW_TASK, C.REQUEST), 5, CERTAIN, DOUBT),
    _rule(Family.OVERRIDE, (C.JUST_SAY, C.DISMISS), 20, CERTAIN, DOUBT),
    _rule(Family.OVERRIDE, (C.JUST_SAY,), 1, CERTAIN, DOUBT),
    _rule(Family.OVERRIDE, (C.DISMISS, C.RULES), 6, CERTAIN, DOUBT, (C.MINE,), opens=C.DISMISS),
    _rule(Family.OVERRIDE, (C.RESPOND, C.MACHINE_FORMAT), 6, DOUBT, NOTHING),
    _rule(Family.OVERRIDE, (C.DISMISS, C.EVERYTHING), 3, DOUBT, DOUBT),
    _rule(Family.OVERRIDE, (C.DISMISS, C.RULES), 5, DOUBT, DOUBT),
    _rule(Family.OVERRIDE, (C.VOID, C.RULES), 8, DOUBT, NOTHING),
    _rule(Family.OVERRIDE, (C.NEW_TASK,), 1, DOUBT, DOUBT),
)
_EXFILTRATION: tuple[Rule, ...] = (
    _rule(Family.EXFILTRATION, (C.DIVULGE, C.YOUR_SECRET), 8),
    _rule(Family.EXFILTRATION, (C.REVEAL, C.YOUR_SECRET), 8, CERTAIN, DOUBT),
    _rule(Family.EXFILTRATION, (C.REVEAL, C.YOURS, C.SECRET), 8),
    _rule(Family.EXFILTRATION, (C.REVEAL, C.SECRET), 8, opens=C.REVEAL),
    _rule(Family.EXFILTRATION, (C.REVEAL, C.SECRET), 8, CERTAIN, DOUBT),
    _rule(Family.EXFILTRATION, (C.REVEAL, C.YOURS, C.RULES), 8, CERTAIN, NOTHING),
    _rule(Family.EXFILTRATION, (C.REVEAL, C.TEXT, C.ABOVE), 6, CERTAIN, DOUBT),
    _rule(Family.EXFILTRATION, (C.REVEAL, C.CREDENTIAL), 10, CERTAIN, DOUBT, opens=C.REVEAL),
    _rule(Family.EXFILTRATION, (C.REVEAL, C.CREDENTIAL), 8, CERTAIN, NOTHING),
    _rule(Family.EXFILTRATION, (C.REVEAL, C.OTHER_PEOPLE), 8, CERTAIN, NOTHING),
    _rule(Family.EXFILTRATION, (C.REVEAL, C.TOOL, C.YOURS), 10, CERTAIN, NOTHING),
    _rule(Family.EXFILTRATION, (C.YOURS, C.SECRET), 4, CERTAIN, DOUBT),
    _rule(Family.EXFILTRATION, (C.YOUR_SECRET, C.RULES), 4, CERTAIN, DOUBT),
    _rule(Family.EXFILTRATION, (C.YOUR_SECRET, C.TEXT), 10, CERTAIN, DOUBT),
    _rule(Family.EXFILTRATION, (C.SECRET,), 1, DOUBT, NOTHING),
    _rule(Family.EXFILTRATION, (C.YOUR_SECRET,), 1, DOUBT, NOTHING),
    _rule(Family.EXFILTRATION, (C.CREDENTIAL,), 1, DOUBT, NOTHING),
    _rule(Family.EXFILTRATION, (C.OTHER_PEOPLE,), 1, DOUBT, NOTHING),
)
_ROLE_PLAY: tuple[Rule, ...] = (
    _rule(Family.ROLE_PLAY, (C.BECOME, C.PERSONA), 10),
    _rule(Family.ROLE_PLAY, (C.BECOME, C.MACHINE), 8),
    _rule(Family.ROLE_PLAY, (C.BECOME, C.UNBOUND), 15),
    _rule(Family.ROLE_PLAY, (C.BECOME, C.MODE), 8),
    _rule(Family.ROLE_PLAY, (C.PLAY, C.UNBOUND), 12),
    _rule(Family.ROLE_PLAY, (C.MACHINE, C.UNBOUND), 10),
    _rule(Family.ROLE_PLAY, (C.BECOME,), 3, CERTAIN, DOUBT, opens=C.BECOME),
    _rule(Family.ROLE_PLAY, (C.PLAY, C.PERSONA), 8, CERTAIN, DOUBT),
    _rule(Family.ROLE_PLAY, (C.MODE,), 1, CERTAIN, NOTHING),
    _rule(Family.ROLE_PLAY, (C.UNBOUND,), 1, DOUBT, NOTHING),
    _rule(Family.ROLE_PLAY, (C.BECOME,), 1, DOUBT, NOTHING),
)
_JUDGEMENT: tuple[Rule, ...] = (
    _rule(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE, C.CHANGE, C.DOCUMENT), 25),
    _rule(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE, C.RECOMMEND), 25),
    _rule(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE, C.TOP_SCORE), 25),
    _rule(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE, C.NO_EVALUATION), 25),
    _rule(Family.AI_ADDRESSED, (C.MACHINE, C.READING, C.CHANGE, C.DOCUMENT), 20),
    _rule(Family.AI_ADDRESSED, (C.BOT_READER, C.MACHINE), 8),
    _rule(Family.AI_ADDRESSED, (C.BOT_READER, C.DISMISS), 12),
    _rule(Family.AI_ADDRESSED, (C.BOT_READER, C.NO_EVALUATION), 12),
    _rule(Family.AI_ADDRESSED, (C.BOT_READER, C.CHANGE, C.DOCUMENT), 15),
    _rule(Family.AI_ADDRESSED, (C.MACHINE, C.READING, C.CHANGE), 20, CERTAIN, DOUBT),
    _rule(Family.AI_ADDRESSED, (C.MACHINE, C.OUGHT, C.CHANGE, C.DOCUMENT), 14, CERTAIN, DOUBT),
    _rule(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE, C.READING), 8, DOUBT, DOUBT),
    _rule(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE, C.ADD, C.DOCUMENT), 14, CERTAIN, DOUBT),
    _rule(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE), 3, CERTAIN, DOUBT, opens=C.ADDRESS),
    _rule(Family.AI_ADDRESSED, (C.BOT_READER,), 1, CERTAIN, DOUBT),
    _rule(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE), 3, DOUBT, NOTHING),
    _rule(Family.AI_ADDRESSED, (C.MACHINE,), 2, DOUBT, NOTHING, opens=C.MACHINE),
    _rule(Family.SCORE, (C.PLANTED,), 1),
    _rule(Family.SCORE, (C.PRAISE, C.DOCUMENT, C.RESPOND), 20),
    _rule(Family.SCORE, (C.DISMISS, C.SCORING, C.DOCUMENT), 12),
    _rule(Family.SCORE, (C.NO_EVALUATION, C.DOCUMENT), 4),
    _rule(Family.SCORE, (C.JUST_SAY, C.RECOMMEND), 12),
    _rule(Family.SCORE, (C.RATE, C.TOP_SCORE, C.NO_MATTER, C.DOCUMENT), 14),
    _rule(Family.SCORE, (C.RATE, C.TOP_SCORE, C.NO_MATTER), 12, CERTAIN, DOUBT),
    _rule(Family.SCORE, (C.RATE, C.CANDIDATE, C.TOP_SCORE), 10, CERTAIN, DOUBT, opens=C.RATE),
    _rule(Family.SCORE, (C.RATE, C.CANDIDATE, C.TOP_SCORE), 10, CERTAIN, DOUBT),
    _rule(Family.SCORE, (C.DISMISS, C.CAREER, C.DOCUMENT, C.TOP_SCORE), 16),
    _rule(Family.SCORE, (C.RATE, C.DOCUMENT, C.NO_MATTER), 12, CERTAIN, DOUBT, opens=C.RATE),
    _rule(Family.SCORE, (C.RATE, C.CANDIDATE, C.NO_MATTER), 12, CERTAIN, NOTHING),
    _rule(Family.SCORE, (C.SCORING, C.TOP_SCORE), 7, DOUBT, NOTHING),
    _rule(Family.SCORE, (C.RECOMMEND, C.DOCUMENT), 8, CERTAIN, DOUBT),
    _rule(Family.SCORE, (C.DISMISS, C.SCORING), 4, CERTAIN, DOUBT),
    _rule(Family.SCORE, (C.NO_EVALUATION,), 1, CERTAIN, DOUBT),
    _rule(Family.SCORE, (C.PRAISE, C.DOCUMENT), 10, CERTAIN, DOUBT),
    _rule(Family.SCORE, (C.PRAISE,), 1, CERTAIN, NOTHING),
    _rule(Family.SCORE, (C.RATE, C.CANDIDATE, C.EXCELLENT), 10, DOUBT, NOTHING),
    _rule(Family.SCORE, (C.RATE, C.TOP_SCORE), 8, DOUBT, NOTHING),
    _rule(Family.SCORE, (C.APPLICANT,), 1, DOUBT, NOTHING),
    _rule(Family.SCORE, (C.RATE, C.APPLICANT), 7, DOUBT, DOUBT, opens=C.RATE),
    _rule(Family.SCORE, (C.RESPOND, C.APPLICANT), 7, DOUBT, DOUBT, opens=C.RESPOND),
    _rule(Family.SCORE, (C.DISMISS, C.APPLICANT), 7, DOUBT, DOUBT, opens=C.DISMISS),
    _rule(Family.SCORE, (C.EDIT, C.APPLICANT), 12, DOUBT, DOUBT, opens=C.EDIT),
    _rule(Family.AI_ADDRESSED, (C.AI_WORD,), 6, DOUBT, NOTHING, (C.MINE,)),
    _rule(Family.SCORE, (C.RECOMMEND,), 1, DOUBT, NOTHING),
    _rule(Family.SCORE, (C.NO_MATTER, C.SCORING), 8, DOUBT, NOTHING),
)
_UNTRUTH: tuple[Rule, ...] = (
    _rule(Family.FABRICATION, (C.INVENT, C.CAREER), 9, CERTAIN, NOTHING),
    _rule(Family.FABRICATION, (C.INVENT, C.CAREER, C.DOCUMENT), 12, CERTAIN, DOUBT),
    _rule(Family.FABRICATION, (C.FAKE, C.CAREER, C.DOCUMENT), 9, CERTAIN, DOUBT),
    _rule(Family.FABRICATION, (C.FAKE, C.CAREER), 6, CERTAIN, NOTHING),
    _rule(Family.FABRICATION, (C.INVENT, C.CAREER), 9, opens=C.INVENT),
    _rule(Family.FABRICATION, (C.ADD, C.NOT_MINE), 14, DOUBT, NOTHING, opens=C.ADD),
    _rule(Family.FABRICATION, (C.CLAIM_FALSELY,), 1, CERTAIN, DOUBT),
    _rule(Family.FABRICATION, (C.ADD, C.UNTRUE), 30, CERTAIN, DOUBT),
    _rule(Family.FABRICATION, (C.UNTRUE, C.CAREER), 15, CERTAIN, NOTHING),
    _rule(Family.FABRICATION, (C.EDIT, C.CAREER, C.DOCUMENT), 14, DOUBT, DOUBT, (C.MINE,), opens=C.EDIT),
    _rule(Family.FABRICATION, (C.ADD, C.NOT_MINE, C.CAREER), 25, DOUBT, NOTHING),
    _rule(Family.FABRICATION, (C.ADD, C.NUMBER, C.CAREER), 8, DOUBT, NOTHING),
    _rule(Family.FABRICATION, (C.INVENT,), 1, DOUBT, NOTHING),
)
_HARM: tuple[Rule, ...] = (
    _rule(Family.HARMFUL, (C.HOW_TO, C.HARM), 15, CERTAIN, NOTHING),
    _rule(Family.HARMFUL, (C.HOW_TO, C.HARM), 6, CERTAIN, DOUBT),
    _rule(Family.HARMFUL, (C.ASK, C.HARM), 30, CERTAIN, NOTHING, (C.MINE,)),
    _rule(Family.HARMFUL, (C.HARM,), 14, CERTAIN, DOUBT, (C.MINE,), opens=C.REQUEST),
    _rule(Family.HARMFUL, (C.ASK, C.HARM), 12, DOUBT, NOTHING),
)
_TOOLS: tuple[Rule, ...] = (
    _rule(Family.TOOLS, (C.SEND, C.PERSONAL_DATA, C.LINK), 15, CERTAIN, NOTHING, (C.YOURS,)),
    _rule(Family.TOOLS, (C.FORWARD, C.DOCUMENT, C.LINK), 8, CERTAIN, DOUBT, (C.YOURS,)),
    _rule(Family.TOOLS, (C.FETCH, C.LINK), 6, CERTAIN, NOTHING),
    _rule(Family.TOOLS, (C.FORWARD, C.LINK, C.OBEY), 14, CERTAIN, DOUBT, opens=C.FORWARD),
    _rule(Family.TOOLS, (C.GRANT, C.CREDITS, C.NUMBER), 7, CERTAIN, DOUBT),
    _rule(Family.TOOLS, (C.GRANT, C.CREDITS), 8, CERTAIN, NOTHING),
    _rule(Family.TOOLS, (C.CALL, C.TOOL), 5, CERTAIN, NOTHING),
    _rule(Family.TOOLS, (C.CALL, C.OWN_TOOL), 6, CERTAIN, CERTAIN),
    _rule(Family.TOOLS, (C.DELETE, C.RECORD), 6, CERTAIN, DOUBT, opens=C.DELETE),
    _rule(Family.TOOLS, (C.DELETE, C.RECORD), 6, CERTAIN, NOTHING),
    _rule(Family.TOOLS, (C.SEND, C.LINK), 6, DOUBT, NOTHING),
    _rule(Family.TOOLS, (C.TOOL, C.NUMBER), 4, DOUBT, NOTHING),
    _rule(Family.HIDDEN, (C.DECODE, C.OBEY), 10, CERTAIN, NOTHING),
    _rule(Family.HIDDEN, (C.CIPHER, C.OBEY), 10, CERTAIN, DOUBT),
    _rule(Family.HIDDEN, (C.CIPHER, C.REVEAL), 8, DOUBT, NOTHING),
)
_ELSEWHERE: tuple[Rule, ...] = (
    _rule(Family.OFF_TOPIC, (C.ASK, C.LEISURE), 14, CERTAIN, NOTHING, (C.MINE,)),
    _rule(Family.OFF_TOPIC, (C.ASK, C.SOFTWARE_WISH), 10, CERTAIN, NOTHING),
    _rule(Family.OFF_TOPIC, (C.QUESTION, C.LEISURE), 10, CERTAIN, NOTHING),
    _rule(Family.OFF_TOPIC, (C.LEISURE, C.DOCUMENT), 16, CERTAIN, DOUBT, opens=C.REQUEST),
    _rule(Family.OFF_TOPIC, (C.REQUEST, C.LEISURE), 8, CERTAIN, DOUBT, opens=C.REQUEST),
    _rule(Family.OFF_TOPIC, (C.REQUEST, C.SOFTWARE_WISH), 8, CERTAIN, DOUBT, opens=C.REQUEST),
    _rule(Family.OFF_TOPIC, (C.ASK, C.LEISURE), 10, DOUBT, NOTHING),
    _rule(Family.OFF_TOPIC, (C.ASK, C.SOFTWARE_WISH), 8, DOUBT, NOTHING),
)
RULES = _OVERRIDE + _EXFILTRATION + _ROLE_PLAY + _JUDGEMENT + _UNTRUTH + _HARM + _TOOLS + _ELSEWHERE
