"""A project: one job that a person tailors a resume to, and every version of the result."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, JsonDocument, UtcDateTime, utc_now


class Project(Base):
    """One application. `tailored_data` is schemas.project_schemas.TailoredData once a run or a hand made something.

    Then `base_resume_id` is the upload that it was made from, and `is_tailored` says whether a run was part of it.
    """

    __tablename__ = "projects"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    base_resume_id: Mapped[int | None] = mapped_column(ForeignKey("base_resumes.id", ondelete="SET NULL"), index=True)
    project_name: Mapped[str] = mapped_column(String(255))
    company_name: Mapped[str | None] = mapped_column(String(255))
    position: Mapped[str | None] = mapped_column(String(255))
    job_description: Mapped[str | None] = mapped_column(Text)
    tailored_data: Mapped[dict[str, Any] | None] = mapped_column(JsonDocument)
    is_tailored: Mapped[bool] = mapped_column(default=False, server_default=false())
    last_tailoring_jd: Mapped[str | None] = mapped_column(Text)
    last_run_id: Mapped[int | None] = mapped_column(doc="no foreign key: runs refer to projects")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, onupdate=utc_now)


class ProjectVersion(Base):
    """A snapshot of `tailored_data`: after each run, batch of decisions, answer, edit by hand and restore."""

    __tablename__ = "project_versions"
    __table_args__ = (UniqueConstraint("project_id", "number"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(doc="1, 2, 3 … within the project")
    origin: Mapped[str] = mapped_column(String(20), doc="run, decisions, answer, edit or restore")
    run_id: Mapped[int | None]
    tailored_data: Mapped[dict[str, Any]] = mapped_column(JsonDocument)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
