"""All slots of the machine and who may convert next: first come, first served in this process.

Several processes may have a pool on the same directory; the slots, and the residents in them, are then the same.
"""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from services.errors import PdfBusy, PdfUnavailable
from services.libreoffice.installation import Installation
from services.libreoffice.resident import one_word_document
from services.libreoffice.slot import SHUTTING_DOWN, Slot
from services.libreoffice.workspace import Workspace

logger = logging.getLogger(__name__)

_POLL_SECONDS = 0.01
_RETRY_AFTER_SECONDS = 5
_STOP_SECONDS = 5.0


class SlotPool:
    """Hands out slots in the order of asking; only the first who waits competes with other processes."""

    def __init__(self, directory: Path, *, slots: int | None, queue_limit: int, recycle_after: int) -> None:
        """Nothing is made or started yet. `queue_limit` is how many may wait; the next one is refused at once."""
        self._workspace = Workspace(directory)
        self.count = slots or os.cpu_count() or 1
        self._slots: tuple[Slot, ...] = ()
        self._queue_limit = queue_limit
        self._recycle_after = recycle_after
        self._opening = threading.Lock()
        self._changed = threading.Condition()
        self._waiting: deque[object] = deque()
        self._busy = 0
        self._closed = False

    @property
    def depth(self) -> int:
        """How many wait in this process."""
        return len(self._waiting)

    def open(self) -> None:
        """Join the other processes, or sweep up after dead ones when there are none; needed once, harmless after."""
        with self._opening:
            if self._closed:
                raise PdfUnavailable(SHUTTING_DOWN)
            if self._slots:
                return
            with self._workspace.joining() as is_first:
                if is_first:
                    self._stop_everything()
            self._slots = tuple(self._slot(self._workspace.slot_directory(number)) for number in range(self.count))

    @contextmanager
    def slot(self, wait_limit: float) -> Iterator[Slot]:
        """A locked slot for the length of the block; raises PdfBusy when there is none in time."""
        slot = self._wait_for_slot(wait_limit)
        try:
            yield slot
        finally:
            self._give_back(slot)

    def warm_up(self, installation: Installation, timeout: float) -> None:
        """Start every resident that is not there, and have it load what the first real job would wait for."""
        for slot in self._slots:
            with self._changed:
                taken = None if self._closed or slot.looks_ready else self._take((slot,))
            if taken is not None:
                try:
                    taken.convert(one_word_document(), installation, timeout)
                finally:
                    self._give_back(taken)

    def close(self, grace: float) -> None:
        """Turn all away, let running conversions end for that long, and stop the residents if nobody else uses them."""
        with self._opening:
            if self._closed:
                return
            self._closed = True
        with self._changed:
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._busy, timeout=grace)
        if not self._slots:
            return
        for slot in self._slots:
            slot.abort()
        with self._workspace.leaving() as is_last:
            if is_last:
                self._stop_everything()

    def _wait_for_slot(self, wait_limit: float) -> Slot:
        deadline = time.monotonic() + wait_limit
        ticket = object()
        with self._changed:
            if len(self._waiting) >= self._queue_limit:
                raise PdfBusy(retry_after=_RETRY_AFTER_SECONDS)
            self._waiting.append(ticket)
            try:
                while not self._closed:
                    is_first = self._waiting[0] is ticket
                    if is_first and (slot := self._take(self._ready_first())) is not None:
                        return slot
                    left = deadline - time.monotonic()
                    if left <= 0:
                        raise PdfBusy(retry_after=_RETRY_AFTER_SECONDS)
                    # Slots that other processes give back cannot wake us, so the first one looks again and again.
                    self._changed.wait(min(left, _POLL_SECONDS) if is_first else left)
                raise PdfUnavailable(SHUTTING_DOWN)
            finally:
                self._waiting.remove(ticket)
                self._changed.notify_all()

    def _ready_first(self) -> list[Slot]:
        return sorted(self._slots, key=lambda slot: not slot.looks_ready)

    def _take(self, candidates: Iterable[Slot]) -> Slot | None:
        """Lock the first free one; call it with the condition held."""
        slot = next((slot for slot in candidates if slot.lock_within(0)), None)
        if slot is not None:
            self._busy += 1
        return slot

    def _give_back(self, slot: Slot) -> None:
        slot.unlock()
        with self._changed:
            self._busy -= 1
            self._changed.notify_all()

    def _slot(self, directory: Path) -> Slot:
        return Slot(directory, self._workspace.home, recycle_after=self._recycle_after)

    def _stop_everything(self) -> None:
        """Stop the residents of all slots, also of those that only a process with more slots than ours has used."""
        ours = {slot.name for slot in self._slots}
        others = [self._slot(path) for path in self._workspace.existing_slots() if path.name not in ours]
        for slot in (*self._slots, *others):
            locked = slot.lock_within(_STOP_SECONDS)
            if not locked:
                logger.error("libreoffice_slot_stays_locked slot=%s", slot.name)
            slot.stop()
            if locked:
                slot.unlock()
