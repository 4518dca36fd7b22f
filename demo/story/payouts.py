"""Payouts in the story: makers with invented bank accounts, some paid out, one that waits, one whose names differ."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bebeli.kit import clock
from bebeli.kit.sealed import unseal
from bebeli.orders import ledger
from bebeli.orders.actions.approve_payout import approve_payout
from bebeli.orders.actions.name_bank_account import name_bank_account
from bebeli.orders.actions.plan_payouts import plan_payouts
from bebeli.orders.actions.request_payout import request_payout
from bebeli.orders.actions.send_payout import payout_going, payout_known
from bebeli.orders.actions.settle_payout import settle_payout
from bebeli.orders.actions.verify_bank_account import verify_bank_account
from bebeli.orders.channels import IRIS_BANKS
from bebeli.orders.gateway.payouts import PayoutTruth
from bebeli.orders.models import Payout
from bebeli.sellers.models import Membership, Seller
from demo.story.month import Tale, stamp

BANKS = ("014", "002", "008", "009", "110")
PAID, WAITING, DIFFERENT = range(2, 7), 1, 8  # which tokoNN
LEAST = 10_000


def told(tale: Tale, now: datetime) -> list[dict[str, Any]]:
    """Tell the makers' payouts; returns what the provider must know of them."""
    known = []
    for number in PAID:
        stall = _stall(number)
        _named(stall, number, now - timedelta(days=20), stall.owner_name)
        if ledger.payable_of(stall.pk) >= 2 * LEAST:
            known.append(_paid(tale, stall, number, now))
    first = _stall(WAITING)
    _named(first, WAITING, now - timedelta(days=25), first.owner_name)
    with clock.standing_at(now - timedelta(hours=4)):
        plan_payouts(first.pk, _owner(first), 4)
        if ledger.payable_of(first.pk) >= LEAST:
            request_payout(first.pk, _owner(first))
    other = _stall(DIFFERENT)
    _named(other, DIFFERENT, now - timedelta(hours=7), "SUKMA DEWI LARASATI")
    return known


def _stall(number: int) -> Seller:
    return Seller.objects.get(email=f"toko{number:02d}@example.com")


def _owner(stall: Seller) -> int:
    return Membership.objects.filter(seller=stall, role="owner").order_by("pk")[0].user_id


def _named(stall: Seller, number: int, at: datetime, holder: str) -> None:
    """The owner names an account, and the bank says whose it is."""
    with clock.standing_at(at):
        account = name_bank_account(
            stall.pk, _owner(stall), BANKS[number % len(BANKS)], f"99{number:02d}{stall.pk:06d}", stall.owner_name
        )
        verify_bank_account(account.pk, holder.upper())


def _paid(tale: Tale, stall: Seller, number: int, now: datetime) -> dict[str, Any]:
    """Half of the balance was asked for two days ago, approved, sent, and arrived."""
    at = now - timedelta(days=2, hours=number)
    with clock.standing_at(at):
        payout = request_payout(stall.pk, _owner(stall), ledger.payable_of(stall.pk) // 2)
    with clock.standing_at(at + timedelta(hours=1)):
        approve_payout(payout.pk, tale.people["keuangan"].pk)
        if payout.approvals_needed > 1:
            approve_payout(payout.pk, tale.people["keuangan2"].pk)
        payout_going(payout.pk)
        payout_known(payout.pk, f"demo{payout.pk:010d}")
    with clock.standing_at(at + timedelta(hours=1, minutes=3)):
        row = Payout.objects.select_related("account").get(pk=payout.pk)
        account = unseal(row.account.number)
        settle_payout(row.pk, PayoutTruth(row.reference_no, "completed", row.amount, account, row.key))
    return {
        "reference_no": row.reference_no,
        "amount": row.amount,
        "beneficiary_name": unseal(row.account.holder),
        "beneficiary_account": account,
        "bank": IRIS_BANKS[row.account.bank_code],
        "notes": row.key,
        "status": "completed",
        "updated_at": stamp(at + timedelta(hours=1, minutes=3)),
    }
