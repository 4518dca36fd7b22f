"""Daily reconciliation: reports come in, what does not agree is taken by somebody and explained."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit import clock
from bebeli.kit.access import role
from bebeli.kit.errors import InvalidInput
from bebeli.kit.paging import page
from bebeli.orders import reports
from bebeli.orders.actions.answer_difference import claim_difference, release_difference, resolve_difference
from bebeli.orders.actions.load_report import load_report
from bebeli.orders.flows import matching
from bebeli.orders.models import Callback, Difference, MoneyReport
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.reading import may_act

ROWS = 30
REPORTS = 10
ORPHANS, ORPHAN_DAYS = 20, timedelta(days=7)
LOADED = ("line__report", "attempt__payment__purchase", "claimed_by", "resolved_by")
DONE = {
    "ambil": gettext_lazy("Selisih ini Anda urus."),
    "lepas": gettext_lazy("Selisihnya dilepas."),
    "selesai": gettext_lazy("Selisih selesai dan dicatat."),
    "cocokkan": "",
}


@role("books")
@require_GET
@never_cache
def reconciliation(request: HttpRequest) -> HttpResponse:
    """What does not agree, oldest first; the last reports; the way to upload one."""
    return _show(request, {})


def _show(request: HttpRequest, errors: Errors) -> HttpResponse:
    is_closed = request.GET.get("lihat") == "selesai"
    rows = Difference.objects.exclude(resolved_at=None) if is_closed else Difference.objects.open()
    order = ("-resolved_at", "-id") if is_closed else ("found_at", "id")
    context = {
        "page": page(rows.select_related(*LOADED), order, request.GET.get("cursor", ""), ROWS),
        "is_closed": is_closed,
        "query": "lihat=selesai" if is_closed else "",
        "reports": MoneyReport.objects.select_related("uploaded_by").order_by("-pk")[:REPORTS],
        "orphans": Callback.objects.orphans().filter(received_at__gt=clock.now() - ORPHAN_DAYS)[:ORPHANS],
        "kinds": MoneyReport.Kind.choices,
        "said": request.POST,
        "errors": errors,
        "may_act": may_act(request),
        "reader": request.user.pk,
        "here": "reconciliation",
    }
    return render(request, "orders/reconciliation.html", context, status=422 if errors else 200)


@role("books")
@require_GET
@never_cache
def case(request: HttpRequest, difference_id: int) -> HttpResponse:
    """One difference with its story and its step."""
    found = get_object_or_404(Difference.objects.select_related(*LOADED, "line__report__uploaded_by"), pk=difference_id)
    purchase = found.attempt.payment.purchase if found.attempt else None
    context = {
        "difference": found,
        "purchase": purchase,
        "orders": purchase.orders.select_related("seller").order_by("pk") if purchase else [],
        "may_act": may_act(request),
        "reader": request.user.pk,
        "here": "reconciliation",
    }
    return render(request, "orders/difference.html", context)


@role("finance")
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take a report."""

    def call() -> MoneyReport:
        sent = request.FILES.get("berkas")
        if sent is None or not sent.size:
            raise InvalidInput("no_file", _("Pilih berkas CSV-nya dulu."), field="berkas")
        if sent.size > reports.MAX_BYTES:
            raise InvalidInput("too_big", _("Berkasnya lebih dari 5 MB. Bagi menjadi beberapa berkas."), field="berkas")
        name = (sent.name or "laporan.csv").replace("\0", "")
        return load_report(request.POST.get("laporan", ""), name, sent.read(), request.user.pk or 0)

    done = _("Laporan diterima dan sedang dicocokkan. Muat ulang halaman ini sebentar lagi.")
    return act(request, call, done, reverse("orders:reconciliation"), lambda errors: _show(request, errors))


@role("finance")
@require_POST
def step(request: HttpRequest, difference_id: int, verb: str) -> HttpResponse:
    """Take a difference, leave it, resolve it, or try its line again."""
    found = get_object_or_404(Difference, pk=difference_id)
    user_id = request.user.pk or 0
    note = request.POST.get("catatan", "")[:240].replace("\0", "")
    calls: dict[str, Callable[[], object]] = {
        "ambil": lambda: claim_difference(found.pk, user_id),
        "lepas": lambda: release_difference(found.pk, user_id),
        "selesai": lambda: resolve_difference(found.pk, user_id, note),
        "cocokkan": lambda: matching.again(found.line_id) if found.line_id else None,
    }
    back = reverse("orders:difference", args=[found.pk]) if verb == "ambil" else reverse("orders:reconciliation")
    return act(request, calls[verb], str(DONE[verb]), back)
