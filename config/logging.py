"""Logging set-up: one line an event, with the id of the request it belongs to."""

import logging
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class _RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class _WithoutQuery(logging.Filter):
    """Cuts the query off uvicorn's access lines: Google's callback carries its code there."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(part.partition("?")[0] if isinstance(part, str) else part for part in record.args)
        return True


_without_query = _WithoutQuery()  # one, because a logger keeps a filter once


def configure_logging() -> None:
    """Send the product's own log lines to stderr. Vendors' request logs are kept to warnings: they name URLs."""
    handler = logging.StreamHandler()
    handler.addFilter(_RequestIdFilter())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"))
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("uvicorn.access").addFilter(_without_query)
    for name in ("httpx", "httpx2", "openai", "stripe", "authlib"):
        logging.getLogger(name).setLevel(logging.WARNING)
