"""Pictures of PDF pages, for previews. Knows PyMuPDF; knows nothing of where a PDF comes from."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from services.errors import CorruptDocument, EncryptedDocument, InvalidRequest, NotFound
from services.mupdf_lock import mupdf_lock

if TYPE_CHECKING:
    import pymupdf

MIN_WIDTH, MAX_WIDTH = 16, 3000
MAX_PIXELS = 20_000_000
CACHE_LIMIT_BYTES = 32 * 1024 * 1024


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with _opened(pdf) as document:
        return int(document.page_count)


def render_page(pdf: bytes, page: int, width: int) -> bytes:
    """One page, counted from 1, as a PNG of that many pixels across; raises NotFound when there is no such page."""
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        raise InvalidRequest(f"The width of a page picture is {MIN_WIDTH} to {MAX_WIDTH} pixels.")
    import pymupdf

    with _opened(pdf) as document:
        if not 1 <= page <= document.page_count:
            raise NotFound
        sheet = document[page - 1]
        across, down = sheet.rect.width, sheet.rect.height
        if across <= 0 or width * width * down / across > MAX_PIXELS:
            raise InvalidRequest("This page has a shape of which no picture can be made.")
        scale = width / across
        picture = sheet.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False)
        return bytes(picture.tobytes("png"))


class PageImageCache:
    """Page pictures that were asked for lately, in memory, up to a number of bytes."""

    def __init__(self, limit_bytes: int = CACHE_LIMIT_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._size = 0
        self._pictures: OrderedDict[tuple[bytes, int, int], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def render_page(self, pdf: bytes, page: int, width: int) -> bytes:
        """`render_page`, or what it returned before for the same PDF, page and width."""
        key = (hashlib.sha256(pdf).digest(), page, width)
        with self._lock:
            known = self._pictures.get(key)
            if known is not None:
                self._pictures.move_to_end(key)
                return known
        picture = render_page(pdf, page, width)
        with self._lock:
            if key not in self._pictures:
                self._pictures[key] = picture
                self._size += len(picture)
            while self._size > self._limit_bytes:
                self._size -= len(self._pictures.popitem(last=False)[1])
        return picture


@contextmanager
def _opened(pdf: bytes) -> Iterator["pymupdf.Document"]:
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
