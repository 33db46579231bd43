"""What handlers ask for: a session, the settings, and the services that the lifespan built."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Path, Request
from pydantic import AfterValidator
from sqlalchemy.orm import Session

from config.database import Database
from config.settings import Settings
from middleware.auth_middleware import CurrentUser
from services.document_service import DocumentService
from services.errors import NotFound
from services.file_storage import FileStorage
from services.google_sign_in import GoogleSignIn
from services.pdf_service import PdfConverter
from services.preview_service import PreviewService
from services.run_service import RunService
from services.stripe_gateway import StripeGateway
from services.tailoring_service import TailoringService
from services.upload_service import UploadService
from services.webhook_inbox import WebhookInbox

__all__ = [
    "AppDatabase",
    "AppPdfConverter",
    "AppSettings",
    "AppStorage",
    "CurrentUser",
    "DbSession",
    "Documents",
    "Google",
    "Id",
    "Payments",
    "Previews",
    "ReadSession",
    "Runs",
    "Tailoring",
    "Uploads",
    "Webhooks",
]

LARGEST_ID = 2**31 - 1  # a larger number does not fit the column, and PostgreSQL fails on it


def built(name: str) -> Any:
    """A dependency on something that the lifespan built and put into the app's state under this name."""

    async def get(request: Request) -> Any:  # async: it needs no thread, and must not wait for one while all are busy
        return getattr(request.app.state, name)

    return Depends(get)


AppDatabase = Annotated[Database, built("database")]
AppPdfConverter = Annotated[PdfConverter, built("pdf_converter")]
AppSettings = Annotated[Settings, built("settings")]
AppStorage = Annotated[FileStorage, built("storage")]
Documents = Annotated[DocumentService, built("documents")]
Google = Annotated[GoogleSignIn, built("google")]
Payments = Annotated[StripeGateway, built("stripe")]
Previews = Annotated[PreviewService, built("previews")]
Runs = Annotated[RunService, built("runs")]
Tailoring = Annotated[TailoringService, built("tailoring")]
Uploads = Annotated[UploadService, built("uploads")]
Webhooks = Annotated[WebhookInbox, built("webhooks")]


def get_session(database: AppDatabase) -> Iterator[Session]:
    """A session that may write: one transaction, committed before the answer is sent."""
    with database.sessions.begin() as session:
        yield session


def get_read_session(database: AppDatabase) -> Iterator[Session]:
    """A session for reading only: on SQLite it waits for no writer."""
    with database.read_sessions() as session:
        yield session


# Function scope: committed and closed before the first byte leaves, so a failing commit is a 500 and not a lost 200.
DbSession = Annotated[Session, Depends(get_session, scope="function")]
ReadSession = Annotated[Session, Depends(get_read_session, scope="function")]


def _within_range(value: int) -> int:
    if not 0 < value <= LARGEST_ID:
        raise NotFound
    return value


# Any integer is a well-formed id; one that no row can have is as missing as one that no row has.
Id = Annotated[int, Path(examples=[1]), AfterValidator(_within_range)]
