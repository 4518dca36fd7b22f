"""The payment page of a purchase, which turns to "paid" by itself."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit.access import public, signed_in
from bebeli.kit.errors import InvalidInput
from bebeli.kit.throttle import limited
from bebeli.orders import attempts, couriers, paying
from bebeli.orders.actions.adopt_purchases import keep_purchase
from bebeli.orders.flows import charge, qr_code, reconcile
from bebeli.orders.models import PaymentAttempt, Purchase, Refund, TransferProof
from bebeli.orders.models.payment import BY_HAND
from bebeli.orders.views import finding, money_back
from bebeli.orders.views.answer import Errors, act


@public
@require_GET
@never_cache
def purchase(request: HttpRequest, code: str) -> HttpResponse:
    """How to pay, or what became of it."""
    return show(request, finding.purchase(request, code), {})


def show(request: HttpRequest, found: Purchase, errors: Errors) -> HttpResponse:
    """Draw the page of a purchase, with the words at the fields that were wrong."""
    attempt = _attempt(found)
    proof = _proof(attempt)
    orders = found.orders.select_related("seller__district").prefetch_related("lines").order_by("pk")
    context = {
        "purchase": found,
        "payment": found.payment,
        "attempt": attempt,
        "proof": proof,
        "by_hand": attempt.method in BY_HAND,
        "bank": couriers.bank_name(attempt.receiving.bank_code) if attempt.receiving else "",
        "moment": _moment(found, attempt, proof),
        "orders": orders,
        "how": paying.steps(found.payment.method),
        "methods": attempts.offered(),
        "documents": found.documents.select_related("cancelled_by").order_by("pk"),
        "said": {"pengirim": request.POST.get("pengirim", "")[:120]},
        "errors": errors,
        **money_back.context(request, Refund.objects.of_no_order(found.pk)),
    }
    return render(request, "orders/purchase.html", context, status=422 if errors else 200)


def _attempt(found: Purchase) -> PaymentAttempt:
    """The newest attempt that says how to pay; money that came by itself is not one."""
    rows = PaymentAttempt.objects.select_related("receiving").filter(payment=found.payment)
    return rows.order_by("is_unallocated", "-pk")[0]


def _proof(attempt: PaymentAttempt) -> TransferProof | None:
    if attempt.method not in BY_HAND:
        return None
    return TransferProof.objects.filter(attempt=attempt).exclude(state="replaced").order_by("-pk").first()


def _moment(found: Purchase, attempt: PaymentAttempt, proof: TransferProof | None) -> str:
    """What the page shows, in one word: another word means that it should be drawn anew."""
    return f"{found.status}-{found.payment.status}-{attempt.code}" + (f"-{proof.pk}{proof.state}" if proof else "")


@public
@require_GET
@never_cache
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Asked every few seconds by the open page: 204 while nothing changed, else go there again."""
    found = finding.purchase(request, code)
    attempt = _attempt(found)
    if request.GET.get("sejak") == _moment(found, attempt, _proof(attempt)):
        return HttpResponse(status=204)
    return HttpResponse(headers={"HX-Redirect": reverse("orders:purchase", args=[found.code])})


@public
@require_GET
def guest(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """A guest's link grants this browser and goes to the clean address, of the purchase or of one of its orders."""
    found = finding.guest_purchase(code, token)
    wanted = request.GET.get("pesanan", "")[:24].upper().replace("\0", "")
    where = reverse("orders:purchase", args=[found.code])
    if found.orders.filter(code=wanted).exists():
        where = reverse("orders:complaint" if request.GET.get("keluhan") else "orders:order", args=[wanted])
    if found.buyer_id is None:
        finding.grant(request, found)
    elif not request.user.is_authenticated:  # it is an account's by now
        return redirect_to_login(where)
    return redirect(where)


@public
@require_GET
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """The QR of the open attempt as a picture."""
    found = finding.purchase(request, code)
    picture = qr_code.png_of(_attempt(found))
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "private, max-age=600"})


@public
@require_POST
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Cancel the whole unpaid purchase."""
    found = finding.purchase(request, code)
    back = reverse("orders:purchase", args=[found.code])
    return act(request, lambda: reconcile.cancel(found.pk, request.user.pk), _("Pembelian dibatalkan."), back)


@public
@require_POST
@limited("pay_another_way", account=10, network=100)
def pay_another_way(request: HttpRequest, code: str) -> HttpResponse:
    """Open a new attempt by another method."""
    found = finding.purchase(request, code)
    method = request.POST.get("bayar", "")
    back = reverse("orders:purchase", args=[found.code])

    def change() -> None:
        if method not in dict(attempts.offered()):
            raise InvalidInput("method_not_offered", _("Pilih cara bayar yang tersedia."), field="bayar")
        charge.pay_another_way(found.pk, method)

    return act(request, change, _("Cara bayar diganti. Pakai nomor yang baru."), back)


@public
@require_POST
def account(request: HttpRequest, code: str, refund_id: int) -> HttpResponse:
    """Say where money that paid for nothing shall go back to."""
    found = finding.purchase(request, code)
    refund = get_object_or_404(Refund.objects.of_no_order(found.pk), pk=refund_id, channel="bank")
    words = _("Rekening dicatat. Keuangan akan mentransfer dan mengabari Anda.")
    back = reverse("orders:purchase", args=[found.code])
    return act(
        request, lambda: money_back.name_account(request, [refund]), words, back, lambda errors: show(request, found, errors)
    )


@signed_in
@require_POST
def adopt(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a guest's purchase, whose link this browser holds, in one's own account."""
    found = finding.purchase(request, code)
    back = reverse("orders:purchase", args=[found.code])
    return act(request, lambda: keep_purchase(found.pk, request.user.pk or 0), _("Pesanan ini sekarang ada di akun Anda."), back)
