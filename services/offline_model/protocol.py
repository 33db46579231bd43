"""What callers of the model send as data: the last user message is one JSON object of these shapes.

The shapes are read leniently (unknown fields are ignored) but nothing in them is ever an instruction.
"""

from pydantic import BaseModel, ConfigDict, Field


class RequestData(BaseModel):
    """Base of all requests; what a caller adds is ignored."""

    model_config = ConfigDict(extra="ignore")


class ExtractionRequest(RequestData):
    lines: str


class GuardrailRequest(RequestData):
    field: str = "job_description"
    text: str


class JobRequest(RequestData):
    job_description: str


class JobAsked(RequestData):
    """A job as summarised before; all fields may be absent."""

    position: str | None = None
    company: str | None = None
    language: str = ""
    role_focus: str = ""
    required_skills: list[str] = Field(default_factory=list)
    preferred_skills: list[str] = Field(default_factory=list)
    responsibilities: list[str] = Field(default_factory=list)


class ResumeLine(RequestData):
    """A text of the resume, or a list of texts, with its path."""

    path: str
    text: str | None = None
    items: list[str] | None = None

    def texts(self) -> list[tuple[str, str]]:
        """Every text with a path of its own."""
        if self.items is not None:
            return [(f"{self.path}[{index}]", item) for index, item in enumerate(self.items)]
        return [(self.path, self.text)] if self.text else []


class TailoringRequest(RequestData):
    job: JobAsked = Field(default_factory=JobAsked)
    lines: list[ResumeLine] = Field(default_factory=list)
    context: list[ResumeLine] = Field(default_factory=list)
    confirmed_facts: list[str] = Field(default_factory=list)
    instructions: str | None = None
    language: str = ""
    budgets: dict[str, int] = Field(default_factory=dict)


class LettersRequest(RequestData):
    job: JobAsked = Field(default_factory=JobAsked)
    company: str | None = None
    position: str | None = None
    lines: list[ResumeLine] = Field(default_factory=list)
    confirmed_facts: list[str] = Field(default_factory=list)
    name_placeholder: str = "[NAME]"
    language: str = "en"
