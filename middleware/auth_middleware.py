"""Who is calling: the bearer token becomes a frozen value; its session is closed before the handler runs."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import OAuth2PasswordBearer

from services import auth_service
from services.errors import NotAuthenticated

bearer_token = OAuth2PasswordBearer(tokenUrl="/api/auth/token", auto_error=False, description="E-mail and password")


@dataclass(frozen=True, slots=True)
class AuthenticatedUser:
    """The person who is calling."""

    id: int
    email: str
    full_name: str


def authenticated_user(request: Request, token: Annotated[str | None, Depends(bearer_token)]) -> AuthenticatedUser:
    """The person whose token this is; 401 for a missing, forged, expired or outdated one, and for a deleted account."""
    if token is None:
        raise NotAuthenticated
    claims = auth_service.read_access_token(token, request.app.state.settings)
    with request.app.state.database.read_sessions() as session:
        user = auth_service.find_token_owner(session, claims)
        return AuthenticatedUser(id=user.id, email=user.email, full_name=user.full_name)


CurrentUser = Annotated[AuthenticatedUser, Depends(authenticated_user)]
