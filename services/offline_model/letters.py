"""A cover letter and a follow-up e-mail from the person's own lines: nothing is claimed that is not there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from schemas.model_outputs import ApplicationLetters
from services.job_ads.language import detect_language
from services.matching.degrees import degree_level, names_degree
from services.matching.skill_terms import find_term, is_spoken_language, term_key
from services.offline_model.deeds import deed, noun_phrase, plain_bullet, starts_sentence
from services.offline_model.german_titles import titled
from services.offline_model.letter_wording import LANGUAGES, Wording, load_wording
from services.offline_model.profiles import profile as profile_of
from services.offline_model.profiles import with_article, without_capital
from services.offline_model.protocol import LettersRequest
from services.offline_model.relevance import (
    Wanted,
    in_names_of_the_ad,
    name_in_sentence,
    says_scope,
    score,
    wanted_terms,
)

MAX_DEEDS: Final = 3
MAX_DEEDS_OF_ONE_JOB: Final = 2  # unless the other jobs have nothing to do with this one
RECENCY: Final = 0.6  # what a deed is worth for each job that came after it
MAX_SKILLS: Final = 5
MIN_UNTOLD_SKILLS: Final = 2
MAX_CERTIFICATES: Final = 3
DEED_BONUS: Final = 1.5
SCOPE_BONUS: Final = 3.0  # how large a job was says more of its holder than a tool
_JOB: Final = re.compile(r"^experience\[(\d+)\]\.(title|company|start_date|end_date)$")
_BULLET: Final = re.compile(r"^experience\[(\d+)\]\.bullets\[\d+\]$")
_TOLD: Final = re.compile(r"^professional_summary$|^experience\[\d+\]\.bullets\[")
_FEMININE_DEGREES: Final = ("Licence", "Maîtrise", "Agrégation", "Licenciatura", "Ingeniería", "Diplomatura")
_GERMAN_DEGREES: Final = (
    ("eine", ("Ausbildung", "Berufsausbildung", "Lehre", "Weiterbildung", "Fortbildung", "Umschulung")),
    ("ein", ("Studium", "Diplom", "Staatsexamen", "Examen")),
    ("einen", ("Bachelor", "Master", "Magister", "Gesellenbrief", "Meisterbrief", "Abschluss")),
)
_SAID_APART: Final = ("education[", "certifications[")
_UNFINISHED: Final = re.compile(
    r"\b(?:expected|candidate|in progress|pursuing|current|coursework|incomplete|ongoing|laufend|en cours|en curso"
    r"|cursando|em curso|abgebrochen)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Job:
    """One job as far as its lines were sent."""

    title: str = ""
    company: str = ""
    start_date: str = ""
    end_date: str = ""
    bullets: list[str] = field(default_factory=list)

    @property
    def is_current(self) -> bool:
        """Whether it goes on: it has begun, and no year says when it ended."""
        return bool(self.start_date) and not re.search(r"\d", self.end_date)


def write_letters(request: LettersRequest) -> ApplicationLetters:
    """Both texts in the language asked for; English where there is no wording for it."""
    language = request.language[:2].lower()
    return _Writer(request, language if language in LANGUAGES else "en").letters()


class _Writer:
    """One request in one language."""

    def __init__(self, request: LettersRequest, language: str) -> None:
        self._language = language
        self._words: Wording = load_wording(language)
        self._request = request
        self._at = self._words.at_employer(_clean(request.company or request.job.company))
        self._wanted: list[Wanted] = wanted_terms(request.job, None)
        self._texts = [
            (path, in_names_of_the_ad(text, self._wanted) if _TOLD.match(path) else text)
            for line in request.lines
            for path, text in line.texts()
        ]
        self._jobs = _jobs(self._texts)
        self._position = self._borne(_clean(request.position or request.job.position))
        # Sentences of another language cannot be woven in; names of things can.
        bullets = " ".join(bullet for job in self._jobs.values() for bullet in job.bullets)
        self._same_language = not bullets or detect_language(bullets) == language

    def letters(self) -> ApplicationLetters:
        """The letter in four paragraphs, those without content left out; the e-mail in four."""
        deeds = self._deeds()
        who = self._who(has_deeds=bool(deeds))
        proofs = " ".join(self._qualifications(told=" ".join(deeds)))
        closing = self._words.closing.format(name=self._request.name_placeholder)
        paragraphs = [
            self._words.greeting,
            self._applying(),
            " ".join([*who, *deeds]),
            proofs,
            self._meeting(),
            closing,
        ]
        return ApplicationLetters(
            cover_letter="\n\n".join(part for part in paragraphs if part),
            email_subject=self._subject(),
            email_body=self._email([*who, *deeds[:1]]),
        )

    def _borne(self, position: str) -> str:
        """The position as this person would bear it: German titles say whether it is a woman's or a man's."""
        if self._language != "de":
            return position
        summary = next((text for path, text in self._texts if path == "professional_summary"), "")
        return titled(position, [*(job.title for job in self._jobs.values()), *summary.split()[:2]])

    def _applying(self) -> str:
        if self._position:
            template = self._words.for_position(self._words.applying, self._position)
            return template.format(position=self._position, at=self._at)
        return self._words.applying_unnamed.format(at=self._at)

    def _who(self, *, has_deeds: bool) -> list[str]:
        """The person's own summary where it can be said in the first person, else the most recent role."""
        summary = next((text for path, text in self._texts if path == "professional_summary"), "")
        if detect_language(summary) == self._language and (described := profile_of(summary, self._language)):
            return [self._words.profile.format(profile=described)]
        latest = next((job for job in self._jobs.values() if job.title and job.company), None)
        if latest is not None and not has_deeds:
            return [self._in_job(self._words.current_role, latest)]
        return []

    def _deeds(self) -> list[str]:
        """Up to three sentences on what the person did that the job has most use for, newest job first."""
        if not self._same_language:
            return []
        tellable = any(self._is_woven(bullet) for job in self._jobs.values() for bullet in job.bullets)
        ranked = sorted(
            ((self._worth(bullet) * RECENCY**index, -index, -place, index, bullet)
             for index, job in self._jobs.items()
             for place, bullet in enumerate(job.bullets)
             if (self._is_woven(bullet) if tellable else plain_bullet(bullet) is not None)),
            reverse=True,
        )  # fmt: skip
        chosen: list[tuple[int, str]] = []
        stiff_ones = 0
        for worth, *_, index, bullet in ranked:
            # One bullet that cannot be turned into a clause is enough, and only if the job has use for it.
            stiff = deed(bullet, self._language) is None
            told = sum(1 for other, _ in chosen if other == index)
            if len(chosen) == MAX_DEEDS or (stiff and chosen and (stiff_ones or worth <= 0)):
                continue
            if told == MAX_DEEDS_OF_ONE_JOB and any(
                other != index and value > DEED_BONUS for value, _, _, other, _ in ranked
            ):
                continue
            chosen.append((index, bullet))
            stiff_ones += stiff
        sentences: list[str] = []
        for index in sorted({index for index, _ in chosen}):
            # What can be told in full introduces the job; what was only noted down follows.
            of_this_job = [bullet for at, bullet in chosen if at == index]
            of_this_job.sort(key=lambda bullet: deed(bullet, self._language) is None)
            for told, bullet in enumerate(of_this_job):
                sentences.append(self._sentence(self._jobs[index], bullet, told=told, later=bool(sentences)))
        return sentences

    def _is_woven(self, bullet: str) -> bool:
        """Whether a bullet can stand in a sentence, not just after a colon."""
        return deed(bullet, self._language) is not None or noun_phrase(bullet, self._language) is not None

    def _worth(self, bullet: str) -> float:
        """How much a bullet tells this employer; one that can be told as a sentence a little more."""
        told = DEED_BONUS if deed(bullet, self._language) is not None else 0.0
        return score(bullet, self._wanted) + told + (SCOPE_BONUS if says_scope(bullet) else 0.0)

    def _sentence(self, job: _Job, bullet: str, *, told: int, later: bool) -> str:
        """One bullet as a sentence; `told` of the same job came before it, `later` anything at all did."""
        clause = deed(bullet, self._language, is_current=job.is_current)
        if clause is None:
            return self._noted(job, plain_bullet(bullet) or "", told=told)
        if told == 1:
            return starts_sentence(self._words.also.format(deed=self._with_also(clause)))
        if told == 0 and job.title and job.company:
            return self._in_job(self._words.then if later else self._words.as_role, job, deed=clause)
        if told == 0 and job.title:
            return self._in_job(self._words.as_title, job, deed=clause)
        return f"{starts_sentence(self._alone(clause))}."

    def _noted(self, job: _Job, bullet: str, *, told: int) -> str:
        """A bullet without a verb: woven in where its form allows, else after a colon."""
        if not (job.title and job.company):
            return f"{bullet}."
        if (phrase := noun_phrase(bullet, self._language)) is not None:
            template = self._words.work_there if told else self._words.work_included
            return self._in_job(template, job, bullet=phrase)
        return self._in_job(self._words.work_listed, job, bullet=bullet)

    def _in_job(self, template: str, job: _Job, **more: str) -> str:
        title = job.title if self._language in ("en", "de") else without_capital(job.title)
        return template.format(title=title, at=self._words.at_employer(job.company), **more)

    def _with_also(self, clause: str) -> str:
        """English has no word before the clause for it: "I also built", "I was also responsible"."""
        return re.sub(r"^I (am |was )?", r"I \1also ", clause) if self._language == "en" else clause

    def _alone(self, clause: str) -> str:
        """A clause without its job: German puts the subject first again."""
        if self._language != "de":
            return clause
        verb, _, rest = clause.partition(" ich ")
        return f"ich {verb} {rest}"

    def _qualifications(self, *, told: str) -> list[str]:
        """The demanded skills that the resume names, the degree, and what the person confirmed."""
        sentences = []
        if skills := self._skills(told):
            template = self._words.skills if len(skills) > 1 else self._words.one_skill
            sentences.append(template.format(skills=self._words.listed(skills)))
        if degree := self._degree():
            sentences.append(degree)
        if certificates := self._certificates(" ".join([told, *skills])):
            template = self._words.certificate
            if self._language == "en" and len(certificates) == 1 and " Certified " in f" {certificates[0]} ":
                certificates, template = [with_article(certificates[0])], self._words.certified
            sentences.append(template.format(certificate=self._words.listed(certificates)))
        for fact in self._request.confirmed_facts[:1]:
            clause = deed(fact, self._language)
            if clause and score(fact, self._wanted) > 0:
                sentences.append(f"{starts_sentence(self._alone(clause))}.")
        if sentences and self._language == "en":  # nothing stands before it that "also" would go on from
            sentences[0] = re.sub(r"^(I (?:am )?)also ", r"\1", sentences[0])
        return sentences

    def _skills(self, told: str) -> list[str]:
        """Under the name that ad and resume share, heaviest first; what was told already only when little is left."""
        found: dict[str, str] = {}
        for one in self._wanted:
            if names_degree(one.term) or is_spoken_language(one.term):
                continue
            for path, text in self._texts:
                quote = None if path.startswith(_SAID_APART) else find_term(one.term, text)
                # Plain words ("documentation") count where the person lists them as a skill.
                if quote is not None and (path.startswith("skills[") or not one.term.islower()):
                    found.setdefault(term_key(one.term), name_in_sentence(one.term, quote))
                    break
        names = list(found.values())
        untold = [name for name in names if find_term(name, told) is None]
        return (untold if len(untold) >= MIN_UNTOLD_SKILLS else names)[:MAX_SKILLS]

    def _degree(self) -> str | None:
        """The highest finished degree that was sent, where the job asks for one; with its field and school."""
        asked = any(names_degree(one.term) for one in self._wanted)
        texts = dict(self._texts)
        degrees = [
            (path, text)
            for path, text in texts.items()
            if re.match(r"^education\[\d+\]\.degree$", path) and not _UNFINISHED.search(text)
        ]
        if not degrees or not (asked or any(score(text, self._wanted) > 0 for _, text in degrees)):
            return None
        path, degree = max(degrees, key=lambda one: degree_level(one[1])[0] or 0)
        entry = path.rsplit(".", 1)[0]
        subject = texts.get(f"{entry}.field", "")
        school = texts.get(f"{entry}.institution", "").split(",")[0].strip()
        return self._studies(degree, "" if subject in degree else subject, school)

    def _studies(self, degree: str, subject: str, school: str) -> str:
        """A degree with its article, field and school as a sentence."""
        if self._language == "en":
            named = with_article(f"{degree} in {subject}" if subject else degree)
            named += f" from {_with_the(school)}" if school else ""
        elif self._language == "de":
            return self._german_studies(f"{degree} {subject}".rstrip() + (f" ({school})" if school else ""))
        else:
            feminine = degree.startswith(_FEMININE_DEGREES)
            article = {"fr": ("d’un ", "d’une "), "es": ("el ", "la ")}.get(self._language, ("", ""))[feminine]
            named = f"{article}{degree} {subject}".rstrip() + (f" ({school})" if school else "")
        return self._words.degree.format(degree=named)

    def _german_studies(self, named: str) -> str:
        """In a sentence where its article is known, else after a colon."""
        article = next((article for article, degrees in _GERMAN_DEGREES if named.startswith(degrees)), None)
        return self._words.degree.format(degree=named) if article is None else f"Auch {article} {named} bringe ich mit."

    def _certificates(self, told: str) -> list[str]:
        named = [text for path, text in self._texts if re.match(r"^certifications\[\d+\]\.name$", path)]
        wanted = [text for text in named if score(text, self._wanted) > 0 and not is_spoken_language(text)]
        return [text for text in wanted if text not in told][:MAX_CERTIFICATES]

    def _meeting(self) -> str:
        return self._words.meet_at.format(at=self._at) if self._at else self._words.meet

    def _subject(self) -> str:
        if self._position:
            return self._words.subject.format(position=self._position)
        return self._words.subject_unnamed

    def _email(self, about: list[str]) -> str:
        named = self._words.following_up if self._position else self._words.following_up_unnamed
        named = self._words.for_position(named, self._position)
        following_up = named.format(position=self._position, at=self._at)
        regards = self._words.closing.format(name=self._request.name_placeholder).split("\n\n", 1)[1]
        paragraphs = [self._words.greeting, following_up, " ".join(about), self._words.ask, regards]
        return "\n\n".join(part for part in paragraphs if part)


def _jobs(texts: Iterable[tuple[str, str]]) -> dict[int, _Job]:
    """The jobs of the texts by their place in the resume, which is newest first."""
    jobs: dict[int, _Job] = {}
    for path, text in texts:
        if found := _JOB.match(path):
            setattr(jobs.setdefault(int(found.group(1)), _Job()), found.group(2), " ".join(text.split()))
        elif found := _BULLET.match(path):
            jobs.setdefault(int(found.group(1)), _Job()).bullets.append(text)
    return dict(sorted(jobs.items()))


def _with_the(school: str) -> str:
    return (
        f"the {school}" if school.startswith(("University of", "College of", "School of", "Institute of")) else school
    )


def _clean(name: str | None) -> str:
    """A company or position on one line, without what would end the sentence around it."""
    return " ".join((name or "").split()).strip(" .,;")
