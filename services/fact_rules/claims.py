"""Words that claim something by themselves (rank, reach, results, people, times, honours) and who vouches for them.

Knows what each kind of claim needs for a source; knows nothing of plain words.
"""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from services.fact_rules.arithmetic import comparable, is_known, reached_goals
from services.fact_rules.counting import is_count_of_a_list, is_team_of_counted
from services.fact_rules.deeds import is_done_by_trade
from services.fact_rules.lexicon import Claim, Duty
from services.fact_rules.lines import Clause, Line
from services.fact_rules.sources import Sources, converted_rates
from services.fact_rules.text import Kind, Token
from services.fact_rules.verbs import is_gerund
from services.fact_rules.widening import negated
from services.resume_language.spoken import is_spoken_language

_COUNTED_WITHIN = 3
_NEAR = 3
_OF_AUTHORITY = frozenset({Duty.TEACH, Duty.COORDINATE, Duty.LEAD})


def is_handling(token: Token, line: Line) -> bool:
    """Whether "management" in the name of a skill is that of stock, a calendar and the like."""
    following = line.tokens[line.tokens.index(token) + 1 :]
    things = [word for word in (*following, *line.tokens) if word.kind is Kind.CONTENT and word is not token]
    is_handling = line.lexicon.stem(token.folded) in line.lexicon.handling_stems
    return is_handling and bool(things) and bool(things[0].keys & line.lexicon.chore_stems)


def _names_a_chore(token: Token, line: Line, sources: Sources) -> bool:
    """Whether "calendar *management*" is that of calendars which the lines tell of."""
    before = line.tokens[max(0, line.tokens.index(token) - 1) : line.tokens.index(token)]
    is_handling = line.lexicon.modifiers_first and line.lexicon.stem(token.folded) in line.lexicon.handling_stems
    is_chore = any(word.keys & line.lexicon.chore_stems and sources.line_pool.covers(word) for word in before)
    return is_handling and is_chore


def unvouched_claim(token: Token, line: Line, sources: Sources) -> Claim | None:
    """What a word claims by itself without a voucher; None for plain words and for claims that the sources make too."""
    if sources.lexicon.stem(token.folded) in sources.fillers or token.folded in sources.lexicon.neutral:
        return None
    if sources.is_term and is_handling(token, line):
        return None
    if token.folded in sources.lexicon.mere and line.tokens.index(token) + 1 in line.numeric:
        return None  # "only two comebacks" is no more than two; "the only technician" is
    if _names_a_chore(token, line, sources):
        return None
    for claim in sources.lexicon.claim_of(token.folded):
        if claim is Claim.SENIORITY:
            vouched = sources.scope_pool.covers_exactly(token) or _is_said_as_verb(token, sources)
        elif claim is Claim.CREDENTIAL:
            vouched = (
                sources.vouch_for(token) or sources.hold(token, line) or _is_in_several_languages(token, line, sources)
            )
        elif claim is Claim.AUDIENCE:
            is_anyone = token.folded in sources.lexicon.anyone and _speaks_of_people(sources)
            vouched = sources.vouch_for(token) and not _are_others(token, line, sources)
            vouched = vouched or is_anyone or _is_known_team(token, line, sources)
        elif claim is Claim.PERIOD:
            is_converted = any(rate.token is token for rate in converted_rates(line, sources))
            is_converted = is_converted or _is_known_time(token, line, sources)
            after = line.tokens[line.tokens.index(token) + 1 :][:1]
            is_age = any(other.folded in sources.lexicon.aged for other in after)
            vouched = sources.line_pool.covers(token) or is_converted or is_age
        elif token.folded in sources.lexicon.several:
            vouched = sources.line_pool.covers(token) or _is_counted(token, line, sources)
        elif claim is Claim.OUTCOME:
            is_agent = token.folded.endswith(sources.lexicon.agent_endings) and sources.scope_pool.names(token)
            vouched = sources.line_pool.covers(token) or _is_measured(token, sources) or is_agent
            # an "event-*driven*" service achieved nothing
            is_kind = line.text[: token.start].endswith("-") and not is_gerund(token, sources.lexicon)
            vouched = vouched or is_kind or is_done_by_trade(token, line, sources)
        else:
            vouched = _has_reach(token, sources) or _is_negated_there(token, line, sources)
            vouched = vouched or _is_one_there(token, line, sources) or _is_listed(token, line)
        if not vouched:
            return claim
    return None


def _is_known_time(token: Token, line: Line, sources: Sources) -> bool:
    """Whether a "year" ends an amount of time that the lines give in another unit: "*one year*" of "12 months"."""
    said = [time for time in line.amounts if line.tokens[time.last] is token and time.minutes]
    return any(is_known(time, (source.quantities for source in sources.lines)) for time in said)


def _is_in_several_languages(token: Token, line: Line, sources: Sources) -> bool:
    """Whether "bilingual (English and Spanish)" names two languages that the lines name as well."""
    spoken = sources.lexicon.multilingual.get(token.folded, 0)
    named = {other.folded for other in line.tokens if is_spoken_language(other.raw)}
    listed = {own.tokens[0].folded for own in sources.lines if len(own.tokens) == 1}
    is_known = any(named <= {word.folded for word in own.tokens} for own in sources.lines) or named <= listed
    return 0 < spoken <= len(named) and is_known


def speaks_a_language(index: int, words: Sequence[Token], sources: Sources) -> bool:
    """Whether a word is part of "Spanish-speaking", where the lines name the language; of "Spanish- and …" as well."""
    of = words[max(0, index - 1) : index + 2]
    is_first = [word.folded in sources.lexicon.conjunctions for word in words[index + 1 : index + 2]] == [True]
    speaking = words[index : index + (_NEAR + 1 if is_first else 2)]
    is_speaking = any(word.folded in sources.lexicon.speaking for word in speaking)
    return is_speaking and any(is_spoken_language(word.raw) and sources.line_pool.names(word) for word in of)


def _are_others(token: Token, line: Line, sources: Sources) -> bool:
    """Whether the "staff" of "cashiers and staff" are people beside the cashiers who are all that the lines name."""
    position, lexicon = line.tokens.index(token), line.lexicon
    kinds = {index for index, other in enumerate(line.tokens) if token.folded in lexicon.broader_than(other.folded)}
    between = (line.tokens[min(index, position) : max(index, position)] for index in kinds)
    is_added = any(word.folded in lexicon.conjunctions for words in between for word in words)
    return is_added and not sources.line_pool.names(token)


def _is_known_team(token: Token, line: Line, sources: Sources) -> bool:
    """Whether "the marketing team" is the marketing that the replaced line names; who is led must be named itself."""
    counted_by = sources.lines if sources.is_profile else filter(None, (sources.replaced,))
    if any(is_team_of_counted(line.tokens.index(token), line, own) for own in counted_by):
        return token.folded in sources.lexicon.teams
    if any(token in clause.objects and clause.duty in _OF_AUTHORITY for clause in line.clauses):
        return _are_those_taught(token, line, sources)
    parts = sources.lexicon.conjunctions  # "parents and staff" are not the parents' staff
    words = [word for word in line.tokens if word.kind is not Kind.STOP or word.folded in parts]
    position = words.index(token) if token in words and token.folded in sources.lexicon.teams else -1
    # "the marketing team", but a "team rating" is no longer one's own
    after = position + 1 if sources.lexicon.modifiers_first else position + 2
    others = words[max(0, position - 1) : after] if position >= 0 else []
    deeds = {deed for clause in line.clauses for deed in clause.deed}
    return sources.replaced is not None and any(
        other is not token and other.kind is Kind.CONTENT and other not in deeds and sources.line_pool.covers(other)
        for other in others
    )


def _are_those_taught(token: Token, line: Line, sources: Sources) -> bool:
    """Whether "the front office *staff*" who are trained are the front office that the replaced line says was."""
    position = line.tokens.index(token)
    named = line.tokens[max(0, position - 1) : position] if line.lexicon.modifiers_first else ()
    taught = [] if sources.replaced is None else [c for c in sources.replaced.clauses if c.duty is Duty.TEACH]
    is_team = token.folded in line.lexicon.teams
    return is_team and any(
        other.kind in (Kind.CONTENT, Kind.GENERIC)
        and any(other.keys & clause.keys and _ends_its_object(other, clause, sources) for clause in taught)
        for other in named
    )


def _ends_its_object(token: Token, clause: Clause, sources: Sources) -> bool:
    """Whether a word ends what a clause of the replaced line does something to: "train front *office* on upselling"."""
    words = () if sources.replaced is None else sources.replaced.tokens
    after = [word for word in words if clause.verbs and clause.verbs[-1].end <= word.start < clause.end]
    thing = list(takewhile(lambda word: word.kind in (Kind.CONTENT, Kind.GENERIC), after))
    return bool(thing) and bool(thing[-1].keys & token.keys)


def _speaks_of_people(sources: Sources) -> bool:
    """Whether the replaced line names somebody of weight, who may be called a stakeholder."""
    known = () if sources.replaced is None else sources.replaced.tokens
    weighty = {Claim.AUDIENCE, Claim.SENIORITY}
    return any(weighty.intersection(sources.lexicon.claim_of(token.folded)) for token in known if token.is_word)


def _is_measured(token: Token, sources: Sources) -> bool:
    """Whether "reduced" is what a pair of numbers of the lines did, and "achieved" what a number was."""
    is_attained = sources.lexicon.stem(token.folded) in sources.lexicon.attaining_stems
    return (is_attained and any(source.quantities for source in sources.lines)) or follows_from_a_pair(token, sources)


def follows_from_a_pair(token: Token, sources: Sources) -> bool:
    """Whether "reduced" or "grew" is what a pair of numbers of the lines did, or what a "halved" says of one."""
    lexicon = sources.lexicon
    stem = lexicon.stem(token.folded)
    for source in sources.lines:
        for ratio in source.ratios:
            if stem in (lexicon.falling_stems if ratio.factor < 1 else lexicon.rising_stems):
                return True
        for before, after in source.pairs:
            fell = all(b < a for a, b in comparable(before, after))
            if stem in (lexicon.falling_stems if fell else lexicon.rising_stems):
                return True
        if stem in lexicon.exceeding_stems and any(
            reached > goal
            for pair in reached_goals(source.quantities, source.tokens, lexicon)
            for reached, goal in comparable(*pair)
        ):
            return True
    return False


def _has_reach(token: Token, sources: Sources) -> bool:
    """Whether the lines have the word; `schulweit` is not a form of `Schule`."""
    if token.folded.endswith(sources.lexicon.reach_endings) and Claim.REACH in sources.lexicon.claim_of(token.folded):
        return bool(token.keys & sources.line_pool.keys)
    return sources.line_pool.covers(token)


def _is_negated_there(token: Token, line: Line, sources: Sources) -> bool:
    """Whether "no accidents" were "zero accidents", or "to none" "to zero": another negation of the same thing."""
    if token.folded not in sources.lexicon.negators:
        return False
    position = line.tokens.index(token)
    if _stands_alone(position, line):
        return any(
            word.folded in sources.lexicon.negators and _stands_alone(place, own)
            for own in sources.lines
            for place, word in enumerate(own.tokens)
        )
    things = [words[0] for words in negated(line) if words and line.tokens.index(words[0]) > position][:1]
    return are_negated(things, sources)


def _is_listed(token: Token, line: Line) -> bool:
    """Whether a word says what a number counts that the line then lists: "three *countries* (Germany, …)"."""
    place = line.tokens.index(token)
    return any(q.last + 1 == place and is_count_of_a_list(q, line) for q in line.quantities)


def _is_one_there(token: Token, line: Line, sources: Sources) -> bool:
    """Whether "a *single* shutdown" was "one shutdown" in the lines."""
    singular = sources.lexicon.singular
    if token.folded not in singular:
        return False
    thing = next((word for word in line.tokens if word.start > token.start and word.kind is Kind.CONTENT), None)
    return thing is not None and any(
        before.folded in singular and word.keys & thing.keys
        for own in sources.lines
        for before, word in pairwise(own.tokens)
    )


def are_negated(things: Sequence[Token], sources: Sources) -> bool:
    """Whether one of the things is one that the lines say is not there."""
    known = [words[0] for source in sources.lines for words in negated(source) if words]
    return any(thing.keys & other.keys for thing in things for other in known)


def _stands_alone(position: int, line: Line) -> bool:
    """Whether a negation says of nothing in particular that it is not: "from 5 to *none* after …"."""
    after = (token for token in line.tokens[position + 1 :] if token.folded not in line.lexicon.articles)
    following = next(after, None)
    return following is None or following.kind not in (Kind.CONTENT, Kind.GENERIC, Kind.NUMBER)


def _is_counted(token: Token, line: Line, sources: Sources) -> bool:
    """Whether "several sites" were "3 sites": a number above one stands before the same thing in the lines."""
    following = line.tokens[line.tokens.index(token) + 1 :][:_COUNTED_WITHIN]
    things = [word for word in following if word.kind is Kind.CONTENT]
    for source in sources.lines:
        for quantity in source.quantities:
            counted = source.tokens[quantity.last + 1 :][:_COUNTED_WITHIN]
            if max(quantity.values) > 1 and any(thing.keys & word.keys for thing in things for word in counted):
                return True
    return False


def _is_said_as_verb(token: Token, sources: Sources) -> bool:
    """Whether a "chair" was chaired in the very line."""
    lexicon = sources.lexicon
    return token.folded in lexicon.duty_bases.values() and lexicon.stem(token.folded) in sources.line_pool.stems
