"""Work that several callers want at the same time is done once. Knows nothing of what the work is."""

import threading
from collections.abc import Callable
from concurrent.futures import Future


class SingleFlight:
    """Runs at most one call per key at a time; those who ask meanwhile get the same result or the same error."""

    def __init__(self) -> None:
        self._flights: dict[str, Future[bytes]] = {}
        self._lock = threading.Lock()

    def run(self, key: str, work: Callable[[], bytes]) -> bytes:
        """The result of `work`, which may have been done for somebody else."""
        with self._lock:
            flight = self._flights.get(key)
            if flight is None:
                mine = self._flights[key] = Future()
        if flight is not None:
            return flight.result()
        try:
            result = work()
        except BaseException as error:
            mine.set_exception(error)
            raise
        else:
            mine.set_result(result)
            return result
        finally:
            with self._lock:
                del self._flights[key]
