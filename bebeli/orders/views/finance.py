"""Finance: suspect payments, refunds to transfer, and whether the books are right."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit.access import role
from bebeli.kit.paging import page
from bebeli.kit.sealed import unseal
from bebeli.orders import couriers
from bebeli.orders.actions.refund import refund_paid_by_hand
from bebeli.orders.models import BooksRun, Refund, Suspicion
from bebeli.orders.views.answer import act
from bebeli.orders.views.reading import may_act

TASKS = 20


@dataclass(frozen=True)
class Task:
    """One transfer to make."""

    refund: Refund
    bank: str
    number: str
    name: str


def task_of(refund: Refund, *, is_whole: bool) -> Task:
    """Open what is sealed for the one who transfers; whoever only looks sees the last four digits."""
    number = unseal(refund.account_number)
    shown = number if is_whole else f"…{number[-4:]}"
    return Task(refund, couriers.bank_name(refund.bank_code), shown, unseal(refund.account_name))


@role("books")
@require_GET
def finance(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, and what the books last said of themselves."""
    rows = Refund.objects.to_pay_by_hand().select_related("order", "attempt__payment__purchase")
    ready = page(rows.exclude(account_number=""), ("requested_at", "id"), request.GET.get("cursor", ""), TASKS)
    acts = may_act(request)
    context = {
        "page": ready,
        "tasks": [task_of(refund, is_whole=acts) for refund in ready.rows],
        "may_act": acts,
        "waiting": rows.filter(account_number="").order_by("requested_at")[:TASKS],
        "doubts": Suspicion.objects.open()
        .select_related("attempt__payment__purchase", "looked_by")
        .order_by("found_at", "pk")[:TASKS],
        "run": BooksRun.objects.first(),
        "here": "finance",
    }
    return render(request, "orders/finance.html", context)


@role("finance")
@require_POST
def paid(request: HttpRequest, refund_id: int) -> HttpResponse:
    """A transfer was made."""
    refund = get_object_or_404(Refund, pk=refund_id, channel=Refund.Channel.BANK)
    reference = request.POST.get("referensi", "")[:60].replace("\0", "")
    words = _("Transfer dicatat dan pembeli dikabari.")
    return act(
        request,
        lambda: refund_paid_by_hand(refund.pk, request.user.pk or 0, reference),
        words,
        reverse("orders:finance"),
    )
