"""A line read as clauses, each with what it claims the person did and to what.

Knows grammar only as far as breaks, conjunctions and where a verb usually stands.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import dropwhile, pairwise, takewhile

from services.fact_rules.lexicon import Claim, Duty, Lexicon
from services.fact_rules.numbers import Quantity, quantities
from services.fact_rules.stemming import fold
from services.fact_rules.text import Kind, Token, clean, tokenize

_STRONG = frozenset({Duty.ORIGINATE, Duty.TEACH, Duty.COORDINATE, Duty.LEAD})
_OPENING_WORDS = 2
_LONGEST_THING = 4
_GERMAN_NOUN = ("ung", "ion", "hilfe", "arbeit")
_MEANINGFUL = frozenset({Kind.CONTENT, Kind.GENERIC})


@dataclass(frozen=True, slots=True)
class Clause:
    """What is done (`duty`, None where no known verb says it), the words that say so, and what it is done to.

    `verbs` are the clause's own, `deed` its own or those it goes on with; `later_verbs` are strong ones that stand
    where a noun may stand as well.
    """

    duty: Duty | None
    verbs: tuple[Token, ...]
    deed: tuple[Token, ...]
    later_verbs: tuple[Token, ...]
    objects: tuple[Token, ...]
    keys: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Line:
    """One text, read once; a line is itself only, so that it is cheap to remember things by."""

    text: str
    lexicon: Lexicon
    tokens: tuple[Token, ...]
    quantities: tuple[Quantity, ...]

    @cached_property
    def numeric(self) -> frozenset[int]:
        """Positions of the tokens that belong to a quantity."""
        return frozenset(i for q in self.quantities for i in range(q.first, q.last + 1))

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """Words that say something: no function words, no fillers, no numbers."""
        return tuple(t for i, t in enumerate(self.tokens) if t.kind is Kind.CONTENT and i not in self.numeric)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(_clauses(self))


@lru_cache(maxsize=2048)
def read_line(text: str, lexicon: Lexicon) -> Line:
    """The text, cleaned, in tokens and quantities; clauses are found when asked for.

    Remembered, because a run asks about the same resume for every change.
    """
    cleaned = clean(text)
    tokens = tokenize(cleaned, lexicon)
    return Line(cleaned, lexicon, tokens, quantities(tokens, lexicon))


def read_lines(texts: Iterable[str], lexicon: Lexicon) -> tuple[Line, ...]:
    """Every non-empty text as a line."""
    return tuple(read_line(text, lexicon) for text in texts if text.strip())


def _clauses(line: Line) -> Iterator[Clause]:
    """The clauses; one without a verb of its own goes on with what the one before it did."""
    lexicon = line.lexicon
    before: Duty | None = None
    deed: tuple[Token, ...] = ()
    for tokens in _segments(line):
        if _follows_a_semicolon(tokens[0], line):
            before, deed = None, ()
        opening = tuple(t for t in tokens if t.kind in _MEANINGFUL)[:1]
        goes_on = before is Duty.ASSIST and tokens[0].folded in lexicon.within
        # "participation, with the staff, *in* the introduction": still what was taken part in
        verbs = () if goes_on else _verbs(tokens, lexicon)
        duty = _duty(tokens, verbs, lexicon)
        if not verbs and _was_taught(tokens, lexicon):
            duty = Duty.ASSIST
        if not verbs and _runs_an_establishment(tokens, lexicon):
            verbs, duty = opening, Duty.LEAD
        starts_anew = not verbs and any(
            starts_a_deed(token, tokens, lexicon) and not _is_marked_as_noun(token, tokens, lexicon)
            for token in opening
        )
        starts_anew = starts_anew or _goes_on_in_the_present(tokens, line)
        first = next((t for t in tokens if not t.folded.endswith(lexicon.adverb_endings)), tokens[0])
        tells_how = not verbs and is_gerund(first, lexicon)
        if (starts_anew or tells_how) and before is not None and not _helps_on(tokens, before, line):
            duty = Duty.DO
        opening = _with_next_deeds(opening, tokens, line)
        deed = verbs or (opening if starts_anew or tells_how or not deed else deed)
        duty = before = duty or before
        objects = tuple(t for t in tokens if t.kind is Kind.CONTENT and t not in verbs)
        later = tuple(
            t for t in tokens if t not in verbs and _is_strong(t, lexicon) and not _modifies(t, tokens, lexicon)
        )
        keys = frozenset[str]().union(*(t.keys for t in tokens))
        yield Clause(duty, verbs, deed, later, objects, keys, tokens[0].start, tokens[-1].end)


def _follows_a_semicolon(token: Token, line: Line) -> bool:
    """Whether a statement of its own begins, which goes on with nothing: "member of the team; complete screenings"."""
    place = line.tokens.index(token)
    return place > 0 and line.tokens[place - 1].raw == ";"


def _helps_on(tokens: Sequence[Token], before: Duty, line: Line) -> bool:
    """Whether a clause goes on with what was helped with: "assisted with covering loads and *rescheduling* visits"."""
    place = line.tokens.index(tokens[0])
    told = [t for t in line.tokens[:place] if t.is_word]
    is_joined = place > 0 and line.tokens[place - 1].folded in line.lexicon.conjunctions
    covers = any(
        is_gerund(deed, line.lexicon) and led_in.folded in line.lexicon.means | line.lexicon.within
        for led_in, deed in pairwise(told)
    )
    return before is Duty.ASSIST and is_joined and covers and is_gerund(tokens[0], line.lexicon)


def _is_lone_deed(token: Token, line: Line) -> bool:
    """Whether a word that stands alone before an "and" is the first of two deeds: "*sketched* and tested"."""
    lexicon = line.lexicon
    is_verb = token.folded in lexicon.bare_verbs or lexicon.is_weighty(token.folded)
    is_verb = is_verb or starts_a_deed(token, line.tokens, lexicon)
    return lexicon.modifiers_first and token is line.tokens[0] and is_verb


def _with_next_deeds(opening: tuple[Token, ...], tokens: Sequence[Token], line: Line) -> tuple[Token, ...]:
    """The verb that opens a clause, and those that an "and" joins to it at once: "sketched and *tested* versions"."""
    deeds = list(opening)
    for token in tokens[1:]:
        before = line.tokens[max(0, line.tokens.index(token) - 1)]
        is_joined = before.folded in line.lexicon.conjunctions or before.raw == ","
        if not deeds or deeds[-1] is not tokens[len(deeds) - 1] or not is_joined or token is not tokens[len(deeds)]:
            break
        deeds.append(token)
    return tuple(deeds)


def _goes_on_in_the_present(tokens: Sequence[Token], line: Line) -> bool:
    """Whether a bare verb is the next deed of a line in the present: "take statements and *inspect* cars"."""
    lexicon = line.lexicon
    if not lexicon.modifiers_first or len(tokens) < 2 or not _is_bare(line.tokens[0], lexicon):
        return False
    verb, thing = tokens[:2]
    things = list(takewhile(lambda t: t.kind in _MEANINGFUL, tokens[1:]))
    has_object = thing.folded in lexicon.articles or thing.kind is Kind.NUMBER
    has_object = has_object or (bool(things) and _is_plural(things[-1], lexicon))
    follows = any(t.folded in lexicon.conjunctions or t.kind is Kind.BREAK for t in line.tokens if t.end <= verb.start)
    is_verb = lexicon.is_weighty(verb.folded) or verb.folded in lexicon.bare_verbs
    return follows and has_object and _is_bare(verb, lexicon) and is_verb


def _is_bare(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word, if it is a verb, stands in the present."""
    is_past = token.folded.endswith(lexicon.verb_endings) or lexicon.stemmer.irregular.get(token.folded) != token.folded
    is_past = is_past and (token.folded in lexicon.stemmer.irregular or token.folded.endswith(lexicon.verb_endings))
    return token.kind in _MEANINGFUL and not is_past and not token.folded.endswith(lexicon.gerund_endings)


def is_gerund(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is what somebody did in doing something else: "…, *preparing* trays"; no filler is."""
    endings = lexicon.gerund_endings
    # what stands for a phrase keeps the ending of its first word: "*bringing* … down"
    return token.kind is Kind.CONTENT and bool(endings) and fold(token.raw).endswith(endings)


def _is_strong(token: Token, lexicon: Lexicon) -> bool:
    return token.is_word and lexicon.duty_of(token.folded, opens_clause=False) in _STRONG


def _segments(line: Line) -> Iterator[list[Token]]:
    """The line cut at breaks and conjunctions; verbs without an object join the next piece ("wrote and ran X")."""
    pieces: list[list[Token]] = [[]]
    asides = _asides(line)
    joined: set[int] = set()
    for index, token in enumerate(line.tokens):
        is_break = token.kind is Kind.BREAK and index not in asides and not _joins(index, line.tokens)
        is_joint = token.folded in line.lexicon.conjunctions and not joins_descriptions(index, line)
        if is_break or is_joint or _tells_how(index, line):
            if not is_break and line.lexicon.compounding and _ends_with_a_noun(pieces[-1]):
                joined.add(len(pieces) - 1)
            pieces.append([])
        elif index not in line.numeric and token.kind is not Kind.BREAK:
            pieces[-1].append(token)
    waiting: list[Token] = []
    ready: list[list[Token]] = []
    for number, piece in enumerate(pieces):
        waiting = waiting + piece
        verbs = _verbs(waiting, line.lexicon)
        if number in joined and not verbs and _ends_with_a_verb(pieces[number + 1], line.lexicon):
            # "Broschüren und Plakate gestaltet": the verb at the end says what was done to both
            continue
        if len(waiting) == 1 and number + 1 < len(pieces) and _is_lone_deed(waiting[0], line):
            continue  # "*type* and format pleadings"
        if any(t.kind is Kind.CONTENT and t not in verbs for t in waiting):
            ready.append(waiting)
            waiting = []
        elif not verbs:
            waiting = []
    if waiting and ready:
        ready[-1] = ready[-1] + waiting
    elif waiting:
        ready.append(waiting)
    elif not ready and any(pieces):
        # "kept my handling time under 6 minutes": only everyday words, yet something was done
        ready.append([token for piece in pieces for token in piece])
    return iter(ready)


def joins_descriptions(index: int, line: Line) -> bool:
    """Whether an "and" stands between nouns that only say of what kind a third is: "bean and syrup orders"."""
    lexicon, tokens = line.lexicon, line.tokens
    if not lexicon.modifiers_first or index < 2 or tokens[index].folded not in lexicon.conjunctions:
        return False
    after = list(takewhile(lambda token: token.kind is Kind.CONTENT, tokens[index + 1 :]))[:_LONGEST_THING]
    things = [place for place, token in enumerate(after) if _is_plural(token, lexicon)]
    if not things and len(after) > 1 and is_gerund(after[-1], lexicon):
        things = [len(after) - 1]  # "produce and meat *ordering*"
    if tokens[index - 1].kind is not Kind.CONTENT or not things or things[0] == 0:
        return False
    described = (tokens[index - 1], after[0])
    return not any(
        _is_plural(token, lexicon) or starts_a_deed(token, tokens, lexicon) or _may_be_done(token, lexicon)
        for token in described
    ) and not any(token.folded in lexicon.duty_words for token in after)


def _is_plural(token: Token, lexicon: Lexicon) -> bool:
    return token.folded.endswith("s") and lexicon.stem(token.folded) != token.folded


def _may_be_done(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word is the bare form of a verb that matters; "engineering" beside a noun is a thing."""
    if token.folded.endswith(lexicon.gerund_endings) or token.folded in lexicon.homonyms:
        return False
    return (
        token.folded in lexicon.bare_verbs
        or lexicon.is_weighty(token.folded)
        or lexicon.duty_of(token.folded, opens_clause=True) is not None
    )


def _tells_how(index: int, line: Line) -> bool:
    """Whether a word leads over to how or what for: "assisted *by* collecting …", "collected … *to* assist"."""
    lexicon = line.lexicon
    following = line.tokens[index + 1 : index + 2]
    if line.tokens[index].folded in lexicon.difference:
        return any(is_gerund(token, lexicon) for token in following)
    if line.tokens[index].folded in lexicon.first_person and index > 0:
        return line.tokens[index - 1].folded in lexicon.subordinating  # "after I *rearranged* …"
    helps = any(lexicon.duty_of(token.folded, opens_clause=False) is Duty.ASSIST for token in following)
    return helps and line.tokens[index].folded in lexicon.purposes


def _ends_with_a_noun(tokens: Sequence[Token]) -> bool:
    """German nouns are capitalised."""
    return bool(tokens) and tokens[-1].raw[0].isupper()


def _ends_with_a_verb(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    words = [t for t in tokens if t.kind in _MEANINGFUL]
    return len(words) > 1 and words[-1].raw.islower() and words[-1] in _verbs(tokens, lexicon)


def _asides(line: Line) -> frozenset[int]:
    """The brackets around what is no clause of its own: a short form, a number, a few names."""
    found: set[int] = set()
    opened: int | None = None
    for index, token in enumerate(line.tokens):
        if token.raw in ("(", "["):
            opened = index
        elif token.raw in (")", "]") and opened is not None:
            inside = line.tokens[opened + 1 : index]
            if not any(t.kind is Kind.BREAK for t in inside) and not _verbs(inside, line.lexicon):
                found |= {opened, index}
            opened = None
    return frozenset(found)


def _joins(index: int, tokens: Sequence[Token]) -> bool:
    """Whether a stroke joins two words, as in "A/B"."""
    inner = 0 < index < len(tokens) - 1 and tokens[index].raw == "/"
    return inner and tokens[index - 1].end == tokens[index].start and tokens[index].end == tokens[index + 1].start


def _verbs(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """The known verbs where a verb stands: at the opening with those that follow it directly, or at the very end."""
    meaningful = [t for t in tokens if t.kind in _MEANINGFUL]
    verbs: list[Token] = []
    for index, token in enumerate(meaningful):
        if verbs and token.folded in lexicon.homonyms:
            break  # "managed *leads*", "ordered *produce*"
        duty = lexicon.duty_of(token.folded, opens_clause=index == 0)
        is_noun = index > 0 and not verbs and meaningful[0].kind is Kind.GENERIC and duty is not Duty.ASSIST
        is_noun = is_noun or _modifies(token, tokens, lexicon) or _is_under(token, tokens, lexicon)
        is_noun = is_noun or (bool(verbs) and duty is Duty.ASSIST and lexicon.modifiers_first)
        if duty is not None and not is_noun and not _is_passive(token, tokens, lexicon):
            verbs.append(token)
        elif verbs or index + 1 >= _OPENING_WORDS or not _introduces(token, lexicon):
            break
    helpers = [t for t in meaningful if t.folded in lexicon.duty_words and t.folded.endswith(lexicon.agent_endings)]
    if not verbs and any(lexicon.duty_of(t.folded, opens_clause=False) is Duty.ASSIST for t in helpers):
        return tuple(helpers)
    if not verbs and not lexicon.modifiers_first and not lexicon.compounding:
        return _late_helping(tokens, lexicon)
    if not meaningful or meaningful[-1] in verbs or (verbs and not lexicon.compounding):
        return tuple(verbs)
    last = meaningful[-1]
    closing = lexicon.duty_of(last.folded, opens_clause=False)
    closes = closing is Duty.ASSIST or (closing is not None and lexicon.compounding and last.raw.islower())
    # "die Organisation der Messe unterstützt": the German verb at the end says what was done to what the noun names
    return (*verbs, last) if closes else tuple(verbs)


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


def _modifies(token: Token, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
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


def _duty(tokens: Sequence[Token], verbs: Sequence[Token], lexicon: Lexicon) -> Duty | None:
    duties = [lexicon.duty_of(verb.folded, opens_clause=True) for verb in verbs]
    if Duty.ASSIST in duties:
        return Duty.DO if _serves_people(tokens, verbs, lexicon) else Duty.ASSIST
    if Duty.LEAD in duties and (_is_a_chore(tokens, verbs, lexicon) or _guides(tokens, verbs, lexicon)):
        return Duty.DO
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


def _guides(tokens: Sequence[Token], verbs: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether what is led is a tour or the like: then leading is showing people round."""
    after = dropwhile(lambda t: t.kind is not Kind.CONTENT, (t for t in tokens if t.start > verbs[-1].start))
    things = list(takewhile(lambda t: t.kind is Kind.CONTENT, after))
    return bool(things) and things[-1].folded in lexicon.guided


def _was_taught(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a clause only says that the person was "trained in" something."""
    return any(t.folded in lexicon.learnt and u.folded in lexicon.learnt_in for t, u in pairwise(tokens[:2]))


def _runs_an_establishment(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether a shop, a kitchen or the like was run, which is leading it; not so "ran errands for the office"."""
    opening = next((t for t in tokens if t.kind in _MEANINGFUL), None)
    if opening is None or lexicon.stem(opening.folded) not in lexicon.running_stems:
        return False
    after = dropwhile(lambda t: t.kind is Kind.STOP, (t for t in tokens if t.start > opening.start))
    things = list(takewhile(lambda t: t.kind in _MEANINGFUL or t.folded in lexicon.conjunctions, after))
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
    return things[-1 if lexicon.modifiers_first else 0] if things else None


def _is_marked_as_noun(token: Token, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether what stands before a word shows that it is a thing: "et *des* communiqués", "e *de* orçamentos"."""
    before = [t.folded for t in tokens if t.end <= token.start]
    return any(word in lexicon.markers for word in before)


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
