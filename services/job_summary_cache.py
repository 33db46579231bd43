"""Summaries of job ads by the ad's hash: the same ad is summarised, and paid for, once for each model."""

import hashlib

from pydantic import ValidationError
from sqlalchemy.orm import Session

from models.base import utc_now
from models.fact import CachedJobSummary
from schemas.model_outputs import JobSummary
from services.upsert import insert_if_absent


def find(session: Session, job_description: str, *, model: str) -> JobSummary | None:
    """The summary that this model made of this ad before."""
    row = session.get(CachedJobSummary, _key(job_description, model))
    try:
        return None if row is None else JobSummary.model_validate(row.summary)
    except ValidationError:  # kept by an earlier version, of another shape
        return None


def remember(session: Session, job_description: str, summary: JobSummary, *, model: str) -> None:
    """Keep a summary for the next run."""
    insert_if_absent(
        session,
        CachedJobSummary,
        key=_key(job_description, model),
        summary=summary.model_dump(),
        created_at=utc_now(),
    )


def _key(job_description: str, model: str) -> str:
    return hashlib.sha256(f"{model}\0{job_description}".encode()).hexdigest()
