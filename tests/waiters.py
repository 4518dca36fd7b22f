"""One case of every kind that waits at finance's desk, by the real verbs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.orders.actions.name_bank_account import name_bank_account
from bebeli.orders.actions.refund import name_refund_account
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.verify_bank_account import verify_bank_account
from bebeli.orders.models import BankAccount, Difference, Order, OutsideRefund, Refund, Remittance, Suspicion, TransferProof
from tests import doubling, payees, returning, world
from tests.orders.test_owe_payout import arrived


def to_approve(by: User | None = None) -> Refund:
    """Much money that somebody decided to give back."""
    return returning.pieces(returning.order(method="bca_va"), officer=by or world.finance())


def to_pay() -> Refund:
    """One that only a transfer ends."""
    order = world.orders_of(world.paid(world.user(), (world.variant(price=20_000), 1)))[0]
    reject(order.pk, world.owner(order.seller), "habis")
    return name_refund_account(order.refunds.get().pk, "014", "1234567890", "Uji")


def account_to_check() -> BankAccount:
    stall = world.seller()
    account = name_bank_account(stall.pk, world.owner(stall), "014", f"98765{stall.pk:07d}", stall.owner_name)
    verify_bank_account(account.pk, "ORANG LAIN")
    return account


def proof() -> TransferProof:
    return world.transferred(world.user(), (world.variant(), 1), colour=f"#{TransferProof.objects.count() + 1:06x}")


def doubt() -> Suspicion:
    attempt = world.attempt_of(world.charged(world.user(), (world.variant(), 1), method="qris"))
    world.settle_now(attempt, amount=attempt.gross + 1)
    return Suspicion.objects.latest("pk")


def outside() -> OutsideRefund:
    attempt = world.attempt_of(world.paid(world.user(), (world.variant(), 1), method="qris"))
    world.settle_now(attempt, "partial_refund", given_back=5_000)
    return OutsideRefund.objects.latest("pk")


def held() -> Order:
    order = world.orders_of(world.paid(world.user(), (world.variant(), 1)))[0]
    world.reversed_by_provider(world.attempt_of(order.purchase))
    return order


def difference() -> Difference:
    attempt = world.attempt_of(world.paid(world.user(), (world.variant(), 1)))
    return Difference.objects.create(key=f"uji:{attempt.pk}", kind="missing", attempt=attempt, in_books=attempt.gross)


def remittance() -> Remittance:
    """The next kind of which none is open."""
    open_ones = set(Remittance.objects.open().values_list("kind", flat=True))
    kind = next(kind for kind in Remittance.Kind.values if kind not in open_ones)
    return Remittance.objects.create(kind=kind, month=clock.today().replace(day=1), amount=1_000, proposed_by=world.finance())


MAKERS: dict[str, Callable[[], Any]] = {
    "persetujuan": to_approve,
    "pengembalian": to_pay,
    "pencairan": lambda: payees.payout(bank="111"),
    "dobel": arrived,
    "rekening": account_to_check,
    "luar": outside,
    "transfer": proof,
    "diperiksa": doubt,
    "ditahan": held,
    "duakali": doubling.for_nothing,
    "selisih": difference,
    "setoran": remittance,
}
