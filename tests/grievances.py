"""Complaints in any state, by the real verbs."""

from __future__ import annotations

from typing import Any

from bebeli.accounts.models import Appointment, User
from bebeli.catalog.models import Variant
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.complain import complain
from bebeli.orders.actions.deliver import deliver
from bebeli.orders.actions.escalate_complaint import ask_officer
from bebeli.orders.actions.offer_complaint import offer_complaint
from bebeli.orders.actions.receive import receive
from bebeli.orders.actions.refuse_complaint import refuse_complaint
from bebeli.orders.actions.ship import ship
from bebeli.orders.complaints import Grievance
from bebeli.orders.models import Complaint, Order
from bebeli.sellers.models import Seller
from tests import world


def officer() -> User:
    """A person who works at the Dinas."""
    made = world.user()
    Appointment.objects.create(user=made, role="officer")
    return made


def shipped(*, pieces: int = 2, price: int = 50_000, stall: Seller | None = None, buyer: User | None = None) -> Order:
    """An order on its way, of one line."""
    who = buyer or world.user()
    order = world.orders_of(world.paid(who, (world.variant(stall, price=price), pieces), method="qris"))[0]
    accept(order.pk, world.owner(order.seller))
    ship(order.pk, world.owner(order.seller), "sendiri", "")
    return fresh(order)


def delivered(**fields: Any) -> Order:
    """An order that has arrived."""
    order = shipped(**fields)
    deliver(order.pk, world.owner(order.seller))
    return fresh(order)


def completed(**fields: Any) -> Order:
    """An order whose maker has earned it."""
    order = delivered(**fields)
    receive(order.pk, order.purchase.buyer_id)
    return fresh(order)


def fresh(order: Order) -> Order:
    """The order as it stands now."""
    return Order.objects.select_related("purchase", "seller").get(pk=order.pk)


def said(order: Order, **fields: Any) -> Grievance:
    """What a buyer says of all pieces of an order."""
    values = {
        "lines": {line.pk: line.quantity for line in order.lines.all()},
        "problem": "broken",
        "wish": "whole",
        "text": "Toplesnya pecah.",
    }
    return Grievance(**{**values, **fields})


def about(order: Order, **fields: Any) -> Complaint:
    """A complaint that its maker has not answered."""
    return complain(order.pk, order.purchase.buyer_id, said(order, **fields))


def asked(**fields: Any) -> Complaint:
    """One about a delivered order."""
    return about(delivered(), **fields)


def offered(amount: int = 20_000, **fields: Any) -> Complaint:
    """One to which the maker offered an amount."""
    made = asked(**fields)
    return offer_complaint(made.pk, maker(made), amount)


def refused(**fields: Any) -> Complaint:
    """One that the maker refused."""
    made = asked(**fields)
    return refuse_complaint(made.pk, maker(made), "Kami kirim utuh.")


def escalated(**fields: Any) -> Complaint:
    """One that an officer must decide."""
    made = refused(**fields)
    return ask_officer(made.pk, buyer(made))


def maker(of: Complaint) -> int:
    """The id of who runs the stall."""
    return world.owner(of.order.seller)


def buyer(of: Complaint) -> int:
    """The id of who complained."""
    return int(of.order.purchase.buyer_id or 0)


def goods_of(of: Complaint) -> Variant:
    """What the only line is about."""
    return Variant.objects.get(pk=of.lines.get().line.variant_id)
