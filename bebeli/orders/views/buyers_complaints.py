"""The buyer's complaints about all orders: where each stands and whose turn it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bebeli.kit.access import signed_in
from bebeli.kit.errors import Message
from bebeli.kit.paging import page
from bebeli.orders.complaint_status import standing
from bebeli.orders.models import Complaint
from bebeli.orders.models.complaint import BUYER, CLOSED, OPEN

ROWS = 15
TABS: tuple[tuple[str, Message, list[str]], ...] = (
    ("", _("Semua"), [*OPEN, *CLOSED]),
    ("giliran", _("Giliran Anda"), [state for state, side in Complaint.TURNS.items() if side == BUYER]),
    ("jalan", _("Berjalan"), OPEN),
    ("selesai", _("Selesai"), CLOSED),
)


@signed_in
@require_GET
@never_cache
def complaints(request: HttpRequest) -> HttpResponse:
    """One's own complaints, newest first; a guest's is reached by the purchase's key alone."""
    asked = request.GET.get("status", "")
    tab, states = next(((name, wanted) for name, _words, wanted in TABS if name == asked), (TABS[0][0], TABS[0][2]))
    rows = Complaint.objects.of_buyer(request.user.pk).filter(state__in=states).select_related("order__seller")
    found = page(rows, ("-opened_at", "-id"), request.GET.get("cursor", ""), ROWS)
    context = {
        "page": found,
        "rows": [(one, standing(one, BUYER)) for one in found.rows],
        "tabs": TABS,
        "tab": tab,
        "query": f"status={tab}" if tab else "",
    }
    return render(request, "orders/complaints.html", context)
