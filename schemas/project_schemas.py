"""Bodies of projects, tailoring requests and their results."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from schemas.change_schemas import Change, Decision
from schemas.fact_schemas import QuestionRead
from schemas.languages import LANGUAGES
from schemas.match_schemas import MatchReport
from schemas.resume_schemas import ResumeData, of_reasonable_size
from schemas.text import Name, OneLine, SafeText, storable

MAX_JOB_DESCRIPTION = 50_000
MAX_INSTRUCTIONS = 2_000


def _blank_is_none(value: str | None) -> str | None:
    return value or None


OptionalName = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, max_length=255), OneLine, SafeText] | None,
    AfterValidator(_blank_is_none),
]
JobDescription = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_JOB_DESCRIPTION), SafeText] | None,
    AfterValidator(_blank_is_none),
]
Instructions = Annotated[
    Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_INSTRUCTIONS), SafeText] | None,
    AfterValidator(_blank_is_none),
]


def _storable_resume(resume: ResumeData) -> ResumeData:
    storable(resume.model_dump_json())
    if "\\u0000" in resume.model_dump_json():
        raise ValueError("must not contain NUL characters")
    return resume


def _known_language(code: str) -> str:
    if code not in ("auto", "keep") and code not in LANGUAGES:
        raise ValueError("is no language code of ISO 639-1")
    return code


BaseChoice = Literal["project", "newest"]
LanguageChoice = Annotated[str, Field(pattern=r"^(auto|keep|[a-z]{2})$"), AfterValidator(_known_language)]
EditedResume = Annotated[ResumeData, AfterValidator(_storable_resume), AfterValidator(of_reasonable_size)]


class ProjectCreate(BaseModel):
    project_name: Name
    company_name: OptionalName = None
    position: OptionalName = None
    job_description: JobDescription = None

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "project_name": "Acme application",
                    "company_name": "Acme",
                    "position": "Backend Engineer",
                    "job_description": "Acme is looking for a backend engineer. Required: Python, PostgreSQL. …",
                }
            ]
        }
    )


class ProjectUpdate(BaseModel):
    """What is left out stays as it is."""

    project_name: Name | None = None
    company_name: OptionalName = None
    position: OptionalName = None
    job_description: JobDescription = None
    resume_json: EditedResume | None = Field(
        default=None, description="sections that are left out stay as they are; of `personal_info`, the fields"
    )


class ProjectRead(BaseModel):
    """A project with the resume as it now stands: tailored if tailored, else as extracted."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    user_id: int
    base_resume_id: int | None
    project_name: str
    company_name: str | None
    position: str | None
    job_description: str | None
    tailored_data: dict[str, Any] | None
    is_tailored: bool
    resume_json: ResumeData | None
    last_tailoring_jd: str | None
    last_run_id: int | None
    created_at: datetime
    updated_at: datetime


class TailorRequest(BaseModel):
    """All are optional: without a job description the project's own is used."""

    job_description: JobDescription = None
    instructions: Instructions = None
    language: LanguageChoice = Field(
        default="auto", description="`auto`: the job ad's, `keep`: the resume's, or an ISO 639-1 code"
    )
    allow_page_growth: bool = Field(
        default=False, description="whether the tailored resume may have more pages than the uploaded one"
    )
    base_resume: BaseChoice = Field(
        default="project",
        description="what to start from when you have edited the project by hand: the upload that you edited, with your"
        " words, or your newest upload as it is",
    )


class RunEstimate(BaseModel):
    """What a run will take, approximately; what it really took is charged."""

    tokens: int
    credits: float
    affordable: bool


class ResultMetadata(BaseModel):
    """How a result came about."""

    model: str = Field(description="which model answered; `skillmap-offline` is the built-in one")
    is_offline_model: bool = False
    language: str = Field(default="en", description="what the letters are written in")
    warnings: list[str] = Field(default_factory=list)


class TailoredData(BaseModel):
    """Everything a project holds once it was tailored or edited; stored as one document per version."""

    base_resume_id: int | None = Field(default=None, description="the upload that all this was made from")
    run_id: int | None = Field(default=None, description="the run that made it")
    resume: ResumeData
    based_on: ResumeData | None = Field(
        default=None, description="what the changes are changes of, where that is not the resume as it was read"
    )
    edited_resume: ResumeData | None = Field(default=None, description="the resume as last edited by hand")
    changes: list[Change] = Field(default_factory=list)
    questions: list[QuestionRead] = Field(default_factory=list)
    cover_letter: str = ""
    email_subject: str = ""
    email_body: str = ""
    match: MatchReport | None = None
    metadata: ResultMetadata | None = None


class TailoringResult(BaseModel):
    """The end of a run: the `final` event, and the answer of the plain tailor endpoint."""

    success: bool
    message: str
    run_id: int
    tailored_json: ResumeData | None = None
    changes_made: list[Change] = Field(default_factory=list)
    questions: list[QuestionRead] = Field(default_factory=list)
    match: MatchReport | None = None
    metadata: ResultMetadata | None = None
    credits_deducted: float = 0.0
    balance: float | None = None


class CoverLetterRead(BaseModel):
    success: bool = True
    cover_letter: str


class EmailRead(BaseModel):
    success: bool = True
    email_subject: str
    email_body: str


class DecisionRequest(BaseModel):
    """Accept, reject or edit one change; `text` is the new wording of an edited one."""

    id: int
    decision: Decision
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), SafeText] | None = (
        None
    )


class ChangesRead(BaseModel):
    """All changes of a project, and the resume that those which count add up to."""

    changes: list[Change]
    questions: list[QuestionRead]
    resume_json: ResumeData


class VersionRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    number: int
    origin: str
    run_id: int | None
    created_at: datetime


class RunRead(BaseModel):
    """A run as it stands."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    status: str
    started_at: datetime
    finished_at: datetime | None
