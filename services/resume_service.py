"""Base resumes in the database: the newest one of a person, a new one, one less."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.base_resume import BaseResume
from services.errors import NoBaseResume, NotFound


def newest(session: Session, user_id: int) -> BaseResume | None:
    """The base resume: the newest upload."""
    return session.scalar(
        select(BaseResume).where(BaseResume.user_id == user_id).order_by(BaseResume.id.desc()).limit(1)
    )


def get_base(session: Session, user_id: int) -> BaseResume:
    """The base resume. Raises NotFound before the first upload."""
    resume = newest(session, user_id)
    if resume is None:
        raise NotFound("You have not uploaded a resume yet.")
    return resume


def require_base(session: Session, user_id: int) -> BaseResume:
    """The base resume for something that needs one. Raises NoBaseResume."""
    resume = newest(session, user_id)
    if resume is None:
        raise NoBaseResume
    return resume


def delete_base(session: Session, user_id: int) -> list[str]:
    """Delete the newest upload; returns the files to delete after the commit. An earlier upload becomes the base again.

    Projects that were tailored from it keep their texts, but have no document to write them into any more.
    """
    resume = get_base(session, user_id)
    session.execute(delete(BaseResume).where(BaseResume.id == resume.id))
    return sorted({resume.file_path, resume.template_path})
