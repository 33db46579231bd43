"""Questions and confirmed facts: asked instead of made up, answered by the person, used by later runs."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.base import utc_now
from models.fact import ConfirmedFact, Question
from schemas.change_schemas import Change, Decision, Verdict
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
    """Store a question for each blocked change. What is still open is not asked twice, what was denied not again."""
    denied = set(session.scalars(select(Question.question).where(Question.user_id == user_id, Question.answer == NO)))
    still_open = select(Question).where(Question.project_id == project_id, Question.answer.is_(None))
    known = {question.question: question for question in session.scalars(still_open)}
    asked: dict[str, Question] = {}
    for change in changes:
        text = change.question
        if change.verdict is not Verdict.BLOCK or not text or text in denied or text in asked:
            continue
        question = known.get(text) or Question(user_id=user_id, project_id=project_id, question=text)
        question.run_id, question.change_id = run_id, change.id
        question.path, question.proposed = change.path, change.proposed
        asked[text] = question
    session.add_all(asked.values())
    session.flush()
    return [QuestionRead.model_validate(question) for question in asked.values()]


def list_questions(session: Session, project_id: int, user_id: int) -> list[QuestionRead]:
    """All questions of a project with their answers, newest first. Raises NotFound."""
    project_service.get_owned(session, project_id, user_id)
    rows = session.scalars(select(Question).where(Question.project_id == project_id).order_by(Question.id.desc()))
    return [QuestionRead.model_validate(row) for row in rows]


def changes_of(session: Session, content: TailoredData) -> ChangesRead:
    """The changes in what a project holds, and their questions as they are answered by now."""
    asked = select(Question).where(Question.id.in_([question.id for question in content.questions]))
    answers = {row.id: {"answer": row.answer, "answer_text": row.answer_text} for row in session.scalars(asked)}
    open_again = {"answer": None, "answer_text": None}
    questions = [question.model_copy(update=answers.get(question.id, open_again)) for question in content.questions]
    return ChangesRead(changes=content.changes, questions=questions, resume_json=content.resume)


def answer(session: Session, project_id: int, question_id: int, user_id: int, given: AnswerRequest) -> QuestionRead:
    """Remember an answer. A yes is a confirmed fact, and the change that was blocked is judged again with it.

    Answering anew replaces the earlier answer. Raises NotFound, RunInProgress.
    """
    project = project_service.get_owned(session, project_id, user_id, for_update=True)
    question = session.scalar(select(Question).where(Question.id == question_id, Question.project_id == project_id))
    if question is None:
        raise NotFound
    project_service.refuse_during_run(session, project)
    session.execute(delete(ConfirmedFact).where(ConfirmedFact.question_id == question.id))
    question.answer, question.answer_text, question.answered_at = given.answer, given.text, utc_now()
    if given.answer == YES:
        for statement in filter(None, (question.question, given.text)):
            session.add(ConfirmedFact(user_id=user_id, question_id=question.id, statement=statement))
    session.flush()
    content = project_service.read_content(project)
    base = project_service.base_resume(session, project)
    if content is not None and base is not None:
        basis = project_service.basis_of_changes(content, base)
        facts = confirmed_statements(session, user_id)
        if judge_again(content, basis, question.question, project.last_tailoring_jd or "", facts):
            project_service.store_version(session, project, content, origin="answer")
    return QuestionRead.model_validate(question)


def judge_again(
    content: TailoredData, basis: ResumeData, question: str, job_description: str, facts: list[str]
) -> bool:
    """Put the changes that a question is about through the gate with these facts, and update the resume.

    False when nothing changed by it.
    """

    def judged(change: Change) -> Change:
        verdict = fact_gate.check(basis.model_dump(), change.model_dump(), job_description, facts)
        if verdict.verdict == change.verdict:
            return change
        undone = verdict.verdict == Verdict.BLOCK and change.decision is Decision.ACCEPTED
        return change.model_copy(
            update={
                "verdict": Verdict(verdict.verdict),
                "verdict_reasons": list(verdict.reasons),
                "decision": Decision.PENDING if undone else change.decision,
            }
        )

    changes = [judged(change) if change.question == question else change for change in content.changes]
    if changes == content.changes:
        return False
    before = apply_changes(basis, content.changes)
    content.changes = changes
    project_service.rebase_hand_edits(content, before, apply_changes(basis, changes))
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
