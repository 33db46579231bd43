"""Where verbs stand in a clause, and how much work they claim of what they are about.

Knows words and their order; knows nothing of whole lines.
"""

from collections.abc import Sequence
from itertools import dropwhile, pairwise, takewhile

from services.fact_rules.lexicon import Claim, Duty, Lexicon
from services.fact_rules.stemming import fold
from services.fact_rules.text import Kind, Token

_OPENING_WORDS = 2
_GERMAN_NOUN = ("ung", "ion", "hilfe", "arbeit")
MEANINGFUL = frozenset({Kind.CONTENT, Kind.GENERIC})


def is_gerund(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is what somebody did in doing something else: "…, *preparing* trays"; no filler is."""
    endings = lexicon.gerund_endings
    # what stands for a phrase keeps the ending of its first word: "*bringing* … down"
    return token.kind is Kind.CONTENT and bool(endings) and fold(token.raw).endswith(endings)


def is_plural(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is an English plural: "orders", not "gas"."""
    return token.folded.endswith("s") and lexicon.stem(token.folded) != token.folded


def verbs_of(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """The known verbs where a verb stands: at the opening with those that follow it directly, or at the very end."""
    meaningful = [t for t in tokens if t.kind in MEANINGFUL]
    verbs: list[Token] = []
    for index, token in enumerate(meaningful):
        if verbs and token.folded in lexicon.homonyms:
            break  # "managed *leads*", "ordered *produce*"
        duty = lexicon.duty_of(token.folded, opens_clause=index == 0)
        is_noun = index > 0 and not verbs and meaningful[0].kind is Kind.GENERIC and duty is not Duty.ASSIST
        is_noun = is_noun or modifies(token, tokens, lexicon) or _is_under(token, tokens, lexicon)
        is_noun = is_noun or (bool(verbs) and duty is Duty.ASSIST and lexicon.modifiers_first)
        if duty is not None and not is_noun and not _is_passive(token, tokens, lexicon):
            verbs.append(token)
        elif verbs or index + 1 >= _OPENING_WORDS or not _introduces(token, lexicon):
            break
    if not verbs and _is_support(meaningful, tokens, lexicon):
        return (meaningful[1],)
    helpers = [t for t in meaningful if t.folded in lexicon.duty_words and t.folded.endswith(lexicon.agent_endings)]
    if not verbs and any(lexicon.duty_of(t.folded, opens_clause=False) is Duty.ASSIST for t in helpers):
        return tuple(helpers)
    if not verbs and not lexicon.modifiers_first and not lexicon.compounding:
        return _late_helping(tokens, lexicon)
    if not meaningful or meaningful[-1] in verbs or (verbs and not lexicon.compounding):
        return tuple(verbs)
    last = meaningful[-1]
    closing = lexicon.duty_of(last.folded, opens_clause=False)
    closes = closing is Duty.ASSIST and not _is_where(last, meaningful[0], tokens, lexicon)
    closes = closes or (closing is not None and lexicon.compounding and last.raw.islower())
    # "die Organisation der Messe unterstützt": the German verb at the end says what was done to what the noun names
    return (*verbs, last) if closes else tuple(verbs)


def _is_where(last: Token, opening: Token, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether help is only where or with whom something else was done: "answered calls *in* first-level support"."""
    between = [t for t in tokens if opening.end <= t.start < last.start]
    led_in = any(t.folded in lexicon.complements or t.folded in lexicon.together for t in between)
    return lexicon.modifiers_first and opening.kind is Kind.CONTENT and led_in


def _is_support(words: Sequence[Token], tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a line without a verb begins with what was helped with: "*audit support* for two clients"."""
    if len(words) < 2 or not lexicon.modifiers_first or words[0].folded.endswith(lexicon.verb_endings):
        return False
    following = next((t for t in tokens if t.start > words[1].start), None)
    is_noun = following is None or following.kind is not Kind.CONTENT
    return is_noun and lexicon.stem(words[1].folded) in lexicon.supporting_stems


def _late_helping(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """The verb of helping behind a thing or a time: "un apprenti accompagné"; after "de" or "con" it is a noun."""
    late = (
        token
        for before, token in pairwise(tokens)
        if before.kind is not Kind.STOP and lexicon.duty_of(token.folded, opens_clause=False) is Duty.ASSIST
    )
    return tuple(late)[:1]


def _introduces(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word may stand before the one that says how much was done: "successfully led", "gave support"."""
    return token.kind is Kind.GENERIC or token.folded.endswith(lexicon.adverb_endings)


def modifies(token: Token, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a word that may be a verb is none where it stands: "the design", "designed onboarding screens"."""
    before = next((t for t in reversed(tokens) if t.end <= token.start), None)
    if before is None or (token.folded not in lexicon.noun_like and not token.folded.endswith(lexicon.gerund_endings)):
        return False
    follows_a_verb = before.kind is Kind.CONTENT and lexicon.duty_of(before.folded, opens_clause=False) is not None
    return before.folded in lexicon.articles or (follows_a_verb and token.folded.endswith(lexicon.gerund_endings))


def _is_under(token: Token, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether it is somebody else's deed: "under the supervision of", "sob supervisão da"."""
    before = [t for t in tokens if t.end <= token.start][-_OPENING_WORDS:]
    return any(t.folded in lexicon.under for t in before)


def _is_passive(verb: Token, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "supervised by …": somebody else's deed; not so the German noun in "Leitung von …"."""
    if lexicon.compounding and verb.raw[0].isupper() and verb.folded.endswith(_GERMAN_NOUN):
        return False
    following = next((t for t in tokens if t.start >= verb.end), None)
    if following is not None and verb.folded in lexicon.learnt and following.folded in lexicon.learnt_in:
        return True  # "trained *in* first aid"
    return following is not None and following.folded in lexicon.agent_words


def duty_claimed(tokens: Sequence[Token], verbs: Sequence[Token], lexicon: Lexicon) -> Duty | None:
    """How much work the verbs of a clause claim of what it is about; None where no known verb says it."""
    duties = [lexicon.duty_of(verb.folded, opens_clause=True) for verb in verbs]
    if Duty.ASSIST in duties:
        return Duty.DO if _serves_people(tokens, verbs, lexicon) else Duty.ASSIST
    if Duty.LEAD in duties and (_is_a_chore(tokens, verbs, lexicon) or _names_at_once(tokens, verbs, lexicon.guided)):
        return Duty.DO
    if Duty.TEACH in duties and _names_at_once(tokens, verbs, lexicon.trained_things):
        return Duty.CREATE
    if Duty.ORIGINATE in duties and _acquaints(tokens, verbs, lexicon):
        return Duty.DO
    if Duty.COORDINATE in duties and (
        _is_with_others(tokens, verbs, lexicon) or _coordinates_a_chore(tokens, verbs, lexicon)
    ):
        return Duty.DO
    known = [duty for duty in duties if duty is not None]
    return max(known, key=list(Duty).index, default=None)


def _serves_people(tokens: Sequence[Token], verbs: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the help goes to customers, patients and the like: then helping is the work itself.

    Not so where it goes to a deed ("helped maintain patient records") or to a colleague ("helped nurses with …").
    """
    after = [t for t in tokens if t.start > verbs[-1].start]
    phrase = dropwhile(lambda t: t.kind is Kind.NUMBER or t.folded in lexicon.helped_to, after)
    served = list(takewhile(lambda t: t.folded in lexicon.served, phrase))
    if not served or len(verbs) > 1:
        return False
    following = next((t for t in after if t.start > served[-1].start), None)
    is_plural = lexicon.stem(served[-1].folded) != served[-1].folded
    describes = lexicon.modifiers_first and not is_plural
    return not (describes and following is not None and following.kind is Kind.CONTENT)


def _names_at_once(tokens: Sequence[Token], verbs: Sequence[Token], things: frozenset[str]) -> bool:
    """Whether the first thing behind the verbs is one of these: to lead a *tour* is to show people round."""
    after = dropwhile(lambda t: t.kind is not Kind.CONTENT, (t for t in tokens if t.start > verbs[-1].start))
    named = list(takewhile(lambda t: t.kind is Kind.CONTENT, after))
    return bool(named) and named[-1].folded in things


def was_taught(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a clause only says that the person was "trained in" something."""
    return any(t.folded in lexicon.learnt and u.folded in lexicon.learnt_in for t, u in pairwise(tokens[:2]))


def runs_an_establishment(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a shop, a kitchen or the like was run, which is leading it; not so "ran errands for the office"."""
    opening = next((t for t in tokens if t.kind in MEANINGFUL), None)
    if opening is None or lexicon.stem(opening.folded) not in lexicon.running_stems:
        return False
    # "a 900 m2 store": its size may stand before it
    after = dropwhile(
        lambda t: t.kind not in MEANINGFUL or len(t.raw) < 3, (t for t in tokens if t.start > opening.start)
    )
    things = list(takewhile(lambda t: t.kind in MEANINGFUL or t.folded in lexicon.conjunctions, after))
    return bool(things) and things[-1].folded in lexicon.establishments


def _acquaints(tokens: Sequence[Token], verbs: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether people are introduced to something, which is showing it to them."""
    after = [t for t in tokens if t.start > verbs[-1].start]
    things = list(takewhile(lambda t: t.kind is not Kind.STOP, after))
    is_to = len(things) < len(after) and after[len(things)].folded in lexicon.range_words
    people = things[-1:] if things else []
    return is_to and any(
        lexicon.stem(t.folded) in lexicon.person_stems
        or t.folded in lexicon.newcomers
        or t.folded.endswith(lexicon.agent_endings)
        for t in people
    )


def _is_with_others(tokens: Sequence[Token], verbs: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether somebody coordinated *with* others, which is working with them, and nobody's work but their own."""
    following = next((t for t in tokens if t.start > verbs[-1].start), None)
    return following is not None and following.folded in lexicon.together


def _is_a_chore(tokens: Sequence[Token], verbs: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether what is managed is stock, orders, a calendar: then managing is handling.

    Spanish, French and Portuguese say so of all that is no team, budget, project and the like.
    """
    head = _head_of_things(tokens, verbs, lexicon)
    if head is None or not all(lexicon.stem(verb.folded) in lexicon.handling_stems for verb in verbs):
        return False
    is_led = lexicon.stem(head.folded) in lexicon.led_stems or lexicon.claim_of(head.folded)
    return bool(head.keys & lexicon.chore_stems) or (bool(lexicon.led_stems) and not is_led)


def _coordinates_a_chore(tokens: Sequence[Token], verbs: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether calendars, trips and the like are coordinated: nobody's work but one's own."""
    head = _head_of_things(tokens, verbs, lexicon)
    return lexicon.modifiers_first and head is not None and bool(head.keys & lexicon.chore_stems)


def _head_of_things(tokens: Sequence[Token], verbs: Sequence[Token], lexicon: Lexicon) -> Token | None:
    """The word that says what the things behind a clause's verbs are."""
    after = [t for t in tokens if t.start > verbs[-1].start]
    after = list(dropwhile(lambda t: t.kind is not Kind.CONTENT, after))
    joins = lexicon.conjunctions | {"s"}  # "Raiser's Edge database"
    things = list(takewhile(lambda t: t.kind is Kind.CONTENT or t.folded in joins, after))
    doing = next(
        (i for i, (who, t) in enumerate(pairwise(things)) if who.raw.endswith("s") and is_gerund(t, lexicon)), None
    )
    things = things if doing is None else things[: doing + 1]  # "managed *coordinators* scheduling interviews"
    if lexicon.modifiers_first:  # "managed the *inventory* weekly"
        things = [t for i, t in enumerate(things) if i == 0 or Claim.PERIOD not in lexicon.claim_of(t.folded)]
    return things[-1 if lexicon.modifiers_first else 0] if things else None


def starts_a_deed(token: Token, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a word that no lexicon knows looks like a verb of the person's own."""
    if _is_passive(token, tokens, lexicon):
        return False
    if lexicon.compounding and token.start > 0 and token.raw[0].isupper() and not token.folded.endswith(_GERMAN_NOUN):
        # "Torten" ends like a verb
        return False
    is_agent = Claim.SENIORITY in lexicon.claim_of(token.folded)
    is_inflected = lexicon.stemmer.irregular.get(token.folded, token.folded) != token.folded
    if lexicon.modifiers_first and token.folded.endswith("s"):
        # "assemblies" has an irregular form as well
        is_inflected = False
    return not is_agent and (is_inflected or token.raw.casefold().endswith(lexicon.verb_endings))
