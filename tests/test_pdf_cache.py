"""The store of finished PDFs: bounded in size and age, and never the reason for a failure."""

import os
import time
from pathlib import Path

from services.libreoffice.result_cache import ResultCache

A_MONTH = 30 * 24 * 3600


def test_what_was_used_least_recently_goes_first(tmp_path: Path) -> None:
    ResultCache(tmp_path, limit_bytes=100).store("user-1", "old", b"x" * 40)
    ResultCache(tmp_path, limit_bytes=100).store("user-1", "older", b"x" * 40)
    os.utime(tmp_path / "user-1" / "old", (1, time.time() - 20))
    os.utime(tmp_path / "user-1" / "older", (1, time.time() - 10))
    cache = ResultCache(tmp_path, limit_bytes=100)
    assert cache.read("user-1", "old") == b"x" * 40
    cache.store("user-2", "new", b"x" * 40)
    assert cache.read("user-1", "older") is None
    assert cache.read("user-1", "old") is not None
    assert cache.read("user-2", "new") is not None


def test_what_nobody_asked_for_in_weeks_goes(tmp_path: Path) -> None:
    ResultCache(tmp_path, limit_bytes=1000).store("user-1", "old", b"x")
    os.utime(tmp_path / "user-1" / "old", (1, time.time() - A_MONTH))
    cache = ResultCache(tmp_path, limit_bytes=1000)
    cache.store("user-1", "new", b"y")
    assert cache.read("user-1", "old") is None


def test_a_store_that_fails_is_not_the_callers_problem(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the directory should be")
    cache = ResultCache(tmp_path / "cache", limit_bytes=1000)
    cache.store("user-1", "key", b"data")
    assert cache.read("user-1", "key") is None
