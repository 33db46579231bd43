"""Rate limits: how often one account or one address may do what costs us or helps a guesser.

Counted in the memory of this process: with several workers each has its own count, so the effective limits are that
many times higher. Knows nothing of what it protects.
"""

import ipaddress
import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from middleware.auth_middleware import CurrentUser
from services.auth_service import normalise_email
from services.errors import InvalidCredentials, RateLimited

MAX_KEYS = 50_000  # the longest idle ones are forgotten first, so that inventing addresses cannot fill the memory


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` within any `seconds`."""

    name: str
    times: int
    seconds: int


FAILED_LOGINS_PER_ACCOUNT = Limit("failed logins of an account", 10, 300)
FAILED_LOGINS_PER_ADDRESS = Limit("failed logins from an address", 100, 300)
REGISTRATIONS = Limit("registrations", 60, 60)
GOOGLE_SIGN_INS = Limit("sign-ins with Google", 60, 60)
UPLOADS = Limit("uploads", 30, 60)
TAILORING_RUNS = Limit("tailoring runs", 30, 60)
EXPORTS = Limit("exports", 10, 60)
CHECKOUTS = Limit("checkout sessions", 30, 60)
CHECKOUT_READS = Limit("checkout sessions read", 60, 60)


class RateLimiter:
    """Sliding windows: the times of the latest events of each limit and key."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds and never goes back."""
        self._clock = clock
        self._lock = threading.Lock()
        self._events: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def require(self, limit: Limit, key: str) -> None:
        """Raise RateLimited when the window is full; counts nothing."""
        with self._lock:
            self._require(limit, key)

    def record(self, limit: Limit, key: str) -> None:
        """Count one event, whether the window is full or not."""
        with self._lock:
            self._record(limit, key)

    def spend(self, limit: Limit, key: str) -> None:
        """Count one event; raise RateLimited instead when the window is full."""
        with self._lock:
            self._require(limit, key)
            self._record(limit, key)

    def _require(self, limit: Limit, key: str) -> None:
        events = self._events.get((limit.name, key))
        if events is None or len(events) < limit.times:
            return
        wait = events[0] + limit.seconds - self._clock()
        if wait > 0:
            raise RateLimited(retry_after=math.ceil(wait))

    def _record(self, limit: Limit, key: str) -> None:
        events = self._events.setdefault((limit.name, key), deque(maxlen=limit.times))
        events.append(self._clock())
        self._events.move_to_end((limit.name, key))
        if len(self._events) > MAX_KEYS:
            self._events.popitem(last=False)


class LoginAttempts:
    """Counts the failed logins of an account and of the caller's address; successful ones are free."""

    def __init__(self, limiter: RateLimiter, address: str) -> None:
        """`address`: where the caller is."""
        self._limiter = limiter
        self._address = address

    @contextmanager
    def of(self, email: str) -> Iterator[None]:
        """Refuse when too many failed before, known e-mail or not; count it when the block raises InvalidCredentials.

        Attempts that are under way at the same moment are not counted yet: the thread pool bounds their number, and
        people who log in several times at once with the right password must not lock themselves out.
        """
        windows = ((FAILED_LOGINS_PER_ACCOUNT, normalise_email(email)), (FAILED_LOGINS_PER_ADDRESS, self._address))
        for limit, key in windows:
            self._limiter.require(limit, key)
        try:
            yield
        except InvalidCredentials:
            for limit, key in windows:
                self._limiter.record(limit, key)
            raise


async def get_rate_limiter(request: Request) -> RateLimiter:
    """The app's limiter."""
    limiter: RateLimiter = request.app.state.rate_limiter
    return limiter


AppRateLimiter = Annotated[RateLimiter, Depends(get_rate_limiter)]


async def get_login_attempts(request: Request, limiter: AppRateLimiter) -> LoginAttempts:
    """What a handler counts failed logins with."""
    return LoginAttempts(limiter, caller_address(request))


CountedLogins = Annotated[LoginAttempts, Depends(get_login_attempts)]


def per_address(limit: Limit) -> Callable[[Request, RateLimiter], Awaitable[None]]:
    """A dependency that counts each request against its address: `dependencies=[Depends(per_address(…))]`."""

    async def count(request: Request, limiter: AppRateLimiter) -> None:
        limiter.spend(limit, caller_address(request))

    return count


def per_user(limit: Limit) -> Callable[[CurrentUser, RateLimiter], Awaitable[None]]:
    """A dependency that counts each request against its person: `dependencies=[Depends(per_user(…))]`."""

    async def count(user: CurrentUser, limiter: AppRateLimiter) -> None:
        limiter.spend(limit, str(user.id))

    return count


def caller_address(request: Request) -> str:
    """Who is connected: forwarding headers count only where the operator told uvicorn to trust that proxy.

    An IPv6 caller usually owns a whole /64, so that is what is counted.
    """
    host = request.client.host if request.client else "unknown"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return host
    return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
