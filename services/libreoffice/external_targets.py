"""Takes out of a DOCX what would make a renderer look outside of it: linked pictures, templates, frames, objects."""

import re

from services.docx.package import DocxPackage, open_docx, parse_xml, serialise_xml

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)


def without_external_targets(document: bytes) -> bytes:
    """The checked document with every relationship to the outside removed, except hyperlinks, which only get clicked.

    Raises the error that says what the file is when it is not a plain, sound DOCX.
    """
    package = open_docx(document)
    changed = {name: new for name in package.parts if name.endswith(".rels") and (new := _cut(package, name))}
    return package.write(changed) if changed else document


def _cut(package: DocxPackage, name: str) -> bytes | None:
    root = parse_xml(package.parts[name])
    outside = [
        item
        for item in root
        if (item.get("TargetMode", "").lower() == "external" or _SCHEME.match(item.get("Target", "").strip()))
        and not item.get("Type", "").endswith("/hyperlink")
    ]
    for item in outside:
        root.remove(item)
    return serialise_xml(root) if outside else None
