"""Questions of a project, and the facts a person has confirmed."""

from fastapi import APIRouter

from routers.declared_errors import declares
from routers.dependencies import CurrentUser, DbSession, Id, ReadSession
from schemas.fact_schemas import AnswerRequest, ConfirmedFactRead, QuestionRead
from services import fact_service
from services.errors import NotAuthenticated, NotFound, RunInProgress

router = APIRouter(tags=["facts"], responses=declares(NotAuthenticated))


@router.get("/api/projects/{project_id}/questions", responses=declares(NotFound))
def list_questions(project_id: Id, user: CurrentUser, session: ReadSession) -> list[QuestionRead]:
    """What you are asked, because your resume does not say it, and what you answered."""
    return fact_service.list_questions(session, project_id, user.id)


@router.post("/api/projects/{project_id}/questions/{question_id}", responses=declares(NotFound, RunInProgress))
def answer_question(
    project_id: Id, question_id: Id, body: AnswerRequest, user: CurrentUser, session: DbSession
) -> QuestionRead:
    """Answer a question. A yes is a confirmed fact that this and later runs may use; a no is remembered too."""
    return fact_service.answer(session, project_id, question_id, user.id, body)


@router.get("/api/users/me/facts")
def list_facts(user: CurrentUser, session: ReadSession) -> list[ConfirmedFactRead]:
    """What you have confirmed, newest first."""
    return [ConfirmedFactRead.model_validate(fact) for fact in fact_service.list_facts(session, user.id)]


@router.delete("/api/users/me/facts", status_code=204)
def delete_facts(user: CurrentUser, session: DbSession) -> None:
    """Take back everything you have confirmed."""
    fact_service.forget_facts(session, user.id)


@router.delete("/api/users/me/facts/{fact_id}", status_code=204, responses=declares(NotFound))
def delete_fact(fact_id: Id, user: CurrentUser, session: DbSession) -> None:
    """Take back one fact; later runs do not use it any more."""
    fact_service.forget_fact(session, fact_id, user.id)
