"""Rules 3 to 6: every word that says something is traceable to the sources, and some words only to the very line.

Knows what makes a new word a fabrication or mere rewording; knows nothing of numbers and responsibility.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, takewhile

from services.fact_rules.counting import is_count_of_a_list, is_team_of_counted
from services.fact_rules.lexicon import Claim, Duty
from services.fact_rules.lexicon_files import LANGUAGES, load
from services.fact_rules.lines import Clause, Line, starts_a_deed
from services.fact_rules.numbers import comparable, from_to_pairs, is_known, ratio_words, single_times
from services.fact_rules.pool import explained_acronyms, pool_of, spelled_out
from services.fact_rules.sources import ADVISORY, Finding, FindingKind, Sources, converted_rates
from services.fact_rules.text import Kind, Token
from services.fact_rules.widening import is_lack, negated
from services.resume_language.spoken import is_spoken_language

_NOVEL_SHARE = 1 / 3
_SAME_ORDER = 0.8

_MOST_NOVEL = 0.4
_NOVEL_IN_A_PROFILE = 1 / 4
_COUNTED_WITHIN = 3
_LONGEST_ITEM = 3
_NEAR = 3
_OF_AUTHORITY = frozenset({Duty.TEACH, Duty.COORDINATE, Duty.LEAD})
_CLAIM_FINDINGS = {claim: FindingKind(claim.value) for claim in Claim}


def untraceable_words(line: Line, sources: Sources, judged: set[Token]) -> Iterator[Finding]:
    """The words without a source, but those in `judged`, which the ladder of duties has weighed."""
    expanded = spelled_out(line.tokens, sources.scope_pool) | explained_acronyms(line)
    novel: list[Finding] = []
    for index, token in enumerate(line.tokens):
        if not token.is_word or index in line.numeric or token in judged or index in expanded:
            continue
        if token.folded in sources.lexicon.ratios or _says_more_than_a_ratio(index, line):
            continue
        claim = _claim(token, line, sources)
        if claim is not None:
            yield Finding(_CLAIM_FINDINGS[claim], token.raw)
        elif token.kind is Kind.CONTENT and not _is_claim(token, sources) and not _is_traceable(token, line, sources):
            novel.append(Finding(_novelty(index, token, line, sources), token.raw))
    grave = [finding for finding in novel if finding.kind not in ADVISORY]
    if grave and _is_rewording(grave, line, sources):
        novel = [Finding(FindingKind.REWORDED, finding.words) for finding in novel]
    if _is_unspaced(line) and len(novel) <= _NOVEL_SHARE * max(1, len(line.words)):
        return
    yield from novel


def _says_more_than_a_ratio(index: int, line: Line) -> bool:
    """Whether a word belongs to "*more* than halved", which the rule for numbers weighs."""
    following = [token.folded for token in line.tokens[index + 1 : index + 3]]
    is_more = line.tokens[index].folded in line.lexicon.comparative
    return (
        is_more
        and len(following) > 1
        and following[0] in line.lexicon.more_than
        and following[1] in line.lexicon.ratios
    )


def _is_traceable(token: Token, line: Line, sources: Sources) -> bool:
    """Whether the sources have the word: the lines in any form, the rest of the entry with two exceptions.

    A weighty deed needs the line ("repaired" is not in "repair estimates"), and so does a thing that is merely added
    to an enumeration of the line ("laptops, servers and phones").
    """
    if _follows_from_a_pair(token, sources) or token.folded in sources.lexicon.modest_degrees:
        return True
    index = line.tokens.index(token)
    if _says_less(index, line) or speaks_a_language(index, line.tokens, sources):
        return True
    if is_lack(index, line) and _are_negated(line.tokens[index - 1 : index], sources):
        return True
    if sources.is_term and is_spoken_language(token.raw):
        return sources.line_pool.names(token)  # who worked in Spain need not speak Spanish
    if sources.is_term and _is_anothers(token, sources):
        return False
    clause = _weighty_deed(token, line)
    if clause is not None and sources.replaced is not None:
        return _is_done(token, clause, line, sources)
    if sources.line_pool.covers(token) or (sources.is_term and _is_handling(token, line)):
        return True
    return clause is None and not _is_enumerated(token, line, sources) and sources.vouch_for(token)


def _says_less(index: int, line: Line) -> bool:
    """Whether a word only makes the person's part smaller: "*co*-led", "under a pharmacist's *supervision*".

    Who was "*trained* in first aid" has the skill that is named, and taught it to nobody.
    """
    token, lexicon = line.tokens[index], line.lexicon
    following = line.tokens[index + 1 : index + 2]
    if token.folded in lexicon.learnt:
        return any(other.folded in lexicon.learnt_in for other in following)
    is_shared = token.folded in lexicon.shared and line.text[token.end :].startswith("-")
    is_under = any(other.folded in lexicon.under for other in line.tokens[max(0, index - _NEAR) : index])
    return is_shared or (is_under and lexicon.duty_of(token.folded, opens_clause=False) is Duty.LEAD)


def _weighty_deed(token: Token, line: Line) -> Clause | None:
    """The clause in which a word is a deed of authority or expertise; "and present *the* report" has one as well."""
    if not line.lexicon.is_weighty(token.folded):
        return None
    following = line.tokens[line.tokens.index(token) + 1 :][:1]
    is_verb = any(other.folded in line.lexicon.articles for other in following) and line.lexicon.modifiers_first
    return next(
        (c for c in line.clauses if _is_deed_of(token, c, line) or (is_verb and token.start == c.start)),
        None,
    )


def _is_anothers(token: Token, sources: Sources) -> bool:
    """Whether a skill of leading or teaching is only named by somebody who has it: "the shift supervisor"."""
    lexicon = sources.lexicon
    duty = lexicon.duty_of(token.folded, opens_clause=True)
    places = [(own, word) for own in sources.lines for word in own.tokens if word.keys & token.keys]
    return duty in _OF_AUTHORITY and bool(places) and all(_is_mentioned(word, own) for own, word in places)


def _is_mentioned(person: Token, line: Line) -> bool:
    """Whether a word is somebody whom a line speaks of, and not the person's own title."""
    is_person = person.folded.endswith(line.lexicon.agent_endings)
    is_title = not any(token.kind is Kind.STOP for token in line.tokens) and not any(c.duty for c in line.clauses)
    return is_person and not is_title


def _is_deed_of(token: Token, clause: Clause, line: Line) -> bool:
    """Whether a word is what the clause says was done; in "trained and *hired* staff" there are two."""
    position = line.tokens.index(token)
    before = line.tokens[max(0, position - 2) : position]
    is_second = len(before) > 1 and before[1].folded in line.lexicon.conjunctions and before[0] in clause.deed
    return token in clause.deed or is_second


def _is_done(verb: Token, clause: Clause, line: Line, sources: Sources) -> bool:
    """Whether the lines tell of the deed: by the word, by a verb that means the same, or as "conducted interviews".

    Not by a thing that sounds like it ("report" for "presented") or is named after it ("repair quotes").
    """
    if _is_done_by_trade(verb, line, sources) or _is_done_by_script(verb, sources):
        return True
    places = [(own, index, token) for own in sources.lines for index, token in enumerate(own.tokens) if token.is_word]
    related = [place for place in places if place[2].keys & verb.keys]
    for own, index, token in related:
        if token.folded in own.lexicon.newcomers and not _may_be_a_deed(token, own):
            # who trained new hires did not hire them
            continue
        is_named = any(not key.startswith("~") for key in token.keys & verb.keys)
        if _may_be_a_deed(token, own) or _is_reached(index, own) or (is_named and not _describes_a_thing(index, own)):
            return True
    deeds = {key for own, _, token in places if _may_be_a_deed(token, own) for key in token.keys}
    if sources.lexicon.stem(verb.folded) in sources.lexicon.light_stems:
        of = next(
            (t.start for t in line.tokens if t.start > verb.start and t.folded in line.lexicon.markers), verb.start
        )
        things = [t for t in line.tokens if verb.start < t.start < of] or clause.objects
        return any(thing.keys & deeds for thing in things if thing is not verb)
    return not related and sources.line_pool.names(verb)


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


def _is_handling(token: Token, line: Line) -> bool:
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


def _is_enumerated(token: Token, line: Line, sources: Sources) -> bool:
    if sources.replaced is None or not token.raw.islower():
        return False
    now = pool_of((line,), sources.lexicon)
    return _is_item(token, line) and all(now.covers(word) for word in sources.replaced.words)


def _claim(token: Token, line: Line, sources: Sources) -> Claim | None:
    if sources.lexicon.stem(token.folded) in sources.fillers or token.folded in sources.lexicon.neutral:
        return None
    if sources.is_term and _is_handling(token, line):
        return None
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
            vouched = sources.vouch_for(token) or is_anyone or _is_known_team(token, line, sources)
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
            vouched = vouched or _is_done_by_trade(token, line, sources)
        else:
            vouched = _has_reach(token, sources) or _is_negated_there(token, line, sources)
            vouched = vouched or _is_one_there(token, line, sources) or _is_listed(token, line)
        if not vouched:
            return claim
    return None


def _is_known_time(token: Token, line: Line, sources: Sources) -> bool:
    """Whether a "year" ends an amount of time that the lines give in another unit: "*one year*" of "12 months"."""
    times = (*line.quantities, *single_times(line.tokens, sources.lexicon))
    said = [time for time in times if line.tokens[time.last] is token and time.minutes]
    return any(is_known(time, (source.quantities for source in sources.lines)) for time in said)


def _is_item(token: Token, line: Line) -> bool:
    """Whether a word is one of an enumeration, by itself or with what describes it: "filters and timing belts"."""
    position = line.tokens.index(token)
    before = position - 1
    while before > 0 and line.tokens[before].kind is Kind.STOP and line.tokens[before].folded in line.lexicon.markers:
        # "A et de la B": what marks a thing stands between
        before -= 1
    around = [*line.tokens[max(0, before) : position], *line.tokens[position + 1 : position + 2]]
    if position > 1 and line.lexicon.modifiers_first and _describes(line.tokens[position - 1], line):
        around.append(line.tokens[position - 2])
    return any(other.raw == "," or other.folded in line.lexicon.conjunctions for other in around)


def _describes(token: Token, line: Line) -> bool:
    is_deed = any(token in clause.deed for clause in line.clauses)
    return token.is_word and token.raw.islower() and token.kind is not Kind.STOP and not is_deed


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


def _is_done_by_trade(token: Token, line: Line, sources: Sources) -> bool:
    """Whether a driver "drives" a van of the lines; "drive customer satisfaction" says something else."""
    clause = next((clause for clause in line.clauses if clause.start <= token.start < clause.end), None)
    things = [] if clause is None else [thing for thing in clause.objects if thing.start > token.start][:1]
    return sources.title_pool.names(token) and bool(things) and all(map(sources.line_pool.covers, things))


def _is_known_team(token: Token, line: Line, sources: Sources) -> bool:
    """Whether "the marketing team" is the marketing that the replaced line names; who is led must be named itself."""
    if sources.replaced is not None and is_team_of_counted(line.tokens.index(token), line, sources.replaced):
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


def _is_claim(token: Token, sources: Sources) -> bool:
    return bool(sources.lexicon.claim_of(token.folded))


def _is_measured(token: Token, sources: Sources) -> bool:
    """Whether "reduced" is what a pair of numbers of the lines did, and "achieved" what a number was."""
    is_attained = sources.lexicon.stem(token.folded) in sources.lexicon.attaining_stems
    return (is_attained and any(source.quantities for source in sources.lines)) or _follows_from_a_pair(token, sources)


def _follows_from_a_pair(token: Token, sources: Sources) -> bool:
    """Whether "reduced" or "grew" is what a pair of numbers of the lines did, or what a "halved" says of one."""
    lexicon = sources.lexicon
    stem = lexicon.stem(token.folded)
    for source in sources.lines:
        for ratio in ratio_words(source.tokens, lexicon):
            if stem in (lexicon.falling_stems if ratio.factor < 1 else lexicon.rising_stems):
                return True
        for before, after in from_to_pairs(source.quantities, source.tokens, lexicon):
            fell = all(b < a for a, b in comparable(before, after))
            if stem in (lexicon.falling_stems if fell else lexicon.rising_stems):
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
    return _are_negated(things, sources)


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


def _are_negated(things: Sequence[Token], sources: Sources) -> bool:
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


def _novelty(index: int, token: Token, line: Line, sources: Sources) -> FindingKind:
    is_noun = token.folded in sources.lexicon.stemmer.irregular  # "assembly" ends like an adverb
    if token.folded.endswith(sources.lexicon.adverb_endings) and not is_noun:
        return FindingKind.MANNER
    if _tells_a_cause(index, line, sources):
        return FindingKind.CAUSE
    if _rewords_a_verb(token, line, sources):
        return FindingKind.REWORDED
    if sources.elsewhere_pool.covers_exactly(token):
        return FindingKind.MOVED
    opens = index == 0 or line.tokens[index - 1].kind is Kind.BREAK
    is_capitalised = token.raw[0].isupper() and not opens and not sources.lexicon.compounding
    return FindingKind.NAME if is_capitalised or token.looks_like_a_name else FindingKind.CONTENT


def _tells_a_cause(index: int, line: Line, sources: Sources) -> bool:
    """Whether a word stands where the line gives a new reason for a result: "by changing the ration"."""
    folded = ["" if token.kind is Kind.BREAK else token.folded for token in line.tokens]
    begins = next((i + 1 for i in reversed(range(index)) if not folded[i]), 0)
    for cause in line.lexicon.causes:
        for start in range(begins, index - len(cause) + 1):
            if tuple(folded[start : start + len(cause)]) == cause:
                following = line.tokens[start + len(cause) : index + 1]
                given = next((token for token in following if token.kind in (Kind.CONTENT, Kind.NUMBER)), None)
                return given is not None and given.is_word and not sources.line_pool.covers(given)
    return False


def _rewords_a_verb(token: Token, line: Line, sources: Sources) -> bool:
    """Whether a new verb just stands where the replaced line had another one, everything else being the same.

    That is how people reword ("resolved" for "handled"). Verbs of authority or expertise are never mere rewording.
    """
    clause = next((clause for clause in line.clauses if token in clause.deed), None)
    if sources.replaced is None or clause is None or sources.lexicon.is_weighty(token.folded):
        return False
    clauses = line.clauses[line.clauses.index(clause) :]
    objects = next((found for each in clauses if (found := [o for o in each.objects if o not in each.deed])), [])
    if token.looks_like_a_name or not objects or not all(sources.vouch_for(other) for other in objects):
        return False
    overlaps = [sum(bool(o.keys & source.keys) for o in objects) for source in sources.replaced.clauses]
    nearest = sources.replaced.clauses[overlaps.index(max(overlaps))]
    opening = [word for word in sources.replaced.tokens[:1] if starts_a_deed(word, (word,), line.lexicon)]
    kept = frozenset[str]().union(*(word.keys for word in line.tokens if word.is_word))
    if any(not verb.keys & kept for verb in (*opening, *nearest.deed)):
        return True
    done = frozenset[str]().union(*(verb.keys for verb in nearest.deed))
    if any(thing.keys & done for thing in objects):
        return True  # "cashed checks" may become "processed check cashing"
    # "maintained books and statements" may become "kept books and prepared statements"
    about_it = [each for each in line.clauses if each is clause or any(o.keys & nearest.keys for o in each.objects)]
    is_split = nearest is not sources.replaced.clauses[0] and nearest.deed == sources.replaced.clauses[0].deed
    return is_split and not any(verb.keys & each.keys for verb in nearest.deed for each in about_it)


def _is_rewording(novel: Sequence[Finding], line: Line, sources: Sources) -> bool:
    """Whether a few words without a source are the price of a line that was reworded as a whole.

    In a line that is otherwise the same, an exchanged or added word is a fact of its own; so is an item of an
    enumeration, a deed of weight, and always a word of the job ad.
    """
    tokens = [token for token in line.tokens if any(token.raw == finding.words for finding in novel)]
    before = sources.rewritten
    if before is None or len(tokens) > (_NOVEL_IN_A_PROFILE if sources.is_profile else _MOST_NOVEL) * len(line.words):
        return False
    adds = _items(line) > _items(before)
    longest = max(_list_around(word, before)[0] for word in before.words) if before.words else 1
    for finding in novel:
        is_common = finding.kind is FindingKind.MOVED and (finding.words.islower() or sources.lexicon.compounding)
        if finding.kind is not FindingKind.CONTENT and not is_common:
            return False
    for token in tokens:
        is_own = sources.elsewhere_pool.covers_exactly(token)
        is_deed = sources.lexicon.is_weighty(token.folded) or token.folded in sources.lexicon.duty_words
        is_deed = is_deed and not _is_made_together(token, line, before)
        # a short line does not show its language for sure
        claims = any(Claim.PERIOD in load(language).claim_of(token.folded) for language in LANGUAGES)
        is_fact = is_deed or claims or (sources.is_wanted(token) and not is_own)
        adds_an_item = adds and _is_item(token, line) and _list_around(token, line)[0] > longest
        if is_fact or adds_an_item or _lengthens_a_list(token, line, before):
            return False
    is_longer = sources.replaced is not None and len(line.clauses) > len(sources.replaced.clauses)
    if is_longer and any(_is_new_statement(clause, tokens, sources) for clause in line.clauses[1:]):
        return False
    return _is_reworded([token for token in line.tokens if token not in tokens], sources)


def _is_made_together(token: Token, line: Line, before: Line) -> bool:
    """Whether a word names what is done with others: "worked with a designer" on, or "to *produce*", brochures."""
    lexicon = line.lexicon
    clause = next((clause for clause in line.clauses if token in clause.objects), None)
    is_help = clause is not None and clause.duty is Duty.ASSIST
    with_others = any(word.folded in lexicon.together for word in before.tokens)
    return is_help and with_others and lexicon.duty_of(token.folded, opens_clause=False) is Duty.CREATE


def _is_new_statement(clause: Clause, novel: Sequence[Token], sources: Sources) -> bool:
    """Whether nothing that a clause is about stands in the old text: "… and testified in court"."""
    things = [thing for thing in clause.objects if thing not in clause.deed]
    is_told = any(sources.line_pool.covers(thing) for thing in things if thing not in novel)
    return bool(things) and not is_told


def _lengthens_a_list(token: Token, line: Line, before: Line) -> bool:
    """Whether a word is an item beside known ones, in a list that was shorter: "reading, maths *and drama*"."""
    if not _is_item(token, line):
        return False
    length, others = _list_around(token, line)
    known = [_list_around(word, before)[0] for word in before.words if any(word.keys & o.keys for o in others)]
    return bool(known) and length > max(known)


def _list_around(token: Token, line: Line) -> tuple[int, list[Token]]:
    """How many items the list has in which a word stands, and the words of the others."""
    position = line.tokens.index(token)
    deeds = {deed for clause in line.clauses for deed in clause.deed}
    items, others = 1, list[Token]()
    for neighbours in (line.tokens[:position][::-1], line.tokens[position + 1 :]):
        since = 1
        for other in neighbours:
            parts = other.raw == "," or other.folded in line.lexicon.conjunctions
            if other in deeds or (other.is_word and starts_a_deed(other, line.tokens, line.lexicon)):
                break
            items += parts and since > 0  # ", and" parts but once
            since = 0 if parts else since + 1
            if since > _LONGEST_ITEM or not (parts or other.is_word):
                break
            others += [other] if other.kind is Kind.CONTENT else []
    return items, others


def _items(line: Line) -> int:
    """How many things a line lists at most."""
    return sum(token.raw == "," or token.folded in line.lexicon.conjunctions for token in line.tokens)


def _is_reworded(tokens: Sequence[Token], sources: Sources) -> bool:
    """Whether what is left of a line says something of the old one in another form, or in another order."""
    before = [word.folded for word in sources.rewritten.tokens if word.is_word] if sources.rewritten else []
    after = [token for token in tokens if token.is_word]
    if any(t.kind is not Kind.STOP and t.folded not in before and sources.line_pool.covers(t) for t in after):
        return True
    return SequenceMatcher(None, [token.folded for token in after], before).ratio() < _SAME_ORDER


def _is_unspaced(line: Line) -> bool:
    return any("\u0e00" <= char <= "\u0e7f" or "\u3040" <= char <= "\ud7af" for char in line.text)
