"""How long documents take: `python -m scripts.bench_documents [DOCX ...]`, by default with the sample resume.

Measures the merge, and the conversion next to what plain `soffice --convert-to pdf` takes on the same machine in the
same minute, turn by turn, so that other load on the machine falls on both.
"""

import argparse
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import ParamSpec

from services.docx.edits import Edit
from services.docx.reader import read_docx
from services.docx_generation_service import apply_edits
from services.libreoffice.installation import Installation, find_installation
from services.pages.images import render_page
from services.pdf_service import PdfConverter

P = ParamSpec("P")

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "resume.docx"
CLIENTS = (1, 4, 8)
PAGE_WIDTH = 816
LONG_ENOUGH = 40
MAX_EDITS = 10


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bench_documents", description=__doc__)
    parser.add_argument("documents", nargs="*", type=Path, default=[SAMPLE], help="DOCX files to work on")
    parser.add_argument("--rounds", type=int, default=10, help="how often each document is converted cold and warm")
    parser.add_argument("--jobs", type=int, default=60, help="how many conversions a throughput figure is made of")
    arguments = parser.parse_args()
    documents = [path.read_bytes() for path in arguments.documents]

    report("merge of the edits", [seconds_of(merge, document) for document in documents * arguments.rounds])
    installation = find_installation()
    if installation is None:
        raise SystemExit("LibreOffice is not installed here: conversions cannot be measured.")
    print(f"\n{installation.version}, {len(documents)} document(s)")
    with tempfile.TemporaryDirectory(prefix="skillmap-bench-") as folder:
        measure_conversions(Path(folder), installation, documents, arguments.rounds, arguments.jobs)


def merge(document: bytes) -> None:
    """Rewrite some longer lines, as a tailoring run would."""
    lines = [line for line in read_docx(document).lines if line.anchor and len(line.text) >= LONG_ENOUGH]
    edits = [
        Edit(id=line.number, op="replace", anchor=line.anchor, old=line.text, new=line.text.replace(" and ", " & "))
        for line in lines[:MAX_EDITS]
        if line.anchor
    ]
    apply_edits(document, edits)


def measure_conversions(
    folder: Path, installation: Installation, documents: Sequence[bytes], rounds: int, jobs: int
) -> None:
    """Latency of every way to a PDF, then throughput."""
    converter = PdfConverter(folder / "state", wait_limit=300)
    owners = (f"run-{number}" for number in count())  # a new owner each time: nothing comes from the cache
    plain_profile = folder / "plain"
    plain_soffice(installation, plain_profile, documents[0])
    warm_up(converter, documents[0], owners)
    fresh: list[float] = []
    plain: list[float] = []
    warm: list[float] = []
    cached: list[float] = []
    picture: list[float] = []
    for number in range(rounds):
        for document in documents:
            profile = folder / f"fresh-{number}-{len(fresh)}"
            fresh.append(seconds_of(plain_soffice, installation, profile, document))
            plain.append(seconds_of(plain_soffice, installation, plain_profile, document))
            warm.append(seconds_of(converter.convert, document, owner=next(owners)))
            pdf = converter.convert(document)
            cached.append(seconds_of(converter.convert, document))
            picture.append(seconds_of(render_page, pdf, 1, PAGE_WIDTH))
    report("soffice, fresh profile (cold)", fresh)
    report("soffice, used profile (plain)", plain)
    report("ours, warm", warm)
    report("ours, cached", cached)
    report(f"page 1 as PNG, {PAGE_WIDTH} px", picture)
    print(f"warm / cold  {statistics.median(warm) / statistics.median(fresh):.3f}")
    print(f"warm / plain {statistics.median(warm) / statistics.median(plain):.3f}\n")
    for clients in CLIENTS:
        throughput(converter, documents, clients, jobs, owners)
    converter.close()


def throughput(
    converter: PdfConverter, documents: Sequence[bytes], clients: int, jobs: int, owners: Iterator[str]
) -> None:
    """Documents per second when so many clients ask at the same time, and how long the slower ones wait."""
    work = [(documents[number % len(documents)], next(owners)) for number in range(jobs)]

    def convert(job: tuple[bytes, str]) -> float:
        return seconds_of(converter.convert, job[0], owner=job[1])

    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        latencies = sorted(threads.map(convert, work))
    rate = jobs / (time.perf_counter() - started)
    p95 = latencies[int(len(latencies) * 0.95)]
    print(f"{clients} client(s): {rate:5.1f} documents/s, median {statistics.median(latencies):.3f} s, p95 {p95:.3f} s")


def warm_up(converter: PdfConverter, document: bytes, owners: Iterator[str]) -> None:
    """Have every resident up, and every library loaded, before anything is measured."""
    render_page(converter.convert(document), 1, PAGE_WIDTH)
    with ThreadPoolExecutor(2 * converter.health().slots) as threads:
        list(threads.map(lambda owner: converter.convert(document, owner=owner), [next(owners) for _ in range(8)]))


def plain_soffice(installation: Installation, profile: Path, document: bytes) -> None:
    """What a program without a converter does: one LibreOffice per document."""
    profile.mkdir(exist_ok=True)
    source = profile / "document.docx"
    source.write_bytes(document)
    command = [str(installation.command), f"-env:UserInstallation={(profile / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(profile), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )


def seconds_of(work: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> float:
    """How long a call takes."""
    started = time.perf_counter()
    work(*args, **kwargs)
    return time.perf_counter() - started


def report(name: str, seconds: Sequence[float]) -> None:
    """One line: the median and the range in milliseconds."""
    low, median, high = (1000 * value for value in (min(seconds), statistics.median(seconds), max(seconds)))
    print(f"{name:32} {median:9.2f} ms   ({low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main()
