"""The buyer's complaint about an order: making it, following it, answering."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bebeli.kit.access import public
from bebeli.kit.throttle import limited
from bebeli.orders import complaints, returns
from bebeli.orders.actions.complain import complain
from bebeli.orders.actions.escalate_complaint import ask_officer
from bebeli.orders.actions.lock_complaint import buyer
from bebeli.orders.actions.offer_complaint import accept_offer
from bebeli.orders.actions.resend_complaint import take_replacement
from bebeli.orders.actions.return_complaint import send_back
from bebeli.orders.actions.withdraw_complaint import withdraw_complaint
from bebeli.orders.actions.write_complaint import write_complaint
from bebeli.orders.complaints import Grievance
from bebeli.orders.flows.complaint import with_pictures
from bebeli.orders.models import Complaint, Order, Refund
from bebeli.orders.models.complaint import BUYER
from bebeli.orders.views import conversation, finding
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.conversation import uploads, words
from bebeli.orders.views.transfers import amount_of

LOADED = ("order__seller", "order__purchase", "refund")
DONE = {
    "pesan": _("Pesan terkirim."),
    "terima": _("Tawaran diterima. Uang Anda kami kembalikan."),
    "dinas": _("Diteruskan ke petugas Dinas. Putusannya kami kabarkan."),
    "tarik": _("Keluhan ditarik."),
    "kirim": _("Nomor resi dicatat. Toko kami kabari."),
    "sampai": _("Terima kasih. Keluhan ini selesai."),
}


@public
@require_http_methods(["GET", "POST"])
@limited("complain", account=20, network=200)
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is wrong and what is wished, with pictures."""
    order = finding.order(request, code)
    if Complaint.objects.open().filter(order=order).exists():
        return redirect("orders:complaint", code=order.code)
    if request.method != "POST":
        return _form(request, order, {})
    lines = {pk: quantity for pk in _lines(order) if (quantity := _number(request.POST.get(f"barang-{pk}", "")))}

    def open_it() -> Complaint:
        return with_pictures(
            uploads(request),
            lambda kept: complain(
                order.pk,
                request.user.pk,
                Grievance(
                    lines,
                    words(request, "masalah"),
                    words(request, "keinginan"),
                    amount_of(words(request, "jumlah")[:40]),
                    words(request, "cerita"),
                    kept,
                ),
            ),
        )

    done = str(_("Keluhan Anda kami terima dan toko kami kabari."))
    back = reverse("orders:complaint", args=[order.code])
    otherwise = reverse("orders:order", args=[order.code])
    return act(request, open_it, done, back, lambda errors: _form(request, order, errors), otherwise)


def _lines(order: Order) -> list[int]:
    return list(order.lines.values_list("pk", flat=True))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004  no order holds more


def _form(request: HttpRequest, order: Order, errors: Errors) -> HttpResponse:
    earlier = order.complaints.order_by("number")
    lines = list(order.lines.order_by("pk"))
    context = {
        "order": order,
        "lines": [(line, line.quantity - line.fallen, request.POST.get(f"barang-{line.pk}")) for line in lines],
        "may": complaints.may_complain(order, earlier),
        "until": complaints.until(order),
        "most": returns.sold_of(order).left.total,
        "hours": settings.COMPLAINT_ANSWER_HOURS,
        "problems": Complaint.Problem.choices,
        "wishes": Complaint.Wish.choices,
        "said": request.POST,
        "pictures_again": bool(uploads(request)),
        "errors": errors,
    }
    return render(request, "orders/complain.html", context, status=422 if errors else 200)


@public
@require_GET
@never_cache
def show(request: HttpRequest, code: str) -> HttpResponse:
    """The newest complaint about an order, or an earlier one by its number, as its buyer sees it."""
    return _show(request, _mine(request, code), {})


def _mine(request: HttpRequest, code: str) -> Complaint:
    order = finding.order(request, code)
    return conversation.chosen(request, Complaint.objects.filter(order=order).select_related(*LOADED))


def _show(request: HttpRequest, complaint: Complaint, errors: Errors) -> HttpResponse:
    context = {
        **conversation.context(complaint, BUYER, request, errors),
        "needs_account": _needs_account(complaint),
        "may_again": complaints.may_complain(complaint.order, complaint.order.complaints.all()),
    }
    return render(request, "orders/complaint.html", context, status=422 if errors else 200)


def _needs_account(complaint: Complaint) -> bool:
    """Tell whether its money waits for the buyer to say where it shall go."""
    refund = complaint.refund
    return refund is not None and refund.is_open and refund.channel == Refund.Channel.BANK and not refund.account_number


@public
@require_POST
@limited("complaint_step", account=30, network=300)
def step(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Answer, ask the officer, send back, take back, or say something."""
    found = _mine(request, code)
    user_id, pk = request.user.pk, found.pk
    text = words(request, "teks")
    calls: dict[str, Callable[[], object]] = {
        "pesan": lambda: with_pictures(uploads(request), lambda kept: write_complaint(pk, buyer(user_id), text, kept)),
        "terima": lambda: accept_offer(pk, user_id, amount_of(words(request, "jumlah")[:40])),
        "dinas": lambda: ask_officer(pk, user_id, text),
        "tarik": lambda: withdraw_complaint(pk, user_id, text),
        "kirim": lambda: send_back(pk, user_id, words(request, "kurir")[:40], words(request, "resi")[:60]),
        "sampai": lambda: take_replacement(pk, user_id),
    }
    back = reverse("orders:complaint", args=[found.order.code])
    return act(request, calls[verb], str(DONE[verb]), back, lambda errors: _show(request, _mine(request, code), errors))
