"""The elements that say who changed something and when. Knows w:ins, w:del, w:pPrChange and w:rPrChange, no edits."""

import copy
from dataclasses import dataclass

from lxml import etree

from services.docx import names as n
from services.docx.edits import TrackedChanges
from services.docx.names import Element
from services.docx.touching_changes import DATE_FORMAT

_NOT_LOOKS = (n.RPR, n.SECT_PR, n.PPR_CHANGE)
_NOT_MARK_LOOKS = (n.INS, n.DEL, n.RPR_CHANGE, n.W + "moveFrom", n.W + "moveTo")


@dataclass(slots=True)
class Marker:
    """Notes of one author; every one has an id of its own."""

    tracked: TrackedChanges
    last_id: int

    def make(self, like: Element, tag: str) -> Element:
        """A new note, to be put somewhere."""
        self.last_id += 1
        date = self.tracked.date.strftime(DATE_FORMAT)
        attributes = {n.W + "id": str(self.last_id), n.W + "author": self.tracked.author, n.W + "date": date}
        return like.makeelement(tag, attributes)

    def mark_paragraph(self, paragraph: Element, tag: str) -> None:
        """Note on the paragraph mark itself that it came or goes; w:ins stands before w:del."""
        properties = _mark_properties_of(paragraph)
        properties.insert(len(properties.findall(n.INS)) if tag == n.DEL else 0, self.make(paragraph, tag))

    def wrap(self, run: Element, tag: str) -> None:
        """Put a run into w:ins or w:del."""
        wrapper = self.make(run, tag)
        run.addprevious(wrapper)
        wrapper.append(run)
        if tag == n.DEL:
            for text in run.iterchildren(n.T):
                text.tag = n.DEL_TEXT
            for code in run.iterchildren(n.INSTR_TEXT):
                code.tag = n.W + "delInstrText"

    def change_looks(self, paragraph: Element, *, before: Element, after: Element) -> bool:
        """Note that a paragraph looked like `before` and now looks like `after`; section and mark stay its own.

        False when LibreOffice will not bring all of the old looks back: it forgets the inner levels of lists, and puts
        a line that was taken out of its list into one of its own.
        """
        self._change_mark(paragraph, before=before, after=after)
        if looks_of(before) == looks_of(after) or paragraph.find(f"{n.PPR}/{n.PPR_CHANGE}") is not None:
            return True
        list_stays = _list_level(before) == "0" and _list_of(before) in (None, _list_of(after))
        was, now = ([copy.deepcopy(item) for item in _look_items(like)] for like in (before, after))
        properties = properties_of(paragraph)
        for item in _look_items(paragraph):
            properties.remove(item)
        properties[0:0] = now
        change = self.make(paragraph, n.PPR_CHANGE)
        change.append(properties.makeelement(n.PPR, {}))
        change[0].extend(was)
        properties.append(change)
        return list_stays

    def _change_mark(self, paragraph: Element, *, before: Element, after: Element) -> None:
        """The same for the looks of the mark, by which Word sizes a blank line and dresses the number of a list."""
        was, now = ([copy.deepcopy(item) for item in _mark_looks(like)] for like in (before, after))
        same = [etree.tostring(item) for item in was] == [etree.tostring(item) for item in now]
        if same or paragraph.find(f"{n.PPR}/{n.RPR}/{n.RPR_CHANGE}") is not None:
            return
        run_properties = _mark_properties_of(paragraph)
        for item in _mark_looks(paragraph):
            run_properties.remove(item)
        change = self.make(paragraph, n.RPR_CHANGE)
        change.append(run_properties.makeelement(n.RPR, {}))
        change[0].extend(was)
        run_properties.extend([*now, change])


def looks_of(paragraph: Element) -> list[bytes]:
    """The properties of a paragraph but for those of its mark and its section."""
    return [etree.tostring(item) for item in _look_items(paragraph)]


def _look_items(paragraph: Element) -> list[Element]:
    properties = paragraph.find(n.PPR)
    return [item for item in properties if item.tag not in _NOT_LOOKS] if properties is not None else []


def _mark_looks(paragraph: Element) -> list[Element]:
    properties = paragraph.find(f"{n.PPR}/{n.RPR}")
    return [item for item in properties if item.tag not in _NOT_MARK_LOOKS] if properties is not None else []


def _mark_properties_of(paragraph: Element) -> Element:
    properties = properties_of(paragraph)
    run_properties = properties.find(n.RPR)
    if run_properties is None:
        run_properties = properties.makeelement(n.RPR, {})
        last = next((item for item in properties if item.tag in _NOT_LOOKS), None)
        if last is not None:
            last.addprevious(run_properties)
        else:
            properties.append(run_properties)
    return run_properties


def _list_of(paragraph: Element) -> str | None:
    number = paragraph.find(f"{n.PPR}/{n.W}numPr/{n.W}numId")
    return number.get(n.VAL) if number is not None else None


def _list_level(paragraph: Element) -> str:
    level = paragraph.find(f"{n.PPR}/{n.W}numPr/{n.W}ilvl")
    return (level.get(n.VAL) if level is not None else None) or "0"


def properties_of(paragraph: Element) -> Element:
    """The properties of a paragraph, made when there are none."""
    properties = paragraph.find(n.PPR)
    if properties is None:
        properties = paragraph.makeelement(n.PPR, {})
        paragraph.insert(0, properties)
    return properties
