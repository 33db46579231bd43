"""Where LibreOffice (seen with 7.4) loses track of changes whatever the markup says, so that only Word resolves them.

Its text reader for grouped shapes knows no changes. It reads those of a framed paragraph (w:framePr) and of all that
follows until the frame is made, but puts them nowhere; and it forgets those of a floating table in another table.
"""

from services.docx import names as n
from services.docx.names import Element
from services.docx.tracked_marks import is_floating

_GROUPS = tuple(
    "{http://schemas.microsoft.com/office/word/2010/" + name
    for name in ("wordprocessingGroup}wgp", "wordprocessingCanvas}wpc")
)


def only_word_tracks(part: Element) -> set[Element]:
    """The paragraphs of a part of whose changes LibreOffice loses track; it does not read mc:Fallback."""
    paragraphs = [p for p in part.iter(n.P) if next(p.iterancestors(n.FALLBACK), None) is None]
    lost = {p for p in paragraphs if next(p.iterancestors(n.V + "group", *_GROUPS), None) is not None}
    lost |= {p for p in paragraphs if _floats_inside(p)}
    return lost | _near_frames(paragraphs)


def _floats_inside(paragraph: Element) -> bool:
    """Whether a floating table around the paragraph stands in another table."""
    tables = list(paragraph.iterancestors(n.TBL))
    return any(is_floating(table) for table in tables[:-1])


def _near_frames(paragraphs: list[Element]) -> set[Element]:
    """Framed paragraphs and those after them, up to the one with whose end LibreOffice makes the frame.

    It makes none in tables, so that nothing that follows is read properly.
    """
    lost: set[Element] = set()
    waiting = False
    pending: dict[str, str] | None = None
    for paragraph in paragraphs:
        properties = paragraph.find(f"{n.PPR}/{n.W}framePr")
        frame = {str(key): str(value) for key, value in properties.items()} if properties is not None else None
        waiting = waiting or frame is not None
        if waiting:
            lost.add(paragraph)
        if next(paragraph.iterancestors(n.TC, n.TXBX_CONTENT), None) is None:
            waiting = waiting and (pending is None or frame == pending)
            pending = frame
    return lost
