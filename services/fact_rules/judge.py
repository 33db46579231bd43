"""Reads one proposed text against its sources and lists what the sources do not vouch for.

Knows the rules' order, and those on numbers and roles; knows no paths and writes no sentences for people.
"""

from collections.abc import Iterator, Sequence

from services.fact_rules.arithmetic import (
    is_derived,
    is_derived_ratio,
    is_known,
    is_one_of_all,
    is_sum,
)
from services.fact_rules.claims import speaks_a_language
from services.fact_rules.counting import is_count_of_a_list, misplaced_numbers
from services.fact_rules.duties import climbing_duties
from services.fact_rules.lexicon import Claim, Duty, Lexicon
from services.fact_rules.lines import Line
from services.fact_rules.numbers import MONTH, Quantity
from services.fact_rules.pool import pool_of, spelled_out
from services.fact_rules.sources import Finding, FindingKind, Sources, converted_rates
from services.fact_rules.text import Kind, Token
from services.fact_rules.traces import untraceable_words
from services.fact_rules.widening import raised_degrees, widened_claims

_LONGEST_ROLE = 4
_NEAR = 4
_BARE = ("as",)


def unsupported(line: Line, sources: Sources) -> list[Finding]:
    """Everything in the line that its sources do not vouch for, gravest first."""
    order = list(FindingKind)
    return sorted(_findings(line, sources), key=lambda finding: order.index(finding.kind))


def is_supported(line: Line, sources: Sources) -> bool:
    """Whether the sources vouch for all of the line."""
    return next(_findings(line, sources), None) is None


def _findings(line: Line, sources: Sources) -> Iterator[Finding]:
    judged: set[Token] = set()
    yield from _numbers(line, sources)
    if not sources.is_term:
        yield from misplaced_numbers(line, sources)
        yield from climbing_duties(line, sources, judged)
        yield from _roles(line, sources)
    yield from widened_claims(line, sources)
    yield from raised_degrees(line, sources)
    yield from _dropped_modesty(line, sources)
    yield from _dropped_oversight(line, sources)
    yield from untraceable_words(line, sources, judged)


def _numbers(line: Line, sources: Sources) -> Iterator[Finding]:
    lexicon = sources.lexicon
    known = [source.amounts for source in sources.lines]
    converted = [rate.amount for rate in converted_rates(line, sources)]
    for quantity in line.quantities:
        is_year = quantity.unit is None and bool(quantity.values & sources.years)
        is_date = quantity.unit == MONTH and is_known(quantity, (source.quantities for source in sources.scope))
        if is_year or is_date or is_known(quantity, known) or quantity in converted:
            continue
        if is_count_of_a_list(quantity, line) or _is_a_single_one(quantity, sources):
            continue
        is_end_of_pair = not _is_difference(quantity, line) and any(quantity in pair for pair in line.pairs)
        if not is_end_of_pair and any(
            is_derived(quantity, source.quantities, source.tokens, lexicon) for source in sources.lines
        ):
            continue
        if any(
            is_sum(quantity, line.quantities, source.quantities)
            or is_one_of_all(quantity, line.tokens, source.quantities, source.tokens, lexicon)
            for source in sources.lines
        ):
            continue
        yield Finding(FindingKind.NUMBER, line.text[quantity.start : quantity.end])
    said = [ratio for source in sources.lines for ratio in source.ratios]
    for ratio in line.ratios:
        is_said = any(ratio.factor == other.factor and ratio.more <= other.more for other in said)
        if not is_said and not any(
            is_derived_ratio(ratio, source.quantities, source.tokens, lexicon) for source in sources.lines
        ):
            yield Finding(FindingKind.NUMBER, ratio.token.raw)


def _is_a_single_one(quantity: Quantity, sources: Sources) -> bool:
    """Whether "1" is the "one" of the sources, which is no amount by itself."""
    one = sources.lexicon.singular - sources.lexicon.articles
    is_one = quantity.values == {1.0} and quantity.unit is None and not quantity.more
    return is_one and any(token.folded in one for own in sources.lines for token in own.tokens)


def _is_difference(quantity: Quantity, line: Line) -> bool:
    """Whether a number is said to be how much something changed: "by 1,500 to 2,300"."""
    return quantity.first > 0 and line.tokens[quantity.first - 1].folded in line.lexicon.difference


def _roles(line: Line, sources: Sources) -> Iterator[Finding]:
    """A role the person is said to have (the head of a profile, or "as a …") must be one of their titles."""
    roles = [*_profile_heads(line, sources), *_named_roles(line, sources.lexicon)]
    if not roles:
        return
    said = {key for own in sources.lines for role in _named_roles(own, sources.lexicon) for t in role for key in t.keys}
    if sources.replaced is not None:
        # who "precepted" nurses was their preceptor
        said |= {
            key for own in sources.replaced.clauses for verb in own.deed for key in verb.keys if not key.startswith("~")
        }
    for role in roles:
        if any(
            (token.kind is Kind.CONTENT or _is_rank(token, role, sources.lexicon))
            and Claim.CREDENTIAL not in sources.lexicon.claim_of(token.folded)
            and not sources.title_pool.names(token)
            and not token.keys & said
            and token not in _held(role, sources)
            and not speaks_a_language(index, role, sources)
            for index, token in enumerate(role)
        ):
            yield Finding(FindingKind.ROLE, " ".join(token.raw for token in role))


def _is_rank(token: Token, role: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether an everyday word makes a role a higher one: a "general manager", not a "general labourer"."""
    return token.folded in lexicon.ranks and any(Claim.SENIORITY in lexicon.claim_of(t.folded) for t in role)


def _held(role: Sequence[Token], sources: Sources) -> frozenset[Token]:
    """The words of a role beside a title of the person that name a certificate, or those that name a degree.

    "And notary public" is the whole name of one; "EPA certified" needs no more than a part.
    """
    degrees = {word.folded for own in sources.degrees for word in own.words[:1]}  # the "M.Sc." of one in chemistry
    degrees |= {
        token.folded for token in role if token.raw.isupper() and pool_of(sources.degrees, sources.lexicon).names(token)
    }
    held = {word.folded for own in sources.certificates for word in own.words} | degrees
    qualified = sources.lexicon.certified | sources.lexicon.learnt
    if any(token.folded in held for token in role) and all(token.folded in held | qualified for token in role):
        return frozenset(role)  # "DPI-licensed"
    if not any(token.kind is Kind.CONTENT and sources.title_pool.names(token) for token in role):
        return frozenset()
    spelled = spelled_out(role, pool_of(sources.certificates, sources.lexicon))  # "registered dental assistant": RDA
    if spelled:
        return frozenset(role[index] for index in spelled)
    said = {token.folded for token in role}
    names = [{word.folded for word in own.tokens if word.is_word} for own in sources.certificates]
    names += [{degree} for degree in degrees]
    certified = frozenset(token for index, token in enumerate(role) if _qualifies(index, role, sources))
    if certified:
        certified |= frozenset(token for token in role if token.folded in sources.lexicon.certified)
    return certified | frozenset(token for token in role for name in names if name <= said and token.folded in name)


def _qualifies(index: int, role: Sequence[Token], sources: Sources) -> bool:
    """Whether a word before "certified" is one of a certificate's name."""
    names = {word.folded for own in sources.certificates for word in own.tokens}
    following = [token.folded for token in role[index + 1 :]]
    return role[index].folded in names and not sources.lexicon.certified.isdisjoint(following)


def _dropped_modesty(line: Line, sources: Sources) -> Iterator[Finding]:
    """A junior accountant who becomes an accountant was promoted."""
    if not sources.modest or any(token.folded in sources.modest for token in line.tokens):
        return
    head = [token for tokens in _profile_heads(line, sources) for token in tokens]
    if not any(all(pool_of((fact,), fact.lexicon).covers(token) for token in head) for fact in sources.confirmed):
        yield Finding(FindingKind.ROLE, " ".join(token.raw for token in head))


def _dropped_oversight(line: Line, sources: Sources) -> Iterator[Finding]:
    """Whoever did something "under a nurse's supervision" has not done it alone, which the new line must not hide."""
    if sources.replaced is None or not _is_overseen(sources.replaced) or _is_overseen(line):
        return
    helped = any(clause.duty is Duty.ASSIST for clause in line.clauses)
    is_confirmed = any(all(map(pool_of((fact,), fact.lexicon).covers, line.words)) for fact in sources.confirmed)
    if not helped and line.clauses and not is_confirmed:
        clause = line.clauses[0]
        yield Finding(FindingKind.DUTY, line.text[clause.start : clause.end], clause)


def _is_overseen(line: Line) -> bool:
    """Whether a line says that the work was done under somebody's supervision."""
    overseen = [i for i, token in enumerate(line.tokens) if token.folded in line.lexicon.oversight]
    return any(
        token.folded in line.lexicon.under or token.end > token.start + len(token.raw)
        for index in overseen
        for token in line.tokens[max(0, index - _NEAR) : index + 1]
    )


def _profile_heads(line: Line, sources: Sources) -> Iterator[list[Token]]:
    if sources.is_profile:
        head: list[Token] = []
        for index, token in enumerate(line.tokens):
            if token.raw in {
                word.raw for own in sources.certificates for word in own.tokens if word.kind is Kind.NUMBER
            }:
                continue  # "EPA *608* certified"
            # "Four years as a …" begins with no role
            if index in line.numeric or token.kind is Kind.BREAK or token.folded in sources.lexicon.role_ends:
                break
            head.append(token)
        yield head


def _named_roles(line: Line, lexicon: Lexicon) -> Iterator[list[Token]]:
    folded = [token.folded for token in line.tokens]
    for opener in lexicon.role_openers:
        for start in range(len(folded) - len(opener)):
            if tuple(folded[start : start + len(opener)]) == opener and not _compares(line.tokens[:start], lexicon):
                role = _noun_phrase(line.tokens[start + len(opener) :])
                # "as needed" is no role, "as shift supervisor" is one
                if opener != _BARE or any(Claim.SENIORITY in lexicon.claim_of(token.folded) for token in role):
                    yield role


def _compares(before: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether the word before makes it a comparison: "früher als vereinbart" names no role."""
    return lexicon.compounding and bool(before) and before[-1].raw.islower() and before[-1].folded.endswith("er")


def _noun_phrase(tokens: Sequence[Token]) -> list[Token]:
    phrase: list[Token] = []
    for token in tokens[:_LONGEST_ROLE]:
        if token.kind not in (Kind.CONTENT, Kind.GENERIC):
            break
        phrase.append(token)
    return phrase
