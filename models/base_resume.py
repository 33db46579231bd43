"""An uploaded resume: where its file lies, what was read from it, and where each value stands in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, JsonDocument, UtcDateTime, utc_now


class BaseResume(Base):
    """One upload. `template_path` is the DOCX that text is written into: the upload itself, or ours for a PDF."""

    __tablename__ = "base_resumes"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(255), doc="as the person named it")
    file_path: Mapped[str] = mapped_column(String(500), doc="generated name below UPLOAD_DIR")
    template_path: Mapped[str] = mapped_column(String(500), doc="generated name below UPLOAD_DIR")
    extracted_data: Mapped[dict[str, Any]] = mapped_column(JsonDocument, doc="schemas.resume_schemas.ResumeData")
    sources: Mapped[dict[str, Any]] = mapped_column(JsonDocument, doc="path -> anchor and span in the template")
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", JsonDocument)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
