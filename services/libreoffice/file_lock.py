"""Advisory locks on files, which hold between threads and between processes and die with their owner."""

import sys
import time
from pathlib import Path
from typing import IO

if sys.platform != "win32":
    import fcntl

_POLL_SECONDS = 0.02


class FileLock:
    """One lock on one file; every instance competes with every other, in this process and in others.

    The file is never deleted: a lock on a deleted file would exclude nobody.
    """

    def __init__(self, path: Path) -> None:
        """Name the file; it is made when the lock is first taken."""
        self._path = path
        self._file: IO[bytes] | None = None

    def try_exclusive(self) -> bool:
        """Take the lock for ourselves if nobody holds it in any way. Gives up a shared hold of our own."""
        return self._lock(fcntl.LOCK_EX | fcntl.LOCK_NB)

    def exclusive_within(self, seconds: float) -> bool:
        """Take the lock for ourselves as soon as it is free; False when it is not free in time."""
        deadline = time.monotonic() + seconds
        while not self.try_exclusive():
            if time.monotonic() >= deadline:
                return False
            time.sleep(_POLL_SECONDS)
        return True

    def share(self) -> None:
        """Hold the lock together with others that share it; waits for an exclusive owner."""
        self._lock(fcntl.LOCK_SH)

    def release(self) -> None:
        """Let go; harmless when nothing is held."""
        if self._file is not None:
            # Unlock before closing: a child that is between fork and exec may still have a copy of the descriptor.
            fcntl.flock(self._file, fcntl.LOCK_UN)
            self._file.close()
            self._file = None

    def _lock(self, operation: int) -> bool:
        if self._file is None:
            # Whatever cleans temporary folders may have taken the directory since.
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = self._path.open("ab")
        try:
            fcntl.flock(self._file, operation)
        except BlockingIOError:
            self.release()  # a failed step from shared to exclusive has lost the shared hold as well
            return False
        return True
