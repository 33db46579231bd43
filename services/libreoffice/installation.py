"""Where LibreOffice is installed, which version it is and which fonts it draws with. Starts no conversion."""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from services.libreoffice.processes import run_group

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    Path("/usr/lib/libreoffice/program/soffice"),
    Path("/opt/libreoffice/program/soffice"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))
_VERSION_SECONDS = 10.0
_VERSION_MEMORY = 2**31

SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class Installation:
    """One LibreOffice on this machine."""

    command: Path

    @cached_property
    def version(self) -> str:
        """What it says of itself, e.g. "LibreOffice 7.4.7.2 40(Build:2)"; "unknown" when it does not say."""
        output = run_group(
            [str(self.command), "--version"],
            {"PATH": SYSTEM_PATH, "HOME": "/nonexistent", "LANG": "C.UTF-8"},
            memory_limit=_VERSION_MEMORY,
            timeout=_VERSION_SECONDS,
        )
        return (output or b"").decode(errors="replace").strip() or "unknown"

    @cached_property
    def renderer_id(self) -> str:
        """Names what decides how a page looks besides the document: the program and the fonts."""
        digest = hashlib.sha256(self.version.encode())
        own_fonts = self.command.resolve().parent.parent / "share" / "fonts"
        for folder in (*_FONT_FOLDERS, own_fonts):
            for line in sorted(_font_files(folder)):
                digest.update(line.encode(errors="surrogateescape"))
        return digest.hexdigest()


def find_installation(command: Path | None = None) -> Installation | None:
    """The LibreOffice at that place, or else the one that is installed; None when there is none."""
    if sys.platform == "win32":
        return None  # residents are shared by flock and killed by group, which Windows has not: use the container
    if command is not None:
        return Installation(command) if os.access(command, os.X_OK) else None
    on_path = next((Path(found) for name in _NAMES if (found := shutil.which(name))), None)
    place = on_path or next((place for place in _PLACES if os.access(place, os.X_OK)), None)
    return Installation(place) if place else None


def _font_files(folder: Path) -> Iterator[str]:
    for root, _, names in os.walk(folder):
        for name in names:
            path = Path(root, name)
            try:
                status = path.stat()
            except OSError:
                continue
            yield f"{path}:{status.st_size}:{status.st_mtime_ns}\n"
