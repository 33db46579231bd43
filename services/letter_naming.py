"""Makes sure that cover letter and e-mail say which position at which company they are about.

A model may name another one, and the fact gate then takes the sentence out; what is missing is said in our own words.
"""

import re

from schemas.model_outputs import ApplicationLetters
from services.job_ads.language import detect_language
from services.matching.skill_terms import fold
from services.offline_model.letter_wording import LANGUAGES, Wording, load_wording

_LONGEST_GREETING = 10  # words
_SHORTEST_WORD = 3
_SAME_STEM = 4  # letters: "Buchhalter" is named by "Buchhalterin", "engineer" by "Engineering"
_LEGAL_FORMS = frozenset("gmbh ltd limited inc llc plc corp corporation company sarl sas srl lda ltda".split())


def with_names(letters: ApplicationLetters, company: str, position: str) -> ApplicationLetters:
    """The letters with a sentence on what is applied for where they lack it; as they are in a language without one."""
    language = detect_language(letters.cover_letter or letters.email_body)
    if language not in LANGUAGES or not (company or position):
        return letters
    words = load_wording(language)
    applying = _said(words, words.applying, words.applying_unnamed, company, position)
    following_up = _said(words, words.following_up, words.following_up_unnamed, company, position)
    subject = words.subject.format(position=position) if position else words.subject_unnamed
    return ApplicationLetters(
        cover_letter=_with_sentence(letters.cover_letter, applying, company, position),
        email_subject=letters.email_subject or (subject if letters.email_body else ""),
        email_body=_with_sentence(letters.email_body, following_up, company, position),
    )


def _said(words: Wording, named: str, unnamed: str, company: str, position: str) -> str:
    template = words.for_position(named, position) if position else unnamed
    return template.format(position=position, at=words.at_employer(company))


def _with_sentence(text: str, sentence: str, company: str, position: str) -> str:
    """The text with the sentence after its greeting, unless it names both already; nothing stays nothing."""
    if not text or (_names(company, text) and _names(position, text)):
        return text
    greeting, _, rest = text.partition("\n\n")
    if len(greeting.split()) > _LONGEST_GREETING:
        return f"{sentence}\n\n{text}"
    return f"{greeting}\n\n{sentence}\n\n{rest}".rstrip()


def _names(name: str, text: str) -> bool:
    """Whether a text has every longer word of a name, or at least how it begins."""
    known = fold(text)
    words = [word for word in re.findall(r"\w+", fold(name)) if len(word) >= _SHORTEST_WORD]
    return all(word[:_SAME_STEM] in known for word in words if word not in _LEGAL_FORMS)
