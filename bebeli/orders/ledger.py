"""Writes entries into the books, inside the verb's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import F, Sum

from bebeli.kit import clock
from bebeli.kit.locks import Locks
from bebeli.kit.steps import assert_open
from bebeli.orders.models import Account, Entry, Order, PaymentAttempt, Payout, Posting, Purchase, Refund
from bebeli.orders.models.ledger import CACHED
from bebeli.orders.posting import Line, OrderMoney


def money_of(order: Order) -> OrderMoney:
    """Return an order's frozen amounts."""
    return OrderMoney(
        order_id=order.pk,
        seller_id=order.seller_id,
        total=order.total,
        platform_discount=order.platform_discount,
        commission=order.commission,
        commission_vat=order.commission_vat,
        income_tax=order.income_tax,
        shipping_price=order.shipping_price,
        shipping_paid_by=order.shipping_paid_by,
        promo_account=order.promo_account,
    )


def rest_of(order: Order) -> OrderMoney:
    """Return what is left of an order's frozen amounts after its refunds; a courier's price stays what it was."""
    return replace(
        money_of(order),
        total=order.total - order.refunded_face,
        platform_discount=order.platform_discount - (order.refunded_face - order.refunded),
        commission=order.commission - order.refunded_commission,
        commission_vat=order.commission_vat - order.refunded_vat,
        income_tax=order.income_tax - order.refunded_tax,
    )


def left_of(order: Order, refunds: Iterable[Refund]) -> OrderMoney:
    """Return what these refunds leave of an order's frozen amounts."""
    money, gone = money_of(order), list(refunds)
    return replace(
        money,
        total=money.total - sum(refund.face for refund in gone),
        platform_discount=money.platform_discount - sum(refund.promo for refund in gone),
        commission=money.commission - sum(refund.commission for refund in gone),
        commission_vat=money.commission_vat - sum(refund.commission_vat for refund in gone),
        income_tax=money.income_tax - sum(refund.income_tax for refund in gone),
    )


def _accounts(lines: Sequence[Line]) -> dict[tuple[str, int | None], Account]:
    wanted = {(line.kind, line.seller_id) for line in lines}
    found = _look_up(wanted)
    if missing := sorted(wanted - found.keys(), key=str):
        fresh = [Account(kind=kind, seller_id=seller, balance=0 if kind in CACHED else None) for kind, seller in missing]
        Account.objects.bulk_create(fresh, ignore_conflicts=True)
        found = _look_up(wanted)
    return found


def _look_up(wanted: set[tuple[str, int | None]]) -> dict[tuple[str, int | None], Account]:
    rows = Account.objects.filter(kind__in={kind for kind, _ in wanted})
    named = rows.filter(seller=None) | rows.filter(seller_id__in={seller for _, seller in wanted if seller})
    return {(account.kind, account.seller_id): account for account in named}


def post(  # noqa: PLR0913  an entry names everything it is about
    locks: Locks,
    kind: str,
    idem_key: str,
    lines: Sequence[Line],
    *,
    purchase: Purchase | None = None,
    order: Order | None = None,
    attempt: PaymentAttempt | None = None,
    refund: Refund | None = None,
    payout: Payout | None = None,
    reverses: Entry | None = None,
) -> Entry:
    """Write one balanced entry; its key is unique, so a second writing of the same event fails the transaction."""
    assert_open()
    if sum(line.amount for line in lines) != 0 or len(lines) < 2:  # noqa: PLR2004  a double entry has two sides
        message = f"entry {idem_key} does not balance"
        raise ValueError(message)
    accounts = _accounts(lines)
    cached = sorted({accounts[line.kind, line.seller_id].pk for line in lines if _is_cached(line)})
    locks.rows(Account, cached)
    entry = Entry.objects.create(
        kind=kind,
        idem_key=idem_key,
        purchase=purchase,
        order=order,
        attempt=attempt,
        refund=refund,
        payout=payout,
        reverses=reverses,
        at=clock.now(),
    )
    _write(entry, lines, accounts)
    return entry


def _write(entry: Entry, lines: Sequence[Line], accounts: dict[tuple[str, int | None], Account]) -> None:
    """Write the entry's postings by ascending account, and move the balances that are kept."""
    postings = [
        Posting(
            entry=entry,
            account=accounts[line.kind, line.seller_id],
            order_id=line.order_id,
            amount=line.amount,
        )
        for line in sorted(lines, key=lambda line: accounts[line.kind, line.seller_id].pk)
    ]
    Posting.objects.bulk_create(postings)
    for line in lines:
        if _is_cached(line):
            account = accounts[line.kind, line.seller_id]
            Account.objects.filter(pk=account.pk).update(balance=F("balance") + line.amount)


def _is_cached(line: Line) -> bool:
    return line.kind in CACHED


def payable_of(seller_id: int) -> int:
    """Return what a seller may have, in rupiah."""
    return _kept(Account.Kind.SELLER_PAYABLE, seller_id)


def pending_of(seller_id: int) -> int:
    """Return what is on its way to a seller, in rupiah."""
    return _kept(Account.Kind.PAYOUT_PENDING, seller_id)


def _kept(kind: str, seller_id: int) -> int:
    balance = Account.objects.filter(kind=kind, seller_id=seller_id).values_list("balance", flat=True).first()
    return -(balance or 0)


def debt_of(seller_id: int) -> int:
    """Return what a seller owes: money it had that its buyer took back."""
    rows = Posting.objects.filter(account__kind=Account.Kind.SELLER_RECEIVABLE, account__seller_id=seller_id)
    return int(rows.aggregate(total=Sum("amount"))["total"] or 0)


def lock_payable(locks: Locks, seller_id: int) -> int:
    """Lock a seller's payable and payouts under way, and return what the seller may have."""
    assert_open()
    accounts = _accounts([Line(kind, 0, seller_id) for kind in CACHED])
    rows = locks.rows(Account, [accounts[kind, seller_id].pk for kind in CACHED])
    return -sum(row.balance or 0 for row in rows if row.kind == Account.Kind.SELLER_PAYABLE)


def lock_kind(locks: Locks, kind: str) -> None:
    """Lock the one account of a kind that has no seller, so that nobody else decides by what stands on it."""
    assert_open()
    accounts = _accounts([Line(kind, 0)])
    locks.rows(Account, [accounts[kind, None].pk])
