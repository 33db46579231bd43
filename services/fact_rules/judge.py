"""Reads one proposed text against its sources and lists what the sources do not vouch for.

Knows the rules' order and what each finding is called; knows no paths and writes no sentences for people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from services.fact_rules.lexicon import Claim, Duty, Lexicon
from services.fact_rules.lines import Clause, Line, read_lines, starts_a_deed
from services.fact_rules.numbers import from_to_pairs, is_derived, is_derived_ratio, is_known, ratio_words
from services.fact_rules.pool import Pool, pool_of, spelled_out
from services.fact_rules.text import Kind, Token

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
_LONGEST_ROLE = 4
_NOVEL_SHARE_IN_UNSPACED_SCRIPTS = 1 / 3


class FindingKind(StrEnum):
    """What is not vouched for."""

    NUMBER = "number"
    DUTY = "duty"
    SENIORITY = "seniority"
    REACH = "reach"
    OUTCOME = "outcome"
    AUDIENCE = "audience"
    CREDENTIAL = "credential"
    PERIOD = "period"
    ROLE = "role"
    MOVED = "moved"
    NAME = "name"
    CONTENT = "content"
    MANNER = "manner"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind, the words of the proposal it is about, and the clause they stand in."""

    kind: FindingKind
    words: str
    clause: Clause | None = None


@dataclass(frozen=True)
class Sources:
    """What may vouch for a text.

    `lines` vouch for everything; `scope` (the rest of the entry) for words, titles and credentials only;
    `titles` for the roles the person had;
    `elsewhere` (the rest of the resume) for nothing: what stands only there is a skill moved to another place.
    `replaced` is the line whose place the text takes, None for a new one.
    `is_profile` is set where the text sums up the whole resume: there a line without a verb claims no deed, and
    the text begins with a role. `is_prose` is set for letters: there verbs stand anywhere, and `fillers` are polite.
    `is_term` is set for the name of a skill, which claims no deed at all.
    """

    lexicon: Lexicon
    lines: tuple[Line, ...]
    scope: tuple[Line, ...] = ()
    elsewhere: tuple[str, ...] = ()
    titles: tuple[Line, ...] = ()
    years: frozenset[float] = frozenset()
    replaced: Line | None = None
    is_profile: bool = False
    is_prose: bool = False
    is_term: bool = False
    fillers: frozenset[str] = frozenset()

    @cached_property
    def line_pool(self) -> Pool:
        return pool_of(self.lines, self.lexicon)

    @cached_property
    def scope_pool(self) -> Pool:
        return pool_of(self.lines + self.scope, self.lexicon)

    @cached_property
    def title_pool(self) -> Pool:
        return pool_of(self.titles, self.lexicon)

    @cached_property
    def elsewhere_pool(self) -> Pool:
        return pool_of(read_lines(self.elsewhere, self.lexicon), self.lexicon)

    def vouch_for(self, token: Token) -> bool:
        """Whether the word is traceable: to the lines as a synonym as well, to the rest of the entry only by itself."""
        is_filler = self.lexicon.stem(token.folded) in self.fillers
        return is_filler or self.line_pool.covers(token) or self.scope_pool.names(token)


def unsupported(line: Line, sources: Sources) -> list[Finding]:
    """Everything in the line that its sources do not vouch for, gravest first."""
    judged: set[Token] = set()
    findings = [
        *_numbers(line, sources),
        *(() if sources.is_term else _duties(line, sources, judged)),
        *(() if sources.is_term else _roles(line, sources)),
        *_words(line, sources, judged),
    ]
    order = list(FindingKind)
    return sorted(findings, key=lambda finding: order.index(finding.kind))


def _numbers(line: Line, sources: Sources) -> Iterator[Finding]:
    lexicon = sources.lexicon
    known = [source.quantities for source in sources.lines]
    for quantity in line.quantities:
        is_year = quantity.unit is None and bool(quantity.values & sources.years)
        if is_year or is_known(quantity, known):
            continue
        is_end_of_pair = any(quantity in pair for pair in from_to_pairs(line.quantities, line.tokens, lexicon))
        if not is_end_of_pair and any(
            is_derived(quantity, source.quantities, source.tokens, lexicon) for source in sources.lines
        ):
            continue
        yield Finding(FindingKind.NUMBER, line.text[quantity.start : quantity.end])
    for token, factor in ratio_words(line.tokens, lexicon):
        said = any(factor == other for source in sources.lines for _, other in ratio_words(source.tokens, lexicon))
        if not said and not any(
            is_derived_ratio(factor, source.quantities, source.tokens, lexicon) for source in sources.lines
        ):
            yield Finding(FindingKind.NUMBER, token.raw)


def _duties(line: Line, sources: Sources, judged: set[Token]) -> Iterator[Finding]:
    """Rule 2: no clause claims more responsibility than the source clause about the same thing."""
    known = [clause for source in sources.lines for clause in source.clauses]
    for index, clause in enumerate(line.clauses):
        if clause.duty is None and index > 0:
            continue
        duty, verbs, deed = clause.duty or Duty.DO, clause.verbs, clause.deed
        later = [t for t in clause.later_verbs if sources.is_prose or not sources.line_pool.covers(t)]
        if later and duty is not Duty.ASSIST:
            verbs, deed = (*verbs, *later), tuple(later)
        claims_nothing = sources.is_profile or (sources.is_prose and not _tells_a_deed(clause, line))
        if claims_nothing and not verbs:
            continue
        judged.update(verbs)
        claimed = {duty} if duty is Duty.ASSIST or not verbs else {_duty(token, sources.lexicon) for token in verbs}
        if not all(_vouched(each, clause, deed, known) for each in claimed):
            yield Finding(FindingKind.DUTY, line.text[clause.start : clause.end], clause)


def _tells_a_deed(clause: Clause, line: Line) -> bool:
    """Whether prose tells what the writer did, in words of its own: "I migrated …"."""
    speaks = any(t.folded in line.lexicon.first_person for t in line.tokens)
    return speaks and any(starts_a_deed(token, line.tokens, line.lexicon) for token in clause.deed)


def _duty(token: Token, lexicon: Lexicon) -> Duty:
    return lexicon.duty_of(token.folded, opens_clause=True) or Duty.DO


def _vouched(duty: Duty, clause: Clause, deed: Sequence[Token], known: Sequence[Clause]) -> bool:
    overlaps = [sum(bool(token.keys & source.keys) for token in clause.objects) for source in known]
    best = max(overlaps, default=0)
    if best == 0:
        # nothing about the same thing: doing may be reworded beyond recognition, leading may not
        return duty in (Duty.ASSIST, Duty.DO) and any(source.duty is not Duty.ASSIST for source in known)
    nearest = [source for source, overlap in zip(known, overlaps, strict=True) if overlap == best]
    return any(duty in _VOUCHES[source.duty or Duty.DO] or _same_deed(deed, source) for source in nearest)


def _same_deed(deed: Sequence[Token], source: Clause) -> bool:
    """Whether the source says it did just that ("cooked", "prepared"), and not that it helped."""
    said = source.duty is not Duty.ASSIST and bool(deed)
    return said and all(any(verb.keys & known.keys for known in source.deed) for verb in deed)


def _roles(line: Line, sources: Sources) -> Iterator[Finding]:
    """A role the person is said to have (the head of a profile, or "as a …") must be one of their titles."""
    said = {key for own in sources.lines for role in _named_roles(own, sources.lexicon) for t in role for key in t.keys}
    for role in (*_profile_heads(line, sources), *_named_roles(line, sources.lexicon)):
        if any(
            token.kind is Kind.CONTENT and not sources.title_pool.covers(token) and not token.keys & said
            for token in role
        ):
            yield Finding(FindingKind.ROLE, " ".join(token.raw for token in role))


def _profile_heads(line: Line, sources: Sources) -> Iterator[list[Token]]:
    if sources.is_profile:
        head: list[Token] = []
        for token in line.tokens:
            if token.kind in (Kind.BREAK, Kind.NUMBER) or token.folded in sources.lexicon.role_ends:
                break
            head.append(token)
        yield head


def _named_roles(line: Line, lexicon: Lexicon) -> Iterator[list[Token]]:
    folded = [token.folded for token in line.tokens]
    for opener in lexicon.role_openers:
        for start in range(len(folded) - len(opener)):
            if tuple(folded[start : start + len(opener)]) == opener:
                yield _noun_phrase(line.tokens[start + len(opener) :])


def _noun_phrase(tokens: Sequence[Token]) -> list[Token]:
    phrase: list[Token] = []
    for token in tokens[:_LONGEST_ROLE]:
        if token.kind not in (Kind.CONTENT, Kind.GENERIC):
            break
        phrase.append(token)
    return phrase


_CLAIM_FINDINGS = {claim: FindingKind(claim.value) for claim in Claim}


def _words(line: Line, sources: Sources, judged: set[Token]) -> Iterator[Finding]:
    """Rules 3 to 6: every word that says something is traceable, and some only to the very line."""
    expanded = spelled_out(line.tokens, sources.scope_pool)
    novel: list[Finding] = []
    for index, token in enumerate(line.tokens):
        if not token.is_word or index in line.numeric or token in judged or index in expanded:
            continue
        if token.folded in sources.lexicon.ratios:
            continue
        claim = _claim(token, sources)
        if claim is not None:
            yield Finding(_CLAIM_FINDINGS[claim], token.raw)
        elif token.kind is Kind.CONTENT and not sources.vouch_for(token):
            novel.append(Finding(_novelty(index, token, line, sources), token.raw))
    if _is_unspaced(line) and len(novel) <= _NOVEL_SHARE_IN_UNSPACED_SCRIPTS * max(1, len(line.words)):
        return
    yield from novel


def _claim(token: Token, sources: Sources) -> Claim | None:
    if sources.lexicon.stem(token.folded) in sources.fillers:
        return None
    for claim in sources.lexicon.claim_of(token.folded):
        if claim is Claim.SENIORITY:
            vouched = sources.scope_pool.covers_exactly(token) or _is_said_as_verb(token, sources)
        elif claim in (Claim.AUDIENCE, Claim.CREDENTIAL):
            vouched = sources.vouch_for(token)
        else:
            vouched = sources.line_pool.covers(token)
        if not vouched:
            return claim
    return None


def _is_said_as_verb(token: Token, sources: Sources) -> bool:
    """Whether a "chair" was chaired in the very line."""
    lexicon = sources.lexicon
    return token.folded in lexicon.duty_bases.values() and lexicon.stem(token.folded) in sources.line_pool.stems


def _novelty(index: int, token: Token, line: Line, sources: Sources) -> FindingKind:
    if token.folded.endswith(sources.lexicon.adverb_endings):
        return FindingKind.MANNER
    if _rewords_a_verb(token, line, sources):
        return FindingKind.REWORDED
    if sources.elsewhere_pool.covers_exactly(token):
        return FindingKind.MOVED
    opens = index == 0 or line.tokens[index - 1].kind is Kind.BREAK
    is_capitalised = token.raw[0].isupper() and not opens and not sources.lexicon.compounding
    return FindingKind.NAME if is_capitalised or token.looks_like_a_name else FindingKind.CONTENT


def _rewords_a_verb(token: Token, line: Line, sources: Sources) -> bool:
    """Whether a new verb just stands where the replaced line had another one, everything else being the same.

    That is how people reword ("resolved" for "handled"). Verbs of authority or expertise are never mere rewording.
    """
    clause = next((clause for clause in line.clauses if token in clause.deed), None)
    if sources.replaced is None or clause is None or sources.lexicon.is_weighty(token.folded):
        return False
    others = [other for other in clause.objects if other not in clause.deed]
    if token.looks_like_a_name or not others or not all(sources.vouch_for(other) for other in others):
        return False
    kept = frozenset[str]().union(*(word.keys for word in line.tokens if word.is_word))
    overlaps = [sum(bool(o.keys & source.keys) for o in others) for source in sources.replaced.clauses]
    nearest = sources.replaced.clauses[overlaps.index(max(overlaps))]
    return not any(verb.keys & kept for verb in nearest.deed)


def _is_unspaced(line: Line) -> bool:
    return any("\u0e00" <= char <= "\u0e7f" or "\u3040" <= char <= "\ud7af" for char in line.text)
