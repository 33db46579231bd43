"""Rules 3 to 6: every word that says something is traceable to the sources, and some words only to the very line.

Knows what makes a new word a fabrication or mere rewording; knows nothing of numbers and responsibility.
"""

from collections.abc import Iterator

from services.fact_rules.claims import (
    are_negated,
    follows_from_a_pair,
    is_handling,
    speaks_a_language,
    unvouched_claim,
)
from services.fact_rules.deeds import is_done, weighty_deed
from services.fact_rules.lexicon import Claim, Duty
from services.fact_rules.lines import Line
from services.fact_rules.pool import explained_acronyms, pool_of, spelled_out
from services.fact_rules.rewording import brings_in_known_means, is_item, is_rewording, rewords_a_verb
from services.fact_rules.sources import ADVISORY, Finding, FindingKind, Sources
from services.fact_rules.text import Kind, Token
from services.fact_rules.widening import is_lack
from services.resume_language.spoken import is_spoken_language

_NOVEL_SHARE = 1 / 3
_NEAR = 3
_LONGEST_NAME = 3
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
        claim = unvouched_claim(token, line, sources)
        if claim is not None:
            yield Finding(_CLAIM_FINDINGS[claim], token.raw)
        elif token.kind is Kind.CONTENT and not _is_claim(token, sources) and not _is_traceable(token, line, sources):
            novel.append(Finding(_novelty(index, token, line, sources), token.raw))
    grave = [finding for finding in novel if finding.kind not in ADVISORY]
    if grave and is_rewording(grave, line, sources):
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
    if follows_from_a_pair(token, sources) or token.folded in sources.lexicon.modest_degrees:
        return True
    index = line.tokens.index(token)
    if brings_in_known_means(token, line, sources) or _relates(index, line, sources):
        return True
    if _says_less(index, line) or speaks_a_language(index, line.tokens, sources):
        return True
    if is_lack(index, line) and are_negated(line.tokens[index - 1 : index], sources):
        return True
    if sources.is_term and is_spoken_language(token.raw):
        return sources.line_pool.names(token)  # who worked in Spain need not speak Spanish
    if sources.is_term and _is_anothers(token, sources):
        return False
    clause = weighty_deed(token, line)
    if clause is not None and sources.replaced is not None:
        return is_done(token, clause, line, sources)
    if _completes_a_name(index, line, sources) or _says_what_kind(index, line, sources):
        return True
    if sources.line_pool.covers(token) or (sources.is_term and is_handling(token, line)):
        return True
    return clause is None and not _is_enumerated(token, line, sources) and sources.vouch_for(token)


def _completes_a_name(index: int, line: Line, sources: Sources) -> bool:
    """Whether a name is a part of one that the resume lists, and the line has the other: "*Jetpack* Compose"."""
    token = line.tokens[index]
    beside = [*line.tokens[max(0, index - 1) : index], *line.tokens[index + 1 : index + 2]]
    names = (text.split() for text in sources.elsewhere)
    return token.raw[:1].isupper() and any(
        1 < len(name) <= _LONGEST_NAME and token.raw in name and other.raw in name and sources.line_pool.names(other)
        for name in names
        for other in beside
        if other.raw[:1].isupper()
    )


def _says_what_kind(index: int, line: Line, sources: Sources) -> bool:
    """Whether a short form says what kind of software a named product is: "LabVantage *LIMS*", "BambooHR as *HRIS*"."""
    token = line.tokens[index]
    before = [other for other in line.tokens[max(0, index - 2) : index] if other.kind is not Kind.STOP]
    beside = [*before[-1:], *line.tokens[index + 1 : index + 2]]
    return token.raw in sources.lexicon.software_kinds and any(
        (other.looks_like_a_name or (other.raw[:1].isupper() and other is not line.tokens[0]))
        and other.raw not in sources.lexicon.software_kinds
        and sources.line_pool.names(other)
        for other in beside
    )


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


def _relates(index: int, line: Line, sources: Sources) -> bool:
    """Whether a participle stands behind a thing for a preposition that the old line had: "tests *covering* pages"."""
    if line.tokens[index].folded not in line.lexicon.relating or sources.replaced is None or index == 0:
        return False
    thing = next((token for token in line.tokens[index + 1 :] if token.kind in (Kind.CONTENT, Kind.NUMBER)), None)
    known = sources.replaced.tokens
    places = [place for place, own in enumerate(known) if thing is not None and own.folded == thing.folded]
    return line.tokens[index - 1].kind is Kind.CONTENT and any(
        before.kind is Kind.STOP and before.folded not in line.lexicon.conjunctions
        for place in places
        for before in [t for t in known[:place] if t.folded not in line.lexicon.articles][-1:]
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


def _is_enumerated(token: Token, line: Line, sources: Sources) -> bool:
    if sources.replaced is None or not token.raw.islower():
        return False
    now = pool_of((line,), sources.lexicon)
    return is_item(token, line) and all(now.covers(word) for word in sources.replaced.words)


def _is_claim(token: Token, sources: Sources) -> bool:
    return bool(sources.lexicon.claim_of(token.folded))


def _novelty(index: int, token: Token, line: Line, sources: Sources) -> FindingKind:
    is_noun = token.folded in sources.lexicon.stemmer.irregular  # "assembly" ends like an adverb
    if token.folded.endswith(sources.lexicon.adverb_endings) and not is_noun:
        return FindingKind.MANNER
    if _tells_a_cause(index, line, sources):
        return FindingKind.CAUSE
    if rewords_a_verb(token, line, sources):
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


def _is_unspaced(line: Line) -> bool:
    return any("\u0e00" <= char <= "\u0e7f" or "\u3040" <= char <= "\ud7af" for char in line.text)
