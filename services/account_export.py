"""Everything stored about a person as one zip: a JSON file a table, and the uploaded files.

What belongs to a person is read off the schema: rows with their `user_id`, and rows that refer to such rows. A table
that is added later is exported without anybody having to think of it.
"""

import json
import logging
import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from models.base import Base
from models.base_resume import BaseResume
from models.user import User
from services.file_storage import FileStorage

logger = logging.getLogger(__name__)

# Secrets, and how the server is built: not about the person.
LEFT_OUT = {"password_hash", "token_generation", "file_path", "template_path", "worker"}
IN_MEMORY_BYTES = 4 * 1024 * 1024
CHUNK_BYTES = 64 * 1024


def export_account(session: Session, user_id: int, storage: FileStorage) -> IO[bytes]:
    """The zip as an open temporary file at its start; `chunks` reads and closes it."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 - closed by chunks()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for table in Base.metadata.sorted_tables:
            if (owned := _belongs_to(table, user_id)) is not None:
                _write_rows(archive, session, table, owned)
        _write_files(archive, session, user_id, storage)
    file.seek(0)
    return file


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The file piece by piece; closed after the last."""
    with file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _belongs_to(table: Table, user_id: int) -> ColumnElement[bool] | None:
    if table is User.__table__:
        return table.columns.id == user_id
    if "user_id" in table.columns:
        return table.columns.user_id == user_id
    for key in table.foreign_keys:
        owner = key.column.table
        if (owned := _belongs_to(owner, user_id)) is not None:
            return key.parent.in_(select(key.column).where(owned))
    return None


def _write_rows(archive: ZipFile, session: Session, table: Table, owned: ColumnElement[bool]) -> None:
    columns = [column for column in table.columns if column.name not in LEFT_OUT]
    statement = select(*columns).where(owned).order_by(*table.primary_key.columns)
    with archive.open(f"{table.name}.json", "w") as entry:
        separator = "[\n"
        for row in session.execute(statement, execution_options={"yield_per": 100}).mappings():
            text = json.dumps(dict(row), default=datetime.isoformat, ensure_ascii=False, indent=1)
            entry.write((separator + text).encode(errors="replace"))
            separator = ",\n"
        entry.write(b"[]\n" if separator == "[\n" else b"\n]\n")


def _write_files(archive: ZipFile, session: Session, user_id: int, storage: FileStorage) -> None:
    for resume in session.scalars(select(BaseResume).where(BaseResume.user_id == user_id)):
        files = {f"original.{resume.metadata_['file_type']}": resume.file_path}
        if resume.template_path != resume.file_path:
            files["template.docx"] = resume.template_path
        for name, stored in files.items():
            try:
                archive.write(storage.path(stored), f"resumes/{resume.id}/{name}")
            except FileNotFoundError:
                logger.warning("export_file_missing resume_id=%s name=%s", resume.id, name)
