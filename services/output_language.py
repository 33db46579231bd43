"""The language of a result: which one to write in, and which one it was written in after all.

A model may not know the language that it is asked for, or take the resume's: then the result says so. Knows no model.
"""

import re
from collections.abc import Iterable
from typing import Final

from schemas.change_schemas import Change, ChangeKind
from schemas.languages import LANGUAGES
from schemas.project_schemas import TailoredData
from schemas.resume_schemas import ResumeData
from services.job_ads.language import detect_language
from services.resume_paths import walk_texts

_FEWEST_WORDS: Final = 4  # shorter texts are names of things, in any language
_ENGLISH: Final = frozenset("the and of to with from by for is are that my your".split())
_SHARE_OF_ENGLISH: Final = 0.08
"""English is also what a text without a clue counts as: it has to show in one word of a dozen."""


def choose(wanted: str, resume: ResumeData, job_description: str) -> str:
    """The language to write in: as the person wishes, else that of the job ad."""
    if wanted == "keep":
        return language_of_resume(resume)
    return detect_language(job_description) if wanted == "auto" else wanted


def language_of_resume(resume: ResumeData) -> str:
    """The language of a resume, told by its sentences: names, addresses and links are of none."""
    texts = [text for path, text in walk_texts(resume) if not path.startswith("personal_info")]
    return detect_language("\n".join(_prose(texts) or texts))


def say(data: TailoredData, wanted: str, resume: ResumeData, job_description: str) -> None:
    """Set the result's language to that of its letters, and warn where that or the changes' is another than wanted."""
    if data.metadata is None:
        return
    # What a model falls back to is English, or a language that it was shown.
    shown = {"en", language_of_resume(resume), detect_language(job_description)}
    letters = _written_in([data.cover_letter, data.email_body], wanted, shown)
    changes = _written_in(_reworded(data.changes), letters, shown)
    data.metadata.language = letters
    if letters != wanted:
        data.metadata.warnings.append(
            f"The cover letter and the e-mail are in {LANGUAGES[letters]}: the model did not write {LANGUAGES[wanted]}."
        )
    if changes != letters:
        data.metadata.warnings.append(
            f"The changes in your resume are in {LANGUAGES[changes]}, the letters in {LANGUAGES[letters]}."
        )


def _written_in(texts: Iterable[str], wanted: str, shown: set[str]) -> str:
    """The language of the texts: `wanted` unless they are plainly in one of those that were shown."""
    text = "\n".join(_prose(texts))
    detected = detect_language(text)
    if detected == wanted or detected not in shown:
        return wanted
    return wanted if detected == "en" and not _is_english(text) else detected


def _is_english(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return sum(word in _ENGLISH for word in words) > _SHARE_OF_ENGLISH * len(words)


def _prose(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if len(text.split()) >= _FEWEST_WORDS]


def _reworded(changes: Iterable[Change]) -> list[str]:
    return [c.proposed for c in changes if c.kind is not ChangeKind.REORDER and isinstance(c.proposed, str)]
