"""Errors to HTTP: the one place that turns our errors, validation errors and surprises into JSON answers."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.errors import DatabaseBusy, SkillMapError

logger = logging.getLogger(__name__)

DATABASE_RETRY_SECONDS = 5

# What the framework refuses by itself; its own sentences name its inner workings.
FRAMEWORK_ERRORS = {
    400: ("bad_request", "The body could not be read. Is it complete, and of the type that its header says?"),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not know that method."),
    413: ("body_too_large", "The body is too large."),
    415: ("unsupported_media_type", "This type of body is not accepted here."),
}


def error_response(error: SkillMapError) -> JSONResponse:
    """Our error as JSON: `{"error": code, "detail": sentence}` and what else the error has to say."""
    headers = {}
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    if error.status_code == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(
        {"error": error.code, "detail": error.message, **error.details}, error.status_code, headers=headers
    )


def register_error_handlers(app: FastAPI) -> None:
    """Make the app answer every error in the product's shape."""

    @app.exception_handler(SkillMapError)
    async def on_our_error(_request: Request, error: SkillMapError) -> JSONResponse:
        if error.status_code >= 500:
            # The kind of the cause only: what a vendor says may quote a prompt or a key.
            logger.warning("request_failed code=%s cause=%s", error.code, type(error.__cause__).__name__)
        return error_response(error)

    @app.exception_handler(RequestValidationError)
    async def on_invalid_request(_request: Request, error: RequestValidationError) -> JSONResponse:
        # Type, place and message only: the default body echoes the input, passwords included, and fails on surrogates.
        detail = [
            {"type": fault["type"], "loc": [_printable(part) for part in fault["loc"]], "msg": _in_words(fault)}
            for fault in error.errors()
        ]
        return JSONResponse({"error": "validation_error", "detail": detail}, 422)

    @app.exception_handler(OperationalError)
    async def on_unreachable_database(_request: Request, error: OperationalError) -> JSONResponse:
        logger.error("database_failed", exc_info=error)
        return error_response(DatabaseBusy(retry_after=DATABASE_RETRY_SECONDS))

    @app.exception_handler(HTTPException)
    async def on_http_error(_request: Request, error: HTTPException) -> JSONResponse:
        code, detail = FRAMEWORK_ERRORS.get(error.status_code, ("http_error", error.detail))
        return JSONResponse({"error": code, "detail": detail}, error.status_code, headers=error.headers)


def _in_words(fault: dict[str, Any]) -> str:
    """What is wrong, without the validator's own names for it."""
    message = str(fault["msg"]).removeprefix("Value error, ")
    if "UploadFile" in message:
        message = "Send a file here."
    elif fault["type"] == "string_pattern_mismatch":
        message = "This does not have the form that is expected here."
    return str(_printable(message[:1].upper() + message[1:]))


def _printable(value: str | int) -> str | int:
    return value if isinstance(value, int) else value.encode(errors="replace").decode()


class UnexpectedErrors:
    """Answers 500 to what nobody foresaw, inside the CORS middleware so that a front end can read it."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app; log and answer what escapes it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception:
            logger.exception("unexpected_error method=%s", scope["method"])
            if started:
                raise
            await error_response(SkillMapError())(scope, receive, send)
