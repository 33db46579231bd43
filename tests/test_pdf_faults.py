"""What the PDF service does when LibreOffice is missing, hangs, crashes, or has too much to do."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from services.errors import (
    CorruptDocument,
    EmptyFile,
    PdfBusy,
    PdfFailed,
    PdfTimeout,
    PdfUnavailable,
    UnsupportedFileType,
)
from services.pdf_service import PdfConverter
from tests.pdf_support import FakeOffice, processes_with, until, word_file

pytestmark = pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="residents need /proc")

CONVERTS = "target.write_bytes(b'%PDF-1.7 fake')"
HANGS = "signal.pause()"
WAITS_AT_GATE = f"open(here / 'gate').read(); {CONVERTS}"

MakeConverter = Callable[..., PdfConverter]


@pytest.fixture
def converter_for(tmp_path: Path) -> Iterator[MakeConverter]:
    """Makes converters on one state directory, and closes them."""
    with ExitStack() as stack:

        def make(office: FakeOffice | None = None, **settings: object) -> PdfConverter:
            command = office.command if office else tmp_path / "nowhere"
            converter = PdfConverter(tmp_path / "state", soffice=command, **{"slots": 1, **settings})
            stack.callback(converter.close)
            return converter

        yield make


def test_without_libreoffice_only_the_conversion_fails(converter_for: MakeConverter) -> None:
    converter = converter_for()
    converter.start()
    assert not converter.health().available
    with pytest.raises(PdfUnavailable):
        converter.convert(word_file())


def test_libreoffice_may_be_installed_while_the_server_runs(tmp_path: Path, converter_for: MakeConverter) -> None:
    office = FakeOffice(tmp_path, CONVERTS)
    command = office.command.rename(tmp_path / "later")
    converter = converter_for(office)
    assert not converter.health().available
    command.rename(office.command)
    assert converter.convert(word_file()).startswith(b"%PDF-")
    assert converter.health().version == "FakeOffice 1.0"


def test_a_converted_document_is_not_converted_again(tmp_path: Path, converter_for: MakeConverter) -> None:
    office = FakeOffice(tmp_path, CONVERTS)
    converter = converter_for(office)
    assert converter.convert(word_file()) == converter.convert(word_file())
    assert len(office.sizes_seen) == 1


def test_owners_do_not_share_and_can_be_forgotten(tmp_path: Path, converter_for: MakeConverter) -> None:
    office = FakeOffice(tmp_path, CONVERTS)
    converter = converter_for(office, cache_dir=tmp_path / "cache")
    for owner in ("user-1", "user-2", "user-1"):
        converter.convert(word_file(), owner=owner)
    assert len(office.sizes_seen) == 2
    converter.forget("user-1")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["user-2"]


def test_a_conversion_that_outlives_its_owner_is_not_kept(tmp_path: Path, converter_for: MakeConverter) -> None:
    os.mkfifo(tmp_path / "gate")
    converter = converter_for(FakeOffice(tmp_path, WAITS_AT_GATE))
    with ThreadPoolExecutor() as pool:
        conversion = pool.submit(converter.convert, word_file(), owner="user-1")
        with (tmp_path / "gate").open("w"):
            converter.forget("user-1")
        assert conversion.result().startswith(b"%PDF-")
    assert list((tmp_path / "state" / "cache").rglob("*")) == []


def test_an_owner_cannot_point_outside_the_cache(tmp_path: Path, converter_for: MakeConverter) -> None:
    converter = converter_for(FakeOffice(tmp_path, CONVERTS))
    with pytest.raises(ValueError, match="owner"):
        converter.convert(word_file(), owner="../elsewhere")


def test_a_document_that_hangs_ends_in_a_timeout_and_leaves_no_process(
    tmp_path: Path, converter_for: MakeConverter
) -> None:
    converter = converter_for(FakeOffice(tmp_path, HANGS), timeout=0.5)
    with pytest.raises(PdfTimeout):
        converter.convert(word_file())
    assert not [pid for pid in processes_with(str(tmp_path)) if pid in processes_with("--convert-to")]
    last = converter.health().last_conversion
    assert last is not None
    assert last.outcome == "pdf_timeout"


def test_a_document_that_hung_is_not_tried_again_at_once(tmp_path: Path, converter_for: MakeConverter) -> None:
    office = FakeOffice(tmp_path, HANGS)
    converter = converter_for(office, timeout=0.5)
    for _ in range(3):
        with pytest.raises(PdfTimeout):
            converter.convert(word_file())
    assert len(office.sizes_seen) == 1


def test_no_output_is_a_failure_although_the_exit_code_is_good(tmp_path: Path, converter_for: MakeConverter) -> None:
    office = FakeOffice(tmp_path, "pass")
    with pytest.raises(PdfFailed):
        converter_for(office).convert(word_file())
    assert len(office.sizes_seen) == 1


def test_output_that_is_no_pdf_is_a_failure(tmp_path: Path, converter_for: MakeConverter) -> None:
    with pytest.raises(PdfFailed):
        converter_for(FakeOffice(tmp_path, "target.write_text('oops')")).convert(word_file())


def test_a_crash_is_tried_once_more(tmp_path: Path, converter_for: MakeConverter) -> None:
    crash = """
        os.kill(int((source.parent.parent / "resident/pid").read_text()), signal.SIGKILL)
        if (here / "crashed").exists():
            target.write_bytes(b"%PDF-1.7 fake")
        (here / "crashed").touch()
    """
    office = FakeOffice(tmp_path, crash)
    assert converter_for(office).convert(word_file()).startswith(b"%PDF-")
    assert len(office.sizes_seen) == 2


def test_a_document_that_always_crashes_is_given_up(tmp_path: Path, converter_for: MakeConverter) -> None:
    office = FakeOffice(tmp_path, "os.kill(int((source.parent.parent / 'resident/pid').read_text()), signal.SIGKILL)")
    converter = converter_for(office)
    for _ in range(3):
        with pytest.raises(PdfFailed):
            converter.convert(word_file())
    assert len(office.sizes_seen) == 2, "a first and a second try, and none for who looks again"


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (b"", EmptyFile),
        (b"<html>not a Word file</html>", UnsupportedFileType),
        (b"PK\x03\x04 not really a zip", CorruptDocument),
        (word_file()[:-40], CorruptDocument),
    ],
)
def test_what_is_no_word_file_never_reaches_libreoffice(
    tmp_path: Path, converter_for: MakeConverter, document: bytes, error: type[Exception]
) -> None:
    office = FakeOffice(tmp_path, CONVERTS)
    with pytest.raises(error):
        converter_for(office).convert(document)
    assert office.sizes_seen == []


def test_the_same_document_asked_for_by_many_is_converted_once(tmp_path: Path, converter_for: MakeConverter) -> None:
    office = FakeOffice(tmp_path, CONVERTS)
    converter = converter_for(office, slots=2)
    with ThreadPoolExecutor(6) as threads:
        pdfs = set(threads.map(converter.convert, [word_file()] * 6))
    assert len(pdfs) == 1
    assert len(office.sizes_seen) == 1


def test_who_waits_is_served_in_order(tmp_path: Path, converter_for: MakeConverter) -> None:
    os.mkfifo(tmp_path / "gate")
    office = FakeOffice(tmp_path, WAITS_AT_GATE)
    converter = converter_for(office)
    documents = [word_file("x" * 997 * number, body="") for number in range(5)]
    with ThreadPoolExecutor(len(documents)) as threads:
        first = threads.submit(converter.convert, documents[0])
        assert until(lambda: len(office.sizes_seen) == 1)
        waiting = []
        for number, document in enumerate(documents[1:], start=1):
            waiting.append(threads.submit(converter.convert, document))
            assert until(lambda number=number: converter.health().queue_depth == number)
        for number in range(1, len(documents) + 1):
            assert until(lambda number=number: len(office.sizes_seen) == number)
            (tmp_path / "gate").write_text("go on")
        assert all(future.result().startswith(b"%PDF-") for future in (first, *waiting))
    assert office.sizes_seen == [len(document) for document in documents]


def test_waiting_too_long_is_refused_with_a_time_to_come_back(tmp_path: Path, converter_for: MakeConverter) -> None:
    os.mkfifo(tmp_path / "gate")
    office = FakeOffice(tmp_path, WAITS_AT_GATE)
    converter = converter_for(office, wait_limit=0.2)
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(converter.convert, word_file("first"))
        assert until(lambda: len(office.sizes_seen) == 1)
        with pytest.raises(PdfBusy) as refused:
            converter.convert(word_file("second"))
        (tmp_path / "gate").write_text("go on")
        assert first.result().startswith(b"%PDF-")
    assert refused.value.retry_after


def test_a_full_queue_refuses_at_once(tmp_path: Path, converter_for: MakeConverter) -> None:
    os.mkfifo(tmp_path / "gate")
    office = FakeOffice(tmp_path, WAITS_AT_GATE)
    converter = converter_for(office, queue_limit=1)
    with ThreadPoolExecutor(2) as threads:
        running = threads.submit(converter.convert, word_file("first"))
        assert until(lambda: len(office.sizes_seen) == 1)
        waiting = threads.submit(converter.convert, word_file("second"))
        assert until(lambda: converter.health().queue_depth == 1)
        with pytest.raises(PdfBusy):
            converter.convert(word_file("third"))
        (tmp_path / "gate").write_text("go on")
        assert running.result().startswith(b"%PDF-")
        assert until(lambda: len(office.sizes_seen) == 2)
        (tmp_path / "gate").write_text("go on")
        assert waiting.result().startswith(b"%PDF-")


def test_closing_ends_a_conversion_that_hangs(tmp_path: Path, converter_for: MakeConverter) -> None:
    office = FakeOffice(tmp_path, HANGS)
    converter = converter_for(office, timeout=60)
    with ThreadPoolExecutor(1) as threads:
        hanging = threads.submit(converter.convert, word_file())
        assert until(lambda: len(office.sizes_seen) == 1)
        converter.close(grace=0)
        with pytest.raises(PdfUnavailable):
            hanging.result()
    assert processes_with(str(tmp_path / "state")) == []
    with pytest.raises(PdfUnavailable):
        converter.convert(word_file("later"))


def test_the_last_of_two_converters_stops_the_residents(tmp_path: Path, converter_for: MakeConverter) -> None:
    office = FakeOffice(tmp_path, CONVERTS)
    one, other = converter_for(office), converter_for(office)
    one.convert(word_file("one"))
    other.convert(word_file("other"))
    one.close()
    assert len(processes_with(str(tmp_path / "state"))) == 1
    other.close()
    assert processes_with(str(tmp_path / "state")) == []


def test_a_state_directory_that_is_a_link_is_not_trusted(tmp_path: Path, converter_for: MakeConverter) -> None:
    (tmp_path / "trap").mkdir()
    (tmp_path / "state").symlink_to(tmp_path / "trap")
    with pytest.raises(PdfUnavailable, match="belongs to somebody else"):
        converter_for(FakeOffice(tmp_path, CONVERTS)).convert(word_file())


def test_the_state_directory_is_closed_to_others(tmp_path: Path, converter_for: MakeConverter) -> None:
    (tmp_path / "state").mkdir(mode=0o755)
    converter_for(FakeOffice(tmp_path, CONVERTS)).convert(word_file())
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0


def test_no_document_is_left_in_the_slot(tmp_path: Path, converter_for: MakeConverter) -> None:
    converter = converter_for(FakeOffice(tmp_path, "pass"))
    with pytest.raises(PdfFailed):
        converter.convert(word_file())
    assert list((tmp_path / "state").rglob("document.*")) == []
