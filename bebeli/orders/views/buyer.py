"""A buyer's orders."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit.access import public, signed_in
from bebeli.kit.paging import page
from bebeli.orders import cart_cookie, complaints
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.actions.receive import receive
from bebeli.orders.flows.buy_again import buy_again
from bebeli.orders.models import Document, Order, Refund
from bebeli.orders.views import finding, money_back
from bebeli.orders.views.answer import Errors, act

ORDERS = 15
TABS = (
    ("", gettext_lazy("Semua"), ()),
    ("bayar", gettext_lazy("Belum dibayar"), ("awaiting_payment",)),
    ("jalan", gettext_lazy("Berjalan"), ("paid", "processing", "shipped", "delivered", "held", "disputed")),
    ("selesai", gettext_lazy("Selesai"), ("completed",)),
    ("batal", gettext_lazy("Dibatalkan"), ("cancelled", "expired", "refunded")),
)


@signed_in
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """One's own orders, newest first."""
    tab = request.GET.get("status", "")
    wanted = next((states for name, _words, states in TABS if name == tab), ())
    words = request.GET.get("q", "")[:100]
    mine = Order.objects.of_buyer(request.user.pk).matching(words)
    rows = mine.select_related("seller", "purchase__payment").prefetch_related("lines")
    if wanted:
        rows = rows.filter(status__in=wanted)
    found = page(rows, ("-id",), request.GET.get("cursor", ""), ORDERS)
    asked = {name: value for name, value in (("status", tab), ("q", words)) if value}
    context = {"page": found, "tabs": TABS, "tab": tab, "words": words, "query": urlencode(asked)}
    return render(request, "orders/orders.html", context)


@public
@require_GET
def order(request: HttpRequest, code: str) -> HttpResponse:
    """One order: where it is, what was bought, what may be done."""
    return _show(request, finding.order(request, code), {})


def _show(request: HttpRequest, found: Order, errors: Errors) -> HttpResponse:
    earlier = list(found.complaints.order_by("-number"))
    context = {
        "order": found,
        "lines": found.lines.all(),
        "events": found.events.all(),
        "documents": Document.objects.for_buyer_of(found),
        "complaint": next((one for one in earlier if one.is_open), earlier[0] if earlier else None),
        "may_complain": complaints.may_complain(found, earlier),
        "complain_until": complaints.until(found),
        "errors": errors,
        **money_back.context(request, found.refunds.standing()),
    }
    return render(request, "orders/order.html", context, status=422 if errors else 200)


@public
@require_POST
def again(request: HttpRequest, code: str) -> HttpResponse:
    """Buy the same once more."""
    found = finding.order(request, code)
    mine, token = cart_cookie.find_or_open(request)
    filled = buy_again(mine.pk, found)
    if filled.added:
        messages.success(request, _("Barangnya masuk keranjang dengan harga hari ini."))
    if filled.missing:
        messages.warning(request, _("Tidak bisa dipesan lagi saat ini: %(names)s.") % {"names": ", ".join(filled.missing)})
    response = redirect("orders:cart")
    cart_cookie.remember(response, token)
    return response


@public
@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Cancel at once, or ask the maker."""
    found = finding.order(request, code)
    asked = found.status == Order.Status.PROCESSING
    words = _("Permintaan batal dikirim ke toko.") if asked else _("Pesanan dibatalkan. Uang Anda dikembalikan.")
    reason = request.POST.get("alasan", "")[:240]
    return act(request, lambda: cancel_order(found.pk, request.user.pk, reason), words, _back(found))


@public
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """The goods are here."""
    found = finding.order(request, code)
    words = _("Terima kasih! Uangnya kami teruskan ke pembuatnya.")
    return act(request, lambda: receive(found.pk, request.user.pk), words, _back(found))


@public
@require_POST
def account(request: HttpRequest, code: str) -> HttpResponse:
    """Say where a refund by transfer shall go."""
    found = finding.order(request, code)
    refunds = list(found.refunds.standing().filter(channel=Refund.Channel.BANK))
    if not refunds:
        raise Http404
    words = _("Rekening dicatat. Keuangan akan mentransfer dan mengabari Anda.")
    return act(
        request,
        lambda: money_back.name_account(request, refunds),
        words,
        _back(found),
        lambda errors: _show(request, found, errors),
    )


def _back(found: Order) -> str:
    return reverse("orders:order", args=[found.code])
