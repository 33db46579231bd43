"""Reads a PDF into numbered lines, and its looks into a style. Asks no model; of words it knows headings and dates."""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from services.document_text import DocumentText, Link, TextLine
from services.errors import CorruptDocument, DocumentTooComplex, EncryptedDocument, NoTextInDocument
from services.pages.mupdf_lock import mupdf_lock
from services.pdf.chips import with_chips_parted
from services.pdf.columns import Band, Column, bands_of
from services.pdf.drawn_marks import Box
from services.pdf.fragments import PageText, read_page
from services.pdf.paragraphs import Paragraph, paragraphs_of
from services.pdf.rows import Row, rows_of
from services.pdf.ruled_cells import with_cells_joined
from services.pdf.running_lines import without_running_lines
from services.pdf.typography import Typography, body_size, typography_of
from services.resume_language.headings import heading_kind

if TYPE_CHECKING:
    import pymupdf

logger = logging.getLogger(__name__)

MAX_PAGES = 30
MAX_CHARACTERS = 200_000
MAX_PAGE_SIDE = 14_400.0
"""Points: the largest page the PDF standard allows."""

_FEWEST_LETTERS, _FEWEST_ROWS = 40, 6
"""From here on the letters of a column show the size of its text."""
_FEWEST_HEADINGS, _SAME_SIZE = 3, 0.4
"""So many headings of known words show how large those of a resume are, to so many points."""
_FEWEST_RULES, _NEAR = 2, 3.0
"""So many lines under headings, as near to each other at both ends (in points), show how wide a column is."""


def read_pdf(document: bytes) -> DocumentText:
    """The lines of a PDF in reading order, wrapped ones re-joined, with what it hides from the eye."""
    pages = _read_pages(document)
    hidden = tuple(text for page in pages for text in page.hidden)
    if sum(len(fragment.text) for page in pages for fragment in page.fragments) > MAX_CHARACTERS:
        raise DocumentTooComplex
    if not any(character.isalnum() for page in pages for f in page.fragments for character in f.text):
        raise NoTextInDocument
    pages, footers = without_running_lines(pages)
    flows = [*_flows(pages), *([footers] if footers else [])]
    body = body_size([fragment for page in pages for fragment in page.fragments])
    links = {page.number: page.links for page in pages}
    lines: list[TextLine] = []
    block = 0
    constructs = (
        ["columns"] if any(len(band.columns) > 1 for page in pages for band in bands_of(page.fragments)) else []
    )
    for flow in flows:
        block += 1
        block = _add_lines(lines, flow, block, body, links)
    return DocumentText(_without_small_headings(lines), hidden, (), tuple(constructs))


def _without_small_headings(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """The lines; what looks like a heading, but is smaller than those of known words, heads no section.

    A single known word may be smaller as well: the "Languages" among the skills of a programmer.
    """
    known = [_size(line) for line in lines if line.heading and heading_kind(line.text) not in (None, "title")]
    shared = [size for size, count in Counter(known).items() if count > 1]
    least = min(shared) - _SAME_SIZE if shared and len(known) >= _FEWEST_HEADINGS else 0.0
    return tuple(replace(line, heading=False) if _size(line) < least else line for line in lines)


def _size(line: TextLine) -> float:
    return line.font_size or 0.0


def read_typography(document: bytes) -> Typography:
    """How the PDF looks, for the clean template that its words are put into."""
    pages = _read_pages(document)
    if not any(page.fragments for page in pages):
        raise NoTextInDocument
    return typography_of(pages)


def _read_pages(document: bytes) -> list[PageText]:
    with opened(document) as pdf:
        return [_read_page(pdf.load_page(number)) for number in range(pdf.page_count)]


def _read_page(page: "pymupdf.Page") -> PageText:
    text = read_page(page)
    return replace(text, fragments=tuple(with_cells_joined(with_chips_parted(text.fragments, page), page)))


@contextmanager
def opened(document: bytes) -> "Iterator[pymupdf.Document]":
    """The PDF, opened and checked: readable without a password, of a size that a resume can have."""
    import pymupdf

    with mupdf_lock:
        pymupdf.TOOLS.mupdf_display_errors(False)
        try:
            with pymupdf.open(stream=document, filetype="pdf") as pdf:
                _refuse_unfit(pdf)
                yield pdf
        except (
            pymupdf.FileDataError,
            pymupdf.EmptyFileError,
            pymupdf.mupdf.FzErrorBase,
            RuntimeError,
            ValueError,
        ) as e:
            logger.warning("pdf_unreadable", exc_info=True)
            raise CorruptDocument from e


def _refuse_unfit(pdf: "pymupdf.Document") -> None:
    if pdf.needs_pass:
        raise EncryptedDocument
    if pdf.page_count == 0:
        raise CorruptDocument
    if pdf.page_count > MAX_PAGES:
        raise DocumentTooComplex
    if any(max(pdf.page_cropbox(number).br) > MAX_PAGE_SIDE for number in range(pdf.page_count)):
        raise DocumentTooComplex


# --- Reading order over pages ---


def _flows(pages: Sequence[PageText]) -> list[list[Row]]:
    """Rows in reading order; a column that goes on at the top of the next page goes on here, too."""
    flows: list[list[Row]] = []
    open_band: Band | None = None
    open_flows: list[list[Row]] = []
    for page in pages:
        for index, band in enumerate(bands_of(page.fragments)):
            rows = [
                rows_of(c.fragments, page.number, reach)
                for c, reach in zip(band.columns, _reaches(page, band), strict=True)
            ]
            place = _continued_columns(open_band, band) if index == 0 else None
            if place is not None:
                for at, column_rows in zip(place, rows, strict=True):
                    open_flows[at].extend(column_rows)
                if len(band.columns) > 1:
                    open_band = band
                continue
            flows.extend(rows)
            open_band, open_flows = (band, rows) if len(band.columns) > 1 else (None, [])
    return flows


def _reaches(page: PageText, band: Band) -> list[float]:
    """How far to the right each column may go: as its headings' lines do, else up to the next column.

    The last may go as near to the edge of the page as the first.
    """
    left = min(fragment.x0 for fragment in page.fragments)
    limits = [*band.gutters, max(page.width - left, band.columns[-1].right)]
    return [_ruled_reach(page, c, limit) or limit for c, limit in zip(band.columns, limits, strict=True)]


def _ruled_reach(page: PageText, column: Column, limit: float) -> float | None:
    """Where the lines under a column's headings end, if two and more begin where it does and end as one."""
    ends = sorted(
        x1 for x0, _, x1, _ in page.rules if abs(x0 - column.left) <= _NEAR and column.right - 2 <= x1 <= limit
    )
    return ends[-1] if len(ends) >= _FEWEST_RULES and ends[-1] - ends[0] <= _NEAR else None


def _continued_columns(before: Band | None, band: Band) -> list[int] | None:
    """Which columns of the band before go on in this one, or None when it is something new."""
    if before is None:
        return None
    if len(band.columns) == len(before.columns):
        same = all(abs(a - b) <= 6 for a, b in zip(before.gutters, band.gutters, strict=True))
        return list(range(len(band.columns))) if same else None
    if len(band.columns) == 1:
        column = band.columns[0]
        for at, old in enumerate(before.columns):
            next_left = before.columns[at + 1].left if at + 1 < len(before.columns) else float("inf")
            if old.left - 4 <= column.left and column.right <= max(
                old.right + 12, next_left - 4 if next_left < 1e6 else 0
            ):
                return [at]
    return None


# --- Lines ---


def _add_lines(
    lines: list[TextLine],
    rows: list[Row],
    block: int,
    body: float,
    links: dict[int, tuple[tuple[Box, str], ...]],
) -> int:
    indents = _list_indents(rows)
    body = min(body, _usual_size(rows, body))
    previous: Paragraph | None = None
    for paragraph in paragraphs_of(rows):
        first = paragraph.rows[0]
        if previous is not None and _is_apart(previous.rows[-1], first):
            block += 1
        lines.append(
            TextLine(
                number=len(lines) + 1,
                text=paragraph.text,
                marker=first.marker,
                list_level=indents.index(_nearest(indents, first.x0)) if first.marker else None,
                heading=_looks_like_heading(paragraph, body),
                bold=all(row.bold for row in paragraph.rows),
                font_size=round(first.size, 1),
                block=block,
                page=first.page,
                links=_links_of(paragraph, links),
            )
        )
        previous = paragraph
    return block


def _usual_size(rows: Sequence[Row], otherwise: float) -> float:
    """The size that most letters of a column have; where they are few, it says nothing."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size * 2) / 2] += len(row.text)
    usual, letters = sizes.most_common(1)[0]
    return usual if letters >= _FEWEST_LETTERS and len(rows) >= _FEWEST_ROWS else otherwise


def _is_apart(last: Row, first: Row) -> bool:
    return last.page != first.page or first.y0 - last.y1 > 0.6 * min(last.size, first.size) or first.y1 < last.y0


def _list_indents(rows: Sequence[Row]) -> list[float]:
    out: list[float] = []
    for x0 in sorted(row.x0 for row in rows if row.marker):
        if not out or x0 - out[-1] > 5:
            out.append(x0)
    return out


def _nearest(indents: list[float], x0: float) -> float:
    return min(indents, key=lambda indent: abs(indent - x0))


def _looks_like_heading(paragraph: Paragraph, body: float) -> bool:
    first, text = paragraph.rows[0], paragraph.text
    letters = [c for c in text if c.isalpha()]
    if first.marker or len(first.cells) > 1 or len(text) > 60 or not letters or text.endswith((".", ",", ";")):
        return False
    caps = all(c.isupper() for c in letters) and len(letters) >= 3
    return first.size >= 1.12 * body or (first.bold and caps)


def _links_of(paragraph: Paragraph, links: dict[int, tuple[tuple[Box, str], ...]]) -> tuple[Link, ...]:
    out: list[Link] = []
    for row in paragraph.rows:
        for area, url in links.get(row.page, ()):
            if not (area[1] - 2 <= (row.y0 + row.y1) / 2 <= area[3] + 2):
                continue
            words = _words_under(row, area)
            if words and Link(words, url) not in out:
                out.append(Link(words, url))
    return tuple(out)


def _words_under(row: Row, area: Box) -> str:
    """The words of a row under a link's area, their places reckoned from the width of a letter."""
    for cell in row.cells:
        if cell.x1 <= area[0] + 1 or cell.x0 >= area[2] - 1:
            continue
        letter = (cell.x1 - cell.x0) / max(len(cell.text), 1)
        words = [
            match.group()
            for match in re.finditer(r"\S+", cell.text)
            if area[0] - 1 <= cell.x0 + letter * (match.start() + match.end()) / 2 <= area[2] + 1
        ]
        return " ".join(words).strip("|•·,; ")
    return ""
