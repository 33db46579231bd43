"""What a rewritten line may have lost on the way: tabs that aligned it, links. Tells a person, decides nothing."""

from collections import Counter
from dataclasses import dataclass

from services.docx.atoms import LinkSpan, read_atoms
from services.docx.edits import EditId, MergeWarning
from services.docx.names import Element

LEFT_BLANK, ONLY_IN_WORD = "left_blank", "tracked_for_word"
_MESSAGES = {
    "tabs_dropped": "The line was aligned with tabs; some of them had no place in the new text.",
    "link_removed": "A link of the line was removed together with its words.",
    "link_text_changed": "The words of a link changed; it still leads to the same address.",
    LEFT_BLANK: "The line was emptied, but its paragraph is needed by the layout and stays as an empty one.",
    "not_tracked": "The change was made, but could not be shown as a tracked change.",
    ONLY_IN_WORD: "LibreOffice may not accept or reject this tracked change properly; Word does.",
}


@dataclass(frozen=True, slots=True)
class Traits:
    """The tabs of a paragraph and the words of its links by where they lead."""

    tabs: int
    links: Counter[tuple[str, str]]


def traits_of(paragraph: Element) -> Traits:
    """Tabs and links of a paragraph."""
    atoms = read_atoms(paragraph)
    words: dict[LinkSpan, str] = {}
    for atom in atoms:
        if atom.link is not None:
            words[atom.link] = words.get(atom.link, "") + atom.char
    links = Counter((link.relationship_id or link.instruction.strip(), text) for link, text in words.items())
    return Traits(sum(atom.char == "\t" for atom in atoms), links)


def find_losses(before: Traits, after: Traits) -> list[str]:
    """The codes of what a comparison finds."""
    codes: list[str] = []
    if after.tabs < before.tabs:
        codes.append("tabs_dropped")
    kept_targets = {target for target, _ in after.links}
    for target, _ in before.links - after.links:
        codes.append("link_text_changed" if target in kept_targets else "link_removed")
    return list(dict.fromkeys(codes))


def find_warning(edit: EditId, code: str) -> MergeWarning:
    """A warning with its sentence."""
    return MergeWarning(id=edit, code=code, message=_MESSAGES[code])
