"""What every request gets: an id, one spelling of its path, and the headers that keep browsers careful."""

import re
import secrets

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.logging import request_id

_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
OF_PERSONAL_DATA = (*SECURITY_HEADERS, (b"cache-control", b"no-store"))


class RequestContext:
    """Pure ASGI: request id, `/api/projects/` = `/api/projects`, security headers, no caching of personal data."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Prepare the request and complete the response's headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        identifier = given if _ACCEPTABLE_ID.fullmatch(given) else secrets.token_hex(8)
        request_id.set(identifier)
        path: str = scope["path"]
        is_api = path.startswith("/api/")
        if path.endswith("/"):
            scope = {**scope, "path": path.rstrip("/") or "/"}

        is_head = scope["method"] == "HEAD"
        if is_head:  # every GET has its HEAD: the same headers, no body
            scope = {**scope, "method": "GET"}

        async def complete(message: Message) -> None:
            if is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            if message["type"] == "http.response.start":
                own = message["headers"]
                set_already = {name for name, _ in own}
                usual = OF_PERSONAL_DATA if is_api else SECURITY_HEADERS
                missing = [header for header in usual if header[0] not in set_already]
                message["headers"] = [*own, *missing, (b"x-request-id", identifier.encode())]
            await send(message)

        await self.app(scope, receive, complete)
