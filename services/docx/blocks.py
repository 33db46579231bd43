"""Whole paragraphs in and out: clones of a sibling, and removals that leave cells, sections and drawings sound.

Knows nothing of what the text should say; `paragraph_writer` fills the clones.
"""

import copy
from itertools import takewhile

from services.docx import names as n
from services.docx.names import Element

_NOT_CLONED = frozenset(
    [n.DRAWING, n.PICT, n.OBJECT, n.FLD_CHAR, n.INSTR_TEXT, n.BOOKMARK_START, n.BOOKMARK_END, n.ALTERNATE_CONTENT]
    + [
        n.W + tag
        for tag in (
            "proofErr", "lastRenderedPageBreak", "footnoteReference", "endnoteReference", "commentReference",
            "commentRangeStart", "commentRangeEnd", "permStart", "permEnd", "pageBreakBefore", "del", "moveFrom",
            "annotationRef", "rPrChange", "pPrChange", "ruby",
        )
    ]
)  # fmt: skip
_UNWRAPPED = frozenset(n.W + tag for tag in ("hyperlink", "ins", "moveTo", "smartTag", "fldSimple", "customXml"))
_ANCHORED = (n.DRAWING, n.PICT, n.OBJECT, n.ALTERNATE_CONTENT)
_RANGE_MARKS = (
    (n.BOOKMARK_START, n.BOOKMARK_END),
    (n.W + "commentRangeStart", n.W + "commentRangeEnd"),
    (n.W + "permStart", n.W + "permEnd"),
)
_PARAGRAPH_IDS = (n.W14 + "paraId", n.W14 + "textId")


def clone_after(paragraph: Element) -> Element:
    """Add a copy of a paragraph after it; a section break moves on to the copy, which now ends the section."""
    clone = copy.deepcopy(paragraph)
    clone.tail = None
    for name in _PARAGRAPH_IDS:
        clone.attrib.pop(name, "")
    properties = paragraph.find(n.PPR)
    section = properties.find(n.SECT_PR) if properties is not None else None
    if properties is not None and section is not None:
        properties.remove(section)
    paragraph.addnext(clone)
    return clone


def strip_clone(clone: Element) -> None:
    """Leave a copied paragraph its looks and text; pictures, fields, marks, ids and emptied wrappers go."""
    for item in list(clone.iter(*_NOT_CLONED)):
        drop(item)
    for page_break in [item for item in clone.iter(n.BR) if item.get(n.W + "type") in ("page", "column")]:
        drop(page_break)
    for stray in list(clone.iterchildren(n.BR)):  # some converters leave breaks outside of runs, where Word reads none
        drop(stray)
    _unwrap(clone)
    for run in list(clone.iter(n.R_)):
        if all(item.tag == n.RPR for item in run):
            drop(run)


def _unwrap(clone: Element) -> None:
    """Put the runs of links, insertions and content controls straight into the paragraph."""
    for container in list(clone.iter(*_UNWRAPPED)):
        for child in list(container):
            container.addprevious(child)
        drop(container)
    for control in list(clone.iter(n.SDT)):
        unwrap_control(control)


def unwrap_control(control: Element) -> None:
    """Take a content control away from around its content."""
    content = control.find(n.SDT_CONTENT)
    for child in list(content) if content is not None else ():
        control.addprevious(child)
    drop(control)


def can_remove(paragraph: Element) -> bool:
    """False where the document needs the paragraph itself: then only its text goes."""
    if next(paragraph.iter(*_ANCHORED), None) is not None:
        return False
    if _field_is_open(paragraph):
        return False
    before, after = _block_beside(paragraph, preceding=True), _block_beside(paragraph, preceding=False)
    if paragraph.find(f"{n.PPR}/{n.SECT_PR}") is not None and not _takes_section(before):
        return False
    if before is None:
        return after is not None and after.tag == n.P
    return before.tag == n.P or (after is not None and after.tag == n.P)


def remove(paragraph: Element) -> Element | None:
    """Take a paragraph out; halves of ranges that reach beyond it stay, and so does a section break.

    Returns the paragraph that took over the section break, if there was one.
    """
    parent = paragraph.getparent()
    assert parent is not None, "a paragraph always stands in a part"
    section = paragraph.find(f"{n.PPR}/{n.SECT_PR}")
    heir = _block_beside(paragraph, preceding=True) if section is not None else None
    if section is not None and heir is not None:
        properties = heir.find(n.PPR)
        if properties is None:
            properties = heir.makeelement(n.PPR, {})
            heir.insert(0, properties)
        change = properties.find(n.PPR_CHANGE)
        if change is not None:
            change.addprevious(section)
        else:
            properties.append(section)
    for half in _half_ranges(paragraph):
        half.tail = None
        paragraph.addprevious(half)
    parent.remove(paragraph)
    return heir


def silence_list_mark(paragraph: Element) -> None:
    """An emptied paragraph that has to stay shows no bullet or number."""
    properties = paragraph.find(n.PPR)
    numbering = properties.find(n.W + "numPr") if properties is not None else None
    if numbering is not None:
        for item in list(numbering):
            numbering.remove(item)
        numbering.append(numbering.makeelement(n.W + "numId", {n.VAL: "0"}))


def unbind_controls(paragraph: Element) -> None:
    """Cut edited content controls from their data, which Word would otherwise write over the new text on opening.

    A control in the line that a text box hangs on is left alone: it holds the box, not its text.
    """
    own = set(takewhile(lambda item: item.tag != n.TXBX_CONTENT, paragraph.iterancestors()))
    around = [item for item in paragraph.iterancestors(n.SDT) if item in own or _is_block(item)]
    for control in (*around, *paragraph.iter(n.SDT)):
        properties = control.find(n.SDT_PR)
        if properties is None:
            continue
        for tag in (n.W + "dataBinding", n.W15 + "dataBinding", n.W + "showingPlcHdr"):
            for item in properties.findall(tag):
                properties.remove(item)


def _is_block(control: Element) -> bool:
    """Whether a content control stands around paragraphs, not in one."""
    return next(control.iterancestors(n.P), None) is None


def _half_ranges(paragraph: Element) -> list[Element]:
    """Starts and ends of bookmarks, comments and permissions whose other half stands elsewhere."""
    halves: list[Element] = []
    for start_tag, end_tag in _RANGE_MARKS:
        starts = {item.get(n.W + "id"): item for item in paragraph.iter(start_tag)}
        ends = {item.get(n.W + "id"): item for item in paragraph.iter(end_tag)}
        halves += [item for key, item in starts.items() if key not in ends]
        halves += [item for key, item in ends.items() if key not in starts]
    return halves


def _field_is_open(paragraph: Element) -> bool:
    """Whether a field starts here and ends in another paragraph, or the other way round."""
    kinds = [mark.get(n.W + "fldCharType") for mark in paragraph.iter(n.FLD_CHAR)]
    return kinds.count("begin") != kinds.count("end")


def _block_beside(paragraph: Element, *, preceding: bool) -> Element | None:
    """The nearest sibling that is a block of content."""
    for item in paragraph.itersiblings(preceding=preceding):
        if item.tag in (n.P, n.TBL, n.SDT):
            return item
    return None


def _takes_section(block: Element | None) -> bool:
    return block is not None and block.tag == n.P and block.find(f"{n.PPR}/{n.SECT_PR}") is None


def drop(element: Element) -> None:
    """Take an element out of the tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
