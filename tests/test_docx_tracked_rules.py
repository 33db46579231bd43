"""Tracked changes by the rules of the file format, read by a second reading of these rules than the product's own."""

import re
from itertools import product, zip_longest

import pytest
from lxml import etree

from services.docx.edits import EditId, MergedDocument
from services.docx_generation_service import apply_edits
from tests.docx_factory import parts_of
from tests.tracked_samples import TRACKED, ways_of_editing_samples
from tests.word_revisions import LOOKS, VERDICTS, Verdict, content_of, faults_of, resolve

TEXT = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
CASES = {name: (document, edits) for name, document, edits in ways_of_editing_samples(range(6), range(1))}


@pytest.mark.parametrize("name", CASES)
def test_accepting_gives_the_tailored_file_and_rejecting_the_original(name: str) -> None:
    document, edits = CASES[name]
    plain, tracked = apply_edits(document, edits), apply_edits(document, edits, tracked=TRACKED)
    assert (tracked.applied, tracked.skipped) == (plain.applied, plain.skipped)
    written = parts_of(tracked.document)
    expected: dict[Verdict, dict[str, bytes]] = {"accept": parts_of(plain.document), "reject": parts_of(document)}
    for part, data in written.items():
        if TEXT.fullmatch(part):
            assert faults_of(etree.fromstring(data), TRACKED.author) == []
            for verdict, looks in product(VERDICTS, LOOKS):
                resolved = etree.fromstring(data)
                resolve(resolved, TRACKED.author, verdict, looks)
                wanted = etree.fromstring(expected[verdict][part])
                blank_ones = verdict == "reject" or left_blank(tracked) == left_blank(plain)
                for one, other in zip_longest(
                    *(content_of(root, blank_ones=blank_ones) for root in (resolved, wanted))
                ):
                    assert one == other
        else:
            assert data == expected["reject"][part]


def left_blank(document: MergedDocument) -> list[EditId]:
    """The edits after which an empty paragraph stays, as their warnings say."""
    return [warning["id"] for warning in document.warnings if warning["code"] == "left_blank"]
