"""Accepting and rejecting all tracked changes of one author. Knows w:ins, w:del and changed looks, no edits."""

from services.docx import names as n
from services.docx.names import Element

_AUTHOR = n.W + "author"
_NOT_LOOKS = (n.RPR, n.SECT_PR, n.INS, n.DEL)


def accept_all(root: Element, author: str) -> None:
    """Insertions become plain text, deletions go, new looks stay."""
    for change in _of_looks(root, author):
        _drop(change)
    _resolve(root, author, kept=n.INS, dropped=n.DEL)


def reject_all(root: Element, author: str) -> None:
    """Insertions go, deletions become plain text again, old looks come back."""
    for change in _of_looks(root, author):
        properties = change.getparent()
        assert properties is not None, "a change of looks always stands among them"
        for item in [item for item in properties if item.tag not in _NOT_LOOKS]:
            properties.remove(item)
        properties[0:0] = list(change[0])
    for item in _of(root, author, n.DEL):
        for text in item.iter(n.DEL_TEXT):
            text.tag = n.T
        for code in item.iter(n.W + "delInstrText"):
            code.tag = n.INSTR_TEXT
    _resolve(root, author, kept=n.DEL, dropped=n.INS)


def _of_looks(root: Element, author: str) -> list[Element]:
    """The changed looks of paragraphs and of their marks."""
    return [item for item in root.iter(n.PPR_CHANGE, n.RPR_CHANGE) if item.get(_AUTHOR) == author]


def _of(root: Element, author: str, tag: str) -> list[Element]:
    """The changes of one kind by one author that are not about paragraph marks."""
    return [item for item in root.iter(tag) if item.get(_AUTHOR) == author and not _is_mark(item)]


def _mark(paragraph: Element, author: str, tag: str) -> Element | None:
    """The author's note on a paragraph mark."""
    marks = paragraph.findall(f"{n.PPR}/{n.RPR}/{tag}")
    return next((mark for mark in marks if mark.get(_AUTHOR) == author), None)


def _resolve(root: Element, author: str, *, kept: str, dropped: str) -> None:
    for item in _of(root, author, dropped):
        _drop(item)
    for item in _of(root, author, kept):
        for child in list(item):
            item.addprevious(child)
        _drop(item)
    for paragraph in list(root.iter(n.P)):
        mark = _mark(paragraph, author, kept)
        if mark is not None:
            _drop_mark(mark)
        mark = _mark(paragraph, author, dropped)
        if mark is not None:
            _drop_mark(mark)
            _join_with_next(paragraph)


def _join_with_next(paragraph: Element) -> None:
    """A paragraph whose mark goes flows into the next one, which keeps its own properties."""
    following = next(paragraph.itersiblings(n.P), None)
    if following is None:
        return
    position = 1 if following.find(n.PPR) is not None else 0
    following[position:position] = [child for child in paragraph if child.tag != n.PPR]
    _drop(paragraph)


def _is_mark(item: Element) -> bool:
    """Whether this w:ins or w:del speaks of a paragraph mark."""
    parent = item.getparent()
    return parent is not None and parent.tag == n.RPR


def _drop_mark(mark: Element) -> None:
    """Take the note on a paragraph mark away, and the properties that were only there to hold it."""
    properties = mark.getparent()
    _drop(mark)
    while properties is not None and properties.tag in (n.RPR, n.PPR) and len(properties) == 0:
        parent = properties.getparent()
        _drop(properties)
        properties = parent


def _drop(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
