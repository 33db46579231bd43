"""Which process executes a run, written so that every other process can tell whether it is still there."""

import hashlib
import os
import socket
from contextlib import suppress
from functools import cache
from pathlib import Path


def this_process() -> str:
    """The name of this process: its machine, number and start, as no other process ever has all three."""
    return f"{_machine()}:{os.getpid()}:{_start(os.getpid())}"


def is_gone(name: str) -> bool | None:
    """Whether the process of this name is gone; None when it belongs to another machine and cannot be asked."""
    where, _, process = name.partition(":")
    pid, _, started = process.partition(":")
    if where == _machine() and pid.isdigit() and started:
        return _start(int(pid)) != started
    return None


@cache
def _machine() -> str:
    """Where a process number means the same process: this boot and PID namespace; containers may share a host name."""
    where = [socket.gethostname()]
    with suppress(OSError):
        where.append(Path("/proc/sys/kernel/random/boot_id").read_text().strip())
        where.append(str(Path("/proc/self/ns/pid").stat().st_ino))
    return f"{socket.gethostname()[:48]}.{hashlib.sha256(':'.join(where).encode()).hexdigest()[:12]}"


def _start(pid: int) -> str:
    """When a process of this machine was started (in kernel ticks), empty when there is none or no /proc to ask."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""
