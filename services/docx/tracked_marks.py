"""Tracked changes of whole paragraphs: whose paragraph mark came or goes, so that Word and LibreOffice both agree.

When a mark goes, the paragraph flows into the next one and takes on its looks. So where another mark has to give way
than that of the line itself, the looks of the remaining paragraph are a tracked change as well.
"""

import copy

from services.docx import names as n
from services.docx.merge import PartRecord
from services.docx.names import Element
from services.docx.touching_changes import date_otherwise
from services.docx.tracked_marker import Marker, looks_of
from services.docx.tracked_words import spell_out_fields


def track_removal(paragraph: Element, marker: Marker) -> None:
    """Mark all that a removed paragraph holds, but not yet its mark."""
    spell_out_fields(paragraph)
    for run in list(paragraph.iter(n.R_)):
        marker.wrap(run, n.DEL)


def track_lost_mark(paragraph: Element, marker: Marker) -> bool:
    """Mark the mark of a removed paragraph as deleted; False when only Word will understand it.

    The last paragraph of a cell gives way by the mark before it. So does one that ends a section, one above a section
    break or a text box, which LibreOffice would take along, and one in a floating table, where LibreOffice applies a
    note on a mark to the words of the next paragraph.
    """
    following = block_beside(paragraph)
    needed = following is None or following.tag != n.P or _section_of(paragraph) is not None
    taken_along = following is not None and (_holds_boxes(following) or _section_of(following) is not None)
    if not needed and not taken_along and not floats(paragraph):
        return _mark_as_deleted(paragraph, marker)
    above = block_beside(paragraph, preceding=True)
    while above is not None and above.tag == n.P and not _holds_boxes(above) and _section_of(above) is None:
        if above.find(f"{n.PPR}/{n.RPR}/{n.DEL}") is None:
            _mark_as_deleted(above, marker)
            return marker.change_looks(paragraph, before=paragraph, after=above) and not _is_framed(above)
        above = block_beside(above, preceding=True)
    if not needed:
        _mark_as_deleted(paragraph, marker)
    return needed or not taken_along


def _mark_as_deleted(paragraph: Element, marker: Marker) -> bool:
    """Below a floating table or frame at another time than the words: LibreOffice would take those along as well.

    False when LibreOffice then gives the next paragraph the looks of this one.
    """
    marker.mark_paragraph(paragraph, n.DEL)
    above = block_beside(paragraph, preceding=True)
    if above is not None and (is_floating(above) or _is_framed(above)):
        date_otherwise(paragraph.findall(f"{n.PPR}/{n.RPR}/{n.DEL}")[:1])
        following = block_beside(paragraph)
        return following is None or looks_of(following) == looks_of(paragraph)
    return True


def floats(paragraph: Element) -> bool:
    """Whether the paragraph stands in a floating table."""
    return any(is_floating(table) for table in paragraph.iterancestors(n.TBL))


def _is_framed(paragraph: Element) -> bool:
    return paragraph.find(f"{n.PPR}/{n.W}framePr") is not None


def is_floating(table: Element) -> bool:
    """Whether text flows around a table."""
    return table.find(f"{n.W}tblPr/{n.W}tblpPr") is not None


def track_insertions(
    edited: Element, counterpart: dict[Element, Element], record: PartRecord, marker: Marker
) -> set[Element]:
    """As when a person types them: the mark of the paragraph above is new, and the last new one has its old mark.

    The first line below a removed paragraph takes that one's place. Returns the new paragraphs of the edited tree that
    only Word will understand.
    """
    last: dict[Element, Element] = {}
    for_word: set[Element] = set()
    for clone in [p for p in edited.iter(n.P) if p in record.inserted_after]:
        sibling = record.inserted_after[clone]
        new = copy.deepcopy(clone)
        new.tail = None
        for run in list(new.iter(n.R_)):
            marker.wrap(run, n.INS)
        if sibling in record.removed and sibling not in last:
            last[sibling] = host = counterpart[sibling]
            position = 0 if host.find(n.PPR) is None else 1
            host[position:position] = [child for child in new if child.tag != n.PPR]
            continue
        above = last.get(sibling, counterpart[sibling])
        above.addnext(new)
        if not _track_new_mark(new, above, marker):
            for_word.add(clone)
        last[sibling] = new
    return for_word


def _track_new_mark(new: Element, above: Element, marker: Marker) -> bool:
    """Mark a paragraph mark as new; False when only Word will understand it.

    LibreOffice reads a note on the mark of a paragraph that holds text boxes as one on theirs.
    """
    following, section = block_beside(new), _section_of(above)
    below_is_paragraph = following is not None and following.tag == n.P
    stays_above = section is not None or floats(above)
    if below_is_paragraph and not stays_above and (_holds_boxes(above) or looks_of(above) != looks_of(new)):
        marker.mark_paragraph(new, n.INS)
        return True
    if section is not None and (properties := section.getparent()) is not None:
        properties.remove(section)
    marker.mark_paragraph(above, n.INS)
    return marker.change_looks(new, before=above, after=new) and not _holds_boxes(above)


def block_beside(paragraph: Element, *, preceding: bool = False) -> Element | None:
    """The nearest sibling that is a block of content."""
    return next(paragraph.itersiblings(n.P, n.TBL, n.SDT, preceding=preceding), None)


def _section_of(paragraph: Element) -> Element | None:
    """The properties of the section that ends with this paragraph."""
    return paragraph.find(f"{n.PPR}/{n.SECT_PR}")


def _holds_boxes(paragraph: Element) -> bool:
    return next(paragraph.iter(n.TXBX_CONTENT), None) is not None
