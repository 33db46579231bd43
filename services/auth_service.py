"""Accounts: registering, logging in, passwords and access tokens. Knows Google only as a verified identity."""

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from jose import jwt
from jose.exceptions import JOSEError
from passlib.context import CryptContext
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config.settings import Settings
from models.base import utc_now
from models.user import FormerEmail, User
from services import credit_service
from services.errors import EmailTaken, InvalidCredentials, NotAuthenticated, WrongPassword

TOKEN_ISSUER = "skillmap"  # noqa: S105 - a name, not a secret
TOKEN_AUDIENCE = "skillmap-api"  # noqa: S105 - a name, not a secret
MAX_USER_ID = 2**31 - 1
NO_CURRENT_PASSWORD = "To set a new password, please send the current one as well."  # noqa: S105 - a sentence

# bcrypt alone raises above 72 bytes; bcrypt_sha256 hashes first and takes any length.
_passwords = CryptContext(["bcrypt_sha256", "bcrypt"], deprecated="auto")


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """What a valid access token says."""

    user_id: int
    generation: int


@dataclass(frozen=True, slots=True)
class GoogleIdentity:
    """Somebody whom Google vouches for; the e-mail is verified."""

    subject: str
    email: str
    full_name: str
    picture_url: str | None


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """A new password, hashed, and the hash that it replaces."""

    old_hash: str | None
    new_hash: str


def normalise_email(email: str) -> str:
    """E-mail addresses are compared without regard to case, and to how accents are encoded."""
    return unicodedata.normalize("NFC", email.strip()).lower()


def register(session: Session, *, email: str, password: str, full_name: str, settings: Settings) -> User:
    """Create an account with its welcome credits. Raises EmailTaken."""
    password_hash = _passwords.hash(password)  # before any SQL: nobody waits for a writer that computes
    return create_user(session, email=email, password_hash=password_hash, full_name=full_name, settings=settings)


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
    """Insert a person and grant the welcome credits in the same transaction, once per e-mail. Raises EmailTaken."""
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
    if session.get(FormerEmail, hash_email(user.email, settings)) is None:
        credit_service.grant_welcome_credits(session, user, settings=settings)
        session.refresh(user)
    return user


def hash_email(email: str, settings: Settings) -> str:
    """What is remembered of a deleted account's e-mail; without SECRET_KEY nobody can test guesses against it."""
    key = settings.SECRET_KEY.get_secret_value().encode()
    return hmac.new(key, normalise_email(email).encode(), hashlib.sha256).hexdigest()


def sign_in_with_google(session: Session, identity: GoogleIdentity, *, settings: Settings) -> User:
    """The person with this Google account: known, linked by the verified e-mail, or new.

    Raises EmailTaken when the e-mail belongs to somebody with another Google account: companies give addresses of
    people who left to others.
    """
    user = _find_by_google(session, identity)
    if user is None:
        try:
            return create_user(
                session,
                email=identity.email,
                full_name=identity.full_name,
                google_subject=identity.subject,
                profile_picture_url=identity.picture_url,
                settings=settings,
            )
        except EmailTaken:  # the same person signed in twice at the same moment
            user = _find_by_google(session, identity)
    if user is None or user.google_subject not in (None, identity.subject):
        raise EmailTaken
    if user.google_subject is None:
        _link_google(session, user, identity)
    return user


def _find_by_google(session: Session, identity: GoogleIdentity) -> User | None:
    known = session.scalar(select(User).where(User.google_subject == identity.subject))
    return known or session.scalar(select(User).where(User.email == normalise_email(identity.email)))


def _link_google(session: Session, user: User, identity: GoogleIdentity) -> None:
    # We never asked the person who registered to prove that the address is theirs; Google just did. Whoever set the
    # password may be somebody who waited for the owner to arrive, so it ends here, with all tokens. The owner can set
    # a new one with PUT /api/users/me.
    user.google_subject = identity.subject
    user.password_hash = None
    user.token_generation += 1
    session.flush()


def login(session: Session, *, email: str, password: str) -> User:
    """The person with this e-mail and password. Raises InvalidCredentials, after the same work in every case."""
    user = session.scalar(select(User).where(User.email == normalise_email(email), User.is_deleted.is_(False)))
    stored = user.password_hash if user is not None else None
    verified = _verify(password, stored or _decoy_hash())
    if user is None or stored is None or not verified:
        raise InvalidCredentials
    return user


def _verify(password: str, stored: str) -> bool:
    try:
        return _passwords.verify(password, stored)
    except ValueError:  # a NUL byte in the password
        return False


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
            options={"require_exp": True, "require_sub": True, "require_iss": True, "require_aud": True},
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


def prepare_password_change(session: Session, user_id: int, *, current: str | None, new: str) -> PasswordChange:
    """Check the current password and hash the new one: slow, so it belongs into a session that only reads.

    Somebody who signs in with Google and has no password yet needs no current one. Raises WrongPassword.
    """
    stored = session.scalar(select(User.password_hash).where(User.id == user_id))
    if stored is not None and not current:
        raise WrongPassword(NO_CURRENT_PASSWORD)
    if stored is not None and not _verify(current or "", stored):
        raise WrongPassword
    return PasswordChange(old_hash=stored, new_hash=_passwords.hash(new))


def change_password(session: Session, user_id: int, change: PasswordChange) -> None:
    """Set the new password and end all older tokens. Raises InvalidCredentials when another was set meanwhile."""
    changed = session.scalar(
        update(User)
        .where(User.id == user_id, User.password_hash.is_not_distinct_from(change.old_hash), User.is_deleted.is_(False))
        .values(password_hash=change.new_hash, token_generation=User.token_generation + 1)
        .returning(User.id)
    )
    if changed is None:
        raise InvalidCredentials("The password was changed meanwhile.")
