"""The books of the planned purchases, by the shop's own posting rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from bebeli.orders import posting
from bebeli.orders.models import Account, Entry, Posting, Refund
from bebeli.orders.posting import Line, OrderMoney
from demo.load.copying import copy, next_ids
from demo.load.sales import Sale

if TYPE_CHECKING:
    from demo.load.orders import Ids

PAYABLE = Account.Kind.SELLER_PAYABLE
ADD = """
UPDATE orders_account a SET balance = a.balance + w.amount
FROM unnest(%s::bigint[], %s::bigint[]) AS w(id, amount)
WHERE a.id = w.id
"""


@dataclass(frozen=True)
class Event:
    """One entry to be."""

    at: datetime
    kind: str
    key: str
    lines: Sequence[Line]
    about: dict[str, int]


def fee_of(sale: Sale, number: int) -> int:
    """Return the service fee that goes back with this part: it goes with the last one that falls."""
    return sale.money.service_fee if number == len(sale.parts) - 1 else 0


def post(sales: Sequence[Sale], ids: Sequence[Ids]) -> None:
    """Write all entries in the order they happened and bring the cached balances up to them."""
    events = [event for sale, known in zip(sales, ids, strict=True) for event in _events(sale, known)]
    events.sort(key=lambda event: (event.at, event.key))
    accounts = _accounts({(line.kind, line.seller_id) for event in events for line in event.lines})
    numbers = next_ids(Entry, len(events))
    entries: list[dict[str, Any]] = []
    postings: list[dict[str, Any]] = []
    added: dict[int, int] = defaultdict(int)
    for event in events:
        entry = next(numbers)
        entries.append({"id": entry, "kind": event.kind, "idem_key": event.key, "at": event.at, **event.about})
        for line in event.lines:
            account = accounts[line.kind, line.seller_id]
            postings.append({"entry_id": entry, "account_id": account, "order_id": line.order_id, "amount": line.amount})
            if line.kind == PAYABLE:
                added[account] += line.amount
    copy(Entry, entries)
    copy(Posting, postings)
    with connection.cursor() as cursor:
        cursor.execute(ADD, [sorted(added), [added[account] for account in sorted(added)]])


def _accounts(wanted: set[tuple[str, int | None]]) -> dict[tuple[str, int | None], int]:
    fresh = [
        Account(kind=kind, seller_id=seller, balance=0 if kind == PAYABLE else None) for kind, seller in sorted(wanted, key=str)
    ]
    Account.objects.bulk_create(fresh, ignore_conflicts=True)
    return {(kind, seller): pk for pk, kind, seller in Account.objects.values_list("pk", "kind", "seller_id")}


def _events(sale: Sale, ids: Ids) -> Iterator[Event]:
    if not sale.is_paid:
        return
    orders = [_money(sale, part.seller_id, order) for part, order in zip(sale.parts, ids.orders, strict=True)]
    settled = posting.settled(orders, sale.money.service_fee, sale.money.service_fee_vat)
    base = {"purchase_id": ids.purchase}
    about = {**base, "attempt_id": ids.attempt}
    yield Event(sale.at["paid"], "settled", f"pay:{sale.code}-p1:settled", settled, about)
    for number, order in enumerate(orders):
        code, one = f"{sale.code}-{number + 1}", {"order_id": order.order_id}
        if sale.fate == "completed":
            yield Event(sale.at["completed"], "completed", f"order:{code}:completed", posting.completed(order), {**base, **one})
        if sale.fate == "cancelled":
            fee = fee_of(sale, number)
            given = posting.refunded(order, fee, sale.money.service_fee_vat if fee else 0)
            back = posting.refund_confirmed(order.paid_by_buyer + fee, Refund.Channel.PROVIDER)
            why = {**about, **one, "refund_id": ids.refunds[number]}
            yield Event(sale.at["cancelled"], "refunded", f"refund:{code}-r1", given, why)
            yield Event(sale.at["returned"], "refund_confirmed", f"refund:{code}-r1:confirmed", back, why)


def _money(sale: Sale, seller_id: int, order_id: int) -> OrderMoney:
    part = next(part for part in sale.parts if part.seller_id == seller_id)
    money = sale.money.orders[seller_id]
    return OrderMoney(
        order_id=order_id,
        seller_id=seller_id,
        total=money.total,
        platform_discount=money.platform_discount,
        commission=money.commission,
        commission_vat=money.commission_vat,
        income_tax=money.income_tax,
        shipping_price=money.shipping,
        shipping_paid_by=part.option.paid_by,
    )
