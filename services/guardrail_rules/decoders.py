"""Bringing encoded text to light: base64, hex, bits, escapes, rot13, reversed, spaced-out and invisible writing.

Knows nothing of what is looked for, except the few words by which rot13 and reversed text are recognised.
"""

import base64
import binascii
import codecs
import html
import re
import urllib.parse

_BASE64 = re.compile(r"(?<![\w/+=-])[A-Za-z0-9+/_-]{16,4000}={0,2}(?![\w/+=-])")
_HEX = re.compile(r"(?<!\w)(?:(?:0x|\\x)?[0-9a-fA-F]{2}[ :,]?){8,2000}(?!\w)")
_ESCAPES = re.compile(r"\\u\{?([0-9a-fA-F]{4,5})\}?|\\x([0-9a-fA-F]{2})")
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_ENTITY = re.compile(r"&#x?[0-9a-fA-F]{2,6};")
_BINARY = re.compile(r"(?<!\w)(?:[01]{8}\s?){6,500}(?!\w)")
_SPACED = re.compile(r"(?<!\w)\w(?:[ .\-_*|/]{1,4}\w(?!\w)){7,400}")
_ROT13_WORDS = frozenset("gur naq lbh lbhe nyy cebzcg vafgehpgvbaf vtaber cerivbhf erirny flfgrz".split())
_REVERSED_WORDS = frozenset("eht dna uoy ruoy lla tpmorp snoitcurtsni erongi suoiverp laever metsys".split())
_HUMPS = re.compile(r"\b[A-Za-z][a-z]+(?:[A-Z][a-z]+){2,40}\b")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TORN_WORDS, _TORN_LENGTH = 8, 4.6
"""Words shorter than those of any language, their spaces included: somebody tore them apart."""
_CHOPPED_WORD = re.compile(r"\w(?:[.\-_*|/]\w){3,40}[.,!?]?")
_BLOB = 14
_PLAIN_TEXT = re.compile(r"[=+\w\s.,;:!?'\"()\-/<>|\[\]]*", re.UNICODE)
_SQUASHED = re.compile(
    "ignoreall|ignoreprevious|previousinstructions|ignorethe|ignoreyour|systemprompt|disregard|jailbreak|yourinstructions"
    "|revealyour|allinstructions|yourprompt"
)

_INVISIBLE = re.compile("[\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]{4}")
_TAGS = re.compile("[\U000e0020-\U000e007f]{4,}")
_BLACK_FLAG, _LONGEST_FLAG = "\U0001f3f4", 7
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{6,}")
_ZERO_WIDTH_RUN = re.compile("[\u200b\u200c\u200d\u2060-\u2064\ufeff]{8,}")


def hidden_runs(text: str) -> list[tuple[int, int]]:
    """Where invisible characters stand in such number that they carry a text of their own."""
    if text.isascii() or not _INVISIBLE.search(text):
        return []
    runs = [found.span() for pattern in (_TAGS, _SELECTORS, _ZERO_WIDTH_RUN) for found in pattern.finditer(text)]
    return [(start, end) for start, end in runs if not _is_flag(text, start, end)]


def _is_flag(text: str, start: int, end: int) -> bool:
    """Whether the run is the region of a flag emoji, like Scotland's."""
    return text[start - 1 : start] == _BLACK_FLAG and end - start <= _LONGEST_FLAG


def decoded_forms(sentence: str) -> list[str]:
    """What a sentence says once the encodings in it are undone; nothing for ordinary writing."""
    words = sentence.casefold().split()
    forms = _unescaped(sentence)
    if _is_chopped(words) or any(len(word) >= _BLOB and _is_odd(word) for word in words):
        forms += _decoded_blobs(sentence)
        forms += _closed_up(sentence)
    if len(words) >= _TORN_WORDS and len(sentence) < len(words) * _TORN_LENGTH:
        forms += _mended("".join(words))
    forms += [_HUMP.sub(" ", found.group()) for found in _HUMPS.finditer(sentence)]
    lowered = frozenset(words)
    if len(lowered & _ROT13_WORDS) >= 2:
        forms.append(codecs.encode(sentence, "rot13"))
    if len(lowered & _REVERSED_WORDS) >= 2 or "\u202e" in sentence:
        forms.append(sentence[::-1])
    return forms


def _is_odd(word: str) -> bool:
    """Whether a long word has digits or more signs than a hyphenated one."""
    return any(map(str.isdigit, word)) or sum(map(str.isalnum, word)) * 3 < len(word) * 2


def _is_chopped(words: list[str]) -> bool:
    """Whether a word is cut to letters, or most are single letters, hex pairs or groups of eight bits."""
    lengths = list(map(len, words))
    if any(_CHOPPED_WORD.fullmatch(word) for word in words):
        return True
    return lengths.count(1) > 5 or max(lengths.count(2), lengths.count(8)) * 2 > len(lengths) > 5


def _decoded_blobs(sentence: str) -> list[str]:
    forms = [_from_base64(found.group()) for found in _BASE64.finditer(sentence)]
    for found in _HEX.finditer(sentence):
        digits = re.sub(r"0x|\\x|[ :,]", "", found.group())
        forms.append(_as_text(bytes.fromhex(digits)) if len(digits) % 2 == 0 else "")
    for found in _BINARY.finditer(sentence):
        bits = "".join(found.group().split())
        forms.append(_as_text(int(bits, 2).to_bytes(len(bits) // 8, "big")))
    return [form for form in forms if form]


def _from_base64(blob: str, *, layers: int = 2) -> str:
    """The text that a blob encodes, once or twice over; nothing when it is not a readable one."""
    blob = blob.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        text = _as_text(base64.b64decode(blob + "=" * (-len(blob) % 4), validate=True))
    except binascii.Error:
        return ""
    if layers > 1 and _BASE64.fullmatch(text):
        return _from_base64(text, layers=layers - 1) or text
    return text


def _as_text(raw: bytes) -> str:
    """The bytes as text, or nothing when they are not a readable one."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return ""
    return text if len(text) >= 6 and _PLAIN_TEXT.fullmatch(text) else ""


def _unescaped(sentence: str) -> list[str]:
    forms: list[str] = []
    if not any(sign in sentence for sign in "%&\\"):
        return forms
    if len(_PERCENT.findall(sentence)) >= 2:
        forms.append(urllib.parse.unquote_plus(sentence))
    if len(_ENTITY.findall(sentence)) >= 4:
        forms.append(html.unescape(sentence))
    if len(_ESCAPES.findall(sentence)) >= 4:
        forms.append(_ESCAPES.sub(lambda found: chr(int(found.group(1) or found.group(2), 16) % 0x110000), sentence))
    return forms


def _closed_up(sentence: str) -> list[str]:
    """`i g n o r e  a l l` as words: wide gaps part them; without such gaps, tell-tale runs are looked for."""
    forms: list[str] = []
    for found in _SPACED.finditer(sentence):
        gap = r"\s{2,}|[|/]" if re.search(r"\w \w", found.group()) else r"\s+"
        words = [re.sub(r"[\W_]", "", word) for word in re.split(gap, found.group())]
        closed = " ".join(words)
        forms.append(closed)
        forms += _mended("".join(words).casefold())
    return forms


def _mended(run: str) -> list[str]:
    """What a run of letters without spaces asks for, when tell-tale words stand in it."""
    return ["ignore all previous instructions"] if _SQUASHED.search(run) else []
