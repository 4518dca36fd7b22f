"""Finance: payments of which the provider says something else than what was asked, each decided by one officer."""

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
from bebeli.orders.actions.take_suspicion import leave_suspicion, take_suspicion
from bebeli.orders.flows import suspicion
from bebeli.orders.models import Suspicion
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.reading import may_act
from bebeli.orders.waiting.payments import said_of

LOADED = ("attempt__payment__purchase", "looked_by")
DONE = {
    "ambil": "",
    "lepas": _("Kasusnya dilepas. Petugas lain bisa mengambilnya."),
    "tanya": _("Penyedia sudah ditanya. Jawabannya ada di bawah."),
    "kembalikan": _("Dicatat. Hasilnya ada di bawah."),
    "tutup": _("Dicatat. Hasilnya ada di bawah."),
}


@role("books")
@require_GET
@never_cache
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case with its story: what was asked, what the provider says, what to do."""
    return _show(request, _find(case_id), {})


def _find(case_id: int) -> Suspicion:
    return get_object_or_404(Suspicion.objects.select_related(*LOADED, "decided_by", "came"), pk=case_id)


def _show(request: HttpRequest, found: Suspicion, errors: Errors) -> HttpResponse:
    context = {
        "case": found,
        "otherwise": said_of(found),
        "attempt": found.attempt,
        "purchase": found.attempt.payment.purchase,
        "heard": found.attempt.events.order_by("pk"),
        "refund": found.came.refunds.order_by("-pk").first() if found.came else None,
        "is_mine": found.is_taken and found.looked_by_id == request.user.pk,
        "is_taken": found.is_taken_from(request.user.pk or 0),
        "said": {"alasan": request.POST.get("alasan", "")[:240]},
        "errors": errors,
        "may_act": may_act(request),
        "factor_first": factor_first(request, reverse("orders:suspicion", args=[found.pk])),
        "here": "finance",
    }
    return render(request, "orders/suspicion.html", context, status=422 if errors else 200)


@role("finance")
@require_POST
def step(request: HttpRequest, case_id: int, verb: str) -> HttpResponse:
    """Take a case, leave it, ask the provider, or decide; a decision asks for the second factor first."""
    found = _find(case_id)
    here = reverse("orders:suspicion", args=[found.pk])
    if verb in {"kembalikan", "tutup"} and not second_factor_within_minutes(request):
        return to_second_factor(request, here)
    user_id = request.user.pk or 0
    reason = request.POST.get("alasan", "")[:240].replace("\0", "")
    calls: dict[str, Callable[[], object]] = {
        "ambil": lambda: take_suspicion(found.pk, user_id),
        "lepas": lambda: leave_suspicion(found.pk, user_id),
        "tanya": lambda: suspicion.ask_again(found.pk, user_id),
        "kembalikan": lambda: suspicion.give_back(found.pk, user_id, reason),
        "tutup": lambda: suspicion.close(found.pk, user_id, reason),
    }
    back = reverse("orders:finance") if verb == "lepas" else here
    return act(request, calls[verb], str(DONE[verb]), back, lambda errors: _show(request, _find(found.pk), errors))
