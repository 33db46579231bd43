"""Files of people: written under generated names below one folder, so that no name from outside becomes a path."""

import errno
import logging
import secrets
import time
from collections.abc import Iterable
from pathlib import Path

from services.errors import NotFound, StorageFull

logger = logging.getLogger(__name__)

PART = ".part"
"""Suffix of a file that nothing in the database names yet."""
ABANDONED_AFTER_SECONDS = 3600  # far longer than reading an upload takes

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


class FileStorage:
    """The folder UPLOAD_DIR."""

    def __init__(self, root: Path) -> None:
        """Create the folder when it is missing."""
        self._root = root.resolve()
        self._root.mkdir(parents=True, exist_ok=True)

    def write(self, chunks: Iterable[bytes], *, suffix: str) -> str:
        """Write a new file and return its name; leaves nothing behind when that fails. Raises StorageFull."""
        name = f"{secrets.token_hex(16)}{suffix}"
        path = self.path(name)
        try:
            with path.open("xb") as file:
                for chunk in chunks:
                    file.write(chunk)
        except BaseException as error:
            path.unlink(missing_ok=True)
            if isinstance(error, OSError) and error.errno in _FULL:
                raise StorageFull from error
            raise
        return name

    def read(self, name: str) -> bytes:
        """The content of a file. Raises NotFound."""
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError as error:
            logger.error("stored_file_missing name=%s", name)
            raise NotFound("The stored file is missing. Please upload your resume again.") from error

    def delete(self, *names: str) -> None:
        """Delete files; those that are gone already are fine."""
        for name in names:
            self.path(name).unlink(missing_ok=True)

    def rename(self, name: str, *, suffix: str) -> str:
        """Give a file another suffix and return its new name."""
        path = self.path(name)
        return path.rename(path.with_suffix(suffix)).name

    def delete_abandoned(self) -> None:
        """Delete the parts that a killed process left behind: no row names them, so nothing else ever would."""
        for path in self._root.glob(f"*{PART}"):
            if time.time() - path.stat().st_mtime > ABANDONED_AFTER_SECONDS:
                path.unlink(missing_ok=True)

    def path(self, name: str) -> Path:
        """Where a file lies. Raises ValueError for anything but a plain name."""
        if Path(name).name != name or name in ("", ".", ".."):
            raise ValueError("not a stored file's name")
        return self._root / name

    def is_writable(self) -> bool:
        """Whether a file can be written, tried out."""
        try:
            self.delete(self.write([b"ok"], suffix=".probe"))
        except (OSError, StorageFull):
            return False
        return True
