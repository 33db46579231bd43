"""A person's own account: read it, change it, take it away. Files are removed by the caller, after the commit."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from config.settings import Settings
from models.base import Base
from models.base_resume import BaseResume
from models.credit_transaction import CreditHold, CreditTransaction
from models.payment import Payment
from models.project import Project
from models.run import TailoringRun
from models.user import FormerEmail, User
from schemas.user_schemas import UserUpdate
from services import auth_service, credit_service
from services.auth_service import PasswordChange
from services.errors import NotAuthenticated
from services.file_storage import FileStorage
from services.pdf_service import PdfConverter

KEPT_FOR_ACCOUNTING = (CreditTransaction.__table__, CreditHold.__table__, Payment.__table__)


def get_user(session: Session, user_id: int, *, keep: bool = False) -> User:
    """The person. Raises NotAuthenticated when the account was deleted meanwhile.

    `keep` for whoever stores something personal: until that is committed, the account is not deleted.
    """
    user = session.get(User, user_id, with_for_update={"read": True, "key_share": True} if keep else None)
    if user is None or user.is_deleted:
        raise NotAuthenticated
    return user


def prepare_password_change(session: Session, user_id: int, body: UserUpdate) -> PasswordChange | None:
    """The password change that is asked for, checked and hashed; None when there is none. Needs only to read."""
    if body.new_password is None:
        return None
    return auth_service.prepare_password_change(session, user_id, current=body.current_password, new=body.new_password)


def update_user(session: Session, user_id: int, body: UserUpdate, password: PasswordChange | None) -> User:
    """Change what the body names, and the password if one was prepared: all of it or nothing."""
    if password is not None:
        auth_service.change_password(session, user_id, password)
    user = get_user(session, user_id, keep=True)
    if body.full_name is not None:
        user.full_name = body.full_name
    if "profile_picture_url" in body.model_fields_set:
        user.profile_picture_url = body.profile_picture_url or None
    session.flush()
    return user


def delete_account(session: Session, user_id: int, *, settings: Settings) -> list[str]:
    """Erase everything personal and return the names of the files that belonged to it.

    The ledger and the payments stay, tied to a row without a name; so does a keyed hash of the e-mail.
    """
    # In the order in which the start and the end of a run lock them, or they and this would wait in a circle.
    for table in (TailoringRun, Project):
        session.execute(select(table.id).where(table.user_id == user_id).order_by(table.id).with_for_update())
    credit_service.release_holds_of(session, user_id)
    user = session.scalar(select(User).where(User.id == user_id, User.is_deleted.is_(False)).with_for_update())
    if user is None:
        raise NotAuthenticated
    session.merge(FormerEmail(email_hash=auth_service.hash_email(user.email, settings)))
    _anonymise(user)
    session.flush()
    resumes = session.execute(
        select(BaseResume.file_path, BaseResume.template_path).where(BaseResume.user_id == user_id)
    ).all()
    # Every table that names a person is emptied of them unless it is listed as kept: a new table cannot be forgotten.
    for table in reversed(Base.metadata.sorted_tables):
        if "user_id" in table.columns and table not in KEPT_FOR_ACCOUNTING:
            session.execute(delete(table).where(table.columns.user_id == user_id))
    return sorted({name for resume in resumes for name in resume})


def remove_files(user_id: int, names: list[str], *, storage: FileStorage, pdf_converter: PdfConverter) -> None:
    """Remove a deleted account's files and the PDFs that were made from them."""
    storage.delete(*names)
    pdf_converter.forget(str(user_id))


def _anonymise(user: User) -> None:
    user.email = f"deleted:{user.id}"  # unique, and not an address that anybody could register
    user.full_name = "Deleted account"
    user.password_hash = user.google_subject = user.profile_picture_url = None
    user.token_generation += 1
    user.is_deleted = True
