"""Headers and footers that several sections share, when words in them change. Knows w:sectPr, no edits.

For a section that has the header of the one before it, LibreOffice copies that header without its changes. Where the
section names the header itself, LibreOffice reads it once more, changes included.
"""

import copy

from services.docx import names as n
from services.docx.names import Element

_REFERENCES = (n.W + "headerReference", n.W + "footerReference")


def name_in_all_sections(document: Element, relationships: set[str]) -> None:
    """Let each section name those headers and footers that it has from the section before it."""
    inherited: dict[tuple[str, str], Element] = {}
    for section in document.iter(n.SECT_PR):
        own = {(item.tag, item.get(n.W + "type") or "default"): item for item in section.iterchildren(*_REFERENCES)}
        for kind, reference in inherited.items():
            if kind not in own and reference.get(n.R + "id") in relationships:
                section.insert(0, copy.deepcopy(reference))
        inherited |= own
