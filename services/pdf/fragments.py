"""The pieces of text that a PDF page shows, with place and looks, and those that it hides. Knows no reading order."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, TypedDict, cast

from services.pdf.drawn_marks import Box, mark_before, rules_across, small_shapes
from services.pdf.letter_spacing import (
    FEWEST_LETTERS,
    Glyph,
    is_letter,
    is_letter_spaced,
    joined_letters,
    runs_on,
    spaced_words,
)

if TYPE_CHECKING:
    import pymupdf

TINY_TEXT = 2.0
"""Points up to which text cannot be read by a person."""

WHITE = (1.0, 1.0, 1.0)
_SAME_COLOR = 0.06
_SPACE = 0.12
"""In units of the font size: words are at least this far apart."""
_STEP = 0.92
"""Of the size of large words: that of others on their line that stand apart from them."""

_WIDE_SPACE = 0.62
"""In units of the font size: a space that stands alone and is so wide may part two columns."""
_FEWEST_AT_EDGE = 3

_BOLD_FLAG, _ITALIC_FLAG = 1 << 4, 1 << 1
_FILLED, _STROKED = 16, 8
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ICON_FONT = re.compile(r"awesome|icon|material|glyph|fontello|ionic|marvosym", re.IGNORECASE)
_QUARTZ_SPACE, _QUARTZ_HYPHEN = "\t\r \u00a0", "-\u00ad\u2010"
"""What a Mac's PDFs from Word say for one space and one hyphen: every character that the glyph may stand for."""
_UNNAMED = re.compile(r"\ufffd+")
_SAME_AS = str.maketrans({"\u00a0": " ", "\u2219": "·", "\u22c5": "·", "\u2027": "·"})
"""What MuPDF writes for a glyph of which the file does not say what letter it is: alone, mostly a list mark."""
_PRIVATE_USE = re.compile(r"[\ue000-\uf8ff]")
_CELL_GAP = re.compile(r"[ \u00a0\u2002-\u200a]{3,}|\t+")
_ONLY_MARK = re.compile(r"^[•●○◦▪▫■□◆◇❖➢➤►▸▹▶▷‣⁃∙⦿·\-–*o✓✔\uf0b7\uf0a7\uf076\uf0d8\uf0fc\uf0a8\uf06e\uf06f]$")
_MARKED = re.compile(r"^[•●○◦▪▫■□◆◇❖➢➤►▸▹▶▷‣⁃∙⦿✓✔·–—*-]")
_MARK_REACH = 4.0
"""How far a list mark may stand before its words, in font sizes."""
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
    ends_bold: bool
    text_left: float | None = None
    is_chip: bool = False
    """Whether it stands on a ground of its own, apart from its neighbours however near they are."""

    @property
    def words_x0(self) -> float:
        """Left edge of the words, behind a list mark."""
        return self.box[0] if self.text_left is None else self.text_left

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
    rules: tuple[Box, ...]
    """Lines drawn across, as under headings."""


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
    chars: list[Glyph]
    """Only where the letters were asked for one by one."""


class _Line(TypedDict):
    spans: list[_Span]
    dir: tuple[float, float]


def read_page(page: "pymupdf.Page") -> PageText:
    """The visible and hidden text of a page; a page whose whole text is invisible (OCR under a scan) shows it."""
    lines = _lines_of(page)
    edges = _edges_of(lines)
    paint = _Paint(page)
    shown: list[Fragment] = []
    hidden: list[str] = []
    under_image: list[Fragment] = []
    for line in lines:
        upright = line["dir"][0] > 0.9
        visible: list[_Span] = []
        for span in line["spans"]:
            if paint.hides(span):
                if span["text"].strip():
                    hidden.append(span["text"].strip())
                    under_image.extend(_line([span]))
            elif upright or span["text"].strip():
                visible.append(span)
        for run in _parted_at_edge(visible, edges):
            for part in _parted_at_step(run):
                shown.extend(_line(part))
    if not shown and under_image and paint.has_image:
        shown, hidden = under_image, []
    links = tuple((cast(Box, tuple(link["from"])), str(link["uri"])) for link in page.get_links() if link.get("uri"))
    return PageText(
        number=page.number + 1,
        width=page.rect.width,
        height=page.rect.height,
        fragments=tuple(_with_marks_joined(_with_drawn_marks(_pieces(_without_doubles(shown)), page))),
        hidden=tuple(hidden),
        links=links,
        rules=tuple(rules_across(page)),
    )


def _lines_of(page: "pymupdf.Page") -> list["_Line"]:
    """The lines of text as MuPDF sees them, with words set letter by letter made whole."""
    import pymupdf

    flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_COLLECT_STYLES
    lines = _lines_in(page.get_text("dict", flags=flags, clip=pymupdf.INFINITE_RECT()))
    _name_spaces_once(lines)
    if any(span["text"].rstrip().endswith("f") for line in lines for span in line["spans"]):
        plain = page.get_text("dict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE, clip=pymupdf.INFINITE_RECT())
        _complete_ligatures(lines, _lines_in(plain))
    if not any(is_letter_spaced(words) or runs_on(words) for words in map(_words_of, lines)):
        return lines
    spelled = _lines_in(page.get_text("rawdict", flags=flags, clip=pymupdf.INFINITE_RECT()))
    return [_with_words_told(line, letters) for line, letters in zip(lines, spelled, strict=True)]


def _name_spaces_once(lines: list["_Line"]) -> None:
    """Puts one space where a Mac's PDF names it four times over; MuPDF may have parted the four."""
    spans = [span for line in lines for span in line["spans"]]
    if any(_QUARTZ_SPACE in span["text"] for span in spans):
        for span in spans:
            span["text"] = span["text"].replace(_QUARTZ_SPACE, " ").replace("\t", " ").replace(_QUARTZ_SPACE[1:], "")


def _complete_ligatures(lines: list["_Line"], plain: list["_Line"]) -> None:
    """Puts back the last letters of a ligature at the end of a span (`Staff`).

    MuPDF takes them for letters drawn twice when it collects styles, as they have no width of their own.
    """
    for line, other in zip(lines, plain, strict=False):
        for span, whole in zip(line["spans"], other["spans"], strict=False):
            words = whole["text"]
            if (
                span["text"].endswith("f")
                and len(words) - len(span["text"]) in (1, 2)
                and words.startswith(span["text"])
            ):
                span["text"] = words


def _words_of(line: "_Line") -> str:
    return "".join(span["text"] for span in line["spans"])


def _with_words_told(line: "_Line", letters: "_Line") -> "_Line":
    """The line, its words told by where its letters stand when its spaces are too many or lost."""
    words = _words_of(line)
    if is_letter_spaced(words):
        return _with_letters_joined(line, letters)
    if not runs_on(words):
        return line
    pairs = zip(line["spans"], letters["spans"], strict=True)
    return {**line, "spans": [{**span, "text": spaced_words(each["chars"], span["size"])} for span, each in pairs]}


def _with_letters_joined(line: "_Line", letters: "_Line") -> "_Line":
    """The line as one span, its words put together from their letters."""
    boxes = [span["bbox"] for span in line["spans"] if span["text"].strip()]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    words = joined_letters([glyph for span in letters["spans"] for glyph in span["chars"]])
    first = next(span for span in line["spans"] if span["text"].strip())
    return {**line, "spans": [{**first, "text": words, "bbox": box}]}


def _lines_in(text: dict[str, list[dict[str, list["_Line"]]]]) -> list["_Line"]:
    return [line for block in text["blocks"] for line in block.get("lines", []) if line["spans"]]


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


def _pieces(lines: list[Fragment]) -> list[Fragment]:
    """Lines joined where they touch on one base line, then cut where runs of spaces stand for a gap."""
    joined: list[Fragment] = []
    for line in _with_placed_letters_joined(sorted(lines, key=lambda f: (round(f.baseline), f.x0))):
        previous = joined[-1] if joined else None
        if previous is not None and _touch(previous, line):
            joined[-1] = _joined(previous, line)
        else:
            joined.append(line)
    return [piece for line in joined for piece in _cut_at_gaps(line)]


def _with_placed_letters_joined(lines: list[Fragment]) -> list[Fragment]:
    """The lines, each run of letters that were placed one by one as the words that they make."""
    out: list[Fragment] = []
    for (_, _, single), run in groupby(lines, key=lambda f: (round(f.baseline), f.size, is_letter(f.text))):
        letters = list(run)
        if not single or len(letters) < FEWEST_LETTERS:
            out += letters
            continue
        glyphs = [Glyph(c=letter.text.strip(), bbox=letter.box, synthetic=False) for letter in letters]
        box = (letters[0].x0, letters[0].y0, letters[-1].x1, letters[-1].y1)
        out.append(replace(letters[0], text=joined_letters(glyphs), box=box))
    return out


def _edges_of(lines: list[_Line]) -> frozenset[int]:
    """Where several lines begin, or go on behind a wide space: the left edges of columns, in whole points."""
    begins = [line["spans"][0]["bbox"][0] for line in lines]
    begins += [span["bbox"][0] for line in lines for _, span in _behind_wide_spaces(line["spans"])]
    return frozenset(x for x, count in Counter(map(round, begins)).items() if count >= _FEWEST_AT_EDGE)


def _behind_wide_spaces(spans: list[_Span]) -> Iterator[tuple[int, _Span]]:
    for index in range(1, len(spans) - 1):
        space = spans[index]
        if not space["text"].strip() and space["bbox"][2] - space["bbox"][0] >= _WIDE_SPACE * space["size"]:
            yield index + 1, spans[index + 1]


def _parted_at_edge(spans: list[_Span], edges: frozenset[int]) -> list[list[_Span]]:
    """The spans of a line, cut where a wide space leads to the edge of a column: dates or a label before their text."""
    cuts = [index for index, span in _behind_wide_spaces(spans) if round(span["bbox"][0]) in edges]
    return [spans[a:b] for a, b in pairwise([0, *cuts, len(spans)])]


def _parted_at_step(spans: list[_Span]) -> list[list[_Span]]:
    """The spans of a line, in two where large bold words end and small plain ones begin: an employer and its town."""
    inked = [index for index, span in enumerate(spans) if span["text"].strip()]
    for before, after in pairwise(inked):
        spaced = after - before > 1 or spans[before]["text"][-1:].isspace() or spans[after]["text"][:1].isspace()
        apart = spans[after]["bbox"][0] - spans[before]["bbox"][2] > _SPACE * spans[after]["size"]
        if (spaced or apart) and _is_step(spans[: before + 1], spans[after:]):
            return [spans[: before + 1], spans[after:]]
    return [spans]


def _is_step(large: list[_Span], small: list[_Span]) -> bool:
    """Whether all of these are bold and those are plain, smaller, and begin like a name: no sentence goes on there."""
    heads, tails = ([span for span in side if span["text"].strip()] for side in (large, small))
    words, rest = ("".join(span["text"] for span in side).strip() for side in (heads, tails))
    styled = all(map(_is_bold, heads)) and not any(map(_is_bold, tails))
    smaller = max(s["size"] for s in tails) <= _STEP * min(s["size"] for s in heads)
    return styled and smaller and words[-1].isalnum() and len(words) > 2 and rest[0].isupper()


def is_at_step(left: Fragment, right: Fragment) -> bool:
    """Whether a line was parted between these two."""
    return left.bold and not right.starts_bold and right.size <= _STEP * left.size and right.text[:1].isupper()


def _touch(left: Fragment, right: Fragment) -> bool:
    if is_at_step(left, right):
        return False
    size = max(left.size, right.size)
    return abs(left.baseline - right.baseline) <= 0.1 * size and -0.3 * size <= right.x0 - left.x1 <= 0.45 * size


def _joined(left: Fragment, right: Fragment) -> Fragment:
    spaced = left.text.endswith(" ") or right.text.startswith(" ") or right.x0 - left.x1 > _SPACE * right.size
    main = left if len(left.text) >= len(right.text) else right
    return replace(
        main,
        text=left.text.rstrip() + " " + right.text.lstrip() if spaced else left.text + right.text,
        box=(left.x0, min(left.y0, right.y0), right.x1, max(left.y1, right.y1)),
        bold=left.bold and right.bold,
        starts_bold=left.starts_bold,
        ends_bold=right.ends_bold,
    )


def _line(spans: list[_Span]) -> list[Fragment]:
    """The spans of one line as one fragment, white space at its ends kept; none when it is empty."""
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
    last = next((span for text, span in reversed(inked) if any(c.isalnum() for c in text)), main)
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
        ends_bold=_is_bold(last),
    )
    return [line]


def _clean(text: str, font: str) -> str:
    """The text in composed form, without icons and control characters; dots halfway up are all the same one."""
    text = text.replace(_QUARTZ_HYPHEN, "-")
    if _ICON_FONT.search(font):
        text = _PRIVATE_USE.sub(" ", text)
    text = _PRIVATE_USE.sub(lambda m: m.group() if _SYMBOL_BULLETS.match(m.group()) else " ", text)
    text = _UNNAMED.sub("•" if _UNNAMED.fullmatch(text.strip()) else " ", text).translate(_SAME_AS)
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


def _with_drawn_marks(fragments: list[Fragment], page: "pymupdf.Page") -> list[Fragment]:
    """The fragments, and a bullet for each small shape that stands before the words of one."""
    shapes = small_shapes(page) if fragments else []
    marks: list[Fragment] = []
    for fragment in fragments if shapes else []:
        shape = mark_before(fragment.box, fragment.size, shapes)
        if shape is not None and not _MARKED.match(fragment.text):
            box = (shape[0], fragment.y0, shape[2], fragment.y1)
            marks.append(replace(fragment, text="•", box=box))
    return [*fragments, *marks]


def _with_marks_joined(fragments: list[Fragment]) -> list[Fragment]:
    """The fragments with each lone list mark put before its words: a row of marks is no column."""
    marks = [fragment for fragment in fragments if _ONLY_MARK.match(fragment.text)]
    if not marks:
        return fragments
    words = [fragment for fragment in fragments if not _ONLY_MARK.match(fragment.text)]
    for mark in marks:
        reach = [
            (fragment.x0 - mark.x1, index)
            for index, fragment in enumerate(words)
            if 0 <= fragment.x0 - mark.x1 <= _MARK_REACH * fragment.size and _on_one_line(mark, fragment)
        ]
        if reach:
            at = min(reach)[1]
            text = words[at]
            box = (mark.x0, text.y0, text.x1, text.y1)
            words[at] = replace(text, text=f"{mark.text} {text.text}", box=box, text_left=text.words_x0)
    return words


def _on_one_line(mark: Fragment, fragment: Fragment) -> bool:
    overlap = min(mark.y1, fragment.y1) - max(mark.y0, fragment.y0)
    return fragment.text_left is None and overlap > 0.5 * min(mark.y1 - mark.y0, fragment.y1 - fragment.y0)
