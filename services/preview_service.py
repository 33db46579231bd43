"""Pictures of the pages of documents, kept for as long as their document stays as it is. Knows no HTTP."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.database import Database, in_transaction
from models.base_resume import BaseResume
from models.project import Project
from services import resume_service
from services.document_reading import PDF
from services.document_service import DocumentService
from services.errors import NotFound
from services.pages.images import Picture, PictureCache, render_page
from services.pages.marking import render_marked_pages
from services.pages.untrusted import render_untrusted_page

Draw = Callable[[], Awaitable[bytes]]


class PreviewService:
    """Makes pictures. Made once in the lifespan."""

    def __init__(self, database: Database, documents: DocumentService) -> None:
        """Put the parts together."""
        self._database = database
        self._documents = documents
        self._cache = PictureCache()

    async def project_page(self, user_id: int, project_id: int, page: int, width: int) -> Picture:
        """A page of the resume as it now stands. Raises NotFound, NoBaseResume, InvalidRequest, the PDF errors."""
        state = await in_transaction(self._database.read_sessions, project_state, project_id, user_id)

        async def draw() -> bytes:
            pdf = await self._documents.project_pdf(user_id, project_id)
            return await asyncio.to_thread(render_page, pdf.content, page, width)

        return await self._picture((state, page, width), draw)

    async def project_changes(self, user_id: int, project_id: int, width: int) -> Picture:
        """All pages below one another, with the lines marked that differ from the upload. Raises the same."""
        state = await in_transaction(self._database.read_sessions, project_state, project_id, user_id)

        async def draw() -> bytes:
            pdf = await self._documents.marked_pdf(user_id, project_id)
            return await asyncio.to_thread(render_marked_pages, pdf.content, pdf.changed_lines, width)

        return await self._picture((state, "changes", width), draw)

    async def base_page(self, user_id: int, page: int, width: int) -> Picture:
        """A page of the upload. Raises NotFound, InvalidRequest, UnreadableDocument, the PDF errors."""
        base = await in_transaction(self._database.read_sessions, resume_service.get_base, user_id)

        async def draw() -> bytes:
            pdf = await self._documents.base_pdf(user_id)
            # What LibreOffice made is drawn right here; what somebody uploaded is drawn at arm's length.
            render = render_untrusted_page if base.metadata_["file_type"] == PDF else render_page
            return await asyncio.to_thread(render, pdf.content, page, width)

        return await self._picture(("base", base.id, page, width), draw)  # an upload never changes

    async def _picture(self, key: Hashable, draw: Draw) -> Picture:
        """The picture of that key, drawn when there is none."""
        picture = self._cache.read(key)
        if picture is None:
            picture = Picture.of(await draw())
            self._cache.store(key, picture)
        return picture


def project_state(session: Session, project_id: int, user_id: int) -> Hashable:
    """What changes whenever the document of a project may have changed; cheap to find out. Raises NotFound."""
    newest = select(func.max(BaseResume.id)).where(BaseResume.user_id == user_id).scalar_subquery()
    row = session.execute(
        select(Project.id, Project.updated_at, Project.base_resume_id, newest).where(
            Project.id == project_id, Project.user_id == user_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return tuple(row)
