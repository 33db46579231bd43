"""Rule 2: responsibility may not climb from the source clause to the proposed one about the same thing.

Knows the ladders of duties; knows nothing of numbers, names or titles.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from services.fact_rules.arithmetic import is_known
from services.fact_rules.counting import is_team_of_counted
from services.fact_rules.lexicon import Duty, Lexicon
from services.fact_rules.lines import Clause, Line
from services.fact_rules.rewording import brings_in_known_means
from services.fact_rules.sources import Finding, FindingKind, Sources
from services.fact_rules.stemming import fold
from services.fact_rules.text import Kind, Token
from services.fact_rules.verbs import is_gerund, starts_a_deed

_LONG_NOUN = 6
_SOON = 4
# the deeds that may be all of a trade; nobody leads by title alone
_OF_A_TRADE = frozenset({Duty.CREATE, Duty.ORIGINATE, Duty.TEACH})
_NOUN_ENDINGS = ("ion", "ment", "ship")
_SHARED = frozenset({"co", "jointly"})
# verbs of these may say no more than doing: "managed stock", "coordinated with", "introduced interns to"
_BY_THEIR_OBJECT = (Duty.LEAD, Duty.COORDINATE, Duty.ORIGINATE)
# Which duties a source of each kind vouches for. Making, teaching and leading are different ladders.
_VOUCHES: dict[Duty, frozenset[Duty]] = {
    Duty.ASSIST: frozenset({Duty.ASSIST}),
    Duty.DO: frozenset({Duty.ASSIST, Duty.DO}),
    Duty.CREATE: frozenset({Duty.ASSIST, Duty.DO, Duty.CREATE}),
    Duty.ORIGINATE: frozenset({Duty.ASSIST, Duty.DO, Duty.CREATE, Duty.ORIGINATE}),
    Duty.TEACH: frozenset({Duty.ASSIST, Duty.DO, Duty.TEACH}),
    Duty.COORDINATE: frozenset({Duty.ASSIST, Duty.DO, Duty.COORDINATE}),
    Duty.LEAD: frozenset({Duty.ASSIST, Duty.DO, Duty.CREATE, Duty.TEACH, Duty.COORDINATE, Duty.LEAD}),
}


def climbing_duties(line: Line, sources: Sources, judged: set[Token]) -> Iterator[Finding]:
    """The clauses that claim more than the source clause about the same thing; weighed verbs go to `judged`."""
    known = [clause for source in sources.lines for clause in source.clauses]
    if any(sources.lexicon.stem(token.folded) in sources.lexicon.supporting_stems for token in line.tokens):
        known += [means for source in sources.lines for means in _means_of_support(source)]
    things = {token.folded for clause in known for token in clause.objects}
    answers_for_deed = False
    for index, clause in enumerate(line.clauses):
        if clause.duty is None and index > 0:
            continue
        if index == 0 and clause.duty is None and not clause.later_verbs and _is_joint_work(clause, line):
            continue
        if index == 0 and clause.duty is None and _only_tells_of_help(clause, line, things):
            continue
        if index > 0 and not clause.verbs and _begins_with_a_thing(clause, things, sources.lexicon):
            continue
        duty, verbs, deed = clause.duty or Duty.DO, clause.verbs, clause.deed
        answers_for_deed = _answers_for_deed(clause, known, sources.lexicon) if verbs else answers_for_deed
        if answers_for_deed:
            duty, verbs = Duty.DO, ()
        if verbs and all(t.folded in things and t.folded.endswith(sources.lexicon.gerund_endings) for t in verbs):
            # the "building" that was locked is nothing that was built
            duty, verbs = Duty.DO, ()
        if index > 0 and verbs and all(_is_called_so(t, line, things, sources) for t in verbs):
            judged.update(verbs)
            duty, verbs = Duty.DO, ()
        if verbs and all(_names_a_thing(t, line, things) for t in verbs):
            duty, verbs = Duty.DO, ()
        if verbs and all(brings_in_known_means(t, line, sources) for t in verbs):
            judged.update(verbs)
            duty, verbs = Duty.DO, ()
        later = [
            t
            for t in clause.later_verbs
            if not _is_own_name(t, sources) and (sources.is_prose or not sources.line_pool.covers(t))
            if not brings_in_known_means(t, line, sources)
        ]
        if later and duty is not Duty.ASSIST:
            verbs, deed = (*verbs, *later), tuple(later)
        claims_nothing = sources.is_profile or (sources.is_prose and not _tells_a_deed(clause, line))
        if claims_nothing and not verbs:
            continue
        judged.update(verbs)
        if duty is Duty.LEAD and _leads_those_counted(clause, line, sources):
            continue
        claimed = {sources.lexicon.duty_of(verb.folded, opens_clause=True) or duty for verb in verbs} or {duty}
        is_handling = clause.duty is Duty.DO and not claimed.isdisjoint(_BY_THEIR_OBJECT) and not later
        is_handling = is_handling and not _only_looked_on(sources)
        if duty is Duty.ASSIST or is_handling:
            claimed = {duty}
        if _is_shared(clause) and any(_is_shared(own) and own.later_verbs for own in known):
            # who co-facilitated a group has co-led it; who leads it alone says more
            claimed = {Duty.DO}
        # a confirmed fact about the same thing adds to what the replaced line says, and takes nothing from it
        groups = [known] if sources.replaced is None else [known, sources.replaced.clauses]
        claimed = {_own_duty(each, clause, line, deed, known, sources) for each in claimed}
        if not all(any(_vouched(each, clause, deed, own, sources.lexicon) for own in groups) for each in claimed):
            yield Finding(FindingKind.DUTY, line.text[clause.start : clause.end], clause)


def _only_looked_on(sources: Sources) -> bool:
    """Whether the replaced line only tells of counting, listening and the like, which handles nothing."""
    lexicon = sources.lexicon
    clauses = () if sources.replaced is None else sources.replaced.clauses

    def looked_on(clause: Clause) -> bool:
        # "performed monthly counts": what a light verb did stands behind it
        if all(token.kind is Kind.GENERIC for token in clause.deed):
            return any(lexicon.stem(word.folded) in lexicon.observing_stems for word in clause.objects[:_SOON])
        return all(lexicon.stem(word.folded) in lexicon.observing_stems for word in clause.deed)

    return bool(clauses) and all(map(looked_on, clauses))


def _leads_those_counted(clause: Clause, line: Line, sources: Sources) -> bool:
    """Whether a team is led that a line of leading counts: "a team of 14" of "run a shop with 14 staff"."""
    teams = [line.tokens.index(thing) for thing in clause.objects if thing.folded in line.lexicon.teams]
    led = [own for own in sources.lines if any(each.duty is Duty.LEAD for each in own.clauses)]
    return any(is_team_of_counted(index, line, own) for index in teams for own in led)


def _means_of_support(source: Line) -> Iterator[Clause]:
    """What somebody did to support others: the analysis in "supported production *with* root cause analysis".

    It is their own deed, where the new line still says whom it supported.
    """
    lexicon = source.lexicon
    for clause in source.clauses:
        if clause.duty is Duty.ASSIST and all(lexicon.stem(t.folded) in lexicon.supporting_stems for t in clause.verbs):
            within = [t for t in source.tokens if clause.start <= t.start < clause.end]
            led_in = next((t for t in within if t.folded in lexicon.means), None)
            objects = tuple(t for t in clause.objects if led_in is not None and t.start > led_in.start)
            if objects:
                yield replace(clause, duty=Duty.DO, verbs=(), deed=objects[-1:], objects=objects, later_verbs=())


def _answers_for_deed(clause: Clause, known: Sequence[Clause], lexicon: Lexicon) -> bool:
    """Whether "responsible for cleaning" says no more than "cleaned": what follows is a deed of the person's own."""
    if len(clause.verbs) != 1 or fold(clause.verbs[0].raw) not in lexicon.answering or not clause.objects:
        return False
    deed = clause.objects[0]
    own = (source for source in known if source.duty is not Duty.ASSIST)
    return any(_is_same_verb(deed, verb, lexicon) for source in own for verb in source.deed)


def _begins_with_a_thing(clause: Clause, things: Collection[str], lexicon: Lexicon) -> bool:
    """Whether what looks like a deed is the name of a known thing: "… and *housing* vouchers"."""
    first = next(iter(clause.objects), None)
    return first is not None and first.folded in things and first.folded.endswith(lexicon.gerund_endings)


def _names_a_thing(token: Token, line: Line, things: Collection[str]) -> bool:
    """Whether a noun only says what kind of known thing it is: "*supervision* orders" are not supervised."""
    place = line.tokens.index(token) + 1
    following = line.tokens[place].folded if place < len(line.tokens) else ""
    is_noun = line.lexicon.modifiers_first and token.folded.endswith(_NOUN_ENDINGS)
    return is_noun and {token.folded, following} <= set(things)


def _is_called_so(token: Token, line: Line, things: Collection[str], sources: Sources) -> bool:
    """Whether a word is a thing's name in the sources: the "produce" that was ordered, "*direct* deposit"."""
    if token.folded in things and token.folded in sources.lexicon.homonyms:
        return True
    following = [other.folded for other in line.tokens[line.tokens.index(token) + 1 :][:1]]
    return any(
        one.folded == token.folded and [other.folded] == following and not _opens(one, own)
        for own in sources.lines
        for one, other in pairwise(own.tokens)
    )


def _opens(token: Token, line: Line) -> bool:
    return any(token.start == clause.start or token in clause.verbs for clause in line.clauses)


def _is_own_name(token: Token, sources: Sources) -> bool:
    """Whether the person's own words write it as a name inside a line: "Helm" is nothing that was done."""
    return token.raw[0].isupper() and any(token.raw == own.raw for source in sources.lines for own in source.tokens[1:])


def _is_shared(clause: Clause) -> bool:
    """Whether the deed was done with somebody as an equal: "co-led", "jointly led"."""
    return bool(clause.objects) and clause.objects[0].folded in _SHARED


def _is_joint_work(clause: Clause, line: Line) -> bool:
    """Whether a clause says no more than "worked with …", which is what collaborating means."""
    words = [t for t in line.tokens if t.start >= clause.start and t.end <= clause.end]
    opens = bool(words) and line.lexicon.stem(words[0].folded) in line.lexicon.joint
    return opens and any(word.folded in line.lexicon.together for word in words[1:][:_SOON])


def _only_tells_of_help(clause: Clause, line: Line, things: Collection[str]) -> bool:
    """Whether a result stands before "… that I helped introduce": then the line itself says who did it."""
    lexicon = line.lexicon
    words = [t for t in line.tokens if clause.start <= t.start and t.end <= clause.end]
    helped = next(
        (
            verb
            for person, verb in pairwise(words)
            if person.folded in lexicon.first_person and lexicon.duty_of(verb.folded, opens_clause=True) is Duty.ASSIST
        ),
        None,
    )
    if helped is None or any(verb.end < helped.start for verb in clause.later_verbs):
        return False
    begins = next((t for t in words if t.kind is Kind.CONTENT and t.end < helped.start), helped)
    return begins is helped or begins.folded in things or not starts_a_deed(begins, words, lexicon)


def _tells_a_deed(clause: Clause, line: Line) -> bool:
    """Whether prose tells what the writer did, in words of its own: "I migrated …"."""
    speaks = any(t.folded in line.lexicon.first_person for t in line.tokens)
    return speaks and any(starts_a_deed(token, line.tokens, line.lexicon) for token in clause.deed)


def _own_duty(
    duty: Duty, clause: Clause, line: Line, deed: Sequence[Token], known: Sequence[Clause], sources: Sources
) -> Duty:
    """What a verb claims of somebody whose title names it ("taught" of a teacher), or who did what it now makes.

    "Built automation for 320 tests" is no more than "automated 320 tests".
    """
    if duty is Duty.CREATE and _says_how_much(clause, line, known, sources):
        return Duty.DO
    trade = {key for own in sources.titles for token in own.tokens for key in token.keys if not key.startswith("~")}
    if duty in _OF_A_TRADE and deed and all(verb.keys & trade for verb in deed):
        return Duty.DO
    done = {key for own in known for verb in own.deed for key in verb.keys if not key.startswith("~")}
    things = [thing for each in line.clauses if each.deed == clause.deed for thing in _first_thing(each, line)]
    made = [thing for thing in things if thing not in deed and not _is_joined(thing, line)]
    is_done = duty is Duty.CREATE and any(thing.keys & done for thing in made)
    return Duty.DO if is_done else duty


def _says_how_much(clause: Clause, line: Line, known: Sequence[Clause], sources: Sources) -> bool:
    """Whether a verb of making only leads to an amount of the lines: "generated €1.1m", "…, producing 350 parts".

    An amount that is no money follows behind the deed itself; who tested 350 parts has not made them.
    """
    lexicon = sources.lexicon
    verb = clause.verbs[-1] if clause.verbs else None
    if verb is None or lexicon.stem(verb.folded) not in lexicon.yielding_stems:
        return False
    after = next((q for q in line.quantities if verb.end <= q.start), None)
    between = [] if after is None else [t for t in line.tokens if verb.end <= t.start and t.end <= after.start]
    is_next = after is not None and not any(t.kind is Kind.CONTENT for t in between)
    if after is None or not is_next or not is_known(after, (own.quantities for own in sources.lines)):
        return False
    does_more = clause is not line.clauses[0] and verb.folded.endswith(lexicon.gerund_endings)
    is_kept = any(deed.keys & verb.keys for deed in line.clauses[0].deed for own in known for verb in own.deed)
    return after.is_money or (does_more and is_kept)


def _first_thing(clause: Clause, line: Line) -> Sequence[Token]:
    """What the first thing that a clause is about is called at the least: the "test *automation*" built for games."""
    words = [line.tokens.index(thing) for thing in clause.objects]
    together = [line.tokens[place] for number, place in enumerate(words) if place == words[0] + number]
    told_by = next((i for i, t in enumerate(together) if i > 0 and is_gerund(t, line.lexicon)), len(together))
    # "cropping plans *covering* three hectares", but the "training *planning*" is one thing
    together = together[:told_by] if together and together[told_by - 1].folded.endswith("s") else together
    return together[-1:] if line.lexicon.modifiers_first else together[:1]


def _is_joined(token: Token, line: Line) -> bool:
    """Whether a word is the next of several verbs: "built and *tested*"."""
    before = line.tokens[max(0, line.tokens.index(token) - 1) : line.tokens.index(token)]
    return any(other.raw == "," or other.folded in line.lexicon.conjunctions for other in before)


def _vouched(duty: Duty, clause: Clause, deed: Sequence[Token], known: Sequence[Clause], lexicon: Lexicon) -> bool:
    if duty is Duty.ASSIST:
        return True
    if any(lexicon.stem(verb.folded) in lexicon.designing_stems for verb in deed):
        # who built walls or sewed gowns need not have designed them
        known = [
            own for own in known if not any(lexicon.stem(verb.folded) in lexicon.crafting_stems for verb in own.deed)
        ]
    overlaps = [sum(bool(token.keys & source.keys) for token in clause.objects) for source in known]
    best = max(overlaps, default=0)
    if best == 0:
        # nothing about the same thing: doing may be reworded beyond recognition, leading may not
        # unless leading is all that was done
        is_all = bool(known) and all(duty in _VOUCHES[_done(source, lexicon)] for source in known)
        return is_all or (duty is Duty.DO and any(source.duty is not Duty.ASSIST for source in known))
    has_helped = any(source.duty is Duty.ASSIST for source in known)
    if not has_helped and any(_same_deed(deed, own, lexicon) and _is_about_the_same(clause, own) for own in known):
        return True
    nearest = [source for source, overlap in zip(known, overlaps, strict=True) if overlap == best]
    return any(
        duty in _VOUCHES[_done(source, lexicon)]
        or _same_deed(deed, source, lexicon)
        or (duty is Duty.COORDINATE and _has_planned(source, lexicon))
        or (duty is Duty.LEAD and _has_administered(clause, deed, source, lexicon))
        or (
            duty in (Duty.LEAD, Duty.COORDINATE)
            and (_ran_activity(clause, source, lexicon) or _led_deed(clause, source, lexicon))
        )
        for source in nearest
    )


def _is_about_the_same(clause: Clause, source: Clause) -> bool:
    """Whether the first thing that is done something to is one of the source's: "introduced a *checklist* that …"."""
    things = [thing for thing in clause.objects if thing not in clause.deed][:1]
    return any(thing.keys & token.keys for thing in things for token in source.objects)


def _ran_activity(clause: Clause, source: Clause, lexicon: Lexicon) -> bool:
    """Whether a source says "ran a club" or "gave lessons" of what is led: who did need not have thought it up."""
    stems = {lexicon.stem(token.folded) for token in source.deed}
    things = [thing for thing in source.objects if thing not in source.deed]
    if not stems & lexicon.running_stems:
        things = _held(source, lexicon)
    led = frozenset[str]().union(*(thing.keys for thing in clause.objects))
    return any(lexicon.stem(thing.folded) in lexicon.activity_stems and thing.keys & led for thing in things)


def _held(source: Clause, lexicon: Lexicon) -> list[Token]:
    """What a source says was given or held: the first thing only, for who gave handouts to a class gave no class."""
    if lexicon.holding_stems.isdisjoint(lexicon.stem(token.folded) for token in source.deed):
        return []
    return _foremost(source)


def _foremost(clause: Clause) -> list[Token]:
    """What a clause is about in the first place: the "vaccines" of "vaccines with three nurses"."""
    things = [thing for thing in clause.objects if thing not in clause.deed]
    apart = (n for n, (one, other) in enumerate(pairwise(things), start=1) if other.start > one.end + 1)
    return things[: next(apart, len(things))]


def _led_deed(clause: Clause, source: Clause, lexicon: Lexicon) -> bool:
    """Whether what is led is what the source did with people: who "briefed waiters" has led briefings."""
    led = (thing for thing in clause.objects if lexicon.stem(thing.folded) in lexicon.activity_stems)
    deeds = frozenset[str]().union(*(deed.keys for deed in source.deed))
    return source.duty is not Duty.ASSIST and any(thing.keys & deeds for thing in led)


def _done(source: Clause, lexicon: Lexicon) -> Duty:
    """What a source clause vouches for: who "made" a thing has created it, who "showed" it has taught it.

    So has who "gave lessons".
    """
    duty = source.duty or Duty.DO
    stems = {lexicon.stem(token.folded) for token in source.deed}
    if duty is Duty.DO and stems & lexicon.making_stems:
        return Duty.CREATE
    has_taught = any(lexicon.stem(thing.folded) in lexicon.lesson_stems for thing in _held(source, lexicon)[-1:])
    return Duty.TEACH if duty is Duty.DO and (has_taught or stems & lexicon.showing_stems) else duty


def _has_planned(source: Clause, lexicon: Lexicon) -> bool:
    """Whether a source says that something was planned, and not that this was helped with."""
    planned = any(lexicon.stem(verb.folded) in lexicon.planning_stems for verb in source.deed)
    return planned and source.duty is not Duty.ASSIST


def _has_administered(clause: Clause, deed: Sequence[Token], source: Clause, lexicon: Lexicon) -> bool:
    """Whether all that is "managed" was administered: a directory and its policies, but no clinic where shots were."""
    is_managed = all(lexicon.stem(verb.folded) in lexicon.handling_stems for verb in deed)
    administered = any(lexicon.stem(verb.folded) in lexicon.administering_stems for verb in source.deed)
    things = [thing for thing in clause.objects if thing not in deed]
    is_foremost = any(thing.keys & own.keys for thing in things[:1] for own in _foremost(source))
    return is_managed and administered and is_foremost and all(thing.keys & source.keys for thing in things)


def _same_deed(deed: Sequence[Token], source: Clause, lexicon: Lexicon) -> bool:
    """Whether the source says it did just that ("cooked", "prepared"), and not that it helped."""
    said = source.duty is not Duty.ASSIST and bool(deed)
    return said and all(any(_is_same_verb(verb, known, lexicon) for known in source.deed) for verb in deed)


def _is_same_verb(verb: Token, known: Token, lexicon: Lexicon) -> bool:
    """Whether two words name the same deed; `Klassenleitung` is `Leitung` as well."""
    is_part = lexicon.compounding and len(verb.folded) >= _LONG_NOUN and known.folded.endswith(verb.folded)
    return is_part or bool(verb.keys & known.keys)
