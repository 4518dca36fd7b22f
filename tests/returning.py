"""Orders of which something went back, by the real steps."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from bebeli.accounts.models import User
from bebeli.orders import returns, states
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.lock_order import take
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.reject import reject
from bebeli.orders.actions.ship import ship
from bebeli.orders.models import Order, Refund
from bebeli.orders.parting import Part, Sold
from bebeli.sellers.models import Seller
from tests import payees, world


def order(*, pieces: int = 2, price: int = 50_000, stall: Seller | None = None, method: str = "qris") -> Order:
    """A paid order of some pieces, accepted."""
    made = world.orders_of(world.paid(world.user(), (world.variant(stall, price=price), pieces), method=method))[0]
    accept(made.pk, world.owner(made.seller))
    return world.orders_of(made.purchase)[0]


def completed(**fields: object) -> Order:
    """An order whose maker has earned it."""
    made = order(**fields)  # type: ignore[arg-type]
    ship(made.pk, world.owner(made.seller), "sendiri", "")
    receive(made.pk, made.purchase.buyer_id)
    return world.orders_of(made.purchase)[0]


def part(of: Order, parts: Sequence[Part], *, shipping: int = 0, officer: User | None = None) -> Refund | None:
    """A part of an order goes back, by rule or by somebody's decision."""
    who = states.Who("officer", officer.pk) if officer else states.SYSTEM
    with transaction.atomic():
        taken = take(of.pk)
        return returns.refund_part(taken.locks, taken.order, parts, shipping=shipping, reason="kurang", who=who)


def pieces(of: Order, quantity: int = 1, **fields: object) -> Refund:
    """Some pieces of an order's only line go back."""
    made = part(of, [Part(of.lines.get().pk, quantity=quantity)], **fields)  # type: ignore[arg-type]
    assert made is not None
    return made


def lives() -> None:
    """One open, one sent back after completion out of the balance, one after the payout, one that fell whole after a part."""
    pieces(order())
    late = completed()
    pieces(late)
    paid_out = completed(price=200_000, pieces=1)
    payees.approved(payees.payout(paid_out.seller, bank="111"))
    part(paid_out, [Part(face=30_000)], shipping=1_000)
    fallen = order(pieces=3)
    pieces(fallen)
    reject(fallen.pk, world.owner(fallen.seller), "habis")


def sold(of: Order) -> Sold:
    """An order as a refund reads it."""
    return returns.sold_of(of)
