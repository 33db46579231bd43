"""The evidence of a change: what a model cites is kept only where it stands in the person's own words.

Knows no fact gate: whether the evidence carries the change is judged elsewhere, from the whole resume.
"""

import re
from collections.abc import Sequence

from schemas.change_schemas import Change, ChangeKind, Evidence
from schemas.resume_schemas import ResumeData
from services.matching.skill_terms import find_term
from services.resume_paths import walk_texts

Texts = Sequence[tuple[str, str]]


def evidence_of(change: Change, resume: ResumeData, confirmed_facts: Sequence[str]) -> list[Evidence]:
    """The citations that hold, with the place where they do; where none does, the line that a new text comes from."""
    facts = ((f"confirmed_facts[{index}]", fact) for index, fact in enumerate(confirmed_facts))
    texts = [*walk_texts(resume), *facts]
    held = [found for cited in change.evidence if (found := _found(cited, texts)) is not None]
    return held or _source(change, texts)


def _found(cited: Evidence, texts: Texts) -> Evidence | None:
    """The citation at its own place, else at the first line that has its words: models miscount."""
    words = r"\s+".join(map(re.escape, cited.quote.split()))
    if not words:
        return None
    quoted = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    places = [path for path, text in texts if quoted.search(text)]
    return Evidence(path=cited.path if cited.path in places else places[0], quote=cited.quote) if places else None


def _source(change: Change, texts: Texts) -> list[Evidence]:
    if isinstance(change.original, str):
        return [Evidence(path=change.path, quote=change.original)]
    if change.kind is ChangeKind.INSERT and isinstance(change.proposed, str):
        named = ((path, find_term(change.proposed, text)) for path, text in texts)
        return [Evidence(path=path, quote=quote) for path, quote in named if quote is not None][:1]
    return []
