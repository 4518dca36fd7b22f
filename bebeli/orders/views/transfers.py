"""Finance: transfers to our own account, oldest first, each looked at by one officer at a time."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.accounts.fresh import factor_first, second_factor_within_minutes, to_second_factor
from bebeli.kit.access import role
from bebeli.kit.paging import page
from bebeli.kit.sealed import unseal
from bebeli.orders import couriers, proofs
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.refuse_transfer import refuse_transfer
from bebeli.orders.actions.return_transfer import return_transfer
from bebeli.orders.actions.take_transfer import leave_transfer, take_transfer
from bebeli.orders.models import TransferProof
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.reading import may_act

CASES = 20
MONEY = re.compile(r"\s*(?:Rp)?\s*([0-9](?:[0-9. ]{0,20}[0-9])?)(?:,(?:00|-))?\s*", re.IGNORECASE)
NO_AMOUNT = -1
LOADED = ("attempt__payment__purchase__buyer", "attempt__receiving", "looked_by")
DONE = {
    "ambil": "",
    "lepas": _("Kasusnya dilepas. Petugas lain bisa mengambilnya."),
    "terima": _("Jawaban dicatat dan pembeli dikabari."),
    "tolak": _("Bukti ditolak dan pembeli dikabari alasannya."),
    "kembalikan": _("Uangnya dijanjikan kembali. Pembeli diminta menulis rekeningnya."),
}


def amount_of(text: str) -> int:
    """Return whole rupiah of `150000`, `150.000` or `Rp150.000,00`; -1 for anything else."""
    found = MONEY.fullmatch(text)
    return int(re.sub(r"\D", "", found[1], flags=re.ASCII)) if found and found[1].isascii() else NO_AMOUNT


@role("books")
@require_GET
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, and who is looking at what."""
    rows = TransferProof.objects.open().select_related(*LOADED)
    found = page(rows, ("uploaded_at", "id"), request.GET.get("cursor", ""), CASES)
    return render(request, "orders/transfers.html", {"page": found, "here": "transfers", "may_act": may_act(request)})


@role("books")
@require_GET
@never_cache
def case(request: HttpRequest, proof_id: int) -> HttpResponse:
    """One case with its story: what was asked, what was sent, what to do."""
    return _show(request, _find(proof_id), {})


def _find(proof_id: int) -> TransferProof:
    return get_object_or_404(TransferProof.objects.select_related(*LOADED, "decided_by"), pk=proof_id)


def _show(request: HttpRequest, proof: TransferProof, errors: Errors) -> HttpResponse:
    purchase = proof.attempt.payment.purchase
    account = proof.attempt.receiving
    context = {
        "proof": proof,
        "purchase": purchase,
        "attempt": proof.attempt,
        "orders": purchase.orders.select_related("seller").order_by("pk"),
        "bank": couriers.bank_name(account.bank_code) if account else "",
        "account": account,
        "sender": unseal(proof.sender),
        "earlier": proof.attempt.proofs.filter(pk__lt=proof.pk).order_by("pk"),
        "is_mine": proof.is_taken and proof.looked_by_id == request.user.pk,
        "is_taken": proof.is_taken_from(request.user.pk or 0),
        "said": {"jumlah": request.POST.get("jumlah", "")[:30], "alasan": request.POST.get("alasan", "")[:240]},
        "errors": errors,
        "may_act": may_act(request),
        "factor_first": factor_first(request, reverse("orders:transfer", args=[proof.pk])),
        "here": "transfers",
    }
    return render(request, "orders/transfer.html", context, status=422 if errors else 200)


@role("finance")
@require_POST
def step(request: HttpRequest, proof_id: int, verb: str) -> HttpResponse:
    """Take a case, leave it, or answer it; whatever moves money asks for the second factor first."""
    proof = _find(proof_id)
    here, list_of_all = reverse("orders:transfer", args=[proof.pk]), reverse("orders:transfers")
    if verb in {"terima", "kembalikan"} and not second_factor_within_minutes(request):
        return to_second_factor(request, here)
    user_id = request.user.pk or 0
    calls: dict[str, Callable[[], object]] = {
        "ambil": lambda: take_transfer(proof.pk, user_id),
        "lepas": lambda: leave_transfer(proof.pk, user_id),
        "terima": lambda: confirm_transfer(proof.pk, user_id, amount_of(request.POST.get("jumlah", "")[:40])),
        "tolak": lambda: refuse_transfer(proof.pk, user_id, request.POST.get("alasan", "")[:240].replace("\0", "")),
        "kembalikan": lambda: return_transfer(proof.pk, user_id),
    }
    back = list_of_all if verb == "lepas" else here
    return act(request, calls[verb], str(DONE[verb]), back, lambda errors: _show(request, _find(proof.pk), errors))


@role("books")
@require_GET
def file(_request: HttpRequest, proof_id: int) -> HttpResponse:
    """What the buyer sent."""
    return proofs.answer(get_object_or_404(TransferProof, pk=proof_id))
