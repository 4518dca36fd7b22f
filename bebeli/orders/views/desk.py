"""The seller's desk: what waits, and each order's next step."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit.access import role
from bebeli.kit.paging import page
from bebeli.orders import couriers, ledger
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.cancel_order import agree_cancel, decline_cancel
from bebeli.orders.actions.deliver import deliver
from bebeli.orders.actions.hand_over import hand_over
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.ship import ship
from bebeli.orders.actions.short import GOODS, Missing, short
from bebeli.orders.actions.write_note import write_note
from bebeli.orders.models import Order
from bebeli.orders.views.answer import Errors, act
from bebeli.sellers.models import Seller

ORDERS = 20
TABS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("baru", _("Baru"), ("paid",)),
    ("proses", _("Diproses"), ("processing",)),
    ("kirim", _("Dikirim"), ("shipped", "delivered", "disputed")),
    ("selesai", _("Selesai"), ("completed",)),
    ("batal", _("Dibatalkan"), ("cancelled", "held", "refunded")),
)
OPEN = ("paid", "processing", "shipped", "delivered", "disputed")


@role("seller")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Orders by what has to be done, the nearest deadline first."""
    mine = Order.objects.of_seller(request.user.pk)
    tab = request.GET.get("status", "baru")
    states = next((wanted for name, _words, wanted in TABS if name == tab), TABS[0][2])
    order = ("answer_by", "id") if states == ("paid",) else ("-id",)
    words = request.GET.get("q", "")[:100]
    rows = mine.matching(words) if words else mine.filter(status__in=states)
    rows = rows.select_related("seller", "purchase__region").prefetch_related("lines")
    counts = dict(mine.filter(status__in=OPEN).values_list("status").annotate(Count("pk")))
    sellers = list(Seller.objects.run_by(request.user.pk))
    context = {
        "page": page(rows, order, request.GET.get("cursor", ""), ORDERS),
        "tabs": [(name, words, sum(counts.get(state, 0) for state in wanted)) for name, words, wanted in TABS],
        "tab": tab,
        "words": words,
        "query": urlencode({"status": tab, **({"q": words} if words else {})}),
        "sellers": [(seller, ledger.payable_of(seller.pk)) for seller in sellers],
    }
    return render(request, "orders/desk.html", context)


def _mine(request: HttpRequest, code: str) -> Order:
    rows = Order.objects.of_seller(request.user.pk).select_related("purchase__payment", "seller__district")
    return get_object_or_404(rows, code=code.upper())


@role("seller")
@require_GET
def order(request: HttpRequest, code: str) -> HttpResponse:
    """One order as its maker sees it."""
    return _show(request, _mine(request, code), {})


def _show(request: HttpRequest, found: Order, errors: Errors) -> HttpResponse:
    context = {
        "order": found,
        "lines": found.lines.all(),
        "events": found.events.all(),
        "documents": found.documents.select_related("cancelled_by").order_by("issued_at", "pk"),
        "complaint": found.complaints.order_by("-number").first(),
        "notes": found.notes.select_related("by"),
        "couriers": couriers.COURIERS,
        "goods": GOODS,
        "said": request.POST,
        "errors": errors,
    }
    return render(request, "orders/desk_order.html", context, status=422 if errors else 200)


@role("seller")
@require_POST
def step(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Take the order one step on."""
    found, said, user = _mine(request, code), request.POST, request.user.pk or 0
    reason = said.get("alasan", "")[:240].replace("\0", "")
    calls = {
        "terima": (lambda: accept(found.pk, user), _("Pesanan diterima. Siapkan barangnya.")),
        "tolak": (lambda: reject(found.pk, user, reason), _("Pesanan ditolak. Uang pembeli dikembalikan.")),
        "kirim": (
            lambda: ship(found.pk, user, said.get("kurir", "")[:40], said.get("resi", "")[:60]),
            _("Pesanan dikirim."),
        ),
        "sampai": (lambda: deliver(found.pk, user), _("Ditandai sampai.")),
        "serahkan": (lambda: hand_over(found.pk, user, said.get("kode", "")[:12]), _("Barang diserahkan.")),
        "setuju-batal": (lambda: agree_cancel(found.pk, user), _("Pesanan dibatalkan.")),
        "kurang": (lambda: short(found.pk, user, _missing(said)), _("Dicatat. Uang bagian itu kembali ke pembeli.")),
        "tolak-batal": (lambda: decline_cancel(found.pk, user, reason), _("Permintaan batal ditolak.")),
    }
    call, words = calls[verb]
    back = reverse("orders:desk_order", args=[found.code])
    return act(request, call, str(words), back, lambda errors: _show(request, found, errors))


def _missing(said: QueryDict) -> Missing:
    """Read what is short; what is no number is none."""
    line, quantity, left = (
        int(text) if (text := said.get(name, "")[:9]).isdecimal() else 0 for name in ("barang", "jumlah", "sisa")
    )
    return Missing(line, quantity, left, said.get("stok", "")[:10], said.get("alasan", "")[:200].replace("\0", ""))


@role("seller")
@require_POST
def note(request: HttpRequest, code: str) -> HttpResponse:
    """Note something for the stall's own eyes."""
    found = _mine(request, code)
    text = request.POST.get("catatan", "")[:1000].replace("\0", "")
    back = reverse("orders:desk_order", args=[found.code])
    return act(
        request,
        lambda: write_note(found.pk, request.user.pk or 0, text),
        str(_("Catatan disimpan.")),
        back,
        lambda errors: _show(request, found, errors),
    )
