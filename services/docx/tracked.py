"""Turning finished edits into Word's tracked changes: accepting all gives the edited text, rejecting all the original.

Compares the original with the edited part, so it does not matter how an edit was made.
"""

import copy
from itertools import takewhile

from services.docx import blocks
from services.docx import names as n
from services.docx.atoms import read_atoms, text_of
from services.docx.edits import TrackedChanges
from services.docx.losses import ONLY_IN_WORD
from services.docx.merge import PartRecord, collapse
from services.docx.names import Element
from services.docx.revisions import accept_all, reject_all
from services.docx.touching_changes import keep_apart
from services.docx.tracked_for_word import only_word_tracks
from services.docx.tracked_marker import Marker
from services.docx.tracked_marks import track_insertions, track_lost_mark, track_removal
from services.docx.tracked_words import track_words


def track_part(
    original: Element, paragraphs: list[Element], edited: Element, record: PartRecord, tracked: TrackedChanges
) -> set[tuple[int, str]] | None:
    """Write the edits of a part into its untouched tree `original` as tracked changes; None when they don't add up.

    `paragraphs` are those of the edited tree as they stood before the edits, in the order of `original`.
    Returns what a person should know: the edits that Word accepts and rejects properly, but LibreOffice does not, and
    those of which an empty paragraph is left.
    """
    before = _texts(original)
    counterpart = dict(zip(paragraphs, list(original.iter(n.P)), strict=True))
    lost_on_libreoffice = only_word_tracks(original)
    marker = Marker(tracked, _highest_id(original))
    for element in record.outcomes:
        if element in counterpart and element not in record.removed:
            track_words(counterpart[element], element, marker)
    for element in record.removed:
        track_removal(counterpart[element], marker)
    for_word = track_insertions(edited, counterpart, record, marker)
    for element in record.outcomes:
        if element in counterpart and element not in record.removed:
            line = counterpart[element]
            if not marker.change_looks(line, before=line, after=element):
                for_word.add(element)
    for element in (*record.outcomes, *record.removed, *record.inserted_after.values()):
        if element in counterpart:
            _free_of_controls(counterpart[element])
    replaced = set(record.inserted_after.values())
    gone = {counterpart[element]: element for element in record.removed if element not in replaced}
    losses = {
        element: code
        for paragraph, element in gone.items()
        if (code := track_lost_mark(paragraph, gone.keys(), marker)) is not None
    }
    keep_apart(original, tracked.author)
    accepted, rejected = copy.deepcopy(original), copy.deepcopy(original)
    accept_all(accepted, tracked.author)
    reject_all(rejected, tracked.author)
    if _texts(rejected) != before or _texts(accepted) != _texts(edited):
        return None
    for element in (*record.outcomes, *record.removed):
        place = record.inserted_after.get(element, element)
        if counterpart[place] in lost_on_libreoffice:
            for_word.add(element)
    outcomes = record.outcomes | record.removed
    losses |= dict.fromkeys(for_word, ONLY_IN_WORD)
    return {(edit, code) for element, code in losses.items() for edit in outcomes[element].edits}


def _free_of_controls(paragraph: Element) -> None:
    """Take content controls around changed lines and words away: LibreOffice mixes up the changes at their edges."""
    around = takewhile(lambda item: item.tag != n.TXBX_CONTENT, paragraph.iterancestors())
    inside = (item for item in paragraph.iter(n.SDT) if next(item.iterancestors(n.P)) is paragraph)
    controls = [*(item for item in around if item.tag == n.SDT), *(item for item in inside if _is_touched(item))]
    for control in controls:
        blocks.unwrap_control(control)


def _is_touched(control: Element) -> bool:
    """Whether words change in a content control or right beside it."""
    beside = (control.getprevious(), control.getnext())
    changed = any(item is not None and item.tag in (n.INS, n.DEL) for item in beside)
    return changed or next(control.iter(n.INS, n.DEL), None) is not None


def _texts(root: Element) -> list[str]:
    """What the paragraphs say; empty ones are left out, because some have to stay where a line goes."""
    texts = [collapse(text_of(read_atoms(paragraph))) for paragraph in root.iter(n.P)]
    return [text for text in texts if text]


def _highest_id(root: Element) -> int:
    ids = (item.get(n.W + "id") or "" for item in root.iter(n.INS, n.DEL, n.BOOKMARK_START, n.W + "commentRangeStart"))
    return max((int(value) for value in ids if value.isdecimal()), default=0)
