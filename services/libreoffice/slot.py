"""One place for one conversion at a time: a lock, a resident LibreOffice, and the command that hands it a job."""

import logging
import shutil
import threading
from pathlib import Path

from services.errors import PdfFailed, PdfTimeout, PdfUnavailable
from services.libreoffice.file_lock import FileLock
from services.libreoffice.installation import Installation
from services.libreoffice.processes import run_group
from services.libreoffice.resident import MEMORY_LIMIT, QUIET_OPTIONS, Resident

logger = logging.getLogger(__name__)

# Without the named filter LibreOffice opens whatever it can make sense of: HTML with remote images, plain text, noise.
_CONVERSION = ("--infilter=MS Word 2007 XML", "--convert-to", "pdf:writer_pdf_Export")
_PDF_MAGIC = b"%PDF-"

SHUTTING_DOWN = "The server is shutting down. Please try again in a moment."


class Slot:
    """One of the machine's slots, as this process sees it. Convert and stop only between lock and unlock."""

    def __init__(self, directory: Path, home: Path, *, recycle_after: int) -> None:
        """`home` is shared by all slots; after `recycle_after` jobs the resident is replaced."""
        self.name = directory.name
        self._lock = FileLock(directory / "lock")
        self._in_use = threading.Lock()
        self._aborted = threading.Event()
        self._job = directory / "job"
        self._resident = Resident(directory / "resident", home)
        self._recycle_after = recycle_after

    @property
    def looks_ready(self) -> bool:
        """Whether a job would probably find the resident waiting; needs no lock."""
        return self._resident.looks_ready

    def lock_within(self, seconds: float = 0.0) -> bool:
        """Take the slot, unless another thread or process keeps it for longer than that."""
        if not self._in_use.acquire(timeout=seconds):
            return False
        if self._lock.exclusive_within(seconds):
            return True
        self._in_use.release()
        return False

    def unlock(self) -> None:
        """Give the slot back."""
        self._lock.release()
        self._in_use.release()

    def convert(self, document: bytes, installation: Installation, timeout: float) -> bytes:
        """The PDF of a checked DOCX; raises PdfTimeout or PdfFailed and leaves the slot usable."""
        for attempt in (1, 2):
            self._resident.ensure_ready(installation)
            pdf = None if self._aborted.is_set() else self._run_job(document, installation, timeout)
            if self._aborted.is_set():
                raise PdfUnavailable(SHUTTING_DOWN)
            if pdf is not None:
                if self._resident.count_job() >= self._recycle_after or not self._resident.is_alive():
                    self._resident.start(installation)  # returns at once; it is warm when the next job comes
                return pdf
            if self._resident.is_alive():
                break  # it read the document and could make nothing of it; it will not do better next time
            logger.warning("libreoffice_died slot=%s attempt=%d", self.name, attempt)
        raise PdfFailed

    def abort(self) -> None:
        """End the conversion that another thread of ours runs here, if any. The slot is of no more use to us."""
        self._aborted.set()
        if self._in_use.locked():
            self._resident.kill()

    def stop(self) -> None:
        """End the resident and remove what it and an interrupted job left behind."""
        self._resident.stop()
        shutil.rmtree(self._job, ignore_errors=True)

    def _run_job(self, document: bytes, installation: Installation, timeout: float) -> bytes | None:
        """Hand the job over with the ordinary command, which also converts by itself when there is no resident."""
        shutil.rmtree(self._job, ignore_errors=True)
        self._job.mkdir(mode=0o700)
        try:
            source, target = self._job / "document.docx", self._job / "document.pdf"
            source.write_bytes(document)
            arguments = [self._resident.profile_argument, *QUIET_OPTIONS, *_CONVERSION]
            command = [str(installation.command), *arguments, "--outdir", str(self._job), str(source)]
            output = run_group(command, self._resident.environment, memory_limit=MEMORY_LIMIT, timeout=timeout)
            if output is None:
                self._resident.start(installation)  # the one that hangs is killed by this
                raise PdfTimeout
            # The exit code says nothing: it is 0 for unreadable documents too.
            pdf = target.read_bytes() if target.exists() else b""
            return pdf if pdf.startswith(_PDF_MAGIC) else None
        finally:
            shutil.rmtree(self._job, ignore_errors=True)
