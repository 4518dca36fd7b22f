"""Makes the files that were asked for, and takes old ones away. A killed worker's file is begun anew once its lease ends."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import override

from bebeli.kit import clock, codes, locks
from bebeli.orders.actions.export_documents import documents_of, finish_export
from bebeli.orders.documents.press import press
from bebeli.orders.documents.sheet import sheet_of
from bebeli.orders.models import Export

LEASE_SECONDS = 60
STEP = 25  # documents between two signs of life
MOST_TRIES = 5


def make(export_id: int) -> bool:
    """Make one file; False when another worker has it."""
    rows = locks.claim(Export.objects.open().filter(pk=export_id), limit=1, seconds=LEASE_SECONDS)
    return bool(rows) and _make(rows[0])


def sweep(limit: int = 1) -> int:
    """Make what the bell missed or a killed worker left; returns how many were taken."""
    rows = locks.claim(Export.objects.open().order_by("asked_at"), limit=limit, seconds=LEASE_SECONDS)
    for export in rows:
        _make(export)
    return len(rows)


def _make(export: Export) -> bool:
    worker = codes.random_token()
    row = Export.objects.open().filter(pk=export.pk)
    if export.file:  # of a worker killed before it could hand the file over
        storages["private"].delete(export.file)
    if export.tries >= MOST_TRIES:
        row.update(state=Export.State.FAILED, lease_until=None, file="")
        return False
    row.update(state=Export.State.WORKING, worker=worker, tries=F("tries") + 1, done=0, file="")
    made, name = _draw(export, worker), f"exports/{codes.random_token()}.pdf"
    if made is None or not row.filter(worker=worker).update(file=name):  # the row knows its file before the disk does
        return False
    storages["private"].save(name, ContentFile(made))
    if finish_export(export.pk, worker, name):
        return True
    storages["private"].delete(name)
    return False


def _draw(export: Export, worker: str) -> bytes | None:
    """Draw all documents, saying now and then how far it is; None once another worker took the row."""
    drawn = press()
    rows = documents_of(export.seller_id, export.user_id, export.month).whole()[: export.total]
    with override(export.language):
        for number, document in enumerate(rows.iterator(chunk_size=200), start=1):
            drawn.add(sheet_of(document))
            if number % STEP == 0 and not _alive(export.pk, worker, number):
                return None
    return drawn.end() if _alive(export.pk, worker, export.total) else None


def _alive(export_id: int, worker: str, done: int) -> bool:
    mine = Export.objects.open().filter(pk=export_id, worker=worker)
    return bool(mine.update(done=done, lease_until=Now() + timedelta(seconds=LEASE_SECONDS)))


def forget_old(limit: int = 100) -> int:
    """Delete the files whose week is over, file first, so that none is left without a row."""
    old = Export.objects.filter(state=Export.State.READY, expires_at__lte=clock.now()).order_by("expires_at")[:limit]
    for export in list(old):
        storages["private"].delete(export.file)
        Export.objects.filter(pk=export.pk).update(state=Export.State.GONE, file="")
    return len(old)
