"""The app as a process of its own under uvicorn, for what shows only there: signals, death, two processes at once."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from config.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
Spawn = Callable[..., "ServerProcess"]


class ServerProcess:
    """A running server."""

    def __init__(self, settings: Settings, log: Path, **environment: str) -> None:
        self.log = log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        self.base_url = f"http://127.0.0.1:{port}"
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "uvicorn", "main:app", "--port", port, "--timeout-graceful-shutdown", "20"],
                cwd=ROOT,
                env={**_environment(settings), **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if httpx.get(f"{self.base_url}/health/live", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        raise RuntimeError(f"the server did not start: {self.log.read_text()}")

    def stop(self, signal_number: signal.Signals = signal.SIGTERM) -> float:
        """Send a signal; how many seconds it took to exit."""
        started = time.monotonic()
        self.process.send_signal(signal_number)
        self.process.wait(timeout=60)
        return time.monotonic() - started

    def kill(self) -> None:
        """Send SIGKILL."""
        self.process.kill()
        self.process.wait(timeout=10)


def _environment(settings: Settings) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    ours = {
        "ENVIRONMENT": "test",
        "DATABASE_URL": settings.DATABASE_URL,
        "UPLOAD_DIR": str(settings.UPLOAD_DIR),
        "SECRET_KEY": settings.SECRET_KEY.get_secret_value(),
        "OPENAI_BASE_URL": settings.OPENAI_BASE_URL,
        "OPENAI_API_KEY": settings.OPENAI_API_KEY.get_secret_value(),
        "OPENAI_MODEL": settings.OPENAI_MODEL,
        "OPENAI_TIMEOUT_SECONDS": "60",
    }
    return kept | ours


@pytest.fixture
def spawn(settings: Settings, tmp_path: Path) -> Iterator[Spawn]:
    """Start processes of the app on the test's database and the test's model; whatever is left is killed."""
    started: list[ServerProcess] = []

    def start(**environment: str) -> ServerProcess:
        server = ServerProcess(settings, tmp_path / f"server-{len(started)}.log", **environment)
        started.append(server)
        server.wait_until_it_answers()
        return server

    yield start
    for server in started:
        if server.process.poll() is None:
            server.kill()
