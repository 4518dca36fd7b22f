"""One writer of the bank run, a process of its own until it is told to stop.

It earns, gives back, asks for payouts and takes them back by the real verbs, and writes down each entry that was acknowledged.
A connection that dies under it claims nothing: it goes on with a new one.
"""

from __future__ import annotations

import itertools
import random
import signal
import time
from pathlib import Path

from django.db import Error, connections, transaction

from bebeli.catalog.models import Variant
from bebeli.kit.errors import Refused
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.cancel_order import cancel_order
from bebeli.orders.actions.hand_over import hand_over
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.reject_payout import reject_payout
from bebeli.orders.actions.request_payout import request_payout
from bebeli.orders.models import Entry, Payout
from tests import payees, world

START = "import django; django.setup(); from tests.chaos.banker import write; write({number}, '{seed}', '{log}')"
PRICE, PLENTY = 50_000, 1_000_000
NAMES = 5_000  # more than one writer ever needs


def write(number: int, seed: str, log: str) -> None:
    """Move money until SIGTERM."""
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda *_signal: stopped.append(1))
    world._serial = itertools.count(int(time.time()) * 100_000 + number * NAMES)  # noqa: SLF001  no two writers share a name
    chance = random.Random(f"{seed}:{number}")  # noqa: S311  not a secret
    goods: Variant | None = None
    with Path(log).open("a", buffering=1) as acknowledged:
        while not stopped:
            try:
                goods = goods or opened()
                acknowledged.writelines(f"{key}\n" for key in chance.choice((earn, give_back, pay_out))(goods))
            except Error:  # killed, crashed or away: what was not answered may be there or not
                connections.close_all()
                time.sleep(0.2)


def opened() -> Variant:
    """A stall that can be paid out to, with plenty of one thing."""
    with transaction.atomic():
        stall = world.seller()
        goods = world.variant(stall, price=PRICE, stock=PLENTY)
    payees.bank_account(stall)
    return goods


def earn(goods: Variant) -> list[str]:
    """An order from placing to completion; returns the keys of its entries."""
    buyer, stall = world.user(), goods.product.seller
    purchase = world.paid(buyer, (goods, 1), ship="pickup")
    order = world.orders_of(purchase)[0]
    accept(order.pk, world.owner(stall))
    hand_over(order.pk, world.owner(stall), order.pickup_code)
    receive(order.pk, buyer.pk)
    return keys_of(purchase=purchase, kind__in=["settled", "completed"])


def give_back(goods: Variant) -> list[str]:
    """An order that is paid and called off."""
    buyer = world.user()
    purchase = world.paid(buyer, (goods, 1), ship="pickup")
    cancel_order(world.orders_of(purchase)[0].pk, buyer.pk, "")
    return keys_of(purchase=purchase, kind__in=["settled", "refunded"])


def pay_out(goods: Variant) -> list[str]:
    """A payout that finance sends back."""
    stall = goods.product.seller
    waiting = Payout.objects.filter(seller=stall, state="requested").first()
    try:
        made = waiting or request_payout(stall.pk, world.owner(stall))
        reject_payout(made.pk, world.finance().pk, "rekening salah")
    except Refused:
        return []
    return keys_of(payout=made)


def keys_of(**of: object) -> list[str]:
    """The business keys of some entries."""
    return list(Entry.objects.filter(**of).values_list("idem_key", flat=True))
