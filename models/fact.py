"""What a person was asked instead of something being made up, and what they confirmed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, JsonDocument, UtcDateTime, utc_now


class Question(Base):
    """A blocked change as a question. Its answer is remembered, a no as well: it is not asked again."""

    __tablename__ = "questions"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    run_id: Mapped[int | None]
    change_id: Mapped[int] = mapped_column(doc="the change of that run which was blocked")
    path: Mapped[str] = mapped_column(String(255))
    question: Mapped[str] = mapped_column(Text)
    proposed: Mapped[Any] = mapped_column(JsonDocument)
    answer: Mapped[str | None] = mapped_column(String(3), doc="yes, no, or None while open")
    answer_text: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ConfirmedFact(Base):
    """Something a person said is true; later runs may use it until the person takes it back."""

    __tablename__ = "confirmed_facts"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id", ondelete="SET NULL"))
    statement: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)


class CachedJobSummary(Base):
    """A job ad's summary by model and hash of the ad: the same ad is summarised, and paid for, once."""

    __tablename__ = "job_summaries"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    summary: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
