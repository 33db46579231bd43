"""Folding text to one comparable form: compatibility letters, invisible characters, accents, look-alikes, leetspeak.

Knows nothing of what is looked for.
"""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(
    [
        0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x3164,
        0xFEFF, 0xFFA0, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFE00, 0xFE10),
        *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0),
    ]
)  # fmt: skip
_MARKS = {code: None for code in range(0x0300, 0xFFFF) if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me")} | {
    ord("’"): "'",
    ord("ʼ"): "'",
    ord("`"): "'",
    ord("ø"): "o",
    ord("Ø"): "o",
    ord("ł"): "l",
    ord("Ł"): "l",
    ord("ı"): "i",
}

LOOK_ALIKES = str.maketrans(
    "авекмнорстухіѕјһԁԛԝгѵьαβγεηικνορτυχωԍɡɑıʀɴʟɪᴀʙᴄᴅᴇꜰɢʜᴊᴋᴍᴏᴘꜱᴛᴜᴠᴡʏᴢл",
    "abekmhopctyxisjhdqwrvbabyenikvoptuxwggaiRNLIABCDEFGHJKMOPSTUVWYZl".lower(),
)
"""Cyrillic, Greek and small-capital letters that pass for Latin ones."""

_LEET = str.maketrans("013457@$!|", "oieastasil")
_LEET_WORD = re.compile(r"[a-z0-9@$!|]+")
_LEET_PAIR = re.compile(r"[a-z][0134578@$!|]|[0134578@$!|][a-z]")
_LEET_INSIDE = re.compile(r"[a-z][0134578@$!|][a-z]")
_MIXED_SCRIPT = re.compile(r"[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]|[\u0500-\u052fᴀ-ᴢɢʀɴʟɪʏʜʙꜰꜱ]")
_CONTRACTION = re.compile(r"(?<=[a-z])'(?=(?:t|re|ve|ll|m)\b)")


def fold(text: str) -> str:
    """Lower case, compatibility forms resolved, accents and invisible characters gone, `don't` closed up to `dont`."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
        text = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).translate(_MARKS))
    return _CONTRACTION.sub("", text.casefold())


def disguised_forms(folded: str) -> list[str]:
    """Other readings of a folded sentence: look-alike letters as Latin, digits and signs as letters."""
    forms = []
    if not folded.isascii() and _MIXED_SCRIPT.search(folded):
        folded = folded.translate(LOOK_ALIKES)
        forms.append(folded)
    if _LEET_INSIDE.search(folded):
        forms.append(_LEET_WORD.sub(_unleet, folded))
    return forms


def _unleet(word: re.Match[str]) -> str:
    return word.group().translate(_LEET) if _LEET_PAIR.search(word.group()) else word.group()
