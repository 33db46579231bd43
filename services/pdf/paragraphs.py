"""Rows of a column re-joined to the paragraphs that the writer typed. Knows geometry, hyphens, headings and dates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.pdf.rows import Cell, Margins, Row, is_side_note
from services.resume_language.dates import find_dates, is_only_dates
from services.resume_language.headings import heading_kind

_SOFT_HYPHEN = "\u00ad"
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uff60]")
"""Letters of scripts without spaces between words: a line may wrap before each of them."""
_WORD = re.compile(rf"{_UNSPACED.pattern}|[^\s、，；]+")
_ENDS_SENTENCE = re.compile(r"[.!?:;]$")
_DATE_ONLY = re.compile(r"^\W*(\w{3,12}\.?\s+)?(\d{1,2}[./])?(19|20)\d\d\b.{0,30}$")
_UNFINISHED = re.compile(
    r"(?:[,;&/(–-]|\b(?:a|an|and|as|at|by|for|from|in|of|on|or|our|the|to|with|using|via|including"
    r"|am|an|auf|aus|bei|das|dem|den|der|des|die|ein|eine|einer|eines|für|im|in|mit|nach|oder|und|vom|von|zu|zum|zur"
    r"|à|au|aux|avec|d|dans|de|des|du|en|et|l|la|le|les|ou|par|pour|sur|un|une|al|con|del|e|el|las|los|o|para|por|y"
    r"|com|da|das|do|dos|em|na|no|os|ao|di|della|dei|il|lo|nel|per|het|een|van|voor|met|och|av|på|till))$",
    re.IGNORECASE,
)
_ENDS_WITH_STATE = re.compile(r", [A-Z]{2}$")
_HANGING = re.compile(
    r"\s(?:of|and|the|with|for|from|in|at|für|im|zum|zur|und|der|dem|den|des|vom|von|mit|de|du|et|pour|la|les|aux|sur|del|los|las|para|con"
    r"|da|do|dos|em|della|delle|dei|di|per|van|voor|met|och|för)$"
)
"""Little words that end no name: what they lead to stands in the next row, however short this one is."""
_STANDS_ALONE = re.compile(r"^(?:\S+@\S+|(?:https?://|www\.)\S+|\+?[\d\s()./\u2011-]{7,24})$")
"""An address or a number: whole as it stands."""
_ADDRESS_CUT = re.compile(
    r"(?<!\S)[\w.+-]+@(?![\w.-]*\.(?:com|org|net|edu|gov|info|app|dev|name|email|test|[a-z]{2})$)[\w.-]*$",
    re.IGNORECASE,
)
_ADDRESS_REST = re.compile(r"^[\w-]*\.(?:[\w-]+\.)*[a-zA-Z]{2,8}$")
"""Together an e-mail address that its column was too narrow for; one that ends as they do is not cut."""
_ENDS_WITH_YEAR = re.compile(r"[,|(–—]\s*(?:19|20)\d\d\)?$")
_PARTED = re.compile(r"\s[•|·∙]\s")
_LABEL = re.compile(r"^[^\W\d_a-zß-öø-ÿ][^•|·:]{1,30}:$")
"""A name for what follows below, alone in its row."""
_FEWEST_IN_LIST = 3
_FEWEST_OF_SENTENCE = 5
_TIGHT = 1.45
"""In units of the font size: lines of one paragraph are no further from each other in most resumes."""
_CLOSER = 0.85
"""Of the usual distance of rows: what is nearer belongs to the row above."""
_NAME_SIZE = 1.6
"""In units of the contact data beside it: a name is so large at least."""
_MOST_HEADING_WORDS = 5
_MOST_ENTRY_WORDS = 16
_KEPT_PREFIXES = frozenset(
    "self cross non multi co pre post real high low full end on well long short data user third open back front "
    "problem decision time cost e in one two three four five object event test client server customer market "
    "state hands peer all part sub-".split()
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Rows that are one line of the document."""

    rows: tuple[Row, ...]
    text: str


def paragraphs_of(rows: Sequence[Row]) -> list[Paragraph]:
    """The rows of one flow of text, wrapped ones joined."""
    rows = _with_wrapped_notes_joined(_with_wrapped_name_joined(rows))
    listed = _listed(rows)
    margins = {page: Margins([row for row in rows if row.page == page]) for page in {row.page for row in rows}}
    groups: list[list[Row]] = []
    for row in rows:
        if groups and id(row) not in listed and _goes_on(groups[-1], row, margins[groups[-1][-1].page]):
            groups[-1].append(row)
        else:
            groups.append([row])
    words = {word.casefold() for row in rows for word in re.findall(r"[\w-]+", row.text)}
    out: list[Paragraph] = []
    for group in groups:
        text, note = group[0].text, ""
        if len(group) > 1 and _goes_on_left_of_note(group[0], group[1]):
            text, _, note = text.partition("\t")
        for row in group[1:]:
            text = _glue(text, row.text, words, margins[row.page].ragged)
        text = f"{text}\t{note}" if note else text
        out.append(Paragraph(tuple(group), _settled_hyphens(text)))
    return out


def _with_wrapped_name_joined(rows: Sequence[Row]) -> list[Row]:
    """The rows, with a name that wraps beside small contact data in one: large words over large ones at one edge."""
    out: list[Row] = []
    for row in rows:
        last = out[-1] if out else None
        if last is None or not _is_name_wrapped(last, row):
            out.append(row)
            continue
        first, second = last.cells[0], row.cells[0]
        glue = "" if first.text.endswith("-") else " "
        name = Cell(f"{first.text}{glue}{second.text}", first.x0, max(first.x1, second.x1))
        out[-1] = replace(last, cells=(name,), y1=row.y1, ends_size=last.size, boxes=last.boxes + row.boxes)
        for beside in (last, row):
            if len(beside.cells) > 1:
                out.append(replace(beside, cells=beside.cells[1:], x0=beside.cells[1].x0, size=beside.ends_size))
    return out


def _is_name_wrapped(last: Row, row: Row) -> bool:
    large = all(len(one.cells) == 1 or one.size >= _NAME_SIZE * one.ends_size for one in (last, row))
    beside = len(last.cells) > 1 and not last.marker and not row.marker
    alike = abs(last.size - row.size) <= 0.1 and last.starts_bold == row.starts_bold and abs(last.x0 - row.x0) <= 2
    return large and beside and alike and 0 < row.baseline - last.baseline <= _TIGHT * row.size


def _with_wrapped_notes_joined(rows: Sequence[Row]) -> list[Row]:
    """The rows, with spans of time in one that were set over two: wrapped in their cell, or start above end."""
    out: list[Row] = []
    for row in rows:
        last = out[-1] if out else None
        at = _split_span(last, row) if last is not None else None
        if last is None or at is None:
            out.append(row)
            continue
        above, below = last.cells[at], row.cells[-1 if at else 0]
        glue = " " if _crosses(above.text, below.text) else "\t"
        note = Cell(f"{above.text}{glue}{below.text}", above.x0, max(above.x1, below.x1))
        rest = row.cells[:-1] if at else row.cells[1:]
        if (
            at == 1 and glue == " " and len(rest) == 1 and _fills_up_to(last.cells[0], above, row)
        ):  # the title beside the date may have wrapped with it
            title = Cell(f"{last.cells[0].text} {rest[0].text}", last.cells[0].x0, max(last.cells[0].x1, rest[0].x1))
            out[-1] = replace(last, cells=(title, note), y1=row.y1, boxes=last.boxes + row.boxes)
            continue
        cells = (*last.cells[:at], note, *last.cells[at + 1 :])
        out[-1] = replace(last, cells=cells)
        if rest:
            out.append(replace(row, cells=rest))
    return out


def _split_span(last: Row, row: Row) -> int | None:
    """The first or the last cell, when a span of time begins in the upper row and ends in the lower one."""
    if not 0 < row.baseline - last.baseline <= 1.9 * row.size or row.marker or len(last.cells) < 2:
        return None
    for at in (len(last.cells) - 1, 0):
        above, below = last.cells[at], row.cells[-1 if at else 0]
        beside = abs(above.x0 - below.x0) <= 2 or abs(above.x1 - below.x1) <= 2
        wraps = _is_span(f"{above.text} {below.text}") and _crosses(above.text, below.text)
        stacked = last.starts_bold and not row.starts_bold and _is_span(f"{above.text}\t{below.text}")
        if beside and (wraps or stacked):
            return at
    return None


def _is_span(text: str) -> bool:
    spans = find_dates(text)
    return len(spans) == 1 and spans[0].is_range and is_only_dates(text)


def _listed(rows: Sequence[Row]) -> set[int]:
    """The rows, by identity, that are items below each other: each begins like a name and none is left unfinished."""
    runs: list[list[Row]] = []
    for row in rows:
        if runs and _stands_below(runs[-1][-1], row):
            runs[-1].append(row)
        else:
            runs.append([row])
    lists = [run for run in runs if len(run) >= _FEWEST_IN_LIST and all(map(_is_item, run))]
    return {id(row) for run in lists for row in run}


def _stands_below(last: Row, row: Row) -> bool:
    alike = row.bold == last.bold and row.italic == last.italic and abs(row.size - last.size) <= 0.6
    plain = not row.marker and not last.marker and len(row.cells) == len(last.cells) == 1
    plain = plain and not any(_STANDS_ALONE.match(one.text) and not is_only_dates(one.text) for one in (last, row))
    near = row.page == last.page and 0 < row.baseline - last.baseline <= 1.9 * row.size
    return alike and plain and near and abs(row.x0 - last.x0) <= 2


def _is_item(row: Row) -> bool:
    text = row.text
    unfinished = re.search(r"[.,;:]$", text) or _is_unfinished(text) or _UNSPACED.search(text)
    return bool(re.match(r"[^\W_a-zß-öø-ÿ]", text)) and not unfinished and not is_only_dates(text)


def _is_unfinished(text: str) -> bool:
    """Whether the last word leads on to another; the OR of "Portland, OR" is a state."""
    return bool(_UNFINISHED.search(text)) and not _ENDS_WITH_STATE.search(text)


def _goes_on(group: list[Row], row: Row, margins: Margins) -> bool:
    """Whether the row is the wrapped rest of the paragraph so far."""
    last, first = group[-1], group[0]
    if row.marker or len(row.cells) > 1:
        return False
    if abs(row.size - last.ends_size) > 0.6:
        # a date at the right may be smaller than the title that goes on below
        return last is first and abs(row.size - last.size) <= 0.6 and _goes_on_left_of_note(first, row)
    if _is_rest_of_span(last, row) or _is_rest_of_address(last, row):
        return True
    if _STANDS_ALONE.match(row.text) or _STANDS_ALONE.match(last.text) or _ends_dated_sentence(last, row):
        return False
    if last is first and _goes_on_left_of_note(first, row):
        return True
    if _opens_something(first, last, row, wraps=_is_set_as_one(last, row) and _is_full(last, row, margins)):
        return False
    lower = (row.text[:1].islower() or row.text.startswith("(")) and not _ENDS_SENTENCE.search(last.text)
    if row.page != last.page:
        return lower and row.starts_bold == last.ends_bold
    full = _is_full(last, row, margins)
    if not _looks_go_on(last, row, lower=lower and full) or not _indent_fits(first, last, row, full=full):
        return False
    if not _is_next_line(group, row, margins, lower=lower):
        return False
    almost = last.x1 >= last.text_x0 + 0.7 * (margins.at(last.text_x0) - last.text_x0)
    if _HANGING.search(last.text) or (lower and last.ends_bold and row.bold):
        return True
    cut = _is_cut_by_edge(last, row, margins) and not _are_lists_of_words(last.text, row.text)
    unfinished = full and (cut or _is_unfinished(last.text))
    if not lower and not unfinished and _is_list_of_names(last.text, row.text):
        return False
    return full or (lower and (almost or _is_set_closer(last, row, margins) or _is_prose(first, last, row)))


def _ends_dated_sentence(last: Row, row: Row) -> bool:
    """Whether a full stop ends an entry in one line behind its dates, and a new sentence begins below."""
    is_dated = len(last.cells) > 1 and is_only_dates(last.cells[0].text)
    return is_dated and last.text.endswith(".") and row.text[:1].isupper()


def _is_set_as_one(last: Row, row: Row) -> bool:
    """Whether both rows look alike and are as near to each other as no heading is to what is above it."""
    alike = last.bold == row.bold and last.text.isupper() == row.text.isupper() and abs(last.size - row.size) <= 0.1
    return alike and 0 < row.baseline - last.baseline <= _TIGHT * row.size


def _opens_something(first: Row, last: Row, row: Row, *, wraps: bool) -> bool:
    """Whether the row's words say that it is a heading, or a new entry after a list item, however full the last is.

    In a PDF of one font and one line distance nothing else tells. Where it stands below a list mark and not below the
    item's words, a capital says so.
    """
    if _begins_with_span(row.text) and _begins_with_span(first.text):
        return True
    if row.text[:1].isupper() and _is_entry_in_one_line(last, row):
        return True
    if last is first and _is_heading(f"{last.text} {row.text}"):
        return False
    if last is first and _is_heading(last.text) and not _is_set_as_one(last, row):
        return True
    if not row.text[:1].isalnum() or row.text[:1].islower() or _is_unfinished(last.text):
        return False
    if _LABEL.match(row.text) and _PARTED.search(last.text):
        return True
    if not wraps and (_is_heading(row.text) or (last is first and _is_heading(last.text))):
        return True
    if not first.marker:
        return False
    hangs = first.cells[0].x0 - first.x0 > 3
    if hangs and abs(row.x0 - first.x0) <= 1 and row.text[:1].isupper():
        return True
    return len(row.text.split()) <= _MOST_ENTRY_WORDS and _is_dated_entry(row.text)


def _is_rest_of_address(last: Row, row: Row) -> bool:
    """Whether an e-mail address that its column is too narrow for goes on here: `ada@kite.exam`, `ple.com`."""
    near = row.page == last.page and 0 < row.baseline - last.baseline <= _TIGHT * row.size
    in_column = abs(row.x0 - last.cells[-1].x0) <= 2 and row.x1 <= last.x1
    return near and in_column and bool(_ADDRESS_CUT.search(last.text)) and bool(_ADDRESS_REST.match(row.text))


def _is_rest_of_span(last: Row, row: Row) -> bool:
    """Whether a span of time that the upper row leaves open ends in the lower one: `2016–` over `2019`."""
    near = row.page == last.page and 0 < row.baseline - last.baseline <= 1.9 * row.size
    return near and is_only_dates(row.text) and _crosses(last.text, row.text)


def _crosses(above: str, below: str) -> bool:
    """Whether a span of time begins in the upper text and ends in the lower one: `Sept` over `2020 – present`."""
    return any(span.is_range and span.begin < len(above) < span.finish for span in find_dates(f"{above} {below}"))


def _is_cut_by_edge(last: Row, row: Row, margins: Margins) -> bool:
    """Whether the next word would not have fitted: lines show where the edge is, or bold words run up to a column."""
    end = last.x1 + _first_word_width(row)
    return margins.ends_at_edge(end) or (last.ends_bold and row.bold and end > row.reach)


def _ends_with_span(text: str) -> bool:
    """Whether a span of time comes last, as behind a title and an employer."""
    return any(span.finish == len(text.rstrip(" )")) and span.is_range for span in find_dates(text))


def _is_entry_in_one_line(last: Row, row: Row) -> bool:
    """Whether a span of time ends the upper row behind other words, or a year set off by a comma ends both."""
    if last.marker or is_only_dates(last.text):
        return False
    return _ends_with_span(last.text) or bool(_ENDS_WITH_YEAR.search(last.text) and _ENDS_WITH_YEAR.search(row.text))


def _begins_with_span(text: str) -> bool:
    """Whether a span of time comes first, as in lists of one line for each job."""
    return any(span.begin == 0 and span.is_range for span in find_dates(text))


def _is_heading(text: str) -> bool:
    return len(text.split()) <= _MOST_HEADING_WORDS and text[-1:] not in ".,;" and heading_kind(text) is not None


def _is_dated_entry(text: str) -> bool:
    """Whether a span of time stands at the beginning or the end of a line, as it does beside a job."""
    spans = [span for span in find_dates(text) if span.is_range]
    edges = [(text[: span.begin], text[span.finish :]) for span in spans]
    return any(not re.search(r"\w", before) or not re.search(r"\w", after) for before, after in edges)


def _looks_go_on(last: Row, row: Row, *, lower: bool) -> bool:
    """Whether the row's looks and words allow that it goes on: a sentence may turn bold just where it wraps."""
    if row.starts_bold != last.ends_bold and not lower:
        return False
    return row.italic == last.italic and not _DATE_ONLY.match(row.text) and not last.text.endswith(":")


def _is_next_line(group: list[Row], row: Row, margins: Margins, *, lower: bool) -> bool:
    """Whether the row follows at the distance of lines, not of paragraphs."""
    last = group[-1]
    distance, pitch = row.baseline - last.baseline, margins.line_pitch(row)
    if not 0 < distance <= max(1.9 * max(row.size, last.size), 1.04 * (pitch or 0)):
        return False
    if len(group) > 1 and distance > 1.3 * (last.baseline - group[-2].baseline):
        return False
    apart = pitch is not None and distance > pitch + max(0.9, 0.06 * pitch)
    return lower or not apart or not _ENDS_SENTENCE.search(last.text)


def _is_set_closer(last: Row, row: Row, margins: Margins) -> bool:
    """Whether the row is nearer to the one above than rows that begin an item: one that wraps in a spaced list."""
    pitch = margins.item_pitch(row)
    return pitch is not None and row.baseline - last.baseline < _CLOSER * pitch


def _is_prose(first: Row, last: Row, row: Row) -> bool:
    """Whether a sentence goes on in the next line, wherever its column ends: it began with a capital, and set tight."""
    words = len(last.text.split()) >= _FEWEST_OF_SENTENCE
    return words and first.text[:1].isupper() and not find_dates(last.text) and _is_set_as_one(last, row)


def _goes_on_left_of_note(first: Row, row: Row) -> bool:
    """Whether the row is the rest of a title that was wrapped because a date stands at its right."""
    if first.marker or len(first.cells) != 2 or row.page != first.page or not is_side_note(first.cells[1]):
        return False
    title = first.cells[0]
    near = 0 < row.baseline - first.baseline <= 1.6 * row.size and abs(row.cells[0].x0 - title.x0) <= 2
    same = row.bold == first.starts_bold and row.italic == first.italic
    goes_on = same or bool(_HANGING.search(title.text))
    return near and goes_on and not _DATE_ONLY.match(row.text) and _fills_up_to(title, first.cells[1], row)


def _fills_up_to(title: Cell, note: Cell, row: Row) -> bool:
    """Whether a title goes on below: its last word leads on, or the next would not have fitted before the note."""
    return _is_unfinished(title.text) or title.x1 + _first_word_width(row) >= note.x0 - 3.5 * row.size


def _is_full(last: Row, row: Row, margins: Margins) -> bool:
    """Whether the first word of the next row would not have fitted on this one."""
    return last.x1 + _first_word_width(row) >= margins.at(last.text_x0) - 1.0


def _first_word_width(row: Row) -> float:
    """Width of a space and the row's first word."""
    word = _WORD.match(row.text)
    cell = row.cells[0]
    letter = (cell.x1 - cell.x0) / max(len(cell.text), 1)
    return letter * ((len(word.group()) if word else 0) + 1)


def _is_list_of_names(text: str, following: str) -> bool:
    """Whether the two rows are items below each other (`Operating Systems`, `Compilers`) and not running text."""
    if re.search(r"[•|·]", text):
        return not re.search(r"[•|·]$", text) and not re.match(r"[•|·]", following)
    if text.count(",") > 1 or text.endswith((",", "&", "/", "-", "–")) or len(text) > 70:
        return False
    words = re.findall(r"[^\W\d_]+", text)
    if _UNSPACED.search(text):
        return False
    return sum(1 for word in words if word.islower()) < 0.34 * len(words)


def _are_lists_of_words(text: str, following: str) -> bool:
    """Whether marks part single words in both rows: no item of such a list goes on in the next row."""
    if not (_PARTED.search(text) and _PARTED.search(following)):
        return False
    return not any(" " in item.strip() for item in (*_PARTED.split(text)[:-1], *_PARTED.split(following)[1:]))


def _indent_fits(first: Row, last: Row, row: Row, *, full: bool) -> bool:
    start = row.cells[0].x0
    if first.marker:
        hanging = first.cells[0].x0
        return abs(start - hanging) <= 0.8 * row.size or (full and first.x0 - 2 <= start <= hanging + 2)
    if len(first.cells) > 1 and last is first:
        return abs(start - first.text_x0) <= 3
    centred = abs((start + row.cells[0].x1) - (last.cells[0].x0 + last.x1)) <= 6
    return abs(start - last.text_x0) <= 3 or (full and (centred or 0 < last.x0 - start <= 3 * row.size))


def _glue(text: str, following: str, words: set[str], ragged: bool) -> str:
    """Two rows in one: a hyphen at the end is the word's own, or was put there to break it."""
    if text.endswith(_SOFT_HYPHEN):
        return text[:-1] + following
    if _ADDRESS_CUT.search(text) and _ADDRESS_REST.match(following):
        return text + following
    if not re.search(r"[^\W\d_]-$", text) or not following[:1].islower():
        joins_tight = text.endswith(("-", "/")) and re.search(r"\w[-/]$", text) is not None
        return text + following if joins_tight or _is_unspaced(text[-1:], following[:1]) else f"{text} {following}"
    before = re.findall(r"[\w-]+-$", text)[-1][:-1].casefold()
    after = (re.match(r"[\w]+", following) or [""])[0].casefold()
    if before + after in words or (not ragged and before not in _KEPT_PREFIXES and f"{before}-{after}" not in words):
        return text[:-1] + following
    return text + following


def _is_unspaced(before: str, after: str) -> bool:
    """Whether both characters belong to a script without spaces between words."""
    return all(_UNSPACED.match(c) for c in (before, after) if c)


def _settled_hyphens(text: str) -> str:
    return re.sub(r"(?<=\S) ?\u00ad(?= )", " -", text).replace(_SOFT_HYPHEN, "-")
