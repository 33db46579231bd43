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
from services.page_images import MAX_PIXELS, opened_pdf

if TYPE_CHECKING:
    import pymupdf

MARK_COLOUR, MARK_OPACITY = (1.0, 0.85, 0.2), 0.4
GAP_COLOUR, GAP_SHARE = (0.75, 0.75, 0.75), 0.015  # between two pages, as a share of the width


def render_marked_pages(pdf: bytes, lines: Sequence[str], width: int) -> bytes:
    """All pages, one below the other, as a PNG of that many pixels across; a line that is not found stays unmarked.

    Raises InvalidRequest when so many pages would make too large a picture.
    """
    with opened_pdf(pdf) as document:
        for place in _Print(document).places_of(lines):
            document[place.page].draw_rect(
                place.rectangle, color=MARK_COLOUR, fill=MARK_COLOUR, stroke_opacity=0.2, fill_opacity=MARK_OPACITY
            )
        return _stacked(document, width)


def _stacked(document: "pymupdf.Document", width: int) -> bytes:
    import pymupdf

    across = max(page.rect.width for page in document.pages())
    gap = across * GAP_SHARE
    heights = [page.rect.height * across / page.rect.width for page in document.pages()]
    down = sum(heights) + gap * (len(heights) - 1)
    if width * width * down / across > MAX_PIXELS:
        raise InvalidRequest("The document is too long for one picture of this width. Please ask for a smaller one.")
    with pymupdf.open() as sheets:
        sheet = sheets.new_page(width=across, height=down)
        sheet.draw_rect(sheet.rect, color=None, fill=GAP_COLOUR)
        top = 0.0
        for number, height in enumerate(heights):
            frame = pymupdf.Rect(0, top, across, top + height)
            sheet.draw_rect(frame, color=None, fill=(1, 1, 1))
            sheet.show_pdf_page(frame, document, number)
            top += height + gap
        scale = width / across
        return bytes(sheet.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False).tobytes("png"))


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
