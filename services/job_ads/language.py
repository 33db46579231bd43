"""Which language a text is written in, told by its script or by its most common little words.

Knows nothing of jobs or resumes; a text without a clue counts as English.
"""

import re
import unicodedata
from collections import Counter
from typing import Final

_STOP_WORDS: Final = {
    "en": "the and of to in for with you your we our is are a an on as at or will be have this that from by must"
    " not required",
    "de": "der die das und oder mit für von zu im in den dem des ein eine sie wir ihr du ist sind auf als bei zur zum"
    " nicht wird sowie haben gute erfahrung kenntnisse stelle gesucht ab unser unsere dich erforderlich",
    "fr": "le la les et ou des du de en un une pour avec vous nous votre notre est sont dans sur au aux par que qui ce"
    " pas d l emploi poste recherché recherche profil expérience exigé requis",
    "es": "el la los las y o de del en un una para con por que se su sus es son al como más nuestra nuestro no"
    " experiencia empresa requisitos",
    "pt": "o a os as e ou de do da dos das em um uma para com por que se é são no na nos nas ao como mais não"
    " experiência vaga empresa requisitos",
    "it": "il lo la gli le e o di del della dei delle in un una per con che si è sono nel nella al alla come più"
    " non esperienza azienda",
    "nl": "de het een en of van in voor met je jij wij we ons onze is zijn op als bij aan tot niet wordt ben naar",
    "sv": "och eller i på för med av du vi är att en ett som till din vår om inte har vara den det",
    "da": "og eller i på for med af du vi er at en et som til din vores om ikke har være den det vil",
    "pl": "i lub w na z do dla się jest oraz od po przez nie jako oferujemy pracy że to",
}
_WORDS: Final = {code: frozenset(words.split()) for code, words in _STOP_WORDS.items()}
_LETTERS_OF_ONE: Final = {
    "de": frozenset("ßäöü"),
    "fr": frozenset("çèêœùû"),
    "es": frozenset("ñ¿¡ó"),
    "pt": frozenset("ãõçâ"),
    "sv": frozenset("åäö"),
    "da": frozenset("æøå"),
    "pl": frozenset("łąęśżźćń"),
    "it": frozenset("ìòù"),
}
_SCRIPTS: Final = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_WORD: Final = re.compile(r"[^\W\d_]+")
# "(m/w/d)" and "H/F" say that everybody is meant: their letters are no words, but whose they are tells a little.
_MARK: Final = re.compile(r"(?<!\w)[a-z](?: ?[/|*] ?[a-z]){1,3}(?!\w)")
_LETTERS_OF_MARKS: Final = {"de": frozenset("mw"), "fr": frozenset("hf")}
_SHARE_OF_A_MARK: Final = 0.5  # an English ad of a German company has one as well
_SURE: Final = 3
_ADDRESS: Final = re.compile(r"\S+@\S+|\S+://\S+|\b(?:[\w-]+\.)+[a-z]{2,}\b\S*")


def detect_language(text: str) -> str:
    """The two-letter code of the text's language; "en" when nothing tells."""
    text = unicodedata.normalize("NFC", text)
    script = _language_of_script(text)
    if script:
        return script
    # The "com" of an address is Spanish and Portuguese for "with".
    text = _ADDRESS.sub(" ", text).casefold()
    words = Counter(_WORD.findall(_MARK.sub(" ", text)))
    scores = {code: float(sum(words[word] for word in words.keys() & known)) for code, known in _WORDS.items()}
    foreign = [word for word in words if not word.isascii()]
    for code, own_letters in _LETTERS_OF_ONE.items():
        scores[code] += 0.3 * sum(words[word] for word in foreign if not own_letters.isdisjoint(word))
    for code, letters_of_mark in _LETTERS_OF_MARKS.items():
        if any(letters_of_mark <= set(mark) for mark in _MARK.findall(text)):
            scores[code] += _SHARE_OF_A_MARK
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > scores["en"] else "en"


def is_surely_not(text: str, language: str) -> bool:
    """Whether a sentence is in another language beyond doubt: by its script, or by several little words."""
    text = unicodedata.normalize("NFC", text)
    script = _language_of_script(text)
    if script or language not in _WORDS:
        return script != language and bool(script)
    words = set(_WORD.findall(_ADDRESS.sub(" ", text).casefold()))
    return any(len(words & others) - len(words & _WORDS[language]) >= _SURE for others in _WORDS.values())


def _language_of_script(text: str) -> str | None:
    """The language that a script other than the Latin one tells."""
    if text.isascii():
        return None
    letters = len(re.findall(r"[^\W\d_]", text))
    for code, script in _SCRIPTS:
        # Japanese mixes kana with Chinese characters and Latin names: a tenth of the letters decides.
        if len(script.findall(text)) * 10 > letters:
            return code
    return None
