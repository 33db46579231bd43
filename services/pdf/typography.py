"""How a PDF looks: page size, sizes of body and name, colour of headings, family of the letters. Knows no words."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.pdf.fragments import Fragment, PageText

_FAMILIES = {
    "Calibri": "calibri carlito",
    "Cambria": "cambria caladea",
    "Georgia": "georgia gelasio charter",
    "Garamond": "garamond ebgaramond cormorant",
    "Times New Roman": "times nimbusrom tinos liberationserif freeserif lmroman cmr latinmodern notoserif",
    "Verdana": "verdana dejavusans tahoma",
    "Courier New": "courier mono consolas menlo cousine inconsolata",
    "Arial": "arial helvetica nimbussan liberationsans arimo sans roboto opensans lato sourcesans notosans",
}
_SERIF = re.compile(
    r"serif|roman|book|garamond|minion|palatino|baskerville|merriweather|playfair|lora|bodoni", re.IGNORECASE
)
_SERIF_FLAG_NAMES = re.compile(r"sans", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typography:
    """What a clean template takes over from a PDF; sizes in points, colour as six hexadecimal digits."""

    page_width: float
    page_height: float
    body_size: float
    name_size: float
    heading_colour: str
    font_family: str


def typography_of(pages: Sequence[PageText]) -> Typography:
    """The looks of a document that has text."""
    fragments = [fragment for page in pages for fragment in page.fragments]
    body = body_size(fragments)
    name = max(fragment.size for fragment in pages[0].fragments or fragments)
    return Typography(
        page_width=round(pages[0].width, 1),
        page_height=round(pages[0].height, 1),
        body_size=body,
        name_size=round(name * 2) / 2,
        heading_colour=_heading_colour(fragments, body, name),
        font_family=_family(fragments),
    )


def body_size(fragments: Sequence[Fragment]) -> float:
    """The size that most letters have, to half a point."""
    sizes: Counter[float] = Counter()
    for fragment in fragments:
        sizes[round(fragment.size * 2) / 2] += len(fragment.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _heading_colour(fragments: Sequence[Fragment], body: float, name: float) -> str:
    headings = [
        f.color
        for f in fragments
        if f.size < 0.95 * name and (f.size >= 1.12 * body or (f.bold and f.text.isupper() and len(f.text) > 3))
    ]
    colored = Counter(color for color in headings if not _is_light(color))
    return f"{colored.most_common(1)[0][0]:06X}" if colored else "000000"


def _is_light(color: int) -> bool:
    """Whether the colour would not be read on white paper (headings on a dark sidebar)."""
    red, green, blue = color >> 16 & 255, color >> 8 & 255, color & 255
    return 0.3 * red + 0.59 * green + 0.11 * blue > 200


def _family(fragments: Sequence[Fragment]) -> str:
    """The most used family, as the nearest one that Word and LibreOffice both have."""
    used: Counter[str] = Counter()
    for fragment in fragments:
        used[fragment.font.split("+")[-1]] += len(fragment.text)
    name = re.sub(r"[^a-z]", "", used.most_common(1)[0][0].casefold()) if used else ""
    for family, hints in _FAMILIES.items():
        if any(hint in name for hint in hints.split()):
            return family
    return "Cambria" if _SERIF.search(name) and not _SERIF_FLAG_NAMES.search(name) else "Calibri"
