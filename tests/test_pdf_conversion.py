"""Real conversions by a real LibreOffice: warm, shared, fenced in, and back on its feet after a blow."""

import http.server
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import anyio
import pymupdf
import pytest

from services.errors import PdfTimeout
from services.libreoffice.installation import find_installation
from services.libreoffice.profile import pipe_file
from services.libreoffice.slot_pool import SlotPool
from services.pdf_service import PdfConverter
from tests.pdf_support import (
    is_running,
    needs_soffice,
    processes_with,
    until,
    word_file,
    word_file_that_never_ends,
    word_file_with_linked_picture,
)

pytestmark = needs_soffice

PROJECT = Path(__file__).parent.parent
LAYOUTS = PROJECT.parent / "shared" / "data" / "layouts"
ONCE_HUNG = LAYOUTS / "ja_rirekisho_sample.docx"
CHILD = """
import sys
from pathlib import Path
from services.pdf_service import PdfConverter
from tests.pdf_support import word_file
converter = PdfConverter(Path(sys.argv[1]), slots=2)
for number in range(int(sys.argv[3])):
    assert converter.convert(word_file(f"{sys.argv[2]} {number}")).startswith(b"%PDF-")
"""


@pytest.fixture(scope="module")
def state_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory whose name has an accent, a space and a percent sign."""
    return tmp_path_factory.mktemp("bewerbung") / "État 100%"


@pytest.fixture(scope="module")
def converter(state_dir: Path) -> Iterator[PdfConverter]:
    """A warm converter; a document that hangs has 3 seconds."""
    converter = PdfConverter(state_dir, slots=2, timeout=3.0)
    converter.start()
    yield converter
    converter.close()


def resident_pids(state_dir: Path) -> set[int]:
    """The process of every resident that was started last in its slot."""
    return {int(path.read_text()) for path in state_dir.glob("slots/*/resident/pid")}


def kill_residents(state_dir: Path) -> None:
    """End all residents as a crash or the kernel would."""
    pids = resident_pids(state_dir)
    for pid in pids:
        if is_running(pid):
            os.killpg(pid, signal.SIGKILL)
    assert until(lambda: not any(is_running(pid) for pid in pids))


def text_of(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf) as document:
        return "".join(page.get_text() for page in document)


def pictures_of(pdf: bytes) -> int:
    with pymupdf.open(stream=pdf) as document:
        return sum(len(page.get_images()) for page in document)


def test_the_pdf_has_the_words_of_the_document(converter: PdfConverter) -> None:
    assert "Zoë Müller, Łódź" in text_of(converter.convert(word_file("Zoë Müller, Łódź")))


def test_a_job_is_handed_to_the_resident_which_stays(converter: PdfConverter, state_dir: Path) -> None:
    converter.convert(word_file("one"))
    assert until(lambda: len(resident_pids(state_dir)) == 2)
    before = resident_pids(state_dir)
    converter.convert(word_file("two"))
    converter.convert(word_file("three"))
    assert resident_pids(state_dir) == before
    assert all(is_running(pid) for pid in before)


def test_async_code_can_convert_several_at_once(converter: PdfConverter) -> None:
    found: list[str] = []

    async def convert(number: int) -> None:
        found.append(text_of(await converter.convert_async(word_file(f"Copy {number}"))).strip())

    async def convert_all() -> None:
        async with anyio.create_task_group() as tasks:
            for number in range(4):
                tasks.start_soon(convert, number)

    anyio.run(convert_all)
    assert sorted(found) == [f"Copy {number}" for number in range(4)]


def test_worker_processes_share_the_residents(converter: PdfConverter, state_dir: Path) -> None:
    converter.convert(word_file("mine"))
    workers = [
        subprocess.Popen([sys.executable, "-c", CHILD, str(state_dir), name, "5"], cwd=PROJECT) for name in ("A", "B")
    ]
    assert [worker.wait(30) for worker in workers] == [0, 0]
    assert len(processes_with("soffice.bin")) >= 1
    programs = [pid for pid in processes_with(state_dir.absolute().as_uri()) if pid in processes_with("soffice.bin")]
    assert len(programs) == 2, "one LibreOffice per slot, not per worker"


def test_a_document_that_hangs_does_not_hold_up_the_others(converter: PdfConverter) -> None:
    with ThreadPoolExecutor(1) as threads:
        hanging = threads.submit(converter.convert, word_file_that_never_ends())
        for number in range(3):
            assert f"Other {number}" in text_of(converter.convert(word_file(f"Other {number}")))
        assert not hanging.done()
        with pytest.raises(PdfTimeout):
            hanging.result()
    assert "After" in text_of(converter.convert(word_file("After")))


@pytest.mark.skipif(not ONCE_HUNG.exists(), reason="the sample layouts are not here")
def test_a_file_that_hangs_some_libreoffices_ends_in_time(converter: PdfConverter) -> None:
    try:
        assert converter.convert(ONCE_HUNG.read_bytes()).startswith(b"%PDF-")
    except PdfTimeout:
        assert "Next" in text_of(converter.convert(word_file("Next")))


def test_a_killed_resident_is_replaced(converter: PdfConverter, state_dir: Path) -> None:
    converter.convert(word_file("before the kill"))
    kill_residents(state_dir)
    assert "after the kill" in text_of(converter.convert(word_file("after the kill")))


def test_a_frozen_resident_costs_one_timeout(converter: PdfConverter, state_dir: Path) -> None:
    converter.convert(word_file("before the frost"))
    for pid in resident_pids(state_dir):
        if is_running(pid):
            os.killpg(pid, signal.SIGSTOP)
    with pytest.raises(PdfTimeout):
        converter.convert(word_file("in the frost"))
    assert "after the frost" in text_of(converter.convert(word_file("after the frost")))


def test_secrets_of_the_server_are_not_in_its_environment(
    converter: PdfConverter, state_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    kill_residents(state_dir)
    converter.convert(word_file("secret"))
    started = [pid for pid in resident_pids(state_dir) if is_running(pid)]
    assert started
    assert not any(b"sk-very-secret" in Path(f"/proc/{pid}/environ").read_bytes() for pid in started)


class Listener(http.server.ThreadingHTTPServer):
    """A web server on loopback that counts who comes."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), self.Picture)
        self.visits = 0

    class Picture(http.server.BaseHTTPRequestHandler):
        server: "Listener"

        def do_GET(self) -> None:
            self.server.visits += 1
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(red_square())

        def log_message(self, *_: object) -> None:
            """Keep the test output quiet."""


def red_square() -> bytes:
    picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 20, 20), False)
    picture.set_rect(picture.irect, (255, 0, 0))
    return bytes(picture.tobytes("png"))


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_document_reaches_neither_the_network_nor_files(
    converter: PdfConverter, listener: Listener, tmp_path: Path
) -> None:
    (tmp_path / "secret.png").write_bytes(red_square())
    urls = [f"http://127.0.0.1:{listener.server_port}/p.png", (tmp_path / "secret.png").as_uri()]
    for url in urls:
        pdf = converter.convert(word_file_with_linked_picture(url))
        assert "Before the picture" in text_of(pdf)
        assert pictures_of(pdf) == 0
    assert listener.visits == 0


def test_the_profile_alone_keeps_documents_inside(listener: Listener, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(red_square())
    installation = find_installation()
    assert installation is not None
    pool = SlotPool(tmp_path / "state", slots=1, queue_limit=1, recycle_after=100)
    pool.open()
    try:
        for url in (f"http://127.0.0.1:{listener.server_port}/p.png", (tmp_path / "secret.png").as_uri()):
            with pool.slot(1) as slot:
                assert pictures_of(slot.convert(word_file_with_linked_picture(url), installation, 20)) == 0
    finally:
        pool.close(grace=0)
    assert listener.visits == 0


def test_residents_are_recycled_and_end_with_the_converter(tmp_path: Path) -> None:
    converter = PdfConverter(tmp_path / "state", slots=1, recycle_after=2)
    seen = set()
    for number in range(4):
        converter.convert(word_file(f"Number {number}"))
        seen |= resident_pids(tmp_path / "state")
    assert len(seen) == 3
    pipe = pipe_file(tmp_path / "state" / "slots" / "0" / "resident" / "profile")
    assert until(pipe.exists)
    converter.close()
    assert processes_with(str(tmp_path / "state")) == []
    assert not pipe.exists()


def test_orphans_of_a_killed_server_are_swept_at_the_next_start(tmp_path: Path) -> None:
    state = tmp_path / "state"
    script = CHILD + "\nprint('converted', flush=True)\nsys.stdin.read()"
    server = subprocess.Popen(
        [sys.executable, "-c", script, str(state), "A", "1"],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert server.stdout is not None
    assert server.stdin is not None
    assert server.stdout.readline() == b"converted\n"
    server.kill()
    server.wait()
    server.stdout.close()
    server.stdin.close()
    orphans = resident_pids(state)
    assert all(is_running(pid) for pid in orphans)
    successor = PdfConverter(state, slots=1)
    successor.start()
    assert until(lambda: not any(is_running(pid) for pid in orphans))
    successor.close()


def test_a_plain_call_writes_the_pdf_beside_the_document(tmp_path: Path) -> None:
    source = tmp_path / "Résumé, 100% #1.docx"
    source.write_bytes(word_file("Plain call"))
    source.chmod(0o640)
    script = "import sys; from services.pdf_service import convert_docx_to_pdf; print(convert_docx_to_pdf(sys.argv[1]))"
    subprocess.run(
        [sys.executable, "-c", script, str(source)],
        cwd=PROJECT,
        env={"PATH": os.defpath, "HOME": "/nonexistent", "TMPDIR": str(tmp_path)},
        check=True,
        timeout=30,
    )
    target = tmp_path / "Résumé, 100% #1.pdf"
    assert "Plain call" in text_of(target.read_bytes())
    assert target.stat().st_mode & 0o777 == 0o640
    assert processes_with(str(tmp_path)) == []
