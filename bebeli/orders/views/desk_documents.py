"""A seller's papers by month, and many of them as one file."""

from __future__ import annotations

from datetime import date

from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit import clock
from bebeli.kit.access import role
from bebeli.kit.paging import page
from bebeli.orders.actions.export_documents import ask_export
from bebeli.orders.documents.numbering import month_bounds
from bebeli.orders.models import Document, Export
from bebeli.orders.views.answer import act
from bebeli.orders.views.documents import as_file
from bebeli.sellers.models import Seller

DOCUMENTS = 30
MONTHS = 24
RECENT = 5


def month_of(text: str) -> date:
    """Return the month of `2026-11`; this month for anything else."""
    try:
        return clock.day_named(f"{text}-01")
    except ValueError:
        return clock.today().replace(day=1)


@role("seller")
@require_GET
def documents(request: HttpRequest) -> HttpResponse:
    """What was issued in a month, its statement and slips, and the files that were asked for."""
    month = month_of(request.GET.get("bulan", ""))
    begin, end = month_bounds(month)
    mine = Document.objects.of_seller(request.user.pk)
    issued = mine.filter(month=None)
    rows = issued.filter(issued_at__gte=begin, issued_at__lt=end).select_related("order", "cancelled_by", "replaced_by")
    months = {moment.date() for moment in issued.datetimes("issued_at", "month", order="DESC")[:MONTHS]} | {month}
    context = {
        "page": page(rows, ("-issued_at", "-id"), request.GET.get("cursor", ""), DOCUMENTS),
        "monthly": mine.filter(month=month).select_related("seller").order_by("seller", "-pk"),
        "month": month,
        "months": sorted(months, reverse=True),
        "query": f"bulan={month:%Y-%m}",
        "sellers": list(Seller.objects.run_by(request.user.pk)),
        "exports": Export.objects.of(request.user.pk).order_by("-pk")[:RECENT],
    }
    return render(request, "orders/documents.html", context)


@role("seller")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for all documents of a month as one file; who runs one stall need not name it."""
    stalls = Seller.objects.run_by(request.user.pk).order_by("pk")
    slug = request.POST.get("toko", "")
    seller = get_object_or_404(stalls, slug=slug) if slug else stalls[0]
    month = month_of(request.POST.get("bulan", ""))
    made: list[Export] = []
    back = redirect("orders:desk_documents")["Location"] + f"?bulan={month:%Y-%m}"
    answer = act(request, lambda: made.append(ask_export(seller.pk, request.user.pk or 0, month)), "", back)
    return redirect("orders:export", export_id=made[-1].pk) if made else answer


def _mine(request: HttpRequest, export_id: int) -> Export:
    return get_object_or_404(Export.objects.of(request.user.pk).select_related("seller"), pk=export_id)


@role("seller")
@require_GET
@never_cache
def export(request: HttpRequest, export_id: int) -> HttpResponse:
    """How far a file is; asked again every two seconds by the open page."""
    template = "orders/_export.html" if request.headers.get("HX-Request") else "orders/export.html"
    return render(request, template, {"export": _mine(request, export_id)})


@role("seller")
@require_GET
@never_cache
def file(request: HttpRequest, export_id: int) -> HttpResponse:
    """The file, for the one who asked for it, until its week is over."""
    found = _mine(request, export_id)
    if not found.is_ready:
        raise Http404(_("Berkas ini sudah dihapus."))
    with storages["private"].open(found.file) as kept:
        return as_file(kept.read(), f"dokumen-{found.seller.slug}-{found.month:%Y-%m}")
