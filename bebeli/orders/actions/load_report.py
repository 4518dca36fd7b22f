"""A report that finance uploads, written down line by line; what an earlier report said already is not written again."""

from __future__ import annotations

import hashlib
from collections import Counter

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput
from bebeli.kit.ring import ring
from bebeli.kit.steps import verb
from bebeli.orders import reports
from bebeli.orders.models import MoneyReport, ReportLine

SHOWN = 10  # faults that the refusal spells out


@verb
def load_report(kind: str, name: str, raw: bytes, user_id: int) -> MoneyReport:
    """Write a report down and ring for its matching. Raises InvalidInput at `berkas`, naming each bad line."""
    if kind not in MoneyReport.Kind.values:
        raise InvalidInput("bad_kind", _("Pilih jenis laporannya."), field="laporan")
    sha = hashlib.sha256(raw).hexdigest()
    if MoneyReport.objects.filter(kind=kind, sha256=sha).exists():
        raise InvalidInput("report_known", _("Berkas ini sudah pernah diunggah."), field="berkas")
    read = reports.read_gateway(raw) if kind == MoneyReport.Kind.GATEWAY else reports.read_bank(raw)
    if read.faults:
        more = [str(_("dan %(count)d baris lain.") % {"count": len(read.faults) - SHOWN})] if len(read.faults) > SHOWN else []
        raise InvalidInput("bad_report", " ".join([*read.faults[:SHOWN], *more]), field="berkas")
    report = MoneyReport.objects.create(
        kind=kind, name=name[:120], sha256=sha, uploaded_by_id=user_id, uploaded_at=clock.now(), rows=len(read.rows)
    )
    lines = _lines(report, read.rows)
    known = set(ReportLine.objects.filter(kind=kind, key__in=[line.key for line in lines]).values_list("key", flat=True))
    ReportLine.objects.bulk_create([line for line in lines if line.key not in known], batch_size=1000)
    report.repeated = len(known)
    report.save()
    ring("orders.match_report", report.pk)
    return report


def _lines(report: MoneyReport, rows: tuple[reports.Row, ...]) -> list[ReportLine]:
    seen: Counter[str] = Counter()
    lines = []
    for row in rows:
        words = hashlib.sha256(f"{row.transaction_id}|{row.words}".encode()).hexdigest()
        told = f"{row.day}|{row.gross}|{row.fee}|{row.order_code}|{words}"
        seen[told] += 1  # a bank may say the very same thing twice in a day
        lines.append(
            ReportLine(
                report=report,
                kind=report.kind,
                number=row.number,
                key=f"{told}|{seen[told]}" if report.kind == MoneyReport.Kind.BANK else told,
                day=row.day,
                transaction_id=row.transaction_id,
                order_code=row.order_code,
                words=row.words,
                gross=row.gross,
                fee=row.fee,
            )
        )
    unique = {line.key: line for line in lines}
    return list(unique.values())
