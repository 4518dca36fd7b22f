"""Finance: suspect payments, money on its way back, oldest first with one clear step, orders that a bank holds up."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.accounts.fresh import factor_first, second_factor_within_minutes, to_second_factor
from bebeli.kit.access import role
from bebeli.kit.paging import page
from bebeli.kit.sealed import unseal
from bebeli.orders import couriers, proofs, story
from bebeli.orders.actions.answer_refund import answer_refund
from bebeli.orders.actions.approve_refund import approve_refund
from bebeli.orders.actions.take_refund import is_anothers, is_own_word, leave_refund, take_refund
from bebeli.orders.actions.turn_down_refund import turn_down_refund
from bebeli.orders.flows.refund_proof import pay_with_proof
from bebeli.orders.models import BooksRun, Order, Refund, RefundWord, Suspicion
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.reading import may_act

CASES = 20
LOADED = ("order__seller", "attempt__payment__purchase", "decided_by", "turned_down_by", "approved_by", "paid_by", "taken_by")
DONE = {
    "setuju": _("Disetujui. Pengembaliannya berjalan."),
    "tolak": _("Ditolak. Yang memutuskan dikabari, uangnya tetap harus kembali."),
    "ajukan": _("Dijawab. Petugas kedua memeriksa lagi."),
    "ambil": _("Pengembalian ini Anda kerjakan."),
    "lepas": _("Dilepas. Petugas lain bisa mengerjakannya."),
    "selesai": _("Transfer dicatat dan pembeli dikabari."),
}


def next_step(refund: Refund, user_id: int, answerers: Collection[int] = ()) -> str:
    """Name the one thing that this reader can do, or what is waited for; `answerers` stood up for it after a no."""
    if not refund.is_open:
        return "closed"
    if refund.state == Refund.State.REQUESTED:
        if refund.turned_down_by_id is not None:
            return "reconsider" if refund.turned_down_by_id == user_id else "answer"
        return "second" if user_id == refund.decided_by_id or user_id in answerers else "approve"
    return "provider" if refund.channel == Refund.Channel.PROVIDER else _transfer(refund, user_id)


def _transfer(refund: Refund, user_id: int) -> str:
    if not refund.account_number:
        return "account"
    if refund.needs_second and refund.approved_by_id == user_id:
        return "other_pays"
    if is_own_word(refund, user_id):
        return "own_word"
    if is_anothers(refund, user_id):
        return "taken"
    return "pay" if refund.taken_by_id == user_id else "take"


@role("books")
@require_GET
@never_cache
def finance(request: HttpRequest) -> HttpResponse:
    """What is promised and not back yet, oldest first, and what the books last said of themselves."""
    rows = Refund.objects.filter(state__in=Refund.OPEN).select_related(*LOADED).prefetch_related("attempt__proofs")
    found = page(rows, ("requested_at", "id"), request.GET.get("cursor", ""), CASES)
    context = {
        "page": found,
        "cases": [(refund, next_step(refund, request.user.pk or 0)) for refund in found.rows],
        "held": Order.objects.filter(status=Order.Status.HELD).select_related("seller").order_by("pk")[:CASES],
        "doubts": Suspicion.objects.open()
        .select_related("attempt__payment__purchase", "looked_by")
        .order_by("found_at", "pk")[:CASES],
        "run": BooksRun.objects.first(),
        "here": "finance",
    }
    return render(request, "orders/finance.html", context)


def _find(refund_id: int) -> Refund:
    return get_object_or_404(Refund.objects.select_related(*LOADED), pk=refund_id)


@role("books")
@require_GET
@never_cache
def case(request: HttpRequest, refund_id: int) -> HttpResponse:
    """One refund with its story and its step."""
    return _show(request, _find(refund_id), {})


def _show(request: HttpRequest, refund: Refund, errors: Errors) -> HttpResponse:
    acts = may_act(request)
    number = unseal(refund.account_number)
    words = list(refund.words())
    answerers = [word.by_id for word in words if word.act == RefundWord.Act.ANSWER]
    context = {
        "refund": refund,
        "order": refund.order,
        "words": words,
        "step": next_step(refund, request.user.pk or 0, answerers) if acts else "read",
        "bank": couriers.bank_name(refund.bank_code),
        "number": number if acts else f"…{number[-4:]}",
        "name": unseal(refund.account_name),
        "parts": refund.parts.select_related("line").order_by("pk"),
        "told": story.of_buyer(refund.order) if refund.order else [],
        "may_act": acts,
        "factor_first": factor_first(request, reverse("orders:refund", args=[refund.pk])),
        "said": {"referensi": request.POST.get("referensi", "")[:60], "alasan": request.POST.get("alasan", "")[:240]},
        "errors": errors,
        "here": "finance",
    }
    return render(request, "orders/refund.html", context, status=422 if errors else 200)


@role("finance")
@require_POST
def step(request: HttpRequest, refund_id: int, verb: str) -> HttpResponse:
    """Take a refund one step on; whatever moves money asks for the second factor first."""
    refund = _find(refund_id)
    back = reverse("orders:refund", args=[refund.pk])
    if verb in {"setuju", "selesai"} and not second_factor_within_minutes(request):
        return to_second_factor(request, back)
    user = request.user.pk or 0
    number = request.POST.get("referensi", "")[:60].replace("\0", "")
    why, sent = request.POST.get("alasan", "")[:240], request.FILES.get("bukti")
    calls: dict[str, Callable[[], object]] = {
        "setuju": lambda: approve_refund(refund.pk, user),
        "tolak": lambda: turn_down_refund(refund.pk, user, why),
        "ajukan": lambda: answer_refund(refund.pk, user, why),
        "ambil": lambda: take_refund(refund.pk, user),
        "lepas": lambda: leave_refund(refund.pk, user),
        "selesai": lambda: pay_with_proof(refund.pk, user, number, sent),
    }
    return act(request, calls[verb], str(DONE[verb]), back, lambda errors: _show(request, _find(refund.pk), errors))


@role("books")
@require_GET
def file(_request: HttpRequest, refund_id: int) -> HttpResponse:
    """The proof of a transfer made by hand."""
    refund = _find(refund_id)
    if not refund.proof:
        raise Http404
    return proofs.answer_file(refund.proof, f"bukti-pengembalian-{refund.pk}.pdf")
