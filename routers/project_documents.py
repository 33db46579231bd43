"""/api/projects/{id}: the files and letters of a project."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from routers.declared_errors import declares
from routers.dependencies import CurrentUser, Documents, Id, Previews, ReadSession
from routers.downloads import (
    DOCX,
    KnownTags,
    PictureWidth,
    describes_file,
    describes_pdf,
    describes_picture,
    file_response,
    pdf_response,
    picture_response,
)
from schemas.project_schemas import CoverLetterRead, EmailRead
from services import project_service
from services.errors import PDF_ERRORS, InvalidRequest, NoBaseResume, NotAuthenticated, NotFound, NotTailored

router = APIRouter(prefix="/api/projects/{project_id}", tags=["documents"], responses=declares(NotAuthenticated))


@router.get("/docx", response_class=Response, responses=declares(NotFound, NoBaseResume) | describes_file(DOCX))
async def download_docx(
    project_id: Id,
    user: CurrentUser,
    documents: Documents,
    changes: Annotated[Literal["tracked"] | None, Query(description="`tracked`: as Word's tracked changes")] = None,
) -> Response:
    """Your own Word file with the resume as it now stands."""
    file = await documents.project_docx(user.id, project_id, tracked=changes == "tracked")
    return file_response(file.content, media_type=DOCX, file_name=file.name, warnings=file.warnings)


@router.get("/pdf", response_class=Response, responses=declares(NotFound, NoBaseResume, *PDF_ERRORS) | describes_pdf())
async def preview_pdf(project_id: Id, user: CurrentUser, documents: Documents, known_tags: KnownTags = "") -> Response:
    """LibreOffice's rendering of that very file, for previewing."""
    file = await documents.project_pdf(user.id, project_id)
    return pdf_response(file.content, file_name=file.name, known_tags=known_tags, warnings=file.warnings)


DRAWS_A_PICTURE = describes_picture() | declares(NotFound, NoBaseResume, InvalidRequest, *PDF_ERRORS)


@router.get("/preview/changes.png", response_class=Response, responses=DRAWS_A_PICTURE)
async def preview_changes(
    project_id: Id, user: CurrentUser, previews: Previews, width: PictureWidth = 800, known_tags: KnownTags = ""
) -> Response:
    """All pages of the resume as it now stands, one below the other; lines that differ from your upload are marked."""
    return picture_response(await previews.project_changes(user.id, project_id, width), known_tags)


@router.get("/preview/{page}.png", response_class=Response, responses=DRAWS_A_PICTURE)
async def preview_page(
    project_id: Id,
    page: Id,
    user: CurrentUser,
    previews: Previews,
    width: PictureWidth = 800,
    known_tags: KnownTags = "",
) -> Response:
    """One page, counted from 1, of the resume as it now stands."""
    return picture_response(await previews.project_page(user.id, project_id, page, width), known_tags)


@router.get("/cover-letter", responses=declares(NotFound, NotTailored))
def read_cover_letter(project_id: Id, user: CurrentUser, session: ReadSession) -> CoverLetterRead:
    """The cover letter as text."""
    data = project_service.require_tailored(project_service.get_owned(session, project_id, user.id))
    return CoverLetterRead(cover_letter=data.cover_letter)


@router.get(
    "/cover-letter/docx", response_class=Response, responses=declares(NotFound, NotTailored) | describes_file(DOCX)
)
async def download_cover_letter_docx(project_id: Id, user: CurrentUser, documents: Documents) -> Response:
    """The cover letter as a Word file."""
    file = await documents.cover_letter_docx(user.id, project_id)
    return file_response(file.content, media_type=DOCX, file_name=file.name)


@router.get(
    "/cover-letter/pdf",
    response_class=Response,
    responses=declares(NotFound, NotTailored, *PDF_ERRORS) | describes_pdf(),
)
async def preview_cover_letter_pdf(
    project_id: Id, user: CurrentUser, documents: Documents, known_tags: KnownTags = ""
) -> Response:
    """The cover letter as a PDF."""
    file = await documents.cover_letter_pdf(user.id, project_id)
    return pdf_response(file.content, file_name=file.name, known_tags=known_tags)


@router.get("/email", responses=declares(NotFound, NotTailored))
def read_email(project_id: Id, user: CurrentUser, session: ReadSession) -> EmailRead:
    """The e-mail for following up on the application."""
    data = project_service.require_tailored(project_service.get_owned(session, project_id, user.id))
    return EmailRead(email_subject=data.email_subject, email_body=data.email_body)
