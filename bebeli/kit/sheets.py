"""Rows as a CSV file or a spreadsheet. No cell of ours may be read as a formula by whoever opens it."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import BinaryIO, cast

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils import timezone

Cell = str | int | datetime
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
IN_MEMORY = 2_000_000  # bytes of a file; what is longer waits on disk until it is sent
MOST_ROWS = 1_048_575  # of a spreadsheet, under its head: Excel opens no more
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plain(cell: Cell) -> str | int:
    """Return a cell as both files hold it: numbers stay numbers, moments are in WIB, text never begins a formula."""
    if isinstance(cell, int):
        return cell
    text = timezone.localtime(cell).strftime("%Y-%m-%d %H:%M:%S") if isinstance(cell, datetime) else cell
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Answer with a CSV file that spreadsheets open in UTF-8; however long, it is never whole in memory."""
    out = _spool()
    text = io.TextIOWrapper(cast("BinaryIO", out), "utf-8", newline="")
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow([plain(cell) for cell in head])
    writer.writerows([plain(cell) for cell in row] for row in rows)
    text.detach()
    return _file(out, "text/csv; charset=utf-8", f"{name}.csv")


def as_xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Answer with a spreadsheet of at most `MOST_ROWS` rows."""
    from openpyxl import Workbook  # noqa: PLC0415  large, and needed by a download only

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.append([plain(cell) for cell in head])
    for row in rows:
        sheet.append([plain(cell) for cell in row])
    out = _spool()
    book.save(out)
    return _file(out, XLSX, f"{name}.xlsx")


def _spool() -> tempfile.SpooledTemporaryFile[bytes]:
    settings.PRIVATE_ROOT.mkdir(parents=True, exist_ok=True)
    return tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(settings.PRIVATE_ROOT))


def _file(out: tempfile.SpooledTemporaryFile[bytes], kind: str, name: str) -> HttpResponse:
    size = out.seek(0, io.SEEK_END)
    out.seek(0)
    if size <= IN_MEMORY:
        with out:
            answer = HttpResponse(out.read(), content_type=kind)
    else:
        answer = cast("HttpResponse", FileResponse(out, content_type=kind))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


FORMS = {"csv": as_csv, "xlsx": as_xlsx}
