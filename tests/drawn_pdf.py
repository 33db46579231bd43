"""Small PDFs drawn for tests: text at places, in sizes and colours, on one page or more."""

from collections.abc import Sequence
from dataclasses import dataclass

import pymupdf

Color = tuple[float, float, float]
BLACK: Color = (0, 0, 0)
WHITE: Color = (1, 1, 1)


@dataclass(frozen=True)
class Words:
    """Text on one base line."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False
    color: Color = BLACK
    render_mode: int = 0


def pdf_of(*pages: Sequence[Words], boxes: Sequence[tuple[tuple[float, float, float, float], Color]] = ()) -> bytes:
    """A Letter-size PDF with these words on its pages; boxes are painted on each page first."""
    document = pymupdf.open()
    for words in pages:
        page = document.new_page(width=612, height=792)
        for area, color in boxes:
            page.draw_rect(pymupdf.Rect(area), color=color, fill=color)
        for word in words:
            font = "hebo" if word.bold else "helv"
            page.insert_text(
                (word.x, word.y), word.text, fontsize=word.size, fontname=font, color=word.color,
                render_mode=word.render_mode,
            )  # fmt: skip
    return bytes(document.tobytes())


def pdf_with_content(words: Sequence[Words], content: str) -> bytes:
    """A page with these words, and what these operators of the PDF language draw in `/helv` and `/hebo`."""
    fonts = [Words(0, 0, "."), Words(0, 0, ".", bold=True)]  # above the page: makes both fonts known to it
    with pymupdf.open(stream=pdf_of([*words, *fonts]), filetype="pdf") as document:
        page = document[0]
        added = document.get_new_xref()
        document.update_object(added, "<<>>")
        document.update_stream(added, content.encode())
        parts = " ".join(f"{part} 0 R" for part in (*page.get_contents(), added))
        document.xref_set_key(page.xref, "Contents", f"[{parts}]")
        return bytes(document.tobytes())


def column(x: float, y: float, *lines: str, size: float = 10, pitch: float = 13) -> list[Words]:
    """Lines below each other; a line that starts with `#` is a bold heading, an empty one a gap."""
    out: list[Words] = []
    for line in lines:
        if line:
            heading = line.startswith("#")
            out.append(Words(x, y, line.lstrip("# "), size + 2 if heading else size, bold=heading))
        y += pitch
    return out
