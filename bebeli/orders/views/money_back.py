"""Money on its way back, as its buyer sees it on the page of an order or of a purchase."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from bebeli.kit.sealed import masked, unseal
from bebeli.orders import couriers
from bebeli.orders.actions.refund import name_refund_account
from bebeli.orders.models import Refund


def context(request: HttpRequest, refund: Refund | None) -> dict[str, Any]:
    """Return what the template needs: the refund, where it goes, and what was typed."""
    said = request.POST
    return {
        "refund": refund,
        "known": account_of(refund) if refund is not None else None,
        "account": {"bank": said.get("bank", ""), "number": said.get("nomor", ""), "name": said.get("nama", "")},
        "banks": couriers.banks(),
    }


def account_of(refund: Refund) -> dict[str, str]:
    """Where a refund goes, as far as its owner must see it."""
    return {
        "bank": couriers.bank_name(refund.bank_code),
        "number": masked(unseal(refund.account_number)),
        "name": unseal(refund.account_name),
    }


def name_account(request: HttpRequest, refund: Refund) -> Refund:
    """Write down the account that was typed."""
    said = request.POST
    return name_refund_account(refund.pk, said.get("bank", "")[:3], said.get("nomor", "")[:40], said.get("nama", "")[:120])
