"""Whether new words are the price of a line that was reworded, and no new facts.

Knows verbs that took another's place, lists that grew and lines that are the same but for a word.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from services.fact_rules.lexicon import Claim, Duty
from services.fact_rules.lexicon_files import LANGUAGES, load
from services.fact_rules.lines import Clause, Line
from services.fact_rules.sources import Finding, FindingKind, Sources
from services.fact_rules.text import Kind, Token
from services.fact_rules.verbs import MEANINGFUL, starts_a_deed

_SAME_ORDER = 0.8
_MOST_NOVEL = 0.4
_NOVEL_IN_A_PROFILE = 1 / 4
_LONGEST_ITEM = 3


def is_item(token: Token, line: Line) -> bool:
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


def rewords_a_verb(token: Token, line: Line, sources: Sources) -> bool:
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


def brings_in_known_means(token: Token, line: Line, sources: Sources) -> bool:
    """Whether "by *introducing* a checklist" only says what the old line did it with: "… with a checklist"."""
    lexicon, place = line.lexicon, line.tokens.index(token)
    if sources.replaced is None or lexicon.stem(token.folded) not in lexicon.introducing_stems:
        return False
    before = tuple(own.folded for own in line.tokens[:place])
    if not any(before[-len(cause) :] == cause for cause in lexicon.causes):
        return False
    own = sources.replaced
    brought = next((word for word in line.tokens[place + 1 :] if word.kind in MEANINGFUL), None)
    used = [
        next((thing for thing in own.tokens[index + 1 :] if thing.kind in MEANINGFUL), None)
        for index, word in enumerate(own.tokens)
        if word.folded in lexicon.means or (word.folded,) in lexicon.causes
    ]
    is_helped = any(clause.duty is Duty.ASSIST for clause in own.clauses)
    return not is_helped and any(brought and thing and thing.keys & brought.keys for thing in used)


def is_rewording(novel: Sequence[Finding], line: Line, sources: Sources) -> bool:
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
        adds_an_item = adds and is_item(token, line) and _list_around(token, line)[0] > longest
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
    if not is_item(token, line):
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
