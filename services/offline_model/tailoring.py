"""Tailoring by rules: reorder, name what is there, use the ad's spelling, sum up. Nothing is ever added to the facts.

Every change rests on words quoted from the lines that were sent, and says so.
"""

import re
from collections.abc import Iterator
from typing import Final

from schemas.model_outputs import CitedEvidence, ProposedChange, TailoringProposal
from services.language_detection import detect_language
from services.offline_model.enumerations import lead_with
from services.offline_model.protocol import ResumeLine, TailoringRequest
from services.offline_model.relevance import Wanted, best_match, score, wanted_terms
from services.offline_model.summary import improved_summary
from services.skill_terms import find_term, fold, is_spoken_language, spellings, term_key

MAX_NEW_SKILLS: Final = 6
MAX_SKILL_WORDS: Final = 3
MAX_EVIDENCE: Final = 3
MIN_GAIN_OF_BULLET_ORDER: Final = 2.0
_SKILL_LIST: Final = re.compile(r"^skills\[\d+\]\.skills$")
_BULLET_LIST: Final = re.compile(r"^(?:experience|projects)\[\d+\]\.bullets$")
_DUTY_LINE: Final = re.compile(r"^(?:experience|projects)\[\d+\]\.bullets\[\d+\]$")
# Lists of people's languages and pastimes are no place for a tool.
_OTHER_LISTS: Final = re.compile(r"\b(?:languages?|sprachen|langues|idiomas|lingue|interests?|hobb|loisirs|soft)\b")
_NOT_A_SKILL: Final = re.compile(
    r"\b(?:degree|diploma|bachelor|master|phd|studium|ausbildung|abschluss|license|licence|certif)"
)
_HANDS_OFF: Final = re.compile(
    r"\b(?:leave|keep|do not (?:touch|change|edit)|don't (?:touch|change|edit))\b[^.;\n]*", re.IGNORECASE
)


def propose_changes(request: TailoringRequest) -> TailoringProposal:
    """All changes that make the sent lines fit the job better; none when they are fine or the job asks for nothing."""
    wanted = wanted_terms(request.job, request.instructions)
    if not wanted:
        return TailoringProposal(changes=[])
    return TailoringProposal(changes=_Tailor(request, wanted).changes())


class _Tailor:
    """One request's rules over one set of lines."""

    def __init__(self, request: TailoringRequest, wanted: list[Wanted]) -> None:
        self._wanted = wanted
        self._request = request
        protected = fold(" ".join(match.group() for match in _HANDS_OFF.finditer(request.instructions or "")))
        self._lines = [line for line in request.lines if not _is_protected(line.path, protected)]
        own = [text for line in (*request.lines, *request.context) for text in line.texts()]
        self._texts = [(path, text) for path, text in dict(own).items() if text.strip()]
        work = " ".join(text for path, text in self._texts if _DUTY_LINE.match(path))
        self._same_language = request.job.language in ("", detect_language(work))

    def changes(self) -> list[ProposedChange]:
        """Summary first, then skills, then bullets."""
        return [*self._summary(), *self._skill_lists(), *self._bullets()]

    def _summary(self) -> Iterator[ProposedChange]:
        for line in self._lines:
            if line.path != "professional_summary" or not line.text:
                continue
            named = [
                (path, text)
                for path, text in self._texts
                if path.startswith("skills[") and not is_spoken_language(text)
            ]
            room = self._request.budgets.get(line.path)
            improved = improved_summary(line.text, named, self._wanted, room=room)
            if improved is not None:
                yield ProposedChange(
                    path=line.path,
                    kind="replace",
                    original=line.text,
                    proposed=improved.text,
                    order=None,
                    reason=f"Says at the top what the job asks for and your resume shows: {_joined(improved.named)}.",
                    requirement=improved.named[0],
                    evidence=[
                        CitedEvidence(path=path, quote=quote) for path, quote in improved.evidence[:MAX_EVIDENCE]
                    ],
                )

    def _skill_lists(self) -> Iterator[ProposedChange]:
        lists = [line for line in self._lines if line.items is not None and _SKILL_LIST.match(line.path)]
        for line in lists:
            yield from self._respelled(line)
            yield from self._reordered(line, gain=0.0, what="skills")
        if (home := self._home_of_new_skills(lists)) is not None:
            yield from self._named_skills(home)

    def _bullets(self) -> Iterator[ProposedChange]:
        for line in self._lines:
            if not (_BULLET_LIST.match(line.path) or _DUTY_LINE.match(line.path)):
                continue
            yield from self._respelled(line)
            if line.items is not None:
                yield from self._reordered(line, gain=MIN_GAIN_OF_BULLET_ORDER, what="points")

    def _respelled(self, line: ResumeLine) -> Iterator[ProposedChange]:
        """The ad's own spelling of what is named there ("Postgres" to "PostgreSQL"), and its matches first in lists."""
        for path, text in line.texts():
            proposed, requirement, quote = text, None, None
            for one in self._wanted:
                alias = self._alias_in(one.term, proposed)
                if alias is not None and not any(find_term(one.term, t, aliases=False) for _, t in self._texts):
                    proposed = _renamed(proposed, alias, one.term)
                    requirement, quote = requirement or one.term, quote or alias
            reason = f"Uses the job ad's own name for it: {requirement}."
            if requirement is None:
                proposed, requirement = lead_with(text, self._wanted, known=[t for _, t in self._texts])
                quote, reason = requirement, f"Names {requirement} first, which the job asks for."
            if proposed != text and requirement and quote and self._fits(path, text, proposed):
                yield ProposedChange(
                    path=path,
                    kind="replace",
                    original=text,
                    proposed=proposed,
                    order=None,
                    reason=reason,
                    requirement=requirement,
                    evidence=[CitedEvidence(path=path, quote=quote)],
                )

    def _alias_in(self, term: str, text: str) -> str | None:
        """Another name of the term that the text uses; None when the text has the ad's own."""
        if len(spellings(term)) == 1 or find_term(term, text, aliases=False) is not None:
            return None
        alias = find_term(term, text)
        return alias if alias and _abbreviates(term, alias) else None

    def _reordered(self, line: ResumeLine, *, gain: float, what: str) -> Iterator[ProposedChange]:
        """The list with its most relevant items first; equal ones stay as they were."""
        items = line.items or []
        scores = [score(item, self._wanted) for item in items]
        ranking = sorted(range(len(items)), key=lambda index: -scores[index])
        if ranking == list(range(len(items))) or scores[ranking[0]] - scores[0] < gain:
            return
        top = [index for index in ranking if scores[index] > 0][:MAX_EVIDENCE]
        terms = [term for index in top if (term := best_match(items[index], self._wanted))]
        yield ProposedChange(
            path=line.path,
            kind="reorder",
            original=None,
            proposed=None,
            order=[items[index] for index in ranking],
            reason=f"Puts the {what} first that the job asks for: {_joined(list(dict.fromkeys(terms)))}.",
            requirement=terms[0],
            evidence=[CitedEvidence(path=f"{line.path}[{index}]", quote=items[index]) for index in top],
        )

    def _home_of_new_skills(self, lists: list[ResumeLine]) -> ResumeLine | None:
        """The skill list that new names go to: the one nearest to the job, never one of languages or hobbies."""
        categories = {path.rsplit(".", 1)[0]: fold(text) for path, text in self._texts if path.endswith(".category")}
        fitting = [
            line
            for line in lists
            if not _OTHER_LISTS.search(categories.get(line.path.rsplit(".", 1)[0], "")) and not _are_languages(line)
        ]
        return max(fitting, key=lambda line: sum(score(item, self._wanted) for item in line.items or []), default=None)

    def _named_skills(self, home: ResumeLine) -> Iterator[ProposedChange]:
        """Skills that the person's own lines name but no skill list does, at the end of a list."""
        listed = [text for path, text in self._texts if path.startswith("skills[")]
        count = len(home.items or [])
        added = 0
        for one in self._wanted:
            if added == MAX_NEW_SKILLS or not _is_skill(one.term) or any(find_term(one.term, text) for text in listed):
                continue
            evidence = self._named_at_work(one.term)
            # A plain word that two languages share ("organisation") is a skill in neither.
            if evidence is None or (one.term.islower() and not self._same_language):
                continue
            yield ProposedChange(
                path=f"{home.path}[{count}]",
                kind="insert",
                original=None,
                proposed=_as_listed(one.term, evidence.quote),
                order=None,
                reason=f"You name {evidence.quote} in your experience, but not among your skills.",
                requirement=one.term,
                evidence=[evidence],
            )
            added += 1

    def _named_at_work(self, term: str) -> CitedEvidence | None:
        """Where the person names a term as something done; a confirmed fact counts as well."""
        facts = [(f"confirmed_facts[{index}]", fact) for index, fact in enumerate(self._request.confirmed_facts)]
        for path, text in (*self._texts, *facts):
            if _DUTY_LINE.match(path) or path.startswith(("confirmed_facts", "projects[")):
                quote = find_term(term, text)
                if quote is not None and not _is_denied(text):
                    return CitedEvidence(path=path, quote=quote)
        return None

    def _fits(self, path: str, original: str, proposed: str) -> bool:
        """Whether a new text stays within what the layout has room for."""
        room = self._request.budgets.get(path)
        return len(proposed) <= (room if room is not None else max(len(original) * 1.25, len(original) + 12))


def _is_skill(term: str) -> bool:
    return len(term.split()) <= MAX_SKILL_WORDS and not _NOT_A_SKILL.search(fold(term))


def _as_listed(term: str, quote: str) -> str:
    """The ad's spelling of the thing that the person names, with a capital at its start as lists have it."""
    name = term if fold(term) == fold(quote) or _abbreviates(term, quote) else quote
    return name[:1].upper() + name[1:] if name.islower() else name


def _abbreviates(term: str, alias: str) -> bool:
    """Whether two names of one thing begin alike; those that do not may be of two languages ("German", "Deutsch")."""
    return term_key(term) == term_key(alias) and fold(term)[:1] == fold(alias)[:1]


def _renamed(text: str, alias: str, term: str) -> str:
    """The text with the first use of an alias as a whole word written as the ad writes it."""
    return re.sub(rf"(?<!\w){re.escape(alias)}(?!\w)", term.replace("\\", r"\\"), text, count=1)


def _is_denied(text: str) -> bool:
    return bool(re.search(r"\b(?:no|not|never|without|kein\w*|nicht|ohne|sans|sin|sem)\b", fold(text)))


def _are_languages(line: ResumeLine) -> bool:
    """Whether a list holds the languages that a person speaks."""
    spoken = (
        "English",
        "German",
        "French",
        "Spanish",
        "Portuguese",
        "Italian",
        "Dutch",
        "Mandarin",
        "Arabic",
        "Russian",
    )
    items = line.items or []
    return bool(items) and all(any(find_term(name, item) for name in spoken) for item in items)


def _is_protected(path: str, protected: str) -> bool:
    """Whether the person asked to leave this part alone."""
    names = {"professional_summary": "summary", "skills": "skill", "experience": "experience", "projects": "project"}
    name = names.get(path.split("[")[0].split(".")[0])
    return bool(name and name in protected)


def _joined(terms: list[str]) -> str:
    return terms[0] if len(terms) == 1 else f"{', '.join(terms[:-1])} and {terms[-1]}"
