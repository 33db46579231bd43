"""An account that is deleted while something is being stored for it: nothing personal is left, nothing is credited."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.database import Database
from config.settings import Settings
from models import BaseResume, CreditTransaction, Payment, Project, User
from models.payment import PaymentStatus
from schemas.project_schemas import ProjectCreate
from schemas.user_schemas import UserUpdate
from services import credit_service, ledger_audit, payment_service, project_service, upload_service, user_service
from services.errors import NotAuthenticated, SkillMapError, UnknownPayer
from services.stripe_messages import CheckoutSession
from tests.conftest import Person

Store = Callable[[Session, int], object]


def upload(session: Session, user_id: int) -> object:
    files = {"file_name": "ada.docx", "file_path": "ada.docx", "template_path": "ada.docx"}
    resume = BaseResume(user_id=user_id, extracted_data={}, sources={}, metadata_={}, **files)
    return upload_service.insert_base_resume(session, resume)


def create_project(session: Session, user_id: int) -> object:
    return project_service.create(session, user_id, ProjectCreate(project_name="Ada's next job"))


def change_name(session: Session, user_id: int) -> object:
    return user_service.update_user(session, user_id, UserUpdate(full_name="Ada Example"), None)


def pay(session: Session, user_id: int) -> object:
    checkout = CheckoutSession(
        id="cs_1",
        outcome=PaymentStatus.PAID,
        url=None,
        is_paid=True,
        mode="payment",
        amount_total=500,
        currency="usd",
        payment_intent="pi_1",
        livemode=False,
        user_id=str(user_id),
        credits="50",
    )
    return payment_service.apply(session, checkout, livemode=False)


def is_personal_data_left(database: Database) -> bool:
    with database.read_sessions() as session:
        names = session.scalars(select(User.full_name)).all()
        stored = [row for table in (BaseResume, Project) for row in session.scalars(select(table))]
        return names != ["Deleted account"] or stored != []


@pytest.fixture
def delete(database: Database, settings: Settings, person: Person) -> Callable[[], object]:
    """Delete the person's account, in a transaction of its own."""

    def in_own_transaction() -> object:
        with database.sessions.begin() as session:
            return user_service.delete_account(session, person.id, settings=settings)

    return in_own_transaction


@pytest.mark.parametrize("store", [upload, create_project, change_name, pay])
def test_a_deletion_waits_for_what_is_being_stored_and_takes_it_along(
    database: Database, person: Person, delete: Callable[[], object], store: Store
) -> None:
    with ThreadPoolExecutor(1) as threads:
        with database.sessions.begin() as session:
            store(session, person.id)
            deletion = threads.submit(delete)
            finished, _ = wait([deletion], timeout=0.3)
            assert not finished
        deletion.result()
    assert not is_personal_data_left(database)


@pytest.mark.parametrize(
    ("store", "refusal"),
    [
        (upload, NotAuthenticated),
        (create_project, NotAuthenticated),
        (change_name, NotAuthenticated),
        (pay, UnknownPayer),
    ],
)
def test_what_comes_during_a_deletion_waits_for_it_and_is_refused(
    database: Database, settings: Settings, person: Person, store: Store, refusal: type[SkillMapError]
) -> None:
    with database.sessions.begin() as session:  # before the deletion, so that it only remains to be paid
        session.add(Payment(user_id=person.id, session_id="cs_1", credits=50.0, amount_cents=500, livemode=False))

    def in_own_transaction() -> object:
        with database.sessions.begin() as session:
            return store(session, person.id)

    with ThreadPoolExecutor(1) as threads:
        with database.sessions.begin() as session:
            user_service.delete_account(session, person.id, settings=settings)
            storing = threads.submit(in_own_transaction)
            wait([storing], timeout=0.3)
        with pytest.raises(refusal):
            storing.result()
    assert not is_personal_data_left(database)
    with database.read_sessions() as session:
        assert [row.amount for row in session.scalars(select(CreditTransaction))] == [100.0]


def test_a_deletion_and_a_starting_run_do_not_wait_in_a_circle(
    database: Database, settings: Settings, person: Person, delete: Callable[[], object]
) -> None:
    with database.sessions.begin() as session:
        project = project_service.create(session, person.id, ProjectCreate(project_name="Ada's next job"))
    with ThreadPoolExecutor(1) as threads:
        with database.sessions.begin() as session:
            project_service.get_owned(session, project.id, person.id, for_update=True)
            deletion = threads.submit(delete)
            finished, _ = wait([deletion], timeout=0.3)
            assert not finished
            credit_service.open_hold(session, person.id, run_id=1, estimate=5, settings=settings)
        deletion.result()
    assert not is_personal_data_left(database)
    with database.read_sessions() as session:
        assert ledger_audit.find_breaches(session) == []
