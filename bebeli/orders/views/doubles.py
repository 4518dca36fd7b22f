"""Finance: money that its payer has twice, each case ended by one officer, or written off by two."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.accounts.fresh import factor_first, second_factor_within_minutes, to_second_factor
from bebeli.kit.access import role
from bebeli.kit.money import rupiah
from bebeli.kit.paging import page
from bebeli.kit.sealed import unseal
from bebeli.orders import couriers
from bebeli.orders.actions.recover_double import recover_double
from bebeli.orders.actions.refute_double import refute_double
from bebeli.orders.actions.take_double import leave_double, take_double
from bebeli.orders.actions.write_off_double import approve_write_off, propose_write_off, turn_down_write_off
from bebeli.orders.flows.restore import restore, restore_twice
from bebeli.orders.models import DoubleRefund, Order, PaymentAttempt
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.reading import may_act
from bebeli.orders.views.transfers import amount_of

CASES = 20
LOADED = (
    *("attempt__payment__purchase__buyer", "refund__order", "looked_by", "proposed_by", "approved_by"),
    *("turned_down_by", "decided_by", "opened_with"),
)
DONE = {
    "ambil": "",
    "lepas": _("Kasusnya dilepas. Petugas lain bisa mengambilnya."),
    "masuk": _("Dicatat. Uangnya sudah kembali."),
    "kurang": _("Dicatat. Uangnya masih di penyedia."),
    "usul": _("Usulnya dicatat. Petugas lain yang memutuskan."),
    "setuju": _("Disetujui. Jumlahnya tercatat sebagai kerugian."),
    "tolak": _("Usulnya ditolak. Kasusnya tetap terbuka."),
    "lagi": _("Dicatat. Uangnya datang lagi dari penyedia."),
}


@role("books")
@require_GET
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """Every case, newest first."""
    rows = DoubleRefund.objects.select_related("attempt", "looked_by")
    found = page(rows, ("-opened_at", "-id"), request.GET.get("cursor", ""), CASES)
    return render(request, "orders/doubles.html", {"page": found, "here": "finance"})


@role("books")
@require_GET
@never_cache
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case with its story: when it was returned and to whom, when it was taken back, what to do."""
    return _show(request, _find(case_id), {})


def _find(case_id: int) -> DoubleRefund:
    return get_object_or_404(DoubleRefund.objects.select_related(*LOADED), pk=case_id)


def _next_step(found: DoubleRefund, user_id: int, *, acts: bool) -> str:
    """Name the one thing that this reader can do, or what is waited for."""
    if not (found.is_open and acts):
        return "read"
    if found.attempt.payment.purchase.buyer_id == user_id:
        return "own"
    if found.is_taken_from(user_id):
        return "taken"
    return "decide" if found.is_taken else "take"


def _order_of(found: DoubleRefund) -> Order | None:
    """Return the order whose money it was; money that paid for nothing has none."""
    if found.attempt.is_unallocated:
        return None
    return found.refund.order if found.refund else found.attempt.payment.purchase.orders.order_by("pk").first()


def _show(request: HttpRequest, found: DoubleRefund, errors: Errors) -> HttpResponse:
    acts, user_id, refund = may_act(request), request.user.pk or 0, found.refund
    step = _next_step(found, user_id, acts=acts)
    may_come = found.is_ours_if_it_comes and found.attempt.status == PaymentAttempt.Status.REVERSED
    number = unseal(refund.account_number) if refund else ""
    context = {
        "case": found,
        "attempt": found.attempt,
        "purchase": found.attempt.payment.purchase,
        "refund": refund,
        "order": _order_of(found),
        "bank": couriers.bank_name(refund.bank_code) if refund else "",
        "number": number if acts else f"…{number[-4:]}",
        "name": unseal(refund.account_name) if refund else "",
        "step": step,
        "is_second": found.proposed_by_id not in {None, user_id},
        "may_restore": acts and may_come and (step == "decide" or not found.is_open),
        "may_be_less": step == "decide" and found.attempt.status == PaymentAttempt.Status.REVERSED,
        "may_act": acts,
        "factor_first": factor_first(request, reverse("orders:double", args=[found.pk])),
        "said": {name: request.POST.get(name, "")[:240] for name in ("alasan", "sebab", "referensi", "laporan")}
        | {"jumlah": request.POST.get("jumlah", rupiah(found.amount))[:40]},
        "parts": DoubleRefund.objects.filter(opened_with=found.opened_with, refund=refund).exclude(pk=found.pk).order_by("pk"),
        "errors": errors,
        "here": "finance",
    }
    return render(request, "orders/double.html", context, status=422 if errors else 200)


@role("finance")
@require_POST
def step(request: HttpRequest, case_id: int, verb: str) -> HttpResponse:
    """Take a case, leave it, or decide; whatever moves money asks for the second factor first."""
    found = _find(case_id)
    here = reverse("orders:double", args=[found.pk])
    if verb not in {"ambil", "lepas"} and not second_factor_within_minutes(request):
        return to_second_factor(request, here)
    user = request.user.pk or 0
    fields = ("alasan", "sebab", "referensi", "laporan", "jumlah")
    why, because, number, report, typed = (request.POST.get(name, "")[:240].strip().replace("\0", "") for name in fields)
    calls: dict[str, Callable[[], object]] = {
        "ambil": lambda: take_double(found.pk, user),
        "lepas": lambda: leave_double(found.pk, user),
        "masuk": lambda: recover_double(found.pk, user, number, amount_of(typed) if typed else None),
        "kurang": lambda: refute_double(found.pk, user, report),
        "usul": lambda: propose_write_off(found.pk, user, why),
        "setuju": lambda: approve_write_off(found.pk, user),
        "tolak": lambda: turn_down_write_off(found.pk, user, why),
        "lagi": lambda: _restore(found, user, because),
    }
    back = reverse("orders:doubles") if verb == "lepas" else here

    def again(errors: Errors) -> HttpResponse:
        at = "sebab" if verb == "lagi" else "alasan"  # two forms of the page ask for a reason
        return _show(request, _find(found.pk), {at if name == "alasan" else name: words for name, words in errors.items()})

    return act(request, calls[verb], str(DONE[verb]), back, again)


def _restore(found: DoubleRefund, user_id: int, why: str) -> object:
    """Take the reversal back: of a paid purchase with all its orders, of other money alone."""
    order = _order_of(found)
    return restore(order.pk, user_id, why) if order else restore_twice(found.pk, user_id, why)
