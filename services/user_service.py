"""A person's own account: read it, change it, take it away."""

from sqlalchemy.orm import Session

from models.user import User
from services.errors import NotAuthenticated


def get_user(session: Session, user_id: int) -> User:
    """The person. Raises NotAuthenticated when the account was deleted meanwhile."""
    user = session.get(User, user_id)
    if user is None or user.is_deleted:
        raise NotAuthenticated
    return user
