"""The seller's complaints: those that wait for an answer first, and each one's conversation."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit.access import role
from bebeli.kit.paging import page
from bebeli.kit.throttle import limited
from bebeli.orders.actions.escalate_complaint import ask_officer_as_seller
from bebeli.orders.actions.lock_complaint import seller
from bebeli.orders.actions.offer_complaint import agree_complaint, offer_complaint
from bebeli.orders.actions.refuse_complaint import refuse_complaint
from bebeli.orders.actions.resend_complaint import resend_complaint
from bebeli.orders.actions.return_complaint import ask_return, take_back
from bebeli.orders.actions.write_complaint import write_complaint
from bebeli.orders.flows.complaint import with_pictures
from bebeli.orders.ledger import rest_of
from bebeli.orders.models import Complaint
from bebeli.orders.models.complaint import CLOSED, OPEN, SELLER
from bebeli.orders.views import conversation
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.conversation import uploads, words
from bebeli.orders.views.transfers import amount_of

ROWS = 20
LOADED = ("order__seller", "order__purchase", "refund")
WAITING = ("asked", "returning")
TABS = (
    ("jawab", _("Giliran toko"), WAITING),
    ("jalan", _("Berjalan"), tuple(state for state in OPEN if state not in WAITING)),
    ("selesai", _("Selesai"), tuple(CLOSED)),
)
DONE = {
    "pesan": _("Pesan terkirim."),
    "setuju": _("Uang pembeli dikembalikan. Keluhan ini selesai."),
    "tawar": _("Tawaran dikirim ke pembeli."),
    "minta-barang": _("Pembeli kami minta mengirim barangnya kembali."),
    "tolak": _("Jawaban dikirim ke pembeli."),
    "barang-kembali": _("Dicatat. Uang pembeli dikembalikan."),
    "kirim-ulang": _("Barang pengganti dicatat. Pembeli kami kabari."),
    "dinas": _("Diteruskan ke petugas Dinas."),
}


@role("seller")
@require_GET
@never_cache
def complaints(request: HttpRequest) -> HttpResponse:
    """Complaints by whose turn it is, the nearest deadline first."""
    tab = request.GET.get("status", TABS[0][0])
    states = next((wanted for name, _words, wanted in TABS if name == tab), TABS[0][2])
    mine = Complaint.objects.of_sellers_of(request.user.pk)
    order = ("answer_by", "id") if states == WAITING else ("-id",)
    rows = mine.filter(state__in=states).select_related("order__seller", "order__purchase")
    context = {
        "page": page(rows, order, request.GET.get("cursor", ""), ROWS),
        "tabs": TABS,
        "tab": tab,
        "waiting": mine.filter(state__in=WAITING).count(),
        "query": f"status={tab if tab in {name for name, _words, _states in TABS} else TABS[0][0]}",
    }
    return render(request, "orders/desk_complaints.html", context)


def _mine(request: HttpRequest, code: str) -> Complaint:
    mine = Complaint.objects.of_sellers_of(request.user.pk).filter(order__code=code.upper())
    return conversation.chosen(request, mine.select_related(*LOADED))


@role("seller")
@require_GET
@never_cache
def complaint(request: HttpRequest, code: str) -> HttpResponse:
    """The newest complaint about an order, or an earlier one by its number, as its maker sees it."""
    return _show(request, _mine(request, code), {})


def _show(request: HttpRequest, found: Complaint, errors: Errors) -> HttpResponse:
    context = {
        **conversation.context(found, SELLER, request, errors),
        "goods": Complaint.Goods.choices,
        "most": rest_of(found.order).total,
    }
    return render(request, "orders/desk_complaint.html", context, status=422 if errors else 200)


@role("seller")
@require_POST
@limited("desk_complaint_step", account=60, network=300)
def step(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Answer a complaint, receive goods back, or say something."""
    found = _mine(request, code)
    user_id, pk, text = request.user.pk or 0, found.pk, words(request, "teks")
    courier, waybill = words(request, "kurir")[:40], words(request, "resi")[:60]
    calls: dict[str, Callable[[], object]] = {
        "pesan": lambda: with_pictures(uploads(request), lambda kept: write_complaint(pk, seller(user_id), text, kept)),
        "setuju": lambda: agree_complaint(pk, user_id, text),
        "tawar": lambda: offer_complaint(pk, user_id, amount_of(words(request, "jumlah")[:40]), text),
        "minta-barang": lambda: ask_return(pk, user_id, text),
        "tolak": lambda: with_pictures(uploads(request), lambda kept: refuse_complaint(pk, user_id, text, kept)),
        "barang-kembali": lambda: take_back(pk, user_id, words(request, "barang")[:12], text),
        "kirim-ulang": lambda: resend_complaint(pk, user_id, courier, waybill, text),
        "dinas": lambda: ask_officer_as_seller(pk, user_id, text),
    }
    back = reverse("orders:desk_complaint", args=[found.order.code])
    show = _shown(request, code, verb)
    return act(request, calls[verb], str(DONE[verb]), back, show)


def _shown(request: HttpRequest, code: str, verb: str) -> Callable[[Errors], HttpResponse]:
    """Draw the page again with the words at the fields of the form that was sent."""
    return lambda errors: _show(request, _mine(request, code), {f"{verb}.{name}": text for name, text in errors.items()})
