"""What the PDF tests share: small Word files, a stand-in for LibreOffice, and waiting for a condition."""

import io
import sys
import textwrap
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from services.libreoffice.installation import find_installation

needs_soffice = pytest.mark.skipif(find_installation() is None, reason="LibreOffice is not installed here")

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(text: str = "Ready", *, body: str = "", relationships: str = "") -> bytes:
    """A DOCX with one paragraph, or with the given body, and more relationships of the document if wanted."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}" xmlns:r="{OFFICE}">'
        f"<w:body>{body or f'<w:p><w:r><w:t>{text}</w:t></w:r></w:p>'}</w:body></w:document>",
    }
    if relationships:
        parts["word/_rels/document.xml.rels"] = (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relationships}</Relationships>'
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)  # without a time: the same words make the same file
            archive.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>{content}', zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def word_file_that_never_ends() -> bytes:
    """Tables within tables, so deep that laying them out takes LibreOffice more than half a minute."""
    body = "<w:p/>"
    for _ in range(300):
        cell = f"<w:tc><w:tcPr/>{body}<w:p/></w:tc>"
        body = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl>'
    return word_file(body=body)


def word_file_with_linked_picture(url: str) -> bytes:
    """A DOCX whose picture is not inside it but at a URL."""
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    body = f"""<w:p><w:r><w:t>Before the picture</w:t></w:r></w:p><w:p><w:r><w:drawing>
      <wp:inline xmlns:wp="{drawing}/wordprocessingDrawing"><wp:extent cx="1828800" cy="1828800"/>
      <wp:docPr id="1" name="Picture"/><a:graphic xmlns:a="{drawing}/main">
      <a:graphicData uri="{drawing}/picture"><pic:pic xmlns:pic="{drawing}/picture">
      <pic:nvPicPr><pic:cNvPr id="1" name="Picture"/><pic:cNvPicPr/></pic:nvPicPr>
      <pic:blipFill><a:blip r:link="rId9"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
      <pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1828800" cy="1828800"/></a:xfrm>
      <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
      </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""
    link = f'<Relationship Id="rId9" Type="{OFFICE}/image" Target="{url}" TargetMode="External"/>'
    return word_file(body=body, relationships=link)


class FakeOffice:
    """An executable that behaves like `soffice` but does what a test tells it; it notes each document it gets."""

    def __init__(self, directory: Path, behaviour: str) -> None:
        """`behaviour` is Python that runs for each conversion and knows `source`, `target` and `here`."""
        self.command = directory / "soffice"
        self._log = directory / "log"
        self._log.touch()
        self.command.write_text(
            textwrap.dedent(f"""\
                #!{sys.executable} -SE
                import os, pathlib, signal, sys
                here = pathlib.Path({str(directory)!r})
                last = pathlib.Path(sys.argv[-1])
                if "--version" in sys.argv:
                    print("FakeOffice 1.0")
                elif "--convert-to" not in sys.argv:
                    last.with_name(f".~lock.{{last.name}}#").touch()
                    signal.pause()
                else:
                    source, target = last, last.with_suffix(".pdf")
                    with (here / "log").open("a") as log:
                        log.write(f"{{source.stat().st_size}}\\n")
            """)
            + textwrap.indent(textwrap.dedent(behaviour), "    ")
        )
        self.command.chmod(0o755)

    @property
    def sizes_seen(self) -> list[int]:
        """The size of each document that it was given, in that order."""
        return [int(line) for line in self._log.read_text().split()]


def until(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Wait until a condition holds; False when it does not in time."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            return False
        pause.wait(0.01)
    return True


def is_running(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False


def processes_with(text: str) -> list[int]:
    """All running processes with that text among their arguments."""
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if _mentions(pid, text)]


def _mentions(pid: int, text: str) -> bool:
    try:
        return text.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
