"""The Dinas: complaints that wait for a decision, the oldest first, each decided by one officer at a time."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.accounts import roles
from bebeli.kit.access import role
from bebeli.kit.paging import page
from bebeli.orders import returns
from bebeli.orders.actions.answer_refund import answer_refund
from bebeli.orders.actions.decide_complaint import Decision, decide_complaint
from bebeli.orders.actions.lock_complaint import officer
from bebeli.orders.actions.take_complaint import leave_complaint, take_complaint
from bebeli.orders.actions.write_complaint import write_complaint
from bebeli.orders.flows.complaint import with_pictures
from bebeli.orders.models import Complaint, Refund
from bebeli.orders.models.complaint import CLOSED, OFFICER
from bebeli.orders.views import conversation
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.conversation import uploads, words
from bebeli.orders.views.transfers import amount_of

CASES = 20
LOADED = ("order__seller", "order__purchase", "looked_by", "decided_by", "refund")
TABS = (("putus", _("Menunggu putusan"), ("officer",)), ("selesai", _("Sudah selesai"), tuple(CLOSED)))
OUTCOMES = (
    ("none", _("Uang tetap untuk toko")),
    ("partial", _("Uang kembali sebagian")),
    ("full", _("Uang kembali seluruhnya")),
)
DONE = {
    "ambil": "",
    "lepas": _("Keluhannya dilepas. Petugas lain bisa mengambilnya."),
    "putus": _("Putusan dicatat dan kedua pihak dikabari."),
    "pesan": _("Pesan terkirim ke kedua pihak."),
    "ajukan": _("Dijawab. Keuangan memeriksa lagi."),
}


@role("complaints")
@require_GET
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, and who is looking at what."""
    tab = request.GET.get("status", TABS[0][0])
    states = next((wanted for name, _words, wanted in TABS if name == tab), TABS[0][2])
    order = ("escalated_at", "id") if states == ("officer",) else ("-id",)
    rows = Complaint.objects.filter(state__in=states).select_related(*LOADED)
    context = {
        "page": page(rows, order, request.GET.get("cursor", ""), CASES),
        "tabs": TABS,
        "tab": tab,
        "query": f"status={tab if tab in {name for name, _words, _states in TABS} else TABS[0][0]}",
        "may_act": may_act(request),
    }
    return render(request, "orders/complaint_cases.html", context)


def may_act(request: HttpRequest) -> bool:
    """Tell whether the reader decides; finance only reads along."""
    return roles.is_officer(request.user.pk or 0)


@role("complaints")
@require_GET
@never_cache
def case(request: HttpRequest, complaint_id: int) -> HttpResponse:
    """One case: what it is about, what was said, what to decide."""
    return _show(request, _find(complaint_id), {})


def _find(complaint_id: int) -> Complaint:
    return get_object_or_404(Complaint.objects.select_related(*LOADED), pk=complaint_id)


def _show(request: HttpRequest, found: Complaint, errors: Errors) -> HttpResponse:
    sold = returns.sold_of(found.order)
    left = {line.pk: line.left for line in sold.lines}
    context = conversation.context(found, OFFICER, request, errors)
    context |= {
        "parts": [
            (
                f"jumlah-{line.pk}",
                line,
                left[line.line_id],
                words(request, f"jumlah-{line.pk}"),
                errors.get(f"amount-{line.pk}", ""),
            )
            for line in context["wanted"]
        ],
        "most": sold.left.total,
        "outcomes": OUTCOMES,
        "is_mine": found.is_taken and found.looked_by_id == request.user.pk,
        "is_taken": found.is_taken_from(request.user.pk or 0),
        "may_act": may_act(request),
        "turned_down": Refund.objects.turned_down(found.refund_id),
    }
    return render(request, "orders/complaint_case.html", context, status=422 if errors else 200)


@role("officer")
@require_POST
def step(request: HttpRequest, complaint_id: int, verb: str) -> HttpResponse:
    """Take a case, leave it, say something, decide, or answer a no to the money of a decision."""
    found = _find(complaint_id)
    user_id, pk = request.user.pk or 0, found.pk
    calls: dict[str, Callable[[], object]] = {
        "ambil": lambda: take_complaint(pk, user_id),
        "lepas": lambda: leave_complaint(pk, user_id),
        "putus": lambda: decide_complaint(pk, user_id, _decision(request, found)),
        "pesan": lambda: with_pictures(
            uploads(request), lambda kept: write_complaint(pk, officer(user_id), words(request, "teks"), kept)
        ),
    }
    if verb == "ajukan":
        refund = Refund.objects.turned_down(found.refund_id)
        if refund is None:
            raise Http404
        calls[verb] = lambda: answer_refund(refund.pk, user_id, words(request, "alasan")[:240])
    back = reverse("orders:complaint_cases") if verb == "lepas" else reverse("orders:complaint_case", args=[pk])
    return act(request, calls[verb], str(DONE[verb]), back, lambda errors: _show(request, _find(pk), errors))


def _decision(request: HttpRequest, found: Complaint) -> Decision:
    typed = {pk: words(request, f"jumlah-{pk}")[:40] for pk in found.lines.values_list("pk", flat=True)}
    amounts = {pk: amount_of(text) for pk, text in typed.items() if text.strip()}
    return Decision(words(request, "putusan")[:10], words(request, "alasan"), amounts)
