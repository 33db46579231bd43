"""Questions and confirmed facts: asked instead of made up, answered by the person, used by later runs."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.base import utc_now
from models.fact import ConfirmedFact, Question
from schemas.change_schemas import Change, Verdict
from schemas.fact_schemas import AnswerRequest, QuestionRead
from schemas.project_schemas import ChangesRead, TailoredData
from schemas.resume_schemas import ResumeData
from services import fact_gate, project_service
from services.errors import NotFound
from services.resume_changes import apply_changes

YES, NO = "yes", "no"


def confirmed_statements(session: Session, user_id: int) -> list[str]:
    """What the person has confirmed, oldest first."""
    return list(
        session.scalars(
            select(ConfirmedFact.statement).where(ConfirmedFact.user_id == user_id).order_by(ConfirmedFact.id)
        )
    )


def ask(
    session: Session, *, user_id: int, project_id: int, run_id: int, changes: Sequence[Change]
) -> list[QuestionRead]:
    """Store a question for each blocked change; what the person has said no to before is not asked again."""
    denied = set(session.scalars(select(Question.question).where(Question.user_id == user_id, Question.answer == NO)))
    asked: dict[str, Question] = {}
    for change in changes:
        text = change.question
        if change.verdict is Verdict.BLOCK and text and text not in denied and text not in asked:
            asked[text] = Question(
                user_id=user_id,
                project_id=project_id,
                run_id=run_id,
                change_id=change.id,
                path=change.path,
                question=text,
                proposed=change.proposed,
            )
    session.add_all(asked.values())
    session.flush()
    return [QuestionRead.model_validate(question) for question in asked.values()]


def list_questions(session: Session, project_id: int, user_id: int) -> list[QuestionRead]:
    """All questions of a project with their answers, newest first. Raises NotFound."""
    project_service.get_owned(session, project_id, user_id)
    rows = session.scalars(select(Question).where(Question.project_id == project_id).order_by(Question.id.desc()))
    return [QuestionRead.model_validate(row) for row in rows]


def changes_of(session: Session, data: TailoredData) -> ChangesRead:
    """The changes in what a project holds, and their questions as they are answered by now."""
    asked = select(Question).where(Question.id.in_([question.id for question in data.questions]))
    questions = [QuestionRead.model_validate(row) for row in session.scalars(asked.order_by(Question.id))]
    return ChangesRead(changes=data.changes, questions=questions, resume_json=data.resume)


def answer(session: Session, project_id: int, question_id: int, user_id: int, given: AnswerRequest) -> QuestionRead:
    """Remember an answer. A yes is a confirmed fact, and the change that was blocked is judged again with it.

    Answering anew replaces the earlier answer. Raises NotFound.
    """
    project = project_service.get_owned(session, project_id, user_id, for_update=True)
    question = session.scalar(select(Question).where(Question.id == question_id, Question.project_id == project_id))
    if question is None:
        raise NotFound
    session.execute(delete(ConfirmedFact).where(ConfirmedFact.question_id == question.id))
    question.answer, question.answer_text, question.answered_at = given.answer, given.text, utc_now()
    if given.answer == YES:
        for statement in filter(None, (question.question, given.text)):
            session.add(ConfirmedFact(user_id=user_id, question_id=question.id, statement=statement))
    session.flush()
    data = project_service.read_tailored(project)
    base = project_service.base_resume(session, project)
    if data is not None and base is not None and question.run_id == data.run_id:
        start = data.based_on or ResumeData.model_validate(base.extracted_data)
        facts = confirmed_statements(session, user_id)
        if judge_again(data, start, question.change_id, project.last_tailoring_jd or "", facts):
            project_service.store_version(session, project, data, origin="answer", run_id=question.run_id)
    return QuestionRead.model_validate(question)


def judge_again(data: TailoredData, base: ResumeData, change_id: int, job_description: str, facts: list[str]) -> bool:
    """Put a change through the gate with these facts and update the resume; False when nothing changed by it."""
    before = apply_changes(base, data.changes)
    for change in data.changes:
        if change.id != change_id:
            continue
        verdict = fact_gate.check(base.model_dump(), change.model_dump(), job_description, facts)
        if verdict.verdict == change.verdict:
            return False
        change.verdict, change.verdict_reasons = Verdict(verdict.verdict), list(verdict.reasons)
    project_service.rebase_hand_edits(data, before, apply_changes(base, data.changes))
    return True


def list_facts(session: Session, user_id: int) -> list[ConfirmedFact]:
    """What the person has confirmed, newest first."""
    return list(
        session.scalars(select(ConfirmedFact).where(ConfirmedFact.user_id == user_id).order_by(ConfirmedFact.id.desc()))
    )


def forget_facts(session: Session, user_id: int) -> None:
    """Take back everything that was confirmed; runs from now on do not use it."""
    session.execute(delete(ConfirmedFact).where(ConfirmedFact.user_id == user_id))


def forget_fact(session: Session, fact_id: int, user_id: int) -> None:
    """Take back one fact. Raises NotFound."""
    gone = session.scalar(
        delete(ConfirmedFact)
        .where(ConfirmedFact.id == fact_id, ConfirmedFact.user_id == user_id)
        .returning(ConfirmedFact.id)
    )
    if gone is None:
        raise NotFound
