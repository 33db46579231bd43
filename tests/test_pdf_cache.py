"""The store of finished PDFs: bounded in size and age, and never the reason for a failure."""

import os
import time
from pathlib import Path

from services.libreoffice.result_cache import ResultCache

A_MONTH = 30 * 24 * 3600


def stored(directory: Path, owner: str, key: str, *, limit_bytes: int) -> ResultCache:
    """A cache of that directory as if just started, which keeps 40 bytes more."""
    cache = ResultCache(directory, limit_bytes=limit_bytes)
    cache.expect(owner)
    cache.store(owner, key, b"x" * 40)
    return cache


def test_what_was_used_least_recently_goes_first(tmp_path: Path) -> None:
    stored(tmp_path, "user-1", "old", limit_bytes=100)
    stored(tmp_path, "user-1", "older", limit_bytes=100)
    os.utime(tmp_path / "user-1" / "old", (1, time.time() - 20))
    os.utime(tmp_path / "user-1" / "older", (1, time.time() - 10))
    assert ResultCache(tmp_path, limit_bytes=100).read("user-1", "old") == b"x" * 40
    cache = stored(tmp_path, "user-2", "new", limit_bytes=100)
    assert cache.read("user-1", "older") is None
    assert cache.read("user-1", "old") is not None
    assert cache.read("user-2", "new") is not None


def test_what_nobody_asked_for_in_weeks_goes(tmp_path: Path) -> None:
    stored(tmp_path, "user-1", "old", limit_bytes=1000)
    os.utime(tmp_path / "user-1" / "old", (1, time.time() - A_MONTH))
    cache = stored(tmp_path, "user-1", "new", limit_bytes=1000)
    assert cache.read("user-1", "old") is None


def test_what_was_expected_for_an_owner_is_not_kept_once_the_owner_is_forgotten(tmp_path: Path) -> None:
    cache = stored(tmp_path, "user-1", "kept", limit_bytes=1000)
    cache.expect("user-1")
    cache.forget("user-1")
    cache.store("user-1", "late", b"personal")
    assert cache.read("user-1", "late") is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_store_that_fails_is_not_the_callers_problem(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the directory should be")
    cache = ResultCache(tmp_path / "cache", limit_bytes=1000)
    cache.store("user-1", "key", b"data")
    assert cache.read("user-1", "key") is None
