"""The table of rules: which concepts together, how close, mean which kind of attack, and what follows from it.

Knows concepts only; the words behind them, in any language, are in `words/concepts.txt`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product

from services.guardrail_rules.concepts import Concept as C  # noqa: N817 - the table below is read by its columns
from services.guardrail_rules.findings import Family, Weight

CERTAIN, DOUBT, NOTHING = Weight.CERTAIN, Weight.DOUBT, Weight.NOTHING


@dataclass(frozen=True, slots=True)
class Rule:
    """All `needs` within `within` words, none of `unless` in that stretch, the sentence opening with `opens`.

    `heads` need only open a clause. With `in_order` the needs stand in the order given.

    `alone` weighs in instructions and in texts that are no job advertisement, `in_ad` inside an advertisement.
    """

    family: Family
    needs: tuple[C, ...]
    within: int
    alone: Weight = Weight.CERTAIN
    in_ad: Weight = Weight.CERTAIN
    unless: frozenset[C] = frozenset()
    opens: C | None = None
    heads: C | None = None
    in_order: bool = False

    @property
    def is_order(self) -> bool:
        """Whether the rule hears somebody being told to do something, not only its words in one sentence."""
        return self.opens is not None or self.heads is not None or self.in_order


def _rules(
    family: Family,
    needs: tuple[C | tuple[C, ...], ...],
    within: int,
    alone: Weight = CERTAIN,
    in_ad: Weight = CERTAIN,
    unless: tuple[C, ...] = (),
    opens: C | None = None,
    heads: C | None = None,
    in_order: bool = False,
) -> Iterator[Rule]:
    """The rules that one line of the table stands for: of concepts in brackets any one will do."""
    for chosen in product(*(need if isinstance(need, tuple) else (need,) for need in needs)):
        yield Rule(family, chosen, within, alone, in_ad, frozenset(unless), opens, heads, in_order)


_SOFTWARE = (C.ARTEFACT, C.TALKER, C.MACHINE)
_SHALL = (C.OUGHT, C.WILL_DO)
_MACHINE_THAT_READS: tuple[tuple[C | tuple[C, ...], ...], ...] = (
    (_SOFTWARE, C.HANDLES, C.THESE_LINES),
    (_SOFTWARE, C.THESE_LINES, C.HANDLES),
    ((C.THESE_LINES, C.ADDRESS), C.HANDLES, _SOFTWARE),
    (C.THESE_LINES, _SOFTWARE, C.HANDLES),
    (_SOFTWARE, C.READING),
)
"""The orders in which languages say "the program that reads this advertisement" and "read by a program"."""
_HIJACKS: tuple[tuple[C, ...], ...] = (
    (C.SECRET,),
    (C.INVENT,),
    (C.UNTRUE,),
    (C.DISMISS, C.RULES),
    (C.PRIOR, C.RULES),
    (C.TOP_SCORE,),
    (C.ADD, C.DEGREE),
    (C.ASK, C.LEISURE),
)
"""What nobody tells software in good faith: secrets, untruths, its rules, marks, somebody's degrees, pastimes."""

_OVERRIDE: tuple[Rule, ...] = (
    *_rules(Family.OVERRIDE, (C.DISMISS, C.YOURS, C.TOLD), 8, CERTAIN, DOUBT, unless=(C.MINE,), heads=C.DISMISS),
    *_rules(Family.OVERRIDE, (C.DISMISS, (C.PRIOR, C.YOURS), C.RULES), 9, unless=(C.MINE,), in_order=True),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.RULES, (C.PRIOR, C.YOURS)), 9, unless=(C.MINE,), in_order=True),
    *_rules(Family.OVERRIDE, (C.PRIOR, C.RULES, C.DISMISS), 9, unless=(C.MINE,), in_order=True),
    *_rules(Family.OVERRIDE, (C.YOURS, C.RULES, C.DISMISS), 5, CERTAIN, DOUBT, unless=(C.MINE,), in_order=True),
    *_rules(Family.OVERRIDE, (C.DISMISS, (C.PRIOR, C.YOURS), C.RULES), 9, CERTAIN, NOTHING, unless=(C.MINE,)),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.RULES, C.VOID), 12),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.SECRET), 5, unless=(C.MINE,)),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.YOUR_SECRET), 8, unless=(C.MINE,)),
    *_rules(Family.OVERRIDE, ((C.DISMISS, C.VOID), C.EVERYTHING, C.PRIOR), 10),
    *_rules(Family.OVERRIDE, (C.ONLY_A_TEST,), 1, DOUBT, DOUBT),
    *_rules(Family.OVERRIDE, (C.VOID, C.ABOVE, C.RULES), 10, unless=(C.MINE,)),
    *_rules(Family.OVERRIDE, (C.VOID, C.ALL, C.PRIOR, C.RULES), 10, unless=(C.MINE,)),
    *_rules(Family.OVERRIDE, (C.VOID, C.PRIOR, C.RULES), 10, CERTAIN, DOUBT, unless=(C.MINE,)),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.RULES, C.JUST_SAY), 16),
    *_rules(Family.OVERRIDE, ((C.DISMISS, C.OVERRULE), C.OWN_TASK), 5),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.YOUR_TASK), 5, CERTAIN, DOUBT, unless=(C.MINE,)),
    *_rules(Family.OVERRIDE, (C.CONVERSATION, (C.UNBOUND, C.STOP_WORK)), 12),
    *_rules(Family.OVERRIDE, (C.PROCEED, C.OWN_TASK), 16),
    *_rules(Family.OVERRIDE, ((C.VOID, C.DISABLE), C.SAFEGUARD), 8, CERTAIN, DOUBT),
    *_rules(Family.OVERRIDE, (C.NEW_TASK, C.RESPOND), 6, opens=C.NEW_TASK),
    *_rules(Family.OVERRIDE, (C.NEW_TASK, C.OVERRULE), 6),
    *_rules(Family.OVERRIDE, (C.NEW_TASK, C.DISMISS), 10),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.RULES, C.MACHINE), 8, opens=C.DISMISS),
    *_rules(Family.OVERRIDE, (C.MACHINE, C.DISMISS, C.YOURS, C.RULES), 8, opens=C.MACHINE),
    *_rules(Family.OVERRIDE, (C.DISMISS, (C.UNBOUND, C.MAKER, C.CONVERSATION, C.ALLOWED)), 12, CERTAIN, DOUBT),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.ALL, C.RULES), 5, CERTAIN, DOUBT, unless=(C.MINE,)),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.SAFEGUARD), 5, CERTAIN, DOUBT),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.ABOVE), 3, CERTAIN, DOUBT),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.DOCUMENT, C.RESPOND), 10, CERTAIN, DOUBT, unless=(C.MINE,)),
    *_rules(Family.OVERRIDE, (C.VOID, (C.RULES, C.YOUR_SECRET)), 8, CERTAIN, DOUBT, unless=(C.MINE,)),
    *_rules(Family.OVERRIDE, (C.NEW_TASK, C.REQUEST), 5, CERTAIN, DOUBT),
    *_rules(Family.OVERRIDE, (C.JUST_SAY, C.DISMISS), 20, CERTAIN, DOUBT),
    *_rules(Family.OVERRIDE, ((C.JUST_SAY, C.STOP_WORK),), 1, CERTAIN, DOUBT),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.RULES), 8, CERTAIN, DOUBT, unless=(C.MINE,), opens=C.DISMISS),
    *_rules(Family.OVERRIDE, (C.RESPOND, C.MACHINE_FORMAT), 6, DOUBT, NOTHING),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.EVERYTHING), 3, DOUBT, DOUBT),
    *_rules(Family.OVERRIDE, (C.VOID, C.MAKER), 12, CERTAIN, DOUBT),
    *_rules(Family.OVERRIDE, (C.ALLOWED, (C.RULES, C.UNBOUND, C.SAFEGUARD)), 12, CERTAIN, DOUBT),
    *_rules(Family.OVERRIDE, (C.STOP_WORK, C.REQUEST), 12, CERTAIN, DOUBT),
    *_rules(Family.OVERRIDE, (C.CONVERSATION, C.RULES), 8, DOUBT, DOUBT),
    *_rules(Family.OVERRIDE, (C.NEW_TASK,), 1, DOUBT, DOUBT, opens=C.NEW_TASK),
    *_rules(Family.OVERRIDE, ((C.NEW_TASK, C.MAKER, C.CONVERSATION, C.ALLOWED),), 1, DOUBT, NOTHING),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.RULES), 5, DOUBT, DOUBT, heads=C.DISMISS),
    *_rules(Family.OVERRIDE, (C.DISMISS, C.RULES), 5, DOUBT, NOTHING),
    *_rules(Family.OVERRIDE, (C.TALKER, C.OUGHT, C.DISMISS), 10, CERTAIN, DOUBT, in_order=True),
    *_rules(Family.OVERRIDE, (C.VOID, C.RULES), 8, DOUBT, NOTHING),
    *_rules(Family.OVERRIDE, (C.YOURS, (C.RULES, C.SAFEGUARD)), 3, DOUBT, NOTHING, unless=(C.MINE,)),
    *_rules(Family.OVERRIDE, (C.MACHINE, C.VOID, C.YOUR_SECRET), 12),
    *_rules(Family.OVERRIDE, (C.MACHINE, C.VOID, C.YOURS, C.RULES), 12),
    *_rules(Family.OVERRIDE, (C.REPLY,), 1, DOUBT, NOTHING, opens=C.REPLY),
)
_EXFILTRATION: tuple[Rule, ...] = (
    *_rules(Family.EXFILTRATION, (C.DIVULGE, C.YOUR_SECRET), 8),
    *_rules(Family.EXFILTRATION, (C.REVEAL, (C.SECRET, C.YOUR_SECRET)), 8, CERTAIN, DOUBT),
    *_rules(Family.EXFILTRATION, (C.REVEAL, C.YOURS, C.SECRET), 8),
    *_rules(Family.EXFILTRATION, (C.REVEAL, C.YOURS, C.KEPT_BACK, C.RULES), 8, CERTAIN, DOUBT, unless=(C.MINE,)),
    *_rules(Family.EXFILTRATION, (C.KEPT_BACK, C.RULES, C.YOURS), 4, CERTAIN, NOTHING, unless=(C.MINE,)),
    *_rules(Family.EXFILTRATION, (C.KEPT_BACK, (C.RULES, C.TEXT), C.MAKER), 6, CERTAIN, DOUBT),
    *_rules(Family.EXFILTRATION, (C.KEPT_BACK, (C.RULES, C.TEXT)), 4, DOUBT, NOTHING, unless=(C.MINE,)),
    *_rules(Family.EXFILTRATION, (C.REVEAL, C.YOUR_SECRET, C.WHOLE), 14, heads=C.REVEAL),
    *_rules(
        Family.EXFILTRATION,
        (C.REVEAL, C.OTHER_PEOPLE, (C.DOCUMENT, C.PERSONAL_DATA)),
        16,
        CERTAIN,
        DOUBT,
        heads=C.REVEAL,
    ),
    *_rules(Family.EXFILTRATION, (C.RECORD, C.PERSONAL_DATA, C.PLACE), 16, CERTAIN, DOUBT),
    *_rules(Family.EXFILTRATION, ((C.REVEAL, C.YOUR_SECRET), C.MAKER), 12),
    *_rules(Family.EXFILTRATION, (C.TALKER, C.REVEAL, C.YOUR_SECRET), 16),
    *_rules(Family.EXFILTRATION, ((C.TEXT, C.TALKER), C.YOUR_SECRET), 12, CERTAIN, DOUBT),
    *_rules(Family.EXFILTRATION, (C.YOUR_SECRET, C.THE_RESUME), 16),
    *_rules(Family.EXFILTRATION, (C.REVEAL, C.SECRET), 8, opens=C.REVEAL),
    *_rules(Family.EXFILTRATION, (C.DIVULGE, C.YOURS, C.RULES), 8, CERTAIN, DOUBT, opens=C.DIVULGE),
    *_rules(Family.EXFILTRATION, (C.MACHINE, C.REVEAL, C.RULES), 8, CERTAIN, DOUBT, opens=C.MACHINE),
    *_rules(Family.EXFILTRATION, (C.REVEAL, C.YOURS, (C.RULES, C.TOOL)), 10, CERTAIN, NOTHING),
    *_rules(Family.EXFILTRATION, (C.REVEAL, (C.PROMPT, C.CREDENTIAL, C.OTHER_PEOPLE)), 8, CERTAIN, NOTHING),
    *_rules(Family.EXFILTRATION, (C.QUESTION, (C.YOUR_SECRET, C.PROMPT)), 10, CERTAIN, NOTHING, opens=C.QUESTION),
    *_rules(
        Family.EXFILTRATION, ((C.SECRET, C.YOUR_SECRET, C.PROMPT, C.CREDENTIAL, C.OTHER_PEOPLE),), 1, DOUBT, NOTHING
    ),
    *_rules(Family.EXFILTRATION, (C.REPLY, C.CREDENTIAL), 6, CERTAIN, DOUBT, in_order=True),
    *_rules(Family.EXFILTRATION, (C.LEAK,), 1, DOUBT, NOTHING, opens=C.LEAK),
    *_rules(Family.EXFILTRATION, (C.REVEAL, C.TEXT, C.ABOVE), 6, CERTAIN, DOUBT),
    *_rules(Family.EXFILTRATION, (C.REVEAL, C.CREDENTIAL), 10, CERTAIN, DOUBT, opens=C.REVEAL),
    *_rules(Family.EXFILTRATION, (C.YOURS, C.SECRET), 4, CERTAIN, DOUBT),
    *_rules(Family.EXFILTRATION, (C.YOUR_SECRET, C.RULES), 4, CERTAIN, DOUBT),
    *_rules(Family.EXFILTRATION, (C.YOUR_SECRET, C.EDIT), 25, CERTAIN, NOTHING),
    *_rules(Family.EXFILTRATION, (C.CREDENTIAL, C.QUESTION), 8, CERTAIN, NOTHING, unless=(C.MINE,), opens=C.QUESTION),
    *_rules(Family.EXFILTRATION, (C.YOUR_SECRET, C.SHALL_NOW), 20, CERTAIN, DOUBT),
    *_rules(Family.EXFILTRATION, (C.REVEAL, C.YOURS), 3, DOUBT, NOTHING, unless=(C.MINE,), opens=C.REVEAL),
)
_ROLE_PLAY: tuple[Rule, ...] = (
    *_rules(Family.ROLE_PLAY, (C.BECOME, (C.PERSONA, C.MACHINE)), 10, opens=C.BECOME),
    *_rules(Family.ROLE_PLAY, (C.BECOME, (C.PLAY, C.PERSONA, C.MACHINE)), 10, CERTAIN, DOUBT),
    *_rules(Family.ROLE_PLAY, (C.BECOME, C.UNBOUND), 15, opens=C.BECOME),
    *_rules(Family.ROLE_PLAY, (C.PLAY, C.UNBOUND), 12, opens=C.PLAY),
    *_rules(Family.ROLE_PLAY, ((C.BECOME, C.YOU_ARE), C.UNBOUND), 15, CERTAIN, DOUBT),
    *_rules(Family.ROLE_PLAY, (C.BECOME, C.MODE), 8),
    *_rules(Family.ROLE_PLAY, ((C.PLAY, C.MACHINE), C.UNBOUND), 12, CERTAIN, DOUBT),
    *_rules(Family.ROLE_PLAY, (C.BECOME,), 3, CERTAIN, DOUBT, opens=C.BECOME),
    *_rules(Family.ROLE_PLAY, (C.PLAY, C.PERSONA), 8, CERTAIN, DOUBT),
    *_rules(Family.ROLE_PLAY, (C.YOU_ARE, C.MACHINE, C.UNBOUND), 14, opens=C.YOU_ARE),
    *_rules(Family.ROLE_PLAY, (C.YOU_ARE, (C.PERSONA, C.MACHINE)), 8, CERTAIN, NOTHING, opens=C.YOU_ARE),
    *_rules(Family.ROLE_PLAY, (C.SIMULATION, C.UNBOUND), 12),
    *_rules(Family.ROLE_PLAY, (C.SIMULATION, C.SAFEGUARD), 12, CERTAIN, DOUBT),
    *_rules(Family.ROLE_PLAY, (C.SIMULATION, C.PERSONA), 14, CERTAIN, NOTHING),
    *_rules(Family.ROLE_PLAY, (C.SIMULATION, C.HARM), 20, CERTAIN, NOTHING),
    *_rules(Family.ROLE_PLAY, (C.MODE,), 1, CERTAIN, NOTHING),
    *_rules(Family.ROLE_PLAY, (C.YOU_ARE,), 1, DOUBT, NOTHING, opens=C.YOU_ARE),
    *_rules(Family.ROLE_PLAY, ((C.BECOME, C.UNBOUND, C.SIMULATION),), 1, DOUBT, NOTHING),
    *_rules(Family.ROLE_PLAY, (C.CONVERSATION, C.BECOME), 8, CERTAIN, DOUBT),
    *_rules(Family.ROLE_PLAY, (C.PLAY,), 1, DOUBT, NOTHING, opens=C.PLAY),
)
_JUDGEMENT: tuple[Rule, ...] = (
    *_rules(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE, C.CHANGE, C.DOCUMENT), 25),
    *_rules(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE, (C.TOP_SCORE, C.RECOMMEND, C.NO_EVALUATION)), 25),
    *_rules(Family.AI_ADDRESSED, (C.MACHINE, C.READING, C.CHANGE, C.DOCUMENT), 20),
    *_rules(
        Family.AI_ADDRESSED, (C.ADDRESS, C.TALKER, (C.DISMISS, C.RULES, C.YOUR_SECRET, C.INVENT)), 25, opens=C.ADDRESS
    ),
    *_rules(Family.AI_ADDRESSED, (C.ADDRESS, C.TALKER, C.ADD, C.CAREER), 25, opens=C.ADDRESS),
    *_rules(Family.AI_ADDRESSED, (C.ADDRESS, C.TALKER, (C.CONVERSATION, C.THE_RESUME)), 25),
    *_rules(Family.AI_ADDRESSED, (C.ADDRESS, C.TALKER, C.CHANGE, C.LINK), 25),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.SHALL_NOW, (C.TOP_SCORE, C.DOCUMENT)), 20),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.OUGHT, C.SAFEGUARD), 16, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.CONVERSATION, C.TALKER), 16, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.FETCH, C.LINK), 16),
    *_rules(Family.AI_ADDRESSED, (C.MACHINE, C.SHALL_NOW, C.HARM), 20),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, (C.READING, C.SHALL_NOW)), 6, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.OUGHT, C.SCORING), 10, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.OUGHT, C.SCORING, C.NUMBER), 12, opens=C.TALKER),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.OUGHT, C.CHANGE), 12, CERTAIN, DOUBT, opens=C.TALKER),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.RATE, C.APPLICANT), 10, CERTAIN, DOUBT, opens=C.TALKER),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.RATE, C.APPLICANT, C.TOP_SCORE), 14),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.RATE, C.TOP_SCORE), 5, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, (C.REPLY, C.OUGHT)), 4, CERTAIN, DOUBT, opens=C.TALKER),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.REQUEST), 2, CERTAIN, DOUBT, opens=C.TALKER),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.READING, (C.DISMISS, C.RULES)), 16),
    *(
        rule
        for reader in _MACHINE_THAT_READS
        for rule in (
            *_rules(
                Family.AI_ADDRESSED,
                (*reader, _SHALL),
                18,
                CERTAIN,
                DOUBT,
                unless=(C.NEGATION, C.YOURS),
                in_order=True,
            ),
            *(
                rule
                for hijack in _HIJACKS
                for order in permutations(hijack)
                for rule in _rules(Family.AI_ADDRESSED, (*reader, _SHALL, *order), 30, in_order=True)
            ),
        )
    ),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.OUGHT), 10, DOUBT, DOUBT, in_order=True),
    *_rules(
        Family.AI_ADDRESSED,
        (_SOFTWARE, C.OUGHT, (C.ADD, C.SAY_THAT, C.RATE), (C.CAREER, C.CANDIDATE, C.DEGREE)),
        25,
        DOUBT,
        DOUBT,
        in_order=True,
    ),
    *_rules(Family.OVERRIDE, (_SOFTWARE, C.HANDLES, C.RULES, C.DISMISS), 20, CERTAIN, DOUBT),
    *_rules(Family.ROLE_PLAY, (_SOFTWARE, C.HANDLES, C.THESE_LINES, C.UNBOUND), 20),
    *_rules(Family.AI_ADDRESSED, (_SOFTWARE, _SHALL, C.DISMISS), 8, CERTAIN, DOUBT, in_order=True),
    *_rules(Family.EXFILTRATION, (_SOFTWARE, C.HANDLES, C.THESE_LINES, (C.SECRET, C.YOUR_SECRET)), 30),
    *_rules(Family.AI_ADDRESSED, (_SOFTWARE, C.HANDLES, C.THESE_LINES), 7, DOUBT, NOTHING, in_order=True),
    *_rules(Family.AI_ADDRESSED, (C.HUSH, (C.RATE, C.ADD, C.CHANGE, C.TALKER, C.TOP_SCORE)), 25),
    *_rules(Family.AI_ADDRESSED, (C.HUSH,), 1, DOUBT, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.READING, C.CHANGE, C.THE_RESUME), 25),
    *_rules(Family.AI_ADDRESSED, (C.READING, C.INVENT), 20, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.READING, C.APPLICANT, C.SCORING), 25, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.NOTICE, C.TALKER, (C.DISMISS, C.TOP_SCORE, C.THE_RESUME)), 25),
    *_rules(Family.AI_ADDRESSED, (C.NOTICE, C.TALKER, C.RATE, C.CANDIDATE), 25, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.NOTICE, C.MACHINE, C.NO_EVALUATION), 25),
    *_rules(Family.AI_ADDRESSED, (C.NOTICE, C.TALKER), 7, CERTAIN, DOUBT, heads=C.NOTICE),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.OUGHT, C.CANDIDATE, C.TOP_SCORE), 20, opens=C.TALKER, in_order=True),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.OUGHT, (C.CANDIDATE, C.SAY_THAT)), 14, CERTAIN, DOUBT, in_order=True),
    *_rules(Family.AI_ADDRESSED, (C.TALKER, C.RULES), 6, DOUBT, DOUBT, opens=C.TALKER),
    *_rules(Family.AI_ADDRESSED, (C.READING, (C.CANDIDATE, C.TOP_SCORE)), 12, DOUBT, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.READING, C.OUGHT, C.RESPOND), 8, DOUBT, DOUBT, in_order=True),
    *_rules(Family.AI_ADDRESSED, ((C.PROCEED, C.CALLED, C.ITSELF, C.MADE_PAPER),), 1, DOUBT, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.ALL_PAPERS, C.OUGHT), 14, DOUBT, DOUBT, unless=(C.SEND, C.YOURS)),
    *_rules(Family.AI_ADDRESSED, (C.OUGHT, C.ALL_PAPERS), 14, DOUBT, DOUBT, unless=(C.SEND, C.YOURS), in_order=True),
    *_rules(Family.AI_ADDRESSED, (C.CONVERSATION,), 1, DOUBT, DOUBT, opens=C.CONVERSATION),
    *_rules(
        Family.AI_ADDRESSED,
        (_SOFTWARE, _SHALL, (C.RATE, C.ADD, C.EDIT, C.REVEAL, C.DIVULGE)),
        12,
        DOUBT,
        DOUBT,
        in_order=True,
    ),
    *_rules(Family.AI_ADDRESSED, (C.NOTICE, C.TALKER), 5, DOUBT, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.EDIT, C.PLACE), 25, NOTHING, DOUBT, heads=C.EDIT),
    *_rules(Family.AI_ADDRESSED, (C.REVEAL, C.PLACE), 25, NOTHING, DOUBT, heads=C.REVEAL),
    *_rules(Family.AI_ADDRESSED, (C.REQUEST, C.PLACE), 25, NOTHING, DOUBT, heads=C.REQUEST),
    *_rules(Family.AI_ADDRESSED, (C.SEND, C.PLACE, C.LINK), 25, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.BOT_READER, C.TALKER, C.RATE), 14, unless=(C.QUESTION,)),
    *_rules(Family.AI_ADDRESSED, (C.BOT_READER, C.MACHINE), 8, unless=(C.QUESTION,)),
    *_rules(Family.AI_ADDRESSED, (C.BOT_READER, (C.DISMISS, C.NO_EVALUATION)), 12),
    *_rules(Family.AI_ADDRESSED, (C.BOT_READER, C.CHANGE, C.DOCUMENT), 15),
    *_rules(Family.AI_ADDRESSED, (C.MACHINE, C.READING, C.CHANGE), 20, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.MACHINE, C.OUGHT, C.CHANGE, C.DOCUMENT), 14, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE, C.READING), 8, DOUBT, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE, C.ADD, C.DOCUMENT), 14, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.ADDRESS, (C.MACHINE, C.TALKER)), 4, CERTAIN, DOUBT, opens=C.ADDRESS),
    *_rules(Family.AI_ADDRESSED, (C.BOT_READER,), 1, CERTAIN, DOUBT),
    *_rules(Family.AI_ADDRESSED, (C.ADDRESS, C.MACHINE), 3, DOUBT, NOTHING),
    *_rules(Family.AI_ADDRESSED, (C.MACHINE,), 2, DOUBT, NOTHING, opens=C.MACHINE),
    *_rules(Family.SCORE, (C.PLANTED,), 1),
    *_rules(Family.SCORE, (C.THE_AD, C.OUGHT, C.NO_MATTER), 25, DOUBT, DOUBT),
    *_rules(Family.SCORE, (C.DOCUMENT, C.OUGHT, C.NO_MATTER), 25, DOUBT, DOUBT, in_order=True),
    *_rules(Family.SCORE, (C.NO_MATTER, C.THE_RESUME), 6, DOUBT, DOUBT),
    *_rules(Family.SCORE, (C.AS_MET,), 1, DOUBT, DOUBT),
    *_rules(Family.SCORE, (C.PRAISE, C.DOCUMENT, C.RESPOND), 20),
    *_rules(Family.SCORE, (C.DISMISS, C.SCORING, C.DOCUMENT), 12),
    *_rules(Family.SCORE, (C.DISMISS, C.DOCUMENT, C.SAY_THAT), 10, unless=(C.MINE,)),
    *_rules(Family.SCORE, (C.NO_EVALUATION, C.DOCUMENT), 4),
    *_rules(Family.SCORE, (C.JUST_SAY, C.RECOMMEND), 12),
    *_rules(Family.SCORE, (C.RATE, C.TOP_SCORE, C.NO_MATTER, C.DOCUMENT), 14),
    *_rules(Family.SCORE, (C.RATE, C.TOP_SCORE, (C.CANDIDATE, C.NO_MATTER)), 12, CERTAIN, DOUBT),
    *_rules(Family.SCORE, (C.RATE, (C.CANDIDATE, C.SCORING), C.TOP_SCORE), 10, CERTAIN, DOUBT, opens=C.RATE),
    *_rules(Family.SCORE, (C.DISMISS, C.CAREER, C.DOCUMENT, C.TOP_SCORE), 16),
    *_rules(Family.SCORE, (C.RATE, C.DOCUMENT, C.NO_MATTER), 12, CERTAIN, DOUBT, opens=C.RATE),
    *_rules(Family.SCORE, (C.RATE, C.CANDIDATE, C.NO_MATTER), 12, CERTAIN, NOTHING),
    *_rules(Family.SCORE, ((C.RATE, C.SCORING), C.TOP_SCORE), 8, DOUBT, NOTHING),
    *_rules(Family.SCORE, (C.APPLICANT, C.RATE, C.SCORING, C.TOP_SCORE), 16, CERTAIN, DOUBT),
    *_rules(Family.SCORE, (C.RATE, C.SCORING, C.NUMBER), 6, CERTAIN, NOTHING, unless=(C.MINE,), opens=C.RATE),
    *_rules(Family.SCORE, ((C.RATE, C.GRANT), C.THE_RESUME, C.TOP_SCORE), 14),
    *_rules(Family.SCORE, (C.THE_RESUME, C.TOP_SCORE), 14, CERTAIN, DOUBT),
    *_rules(Family.SCORE, (C.APPLICANT, C.OUGHT, C.TOP_SCORE), 6, CERTAIN, NOTHING),
    *_rules(Family.SCORE, (C.NO_MATTER, C.TOP_SCORE, C.SCORING), 14, CERTAIN, DOUBT),
    *_rules(Family.SCORE, (C.NO_EVALUATION, C.SCORING, C.TOP_SCORE), 20),
    *_rules(Family.SCORE, (C.RATE, C.APPLICANT, C.TOP_SCORE), 6, opens=C.RATE),
    *_rules(Family.SCORE, (C.SAY_THAT, C.APPLICANT, C.TOP_SCORE), 10),
    *_rules(Family.SCORE, (C.SAY_THAT, C.APPLICANT), 3, DOUBT, DOUBT),
    *_rules(Family.SCORE, ((C.RECOMMEND, C.PRAISE), C.DOCUMENT), 10, CERTAIN, DOUBT),
    *_rules(Family.SCORE, (C.DISMISS, C.SCORING, C.TOP_SCORE), 4),
    *_rules(Family.SCORE, (C.SAY_THAT, C.APPLICANT, C.UNTRUE), 20),
    *_rules(Family.SCORE, (C.SAY_THAT, C.APPLICANT, C.RECOMMEND), 14),
    *_rules(Family.SCORE, (C.DISMISS, C.SCORING), 4, CERTAIN, DOUBT),
    *_rules(Family.SCORE, (C.NO_EVALUATION,), 1, CERTAIN, DOUBT),
    *_rules(Family.SCORE, (C.PRAISE,), 1, CERTAIN, NOTHING),
    *_rules(Family.SCORE, (C.RATE, C.CANDIDATE, C.EXCELLENT), 10, DOUBT, NOTHING),
    *_rules(Family.SCORE, ((C.APPLICANT, C.RECOMMEND),), 1, DOUBT, NOTHING),
    *_rules(Family.SCORE, (C.RATE, C.APPLICANT), 7, DOUBT, DOUBT, opens=C.RATE),
    *_rules(Family.SCORE, (C.RESPOND, C.APPLICANT), 7, DOUBT, DOUBT, opens=C.RESPOND),
    *_rules(Family.SCORE, (C.DISMISS, C.APPLICANT), 7, DOUBT, DOUBT, opens=C.DISMISS),
    *_rules(Family.SCORE, (C.EDIT, C.APPLICANT), 12, DOUBT, DOUBT, opens=C.EDIT),
    *_rules(Family.SCORE, (C.EDIT, C.THE_RESUME), 12, DOUBT, DOUBT),
    *_rules(Family.SCORE, (C.SAY_THAT, C.THE_RESUME), 12, DOUBT, NOTHING),
    *_rules(Family.SCORE, ((C.DISMISS, C.CHANGE), C.THE_RESUME), 8, DOUBT, DOUBT, unless=(C.MINE,)),
    *_rules(Family.SCORE, (C.UTTER, C.QUOTED), 4, NOTHING, DOUBT, in_order=True),
    *_rules(Family.AI_ADDRESSED, (C.AI_WORD,), 6, DOUBT, NOTHING, unless=(C.MINE,)),
    *_rules(Family.SCORE, (C.NO_MATTER, C.SCORING), 8, DOUBT, NOTHING),
)
_UNTRUTH: tuple[Rule, ...] = (
    *_rules(Family.FABRICATION, (C.INVENT, C.CAREER), 9, CERTAIN, NOTHING),
    *_rules(Family.FABRICATION, (C.INVENT, C.CAREER, (C.MACHINE, C.DOCUMENT)), 12, CERTAIN, DOUBT),
    *_rules(Family.FABRICATION, (C.FAKE, C.CAREER, C.DOCUMENT), 9, CERTAIN, DOUBT),
    *_rules(Family.FABRICATION, (C.FAKE, C.CAREER), 6, CERTAIN, NOTHING),
    *_rules(Family.FABRICATION, (C.INVENT, C.CAREER), 9, opens=C.INVENT),
    *_rules(Family.FABRICATION, (C.INVENT, C.THE_RESUME), 16),
    *_rules(Family.FABRICATION, (C.INVENT,), 1, CERTAIN, NOTHING, opens=C.INVENT),
    *_rules(Family.FABRICATION, (C.FAKE,), 1, CERTAIN, NOTHING, opens=C.FAKE),
    *_rules(Family.FABRICATION, (C.FAKE,), 1, DOUBT, NOTHING, unless=(C.MY_WORK,)),
    *_rules(Family.FABRICATION, (C.GIVE_ME, C.DEGREE), 8, CERTAIN, NOTHING),
    *_rules(Family.FABRICATION, (C.ALTER, C.MINE, C.CAREER), 8, DOUBT, NOTHING, opens=C.ALTER),
    *_rules(Family.FABRICATION, (C.ALTER, C.SENIOR), 8, DOUBT, NOTHING, opens=C.ALTER),
    *_rules(Family.FABRICATION, (C.OVERRULE, C.DEGREE), 9, DOUBT, NOTHING, opens=C.ALTER),
    *_rules(Family.FABRICATION, (C.REQUEST, C.FAKE), 2, DOUBT, DOUBT, opens=C.REQUEST),
    *_rules(Family.FABRICATION, (C.ADD, C.NOT_MINE), 14, DOUBT, NOTHING, opens=C.ADD),
    *_rules(Family.FABRICATION, (C.NEGATION, C.ANYWAY), 14, DOUBT, NOTHING),
    *_rules(Family.FABRICATION, (C.THINK_UP, (C.CAREER, C.DEGREE)), 14, CERTAIN, NOTHING, unless=(C.MINE,)),
    *_rules(Family.FABRICATION, (C.THINK_UP,), 1, DOUBT, NOTHING),
    *_rules(Family.FABRICATION, (C.CLAIM_FALSELY,), 1, CERTAIN, DOUBT),
    *_rules(Family.FABRICATION, (C.SAY_I, (C.NOT_MINE, C.ALTHOUGH)), 25, CERTAIN, NOTHING),
    *_rules(Family.FABRICATION, ((C.INVENT, C.UNTRUE, C.SAY_I),), 1, DOUBT, NOTHING),
    *_rules(Family.FABRICATION, (C.ADD, C.ALTHOUGH), 25, DOUBT, NOTHING, heads=C.ADD),
    *_rules(Family.FABRICATION, (C.ADD_A, C.DEGREE), 4, DOUBT, NOTHING),
    *_rules(Family.FABRICATION, (C.GIVE_ME, C.UNTRUE), 25, CERTAIN, NOTHING),
    *_rules(Family.FABRICATION, (C.ADD, C.UNTRUE), 30, CERTAIN, DOUBT),
    *_rules(Family.FABRICATION, (C.UNTRUE, C.CAREER), 15, CERTAIN, NOTHING),
    *_rules(Family.FABRICATION, (C.EDIT, C.CAREER, C.DOCUMENT), 14, DOUBT, DOUBT, unless=(C.MINE,), opens=C.EDIT),
    *_rules(Family.FABRICATION, (C.ADD, C.NOT_MINE, C.CAREER), 25, DOUBT, NOTHING),
    *_rules(Family.FABRICATION, (C.ADD, C.NUMBER, C.CAREER), 8, DOUBT, NOTHING),
    *_rules(Family.FABRICATION, (C.PLAY, C.CAREER), 4, DOUBT, NOTHING, opens=C.PLAY),
    *_rules(Family.FABRICATION, (C.GIVE_ME, C.CAREER), 8, DOUBT, NOTHING),
)
_HARM: tuple[Rule, ...] = (
    *_rules(Family.HARMFUL, (C.ME_HOW, C.HARM), 15, opens=C.ME_HOW),
    *_rules(Family.HARMFUL, (C.HOW_TO, C.HARM), 15, CERTAIN, NOTHING),
    *_rules(Family.HARMFUL, (C.HOW_TO, C.HARM), 6, CERTAIN, DOUBT),
    *_rules(Family.HARMFUL, (C.ASK, C.HARM), 30, CERTAIN, NOTHING, unless=(C.MINE,)),
    *_rules(Family.HARMFUL, (C.HARM,), 14, CERTAIN, DOUBT, unless=(C.MINE,), opens=C.REQUEST),
    *_rules(Family.HARMFUL, (C.REQUEST, C.HARM), 30, CERTAIN, NOTHING, unless=(C.MINE,), opens=C.REQUEST),
    *_rules(Family.HARMFUL, (C.ASK, C.HARM), 12, CERTAIN, DOUBT, heads=C.ASK),
    *_rules(Family.HARMFUL, (C.ASK, C.HARM), 12, DOUBT, NOTHING),
    *_rules(Family.HARMFUL, (C.HARM,), 1, DOUBT, NOTHING, unless=(C.MINE, C.REPLY, C.MY_WORK)),
)
_TOOLS: tuple[Rule, ...] = (
    *_rules(Family.TOOLS, (C.SEND, C.PERSONAL_DATA, C.LINK), 15, CERTAIN, NOTHING, unless=(C.YOURS,)),
    *_rules(Family.TOOLS, (C.SEND, C.APPLICANT, C.LINK), 14, CERTAIN, DOUBT, heads=C.SEND),
    *_rules(Family.TOOLS, (C.FORWARD, C.DOCUMENT, C.LINK), 8, CERTAIN, DOUBT, unless=(C.YOURS,)),
    *_rules(Family.TOOLS, (C.EDIT, C.PERSONAL_DATA, C.LINK), 16, CERTAIN, DOUBT, unless=(C.MINE,), heads=C.EDIT),
    *_rules(Family.TOOLS, (C.SEND, C.THE_RESUME), 5, CERTAIN, DOUBT, heads=C.SEND),
    *_rules(Family.TOOLS, (C.CALL, C.TOOL, C.RECORD), 9, CERTAIN, DOUBT, opens=C.CALL),
    *_rules(Family.TOOLS, (C.FORWARD, C.THE_RESUME, C.LINK), 12),
    *_rules(Family.TOOLS, (C.FETCH, C.LINK), 6, CERTAIN, NOTHING),
    *_rules(Family.TOOLS, (C.FORWARD, C.LINK, C.OBEY), 14, CERTAIN, DOUBT, opens=C.FORWARD),
    *_rules(Family.TOOLS, (C.GRANT, C.CREDITS, C.NUMBER), 7, CERTAIN, DOUBT),
    *_rules(Family.TOOLS, (C.GRANT, C.CREDITS), 8, CERTAIN, NOTHING),
    *_rules(Family.TOOLS, (C.DELETE, (C.RECORD, C.OWN_RUNS)), 6, CERTAIN, NOTHING),
    *_rules(Family.TOOLS, ((C.OWN_RUNS, C.LOOK_UP),), 1, DOUBT, NOTHING),
    *_rules(Family.TOOLS, (C.CALL, C.TOOL), 5, CERTAIN, NOTHING),
    *_rules(Family.TOOLS, (C.CALL, C.OWN_TOOL), 6),
    *_rules(Family.TOOLS, (C.DELETE, C.RECORD), 6, CERTAIN, DOUBT, opens=C.DELETE),
    *_rules(Family.TOOLS, (C.DELETE, C.TABLE), 6, CERTAIN, NOTHING, opens=C.DELETE),
    *_rules(Family.TOOLS, (C.DELETE, C.TABLE), 6, DOUBT, NOTHING),
    *_rules(Family.TOOLS, (C.ERRAND,), 1, CERTAIN, NOTHING, opens=C.ERRAND),
    *_rules(Family.TOOLS, (C.SEND, C.LINK), 6, DOUBT, NOTHING),
    *_rules(Family.TOOLS, (C.TOOL, C.NUMBER), 4, DOUBT, NOTHING),
    *_rules(Family.HIDDEN, (C.DECODE, C.OBEY), 10, CERTAIN, NOTHING),
    *_rules(Family.HIDDEN, (C.CIPHER, C.OBEY), 10, CERTAIN, DOUBT),
    *_rules(Family.HIDDEN, (C.CIPHER, C.REVEAL), 8, DOUBT, NOTHING),
)
_ELSEWHERE: tuple[Rule, ...] = (
    *_rules(Family.OFF_TOPIC, (C.ASK, (C.LEISURE, C.PASTIME)), 14, CERTAIN, NOTHING, unless=(C.MINE,)),
    *_rules(Family.OFF_TOPIC, (C.ASK, C.SOFTWARE_WISH), 10, CERTAIN, NOTHING),
    *_rules(Family.OFF_TOPIC, (C.QUESTION, (C.LEISURE, C.PASTIME)), 10, CERTAIN, NOTHING),
    *_rules(Family.OFF_TOPIC, (C.ASK, (C.LEISURE, C.PASTIME)), 10, DOUBT, NOTHING),
    *_rules(Family.OFF_TOPIC, (C.ASK, C.PIECE), 3, DOUBT, NOTHING),
    *_rules(Family.OFF_TOPIC, (C.REQUEST, C.TO_ME), 8, DOUBT, NOTHING),
    *_rules(Family.OFF_TOPIC, (C.ABOUT_YOU,), 1, CERTAIN, NOTHING),
    *_rules(Family.OFF_TOPIC, (C.LEISURE, C.DOCUMENT), 16, CERTAIN, DOUBT, opens=C.REQUEST),
    *_rules(Family.OFF_TOPIC, (C.REQUEST, (C.LEISURE, C.SOFTWARE_WISH)), 8, CERTAIN, DOUBT, opens=C.REQUEST),
    *_rules(Family.OFF_TOPIC, (C.DISMISS, C.THE_AD, C.ASK), 12, CERTAIN, DOUBT, heads=C.DISMISS),
    *_rules(Family.OFF_TOPIC, (C.INSTEAD, (C.LEISURE, C.PLACE)), 10, CERTAIN, DOUBT),
)
RULES = _OVERRIDE + _EXFILTRATION + _ROLE_PLAY + _JUDGEMENT + _UNTRUTH + _HARM + _TOOLS + _ELSEWHERE
