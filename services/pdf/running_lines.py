"""Takes running headers, footers and page numbers away from the pages of a PDF.

Knows the edges of a page; knows nothing of columns.
"""

import re
from collections import Counter
from dataclasses import replace

from services.pdf.drawn_marks import Box
from services.pdf.fragments import PageText
from services.pdf.rows import Row, rows_of

_MARGIN_ZONE = 0.075
_PAGE_NUMBER = re.compile(
    r"^\W*(page|seite|página|pagina|sida|p\.)?\s*\d{1,3}(\s*(/|of|von|de|sur|di|van|av)\s*\d{1,3})?\W*$"
    r"|\b\d{1,3}\s*(/|of|von|sur|di|van|av)\s*\d{1,3}$",
    re.IGNORECASE,
)
_PRINTED_AT = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}[,.]? \d{1,2}[:.]\d{2}\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(file|https?|about|chrome-extension):\S*(\s*\d+\s*/\s*\d+)?", re.IGNORECASE)


def without_running_lines(pages: list[PageText]) -> tuple[list[PageText], list[Row]]:
    """The pages without what repeats at their edges, and what is kept of it: other words than page numbers, once."""
    edges = {page.number: _edge_rows(page) for page in pages}
    count = Counter(shape for rows in edges.values() for shape in {_shape(row) for row in rows})
    kept: dict[str, Row] = {}
    out: list[PageText] = []
    for page in pages:
        gone: set[Box] = set()
        for row in edges[page.number]:
            number = len(pages) > 1 and bool(_PAGE_NUMBER.search(row.cells[-1].text))
            if _is_printed_by_browser(row):
                gone.update(row.boxes)
                continue
            if not number and count[_shape(row)] < 2:
                continue
            if page.number == 1 and row.y0 < page.height / 2 and not number:
                continue
            gone.update(row.boxes)
            words = tuple(cell for cell in row.cells if not _PAGE_NUMBER.search(cell.text))
            if words and page.number == 1:
                kept.setdefault(_shape(row), replace(row, cells=words))
        out.append(replace(page, fragments=tuple(f for f in page.fragments if f.box not in gone)))
    return out, list(kept.values())


def _is_printed_by_browser(row: Row) -> bool:
    """Whether a browser wrote it around the page that it printed: when and what above, where from below."""
    first, last = row.cells[0].text, row.cells[-1].text
    return bool(_PRINTED_AT.match(first) or (_ADDRESS.fullmatch(first) and _PAGE_NUMBER.search(last)))


def _edge_rows(page: PageText) -> list[Row]:
    """The rows in the margins at the top and at the bottom."""
    inside = [
        fragment
        for fragment in page.fragments
        if fragment.y1 < _MARGIN_ZONE * page.height or fragment.y0 > (1 - _MARGIN_ZONE) * page.height
    ]
    return rows_of(inside, page.number, page.width)


def _shape(row: Row) -> str:
    return re.sub(r"\d+", "#", row.text.casefold())
