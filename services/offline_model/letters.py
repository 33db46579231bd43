"""A cover letter and a follow-up e-mail from the person's own lines: nothing is claimed that is not there."""

import re
from dataclasses import dataclass, field
from typing import Final

from schemas.model_outputs import ApplicationLetters
from services.degrees import degree_level, names_degree
from services.language_detection import detect_language
from services.offline_model.deeds import deed, plain_bullet, starts_sentence
from services.offline_model.letter_wording import LANGUAGES, Wording, load_wording
from services.offline_model.protocol import LettersRequest, ResumeLine
from services.offline_model.relevance import Wanted, score, wanted_terms
from services.skill_terms import find_term, fold, term_key

MAX_DEEDS: Final = 3
MAX_SKILLS: Final = 5
MAX_CERTIFICATES: Final = 3
DEED_BONUS: Final = 1.5
_JOB: Final = re.compile(r"^experience\[(\d+)\]\.(title|company)$")
_BULLET: Final = re.compile(r"^experience\[(\d+)\]\.bullets\[\d+\]$")
_PROFILE: Final = {
    "en": re.compile(
        r"^(?:(?P<article>An? )?)(?P<rest>[A-Z][\w/-]+(?: [\w/-]+){0,5}? (?:with|specialising|specializing"
        r"|experienced) .+)$"
    ),
    "de": re.compile(r"^(?P<rest>[A-ZÄÖÜ]\w+(?:in|er|or|ist|ent|ant|kraft|mann|frau|eur)\b.{0,40}? mit .+)$"),
}


@dataclass(slots=True)
class _Job:
    """One job as far as its lines were sent."""

    title: str = ""
    company: str = ""
    bullets: list[str] = field(default_factory=list)


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
        self._company = _clean(request.company or request.job.company)
        self._position = _clean(request.position or request.job.position)
        self._wanted: list[Wanted] = wanted_terms(request.job, None)
        self._texts = [text for line in request.lines for text in line.texts()]
        self._jobs = _jobs(request.lines)
        # Sentences of another language cannot be woven in; names of things can.
        bullets = " ".join(bullet for job in self._jobs.values() for bullet in job.bullets)
        self._same_language = not bullets or detect_language(bullets) == language

    def letters(self) -> ApplicationLetters:
        """The letter in four paragraphs, those without content left out; the e-mail in three."""
        deeds = self._deeds()
        opening = " ".join([self._applying(), *self._who()])
        paragraphs = [self._greeting(), opening, " ".join(deeds), " ".join(self._qualifications()), self._meeting()]
        closing = self._words.closing.format(name=self._request.name_placeholder)
        return ApplicationLetters(
            cover_letter="\n\n".join([part for part in paragraphs if part] + [closing]),
            email_subject=self._subject(),
            email_body=self._email(next((told for told in deeds[:1] if ": " not in told), None)),
        )

    def _greeting(self) -> str:
        if self._company:
            return self._words.greeting_company.format(company=self._company)
        return self._words.greeting

    def _at(self) -> str:
        return self._words.at.format(company=self._company) if self._company else ""

    def _applying(self) -> str:
        if self._position:
            return self._words.applying.format(position=self._position, at=self._at())
        return self._words.applying_unnamed.format(at=self._at())

    def _who(self) -> list[str]:
        """The person's own summary where it can be said in the first person, else the most recent role."""
        summary = next((text for path, text in self._texts if path == "professional_summary"), "")
        first = re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])", " ".join(summary.split()))[0].rstrip(" .")
        profile = self._profile(first) if detect_language(summary) == self._language else None
        if profile is not None:
            return [self._words.profile.format(profile=profile)]
        latest = next((job for job in self._jobs.values() if job.title and job.company), None)
        if latest is not None:
            return [self._words.current_role.format(title=latest.title, employer=latest.company)]
        return []

    def _profile(self, sentence: str) -> str | None:
        """ "Software engineer with 6 years …" as "a software engineer with 6 years …"; None for another form."""
        pattern = _PROFILE.get(self._language)
        found = pattern.match(sentence) if pattern and len(sentence) <= 220 else None
        if found is None or re.search(r"\b(?:I|my|ich|mein\w*)\b", sentence):
            return None
        rest = found["rest"]
        if self._language != "en":
            return rest
        first = rest.split()[0]
        rest = rest if first.isupper() else rest[:1].lower() + rest[1:]
        vowel = rest[:1].lower() in "aeio" or (first.isupper() and first[:1] in "AEFHILMNORSX")
        return f"{'an' if vowel else 'a'} {rest}"

    def _deeds(self) -> list[str]:
        """Up to three sentences on what the person did that the job has most use for, newest job first."""
        if not self._same_language:
            return []
        ranked = sorted(
            ((self._worth(bullet), -index, -place, index, bullet)
             for index, job in self._jobs.items()
             for place, bullet in enumerate(job.bullets)
             if plain_bullet(bullet) is not None),
            reverse=True,
        )  # fmt: skip
        chosen: list[tuple[int, str]] = []
        stiff_ones = 0
        for worth, *_, index, bullet in ranked:
            # One bullet that cannot be turned into a clause is enough, and only if the job has use for it.
            stiff = deed(bullet, self._language) is None
            if len(chosen) == MAX_DEEDS or (stiff and chosen and (stiff_ones or worth <= 0)):
                continue
            chosen.append((index, bullet))
            stiff_ones += stiff
        sentences: list[str] = []
        for index in sorted({index for index, _ in chosen}):
            of_this_job = [bullet for at, bullet in chosen if at == index]
            for told, bullet in enumerate(of_this_job):
                sentences.append(self._sentence(self._jobs[index], bullet, told=told, later=bool(sentences)))
        return sentences

    def _worth(self, bullet: str) -> float:
        """How much a bullet tells this employer; one that can be told as a sentence a little more."""
        return score(bullet, self._wanted) + (DEED_BONUS if deed(bullet, self._language) is not None else 0.0)

    def _sentence(self, job: _Job, bullet: str, *, told: int, later: bool) -> str:
        """One bullet as a sentence; `told` of the same job came before it, `later` anything at all did."""
        clause = deed(bullet, self._language)
        if clause is None:
            text = plain_bullet(bullet) or ""
            if job.title and job.company:
                return self._words.work_included.format(title=job.title, employer=job.company, bullet=text)
            return f"{text}."
        if told == 1:
            return self._words.also.format(deed=self._with_also(clause))
        if told == 0 and job.title and job.company:
            template = self._words.then if later else self._words.as_role
            return template.format(title=job.title, employer=job.company, deed=clause)
        if told == 0 and job.title:
            return self._words.as_title.format(title=job.title, deed=clause)
        return f"{starts_sentence(self._alone(clause))}."

    def _with_also(self, clause: str) -> str:
        """English has no word before the clause for it: "I also built", "I was also responsible"."""
        if self._language != "en":
            return clause
        return (
            clause.replace("I was ", "I was also ", 1)
            if clause.startswith("I was ")
            else clause.replace("I ", "I also ", 1)
        )

    def _alone(self, clause: str) -> str:
        """A clause without its job: German puts the subject first again."""
        if self._language != "de":
            return clause
        verb, _, rest = clause.partition(" ich ")
        return f"ich {verb} {rest}"

    def _qualifications(self) -> list[str]:
        """The demanded skills that the resume names, the degree, and what the person confirmed."""
        sentences = []
        if skills := self._skills():
            template = self._words.skills if len(skills) > 1 else self._words.one_skill
            sentences.append(template.format(skills=self._joined(skills)))
        if degree := self._degree():
            sentences.append(self._words.degree.format(degree=degree))
        named = [text for path, text in self._texts if re.match(r"^certifications\[\d+\]\.name$", path)]
        told = " ".join(skills)
        certificates = [text for text in named if score(text, self._wanted) > 0 and text not in told][:MAX_CERTIFICATES]
        if certificates:
            sentences.append(self._words.certificate.format(certificate=self._joined(certificates)))
        for fact in self._request.confirmed_facts[:1]:
            text = plain_bullet(fact)
            if text and score(text, self._wanted) > 0 and detect_language(text) == self._language:
                sentences.append(self._words.confirmed.format(fact=text))
        return sentences

    def _skills(self) -> list[str]:
        """In the resume's own words, heaviest first."""
        found: dict[str, str] = {}
        for one in self._wanted:
            if names_degree(one.term):
                continue
            quotes = (find_term(one.term, text) for path, text in self._texts if not path.startswith("education["))
            quote = next((quote for quote in quotes if quote is not None), None)
            if quote is not None:
                lower = next((name for name in (quote, one.term) if name.islower() and fold(name) == fold(quote)), None)
                found.setdefault(term_key(one.term), lower or quote)
        return list(found.values())[:MAX_SKILLS]

    def _degree(self) -> str | None:
        """The highest degree that was sent, with its school where that was sent too."""
        degrees = [(path, text) for path, text in self._texts if re.match(r"^education\[\d+\]\.degree$", path)]
        if not degrees:
            return None
        path, degree = max(degrees, key=lambda one: degree_level(one[1])[0] or 0)
        entry = path.rsplit(".", 1)[0]
        school = next((text for at, text in self._texts if at == f"{entry}.institution"), None)
        return f"{degree} ({school})" if school else degree

    def _meeting(self) -> str:
        if self._company:
            return self._words.meet_at.format(company=self._company)
        return self._words.meet

    def _subject(self) -> str:
        if self._position:
            return self._words.subject.format(position=self._position)
        return self._words.subject_unnamed

    def _email(self, deed_sentence: str | None) -> str:
        named = self._words.following_up if self._position else self._words.following_up_unnamed
        following_up = named.format(position=self._position or "", at=self._at())
        body = [self._greeting(), following_up]
        if deed_sentence:
            body.append(self._words.reminder.format(sentence=self._after_colon(deed_sentence)))
        body.append(self._words.ask)
        regards = self._words.closing.format(name=self._request.name_placeholder).split("\n\n", 1)[1]
        return "\n\n".join([*body, regards])

    def _after_colon(self, sentence: str) -> str:
        """Romance languages go on in lower case after a colon; English and German begin a sentence."""
        if self._language in ("fr", "es", "pt") and not sentence.split()[0].isupper():
            return sentence[:1].lower() + sentence[1:]
        return sentence[:1].lower() + sentence[1:] if sentence.startswith(("In my ", "At ")) else sentence

    def _joined(self, terms: list[str]) -> str:
        return terms[0] if len(terms) == 1 else f"{', '.join(terms[:-1])} {self._words.joint} {terms[-1]}"


def _jobs(lines: list[ResumeLine]) -> dict[int, _Job]:
    """The jobs of the lines by their place in the resume, which is newest first."""
    jobs: dict[int, _Job] = {}
    for path, text in (text for line in lines for text in line.texts()):
        if found := _JOB.match(path):
            setattr(jobs.setdefault(int(found.group(1)), _Job()), found.group(2), " ".join(text.split()))
        elif found := _BULLET.match(path):
            jobs.setdefault(int(found.group(1)), _Job()).bullets.append(text)
    return dict(sorted(jobs.items()))


def _clean(name: str | None) -> str:
    """A company or position on one line, without what would end the sentence around it."""
    return " ".join((name or "").split()).strip(" .,;")
