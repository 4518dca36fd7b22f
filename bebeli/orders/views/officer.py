"""An officer of finance steps into an order: calls it off, ends or lets go what a bank holds up."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from bebeli.accounts.fresh import second_factor_within_minutes, to_second_factor
from bebeli.kit.access import role
from bebeli.orders.actions.call_off_order import call_off_order
from bebeli.orders.actions.cancel_held import cancel_held
from bebeli.orders.flows.restore import restore
from bebeli.orders.models import Order
from bebeli.orders.views.answer import act
from bebeli.orders.views.ledger import show_money

DONE = {
    "batal": gettext_lazy("Pesanan dibatalkan. Pengembalian besar menunggu petugas kedua."),
    "tutup": gettext_lazy("Pesanan yang ditahan ditutup."),
    "lepas": gettext_lazy("Pesanan berjalan lagi."),
}


@role("finance")
@require_POST
def step(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Decide about an order; each asks for the second factor first."""
    order = get_object_or_404(Order.objects.select_related("seller", "purchase"), code=code.upper())
    back = reverse("orders:money", args=[order.code])
    if not second_factor_within_minutes(request):
        return to_second_factor(request, back)
    user, said = request.user.pk or 0, request.POST
    why, goods = said.get("alasan", "")[:240].replace("\0", ""), said.get("stok", "")[:10]
    calls: dict[str, Callable[[], object]] = {
        "batal": lambda: call_off_order(order.pk, user, why),
        "tutup": lambda: cancel_held(order.pk, user, why, goods),
        "lepas": lambda: restore(order.pk, user, why),
    }
    return act(request, calls[verb], str(DONE[verb]), back, lambda errors: show_money(request, order, errors))


@role("books")
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Lead from an order's number to its money."""
    code = request.GET.get("kode", "")[:20].strip().upper()
    found = Order.objects.filter(code=code).first()
    if found is None:
        messages.error(request, _("Pesanan %(code)s tidak ada. Periksa nomornya.") % {"code": code or "?"})
        return redirect("orders:finance")
    return redirect("orders:money", code=found.code)
