"""LangSmith tracing: off unless asked for, and even then without the texts, which are people's resumes.

An endpoint that cannot be reached holds up nobody: no request, because traces are sent by a thread and dropped when
they pile up; not the end of the process, because that thread is a daemon and is waited for only briefly.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from config.settings import Settings

if TYPE_CHECKING:
    import langsmith

CONNECT_MS, READ_MS = 1000, 2000
LAST_TRACES_SECONDS = 1.0

_THREADS = {
    "LANGSMITH_USE_DAEMON": "true",  # its threads would keep the process until every last request has timed out
    "LANGSMITH_DISABLE_RUN_COMPRESSION": "true",  # compressed traces go through a pool that ignores the line above
}
"""LangSmith's client takes these from the environment only, once a process."""


def configure_tracing(settings: Settings) -> langsmith.Client | None:
    """Switch tracing on or off for the whole process, whatever LANGSMITH_* variables the environment holds.

    Returns the client that sends the traces, to be closed with `close_tracing`; None when tracing is off.
    """
    os.environ.update(_THREADS)
    import langsmith
    from urllib3 import Retry

    if not settings.LANGCHAIN_TRACING_V2:
        langsmith.configure(enabled=False)
        return None
    client = langsmith.Client(
        api_url=settings.LANGCHAIN_ENDPOINT,
        api_key=settings.LANGCHAIN_API_KEY.get_secret_value(),
        timeout_ms=(CONNECT_MS, READ_MS),
        retry_config=Retry(total=0),
        hide_inputs=True,
        hide_outputs=True,
    )
    langsmith.configure(client=client, enabled=True, project_name=settings.LANGCHAIN_PROJECT)
    return client


def close_tracing(client: langsmith.Client) -> None:
    """Send what is left, for a moment; blocks that long at most."""
    import langsmith

    langsmith.configure(client=None, enabled=False)
    client.close(timeout=LAST_TRACES_SECONDS)
