"""/api/users: one's own account."""

from fastapi import APIRouter, Depends
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from config.database import in_transaction
from middleware.rate_limit import EXPORTS, CountedLogins, per_user
from routers.declared_errors import declares
from routers.dependencies import (
    AppDatabase,
    AppPdfConverter,
    AppSettings,
    AppStorage,
    CurrentUser,
    DbSession,
    ReadSession,
    Runs,
)
from schemas.auth_schemas import UserRead
from schemas.user_schemas import AccountDeleted, UserUpdate
from services import account_export, user_service
from services.errors import NotAuthenticated, RateLimited, WrongPassword

router = APIRouter(prefix="/api/users", tags=["users"], responses=declares(NotAuthenticated))


@router.get("/me")
def read_me(user: CurrentUser, session: ReadSession) -> UserRead:
    """Your account, with the credits as they are now."""
    return UserRead.model_validate(user_service.get_user(session, user.id))


@router.put("/me", responses=declares(NotAuthenticated, WrongPassword, RateLimited))
def update_me(
    body: UserUpdate, user: CurrentUser, read_session: ReadSession, session: DbSession, attempts: CountedLogins
) -> UserRead:
    """Change your name, picture or password. A new password ends all access tokens, this one too: log in again."""
    with attempts.of(user.email):
        password = user_service.prepare_password_change(read_session, user.id, body)
    return UserRead.model_validate(user_service.update_user(session, user.id, body, password))


@router.delete("/me")
async def delete_me(
    user: CurrentUser,
    database: AppDatabase,
    storage: AppStorage,
    pdf_converter: AppPdfConverter,
    runs: Runs,
    settings: AppSettings,
) -> AccountDeleted:
    """Delete your account for good: all personal data and files. Credits that are left are lost."""
    await runs.cancel_all_of(user.id)
    files = await in_transaction(database.sessions, user_service.delete_account, user.id, settings=settings)
    await run_in_threadpool(user_service.remove_files, user.id, files, storage=storage, pdf_converter=pdf_converter)
    return AccountDeleted()


@router.get(
    "/me/export",
    response_class=StreamingResponse,
    responses={**declares(RateLimited), 200: {"content": {"application/zip": {}}}},
    dependencies=[Depends(per_user(EXPORTS))],
)
def export_me(user: CurrentUser, session: ReadSession, storage: AppStorage) -> StreamingResponse:
    """Everything stored about you: a zip with a JSON file for each kind of data, and your files."""
    export = account_export.export_account(session, user.id, storage)
    return StreamingResponse(
        account_export.chunks(export),
        media_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="skillmap-export.zip"'},
    )
