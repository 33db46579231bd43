"""Keeps a tailored resume on as many pages as it had: renders both and takes back what makes it longer, and says so.

Leaves the PDF of the result in the converter's cache, where it will be asked for next. Knows no database and no HTTP.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field

from schemas.change_schemas import Change, ChangeKind, Decision
from schemas.resume_schemas import ResumeData
from services.errors import PdfUnavailable, SkillMapError
from services.file_storage import FileStorage
from services.pages.images import page_count
from services.pdf_service import PdfConverter
from services.resume_changes import apply_changes, is_applied
from services.resume_document import ResumeTemplate, write_resume

logger = logging.getLogger(__name__)

TIME_LIMIT_SECONDS = 20.0
NO_LIBREOFFICE = "Whether your resume still fits its pages was not checked: this server has no LibreOffice."
NOT_CHECKED = "Whether your resume still fits its pages could not be checked. Please look at its preview."


@dataclass(frozen=True, slots=True)
class FittedChanges:
    """The changes of a run, some of them taken back, and what the person should know about that."""

    changes: list[Change]
    warnings: list[str] = field(default_factory=list)


class PageBudget:
    """Fits changes into pages. Made once in the lifespan."""

    def __init__(self, storage: FileStorage, converter: PdfConverter) -> None:
        """Put the parts together."""
        self._storage = storage
        self._converter = converter

    async def count(self, template: ResumeTemplate, resume: ResumeData, *, owner: str) -> int | None:
        """How many pages the resume has as it is; None where that is unknown. Takes seconds, raises nothing."""
        with contextlib.suppress(SkillMapError):  # `fit` will say so
            return await _Rendering(self._storage, self._converter, template, resume, owner).pages([])
        return None

    async def fit(
        self,
        template: ResumeTemplate,
        resume: ResumeData,
        changes: list[Change],
        *,
        pages_before: Awaitable[int | None],
        owner: str,
        may_grow: bool,
    ) -> FittedChanges:
        """The changes of `resume` without those that cost it another page; all of them where that cannot be found out.

        `pages_before` is what `count` says, maybe not yet. Raises nothing: a run is worth more than its page count.
        """
        if not any(is_applied(change) for change in changes):
            return FittedChanges(changes)
        try:
            async with asyncio.timeout(TIME_LIMIT_SECONDS):
                rendering = _Rendering(self._storage, self._converter, template, resume, owner)
                return await self._fit(rendering, changes, pages_before, may_grow)
        except PdfUnavailable:
            return FittedChanges(changes, [NO_LIBREOFFICE])
        except TimeoutError:
            logger.warning("page_budget_skipped reason=time_limit")
        except SkillMapError as error:
            logger.warning("page_budget_skipped reason=%s", error.code)
        return FittedChanges(changes, [NOT_CHECKED])

    async def _fit(
        self, rendering: "_Rendering", changes: list[Change], pages_before: Awaitable[int | None], may_grow: bool
    ) -> FittedChanges:
        after = await rendering.pages(changes)
        if may_grow or not any(_added(change) > 0 for change in changes if is_applied(change)):
            return FittedChanges(changes)
        before = await pages_before
        if before is None:
            before = await rendering.pages([])
        if after <= before:
            return FittedChanges(changes)
        ranked = sorted((change for change in changes if is_applied(change)), key=_relevance)
        # How many have to go: all of them surely are enough, because that leaves the resume as it was.
        fewest, enough = 1, len(ranked)
        while fewest < enough:
            middle = (fewest + enough) // 2
            if await rendering.pages(_without(changes, ranked[:middle], after)) <= before:
                enough = middle
            else:
                fewest = middle + 1
        logger.info("page_budget_kept pages=%d taken_back=%d of=%d", before, enough, len(ranked))
        return FittedChanges(_without(changes, ranked[:enough], after), [_warning(enough, before, after)])


@dataclass(frozen=True, slots=True)
class _Rendering:
    """Counts the pages of a template with changes in it, as its owner will get them."""

    storage: FileStorage
    converter: PdfConverter
    template: ResumeTemplate
    resume: ResumeData
    owner: str

    async def pages(self, changes: Sequence[Change]) -> int:
        """How many pages the document has when those of the changes that count are in it."""
        document = await asyncio.to_thread(self._document, changes)
        pdf = await self.converter.convert_async(document, owner=self.owner)
        return await asyncio.to_thread(page_count, pdf)

    def _document(self, changes: Sequence[Change]) -> bytes:
        resume = apply_changes(self.resume, changes)
        return write_resume(self.storage.read(self.template.stored_name), self.template, resume).content


def _added(change: Change) -> int:
    """By how many characters a change makes its line longer."""
    if not isinstance(change.proposed, str):
        return 0
    return len(change.proposed) - (len(change.original) if isinstance(change.original, str) else 0)


def _relevance(change: Change) -> tuple[bool, bool, bool, int]:
    """What is taken back first sorts first: what adds text and serves no requirement, a new item, a long addition."""
    added = _added(change)
    return added <= 0, change.requirement is not None, change.kind is not ChangeKind.INSERT, -added


def _without(changes: Sequence[Change], taken_back: Sequence[Change], pages: int) -> list[Change]:
    """The changes with some of them rejected, and the reason why."""
    ids = {change.id for change in taken_back}
    reason = f"Taken back: the resume would have grown to {pages} pages."
    return [
        change.model_copy(
            update={
                "decision": Decision.REJECTED,
                "taken_back": True,
                "verdict_reasons": [*change.verdict_reasons, reason],
            }
        )
        if change.id in ids
        else change
        for change in changes
    ]


def _warning(count: int, before: int, after: int) -> str:
    what = "1 change was" if count == 1 else f"{count} changes were"
    return f"{what} taken back, because your resume would have grown {_from_to(before, after)}."


def growth_warnings(before: int, after: int) -> tuple[str, ...]:
    """What to tell about a resume that has these numbers of pages, as uploaded and as it now stands."""
    return (f"Your resume has grown {_from_to(before, after)}.",) if after > before else ()


def _from_to(before: int, after: int) -> str:
    return f"from {'1 page' if before == 1 else f'{before} pages'} to {after}"
