"""The private directory that all worker processes of one user share, and the knowledge of who still uses it."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from services.errors import PdfUnavailable
from services.libreoffice.file_lock import FileLock


class Workspace:
    """Layout of the directory, and a hold on it: the first who comes and the last who leaves clean it up."""

    def __init__(self, directory: Path) -> None:
        """Name the directory; joining makes it."""
        self._directory = directory.absolute()
        self._users = FileLock(self._directory / "users")
        self.home = self._directory / "home"
        self._slots = self._directory / "slots"

    def slot_directory(self, number: int) -> Path:
        """Where the slot of that number keeps its things."""
        return self._slots / str(number)

    def existing_slots(self) -> list[Path]:
        """All slots that were ever used here, also by processes that had more of them."""
        return sorted(path for path in self._slots.iterdir() if path.is_dir())

    @contextlib.contextmanager
    def joining(self) -> Iterator[bool]:
        """Become a user of the directory; the block runs with True when nobody else is one, and none can come in."""
        make_private(self._directory)
        for directory in (self.home, self._slots):
            directory.mkdir(mode=0o700, exist_ok=True)
        is_first = self._users.try_exclusive()
        try:
            yield is_first
            self._users.share()
        except BaseException:
            self._users.release()
            raise

    @contextlib.contextmanager
    def leaving(self) -> Iterator[bool]:
        """Stop being a user; the block runs with True when nobody else is one, and none can come in meanwhile."""
        is_last = self._users.try_exclusive()
        try:
            yield is_last
        finally:
            self._users.release()


def make_private(directory: Path) -> None:
    """Make a directory that only this user can look into; raises PdfUnavailable when it is somebody else's.

    The temporary folder is open to all: another user could have put a directory or a link of that name there before.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = directory.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        raise PdfUnavailable("PDFs cannot be made: the working directory of LibreOffice belongs to somebody else.")
    if stat.S_IMODE(status.st_mode) & 0o077:
        directory.chmod(0o700)
