"""A page of the ledger as a JSON list or as a CSV file."""

import csv
import io
from collections.abc import Callable, Mapping
from typing import Literal

from fastapi import Response
from pydantic import TypeAdapter

from schemas.credit_schemas import TransactionRead
from services.credit_history import TransactionPage

COLUMNS = tuple(TransactionRead.model_fields)
# A spreadsheet runs a cell that starts like this; a company's name may.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_transactions = TypeAdapter(list[TransactionRead])


def as_json(page: TransactionPage) -> Response:
    """A JSON list."""
    body = _transactions.dump_json(_rows(page))
    return Response(body, media_type="application/json", headers=_total(page))


def as_csv(page: TransactionPage) -> Response:
    """A CSV file with a header line, offered as a download."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in _rows(page):
        writer.writerow(_cell(value) for value in row.model_dump(mode="json").values())
    headers = _total(page) | {"Content-Disposition": 'attachment; filename="skillmap-credits.csv"'}
    return Response(text.getvalue(), media_type="text/csv", headers=headers)


def _rows(page: TransactionPage) -> list[TransactionRead]:
    return _transactions.validate_python(page.rows, from_attributes=True)


def _total(page: TransactionPage) -> dict[str, str]:
    return {"X-Total-Count": str(page.total)}


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


RENDERED_AS: Mapping[Literal["json", "csv"], Callable[[TransactionPage], Response]] = {"json": as_json, "csv": as_csv}
