"""Stalls that have earned something, and the payouts of it, by the real verbs."""

from __future__ import annotations

from django.conf import settings

from bebeli.kit import clock
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.approve_payout import approve_payout
from bebeli.orders.actions.batch_payouts import batch_payouts
from bebeli.orders.actions.complete_payout import complete_payout
from bebeli.orders.actions.hand_over import hand_over
from bebeli.orders.actions.name_bank_account import name_bank_account
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.reject_payout import reject_payout
from bebeli.orders.actions.request_payout import request_payout
from bebeli.orders.actions.settle import settle
from bebeli.orders.actions.verify_bank_account import verify_bank_account
from bebeli.orders.models import BankAccount, Order, Payout
from bebeli.orders.proofs import KeptProof
from bebeli.sellers.models import Seller
from tests import world


def earned(stall: Seller, amount: int = 200_000) -> Seller:
    """A stall with a balance: one order of that amount, completed."""
    buyer = world.user()
    order = world.orders_of(world.paid(buyer, (world.variant(stall, price=amount), 1), ship="pickup"))[0]
    accept(order.pk, world.owner(stall))
    hand_over(order.pk, world.owner(stall), order.pickup_code)
    receive(order.pk, buyer.pk)
    return stall


def bank_account(stall: Seller, *, bank: str = "014", holder: str = "PEMILIK UJI") -> BankAccount:
    """A stall's account, verified two days ago."""
    account = name_bank_account(stall.pk, world.owner(stall), bank, f"12345{stall.pk:07d}", stall.owner_name)
    verify_bank_account(account.pk, holder)
    BankAccount.objects.filter(pk=account.pk).update(hold_until=clock.now())
    return BankAccount.objects.get(pk=account.pk)


def payout(stall: Seller | None = None, *, bank: str = "014", amount: int | None = None) -> Payout:
    """A payout that waits for finance."""
    made = stall or earned(world.seller())
    if not BankAccount.objects.filter(seller=made).exists():
        bank_account(made, bank=bank)
    return request_payout(made.pk, world.owner(made), amount)


def approved(made: Payout) -> Payout:
    """Finance said yes as often as it must."""
    for _number in range(made.approvals_needed):
        approve_payout(made.pk, world.finance().pk)
    return Payout.objects.get(pk=made.pk)


def lives() -> None:
    """One that waits, one completed, one rejected, one that settled a debt first."""
    payout()
    for life in ("completed", "rejected"):
        made = approved(payout(bank="111"))
        if life == "rejected":
            reject_payout(made.pk, world.finance().pk, "rekening salah")
            continue
        officer = world.finance().pk
        batch_payouts(officer)
        complete_payout(made.pk, officer, "REF-123456", KeptProof("bukti/p.webp", 1, "0" * 64))
    owing = earned(world.seller())
    order = Order.objects.filter(seller=owing, status="completed").latest("pk")
    attempt = world.attempt_of(order.purchase)
    settle(attempt.pk, world.truth(attempt, "deny", status_code="202"), settings.MIDTRANS_MERCHANT_ID)
    payout(earned(owing))
