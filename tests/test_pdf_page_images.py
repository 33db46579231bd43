"""Pictures of pages: the asked width, the right page, and a clear answer for everything that cannot be drawn."""

import struct
from concurrent.futures import ThreadPoolExecutor

import pymupdf
import pytest

from services.errors import CorruptDocument, EncryptedDocument, InvalidRequest, NotFound
from services.pages.images import Picture, PictureCache, page_count, render_page


def pdf_with(*colours: tuple[float, float, float], **options: object) -> bytes:
    """A PDF with one page per colour."""
    with pymupdf.open() as document:
        for colour in colours:
            page = document.new_page()
            page.draw_rect(page.rect, color=colour, fill=colour)
        return bytes(document.tobytes(**options))


RED, BLUE = (1, 0, 0), (0, 0, 1)


def width_of(png: bytes) -> int:
    assert png.startswith(b"\x89PNG")
    return int(struct.unpack(">I", png[16:20])[0])


def middle_of(png: bytes) -> tuple[int, ...]:
    picture = pymupdf.Pixmap(png)
    return tuple(picture.pixel(picture.width // 2, picture.height // 2))


def test_pages_are_counted() -> None:
    assert page_count(pdf_with(RED, BLUE)) == 2


@pytest.mark.parametrize("width", [100, 333, 816, 1240])
def test_a_picture_has_the_width_that_was_asked_for(width: int) -> None:
    assert width_of(render_page(pdf_with(RED), 1, width)) == width


def test_pages_are_numbered_from_one() -> None:
    pdf = pdf_with(RED, BLUE)
    assert [middle_of(render_page(pdf, page, 50)) for page in (1, 2)] == [(255, 0, 0), (0, 0, 255)]


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_page_that_is_not_there_is_not_found(page: int) -> None:
    with pytest.raises(NotFound):
        render_page(pdf_with(RED, BLUE), page, 100)


@pytest.mark.parametrize("width", [0, -5, 100_000])
def test_an_absurd_width_is_refused(width: int) -> None:
    with pytest.raises(InvalidRequest):
        render_page(pdf_with(RED), 1, width)


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7 and no more"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(CorruptDocument):
        page_count(data)


def test_a_protected_pdf_is_refused() -> None:
    locked = pdf_with(RED, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="u", owner_pw="o")
    with pytest.raises(EncryptedDocument):
        render_page(locked, 1, 100)


def test_the_cache_gives_back_what_was_stored() -> None:
    cache = PictureCache()
    assert cache.read("page 1") is None
    cache.store("page 1", Picture.of(b"old"))
    cache.store("page 1", Picture.of(b"new"))
    assert cache.read("page 1") == Picture.of(b"new")


def test_a_full_cache_forgets_what_was_not_asked_for_longest() -> None:
    cache = PictureCache(limit_bytes=10)
    cache.store("first", Picture.of(b"12345"))
    cache.store("second", Picture.of(b"12345"))
    cache.read("first")
    cache.store("third", Picture.of(b"1"))
    assert [name for name in ("first", "second", "third") if cache.read(name)] == ["first", "third"]


def test_a_picture_larger_than_the_cache_is_not_kept() -> None:
    cache = PictureCache(limit_bytes=3)
    cache.store("large", Picture.of(b"12345"))
    cache.store("small", Picture.of(b"123"))
    assert (cache.read("large"), cache.read("small")) == (None, Picture.of(b"123"))


def test_many_threads_may_draw_at_once() -> None:
    pdf = pdf_with(RED, BLUE)
    with ThreadPoolExecutor(8) as threads:
        pictures = list(threads.map(lambda number: render_page(pdf, number % 2 + 1, 60), range(40)))
    assert {middle_of(picture) for picture in pictures[0::2]} == {(255, 0, 0)}
    assert {middle_of(picture) for picture in pictures[1::2]} == {(0, 0, 255)}
