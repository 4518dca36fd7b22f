"""What a seller's slips of a month say, frozen: what BEBELI charged, and the PPh 22 it collected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from bebeli.orders.deductions import Deduction
from bebeli.orders.documents.compose import PLATFORM, Body, seller_part
from bebeli.sellers.models import Seller


def fee_slip(seller: Seller, month: date, rows: Sequence[Deduction]) -> Body:
    """What was charged for each order: commission and the PPN on it; what was given up again is below zero."""
    lines = [
        {
            **_event(row),
            "base": row.kept.base,
            "commission": row.kept.commission,
            "vat": row.kept.vat,
            "total": row.kept.fee,
        }
        for row in rows
    ]
    return _slip(seller, month, lines, ("commission", "vat", "total"))


def tax_slip(seller: Seller, month: date, rows: Sequence[Deduction]) -> Body:
    """The PPh 22 collected on each order, with the month its buyer paid in: the tax is due at that moment."""
    lines = [
        {
            **_event(row),
            "paid_month": f"{timezone.localtime(row.order.paid_at or row.at):%Y-%m}-01",
            "base": row.kept.tax_base,
            "rate_bp": row.order.income_tax_bp,
            "total": row.kept.tax,
        }
        for row in rows
        if row.order.income_tax
    ]
    return {**_slip(seller, month, lines, ("base", "total")), "tax_id": ""}


def _event(row: Deduction) -> Body:
    return {"order": row.order.code, "at": row.at.isoformat(), "why": row.why}


def _slip(seller: Seller, month: date, lines: Sequence[dict[str, Any]], names: Sequence[str]) -> Body:
    return {
        "issuer": PLATFORM,
        "seller": seller_part(seller),
        "month": month.isoformat(),
        "orders": lines,
        "totals": {name: sum(line[name] for line in lines) for name in names},
    }
