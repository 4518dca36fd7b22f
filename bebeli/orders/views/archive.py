"""The regency's office looks a document up by its number, and replaces an invoice that was wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bebeli.accounts import roles
from bebeli.kit.access import role
from bebeli.orders.actions.replace_invoice import replace_invoice
from bebeli.orders.models import Document
from bebeli.orders.views.answer import Errors, act

MOST = 50


@role("books")
@require_GET
@never_cache
def archive(request: HttpRequest) -> HttpResponse:
    """Find documents by their number, their order's or their purchase's."""
    return _show(request, request.GET.get("q", ""), {})


def _show(request: HttpRequest, words: str, errors: Errors) -> HttpResponse:
    found = Document.objects.whole().matching(words[:100]).select_related("seller", "order", "purchase")
    context = {
        "found": found.order_by("issued_at", "pk")[:MOST],
        "words": words[:100],
        "may_replace": roles.is_finance(request.user.pk or 0),
        "errors": errors,
        "said": request.POST,
        "here": "archive",
    }
    return render(request, "orders/archive.html", context, status=422 if errors else 200)


@role("finance")
@require_POST
def replace(request: HttpRequest, code: str) -> HttpResponse:
    """Take an invoice back and write it anew."""
    found = get_object_or_404(Document, code=code.upper())
    reason = request.POST.get("alasan", "")[:240].replace("\0", "")
    back = f"{reverse('orders:archive')}?q={found.order.code if found.order else found.code}"
    return act(
        request,
        lambda: replace_invoice(found.pk, request.user.pk or 0, reason),
        _("Faktur diganti. Yang lama dibatalkan dengan nota kredit."),
        back,
        lambda errors: _show(request, found.code, errors),
    )
