"""Processes that are started in groups of their own, found again by an argument, and killed without remains.

Knows nothing of LibreOffice.
"""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

if sys.platform == "linux":
    import resource

logger = logging.getLogger(__name__)

_PROC = Path("/proc")
_KILL_SECONDS = 5.0
_LEADER_SECONDS = 0.3
_POLL_SECONDS = 0.01
_EXEC_LOOKS, _EXEC_SECONDS = 20, 0.001

CAN_FIND_PROCESSES = (_PROC / "self" / "cmdline").exists()
"""Whether processes can be found again by an argument; without it no process may outlive a call."""


def start_group(
    command: Sequence[str], environment: Mapping[str, str], *, memory_limit: int, keep_output: bool = False
) -> subprocess.Popen[bytes]:
    """Start a process as the leader of a group of its own, with that environment and address space and no input."""
    child = subprocess.Popen(  # noqa: S603 - a fixed program with arguments of ours, no shell
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if keep_output else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if sys.platform == "linux":
        # Set from outside: a preexec function is not safe in a process with threads.
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(child.pid, resource.RLIMIT_AS, (memory_limit, memory_limit))
    return child


def run_group(
    command: Sequence[str], environment: Mapping[str, str], *, memory_limit: int, timeout: float
) -> bytes | None:
    """Run a command and return what it wrote; None when it did not end in time, and then its whole group is killed."""
    child = start_group(command, environment, memory_limit=memory_limit, keep_output=True)
    try:
        # Waits on the pipe: Popen.wait with a timeout polls, which costs up to 50 ms a call.
        return child.communicate(timeout=timeout)[0]
    except subprocess.TimeoutExpired:
        return None
    finally:
        kill_group(child)


def kill_group(child: subprocess.Popen[bytes]) -> None:
    """Kill a child with its whole group and collect it; harmless when it has ended."""
    if child.poll() is None:
        _kill_until_gone(lambda: _find(lambda pid: os.getpgid(pid) == child.pid))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # all there is to do where processes cannot be found
        child.wait()
    if child.stdout is not None:
        child.stdout.close()


def kill_all_with(argument: str) -> None:
    """Kill every process, whoever started it, that runs with exactly that argument, until none is left."""
    _kill_until_gone(lambda: _find(lambda pid: has_argument(pid, argument)))


def has_argument(pid: int, argument: str) -> bool:
    """Whether a process of that number runs with exactly that argument; a zombie has none."""
    return argument.encode() in _arguments(pid)


def _kill_until_gone(find: Callable[[], list[int]]) -> None:
    """Kill what is found, the leaders of groups last.

    A leader that still lives collects its dead children. Orphans would stay as zombies wherever nobody adopts them, as
    in a container without an init.
    """
    started = leaders_have_until = time.monotonic()
    while found := find():
        now = time.monotonic()
        if now - started > _KILL_SECONDS:
            logger.error("processes_survived_kill count=%d", len(found))
            return
        followers = [pid for pid in found if not _leads_group(pid)]
        if followers:
            leaders_have_until = now + _LEADER_SECONDS
        for pid in followers or (found if now >= leaders_have_until else []):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(_POLL_SECONDS)


def _find(wanted: Callable[[int], bool]) -> list[int]:
    """The numbers of all running processes, zombies left out, that are wanted."""
    if not CAN_FIND_PROCESSES:
        return []
    found = []
    for pid in (int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()):
        with contextlib.suppress(ProcessLookupError):
            if wanted(pid) and any(_arguments(pid)):
                found.append(pid)
    return found


def _arguments(pid: int) -> list[bytes]:
    """The command line of a process; empty for zombies, and for what is not there or not ours to see."""
    directory = _PROC / str(pid)
    for _ in range(_EXEC_LOOKS):
        try:
            line = (directory / "cmdline").read_bytes()
            if line:
                return line.split(b"\0")
            (directory / "exe").readlink()  # fails for zombies and kernel threads
        except OSError:
            return []
        time.sleep(_EXEC_SECONDS)  # a program that is just taking the place of another has no command line yet
    return []


def _leads_group(pid: int) -> bool:
    try:
        return os.getpgid(pid) == pid
    except ProcessLookupError:
        return False
