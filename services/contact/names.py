"""The person's name among the lines at the top of a resume. Knows what names look like, in many scripts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.document_text import TextLine
from services.resume_language.dates import find_dates
from services.resume_language.folding import fold
from services.resume_language.headings import heading_kind
from services.resume_language.organisations import company_score, is_school
from services.resume_language.places import is_place
from services.resume_language.roles import title_score

_LABEL = re.compile(
    r"^(?:full name|first name|last name|name|nom et prénom|nom|prénom|nombre y apellidos|nombre completo"
    r"|nombre|nome completo|nome e cognome|"
    r"nome|vor- und nachname|vorname|nachname|naam|namn|氏\s*名|姓\s*名|名前|お名前|candidate)\s*[:：\t ]\s*(?=\S)",
    re.IGNORECASE,
)
_LABEL_NEEDS_MARK = re.compile(r"^[^:：\t氏姓名]+ (?=\S)")
_PIECES = re.compile(r"\t|\s*[|•·]\s*|\s+[–—-]\s+|\s{3,}")
_TITLE_PREFIX = re.compile(
    r"^(?:(?:curriculum vitae|resume|résumé|cv|lebenslauf|currículum(?: vitae)?)\s*(?:of|von|de|di|:|–|-"
    r"|\|)?\s+)(?=\S)",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "de da do dos das di del della la le van von der den ter ten zu zur af av al el bin bint ibn ben e y"
    " i und mac st".split()
)
_CREDENTIAL = re.compile(
    r"^(?:[A-Z][A-Za-z.]{0,5}\.?|(?:B|M)\.?(?:Sc|A|S|Eng)\.?|Ph\.?\s?D\.?|MBA|CPA|PMP|RN|Esq\.?|Jr\.?|Sr\.?|III?)$"
)
_UNSPOKEN = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{3,5}")
"""Capitals without a vowel name no person: they are letters of a degree."""
_LETTERS = frozenset(
    "RN MD PhD PHD PMP CPA MBA MSc BSc RGN RMN FCA ACCA CFA PE DDS JD MBE OBE LPN NP DVM CISSP DPT LCSW LMFT CNA EMT"
    " RPh PharmD MPH MEd BEd LLM LLB MCIPD CIPD FRCS MRCP BSN MSN FNP".split()
)
_TOKEN = re.compile(r"^[^\W\d_][^\W\d_'’.\-·‐‑]*(?:['’.\-·‐‑][^\W\d_]*)*\.?$|^\([^\W\d_]+\)$|^[\"“][^\W\d_]+[\"”]$")
_HAN = re.compile(r"^[\u3400-\u9fff\u3040-\u30ff々\s·・　]{2,12}$")
_HONORIFIC = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|dr|prof|dipl|ing|mag|herr|frau|mme|sra?|dra|dott|dott\.ssa|ir|drs|med|rer|nat|phil|jur|dent|vet"
    r"|dipl\.?-\w+|m(?=\.)|d(?=\.))\.?\s+)+",
    re.IGNORECASE,
)
_MAX_TOKENS = 6
_MOST_LETTERS = 40
_ENOUGH = 2.0


@dataclass(frozen=True, slots=True)
class NamePiece:
    """Part of the name on one line."""

    line: int
    start: int
    end: int
    text: str


def find_name(lines: Sequence[TextLine], zone: Sequence[TextLine], emails: Sequence[str]) -> list[NamePiece]:
    """The name, in one piece or in two when it is set over two lines; empty when none is found."""
    first_page = [line for line in lines if line.page == 1]
    largest = max((line.font_size or 0.0 for line in first_page), default=0.0)
    body = sorted(line.font_size or 0.0 for line in lines)[len(lines) // 2] if lines else 0.0
    tall = [line for line in first_page if (line.font_size or 0.0) >= 0.97 * largest and largest > 1.15 * body]
    numbers = {line.number for line in zone[:14]} | {line.number for line in tall[:4]}
    candidates = [line for line in lines if line.number in numbers]
    best: tuple[float, NamePiece] | None = None
    for order, line in enumerate(candidates):
        for piece, labelled in _pieces(line):
            score = _score(piece.text, emails)
            score += 6.0 * labelled + 4.0 * (line in tall) + 1.0 * line.heading + 0.5 * line.bold
            score += max(0.0, 2.0 - 0.7 * order) if piece.start == 0 else 0.0
            if score >= _ENOUGH and (best is None or score > best[0]):
                best = score, piece
    if best is None:
        return []
    return _with_other_half(best[1], lines, tall, emails)


def name_tokens(name: str) -> list[str]:
    """The folded words of a name, without particles and initials."""
    return [token for token in fold(name).split() if len(token) > 1 and token not in _PARTICLES]


def _pieces(line: TextLine) -> list[tuple[NamePiece, bool]]:
    out: list[tuple[NamePiece, bool]] = []
    text = line.text
    if _is_spaced_out(text):
        return [(NamePiece(line.number, 0, len(text), text), False)]
    label = _LABEL.match(text)
    if label and _LABEL_NEEDS_MARK.match(label.group()):
        label = None
    offset = label.end() if label else 0
    prefix = _TITLE_PREFIX.match(text)
    if prefix and not label:
        offset = prefix.end()
    position = offset
    for raw in _PIECES.split(text[offset:]):
        start = text.index(raw, position) if raw else position
        position = start + len(raw)
        whole = raw.strip(" ,;:")
        name = _without_credentials(whole)
        if is_name_shaped(name):
            begin = text.index(name, start)
            out.append((NamePiece(line.number, begin, begin + len(name), name), label is not None and not out))
    return out


def _is_spaced_out(text: str) -> bool:
    """Whether the words are set as single letters: `J A N E  D O E`."""
    marks = text.split()
    letters = sum(1 for mark in marks if len(mark) == 1 and mark.isalpha())
    return 5 <= letters <= _MOST_LETTERS and all(
        len(mark) == 1 and (mark.isalpha() or mark in "'’.-–") for mark in marks
    )


def _without_credentials(text: str) -> str:
    """`Jane Smith, MD, PhD` without what follows the name; `Smith, Jane` stays."""
    head, *rest = [part.strip() for part in text.split(",")]
    if rest and len(head.split()) >= 2:
        titled = len(rest) == 1 and title_score(rest[0]) >= 1
        if titled or all(_CREDENTIAL.match(word) for part in rest for word in part.split()):
            return head
    words = text.split()
    while (
        len(words) > 2 and not text.isupper() and (words[-1].strip("()") in _LETTERS or _UNSPOKEN.fullmatch(words[-1]))
    ):
        words.pop()
    return text[: text.rindex(words[-1]) + len(words[-1])] if words else text


def is_name_shaped(text: str) -> bool:
    """Whether the words could be a person's name."""
    if _HAN.match(text):
        return len(text.replace(" ", "").replace("\u3000", "")) <= 8
    bare = _HONORIFIC.sub("", text)
    tokens = bare.replace(",", " ").split()
    if not 1 <= len(tokens) <= _MAX_TOKENS or len(text) > 60 or text.count(",") > 1:
        return False
    for token in tokens:
        if not _TOKEN.match(token):
            return False
        if token[0].islower() and token.casefold() not in _PARTICLES and not re.match(r"^(?:d|l|o|al|el)['’-]", token):
            return False
    return any(len(token.strip(".")) > 1 for token in tokens)


def _score(text: str, emails: Sequence[str]) -> float:
    tokens = name_tokens(text)
    if heading_kind(text) is not None or find_dates(text) or not tokens:
        return -9.0
    score = 1.0 if 2 <= len(text.split()) <= 4 or _HAN.match(text) else -0.5
    local = " ".join(fold(email.split("@")[0]) for email in emails)
    joined = local.replace(" ", "")
    matched = sum(1 for token in tokens if len(token) >= 3 and token in joined)
    score += 3.0 * matched / len(tokens) if matched else 0.0
    # Trades are surnames, too (Baker, Schneider): an address that holds the whole name says which it is.
    score -= 5.0 if title_score(text) >= 2 and matched < len(tokens) else 0.0
    score -= 3.0 if is_place(text) else 0.0
    score -= 2.0 if company_score(text) or is_school(text) else 0.0
    return score


def _with_other_half(
    piece: NamePiece, lines: Sequence[TextLine], tall: Sequence[TextLine], emails: Sequence[str]
) -> list[NamePiece]:
    """The first or last name on the neighbouring line, when both are set in the largest type."""
    line = lines[piece.line - 1]
    if line not in tall or piece.text != line.text.strip() or len(piece.text.split()) > 2:
        return [piece]
    for number in (piece.line + 1, piece.line - 1):
        other = lines[number - 1] if 1 <= number <= len(lines) else None
        if other is None or other not in tall or len(other.text.split()) > 2 or not is_name_shaped(other.text.strip()):
            continue
        if _score(other.text, emails) < -1.0 or abs((other.font_size or 0) - (line.font_size or 0)) > 0.6:
            continue
        text = other.text.strip()
        half = NamePiece(other.number, other.text.index(text), other.text.index(text) + len(text), text)
        return sorted((piece, half), key=lambda p: p.line)
    return [piece]
