"""Tailoring by rules: reorder, name what is there, use the ad's spelling, sum up. Nothing is ever added to the facts.

Every change rests on words quoted from the lines that were sent, and says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from schemas.model_outputs import CitedEvidence, ProposedChange, TailoringProposal
from services.job_ads.language import detect_language
from services.matching.business_lines import is_business_line
from services.matching.skill_terms import find_proof, find_term, fold, is_spoken_language
from services.offline_model.enumerations import lead_with
from services.offline_model.protocol import ResumeLine, TailoringRequest
from services.offline_model.reason_wording import load_reasons
from services.offline_model.relevance import (
    MUST_WEIGHT,
    REQUESTED_WEIGHT,
    Wanted,
    alias_in,
    best_match,
    common_name,
    introduces,
    renamed,
    says_scope,
    score,
    wanted_terms,
)
from services.offline_model.rephrasing import in_words_of, tightened
from services.offline_model.summary import improved_summary

MAX_NEW_SKILLS: Final = 6
MAX_PROVED_SKILLS: Final = 3  # those that no line names are for the fact gate to judge, and maybe a question
MAX_SKILL_WORDS: Final = 3
MAX_EVIDENCE: Final = 3
MAX_QUOTE: Final = 80
MIN_GAIN_OF_BULLET_ORDER: Final = MUST_WEIGHT  # one demanded thing more than what stands first now
MIN_ITEMS_IN_ORDER: Final = 3
SEEN_AT_A_GLANCE: Final = 3
MAX_MOVED_BULLETS: Final = 3
_SKILL_LIST: Final = re.compile(r"^skills\[\d+\]\.skills$")
_BULLET_LIST: Final = re.compile(r"^(?:experience|projects)\[\d+\]\.bullets$")
_DUTY_LINE: Final = re.compile(r"^(?:experience|projects)\[\d+\]\.bullets\[\d+\]$")
# Lists of people's languages and pastimes are no place for a tool.
_OTHER_LISTS: Final = re.compile(r"\b(?:languages?|sprachen|langues|idiomas|lingue|interests?|hobb|loisirs|soft)\b")
_WRITTEN_SMALL = frozenset({"dbt", "npm", "pytest", "nginx", "pandas", "numpy", "kubectl", "scikit-learn"})
_NOT_A_SKILL: Final = re.compile(
    r"\b(?:degree|diploma|bachelor|master|phd|studium|ausbildung|abschluss|license|licence|certif)"
)
_PEOPLE: Final = re.compile(
    r"(?:students?|pupils?|clients?|customers?|patients?|guests?|children|people|teams?|colleagues|users?|suppliers?"
    r"|stakeholders?|kunden|patienten|schuler|gaste|kinder|clients|eleves|enfants|clientes|pacientes|alumnos|equipos?)"
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


@dataclass(frozen=True, slots=True)
class _Rewording:
    """A text said otherwise: for which term of the job, on which words of the person's it rests, and why."""

    text: str
    requirement: str | None
    quote: str
    reason: str


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
        job = request.job
        self._ad = "\n".join([job.role_focus, *job.required_skills, *job.preferred_skills, *job.responsibilities])
        self._reasons = load_reasons(request.language)
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
                    reason=self._reasons.summary.format(terms=self._reasons.listed(improved.named)),
                    requirement=improved.named[0],
                    evidence=[
                        CitedEvidence(path=path, quote=quote) for path, quote in improved.evidence[:MAX_EVIDENCE]
                    ],
                )

    def _skill_lists(self) -> Iterator[ProposedChange]:
        lists = [line for line in self._lines if line.items is not None and _SKILL_LIST.match(line.path)]
        for line in lists:
            yield from self._reworded(line)
            yield from self._skills_in_order(line)
        if (home := self._home_of_new_skills(lists)) is not None:
            yield from self._named_skills(home)

    def _bullets(self) -> Iterator[ProposedChange]:
        for line in self._lines:
            if not (_BULLET_LIST.match(line.path) or _DUTY_LINE.match(line.path)):
                continue
            yield from self._reworded(line)
            if line.items is not None:
                yield from self._bullets_in_order(line)

    def _reworded(self, line: ResumeLine) -> Iterator[ProposedChange]:
        """Each text in the ad's own spelling and words, and without a weak opening; in lists its matches first."""
        for path, text in line.texts():
            rewording = self._rewording(path, text)
            if rewording is not None and rewording.text != text and self._fits(path, text, rewording.text):
                yield ProposedChange(
                    path=path,
                    kind="replace",
                    original=text,
                    proposed=rewording.text,
                    order=None,
                    reason=rewording.reason,
                    requirement=rewording.requirement,
                    evidence=[CitedEvidence(path=path, quote=rewording.quote)],
                )

    def _rewording(self, path: str, text: str) -> _Rewording | None:
        named = self._respelled(path, text)
        if not _DUTY_LINE.match(path):
            return named or self._led(text)
        in_words = in_words_of(self._ad, named.text if named else text)
        if named is None and in_words is not None:
            changed, word, own = in_words
            named = _Rewording(changed, word, own, self._reasons.word.format(word=word, own=own))
        elif named is not None and in_words is not None:
            named = replace(named, text=in_words[0])
        siblings = [other for at, other in self._texts if at != path and at.startswith(path.rpartition("[")[0])]
        tight = tightened(named.text if named else text, detect_language(text), siblings)
        if tight is not None:
            quote = named.quote if named else text
            why = f"{self._reasons.opening} {named.reason if named else ''}".strip()
            return _Rewording(tight, best_match(text, self._wanted), quote, why)
        return named or self._led(text)

    def _respelled(self, path: str, text: str) -> _Rewording | None:
        """The ad's own spelling of what is named there: "PostgreSQL" for "Postgres"."""
        respelled: _Rewording | None = None
        for one in self._wanted:
            current = respelled.text if respelled else text
            alias = alias_in(one.term, current)
            if alias is not None and not self._is_spelled_so(one.term, path):
                text_now = renamed(current, alias, one.term)
                why = self._reasons.spelling.format(term=one.term, alias=alias)
                respelled = (
                    replace(respelled, text=text_now) if respelled else _Rewording(text_now, one.term, alias, why)
                )
        return respelled

    def _led(self, text: str) -> _Rewording | None:
        """A list inside the text with what the job asks for first."""
        led, term = lead_with(text, self._wanted, known=[known for _, known in self._texts])
        if term is None:
            return None
        return _Rewording(led, term, term, self._reasons.list_order.format(term=term))

    def _is_spelled_so(self, term: str, path: str) -> bool:
        """Whether the resume has the ad's spelling anywhere, or its skills are the place to bring it in."""
        if any(find_term(term, text, aliases=False) for _, text in self._texts):
            return True
        listed = any(find_term(term, text) for at, text in self._texts if at.startswith("skills["))
        return listed and not path.startswith("skills[")

    def _skills_in_order(self, line: ResumeLine) -> Iterator[ProposedChange]:
        """The list with its most relevant skills first, unless a glance finds them at its start already."""
        items = line.items or []
        scores = [score(item, self._wanted) for item in items]
        if len(items) < MIN_ITEMS_IN_ORDER or not any(scores):
            return
        hidden = max(scores[SEEN_AT_A_GLANCE:], default=0) > min(scores[:SEEN_AT_A_GLANCE])
        requested = max(scores) >= REQUESTED_WEIGHT and scores[0] < max(scores)
        if scores[0] == 0 or hidden or requested:
            ranking = sorted(range(len(items)), key=lambda index: -scores[index])
            moved = [index for position, index in enumerate(ranking) if position < index]
            reasons = self._reasons.skill_order, self._reasons.skills_order
            yield from self._reordered(line, ranking, *reasons, cited=moved)

    def _bullets_in_order(self, line: ResumeLine) -> Iterator[ProposedChange]:
        """The list with its clearly most relevant bullets first; the others keep their order.

        A first bullet that says how large the job was ("Led a team of 12") introduces it, and stays; so does a
        sentence on the employer.
        """
        items = line.items or []
        # A first line in lower case goes on from the heading above it, and stays there.
        if len(items) < MIN_ITEMS_IN_ORDER or items[0][:1].islower():
            return
        scores = [score(item, self._wanted) for item in items]
        kept = 1 if says_scope(items[0]) or introduces(items) else 0
        clearly = [n for n in range(kept + 1, len(items)) if scores[n] - scores[kept] >= MIN_GAIN_OF_BULLET_ORDER]
        moved = sorted(clearly, key=lambda index: -scores[index])[:MAX_MOVED_BULLETS]
        ranking = [*range(kept), *moved, *(index for index in range(kept, len(items)) if index not in moved)]
        reason = self._reasons.bullet_order if len(moved) == 1 else self._reasons.bullets_order
        yield from self._reordered(line, ranking, reason, reason, cited=moved)

    def _reordered(
        self, line: ResumeLine, ranking: list[int], of_one: str, of_several: str, *, cited: list[int]
    ) -> Iterator[ProposedChange]:
        """The change to a new order; its reason names what the first of the cited items have that the job wants."""
        items = line.items or []
        top = [index for index in cited if score(items[index], self._wanted) > 0][:MAX_EVIDENCE]
        found = dict.fromkeys(term for index in top if (term := best_match(items[index], self._wanted)))
        terms = list(found)
        if ranking == sorted(ranking) or not terms:
            return
        yield ProposedChange(
            path=line.path,
            kind="reorder",
            original=None,
            proposed=None,
            order=[items[index] for index in ranking],
            reason=(of_one if len(terms) == 1 else of_several).format(
                terms=self._reasons.listed([self._reasons.inside(term) for term in terms])
            ),
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
        added = proved = 0
        for one in self._wanted:
            if added == MAX_NEW_SKILLS or not _is_skill(one.term) or any(find_term(one.term, text) for text in listed):
                continue
            named = self._named_at_work(one.term)
            evidence = named or (self._shown(one.term) if proved < MAX_PROVED_SKILLS else None)
            # A plain word that two languages share ("organisation") is a skill in neither.
            if evidence is None or (one.term.islower() and not self._same_language):
                continue
            proved += named is None
            yield ProposedChange(
                path=f"{home.path}[{count}]",
                kind="insert",
                original=None,
                proposed=_as_listed(one.term, one.term if named is None else evidence.quote),
                order=None,
                reason=self._why_listed(one.term, evidence),
                requirement=one.term,
                evidence=[evidence],
            )
            added += 1

    def _why_listed(self, term: str, evidence: CitedEvidence) -> str:
        """Where the person names a skill, so that they see why it may be listed."""
        said = self._reasons.inside(term)
        if evidence.path.startswith("confirmed_facts"):
            return self._reasons.confirmed.format(term=said)
        if find_term(term, evidence.quote) is None:
            short = evidence.quote if len(evidence.quote) <= MAX_QUOTE else f"{evidence.quote[:MAX_QUOTE]}…"
            return self._reasons.shown.format(term=said, quote=short)
        entry = evidence.path.split(".")[0]
        employer = dict(self._texts).get(f"{entry}.company") or dict(self._texts).get(f"{entry}.name")
        named = self._reasons.it if fold(evidence.quote) == fold(term) else evidence.quote
        if entry.startswith("experience") and employer:
            return self._reasons.named_at.format(term=said, named=named, employer=employer)
        return self._reasons.named.format(term=said, named=named)

    def _named_at_work(self, term: str) -> CitedEvidence | None:
        """Where the person names a term as something done; a confirmed fact counts as well."""
        facts = [(f"confirmed_facts[{index}]", fact) for index, fact in enumerate(self._request.confirmed_facts)]
        for path, text in (*self._texts, *facts):
            if _DUTY_LINE.match(path) or path.startswith(("confirmed_facts", "projects[")):
                quote = find_term(term, text)
                if quote is not None and not _is_denied(text):
                    return CitedEvidence(path=path, quote=quote)
        return None

    def _shown(self, term: str) -> CitedEvidence | None:
        """Which line shows a skill without naming it: by a tool of that kind, or in other forms of its words."""
        if is_spoken_language(term):
            return None
        for path, text in self._texts:
            if (_DUTY_LINE.match(path) or path.startswith("skills[")) and not _is_denied(text):
                quote = find_proof(term, text)
                # One word in another form is no skill: who plans meter replacements does not list "Metering".
                if quote is not None and (quote != text or " " in term):
                    return CitedEvidence(path=path, quote=quote)
                in_words = in_words_of(self._ad, text)
                if in_words is not None and find_proof(term, in_words[0]) is not None:
                    return CitedEvidence(path=path, quote=text)
        return None

    def _fits(self, path: str, original: str, proposed: str) -> bool:
        """Whether a new text stays within what the layout has room for."""
        room = self._request.budgets.get(path)
        return len(proposed) <= (room if room is not None else max(len(original) * 1.25, len(original) + 12))


def _is_skill(term: str) -> bool:
    words = fold(term)
    if is_business_line(term):
        return False
    return len(words.split()) <= MAX_SKILL_WORDS and not _NOT_A_SKILL.search(words) and not _PEOPLE.fullmatch(words)


def _as_listed(term: str, quote: str) -> str:
    """The shared name of what the person names, as lists have it: with a capital, and not called a skill again."""
    name = re.sub(r"(?<=\w) skills?$", "", common_name(term, quote), flags=re.IGNORECASE)
    return name[:1].upper() + name[1:] if name.islower() and name not in _WRITTEN_SMALL else name


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
