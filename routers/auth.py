"""/api/auth: register, log in, sign in with Google, who am I."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Cookie, Depends, Form, Response
from fastapi.responses import RedirectResponse

from config.database import in_transaction
from middleware.rate_limit import GOOGLE_SIGN_INS, REGISTRATIONS, CountedLogins, per_address
from models.user import User
from routers.declared_errors import declares
from routers.dependencies import AppDatabase, AppSettings, CurrentUser, DbSession, Google, ReadSession
from schemas.auth_schemas import (
    GoogleSignInRequest,
    LoginRequest,
    RegisterRequest,
    TokenForm,
    TokenResponse,
    UserRead,
)
from services import auth_service, user_service
from services.errors import (
    EmailTaken,
    GoogleNotConfigured,
    GoogleUnavailable,
    InvalidCredentials,
    InvalidGoogleToken,
    NotAuthenticated,
    RateLimited,
)
from services.google_sign_in import ATTEMPT_SECONDS

router = APIRouter(prefix="/api/auth", tags=["auth"])

ATTEMPT_COOKIE = "google_sign_in"
GOOGLE_ERRORS = declares(InvalidGoogleToken, EmailTaken, RateLimited, GoogleNotConfigured, GoogleUnavailable)


@router.post(
    "/register",
    status_code=201,
    responses=declares(EmailTaken, RateLimited),
    dependencies=[Depends(per_address(REGISTRATIONS))],
)
def register(body: RegisterRequest, session: DbSession, settings: AppSettings) -> TokenResponse:
    """Create an account. It starts with welcome credits."""
    user = auth_service.register(
        session, email=body.email, password=body.password, full_name=body.full_name, settings=settings
    )
    return _token_response(user, settings)


@router.post("/login", responses=declares(InvalidCredentials, RateLimited))
def login(body: LoginRequest, session: ReadSession, settings: AppSettings, attempts: CountedLogins) -> TokenResponse:
    """Log in with e-mail and password."""
    with attempts.of(body.email):
        user = auth_service.login(session, email=body.email, password=body.password)
    return _token_response(user, settings)


@router.post("/token", responses=declares(InvalidCredentials, RateLimited))
def create_token(
    form: Annotated[TokenForm, Form()], session: ReadSession, settings: AppSettings, attempts: CountedLogins
) -> TokenResponse:
    """Log in with a form (`username` is the e-mail): for Swagger's Authorize dialog and OAuth2 clients."""
    with attempts.of(form.username):
        user = auth_service.login(session, email=form.username, password=form.password)
    return _token_response(user, settings)


@router.post("/google", responses=GOOGLE_ERRORS, dependencies=[Depends(per_address(GOOGLE_SIGN_INS))])
async def sign_in_with_google(
    body: GoogleSignInRequest, google: Google, database: AppDatabase, settings: AppSettings
) -> TokenResponse:
    """Sign in with what Google gave to the front end.

    An account with the same e-mail is linked, and its password ends: Google proves whose the address is, the
    password does not. A new one can be set afterwards.
    """
    identity = await google.identify(id_token=body.id_token, code=body.code, redirect_uri=body.redirect_uri)
    user = await in_transaction(database.sessions, auth_service.sign_in_with_google, identity, settings=settings)
    return _token_response(user, settings)


@router.get(
    "/google/login",
    status_code=302,
    response_class=RedirectResponse,
    responses=declares(RateLimited, GoogleNotConfigured, GoogleUnavailable),
    dependencies=[Depends(per_address(GOOGLE_SIGN_INS))],
)
async def begin_google_sign_in(google: Google, settings: AppSettings) -> RedirectResponse:
    """Go to Google and come back to `/api/auth/google/callback`. Open it in a browser."""
    redirect = await google.begin_redirect()
    callback = urlsplit(settings.GOOGLE_REDIRECT_URI)
    response = RedirectResponse(redirect.url, 302)
    response.set_cookie(
        ATTEMPT_COOKIE,
        redirect.sealed_attempt,
        max_age=ATTEMPT_SECONDS,
        path=callback.path,
        secure=callback.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response


@router.get("/google/callback", responses=GOOGLE_ERRORS, dependencies=[Depends(per_address(GOOGLE_SIGN_INS))])
async def finish_google_sign_in(
    response: Response,
    google: Google,
    database: AppDatabase,
    settings: AppSettings,
    code: str | None = None,
    state: str | None = None,
    sealed_attempt: Annotated[str | None, Cookie(alias=ATTEMPT_COOKIE)] = None,
) -> TokenResponse:
    """Where Google sends the browser back to. Answers with an access token in the body: it never stands in a URL."""
    response.delete_cookie(ATTEMPT_COOKIE, path=urlsplit(settings.GOOGLE_REDIRECT_URI).path)
    identity = await google.finish_redirect(code=code, state=state, sealed_attempt=sealed_attempt)
    user = await in_transaction(database.sessions, auth_service.sign_in_with_google, identity, settings=settings)
    return _token_response(user, settings)


@router.get("/me", responses=declares(NotAuthenticated))
def read_me(user: CurrentUser, session: ReadSession) -> UserRead:
    """Who this token belongs to."""
    return UserRead.model_validate(user_service.get_user(session, user.id))


def _token_response(user: User, settings: AppSettings) -> TokenResponse:
    return TokenResponse(
        access_token=auth_service.issue_access_token(user, settings), user=UserRead.model_validate(user)
    )
