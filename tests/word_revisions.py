"""Tracked changes accepted or rejected by the rules of the file format, and what a part says: no code of the product.

The rules are those of ECMA-376 part 1, 17.13.5, as Word follows them. Where a paragraph mark goes, the paragraph flows
into the next one. Whose looks the two then have, Word decides by what is in them: so both are tried (`Looks`).
"""

import re
from collections.abc import Iterator
from typing import Literal

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
P, RUN, PPR, RPR, SECT_PR, TBL = (W + tag for tag in ("p", "r", "pPr", "rPr", "sectPr", "tbl"))
INS, DEL, PPR_CHANGE, RPR_CHANGE = (W + tag for tag in ("ins", "del", "pPrChange", "rPrChange"))
DELETED = {W + "delText": W + "t", W + "delInstrText": W + "instrText"}
HYPERLINK, FLD_SIMPLE = W + "hyperlink", W + "fldSimple"
AROUND = (HYPERLINK, INS, DEL)
CONTAINERS = (TBL, W + "tr", W + "tc", W + "txbxContent")
NOT_IN_OLD_LOOKS = (RPR, SECT_PR, PPR_CHANGE)
UNSEEN = (W + "lang", W + "noProof")
REFERENCES = (W + "headerReference", W + "footerReference")

CHANGES = (INS, DEL, PPR_CHANGE, RPR_CHANGE)
PARENTS = tuple(
    W + tag for tag in ("p", "hyperlink", "sdtContent", "smartTag", "customXml", "ins", "rt", "rubyBase", "dir", "bdo")
)
ORDERS = {
    RPR: {INS: 0, DEL: 1, RPR_CHANGE: 3},
    PPR: {RPR: 3, SECT_PR: 4, PPR_CHANGE: 5},
}

Verdict = Literal["accept", "reject"]
Looks = Literal["of the next", "of the first"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject")
LOOKS: tuple[Looks, ...] = ("of the next", "of the first")


def resolve(root: etree._Element, author: str, verdict: Verdict, looks: Looks) -> None:
    """Take all of the author's changes out of a part."""
    goes, stays = (DEL, INS) if verdict == "accept" else (INS, DEL)
    for change in own(root, author, PPR_CHANGE, RPR_CHANGE):
        if verdict == "reject":
            bring_back(change)
        drop(change)
    changes = own(root, author, INS, DEL)
    marks = {mark.getparent().getparent().getparent(): mark for mark in changes if mark.getparent().tag == RPR}
    gone = {paragraph for paragraph, mark in marks.items() if goes in {note.tag for note in notes(mark, author)}}
    for change in changes:
        if change.tag == goes and change not in marks.values():
            drop(change)
    for change in own(root, author, INS, DEL):
        if change.tag == stays and change.getparent().tag != RPR:
            unwrap(change)
        elif change.getparent().tag == RPR:
            drop(change)
    for paragraph in [paragraph for paragraph in root.iter(P) if paragraph in gone]:
        flow_into_the_next(paragraph, looks)
    left = [item.tag for item in root.iter() if item.get(W + "author") == author]
    assert not left, f"changes that nobody resolves: {left}"


def own(root: etree._Element, author: str, *tags: str) -> list[etree._Element]:
    return [item for item in root.iter(*tags) if item.get(W + "author") == author]


def notes(mark: etree._Element, author: str) -> list[etree._Element]:
    """All that the author says of one paragraph mark."""
    return [item for item in mark.getparent() if item.get(W + "author") == author]


def bring_back(change: etree._Element) -> None:
    """Old looks in the place of the new ones; those of the mark and the section are not theirs."""
    properties = change.getparent()
    for item in [item for item in properties if item.tag not in NOT_IN_OLD_LOOKS or properties.tag == RPR]:
        if item is not change:
            properties.remove(item)
    properties[0:0] = list(change[0])


def unwrap(change: etree._Element) -> None:
    for item in change.iter(*DELETED):
        item.tag = DELETED[item.tag]
    for child in list(change):
        change.addprevious(child)
    drop(change)


def flow_into_the_next(paragraph: etree._Element, looks: Looks) -> None:
    """A paragraph without a mark of its own; an empty one above a table simply goes."""
    following = next((item for item in paragraph.itersiblings() if item.tag in (P, TBL, W + "sdt", SECT_PR)), None)
    content = [child for child in paragraph if child.tag != PPR]
    holds_anything = any(len(run) > len(run.findall(RPR)) for child in content for run in child.iter(RUN))
    assert paragraph.find(f"{PPR}/{SECT_PR}") is None, "a section break went with its paragraph mark"
    assert following is not None, "the last paragraph of a cell, box or document cannot go"
    if following.tag == TBL and not holds_anything:
        for child in content:
            paragraph.addprevious(child)
        drop(paragraph)
        return
    assert following.tag == P, "words went with no paragraph to flow into"
    if looks == "of the first" and holds_anything:
        section = following.find(f"{PPR}/{SECT_PR}")
        replace_properties(following, paragraph.find(PPR), section)
    position = 1 if following.find(PPR) is not None else 0
    following[position:position] = content
    drop(paragraph)


def replace_properties(
    paragraph: etree._Element, properties: etree._Element | None, section: etree._Element | None
) -> None:
    """Other properties for a paragraph; the section ends where it ended."""
    old = paragraph.find(PPR)
    if old is not None:
        drop(old)
    if properties is None and section is not None:
        properties = paragraph.makeelement(PPR, {})
    if properties is not None:
        paragraph.insert(0, properties)
        if section is not None:
            properties.append(section)


def drop(item: etree._Element) -> None:
    item.getparent().remove(item)


# --- Whether Word opens it ---


def faults_of(root: etree._Element, author: str) -> list[str]:
    """Where the author's changes do not stand as the schema wants them."""
    changes = own(root, author, *CHANGES)
    numbers = [change.get(W + "id") for change in changes]
    faults = [f"number {number} twice" for number in set(numbers) if numbers.count(number) > 1]
    for change in changes:
        parent = change.getparent()
        if parent.tag in ORDERS:
            order = [ORDERS[parent.tag].get(item.tag, 2) for item in parent]
            faults += [f"wrong order: {canonical(parent)}"] if order != sorted(order) else []
        elif parent.tag not in PARENTS:
            faults.append(f"a change of words in {parent.tag}")
        if change.tag == DEL and next(change.iter(*DELETED.values()), None) is not None:
            faults.append(f"living words among deleted ones: {canonical(change)}")
    gone = {text for item in root.iter(DEL) for text in item.iter(*DELETED)}
    return faults + [f"deleted words among living ones: {canonical(t)}" for t in root.iter(*DELETED) if t not in gone]


# --- What a part says ---


def content_of(root: etree._Element, *, blank_ones: bool) -> list[tuple[str, ...]]:
    """Every paragraph: where it stands, which section ends with it, how it and its mark look, and what is in it.

    Without blank ones the sections come last, because one of them may end with a blank one.
    """
    places = {item: f"{etree.QName(item).localname} {number}" for number, item in enumerate(root.iter(*CONTAINERS))}
    sections = sections_of(root)
    found = []
    for paragraph in root.iter(P):
        place = next((places[item] for item in paragraph.iterancestors(*CONTAINERS)), "")
        section = sections.get(paragraph, "") if blank_ones else ""
        looks = [canonical(item) for item in paragraph.iterfind(f"{PPR}/*") if item.tag not in (RPR, SECT_PR)]
        pieces = tuple(pieces_of(paragraph))
        if pieces or blank_ones:
            found.append((place, section, " ".join(looks), looks_of_run(paragraph.find(PPR)), *pieces))
    return [*found, tuple(sections.values())]


def sections_of(root: etree._Element) -> dict[etree._Element | None, str]:
    """By the paragraph that ends it, every section: its page, and the headers that it has or inherits."""
    inherited: dict[tuple[str, str], str] = {}
    sections: dict[etree._Element | None, str] = {}
    for section in root.iter(SECT_PR):
        for reference in section.iterchildren(*REFERENCES):
            inherited[reference.tag, reference.get(W + "type") or "default"] = reference.get(R + "id") or ""
        page = " ".join(canonical(item) for item in section if item.tag not in REFERENCES)
        sections[next(section.iterancestors(P), None)] = f"{page} {sorted(inherited.items())}"
    return sections


def pieces_of(parent: etree._Element, around: str = "") -> Iterator[str]:
    """Characters and other content of runs, each with its look and what is around it, however they are cut up."""
    for child in parent:
        if child.tag == RUN:
            yield from pieces_of_run(child, around)
        elif child.tag == FLD_SIMPLE:
            yield from ("field begin", child.get(W + "instr") or "", "field separate")
            yield from pieces_of(child, around)
            yield "field end"
        elif child.tag in AROUND:
            names = [child.get(name) for name in (R + "id", W + "anchor", W + "author")]
            yield from pieces_of(child, f"{around} {etree.QName(child).localname} {names}")
        elif child.tag != PPR:
            yield from pieces_of(child, around)


def pieces_of_run(run: etree._Element, around: str) -> Iterator[str]:
    look = f"{looks_of_run(run)} {around}"
    for node in run:
        name = etree.QName(node).localname
        if name == "t":
            yield from (f"{char} {look}" for char in node.text or "")
        elif name == "fldChar":
            yield f"field {node.get(W + 'fldCharType')}"
        elif name == "instrText":
            yield node.text or ""
        elif name == "ruby":
            yield from (piece for part in node for piece in pieces_of(part, f"{around} {part.tag}"))
        elif name in ("drawing", "pict", "object", "AlternateContent"):
            yield name
        elif name == "br":
            yield f"break {node.get(W + 'type') or 'textWrapping'} {look}"
        elif name not in ("rPr", "lastRenderedPageBreak"):
            yield f"{canonical(node)} {look}"


def looks_of_run(holder: etree._Element | None) -> str:
    """The look of a run or of a paragraph mark, without what a spelling checker or a font substitution asks for."""
    properties = holder.findall(f"{RPR}/*") if holder is not None else []
    seen = " ".join(sorted(canonical(item) for item in properties if item.tag not in UNSEEN))
    return seen.replace(' w:hint="eastAsia"', "").replace(' w:hint="default"', "").replace(' w:hint="cs"', "")


def canonical(item: etree._Element) -> str:
    """The element in a form that does not depend on how it was written."""
    written = etree.tostring(item, method="c14n", exclusive=True, with_tail=False).decode()
    return re.sub(r' xmlns:\w+="[^"]*"', "", written)
