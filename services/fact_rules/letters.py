"""Judges prose about an application, sentence by sentence: what it claims of the writer must stand in the resume.

The job's own words may be named as what is applied for or asked for, never as something the writer has.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from services.fact_rules.judge import unsupported
from services.fact_rules.lexicon import Lexicon
from services.fact_rules.lines import Line, read_line, read_lines
from services.fact_rules.pool import Pool, pool_of
from services.fact_rules.sources import Finding, FindingKind, Sources
from services.fact_rules.stemming import fold
from services.fact_rules.text import Kind, clean
from services.fact_rules.text_language import function_words

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[^\W\d_a-z]|\d|[\"“(])|\n+")
_ABBREVIATION = re.compile(r"\b(?:St|Dr|Mr|Mrs|Ms|Prof|Sr|Sra|Nr|No|Mt|Ft|ca|bzw|z\.\s?B|[A-Z])\.$")
_COMPANY_ENDING = re.compile(r"\b(?:Inc|Ltd|Co|Corp|Jr)\.$")
_CHUNK_END = re.compile(r"[,;:–—]\s+")
_PLACEHOLDER = re.compile(r"\[[^\]\n]{1,60}\]|\{[^}\n]{1,60}\}|<[^>\n]{1,60}>|\b(?:X{3,}|TODO)\b")
_NAME = re.compile(r"(\w+)\s+((?:[A-ZÀ-Þ](?:[\w&’'-]|\.(?=\w))*)(?:\s+(?:[A-ZÀ-Þ&](?:[\w&’'-]|\.(?=\w))*))*)")
_LEGAL_FORMS = frozenset("inc ltd llc llp plc co corp gmbh ag kg ug se sa sas sarl sl slu srl lda ltda".split())
_NOVEL_SHARE = 1 / 3
_LONGEST_COURTESY = 14
# what counts against a sentence wherever it stands, and what counts only where the writer speaks of themselves
_ALWAYS = frozenset({FindingKind.NUMBER, FindingKind.SENIORITY, FindingKind.CREDENTIAL, FindingKind.NAME})
_OF_ONESELF = frozenset(
    {FindingKind.DUTY, FindingKind.ROLE, FindingKind.REACH, FindingKind.OUTCOME, FindingKind.AUDIENCE}
)


@dataclass(frozen=True, slots=True)
class Application:
    """What is applied for: the words of the job that prose may name."""

    job_description: str
    company: str
    position: str


@dataclass(frozen=True, slots=True)
class SentenceFindings:
    """A sentence as it stands in the text, what in it is not vouched for, and names that are not the right ones."""

    text: str
    findings: tuple[Finding, ...]
    wrong_names: tuple[str, ...]


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, as they stand; line breaks end a sentence, the dot of "St." does not."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        sentence = text[start : end.start()].strip()
        if "\n" not in end.group() and _goes_on(sentence, text[end.end() :]):
            continue
        start = end.end()
        if sentence:
            yield sentence
    if text[start:].strip():
        yield text[start:].strip()


def _goes_on(sentence: str, rest: str) -> bool:
    """Whether the dot belongs to a short form: "Globex Corp. offers" goes on, "Globex Corp. I led" does not."""
    if _COMPANY_ENDING.search(sentence):
        return not any(word in function_words() for word in _words_of(rest[:_LONGEST_COURTESY])[:1])
    return bool(_ABBREVIATION.search(sentence))


def judge_prose(
    text: str, own: Sources, application: Application, known_names: frozenset[str]
) -> Iterator[SentenceFindings]:
    """What each sentence claims without a source; sentences without such a claim are left out."""
    own = replace(own, is_profile=False, is_prose=True, fillers=own.lexicon.letter_stems | own.lexicon.target_stems)
    job = read_lines([application.job_description, application.company, application.position], own.lexicon)
    named = replace(own, lines=own.lines + job, titles=own.titles + job)
    job_pool = pool_of(job, own.lexicon)
    company = vocabulary([application.company]) - own.lexicon.stop
    for sentence in sentences(text):
        if _is_courtesy(sentence, own.lexicon):
            found = tuple(_strangers(sentence, named))
        else:
            found = tuple(_judge_sentence(sentence, own, named, job_pool, company))
        strangers = tuple(wrong_names(sentence, own.lexicon, known_names))
        if found or strangers:
            yield SentenceFindings(sentence, found, strangers)


def _is_courtesy(sentence: str, lexicon: Lexicon) -> bool:
    """Whether it is a greeting or a farewell, which claims nothing."""
    words = _words_of(sentence)
    speaks = lexicon.first_person.intersection(words)
    return len(words) <= _LONGEST_COURTESY and not speaks and bool(lexicon.courtesy.intersection(words[:3]))


def _strangers(sentence: str, named: Sources) -> Iterator[Finding]:
    """The names in a greeting that neither the person nor the job has."""
    for word in read_line(sentence, named.lexicon).words:
        if (
            word.folded not in named.lexicon.courtesy | _LEGAL_FORMS
            and word.raw[0].isupper()
            and not named.vouch_for(word)
        ):
            yield Finding(FindingKind.NAME, word.raw)


def wrong_names(sentence: str, lexicon: Lexicon, known: frozenset[str]) -> Iterator[str]:
    """Placeholders, and names that stand where a company does and whose words are not known to be the right ones."""
    yield from (match.group() for match in _PLACEHOLDER.finditer(sentence))
    for before, name in _NAME.findall(sentence):
        strangers = [word for word in _words_of(name) if word not in known | lexicon.stop | _LEGAL_FORMS]
        if fold(before) in lexicon.at_words and strangers and not _is_common(strangers, lexicon):
            yield name.rstrip(".’'-")


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """All words of the texts, folded."""
    return frozenset(word for text in texts for word in _words_of(text))


def _words_of(text: str) -> list[str]:
    return re.findall(r"\w+", fold(clean(text)))


def _is_common(words: Sequence[str], lexicon: Lexicon) -> bool:
    known = lexicon.letter_stems | lexicon.generic_stems
    return lexicon.compounding or all(lexicon.stem(word) in known for word in words)


def _judge_sentence(
    sentence: str, own: Sources, named: Sources, job_pool: Pool, company: frozenset[str]
) -> Iterator[Finding]:
    """Chunk by chunk: one without a sign of its own goes on speaking of what the one before it spoke of."""
    is_target = False
    for chunk in _CHUNK_END.split(sentence):
        line = read_line(chunk, own.lexicon)
        is_target = _is_about_the_job(line, is_target, company)
        findings = unsupported(line, named if is_target else own)
        yield from (f for f in findings if f.kind in _ALWAYS and fold(f.words) not in _LEGAL_FORMS)
        if not is_target:
            claimed = [finding for finding in findings if finding.kind in _OF_ONESELF]
            if any(finding.kind is FindingKind.DUTY for finding in claimed) and not _claims_a_duty(chunk, own):
                claimed = [finding for finding in claimed if finding.kind is not FindingKind.DUTY]
            yield from claimed
            yield from _borrowed_or_invented(line, findings, job_pool)


def _claims_a_duty(chunk: str, own: Sources) -> bool:
    """Whether the chunk claims a duty beside what it quotes: "I run 14 clusters" may only quote."""
    quoted = chunk
    for text in sorted(_quotable(own), key=len, reverse=True):
        if len(text.split()) > 1:
            quoted = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", " ", quoted, flags=re.IGNORECASE)
    if quoted == chunk:
        return True
    return any(finding.kind is FindingKind.DUTY for finding in unsupported(read_line(quoted, own.lexicon), own))


def _quotable(own: Sources) -> Iterator[str]:
    """The person's own lines and what each begins with: both have them as their subject, as "I …" has."""
    for line in own.lines:
        yield line.text.strip(" .")
        yield _CHUNK_END.split(line.text, maxsplit=1)[0].strip(" .")


def _is_about_the_job(line: Line, before: bool, company: frozenset[str]) -> bool:
    lexicon = line.lexicon
    words = {token.folded for token in line.tokens if token.is_word}
    if line.tokens and line.tokens[0].folded in company:
        return True
    speaks = bool(words & lexicon.first_person)
    if words & lexicon.possession and (speaks or not words & lexicon.target):
        return False
    if words & lexicon.target:
        return True
    return before and not speaks


def _borrowed_or_invented(line: Line, findings: Sequence[Finding], job_pool: Pool) -> Iterator[Finding]:
    """Words of the job said of oneself, or a chunk that is mostly without a source."""
    novel = [finding for finding in findings if finding.kind is FindingKind.CONTENT]
    by_word = {token.raw: token for token in line.tokens if token.kind is Kind.CONTENT}
    speaks = any(token.folded in line.lexicon.first_person for token in line.tokens)
    mostly_novel = len(novel) >= (1 if speaks else 2) and len(novel) > _NOVEL_SHARE * len(line.words)
    for finding in novel:
        token = by_word.get(finding.words)
        if mostly_novel or (token is not None and job_pool.names(token)):
            yield finding
