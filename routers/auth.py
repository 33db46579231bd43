"""/api/auth: register, log in, who am I."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.security import OAuth2PasswordRequestForm

from middleware.auth_middleware import CurrentUser
from models.user import User
from routers.declared_errors import declares
from routers.dependencies import AppSettings, DbSession, ReadSession
from schemas.auth_schemas import LoginRequest, RegisterRequest, TokenResponse, UserRead
from services import auth_service, user_service
from services.errors import EmailTaken, InvalidCredentials, NotAuthenticated

router = APIRouter(prefix="/api/auth", tags=["auth"])


@router.post("/register", status_code=201, responses=declares(EmailTaken))
def register(body: RegisterRequest, session: DbSession, settings: AppSettings) -> TokenResponse:
    """Create an account. It starts with welcome credits."""
    user = auth_service.register(
        session, email=body.email, password=body.password, full_name=body.full_name, settings=settings
    )
    return _token_response(user, settings)


@router.post("/login", responses=declares(InvalidCredentials))
def login(body: LoginRequest, session: ReadSession, settings: AppSettings) -> TokenResponse:
    """Log in with e-mail and password."""
    return _token_response(auth_service.login(session, email=body.email, password=body.password), settings)


@router.post("/token", responses=declares(InvalidCredentials))
def create_token(
    form: Annotated[OAuth2PasswordRequestForm, Depends()], session: ReadSession, settings: AppSettings
) -> TokenResponse:
    """Log in with a form (`username` is the e-mail): for Swagger's Authorize dialog and OAuth2 clients."""
    return _token_response(auth_service.login(session, email=form.username, password=form.password), settings)


@router.get("/me", responses=declares(NotAuthenticated))
def read_me(user: CurrentUser, session: ReadSession) -> UserRead:
    """Who this token belongs to."""
    return UserRead.model_validate(user_service.get_user(session, user.id))


def _token_response(user: User, settings: AppSettings) -> TokenResponse:
    return TokenResponse(
        access_token=auth_service.issue_access_token(user, settings), user=UserRead.model_validate(user)
    )
