"""From one sentence of a job ad to the things it asks for: clauses with their cue, and the noun phrases in them.

Knows nothing of sections, headings or resumes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.job_ads.lexicon import (
    BEHAVIOUR_VERBS,
    CONJUNCTIONS,
    CONNECTORS,
    EMPTY_TERMS,
    ENUMERATORS,
    FILLERS,
    MUST_CUES,
    NEGATIONS,
    NEGATIVE_OPENINGS,
    NICE_CUES,
    VERBS_OR_NOUNS,
)
from services.job_ads.requirement_words import UNNAMED, is_behaviour, is_doing, name_in
from services.matching.skill_terms import fold, is_known, known_terms

LISTED_WORDS_PER_ITEM: Final = 6


class Cue(StrEnum):
    """What a clause says about what it names."""

    MUST = "must"
    NICE = "nice"
    REFUSED = "refused"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with one cue."""

    text: str
    cue: Cue


def phrase_pattern(phrases: str) -> re.Pattern[str]:
    """A pattern for any of the phrases of a lexicon entry, as whole words of folded text."""
    words = {fold(phrase.strip()) for line in phrases.strip().splitlines() for phrase in line.split("|")}
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")


_NEGATION: Final = phrase_pattern(NEGATIONS)
_NICE: Final = phrase_pattern(NICE_CUES)
_MUST: Final = phrase_pattern(MUST_CUES)
_NICE_AT_END: Final = re.compile(r"(?<!\w)(?:plus|pluses|bonus|advantage|an asset|asset)[\s.!)]*$")
_STRONG_BREAK: Final = re.compile(
    r"\s*;\s*|\s+[–—-]\s+|,?\s+(?:but|however|though|although|whereas|aber|jedoch|mais|pero|mas|ma|maar|men)\s+",
    re.IGNORECASE,
)
# Why something is asked for names things that are not asked for: "German, because two of our partners …".
_REASON: Final = re.compile(
    r",?\s+(?:because|since (?:we|you|our|the|they|it)|as (?:we|our|they)|so that|in order to|weil"
    r"|da (?:wir|unsere|sie)|denn|damit|car|parce que|puisque|porque|ya que|pois|já que|perché|omdat|eftersom)\s.*$",
    re.IGNORECASE | re.DOTALL,
)
_PARENTHESES: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_JOINED: Final = re.compile(rf"(?:,|\s)\s*(?:{'|'.join(re.escape(word) for word in CONJUNCTIONS)})\s", re.IGNORECASE)
_ENUMERATION: Final = re.compile(
    rf"\s*[,:•|]\s+|\s*,\s*|\s+/\s+|(?<=\w{{3}})/(?=\w{{3}})|\s+(?:{'|'.join(map(re.escape, CONJUNCTIONS))})\s+"
    rf"|(?<!\w)(?:{'|'.join(map(re.escape, ENUMERATORS))})\s+",
    re.IGNORECASE,
)
_AS_NEEDED: Final = re.compile(r"\b(?:as|if|when|where|wherever) (?:needed|required|necessary)\b|\bbei bedarf\b")
_COUNT_WORDS: Final = (
    "one two three four five six seven eight nine ten zwei drei fünf deux trois cinq dos tres cinco três"
)
_YEARS: Final = re.compile(
    rf"(?P<count>\d{{1,2}}|\b(?:{_COUNT_WORDS.replace(' ', '|')}))\s*\+?\s*"
    rf"(?:(?:-|–|to|bis|à|a|tot)\s*\d{{1,2}}\s*)?\+?\s*"
    r"(?:or more\s+|plus\s+)?(?:years?|yrs?|Jahre?n?|ans?|années?|años?|anos?|ann[io]|jaar|års?)\b['’]?"
    r"(?:(?:\s+(?:of|de|di|as|i))?\s*(?:d['’])?\s*(?:[\w/-]+\s+){0,3}?"
    r"(?:experience|Berufserfahrung|Erfahrung|expérience|experiencia|experiência|esperienza|ervaring|erfarenhet)\b)?",
    re.IGNORECASE,
)
_AGE: Final = re.compile(
    r"\b\d{2}\+?\s*(?:years? (?:old|of age)|jahre alt|ans révolus|años de edad|anos de idade)\b", re.IGNORECASE
)
_NOT_IN_FIELD: Final = "or|and|oder|und|ou|et|y|e|with|mit|avec|con|com|is|are|from|in|en|em|for|required|preferred"
_FIELD_WORD: Final = rf"(?!(?:{_NOT_IN_FIELD})\b)[\w&+#'’/-]+"
_FIELD: Final = rf"{_FIELD_WORD}(?:\s+{_FIELD_WORD}){{0,3}}"
_DEGREE_NAME: Final = (
    r"(?:(?:associate|bachelor|master|doctoral|doctorate|university|college|undergraduate|graduate|postgraduate"
    r"|advanced|high school|secondary school)(?:['’]?s)?(?:\s+level)?\s+(?:degree|diploma)"
    r"|(?:Bachelor|Master|Associate|Doctor)(?:['’]s|s)?\s+of\s+[A-Z]\w+|(?:Bachelor|Master|Associate)(?:['’]s|s)\b"
    r"|Ph\.?\s?D\.?|\bMBA\b|\bB\.?\s?Sc\.?|\bM\.?\s?Sc\.?|\bB\.A\.|\bM\.A\.|\bB\.S\.|\bM\.S\.|\bBS\b"
    r"|\bMS\b(?!\s+[A-Z])|\bGED\b"
    r"|\b(?:bachelor|master|diplom)abschluss|\b(?:fach)?hochschulabschluss|\b[Dd]egree\b(?! of\b)|\b[Dd]iploma\b)"
)
_DEGREE: Final = re.compile(
    rf"{_DEGREE_NAME}(?:\s*(?:/|or|oder|ou)\s*{_DEGREE_NAME})*(?:\s+degree)?(?:\s+(?:in|of|en|em)\s+{_FIELD})?"
    rf"|\b(?:Ausbildung|Studium|Lehre|Weiterbildung)(?:\s+(?:als|zum|zur|der|des|in|im Bereich))?\s+[A-ZÄÖÜ]{_FIELD}"
    rf"|\b(?:[Gg]rado|[Ll]icenciatura|[Tt]ítulo|[Tt]itulación|[Mm]áster|[Gg]raduação|[Ee]nsino superior|[Mm]estrado"
    rf"|[Dd]iplôme|[Ll]aurea|[Dd]iploma)(?:\s+(?:universitari[oa]|superior|complet[oa]))?"
    rf"(?:\s+(?:en|em|in|de|di)\s+|\s+d['’]){_FIELD}",
    re.IGNORECASE,
)
# Two words that "and" makes one thing; glued together they are not taken apart as a list.
_COMPOUND: Final = re.compile(
    r"\b(health|research|learning|food|pick|oil|mergers|diversity|hygiene|search|arts|terms)\s*(&|and)\s*"
    r"(safety|development|beverage|drink|pack|gas|acquisitions|inclusion|rescue|crafts|conditions)\b",
    re.IGNORECASE,
)
_ELIDED: Final = re.compile(r"\b([dl]) (?=[aeiouhyàâéèêîôœ])", re.IGNORECASE)  # what `_apart` has set apart
_GLUE: Final = "\u2060"
_BROKEN_OFF: Final = re.compile(r"[\s,.;:!?•*\"“”„»«–—-]+$|^[\s,.;:!?•*\"“”„»«–—-]+(?!(?i:net)\b)")


def cue_of(text: str) -> Cue:
    """What the words of a clause say: refused before nice, nice before must ("must" often stands in both)."""
    folded = _AS_NEEDED.sub("", fold(text).strip(" .,!*•-"))
    if _NEGATION.search(folded) or (folded.split() or [""])[0] in NEGATIVE_OPENINGS:
        return Cue.REFUSED
    if _NICE.search(folded) or _NICE_AT_END.search(folded):
        return Cue.NICE
    return Cue.MUST if _MUST.search(folded) else Cue.NONE


def clauses(sentence: str) -> list[Clause]:
    """The parts of a sentence that say must, nice, refused or nothing about what they name."""
    found: list[Clause] = []
    for part in _STRONG_BREAK.split(sentence):
        inner = [match.group(1) or match.group(2) or "" for match in _PARENTHESES.finditer(part)]
        remarks = [text for text in inner if cue_of(text) is not Cue.NONE]
        for remark in remarks:
            part = part.replace(f"({remark})", " ").replace(f"[{remark}]", " ")
        bare_remarks = [remark for remark in remarks if not extract_terms(remark)]
        outer = _split_by_cue(part)
        if bare_remarks and len(outer) == 1 and outer[0].cue is Cue.NONE:
            outer = [Clause(part, cue_of(bare_remarks[0]))]
        found += outer
        found += [Clause(remark, cue_of(remark)) for remark in remarks if remark not in bare_remarks]
    return [clause for clause in found if clause.text.strip()]


def _split_by_cue(text: str) -> list[Clause]:
    """Split at commas where the cues on both sides differ; a list with one cue at its end stays together."""
    segments = [segment for segment in re.split(r",\s+", text) if segment.strip()]
    cues = [cue_of(segment) for segment in segments]
    kinds = set(cues) - {Cue.NONE}
    if len(kinds) <= 1 and len(segments) > 1 and cues[-1] is not Cue.NONE and set(cues[:-1]) == {Cue.NONE}:
        # "Python, Django, Kubernetes a plus": without "and" the last one stands alone.
        if not _JOINED.search(" " + segments[-1]) and cues[-1] is not Cue.MUST:
            return [Clause(", ".join(segments[:-1]), Cue.NONE), Clause(segments[-1], cues[-1])]
        return [Clause(text, cues[-1])]
    if len(kinds) <= 1:
        halves = re.split(r"\s+(?:and|und|et|y|e)\s+", text) if kinds else []
        if len({cue_of(half) for half in halves} - {Cue.NONE}) > 1:
            return [Clause(half, cue_of(half)) for half in halves]
        return [Clause(text, cue_of(text) if kinds or len(segments) == 1 else Cue.NONE)]
    grouped: list[Clause] = []
    waiting: list[str] = []
    for segment, cue in zip(segments, cues, strict=True):
        waiting.append(segment)
        if cue is not Cue.NONE:
            grouped.append(Clause(", ".join(waiting), cue))
            waiting = []
    if waiting:
        last = grouped.pop()
        grouped.append(Clause(", ".join([last.text, *waiting]), last.cue))
    return grouped


def extract_terms(text: str) -> list[str]:
    """The things that a clause names: years of experience, degrees, and every other noun phrase of its lists."""
    text = _COMPOUND.sub(rf"\1{_GLUE}\2{_GLUE}\3", _AGE.sub(" , ", _REASON.sub("", text)))
    terms = [match.group().strip() for match in _YEARS.finditer(text)]
    text = _YEARS.sub(" , ", text)
    terms += [match.group().strip(" .,") for match in _DEGREE.finditer(text)]
    text = _DEGREE.sub(" , ", text)
    inner = [match.group(1) or match.group(2) or "" for match in _PARENTHESES.finditer(text)]
    for stretch in (_PARENTHESES.sub(" , ", text), *inner):
        pieces = [piece for piece in _ENUMERATION.split(stretch) if piece and piece.strip()]
        listed = bool(pieces) and len(stretch.split()) / len(pieces) <= LISTED_WORDS_PER_ITEM
        for number, piece in enumerate(pieces):
            terms += _noun_phrases(piece, opens=number == 0, listed=listed)
    whole = (term.replace(_GLUE, " ") for term in terms)
    return list(dict.fromkeys(term for term in whole if term and fold(term) not in EMPTY_TERMS))


def _noun_phrases(piece: str, *, opens: bool, listed: bool) -> Iterator[str]:
    """The noun phrase of one list item, without what leads to it and what qualifies it.

    `opens`: the item begins its clause, so that a capital letter says nothing; `listed`: the clause is a list of
    short items, so that a plain word is likely a thing asked for.
    """
    if is_known(piece.strip(" .,;:")):
        yield piece.strip(" .,;:")
        return
    words = [word for word in (_BROKEN_OFF.sub("", raw) for raw in _apart(piece).split()) if word]
    start = 0
    while start < len(words) and _leads_in(words, start, opens=opens):
        start += 1
    end = start + _known_length(words, start)
    while end < len(words) and (fold(words[end]) not in CONNECTORS or end == start):
        end += 1
    phrase = words[start:end]
    while phrase and fold(phrase[-1]) in FILLERS and not is_known(" ".join(phrase)):
        phrase.pop()
    unnamed = any(fold(word) in UNNAMED for word in words[: start + 1])
    if not phrase or unnamed or is_behaviour(words, start):
        yield from (name for name in known_terms(piece) if not (unnamed and name.islower()))
        return
    for name in name_in(phrase, first=opens and start == 0, listed=listed or start > 0):
        yield _ELIDED.sub(r"\1’", re.sub(r"-[Kk]enntnissen?$|-[Ee]rfahrung$", "", name))
    yield from known_terms(" ".join(words[end:]))  # "web applications in Python"


def _known_length(words: list[str], start: int) -> int:
    """How many words from here on are one name of the alias table ("infrastructure as code"); 0 when none is."""
    return next(
        (n for n in range(6, 0, -1) if start + n <= len(words) and is_known(" ".join(words[start : start + n]))), 0
    )


def _apart(piece: str) -> str:
    """Elided articles set apart ("d'expérience"), so that they can be skipped like other small words."""
    return re.sub(r"\b([dlLD])['’](?=\w)", r"\1 ", piece)


def _leads_in(words: list[str], index: int, *, opens: bool) -> bool:
    """Whether a word only leads to the thing: "strong experience with". A name keeps all its words."""
    key = fold(words[index])
    if _known_length(words, index) or (
        index and fold(words[index - 1]) == "to" and key in BEHAVIOUR_VERBS | VERBS_OR_NOUNS
    ):
        return False
    if key in CONNECTORS:
        return True
    if key == "people" and words[index + 1 : index + 2] and fold(words[index + 1]) in {"management", "leadership"}:
        return False
    following = fold(words[index + 1]) if index + 1 < len(words) else ""
    if key.endswith("ing") and following and (following in {"in", "with", "as"} or (index and is_doing([key]))):
        return True  # "working with SQL", "experience developing web applications"
    pair = words[index : index + 2]
    named = len(pair) == 2 and len(key) > 3 and all(word[0].isupper() and not word.isupper() for word in pair)
    return key in FILLERS and not (named and (words[index - 1][0].islower() if index else not opens))
