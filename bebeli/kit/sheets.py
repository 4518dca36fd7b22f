"""Rows as a CSV file or a spreadsheet. No cell of ours may be read as a formula by whoever opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

Cell = str | int | datetime
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plain(cell: Cell) -> str | int:
    """Return a cell as both files hold it: numbers stay numbers, moments are in WIB, text never begins a formula."""
    if isinstance(cell, int):
        return cell
    text = timezone.localtime(cell).strftime("%Y-%m-%d %H:%M:%S") if isinstance(cell, datetime) else cell
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Answer with a CSV file that spreadsheets open in UTF-8."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([plain(cell) for cell in head])
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return _file(out.getvalue().encode(), "text/csv; charset=utf-8", f"{name}.csv")


def as_xlsx(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Answer with a spreadsheet."""
    from openpyxl import Workbook  # noqa: PLC0415  large, and needed by a download only

    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.append([plain(cell) for cell in head])
    for row in rows:
        sheet.append([plain(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return _file(out.getvalue(), XLSX, f"{name}.xlsx")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


FORMS = {"csv": as_csv, "xlsx": as_xlsx}
