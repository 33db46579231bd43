"""Whether the lines tell of a deed of authority or expertise that a text claims.

Knows where a word is a verb and where it only names a thing; knows nothing of how much work a verb claims.
"""

from services.fact_rules.lexicon import Duty
from services.fact_rules.lines import Clause, Line
from services.fact_rules.sources import Sources
from services.fact_rules.text import Kind, Token

_LED_IN_WITHIN = 3


def weighty_deed(token: Token, line: Line) -> Clause | None:
    """The clause in which a word is a deed of authority or expertise; "and present *the* report" has one as well."""
    if not line.lexicon.is_weighty(token.folded):
        return None
    following = line.tokens[line.tokens.index(token) + 1 :][:1]
    is_verb = any(other.folded in line.lexicon.articles for other in following) and line.lexicon.modifiers_first
    return next(
        (c for c in line.clauses if _is_deed_of(token, c, line) or (is_verb and token.start == c.start)),
        None,
    )


def _is_deed_of(token: Token, clause: Clause, line: Line) -> bool:
    """Whether a word is what the clause says was done; in "trained and *hired* staff" there are two."""
    position = line.tokens.index(token)
    before = line.tokens[max(0, position - 2) : position]
    is_second = len(before) > 1 and before[1].folded in line.lexicon.conjunctions and before[0] in clause.deed
    return token in clause.deed or is_second


def is_done(verb: Token, clause: Clause, line: Line, sources: Sources) -> bool:
    """Whether the lines tell of the deed: by the word, by a verb that means the same, or as "conducted interviews".

    Not by a thing that sounds like it ("report" for "presented") or is named after it ("repair quotes").
    """
    if is_done_by_trade(verb, line, sources) or _is_done_by_script(verb, sources):
        return True
    places = [(own, index, token) for own in sources.lines for index, token in enumerate(own.tokens) if token.is_word]
    related = [place for place in places if place[2].keys & verb.keys]
    for own, index, token in related:
        if token.folded in own.lexicon.newcomers and not _may_be_a_deed(token, own):
            # who trained new hires did not hire them
            continue
        if _is_somebody(index, own) and not _is_agent(verb, own):
            continue
        is_named = any(not key.startswith("~") for key in token.keys & verb.keys)
        if _may_be_a_deed(token, own) or _is_reached(index, own) or (is_named and not _describes_a_thing(index, own)):
            return True
    deeds = {key for own, _, token in places if _may_be_a_deed(token, own) for key in token.keys}
    if sources.lexicon.stem(verb.folded) in sources.lexicon.light_stems:
        if _led_the_same(clause, verb, sources):
            return True
        of = next(
            (t.start for t in line.tokens if t.start > verb.start and t.folded in line.lexicon.markers), verb.start
        )
        things = [t for t in line.tokens if verb.start < t.start < of] or clause.objects
        return any(thing.keys & deeds for thing in things if thing is not verb)
    return not related and sources.line_pool.names(verb)


def _led_the_same(clause: Clause, verb: Token, sources: Sources) -> bool:
    """Whether who "conducted" a story hour has led it, or taught it."""
    things = [thing for thing in clause.objects if thing is not verb]
    led = (own for line in sources.lines for own in line.clauses if own.duty in (Duty.LEAD, Duty.TEACH))
    return any(thing.keys & own.keys for own in led for thing in things)


def _is_reached(index: int, line: Line) -> bool:
    """Whether a deed is what the person went somewhere for: "travelled to customers *to commission* lines"."""
    lexicon = line.lexicon
    before = line.tokens[max(0, index - 1) : index]
    deeds = {lexicon.stem(deed.folded) for clause in line.clauses[:1] for deed in clause.deed}
    return bool(deeds & lexicon.reaching_stems) and any(other.folded in lexicon.purposes for other in before)


def _is_done_by_script(verb: Token, sources: Sources) -> bool:
    """Whether something was "automated" by whom the lines say to have written a script for it."""
    lexicon = sources.lexicon
    made = (clause for own in sources.lines for clause in own.clauses if clause.duty is Duty.CREATE)
    return lexicon.stem(verb.folded) in lexicon.automating_stems and any(
        thing.folded in lexicon.automations for clause in made for thing in clause.objects
    )


def _may_be_a_deed(token: Token, line: Line) -> bool:
    """Whether a word is a verb, or may be one: "test and *inspect* boards", "responsible for *giving* …"."""
    if token.folded.endswith(line.lexicon.gerund_endings) and line.lexicon.gerund_endings:
        return True
    before = line.tokens[: line.tokens.index(token)]
    if token.folded.endswith(line.lexicon.verb_endings) and all(_is_short_form(other, line) for other in before):
        return True  # "*MIG and TIG* welded tanks"
    if token is line.tokens[0] and token.kind is Kind.GENERIC and line.lexicon.modifiers_first:
        return True  # "*process* leave requests", of which every word is an everyday one
    return any(_is_deed_of(token, clause, line) or token.start == clause.start for clause in line.clauses)


def _is_short_form(token: Token, line: Line) -> bool:
    return token.folded in line.lexicon.conjunctions or (token.raw.isupper() and len(token.raw) > 1)


def _describes_a_thing(index: int, line: Line) -> bool:
    """Whether a noun stands before another that it describes: the "repair" of "repair quotes"."""
    following = line.tokens[index + 1 : index + 2]
    return line.lexicon.modifiers_first and any(
        (other.kind is Kind.CONTENT and other.raw.islower()) or other.folded in line.lexicon.teams
        for other in following
    )


def _is_somebody(index: int, line: Line) -> bool:
    """Whether a noun names somebody else for whom or with whom something was done: "papers for the *auditor*"."""
    lexicon = line.lexicon
    led_in = (token.folded for token in line.tokens[max(0, index - _LED_IN_WITHIN) : index])
    return _is_agent(line.tokens[index], line) and any(
        word in lexicon.complements | lexicon.together for word in led_in
    )


def _is_agent(token: Token, line: Line) -> bool:
    return token.folded.removesuffix("s").endswith(line.lexicon.agent_endings)


def is_done_by_trade(token: Token, line: Line, sources: Sources) -> bool:
    """Whether a driver "drives" a van of the lines; "drive customer satisfaction" says something else."""
    clause = next((clause for clause in line.clauses if clause.start <= token.start < clause.end), None)
    things = [] if clause is None else [thing for thing in clause.objects if thing.start > token.start][:1]
    return sources.title_pool.names(token) and bool(things) and all(map(sources.line_pool.covers, things))
