"""The pieces of text that a PDF page shows, with place and looks, and those that it hides. Knows no reading order."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict, cast

if TYPE_CHECKING:
    import pymupdf

Box = tuple[float, float, float, float]

TINY_TEXT = 2.0
"""Points up to which text cannot be read by a person."""

WHITE = (1.0, 1.0, 1.0)
_SAME_COLOR = 0.06

_BOLD_FLAG, _ITALIC_FLAG = 1 << 4, 1 << 1
_FILLED, _STROKED = 16, 8
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ICON_FONT = re.compile(r"awesome|icon|material|glyph|fontello|ionic|marvosym", re.IGNORECASE)
_PRIVATE_USE = re.compile(r"[\ue000-\uf8ff]")
_CELL_GAP = re.compile(r"[ \u00a0\u2002-\u200a]{3,}|\t+")
_SYMBOL_BULLETS = re.compile(r"[\uf0b7\uf0a7\uf076\uf0d8\uf0fc\uf0a8\uf0e8\uf0f0\uf071\uf06e\uf06f]")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of text on one base line without a wide gap in it."""

    text: str
    box: Box
    baseline: float
    size: float
    font: str
    bold: bool
    italic: bool
    color: int
    starts_bold: bool

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.box[0]

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.box[2]

    @property
    def y0(self) -> float:
        """Upper edge."""
        return self.box[1]

    @property
    def y1(self) -> float:
        """Lower edge."""
        return self.box[3]


@dataclass(frozen=True, slots=True)
class PageText:
    """What one page shows and hides."""

    number: int
    width: float
    height: float
    fragments: tuple[Fragment, ...]
    hidden: tuple[str, ...]
    links: tuple[tuple[Box, str], ...]


class _Span(TypedDict):
    text: str
    bbox: Box
    origin: tuple[float, float]
    size: float
    font: str
    flags: int
    char_flags: int
    color: int
    alpha: int


def read_page(page: "pymupdf.Page") -> PageText:
    """The visible and hidden text of a page; a page whose whole text is invisible (OCR under a scan) shows it."""
    import pymupdf

    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_COLLECT_STYLES
    blocks = page.get_text("dict", flags=flags)["blocks"]
    lines = [line for block in blocks for line in block.get("lines", []) if line["spans"]]
    paint = _Paint(page)
    shown: list[Fragment] = []
    hidden: list[str] = []
    under_image: list[Fragment] = []
    for line in lines:
        upright = line["dir"][0] > 0.9
        visible: list[_Span] = []
        for span in cast("list[_Span]", line["spans"]):
            if paint.hides(span):
                if span["text"].strip():
                    hidden.append(span["text"].strip())
                    under_image.extend(_fragments([span]))
            elif upright or span["text"].strip():
                visible.append(span)
        shown.extend(_fragments(visible))
    if not shown and under_image and paint.has_image:
        shown, hidden = under_image, []
    links = tuple((cast(Box, tuple(link["from"])), str(link["uri"])) for link in page.get_links() if link.get("uri"))
    return PageText(
        number=page.number + 1,
        width=page.rect.width,
        height=page.rect.height,
        fragments=tuple(_without_doubles(shown)),
        hidden=tuple(hidden),
        links=links,
    )


class _Paint:
    """What is painted under the text of a page: tells whether words can be seen against it."""

    def __init__(self, page: "pymupdf.Page") -> None:
        self._bounds = page.rect
        self._fills: list[tuple[Box, tuple[float, ...]]] = []
        self._images: list[Box] = [tuple(info["bbox"]) for info in page.get_image_info()]
        self._page = page
        self._fills_known = False

    @property
    def has_image(self) -> bool:
        """Whether the page holds a picture."""
        return bool(self._images)

    def hides(self, span: _Span) -> bool:
        """Whether nobody can see these words: no ink, tiny, off the page, or in the colour of what lies beneath."""
        x, y = (span["bbox"][0] + span["bbox"][2]) / 2, (span["bbox"][1] + span["bbox"][3]) / 2
        if not (self._bounds.x0 <= x <= self._bounds.x1 and self._bounds.y0 <= y <= self._bounds.y1):
            return True
        if span["size"] <= TINY_TEXT or span["alpha"] <= 12 or not span["char_flags"] & (_FILLED | _STROKED):
            return True
        ink = _rgb(span["color"])
        if min(ink) < 0.8:
            return False
        return self._is_same_as_ground(ink, x, y)

    def _is_same_as_ground(self, ink: tuple[float, ...], x: float, y: float) -> bool:
        if any(_holds(box, x, y) for box in self._images):
            return False
        if not self._fills_known:
            self._read_fills()
        ground: tuple[float, ...] = WHITE
        for box, color in self._fills:
            if _holds(box, x, y):
                ground = color
        return max(abs(a - b) for a, b in zip(ink, ground, strict=True)) < _SAME_COLOR

    def _read_fills(self) -> None:
        for drawing in self._page.get_cdrawings():
            fill = drawing.get("fill")
            if fill is not None and len(fill) == 3:
                self._fills.append((cast(Box, tuple(drawing["rect"])), tuple(fill)))
        self._fills_known = True


def _rgb(color: int) -> tuple[float, float, float]:
    return (color >> 16 & 255) / 255, (color >> 8 & 255) / 255, (color & 255) / 255


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _fragments(spans: list[_Span]) -> list[Fragment]:
    """The spans of one line as fragments, cut where runs of spaces stand for a gap."""
    pieces: list[tuple[str, _Span]] = []
    for span in spans:
        text = _clean(span["text"], span["font"])
        if text:
            pieces.append((text, span))
    if not any(text.strip() for text, _ in pieces):
        return []
    whole = "".join(text for text, _ in pieces)
    inked = [(text, span) for text, span in pieces if text.strip()]
    box = (
        min(span["bbox"][0] for _, span in inked),
        min(span["bbox"][1] for _, span in inked),
        max(span["bbox"][2] for _, span in inked),
        max(span["bbox"][3] for _, span in inked),
    )
    main = max(inked, key=lambda piece: len(piece[0]))[1]
    first = next((span for text, span in inked if any(c.isalnum() for c in text)), main)
    letters = [(sum(c.isalnum() for c in text), _is_bold(span)) for text, span in inked]
    bold = sum(n for n, is_bold in letters if is_bold) >= 0.9 * sum(n for n, _ in letters) > 0
    line = Fragment(
        text=whole,
        box=box,
        baseline=main["origin"][1],
        size=max(span["size"] for text, span in inked if len(text) >= 0.3 * len(whole.strip()) or span is main),
        font=main["font"],
        bold=bold,
        italic=bool(main["flags"] & _ITALIC_FLAG),
        color=main["color"],
        starts_bold=_is_bold(first),
    )
    return _cut_at_gaps(line)


def _clean(text: str, font: str) -> str:
    """The text in composed form, without icons and control characters."""
    if _ICON_FONT.search(font):
        text = _PRIVATE_USE.sub(" ", text)
    text = _PRIVATE_USE.sub(lambda m: m.group() if _SYMBOL_BULLETS.match(m.group()) else " ", text)
    text = "".join(
        c for c in text if c == "\t" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in "\u200b\ufeff")
    )
    return unicodedata.normalize("NFC", text)


def _is_bold(span: _Span) -> bool:
    return bool(span["flags"] & _BOLD_FLAG) or bool(_BOLD_NAME.search(span["font"]))


def _cut_at_gaps(line: Fragment) -> list[Fragment]:
    out: list[Fragment] = []
    width = (line.x1 - line.x0) / max(len(line.text.strip()), 1)
    offset = len(line.text) - len(line.text.lstrip())
    position = 0
    for part in _CELL_GAP.split(line.text):
        start = line.text.index(part, position) if part else position
        position = start + len(part)
        text = part.strip(" \u00a0")
        if text:
            left = line.x0 + max(start + len(part) - len(part.lstrip()) - offset, 0) * width
            right = left + len(text) * width
            out.append(replace(line, text=text, box=(left, line.y0, min(right, line.x1), line.y1)))
    if len(out) == 1:
        return [replace(line, text=out[0].text)]
    return out


def _without_doubles(fragments: list[Fragment]) -> list[Fragment]:
    """The fragments without those drawn twice over each other (a way to fake bold)."""
    seen: set[tuple[str, int, int]] = set()
    out: list[Fragment] = []
    for fragment in fragments:
        keys = [(fragment.text, round(fragment.x0 / 2), round(fragment.y0 / 2))]
        if keys[0] not in seen:
            out.append(fragment)
        seen.update(keys)
    return out
