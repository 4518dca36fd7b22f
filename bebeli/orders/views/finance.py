"""Finance: everything that waits in one list, the oldest first with one clear step; one refund and its steps."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.accounts.fresh import factor_first, second_factor_within_minutes, to_second_factor
from bebeli.kit.access import role
from bebeli.kit.sealed import unseal
from bebeli.orders import account_numbers, couriers, proofs, refund_steps, story
from bebeli.orders.actions.answer_refund import answer_refund
from bebeli.orders.actions.approve_refund import approve_refund
from bebeli.orders.actions.bounce_refund import bounce_refund
from bebeli.orders.actions.take_refund import leave_refund, take_refund
from bebeli.orders.actions.turn_down_refund import turn_down_refund
from bebeli.orders.flows.refund_proof import pay_with_proof
from bebeli.orders.models import BooksRun, Refund, RefundWord
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.reading import may_act
from bebeli.orders.waiting import listing
from bebeli.orders.waiting.kind import Reader
from bebeli.orders.waiting.kinds import BY_CODE, KINDS
from bebeli.orders.waiting.refunds import LOADED

DONE = {
    "setuju": _("Disetujui. Pengembaliannya berjalan."),
    "tolak": _("Ditolak. Yang memutuskan dikabari, uangnya tetap harus kembali."),
    "ajukan": _("Dijawab. Petugas kedua memeriksa lagi."),
    "ambil": _("Pengembalian ini Anda kerjakan."),
    "lepas": _("Dilepas. Petugas lain bisa mengerjakannya."),
    "selesai": _("Transfer dicatat dan pembeli dikabari."),
    "pantul": _("Dicatat. Uangnya terutang lagi dan pembeli diminta mengisi rekening lain."),
}


@role("books")
@require_GET
@never_cache
def finance(request: HttpRequest) -> HttpResponse:
    """Everything that waits, the oldest first, each with its one step; what the books last said of themselves."""
    asked, who = request.GET.get("jenis", ""), request.GET.get("siapa", "")
    kind = asked if asked in BY_CODE else ""
    is_free = who == "saya"
    reader = Reader(request.user.pk or 0, may_act(request))
    said = {name: value for name, value in (("jenis", kind), ("siapa", "saya" if is_free else "")) if value}
    context = {
        "page": listing.page(reader, request.GET.get("cursor", ""), kind, only_free=is_free),
        "kinds": KINDS,
        "kind": kind,
        "is_free": is_free,
        "query": urlencode(said),
        "may_act": reader.may_act,
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
    words = list(refund.words())
    answerers = [word.by_id for word in words if word.act == RefundWord.Act.ANSWER]
    name = refund_steps.next_step(refund, request.user.pk or 0, answerers)
    context = {
        "refund": refund,
        "order": refund.order,
        "words": words,
        "step": name if acts or name == "closed" else "read",
        "step_words": refund_steps.WORDS[name],
        "bank": couriers.bank_name(refund.bank_code),
        "number": account_numbers.opened(refund.account_number, may_act=acts),
        "name": unseal(refund.account_name),
        "parts": refund.parts.select_related("line").order_by("pk"),
        "followers": Refund.objects.filter(origin=refund.first_id, pk__gt=refund.pk).order_by("pk"),
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
    if verb in {"setuju", "selesai", "pantul"} and not second_factor_within_minutes(request):
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
        "pantul": lambda: bounce_refund(refund.pk, user, why),
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
