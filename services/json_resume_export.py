"""A resume as a JSON Resume (jsonresume.org, schema 1.0.0). `json_resume` reads it back."""

import re

from schemas.json_resume_schemas import (
    JsonBasics,
    JsonCertificate,
    JsonCustomSection,
    JsonEducation,
    JsonLocation,
    JsonMeta,
    JsonPeriod,
    JsonProfile,
    JsonProject,
    JsonResume,
    JsonSkill,
    JsonWork,
)
from schemas.resume_schemas import Certification, Education, Experience, HeaderLink, PersonalInfo, ResumeData
from services.json_resume import BETWEEN_DATES
from services.resume_language.dates import without_since

_MONTHS = {
    1: "jan ene gen янв sty",
    2: "feb fev fév lut фев",
    3: "mar mär mrt maa мар",
    4: "apr abr avr avp kwi апр",
    5: "may mai mag mei maj мая май",
    6: "jun juin giu cze июн",
    7: "jul juil lug lip июл",
    8: "aug ago aoû aou sie авг",
    9: "sep set wrz сен",
    10: "oct okt out ott paź окт",
    11: "nov lis ноя",
    12: "dec dez dic déc gru дек",
}
"""How the names of months begin."""
_MONTH_OF = {start: month for month, starts in _MONTHS.items() for start in starts.split()}
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_DATES = [
    re.compile(rf"{_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})"),
    re.compile(rf"{_YEAR}\s*[-./年]\s*(?P<month>\d{{1,2}})\s*月?"),
    re.compile(rf"(?P<month>\d{{1,2}})\s*[-./]\s*{_YEAR}"),
    re.compile(rf"(?P<name>[^\W\d_]{{3,}})\.?,?\s+(?:de\s+|del\s+)?{_YEAR}"),
    re.compile(rf"{_YEAR}\s*年?"),
]


def to_json_resume(resume: ResumeData) -> JsonResume:
    """The same resume in the other shape, with every text of it."""
    return JsonResume(
        basics=_basics(resume.personal_info, resume.professional_summary),
        work=[_work(job) for job in resume.experience] or None,
        education=[_education(school) for school in resume.education] or None,
        skills=[JsonSkill(name=group.category or None, keywords=group.skills or None) for group in resume.skills]
        or None,
        projects=[
            JsonProject(
                name=project.name or None,
                keywords=project.technologies or None,
                url=_address(project.link),
                highlights=project.bullets or None,
            )
            for project in resume.projects
        ]
        or None,
        certificates=[_certificate(held) for held in resume.certifications] or None,
        meta=JsonMeta(
            custom_sections=[JsonCustomSection(title=s.title, items=s.items) for s in resume.custom_sections] or None
        ),
    )


def _basics(person: PersonalInfo, summary: str) -> JsonBasics:
    return JsonBasics(
        name=person.name or None,
        label=person.current_role or None,
        email=person.email or None,
        phone=person.phone or None,
        summary=summary or None,
        location=_location(person.location) if person.location else None,
        profiles=[_profile(link) for link in person.header_links] or None,
    )


def _location(place: str) -> JsonLocation:
    """A place with a number in it is an address; most resumes name a town, which is what readers look for."""
    return JsonLocation(address=place) if re.search(r"\d", place) else JsonLocation(city=place)


def _profile(link: HeaderLink) -> JsonProfile:
    return JsonProfile(network=link.label or None, url=_address(link.url))


def _work(job: Experience) -> JsonWork:
    return JsonWork(
        name=job.company or None,
        position=job.title or None,
        location=job.location or None,
        highlights=job.bullets or None,
        **_period(job.start_date, job.end_date).model_dump(),
    )


def _education(school: Education) -> JsonEducation:
    return JsonEducation(
        institution=school.institution or None,
        study_type=school.degree or None,
        area=school.field or None,
        location=school.location or None,
        score=school.gpa or None,
        courses=school.bullets or None,
        **_period(school.start_date, school.end_date).model_dump(),
    )


def _certificate(held: Certification) -> JsonCertificate:
    date = iso_date(held.date)
    return JsonCertificate(
        name=held.name or None,
        issuer=held.issuer or None,
        date=date,
        dates=held.date if held.date and date is None else None,
    )


def _period(start: str, end: str) -> JsonPeriod:
    """Start and end as ISO dates; an end without a number ("Present") is an open one, which has no date."""
    first, last = iso_date(without_since(start)), iso_date(end)
    said = (first is not None or not start) and (last is not None or not re.search(r"\d", end))
    words = BETWEEN_DATES.join(filter(None, (start, end))) if not said else None
    return JsonPeriod(start_date=first, end_date=last, dates=words)


def iso_date(text: str) -> str | None:
    """The date as YYYY, YYYY-MM or YYYY-MM-DD; None when it says something else, or more."""
    for pattern in _DATES:
        match = pattern.fullmatch(text.strip())
        if match is None:
            continue
        found = match.groupdict()
        if "name" in found:
            month = _month_named(found["name"])
            return f"{found['year']}-{month:02}" if month else None
        month, day = int(found.get("month") or 1), int(found.get("day") or 1)
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return "-".join(f"{int(found[name]):02}" for name in ("year", "month", "day") if found.get(name))
    return None


def _month_named(name: str) -> int | None:
    folded = name.casefold()
    return next((month for start, month in _MONTH_OF.items() if folded.startswith(start)), None)


def _address(url: str) -> str | None:
    """An address with its scheme, as the schema asks for; None when there is none."""
    if not url:
        return None
    return url if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", url) else f"https://{url}"
