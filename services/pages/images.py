"""Pictures of PDF pages, for previews. Knows PyMuPDF; knows nothing of where a PDF comes from."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.errors import CorruptDocument, EncryptedDocument, InvalidRequest, NotFound
from services.pages.mupdf_lock import mupdf_lock

if TYPE_CHECKING:
    import pymupdf

MIN_WIDTH, MAX_WIDTH = 16, 3000
MAX_PIXELS = 20_000_000
CACHE_LIMIT_BYTES = 32 * 1024 * 1024


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with opened_pdf(pdf) as document:
        return int(document.page_count)


def render_page(pdf: bytes, page: int, width: int) -> bytes:
    """One page, counted from 1, as a PNG of that many pixels across; raises NotFound when there is no such page."""
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        raise InvalidRequest(f"The width of a page picture is {MIN_WIDTH} to {MAX_WIDTH} pixels.")
    import pymupdf

    with opened_pdf(pdf) as document:
        if not 1 <= page <= document.page_count:
            raise NotFound
        sheet = document[page - 1]
        across, down = sheet.rect.width, sheet.rect.height
        if across <= 0 or width * width * down / across > MAX_PIXELS:
            raise InvalidRequest("This page has a shape of which no picture can be made.")
        scale = width / across
        picture = sheet.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False)
        return bytes(picture.tobytes("png"))


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and a name of its content: the same picture has the same tag."""

    content: bytes
    tag: str

    @classmethod
    def of(cls, content: bytes) -> "Picture":
        """The picture with its tag."""
        return cls(content, hashlib.sha256(content).hexdigest())


class PictureCache:
    """Pictures that were made lately, in memory, up to a number of bytes."""

    def __init__(self, limit_bytes: int = CACHE_LIMIT_BYTES) -> None:
        """Empty."""
        self._limit_bytes = limit_bytes
        self._size = 0
        self._pictures: OrderedDict[Hashable, Picture] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, key: Hashable) -> Picture | None:
        """The picture that was stored under the key, if it is still there."""
        with self._lock:
            picture = self._pictures.get(key)
            if picture is not None:
                self._pictures.move_to_end(key)
            return picture

    def store(self, key: Hashable, picture: Picture) -> None:
        """Keep a picture; those that were not asked for longest make room for it."""
        with self._lock:
            if (replaced := self._pictures.pop(key, None)) is not None:
                self._size -= len(replaced.content)
            self._pictures[key] = picture
            self._size += len(picture.content)
            while self._size > self._limit_bytes:
                self._size -= len(self._pictures.popitem(last=False)[1].content)


@contextmanager
def opened_pdf(pdf: bytes) -> Iterator["pymupdf.Document"]:
    """A PDF for as long as the block lasts, which must be short: nobody else can use PyMuPDF meanwhile."""
    import pymupdf

    with mupdf_lock:
        try:
            document = pymupdf.open(stream=pdf, filetype="pdf")
        except (pymupdf.FileDataError, pymupdf.EmptyFileError) as error:
            raise CorruptDocument("The file is not a PDF that can be read.") from error
        try:
            if document.needs_pass:
                raise EncryptedDocument
            yield document
        finally:
            document.close()
