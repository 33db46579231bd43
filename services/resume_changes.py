"""From changes to the resume as it stands: which changes fit the document, which count, and what they make of it.

All paths are those of the base resume; nothing is ever searched and replaced in the text as a whole.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from schemas.change_schemas import Change, ChangeKind, Decision, Verdict
from schemas.resume_schemas import ResumeData
from services.resume_paths import PathStep, parse_path, read_path
from services.three_way_merge import merge


def is_applied(change: Change) -> bool:
    """Whether a change counts: accepted or edited, or passed and not decided on yet.

    A blocked change never does, and a deletion only once it was accepted: nothing disappears by default.
    """
    if change.decision is Decision.EDITED:
        return True
    if change.verdict is Verdict.BLOCK:
        return False
    if change.kind is ChangeKind.DELETE:
        return change.decision is Decision.ACCEPTED
    return change.decision in (Decision.ACCEPTED, Decision.PENDING)


def wording(change: Change) -> str | list[str] | None:
    """What a change puts in place: the proposal, or the person's own words once they edited it."""
    return change.edited_text if change.decision is Decision.EDITED else change.proposed


def fits(resume: ResumeData, change: Change) -> bool:
    """Whether the change's path exists, its original is what stands there and its proposal is of the right kind."""
    steps = parse_path(change.path)
    if steps is None or steps[-1] == "section_order":
        return False
    current = read_path(resume, change.path)
    match change.kind:
        case ChangeKind.REPLACE:
            return isinstance(change.proposed, str) and isinstance(current, str) and change.original == current
        case ChangeKind.DELETE:
            return isinstance(steps[-1], int) and isinstance(current, str) and change.original == current
        case ChangeKind.REORDER:
            return (
                isinstance(current, list)
                and isinstance(change.proposed, list)
                and Counter(current) == Counter(change.proposed)
            )
        case ChangeKind.INSERT:
            siblings = read_path(resume, change.path.rpartition("[")[0])
            index = steps[-1]
            return (
                isinstance(change.proposed, str)
                and isinstance(index, int)
                and isinstance(siblings, list)
                and index <= len(siblings)
            )


def apply_changes(base: ResumeData, changes: Iterable[Change]) -> ResumeData:
    """The base resume with all changes that count. Raises nothing: a change that does not fit is left out.

    In one list, items are replaced first, then reordered (by their original text), then deleted, then inserted.
    """
    applied = [change for change in changes if is_applied(change) and fits(base, change)]
    resume = base.model_copy(deep=True)
    texts = [change for change in applied if _list_path(change) is None]
    for change in texts:
        _write(resume, change.path, wording(change))
    for path in dict.fromkeys(path for change in applied if (path := _list_path(change)) is not None):
        original = read_path(base, path)
        if isinstance(original, list):
            _write(resume, path, _changed_list(original, [c for c in applied if _list_path(c) == path]))
    return resume


def _changed_list(original: Sequence[str], changes: Sequence[Change]) -> list[str]:
    """One list after all its changes; items keep their identity by index, so equal texts are told apart."""
    texts: dict[int, str | None] = dict(enumerate(original))
    order = list(texts)
    inserted: dict[int, list[str]] = {}
    for change in changes:
        index = _last_index(change.path)
        text = wording(change)
        if change.kind is ChangeKind.REORDER and isinstance(text, list):
            order = _permutation(original, text)
        elif change.kind is ChangeKind.DELETE and index is not None:
            texts[index] = None
        elif change.kind is ChangeKind.INSERT and index is not None and isinstance(text, str):
            inserted.setdefault(index, []).append(text)
        elif index is not None and isinstance(text, str) and texts[index] is not None:
            texts[index] = text
    result: list[str] = []
    for position, index in enumerate(order):
        result += inserted.get(position, [])
        if (kept := texts[index]) is not None:
            result.append(kept)
    return result + inserted.get(len(order), [])


def _permutation(original: Sequence[str], wanted: Sequence[str]) -> list[int]:
    places: dict[str, list[int]] = {}
    for index, text in enumerate(original):
        places.setdefault(text, []).append(index)
    return [places[text].pop(0) for text in wanted]


def _list_path(change: Change) -> str | None:
    """The list that a change is about, None for a change of a single text."""
    if change.kind is ChangeKind.REORDER:
        return change.path
    return change.path.rpartition("[")[0] if change.path.endswith("]") else None


def _last_index(path: str) -> int | None:
    steps = parse_path(path)
    return steps[-1] if steps and isinstance(steps[-1], int) else None


def _write(resume: ResumeData, path: str, value: object) -> None:
    steps = parse_path(path)
    if not steps:
        return
    holder: object = resume
    for step in steps[:-1]:
        holder = _child(holder, step)
    last = steps[-1]
    if isinstance(holder, list) and isinstance(last, int):
        holder[last] = value
    elif isinstance(holder, BaseModel) and isinstance(last, str):
        setattr(holder, last, value)


def _child(holder: object, step: PathStep) -> object:
    if isinstance(step, int):
        return holder[step] if isinstance(holder, list) else None
    return getattr(holder, step, None)


def keep_hand_edits(before: ResumeData, edited: ResumeData | None, after: ResumeData) -> ResumeData:
    """`after`, with what the person had edited by hand on top of `before`, entry by entry and item by item."""
    return after if edited is None else merge(before, edited, after)
