"""One picture of all pages of a PDF with given lines marked, to see at a glance what changed.

Lines are looked up by their letters alone, so wraps, hyphens, tabs, capitals and page breaks do not matter.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.errors import InvalidRequest
from services.pages.images import MAX_PIXELS, opened_pdf

if TYPE_CHECKING:
    import pymupdf

MARK_COLOUR = (1.0, 0.9, 0.35)
GAP_GREY, GAP_SHARE = 190, 0.015  # between two pages; the height as a share of the width


def render_marked_pages(pdf: bytes, lines: Sequence[str], width: int) -> bytes:
    """All pages, one below the other, as a PNG of that many pixels across; a line that is not found stays unmarked.

    Raises InvalidRequest when so many pages would make too large a picture.
    """
    with opened_pdf(pdf) as document:
        gap = round(width * GAP_SHARE)
        if sum(_height(page, width) + gap for page in document.pages()) * width > MAX_PIXELS:
            raise InvalidRequest(
                "The document is too long for one picture of this width. Please ask for a smaller one."
            )
        places = list(_Print(document).places_of(lines))
        pictures = []
        for page in document.pages():
            for place in (place for place in places if place.page == page.number):
                mark = page.add_highlight_annot(place.rectangle)  # it darkens, so the words stay readable
                mark.set_colors(stroke=MARK_COLOUR)
                mark.update()
            pictures.append(_drawn(page, width))
        return _stacked(pictures, width, gap)


def _height(page: "pymupdf.Page", width: int) -> float:
    return float(page.rect.height * width / page.rect.width)


def _drawn(page: "pymupdf.Page", width: int) -> "pymupdf.Pixmap":
    import pymupdf

    scale = width / page.rect.width
    return page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False)


def _stacked(pictures: "Sequence[pymupdf.Pixmap]", width: int, gap: int) -> bytes:
    import pymupdf

    height = sum(picture.height + gap for picture in pictures) - gap
    whole = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, width, height), False)
    whole.clear_with(GAP_GREY)  # set_rect is 100 times slower
    top = 0
    for picture in pictures:
        picture.set_origin(0, top)
        whole.copy(picture, picture.irect)
        top += picture.height + gap
    return bytes(whole.tobytes("png"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Words that stand side by side on a page."""

    page: int
    rectangle: "pymupdf.Rect"


@dataclass(frozen=True, slots=True)
class _Word:
    """A printed word: where it stands, where its letters begin among all letters, and its visual line."""

    rectangle: "pymupdf.Rect"
    start: int
    line: tuple[int, int, int]


class _Print:
    """What a document says, as one string of letters and digits, and where each word of it stands."""

    def __init__(self, document: "pymupdf.Document") -> None:
        import pymupdf

        self._words: list[_Word] = []
        pieces: list[str] = []
        length = 0
        for page in document.pages():
            for x0, y0, x1, y1, text, block, line, _ in page.get_text("words"):
                if letters := _letters(text):
                    self._words.append(_Word(pymupdf.Rect(x0, y0, x1, y1), length, (page.number, block, line)))
                    pieces.append(letters)
                    length += len(letters)
        self._letters = "".join(pieces)
        self._starts = [word.start for word in self._words]

    def places_of(self, lines: Iterable[str]) -> Iterator[_Place]:
        """The places of the lines, which are expected in the document's order; the parts between tabs on their own."""
        last = -1
        for piece in (piece for line in lines for piece in line.split("\t")):
            found = self._find(_letters(piece), after=last)
            if found is not None:
                last = found.start
                yield from self._rectangles(self._words[found.start : found.stop])

    def _find(self, wanted: str, *, after: int) -> range | None:
        """The words that are these letters. A whole visual line wins over a part of one, then what comes next."""
        found = [words for start in _occurrences(wanted, self._letters) if (words := self._words_at(start, wanted))]
        return min(found, key=lambda words: (not self._begins_a_line(words), words.start <= after), default=None)

    def _words_at(self, start: int, wanted: str) -> range | None:
        """The whole words from one offset on, None when it cuts one."""
        first, end = bisect_left(self._starts, start), start + len(wanted)
        beyond = bisect_left(self._starts, end)
        begins = first < len(self._starts) and self._starts[first] == start
        ends = end == len(self._letters) or (beyond < len(self._starts) and self._starts[beyond] == end)
        return range(first, beyond) if begins and ends else None

    def _begins_a_line(self, words: range) -> bool:
        return words.start == 0 or self._words[words.start - 1].line != self._words[words.start].line

    @staticmethod
    def _rectangles(words: Iterable[_Word]) -> Iterator[_Place]:
        by_line: dict[tuple[int, int, int], pymupdf.Rect] = {}
        for word in words:
            by_line[word.line] = by_line[word.line] | word.rectangle if word.line in by_line else word.rectangle
        for (page, _, _), rectangle in by_line.items():
            yield _Place(page, rectangle)


def _occurrences(wanted: str, text: str) -> Iterator[int]:
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        yield start
        start = text.find(wanted, start + 1)


def _letters(text: str) -> str:
    """What remains of a text however it is wrapped, spaced and capitalised."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
