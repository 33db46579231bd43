"""Finished files by key, in a folder per owner; the least recently used go when they take too much room.

Knows nothing of what the files hold. Several processes may use one cache.
"""

import contextlib
import logging
import os
import re
import shutil
import tempfile
import time
import uuid
from pathlib import Path

logger = logging.getLogger(__name__)

_MAX_AGE_SECONDS = 7 * 24 * 3600
_STORES_BETWEEN_SWEEPS = 50
_OWNER = re.compile(r"[A-Za-z0-9_-]{1,64}")


class ResultCache:
    """A size-limited cache on disk. What was not used for a week is removed as well: these are personal data."""

    def __init__(self, directory: Path, *, limit_bytes: int) -> None:
        """The directory is made when something is first stored."""
        self._directory = directory
        self._limit_bytes = limit_bytes
        self._stores = 0

    def read(self, owner: str, key: str) -> bytes | None:
        """The file, marked as used; None when there is none."""
        path = self._path(owner, key)
        try:
            data = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return data

    def expect(self, owner: str) -> None:
        """Make room for what is about to be stored; `forget` takes it back until then."""
        with contextlib.suppress(OSError):  # storing will log it
            self._folder(owner).mkdir(mode=0o700, parents=True, exist_ok=True)

    def store(self, owner: str, key: str, data: bytes) -> None:
        """Keep an expected file, unless its owner was forgotten meanwhile.

        A full disk is no error: the file is then made again next time.
        """
        path = self._path(owner, key)
        try:
            write_atomically(path, data, scratch=self._directory)
        except FileNotFoundError:
            return
        except OSError as error:
            logger.warning("pdf_cache_store_failed errno=%s", error.errno)
        if self._stores % _STORES_BETWEEN_SWEEPS == 0:
            self._sweep()
        self._stores += 1

    def forget(self, owner: str) -> None:
        """Remove everything that is kept for an owner."""
        gone = self._directory / f".forgotten-{uuid.uuid4().hex}"
        with contextlib.suppress(OSError):  # renamed first, so that nothing is stored while it is emptied
            self._folder(owner).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def _folder(self, owner: str) -> Path:
        if not _OWNER.fullmatch(owner):
            raise ValueError("An owner is 1 to 64 letters, digits, '-' and '_'.")
        return self._directory / owner

    def _path(self, owner: str, key: str) -> Path:
        return self._folder(owner) / key

    def _sweep(self) -> None:
        files = []
        for path in (*self._directory.glob("*/*"), *(path for path in self._directory.glob(".*") if path.is_file())):
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
                files.append((status.st_mtime, status.st_size, path))
        room, oldest_kept = self._limit_bytes, time.time() - _MAX_AGE_SECONDS
        for used_at, size, path in sorted(files, reverse=True):
            room -= size
            if room < 0 or used_at < oldest_kept:
                path.unlink(missing_ok=True)


def write_atomically(path: Path, data: bytes, *, scratch: Path | None = None) -> None:
    """Write a file that others see either whole or not at all; until it is whole it lies in `scratch`, or beside."""
    descriptor, name = tempfile.mkstemp(dir=scratch or path.parent, prefix=".")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
