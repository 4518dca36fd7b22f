"""The payment page of a purchase, which turns to "paid" by itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit.access import public
from bebeli.kit.errors import InvalidInput
from bebeli.kit.throttle import limited
from bebeli.orders import paying
from bebeli.orders.flows import charge, qr_code, reconcile
from bebeli.orders.models import PaymentAttempt
from bebeli.orders.models.payment import Method
from bebeli.orders.views import finding
from bebeli.orders.views.answer import act


@public
@require_GET
@never_cache
def purchase(request: HttpRequest, code: str) -> HttpResponse:
    """How to pay, or what became of it."""
    found = finding.purchase(request, code)
    orders = found.orders.select_related("seller__district").prefetch_related("lines").order_by("pk")
    context = {
        "purchase": found,
        "payment": found.payment,
        "attempt": PaymentAttempt.objects.filter(payment=found.payment).latest("pk"),
        "orders": orders,
        "how": paying.steps(found.payment.method),
        "methods": Method.choices,
    }
    return render(request, "orders/purchase.html", context)


@public
@require_GET
@never_cache
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Asked every few seconds by the open page: 204 while nothing changed, else go there again."""
    found = finding.purchase(request, code)
    attempt = PaymentAttempt.objects.filter(payment=found.payment).latest("pk")
    now = f"{found.status}-{found.payment.status}-{attempt.code}"
    if request.GET.get("sejak") == now:
        return HttpResponse(status=204)
    return HttpResponse(headers={"HX-Redirect": reverse("orders:purchase", args=[found.code])})


@public
@require_GET
def guest(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """A guest's link grants this browser and goes to the clean address."""
    found = finding.guest_purchase(code, token)
    finding.grant(request, found)
    return redirect("orders:purchase", code=found.code)


@public
@require_GET
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """The QR of the open attempt as a picture."""
    found = finding.purchase(request, code)
    attempt = PaymentAttempt.objects.filter(payment=found.payment).latest("pk")
    picture = qr_code.png_of(attempt)
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
        if method not in Method.values:
            raise InvalidInput("method_not_offered", _("Pilih cara bayar yang tersedia."), field="bayar")
        charge.pay_another_way(found.pk, method)

    return act(request, change, _("Cara bayar diganti. Pakai nomor yang baru."), back)
