"""Finance: money that left a payment at the provider without us, each placed by one officer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.accounts.fresh import factor_first, second_factor_within_minutes, to_second_factor
from bebeli.kit.access import role
from bebeli.kit.errors import Refused
from bebeli.orders.actions.book_outside import GOES_ON, book_outside
from bebeli.orders.actions.close_outside import close_outside
from bebeli.orders.actions.leave_unplaced import leave_unplaced
from bebeli.orders.actions.lock_outside import may_be
from bebeli.orders.actions.match_outside import match_outside
from bebeli.orders.actions.say_outside_amount import say_outside_amount
from bebeli.orders.flows.settle import ask
from bebeli.orders.gateway.types import GatewayDown, GatewayRefused, NotFound
from bebeli.orders.models import OutsideRefund, PaymentAttempt
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.reading import may_act

DONE = {
    "tanya": gettext_lazy("Penyedia sudah ditanya. Jawabannya ada di bawah."),
    "cocok": gettext_lazy("Dicatat. Pengembalian itu tidak dikirim lagi."),
    "bukukan": gettext_lazy("Dibukukan. Pengembalian besar menunggu petugas kedua."),
    "lepaskan": gettext_lazy("Dibukukan sebagai uang tanpa pembelian."),
    "jumlah": gettext_lazy("Jumlahnya dicatat."),
    "tutup": gettext_lazy("Kasusnya ditutup."),
}


@role("books")
@require_GET
@never_cache
def case(request: HttpRequest, outside_id: int) -> HttpResponse:
    """One case with its story and the one thing to do."""
    return _show(request, _find(outside_id), {})


def _find(outside_id: int) -> OutsideRefund:
    rows = OutsideRefund.objects.select_related("attempt__payment__purchase", "decided_by")
    return get_object_or_404(rows, pk=outside_id)


def _show(request: HttpRequest, found: OutsideRefund, errors: Errors) -> HttpResponse:
    attempt = found.attempt
    purchase = attempt.payment.purchase
    orders = purchase.orders.select_related("seller").order_by("pk")
    promises = [refund for refund in attempt.refunds.select_related("order").order_by("pk") if may_be(refund)]
    context = {
        "case": found,
        "attempt": attempt,
        "purchase": purchase,
        "promises": promises,
        "orders": [] if attempt.is_unallocated else [one for one in orders if one.status in GOES_ON and one.rest_of_buyer],
        "placed": found.refunds.exclude(state="failed").select_related("order").order_by("pk"),
        "is_reversed": attempt.status == PaymentAttempt.Status.REVERSED,
        "said": {"alasan": request.POST.get("alasan", "")[:240], "jumlah": request.POST.get("jumlah", "")[:20]},
        "errors": errors,
        "may_act": may_act(request),
        "factor_first": factor_first(request, reverse("orders:outside", args=[found.pk])),
        "here": "finance",
    }
    return render(request, "orders/outside.html", context, status=422 if errors else 200)


@role("finance")
@require_POST
def step(request: HttpRequest, outside_id: int, verb: str) -> HttpResponse:
    """Ask the provider, or place what went out; whatever moves money asks for the second factor first."""
    found = _find(outside_id)
    here = reverse("orders:outside", args=[found.pk])
    if verb != "tanya" and not second_factor_within_minutes(request):
        return to_second_factor(request, here)
    user_id, said = request.user.pk or 0, request.POST
    why = said.get("alasan", "")[:240]
    calls: dict[str, Callable[[], object]] = {
        "tanya": lambda: _ask(found),
        "cocok": lambda: match_outside(found.pk, _number(said.get("pengembalian", "")), user_id),
        "bukukan": lambda: book_outside(found.pk, _number(said.get("pesanan", "")), user_id, why),
        "lepaskan": lambda: leave_unplaced(found.pk, user_id, why),
        "jumlah": lambda: say_outside_amount(found.pk, user_id, _number(said.get("jumlah", ""))),
        "tutup": lambda: close_outside(found.pk, user_id, why),
    }
    return act(request, calls[verb], str(DONE[verb]), here, lambda errors: _show(request, _find(found.pk), errors))


def _ask(found: OutsideRefund) -> None:
    try:
        ask(found.attempt)
    except (GatewayDown, GatewayRefused, NotFound) as error:
        words = _("Penyedia pembayaran tidak menjawab sekarang. Kasusnya tetap di sini, coba lagi sebentar.")
        raise Refused("provider_away", words) from error


def _number(text: str) -> int:
    digits = "".join(text.replace(".", "").split())[:15]
    return int(digits) if digits.isascii() and digits.isdigit() else 0
