"""The person: identity, password, balance."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, UtcDateTime, half_steps, utc_now


class User(Base):
    """A person. A deleted account keeps its row, anonymised, because the ledger refers to it."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(half_steps("credits"), name="credits_half_steps"),
        CheckConstraint(half_steps("held"), name="held_half_steps"),
        CheckConstraint("held >= 0", name="held_not_negative"),
        # Without it SQLite gives a deleted row's id to the next person, and with it an old token or late webhook.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True, doc="lower case")
    password_hash: Mapped[str | None] = mapped_column(String(255), doc="None for people who sign in with Google")
    google_subject: Mapped[str | None] = mapped_column(String(255), unique=True)
    full_name: Mapped[str] = mapped_column(String(255))
    profile_picture_url: Mapped[str | None] = mapped_column(String(500))
    credits: Mapped[float] = mapped_column(default=100.0, server_default="100.0")
    held: Mapped[float] = mapped_column(default=0.0, server_default="0.0", doc="sum of the open holds")
    token_generation: Mapped[int] = mapped_column(
        default=0, server_default="0", doc="goes up with the password; older tokens end"
    )
    is_deleted: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, onupdate=utc_now)


class FormerEmail(Base):
    """Keyed hash of a deleted account's e-mail address: it gets no second welcome grant."""

    __tablename__ = "former_emails"

    email_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)
