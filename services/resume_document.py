"""A resume and its Word file: what the file is made of, and the same file with the resume as it now stands in it.

Knows neither the database's sessions nor PDFs.
"""

from dataclasses import dataclass
from datetime import datetime

from models.base_resume import BaseResume
from schemas.resume_schemas import ResumeData
from services.document_edits import edits_between
from services.resume_sources import ResumeSources


@dataclass(frozen=True, slots=True)
class ResumeTemplate:
    """The stored name of a Word file, the resume that was read from it, and where each value stands in it."""

    stored_name: str
    resume: ResumeData
    sources: ResumeSources

    @classmethod
    def of(cls, base: BaseResume) -> "ResumeTemplate":
        """The template of an upload."""
        return cls(
            base.template_path, ResumeData.model_validate(base.extracted_data), ResumeSources.from_json(base.sources)
        )


@dataclass(frozen=True, slots=True)
class WrittenResume:
    """A Word file, the whole lines in it that are new or changed, and what could not be written, in sentences."""

    content: bytes
    changed_lines: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def write_resume(
    file: bytes, template: ResumeTemplate, resume: ResumeData, *, tracked_at: datetime | None = None
) -> WrittenResume:
    """The template's file with this resume in it, as tracked changes of that time if one is given.

    The same input gives the same bytes; a resume that says what was read gives the file itself.
    """
    from services.docx_generation_service import TrackedChanges, apply_edits  # lxml and the merge: slow to import

    wanted = edits_between(template.resume, resume, template.sources)
    if not wanted.edits:
        return WrittenResume(file, warnings=tuple(wanted.unwritable))
    merged = apply_edits(file, wanted.edits, tracked=TrackedChanges(date=tracked_at) if tracked_at else None)
    said = [skipped["reason"] for skipped in merged.skipped] + [warning["message"] for warning in merged.warnings]
    done = set(merged.applied)
    return WrittenResume(
        merged.document,
        changed_lines=tuple(edit.new for edit in wanted.edits if edit.op != "delete" and edit.id in done),
        warnings=(*wanted.unwritable, *said),
    )
