"""What may vouch for a proposed text, and what a text is found to say without a voucher.

Knows which lines vouch for which kinds of words; knows no rules.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from services.fact_rules.arithmetic import Rate, is_average, is_same_rate, rates
from services.fact_rules.lexicon import Lexicon
from services.fact_rules.lines import Clause, Line, read_lines
from services.fact_rules.pool import Pool, pool_of
from services.fact_rules.text import Token


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
    CAUSE = "cause"
    MANNER = "manner"
    REWORDED = "reworded"


# worth a look, but no reason to refuse
ADVISORY = frozenset({FindingKind.MANNER, FindingKind.REWORDED})


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
    `replaced` is the line whose place the text takes, None for a new one, `profile` the old text of a profile;
    `job` vouches for nothing: its words
    are the ones most likely to be borrowed.
    `is_profile` is set where the text sums up the whole resume: there a line without a verb claims no deed, and
    the text begins with a role. `is_prose` is set for letters: there verbs stand anywhere, and `fillers` are polite.
    `modest` holds "junior", "assistant" and the like when the replaced profile calls the person so,
    `confirmed` the facts among the lines that may say otherwise.
    `certificates` and `degrees` are those that the resume lists.
    `is_term` is set for the name of a skill, which claims no deed at all.
    """

    lexicon: Lexicon
    lines: tuple[Line, ...]
    scope: tuple[Line, ...] = ()
    elsewhere: tuple[str, ...] = ()
    titles: tuple[Line, ...] = ()
    years: frozenset[float] = frozenset()
    replaced: Line | None = None
    profile: Line | None = None
    job: Line | None = None
    is_profile: bool = False
    is_prose: bool = False
    is_term: bool = False
    modest: frozenset[str] = frozenset()
    confirmed: tuple[Line, ...] = ()
    fillers: frozenset[str] = frozenset()
    certificates: tuple[Line, ...] = ()
    degrees: tuple[Line, ...] = ()

    @property
    def rewritten(self) -> Line | None:
        """The old text, of a line or of the profile."""
        return self.replaced or self.profile

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
    def _job_pool(self) -> Pool:
        return pool_of(() if self.job is None else (self.job,), self.lexicon)

    def is_wanted(self, token: Token) -> bool:
        """Whether the job ad has the word: then it is likely to be borrowed."""
        return self._job_pool.has_form(token)

    def hold(self, token: Token, line: Line) -> bool:
        """Whether a line that says "certified" or "degree" names a certificate or degree that the person has."""
        certificates = self.certificates if token.folded in self.lexicon.certified else ()
        degrees = self.degrees if token.folded in self.lexicon.graduated else ()
        held = frozenset[str]().union(*(word.keys for own in certificates + degrees for word in own.words))
        named = {key for key in held if not key.startswith("~")}
        return any(word.keys & named for word in line.words if word is not token)

    @cached_property
    def elsewhere_pool(self) -> Pool:
        return pool_of(read_lines(self.elsewhere, self.lexicon), self.lexicon)

    def vouch_for(self, token: Token) -> bool:
        """Whether the word is traceable: to the lines as a synonym as well, to the rest of the entry only by itself."""
        is_filler = self.lexicon.stem(token.folded) in self.fillers
        return is_filler or self.line_pool.covers(token) or self.scope_pool.names(token)


def converted_rates(line: Line, sources: Sources) -> list[Rate]:
    """The rates of a line that one of the sources gives for another period, or as an amount for many of them."""
    found = list(rates(line.quantities, line.tokens, line.lexicon))
    known = [rate for own in sources.lines if found for rate in rates(own.quantities, own.tokens, own.lexicon)]
    return [
        rate
        for rate in found
        if any(is_same_rate(rate, other) for other in known)
        or any(is_average(rate, own.quantities, own.tokens, own.lexicon) for own in sources.lines)
    ]
