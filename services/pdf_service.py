"""DOCX to PDF: the public door to a warm LibreOffice, which is found and started when it is first needed.

Knows caching and errors; how LibreOffice is queued for, kept and fenced in is the matter of `services/libreoffice/`.
"""

import atexit
import errno
import hashlib
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import anyio
import anyio.to_thread

from services.errors import PdfFailed, PdfTimeout, PdfUnavailable, SkillMapError, StorageFull
from services.libreoffice.external_targets import without_external_targets
from services.libreoffice.installation import Installation, find_installation
from services.libreoffice.result_cache import ResultCache, write_atomically
from services.libreoffice.single_flight import SingleFlight
from services.libreoffice.slot import Slot
from services.libreoffice.slot_pool import SlotPool

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 30.0
WAIT_LIMIT_SECONDS = 20.0
QUEUE_LIMIT = 64
RECYCLE_AFTER = 200
CACHE_LIMIT_BYTES = 512 * 1024 * 1024
CLOSE_SECONDS = 5.0

_FAILURE_IS_REMEMBERED_SECONDS = 300.0
_NO_OWNER = "nobody"
_NOT_WORKING = "PDFs cannot be made on this server at the moment. The Word file can be downloaded."


@dataclass(frozen=True, slots=True)
class LastConversion:
    """How the latest real conversion of this process went; `outcome` is "ok" or the code of the error."""

    outcome: str
    seconds: float
    at: datetime


@dataclass(frozen=True, slots=True)
class PdfHealth:
    """What a readiness check may say about PDFs; nothing is converted to find out."""

    available: bool
    version: str | None
    slots: int
    queue_depth: int
    last_conversion: LastConversion | None


@dataclass(frozen=True, slots=True)
class _Failure:
    """How a document failed, and when."""

    kind: type[SkillMapError]
    at: float

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self.at < _FAILURE_IS_REMEMBERED_SECONDS


class PdfConverter:
    """Converts DOCX to PDF for the whole application; build it once, and close it.

    Any number of threads may use it, and any number of processes may have one on the same `state_dir`: they share the
    slots. All methods block, but for `start` and `convert_async`.
    """

    def __init__(
        self,
        state_dir: Path | None = None,
        cache_dir: Path | None = None,
        *,
        slots: int | None = None,
        timeout: float = TIMEOUT_SECONDS,
        wait_limit: float = WAIT_LIMIT_SECONDS,
        queue_limit: int = QUEUE_LIMIT,
        recycle_after: int = RECYCLE_AFTER,
        cache_limit_bytes: int = CACHE_LIMIT_BYTES,
        soffice: Path | None = None,
    ) -> None:
        """Keep the settings; nothing is looked for, made or started yet.

        `state_dir` is by default one private directory of this user for all processes of the machine, `slots` the
        number of processors, `soffice` the LibreOffice that is installed.
        """
        state_dir = state_dir or default_state_dir()
        self._pool = SlotPool(state_dir, slots=slots, queue_limit=queue_limit, recycle_after=recycle_after)
        self._cache = ResultCache(cache_dir or state_dir / "cache", limit_bytes=cache_limit_bytes)
        self._timeout = timeout
        self._wait_limit = wait_limit
        self._soffice = soffice
        self._found: Installation | None = None
        self._flights = SingleFlight()
        self._failures: dict[str, _Failure] = {}
        self._last: LastConversion | None = None
        # More than may convert or wait: those who are too many are refused at once and do not wait for a thread.
        self._threads = anyio.CapacityLimiter(queue_limit + 2 * self._pool.count)

    def start(self) -> None:
        """Sweep what a killed predecessor left and warm the slots up, in the background; never fails."""
        threading.Thread(target=self._warm_up, name="pdf-warm-up", daemon=True).start()

    def convert(self, document: bytes, *, owner: str = _NO_OWNER) -> bytes:
        """The PDF of a DOCX, from the cache when the same document was converted for the same owner before.

        `owner` (letters, digits, "-", "_") names whose data it is, for `forget`. Raises PdfUnavailable, PdfBusy,
        PdfTimeout, PdfFailed, StorageFull, or the UnreadableDocument that says why the file is refused.
        """
        key = self.cache_key(document)
        with _disk_errors_explained():
            self._pool.open()
            cached = self._cache.read(owner, key)
            if cached is not None:
                return cached
            return self._flights.run(f"{owner}/{key}", partial(self._convert_anew, document, owner, key))

    async def convert_async(self, document: bytes, *, owner: str = _NO_OWNER) -> bytes:
        """`convert` for async code, in threads of its own; when the caller is cancelled the work still gets cached."""
        return await anyio.to_thread.run_sync(
            partial(self.convert, document, owner=owner), limiter=self._threads, abandon_on_cancel=True
        )

    def cache_key(self, document: bytes) -> str:
        """Names the PDF before it is made (same document, program and fonts), which makes it a good ETag."""
        renderer_id = self._installation().renderer_id
        return hashlib.sha256(renderer_id.encode() + hashlib.sha256(document).digest()).hexdigest()

    def forget(self, owner: str) -> None:
        """Remove every PDF that is kept for an owner; what is being converted for them will not be kept either."""
        self._cache.forget(owner)

    def health(self) -> PdfHealth:
        """Whether LibreOffice was found, which one, how many wait, and how the last conversion went."""
        try:
            version = self._installation().version
        except PdfUnavailable:
            version = None
        return PdfHealth(version is not None, version, self._pool.count, self._pool.depth, self._last)

    def close(self, grace: float = CLOSE_SECONDS) -> None:
        """Refuse new work, give running conversions that long, and stop LibreOffice if no other process uses it."""
        self._pool.close(grace)

    def _installation(self) -> Installation:
        """The LibreOffice of this machine; looked for again until there is one."""
        self._found = self._found or find_installation(self._soffice)
        if self._found is None:
            raise PdfUnavailable
        return self._found

    def _warm_up(self) -> None:
        try:
            installation = self._installation()
            self._pool.open()
            self._pool.warm_up(installation, self._timeout)
        except SkillMapError as error:
            logger.warning("pdf_warm_up_failed code=%s", error.code)
        except OSError:
            logger.warning("pdf_warm_up_failed", exc_info=True)

    def _convert_anew(self, document: bytes, owner: str, key: str) -> bytes:
        failure = self._failures.get(key)
        if failure is not None and failure.is_fresh:
            raise failure.kind  # a document that hangs or crashes must not take a slot with every look at its preview
        self._cache.expect(owner)
        checked = without_external_targets(document)
        with self._pool.slot(self._wait_limit) as slot:
            made_elsewhere = self._cache.read(owner, key)  # by another process, while this one waited
            pdf = made_elsewhere or self._convert_in(slot, checked, key)
        self._cache.store(owner, key, pdf)
        return pdf

    def _convert_in(self, slot: Slot, document: bytes, key: str) -> bytes:
        started, outcome = time.monotonic(), "interrupted"
        try:
            pdf = slot.convert(document, self._installation(), self._timeout)
            outcome = "ok"
            return pdf
        except SkillMapError as error:
            outcome = error.code
            if isinstance(error, PdfTimeout | PdfFailed):
                self._remember(key, _Failure(type(error), time.monotonic()))
            raise
        finally:
            seconds = time.monotonic() - started
            self._last = LastConversion(outcome, seconds, datetime.now(UTC))
            logger.info("pdf_conversion outcome=%s slot=%s seconds=%.3f", outcome, slot.name, seconds)

    def _remember(self, key: str, failure: _Failure) -> None:
        recent = {key: earlier for key, earlier in self._failures.items() if earlier.is_fresh}
        self._failures = {**recent, key: failure}


def convert_docx_to_pdf(docx_path: str | Path) -> Path:
    """Make the PDF beside the DOCX, with the same name, and return its path; needs no application to run."""
    source = Path(docx_path)
    pdf = _default_converter().convert(source.read_bytes())
    target = source.with_suffix(".pdf")
    with _disk_errors_explained():
        write_atomically(target, pdf)
        shutil.copymode(source, target)  # who may read the one may read the other
    return target


def default_state_dir() -> Path:
    """One directory per user for all processes of the machine; its privacy is checked before it is used."""
    user = "user" if sys.platform == "win32" else os.getuid()
    return Path(tempfile.gettempdir()) / f"skillmap-libreoffice-{user}"


@cache
def _default_converter() -> PdfConverter:
    converter = PdfConverter()
    atexit.register(converter.close)
    return converter


@contextmanager
def _disk_errors_explained() -> Iterator[None]:
    """A full disk and a broken installation are told apart; the particulars go to the log only."""
    try:
        yield
    except OSError as error:
        logger.exception("pdf_conversion_os_error errno=%s", error.errno)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull from error
        raise PdfUnavailable(_NOT_WORKING) from error
