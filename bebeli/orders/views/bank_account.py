"""A stall's bank account: seen masked, changed only by who has just signed in again."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bebeli.accounts.fresh import signed_in_again
from bebeli.kit.access import role
from bebeli.orders import couriers, settlement
from bebeli.orders.actions.name_bank_account import name_bank_account
from bebeli.orders.models import BankAccount
from bebeli.orders.payout_wording import shown
from bebeli.orders.views.answer import Errors, act
from bebeli.orders.views.balance import here, stall_of
from bebeli.sellers.models import Seller


@role("seller")
@require_http_methods(["GET", "POST"])
@never_cache
@signed_in_again
def account(request: HttpRequest) -> HttpResponse:
    """See it, or name another."""
    stall = stall_of(request)
    if request.method == "GET":
        return _show(request, stall, {})
    said = {name: request.POST.get(name, "")[:120].replace("\0", "") for name in ("bank", "nomor", "nama")}
    return act(
        request,
        lambda: name_bank_account(stall.pk, request.user.pk or 0, said["bank"], said["nomor"], said["nama"]),
        _("Rekening disimpan. Kami cocokkan namanya dengan bank, dan kabarnya kami kirim ke surel Anda."),
        here(stall),
        lambda errors: _show(request, stall, errors),
    )


def _show(request: HttpRequest, stall: Seller, errors: Errors) -> HttpResponse:
    said = request.POST
    now = BankAccount.objects.current().filter(seller=stall).first()
    context = {
        "seller": stall,
        "present": now,
        "shown": shown(now) if now else "",
        "banks": couriers.banks(),
        "account": {"bank": said.get("bank", "110"), "number": said.get("nomor", ""), "name": said.get("nama", "")},
        "hours": settings.BANK_ACCOUNT_HOLD_HOURS,
        "is_direct": settlement.is_direct(),
        "errors": errors,
    }
    return render(request, "orders/bank_account.html", context, status=422 if errors else 200)
