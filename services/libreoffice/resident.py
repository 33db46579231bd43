"""One LibreOffice that stays: started on a profile of its own, recognised by any process, replaced when it is worn.

All that is known of it lies in its directory, so that worker processes which share the directory share the resident.
Whoever calls these functions holds the slot's lock.
"""

import contextlib
import io
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

from services.libreoffice.installation import Installation
from services.libreoffice.processes import (
    CAN_FIND_PROCESSES,
    has_argument,
    kill_all_with,
    kill_group,
    start_group,
)
from services.libreoffice.profile import minimal_environment, pipe_file, profile_argument, write_profile

START_SECONDS = 10.0
MEMORY_LIMIT = 2 * 2**30
"""Address space of one LibreOffice process; it starts with about 0.6 GiB of it."""

QUIET_OPTIONS = ("--headless", "--norestore", "--nologo")
_POLL_SECONDS = 0.01


class Resident:
    """The resident LibreOffice of one directory."""

    def __init__(self, directory: Path, home: Path) -> None:
        """`home` is shared by all residents: the font cache lies there."""
        self._directory = directory
        self._child: subprocess.Popen[bytes] | None = None
        self._pid_file = directory / "pid"
        self._jobs_file = directory / "jobs"
        self._document = directory / "open.docx"
        # LibreOffice puts this beside a document as soon as it has opened it.
        self._opened_mark = directory / f".~lock.{self._document.name}#"
        self._temporary = directory / "tmp"
        self._profile = directory / "profile"
        self._pipe = pipe_file(self._profile)
        self.profile_argument = profile_argument(self._profile)
        self.environment = minimal_environment(home, self._temporary)

    @property
    def looks_ready(self) -> bool:
        """Whether it had its document open when it was last looked at; cheap, and needs no lock."""
        return self._opened_mark.exists()

    def is_alive(self) -> bool:
        """Whether the process that was started last still runs, whoever started it."""
        if self._child is not None:
            self._child.poll()  # collects it when it was ours and has ended
        try:
            pid = int(self._pid_file.read_text())
        except (OSError, ValueError):
            return False
        return has_argument(pid, self.profile_argument)

    def start(self, installation: Installation) -> None:
        """Start anew with an unused profile, whatever was there before, and return at once.

        It is given a document to keep open, because without one it would leave after its first job.
        """
        self.stop()
        self._temporary.mkdir(parents=True)
        write_profile(self._profile)
        if not CAN_FIND_PROCESSES:
            return  # nobody could be sure to end it: every job starts LibreOffice for itself
        self._document.write_bytes(one_word_document())
        command = [str(installation.command), self.profile_argument, *QUIET_OPTIONS, str(self._document)]
        self._child = start_group(command, self.environment, memory_limit=MEMORY_LIMIT)
        self._pid_file.write_text(str(self._child.pid))

    def ensure_ready(self, installation: Installation) -> None:
        """Start it when it is not there, and wait until it takes jobs.

        A job that arrives while it starts may be lost or may end it. One that cannot start does no harm: the command
        that brings the job then converts by itself.
        """
        if not self.is_alive():
            self.start(installation)
        deadline = time.monotonic() + START_SECONDS
        while not self.looks_ready and self.is_alive() and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)

    def count_job(self) -> int:
        """Note that one more job was done; returns how many it has done since it was started."""
        try:
            jobs = int(self._jobs_file.read_text()) + 1
        except (OSError, ValueError):
            jobs = 1
        self._jobs_file.write_text(str(jobs))
        return jobs

    def kill(self) -> None:
        """Kill every process on its profile, whoever started it: the resident and the command that brings it a job."""
        kill_all_with(self.profile_argument)

    def stop(self) -> None:
        """Kill it, collect what was ours, and remove its files."""
        self.kill()
        if self._child is not None:
            kill_group(self._child)
            self._child = None
        shutil.rmtree(self._directory, ignore_errors=True)
        with contextlib.suppress(OSError):  # its own litter only; it does no harm where it cannot be removed
            self._pipe.unlink()


def one_word_document() -> bytes:
    """The smallest DOCX that can be opened."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    relationships_type = "application/vnd.openxmlformats-package.relationships+xml"
    word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types">'
            f'<Default Extension="rels" ContentType="{relationships_type}"/>'
            f'<Override PartName="/word/document.xml" ContentType="{word_type}"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:body><w:p><w:r><w:t>Ready</w:t></w:r></w:p></w:body></w:document>"
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return buffer.getvalue()
