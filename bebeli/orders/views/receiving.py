"""Finance: the accounts that buyers transfer to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from bebeli.kit.access import role
from bebeli.orders import attempts, couriers
from bebeli.orders.actions.receiving_account import add_receiving_account, retire_receiving_account
from bebeli.orders.models import ReceivingAccount
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.reading import may_act


@role("books")
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts, the one that is shown now first said so."""
    return _show(request, {})


@role("finance")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add another."""
    said = {name: request.POST.get(name, "")[:120].replace("\0", "") for name in ("bank", "nomor", "nama")}
    return act(
        request,
        lambda: add_receiving_account(said["bank"], said["nomor"], said["nama"]),
        _("Rekening ditambahkan."),
        reverse("orders:receiving"),
        lambda errors: _show(request, errors),
    )


def _show(request: HttpRequest, errors: Errors) -> HttpResponse:
    said = request.POST
    rows = list(ReceivingAccount.objects.order_by("-is_active", "pk"))
    context = {
        "accounts": [(row, couriers.bank_name(row.bank_code)) for row in rows],
        "shown": attempts.receiving(),
        "banks": couriers.banks(),
        "account": {"bank": said.get("bank", "110"), "number": said.get("nomor", ""), "name": said.get("nama", "")},
        "errors": errors,
        "may_act": may_act(request),
        "here": "accounts",
    }
    return render(request, "orders/receiving.html", context, status=422 if errors else 200)


@role("finance")
@require_POST
def retire(request: HttpRequest, account_id: int) -> HttpResponse:
    """Use one no more."""
    found = get_object_or_404(ReceivingAccount, pk=account_id)
    return act(
        request, lambda: retire_receiving_account(found.pk), _("Rekening tidak dipakai lagi."), reverse("orders:receiving")
    )
