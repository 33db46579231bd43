"""Body limits where bytes arrive: a declared length is refused at once, a chunked body as soon as it is too long."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from middleware.error_handlers import error_response
from services.errors import UploadTooLarge

DEFAULT_LIMIT = 2 * 1024 * 1024
MAX_LENGTH_DIGITS = 20  # more than any real length has; int() fails on thousands of them


class _BodyTooLong(Exception):
    pass


class BodyLimit:
    """Pure ASGI: answers 413 and reads no further once a body exceeds its route's limit."""

    def __init__(self, app: ASGIApp, limits: Mapping[str, int]) -> None:
        """`limits`: bytes by path; every other path has DEFAULT_LIMIT."""
        self.app = app
        self.limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what is received."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.limits.get(scope["path"], DEFAULT_LIMIT)
        received, exceeded, started = 0, _declared_length(scope) > limit, False

        async def counted() -> Message:
            nonlocal received, exceeded
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                exceeded = True
                raise _BodyTooLong
            return message

        async def guarded(message: Message) -> None:
            nonlocal started
            if exceeded and not started:
                raise _BodyTooLong  # whatever the app made of the broken body, the answer is 413
            started = True
            await send(message)

        try:
            if not exceeded:
                await self.app(scope, counted, guarded)
        except _BodyTooLong:
            if started:
                raise
        if exceeded and not started:
            accepted = f"{limit // 1024**2} MB" if limit >= 1024**2 else f"{limit // 1024} KB"
            refusal = UploadTooLarge(f"The request is too large: at most {accepted} are accepted here.")
            await error_response(refusal)(scope, receive, send)


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value[:MAX_LENGTH_DIGITS]) if value.isdigit() else 0
    return 0
