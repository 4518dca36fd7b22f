"""Money on its way back, as its buyer sees it on the page of an order or of a purchase."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from bebeli.kit.sealed import masked, unseal
from bebeli.orders import couriers
from bebeli.orders.flows.refund_account import name_for_all
from bebeli.orders.models import Refund


def context(request: HttpRequest, refunds: Iterable[Refund]) -> dict[str, Any]:
    """Return what the template needs: the refunds, where those by transfer go, and what was typed."""
    said, rows = request.POST, list(refunds)
    by_bank = [refund for refund in rows if refund.channel == Refund.Channel.BANK and refund.is_open]
    unnamed = [refund for refund in by_bank if not refund.account_number]
    return {
        "refunds": rows,
        "by_bank": next(iter(unnamed or by_bank), None),
        "known": account_of(by_bank[0]) if by_bank and not unnamed else None,
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


def name_account(request: HttpRequest, refunds: Iterable[Refund]) -> None:
    """Write down the account that was typed, for all that still wait; raises Refused where none does."""
    said = request.POST
    name_for_all(refunds, said.get("bank", "")[:3], said.get("nomor", "")[:40], said.get("nama", "")[:120])
