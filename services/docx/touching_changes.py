"""Keeps tracked changes on both sides of an old paragraph mark two changes. Knows w:ins and w:del, no edits.

LibreOffice takes neighbours of one author, kind and minute for one change, with the mark between them: rejecting two
insertions that touch there would join their paragraphs.
"""

from datetime import datetime, timedelta

from services.docx import names as n
from services.docx.names import Element

DATE_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
_APART = timedelta(minutes=2)
_AUTHOR, _DATE = n.W + "author", n.W + "date"


def keep_apart(root: Element, author: str) -> None:
    """Date the changes of a paragraph otherwise where the first of them touches one that ends just above."""
    reaching: dict[Element, Element | None] = {}  # by story: the change that goes to the start of its next paragraph
    ending: dict[Element, Element | None] = {}  # by story: the change that goes to the end of its last paragraph only
    for paragraph in root.iter(n.P):
        story = next(paragraph.iterancestors(n.TC, n.TXBX_CONTENT), root)
        mark, own = _mark(paragraph, author), _changes(paragraph, author)
        first = own[0] if own else mark
        above = ending.get(story)
        if above is not None and first is not None and _alike(above, first):
            date_otherwise([change for change in (*own, mark) if change is not None])
        ending[story] = None if mark is not None else own[-1] if own else reaching.get(story)
        reaching[story] = mark


def _changes(paragraph: Element, author: str) -> list[Element | None]:
    """For each run of the paragraph itself the change of this author that it belongs to."""
    changes: list[Element | None] = []
    for run in paragraph.iter(n.R_):
        around = next(run.iterancestors(n.INS, n.DEL, n.P))
        is_change = around.tag != n.P and around.get(_AUTHOR) == author
        own = next(run.iterancestors(n.P)) is paragraph
        if own and any(item.tag != n.RPR for item in run):
            changes.append(around if is_change else None)
    return changes


def _mark(paragraph: Element, author: str) -> Element | None:
    """This author's note on the paragraph mark."""
    notes = paragraph.findall(f"{n.PPR}/{n.RPR}/*")
    return next((note for note in notes if note.tag in (n.INS, n.DEL) and note.get(_AUTHOR) == author), None)


def _alike(above: Element, below: Element) -> bool:
    return (above.tag, above.get(_DATE)) == (below.tag, below.get(_DATE))


def date_otherwise(changes: list[Element]) -> None:
    """Set changes apart from others of the same time; what lies between their own times stays."""
    for change in dict.fromkeys(changes):
        date = datetime.fromisoformat(change.get(_DATE) or "") - _APART
        change.set(_DATE, date.strftime(DATE_FORMAT))
