"""Finance: money that is not ours, sent on to whom it belongs by two officers: taxes, couriers; and the regency's promos."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.accounts.fresh import factor_first, second_factor_within_minutes, to_second_factor
from bebeli.kit import clock
from bebeli.kit.access import role
from bebeli.kit.errors import InvalidInput
from bebeli.kit.paging import page
from bebeli.orders import proofs, remitting
from bebeli.orders.actions.approve_remittance import approve_remittance
from bebeli.orders.actions.drop_remittance import drop_remittance
from bebeli.orders.actions.propose_remittance import propose_remittance
from bebeli.orders.flows.remittance_proof import book_with_proof
from bebeli.orders.models import Remittance
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.reading import may_act
from bebeli.orders.views.transfers import amount_of

ROWS, MONTHS = 20, 6
PEOPLE = ("proposed_by", "approved_by", "ended_by")
DONE = {
    "setuju": _("Disetujui. Yang mengusulkan bisa mentransfernya."),
    "bukukan": _("Setoran dibukukan."),
    "batal": _("Setoran dibatalkan."),
}


@dataclass(frozen=True)
class Standing:
    """One kind: what is owed of it, by month, what is open, and the one step that the reader has."""

    kind: Remittance.Kind
    owed: int
    months: list[remitting.Month]
    open: Remittance | None
    step: str


@role("books")
@require_GET
@never_cache
def remittances(request: HttpRequest) -> HttpResponse:
    """What is owed to whom, what is on its way, and what was sent."""
    return _show(request, {})


def _show(request: HttpRequest, errors: Errors) -> HttpResponse:
    acts = may_act(request)
    waiting = {one.kind: one for one in Remittance.objects.open().select_related(*PEOPLE)}
    ended = Remittance.objects.exclude(state__in=Remittance.OPEN).select_related(*PEOPLE)
    said = {name: request.POST.get(name, "")[:240] for name in ("jenis", "bulan", "jumlah", "kredit", "referensi", "alasan")}
    context = {
        "kinds": [
            Standing(
                kind,
                remitting.owed(kind),
                remitting.months(kind, MONTHS),
                waiting.get(kind),
                remitting.step_of(waiting.get(kind), request.user.pk or 0) if acts else "read",
            )
            for kind in Remittance.Kind
        ],
        "set_off_left": remitting.set_off_left(),
        "page": page(ended, ("-ended_at", "-id"), request.GET.get("cursor", ""), ROWS),
        "month": clock.today().replace(day=1),
        "said": said,
        "factor_first": factor_first(request, reverse("orders:remittances")) if acts else "",
        "may_act": acts,
        "errors": errors,
        "here": "remittances",
    }
    return render(request, "orders/remittances.html", context, status=422 if errors else 200)


@role("finance")
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Lay one before a second officer."""
    said = request.POST

    def call() -> Remittance:
        amount, set_off = _amount(said.get("jumlah", ""), "jumlah"), _amount(said.get("kredit", ""), "kredit")
        return propose_remittance(said.get("jenis", ""), _month(said.get("bulan", "")), amount, set_off, request.user.pk or 0)

    words = _("Diusulkan. Petugas keuangan lain harus menyetujuinya.")
    return act(request, call, str(words), reverse("orders:remittances"), lambda errors: _show(request, errors))


def _amount(text: str, field: str) -> int:
    if not text.strip():
        return 0
    amount = amount_of(text[:40].strip())
    if amount < 0:
        raise InvalidInput("bad_amount", _("Tulis jumlahnya, dalam rupiah."), field=field)
    return amount


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text[:7]}-01")
    except ValueError as error:
        raise InvalidInput("bad_month", _("Pilih bulannya."), field="bulan") from error


@role("finance")
@require_POST
def step(request: HttpRequest, remittance_id: int, verb: str) -> HttpResponse:
    """Take one a step on; a yes, and the booking, ask for the second factor first."""
    found = get_object_or_404(Remittance, pk=remittance_id)
    back = reverse("orders:remittances")
    if verb in {"setuju", "bukukan"} and not second_factor_within_minutes(request):
        return to_second_factor(request, back)
    user_id = request.user.pk or 0
    number, why = (request.POST.get(name, "")[:240].replace("\0", "") for name in ("referensi", "alasan"))
    calls: dict[str, Callable[[], object]] = {
        "setuju": lambda: approve_remittance(found.pk, user_id),
        "bukukan": lambda: book_with_proof(found.pk, user_id, number, request.FILES.get("bukti")),
        "batal": lambda: drop_remittance(found.pk, user_id, why),
    }
    return act(request, calls[verb], str(DONE[verb]), back, lambda errors: _show(request, errors))


@role("books")
@require_GET
def file(_request: HttpRequest, remittance_id: int) -> HttpResponse:
    """The proof of a remittance."""
    found = get_object_or_404(Remittance, pk=remittance_id)
    if not found.proof:
        raise Http404
    return proofs.answer_file(found.proof, f"bukti-setoran-{found.pk}.pdf")
