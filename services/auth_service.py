"""Accounts: registering, logging in, passwords and access tokens. Knows Google only as a verified identity."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from jose import jwt
from jose.exceptions import JOSEError
from passlib.context import CryptContext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config.settings import Settings
from models.base import utc_now
from models.user import User
from services import credit_service
from services.errors import EmailTaken, InvalidCredentials, NotAuthenticated

TOKEN_ISSUER = "skillmap"  # noqa: S105 - a name, not a secret
TOKEN_AUDIENCE = "skillmap-api"  # noqa: S105 - a name, not a secret
MAX_USER_ID = 2**31 - 1

# bcrypt alone raises above 72 bytes; bcrypt_sha256 hashes first and takes any length.
_passwords = CryptContext(["bcrypt_sha256", "bcrypt"], deprecated="auto")


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """What a valid access token says."""

    user_id: int
    generation: int


def normalise_email(email: str) -> str:
    """E-mail addresses are compared without regard to case."""
    return email.strip().lower()


def register(session: Session, *, email: str, password: str, full_name: str, settings: Settings) -> User:
    """Create an account with its welcome credits. Raises EmailTaken."""
    return create_user(
        session, email=email, password_hash=_passwords.hash(password), full_name=full_name, settings=settings
    )


def create_user(
    session: Session,
    *,
    email: str,
    full_name: str,
    settings: Settings,
    password_hash: str | None = None,
    google_subject: str | None = None,
    profile_picture_url: str | None = None,
) -> User:
    """Insert a person and grant the welcome credits in the same transaction. Raises EmailTaken."""
    user = User(
        email=normalise_email(email),
        password_hash=password_hash,
        google_subject=google_subject,
        full_name=full_name,
        profile_picture_url=profile_picture_url,
        credits=0.0,
    )
    try:
        with session.begin_nested():
            session.add(user)
            session.flush()
    except IntegrityError as error:
        raise EmailTaken from error
    credit_service.grant_welcome_credits(session, user, settings=settings)
    session.refresh(user)
    return user


def login(session: Session, *, email: str, password: str) -> User:
    """The person with this e-mail and password. Raises InvalidCredentials, after the same work in every case."""
    user = session.scalar(select(User).where(User.email == normalise_email(email), User.is_deleted.is_(False)))
    stored = user.password_hash if user is not None else None
    try:
        verified = _passwords.verify(password, stored or _decoy_hash())
    except ValueError:  # a NUL byte in the password
        verified = False
    if user is None or stored is None or not verified:
        raise InvalidCredentials
    return user


@cache
def _decoy_hash() -> str:
    """What the password of an unknown e-mail is compared with, so that both answers take equally long."""
    return _passwords.hash("no account has this password")


def prepare_password_check() -> None:
    """Compute the decoy now rather than in the first failed login, whose time would give it away."""
    _decoy_hash()


def issue_access_token(user: User, settings: Settings) -> str:
    """A signed token for this person, valid for JWT_EXPIRATION_MINUTES."""
    now = utc_now()
    claims = {
        "sub": str(user.id),
        "gen": user.token_generation,
        "iss": TOKEN_ISSUER,
        "aud": TOKEN_AUDIENCE,
        "iat": now,
        "exp": now + timedelta(minutes=settings.JWT_EXPIRATION_MINUTES),
    }
    return str(jwt.encode(claims, settings.SECRET_KEY.get_secret_value(), algorithm=settings.JWT_ALGORITHM))


def read_access_token(token: str, settings: Settings) -> TokenClaims:
    """The claims of a valid token. Raises NotAuthenticated."""
    try:
        claims = jwt.decode(
            token,
            settings.SECRET_KEY.get_secret_value(),
            algorithms=[settings.JWT_ALGORITHM],
            issuer=TOKEN_ISSUER,
            audience=TOKEN_AUDIENCE,
            options={"require_exp": True, "require_sub": True},
        )
    except JOSEError as error:
        raise NotAuthenticated from error
    subject, generation = str(claims["sub"]), claims.get("gen")
    if not (subject.isascii() and subject.isdigit() and len(subject) <= 10) or not isinstance(generation, int):
        raise NotAuthenticated
    if not 0 < int(subject) <= MAX_USER_ID:
        raise NotAuthenticated
    return TokenClaims(user_id=int(subject), generation=generation)


def find_token_owner(session: Session, claims: TokenClaims) -> User:
    """The person a token belongs to. Raises NotAuthenticated when deleted, or the password changed since."""
    user = session.get(User, claims.user_id)
    if user is None or user.is_deleted or user.token_generation != claims.generation:
        raise NotAuthenticated
    return user


def change_password(session: Session, user: User, *, current: str | None, new: str) -> None:
    """Set a new password and end all tokens issued before. Raises InvalidCredentials when `current` is wrong."""
    if user.password_hash is not None:
        try:
            correct = _passwords.verify(current or "", user.password_hash)
        except ValueError:
            correct = False
        if not correct:
            raise InvalidCredentials("The current password is wrong.")
    user.password_hash = _passwords.hash(new)
    user.token_generation += 1
    session.flush()
