"""A resume in the shape of jsonresume.org, schema 1.0.0; what is empty is left out."""

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_URL = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
VERSION = "v1.0.0"


class JsonPart(BaseModel):
    """Base of all parts: named in Python's way, written in JSON's."""

    model_config = ConfigDict(validate_by_name=True)


class JsonLocation(JsonPart):
    address: str | None = None
    city: str | None = None


class JsonProfile(JsonPart):
    network: str | None = None
    url: str | None = None


class JsonBasics(JsonPart):
    name: str | None = None
    label: str | None = None
    email: str | None = None
    phone: str | None = None
    summary: str | None = None
    location: JsonLocation | None = None
    profiles: list[JsonProfile] | None = None


class JsonPeriod(JsonPart):
    """ISO dates; `dates` has the person's own words where ISO cannot say the same."""

    start_date: str | None = Field(default=None, alias="startDate")
    end_date: str | None = Field(default=None, alias="endDate")
    dates: str | None = None


class JsonWork(JsonPeriod):
    name: str | None = None
    position: str | None = None
    location: str | None = None
    highlights: list[str] | None = None


class JsonEducation(JsonPeriod):
    institution: str | None = None
    study_type: str | None = Field(default=None, alias="studyType")
    area: str | None = None
    location: str | None = None
    score: str | None = None
    courses: list[str] | None = None


class JsonSkill(JsonPart):
    name: str | None = None
    keywords: list[str] | None = None


class JsonProject(JsonPart):
    name: str | None = None
    keywords: list[str] | None = None
    url: str | None = None
    highlights: list[str] | None = None


class JsonCertificate(JsonPart):
    name: str | None = None
    issuer: str | None = None
    date: str | None = None
    dates: str | None = None


class JsonCustomSection(JsonPart):
    title: str
    items: list[str]


class JsonMeta(JsonPart):
    """May hold anything, unlike the top level: the sections that JSON Resume does not know stand here."""

    version: str = VERSION
    custom_sections: list[JsonCustomSection] | None = Field(default=None, alias="customSections")


class JsonResume(JsonPart):
    """A whole resume."""

    schema_url: str = Field(default=SCHEMA_URL, alias="$schema")
    basics: JsonBasics
    work: list[JsonWork] | None = None
    education: list[JsonEducation] | None = None
    skills: list[JsonSkill] | None = None
    projects: list[JsonProject] | None = None
    certificates: list[JsonCertificate] | None = None
    meta: JsonMeta
