"""What handlers ask for: a session, the settings, and the services that the lifespan built."""

from collections.abc import Iterator
from typing import Annotated

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
from services.run_service import RunService
from services.stripe_gateway import StripeGateway
from services.tailoring_service import TailoringService
from services.upload_service import UploadService

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
    "ReadSession",
    "Runs",
    "Tailoring",
    "Uploads",
]

LARGEST_ID = 2**31 - 1  # a larger number does not fit the column, and PostgreSQL fails on it


# The plain ones are `async`: they need no thread, and must not wait for one while all are busy.


async def get_settings(request: Request) -> Settings:
    """The settings this app was made with."""
    settings: Settings = request.app.state.settings
    return settings


async def get_database(request: Request) -> Database:
    """The app's database."""
    database: Database = request.app.state.database
    return database


AppDatabase = Annotated[Database, Depends(get_database)]


def get_session(database: AppDatabase) -> Iterator[Session]:
    """A session that may write: one transaction, committed before the answer is sent."""
    with database.sessions.begin() as session:
        yield session


def get_read_session(database: AppDatabase) -> Iterator[Session]:
    """A session for reading only: on SQLite it waits for no writer."""
    with database.read_sessions() as session:
        yield session


async def get_google(request: Request) -> GoogleSignIn:
    """The app's way to Google."""
    google: GoogleSignIn = request.app.state.google
    return google


async def get_storage(request: Request) -> FileStorage:
    """The app's folder of files."""
    storage: FileStorage = request.app.state.storage
    return storage


async def get_pdf_converter(request: Request) -> PdfConverter:
    """The app's way to LibreOffice."""
    converter: PdfConverter = request.app.state.pdf_converter
    return converter


async def get_payments(request: Request) -> StripeGateway:
    """The app's way to Stripe."""
    payments: StripeGateway = request.app.state.stripe
    return payments


async def get_runs(request: Request) -> RunService:
    """What executes the runs of this process."""
    runs: RunService = request.app.state.runs
    return runs


async def get_tailoring(request: Request) -> TailoringService:
    """What starts runs."""
    tailoring: TailoringService = request.app.state.tailoring
    return tailoring


async def get_uploads(request: Request) -> UploadService:
    """What takes uploads."""
    uploads: UploadService = request.app.state.uploads
    return uploads


async def get_documents(request: Request) -> DocumentService:
    """What makes files."""
    documents: DocumentService = request.app.state.documents
    return documents


def _within_range(value: int) -> int:
    if not 0 < value <= LARGEST_ID:
        raise NotFound
    return value


# Any integer is a well-formed id; one that no row can have is as missing as one that no row has.
Id = Annotated[int, Path(examples=[1]), AfterValidator(_within_range)]
AppStorage = Annotated[FileStorage, Depends(get_storage)]
AppPdfConverter = Annotated[PdfConverter, Depends(get_pdf_converter)]
Google = Annotated[GoogleSignIn, Depends(get_google)]
Payments = Annotated[StripeGateway, Depends(get_payments)]
AppSettings = Annotated[Settings, Depends(get_settings)]
# Function scope: committed and closed before the first byte leaves, so a failing commit is a 500 and not a lost 200.
DbSession = Annotated[Session, Depends(get_session, scope="function")]
ReadSession = Annotated[Session, Depends(get_read_session, scope="function")]
Documents = Annotated[DocumentService, Depends(get_documents)]
Runs = Annotated[RunService, Depends(get_runs)]
Tailoring = Annotated[TailoringService, Depends(get_tailoring)]
Uploads = Annotated[UploadService, Depends(get_uploads)]
