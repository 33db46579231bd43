"""Tracked changes of whole paragraphs: whose paragraph mark came or goes, so that Word and LibreOffice both agree.

When a mark goes, the paragraph flows into the next one and takes on its looks. So where another mark has to give way
than that of the line itself, the looks of the remaining paragraph are a tracked change as well.
"""

import copy
from collections.abc import Set

from services.docx import names as n
from services.docx.atoms import read_atoms
from services.docx.blocks import drop, silence_list_mark
from services.docx.losses import LEFT_BLANK, ONLY_IN_WORD
from services.docx.merge import PartRecord
from services.docx.names import Element
from services.docx.touching_changes import date_otherwise
from services.docx.tracked_marker import Marker, looks_of, properties_of
from services.docx.tracked_words import spell_out_fields

_DELETED_MARK = f"{n.PPR}/{n.RPR}/{n.DEL}"


def track_removal(paragraph: Element, marker: Marker) -> None:
    """Mark all that a removed paragraph holds, but not yet its mark."""
    spell_out_fields(paragraph)
    for run in list(paragraph.iter(n.R_)):
        marker.wrap(run, n.DEL)


def track_lost_mark(paragraph: Element, gone: Set[Element], marker: Marker) -> str | None:
    """Mark the mark of a removed paragraph as deleted; returns the code of what a person should know about it.

    `gone` are all paragraphs that are removed. The last one of a cell gives way by the mark before it. So does one that
    ends a section, one above an empty line with a section break or a text box, which LibreOffice would take along, and
    one in a floating table, where LibreOffice applies a note on a mark to the words of the next paragraph. Where a text
    box or a section break stands above as well, it gives way by its own mark: above a text box LibreOffice understands
    that when the mark goes apart from the words and more follows, and above a table it keeps an empty paragraph.
    """
    following = block_beside(paragraph)
    needed = following is None or following.tag != n.P or _section_of(paragraph) is not None
    joined = following is not None and _is_joined_away(following)
    if not needed and not joined and not floats(paragraph):
        return None if _give_up_own_mark(paragraph, gone, marker) else ONLY_IN_WORD
    above = block_beside(paragraph, preceding=True)
    while above is not None and above.tag == n.P and not _holds_boxes(above) and _section_of(above) is None:
        if not _mark_goes(above):
            _mark_as_deleted(above, marker)
            looks_come_back = marker.change_looks(paragraph, before=paragraph, after=above)
            return None if looks_come_back and not _is_framed(above) else ONLY_IN_WORD
        above = block_beside(above, preceding=True)
    if following is None or following.tag == n.SDT or _section_of(paragraph) is not None:
        return _leave_blank(paragraph, marker)
    breaks_off = joined and (_section_of(following) is not None or block_beside(following) is None)
    understood = _give_up_own_mark(paragraph, gone, marker, apart=joined) and not breaks_off
    return None if understood else ONLY_IN_WORD


def _leave_blank(paragraph: Element, marker: Marker) -> str:
    """Without a bullet or number, which would stand alone."""
    silent = copy.deepcopy(paragraph)
    silence_list_mark(silent)
    return LEFT_BLANK if marker.change_looks(paragraph, before=paragraph, after=silent) else ONLY_IN_WORD


def _give_up_own_mark(paragraph: Element, gone: Set[Element], marker: Marker, *, apart: bool = False) -> bool:
    """Mark it as deleted; False when LibreOffice will not bring the old looks back.

    Where a mark goes apart from the words, LibreOffice gives the next paragraph that stays the looks of the first one
    that goes, so those that go take on the looks of that one before; and all of their marks have to go apart.
    """
    if not _mark_as_deleted(paragraph, marker, apart=apart):
        return True
    heir = block_beside(paragraph)
    while heir is not None and heir in gone:
        heir = block_beside(heir)
    if heir is None or heir.tag != n.P:
        return True
    chain = [paragraph]
    while (above := block_beside(chain[-1], preceding=True)) is not None and above in gone and _mark_goes(above):
        date_otherwise(above.findall(_DELETED_MARK))
        chain.append(above)
    come_back = [marker.change_looks(line, before=line, after=heir) for line in chain]
    return all(come_back)


def _mark_as_deleted(paragraph: Element, marker: Marker, *, apart: bool = False) -> bool:
    """Returns whether it goes apart from the words.

    It does so below a floating table or frame, where LibreOffice would take the words of the next one along.
    """
    marker.mark_paragraph(paragraph, n.DEL)
    above = block_beside(paragraph, preceding=True)
    apart = apart or (above is not None and (is_floating(above) or _is_framed(above)))
    if apart:
        date_otherwise(paragraph.findall(_DELETED_MARK))
    return apart


def _mark_goes(paragraph: Element) -> bool:
    return paragraph.find(_DELETED_MARK) is not None


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
        section = _section_of(new)
        if section is not None:  # it comes from the mark above, or from that of a removed paragraph, which still has it
            drop(section)
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
    takes_below = following is not None and (following.tag == n.P or _holds_boxes(above))
    stays_above = section is not None or floats(above)
    if takes_below and not stays_above and (_holds_boxes(above) or looks_of(above) != looks_of(new)):
        marker.mark_paragraph(new, n.INS)
        return True
    if section is not None:
        properties_of(new).append(section)
    marker.mark_paragraph(above, n.INS)
    return marker.change_looks(new, before=above, after=new) and not _holds_boxes(above)


def block_beside(paragraph: Element, *, preceding: bool = False) -> Element | None:
    """The nearest sibling that is a block of content."""
    return next(paragraph.itersiblings(n.P, n.TBL, n.SDT, preceding=preceding), None)


def _section_of(paragraph: Element) -> Element | None:
    """The properties of the section that ends with this paragraph."""
    return paragraph.find(f"{n.PPR}/{n.SECT_PR}")


def _is_joined_away(paragraph: Element) -> bool:
    """Whether it has no words of its own (left), but a text box or a section break: LibreOffice joins it away."""
    if read_atoms(paragraph) or next(paragraph.iter(n.WP + "inline"), None) is not None:
        return False
    return _holds_boxes(paragraph) or _section_of(paragraph) is not None


def _holds_boxes(paragraph: Element) -> bool:
    return next(paragraph.iter(n.TXBX_CONTENT), None) is not None
