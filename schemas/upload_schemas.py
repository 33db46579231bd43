"""Bodies of uploading and reading the base resume."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from models.base_resume import BaseResume
from schemas.resume_schemas import ResumeData


class BaseResumeRead(BaseModel):
    """An uploaded resume and what was read from it."""

    id: int
    file_name: str
    extracted_data: ResumeData
    metadata: dict[str, Any]
    created_at: datetime
    warnings: list[str] = Field(default_factory=list)

    @classmethod
    def of(cls, resume: BaseResume) -> "BaseResumeRead":
        """A stored upload as clients see it."""
        return cls(
            id=resume.id,
            file_name=resume.file_name,
            extracted_data=ResumeData.model_validate(resume.extracted_data),
            metadata=resume.metadata_,
            created_at=resume.created_at,
            warnings=resume.metadata_.get("warnings", []),
        )
