"""Many documents as one file: asked for by a seller, made in the background."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock, language
from bebeli.kit.errors import Refused
from bebeli.kit.ring import ring
from bebeli.kit.steps import verb
from bebeli.orders.documents.numbering import month_bounds
from bebeli.orders.models import Document, Export
from bebeli.orders.models.document import DocumentQuerySet

MOST = 5_000  # a file that a phone still opens, and a worker still holds in memory
KEPT = timedelta(days=7)


def documents_of(seller_id: int, user_id: int, month: date) -> DocumentQuerySet:
    """Return what a seller was issued in a month, and for owners the papers about that month, in the order of the file."""
    begin, end = month_bounds(month)
    issued = Q(issued_at__gte=begin, issued_at__lt=end) & Q(month=None)
    mine = Document.objects.of_seller(user_id).filter(issued | Q(month=month), seller_id=seller_id)
    return mine.order_by("kind", "year", "number")


@verb
def ask_export(seller_id: int, user_id: int, month: date) -> Export:
    """Ask for the documents of a month; while the same is being made, that one is returned.

    Raises Refused: no_documents, too_many_documents.
    """
    total = documents_of(seller_id, user_id, month).count()
    if total == 0:
        raise Refused("no_documents", _("Bulan ini belum ada dokumen."))
    if total > MOST:
        raise Refused("too_many_documents", _("Dokumen bulan ini terlalu banyak untuk satu berkas. Unduh satu per satu."))
    wanted = Export(user_id=user_id, seller_id=seller_id, month=month, total=total, language=language.now(), asked_at=clock.now())
    Export.objects.bulk_create([wanted], ignore_conflicts=True)
    made = Export.objects.open().filter(user_id=user_id, seller_id=seller_id, month=month).latest("pk")
    ring("orders.make_export", made.pk)
    return made


@verb
def finish_export(export_id: int, worker: str, file: str) -> bool:
    """Hand the file over, kept for seven days; False when another worker took the row meanwhile."""
    mine = Export.objects.open().filter(pk=export_id, worker=worker)
    expires = clock.now() + KEPT
    return bool(mine.update(state=Export.State.READY, file=file, expires_at=expires, lease_until=None))
