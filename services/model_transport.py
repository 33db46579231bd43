"""How a request reaches the model: bounded in time as a whole, tried again where that helps, answered in the protocol.

Both SDKs sit on it with their own retries off: they would try a call of 60 s three times and then speak of 60 s. Knows
nothing of prompts, schemas and runs.
"""

import asyncio
import json
import math
import random
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2

TRIES = 3
FIRST_PAUSE_SECONDS = 0.5
WORTH_ANOTHER_TRY = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
NO_COMPLETION = "not_a_chat_completion"
"""The code of the error that stands for an answer which is none: a proxy's page, broken JSON, no choices."""


class ModelTransport(httpx2.AsyncBaseTransport):
    """A transport around another one."""

    def __init__(self, inner: httpx2.AsyncBaseTransport, *, seconds: float) -> None:
        """`seconds` are what a request may take with everything: connecting, waiting, reading and further tries."""
        self._inner = inner
        self._seconds = seconds

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to a request. Raises httpx2.ConnectError and the like, and ReadTimeout when the time is over."""
        try:
            async with asyncio.timeout(self._seconds) as limit:
                return await self._try(request, limit.when() or 0.0)
        except TimeoutError as error:
            raise httpx2.ReadTimeout("The model did not answer in time.", request=request) from error

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self._inner.aclose()

    async def _try(self, request: httpx2.Request, deadline: float) -> httpx2.Response:
        for number in range(TRIES):
            pause = FIRST_PAUSE_SECONDS * 2**number * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load, no secret
            is_last = number == TRIES - 1
            try:
                response = await self._inner.handle_async_request(request)
                await response.aread()  # whole: completions are not streamed
            except httpx2.NetworkError:
                if is_last:
                    raise
            else:
                pause = max(pause, seconds_to_wait(response))
                has_time = asyncio.get_running_loop().time() + pause < deadline
                if is_last or not has_time or not _is_worth_another_try(response):
                    return _as_error(request, response) if _is_no_completion(request, response) else response
            await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")


def seconds_to_wait(response: httpx2.Response) -> float:
    """How long a server asks to be left alone, in seconds or until a date; 0 when it does not say."""
    wanted = response.headers.get("retry-after", "")
    if wanted.isascii() and wanted.isdigit():
        return float(wanted)
    with suppress(ValueError):
        until = parsedate_to_datetime(wanted)
        return max(0.0, math.ceil((until - datetime.now(UTC)).total_seconds())) if until.tzinfo else 0.0
    return 0.0


def _is_worth_another_try(response: httpx2.Response) -> bool:
    return response.status_code in WORTH_ANOTHER_TRY and "insufficient_quota" not in response.text


def _is_no_completion(request: httpx2.Request, response: httpx2.Response) -> bool:
    if not response.is_success or not request.url.path.endswith("/chat/completions"):
        return False
    try:
        choices = json.loads(response.content)["choices"]
        return not isinstance(choices[0]["message"], dict)
    except (ValueError, LookupError, TypeError):
        return True


def _as_error(request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
    message = f"The answer (status {response.status_code}) is no chat completion."
    return httpx2.Response(502, json={"error": {"message": message, "code": NO_COMPLETION}}, request=request)
