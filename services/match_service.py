"""The match report of a project: computed anew for the resume as it now stands, whoever changed it last."""

from sqlalchemy.orm import Session

from schemas.match_schemas import MatchReport
from schemas.resume_schemas import ResumeData
from services import fact_service, project_service
from services.errors import InvalidRequest, NoBaseResume
from services.matching.match_report import match


def read_match(session: Session, project_id: int, user_id: int) -> MatchReport:
    """Compare the resume, as uploaded and as it stands, with the job. Raises NotFound, NoBaseResume, InvalidRequest."""
    project = project_service.get_owned(session, project_id, user_id)
    job_description = project.last_tailoring_jd if project.is_tailored else project.job_description
    if not job_description:
        raise InvalidRequest("The project has no job description yet.")
    base = project_service.base_resume(session, project)
    current = project_service.current_resume(project, base)
    if current is None:
        raise NoBaseResume
    before = ResumeData.model_validate(base.extracted_data) if base else current
    facts = fact_service.confirmed_statements(session, user_id)
    return match(before, current, job_description, facts, as_of=base.created_at.date() if base else None)
