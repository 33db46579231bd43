"""Bodies of questions, their answers, and confirmed facts."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from schemas.text import SafeText

Statement = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), SafeText]


class QuestionRead(BaseModel):
    """What the person is asked instead of something being written that the resume does not say."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    change_id: int
    path: str
    question: str
    proposed: str | list[str] | None
    answer: Literal["yes", "no"] | None = None
    answer_text: str | None = None


class AnswerRequest(BaseModel):
    """`yes` makes it a confirmed fact; `text` says it in the person's own words."""

    answer: Literal["yes", "no"]
    text: Statement | None = None


class ConfirmedFactRead(BaseModel):
    """Something the person confirmed; later runs may use it."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    statement: str
    created_at: datetime
