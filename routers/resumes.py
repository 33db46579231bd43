"""/api/resumes: upload a resume, read what was understood of it, get its files back."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query, Response, UploadFile
from starlette.concurrency import run_in_threadpool

from config.database import in_transaction
from middleware.rate_limit import UPLOADS, per_user
from routers.declared_errors import declares
from routers.dependencies import (
    AppDatabase,
    AppPdfConverter,
    AppStorage,
    CurrentUser,
    Documents,
    Id,
    Previews,
    ReadSession,
    Uploads,
)
from routers.downloads import (
    DOCX,
    KnownTags,
    PictureWidth,
    describes_file,
    describes_pdf,
    describes_picture,
    file_response,
    json_resume_response,
    pdf_response,
    picture_response,
)
from routers.sse import event_stream, prefers_events
from schemas.json_resume_schemas import JsonResume
from schemas.upload_schemas import BaseResumeRead
from services import resume_service
from services.errors import (
    PDF_ERRORS,
    READING_ERRORS,
    DocumentTooComplex,
    InvalidRequest,
    ModelAnswerInvalid,
    ModelTimeout,
    ModelUnavailable,
    NotAuthenticated,
    NotFound,
    RateLimited,
    StorageFull,
    UploadTooLarge,
)

router = APIRouter(prefix="/api/resumes", tags=["resumes"], responses=declares(NotAuthenticated))

Accept = Annotated[str, Header(description="`text/event-stream` reports progress", examples=["application/json"])]


@router.post(
    "/upload",
    status_code=201,
    response_model=BaseResumeRead,
    dependencies=[Depends(per_user(UPLOADS))],
    responses={
        200: {"description": "With `Accept: text/event-stream`: `status` events, then `final` or `error`."},
        **declares(UploadTooLarge, RateLimited, StorageFull, *READING_ERRORS),
        **declares(ModelUnavailable, ModelTimeout, ModelAnswerInvalid),
    },
)
async def upload_resume(
    file: UploadFile, user: CurrentUser, uploads: Uploads, accept: Accept = "application/json"
) -> BaseResumeRead | Response:
    """Upload a resume (.docx, .pdf, JSON Resume) and read it. It becomes your base resume; earlier ones are kept."""
    if prefers_events(accept):
        return event_stream(uploads.stream(user.id, file.filename, file.file))
    return await uploads.upload(user.id, file.filename, file.file)


@router.get("/base", response_model=BaseResumeRead | JsonResume, responses=declares(NotFound))
def read_base(
    user: CurrentUser,
    session: ReadSession,
    shape: Annotated[
        Literal["json-resume"] | None, Query(alias="format", description="as jsonresume.org has it")
    ] = None,
) -> BaseResumeRead | Response:
    """Your base resume: the newest upload, and what was read from it."""
    resume = BaseResumeRead.of(resume_service.get_base(session, user.id))
    return json_resume_response(resume.extracted_data) if shape else resume


@router.get("/base/docx", response_class=Response, responses=declares(NotFound) | describes_file(DOCX))
async def download_base_docx(user: CurrentUser, documents: Documents) -> Response:
    """The Word file as you uploaded it, or the one we made of your PDF."""
    file = await documents.base_docx(user.id)
    return file_response(file.content, media_type=DOCX, file_name=file.name)


@router.get("/base/pdf", response_class=Response, responses=declares(NotFound, *PDF_ERRORS) | describes_pdf())
async def preview_base_pdf(user: CurrentUser, documents: Documents, known_tags: KnownTags = "") -> Response:
    """Your base resume as a PDF."""
    file = await documents.base_pdf(user.id)
    return pdf_response(file.content, file_name=file.name, known_tags=known_tags)


@router.get(
    "/base/preview/{page}.png",
    response_class=Response,
    responses=describes_picture() | declares(NotFound, InvalidRequest, DocumentTooComplex, *PDF_ERRORS),
)
async def preview_base_page(
    page: Id, user: CurrentUser, previews: Previews, width: PictureWidth = 800, known_tags: KnownTags = ""
) -> Response:
    """One page, counted from 1, of your base resume."""
    return picture_response(await previews.base_page(user.id, page, width), known_tags)


@router.delete("/base", status_code=204, responses=declares(NotFound))
async def delete_base(
    user: CurrentUser, database: AppDatabase, storage: AppStorage, pdf_converter: AppPdfConverter
) -> None:
    """Delete your newest upload and its files; an earlier one becomes the base again."""
    files = await in_transaction(database.sessions, resume_service.delete_base, user.id)
    await run_in_threadpool(storage.delete, *files)
    await run_in_threadpool(pdf_converter.forget, str(user.id))
