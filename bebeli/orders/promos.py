"""Vouchers at the checkout: what a cart is to them, and their uses as steps of the verbs that own a purchase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet

from bebeli.kit import clock
from bebeli.kit.locks import Locks
from bebeli.orders.cart_view import LineView
from bebeli.orders.models import Order, OrderEvent, Purchase
from bebeli.orders.placing import Quoted, Wish
from bebeli.vouchers import uses
from bebeli.vouchers.fitting import NO_DEAL, Basket, BasketLine, Deal, History, strike
from bebeli.vouchers.people import Person

S = Order.Status
BUYERS_WISH = ("cancel", "agree_cancel")  # moves of an order that fell because its buyer wanted so


def basket_of(
    lines: Iterable[LineView], districts: Mapping[int, str], shipping: Mapping[int, int], purse: str = "personal"
) -> Basket:
    """Return a cart as vouchers see it; districts and shipping go by seller."""
    goods = [
        BasketLine(
            seller_id=line.variant.product.seller_id,
            shelf=line.variant.product.category.path,
            district=districts[line.variant.product.seller_id],
            amount=line.subtotal,
        )
        for line in lines
    ]
    return Basket(tuple(goods), shipping, purse)


def bought_before(person: Person) -> QuerySet[Purchase]:
    """Return what a person has bought or is about to pay: a guest is told by e-mail or phone."""
    who = Q(pk=None)
    if person.user_id is not None:
        who |= Q(buyer=person.user_id)
    if person.email:
        who |= Q(buyer=None, email__iexact=person.email) | Q(buyer__email=person.email.lower())
    if person.phone and person.user_id is None:
        who |= Q(buyer=None, phone=person.phone)
    return Purchase.objects.filter(who, status__in=[Purchase.Status.AWAITING, Purchase.Status.PAID])


def person_of(wish: Wish) -> Person:
    """Return who wishes."""
    return Person(wish.buyer_id, wish.email, wish.address.phone)


def agree(locks: Locks, wish: Wish, quoted: Quoted, lines: Sequence[LineView]) -> Deal:
    """Lock the vouchers of a wish and return their deal. Raises Refused where one does not fit any more.

    Without a voucher nothing is asked.
    """
    codes = wish.vouchers
    if not codes:
        return NO_DEAL
    found = uses.lock(locks, codes)
    person = person_of(wish)
    times = uses.counts(found, person)
    has_bought = any(voucher.is_first_purchase for voucher in found) and bought_before(person).exists()
    histories = {voucher.pk: History(times.get(voucher.pk, 0), has_bought) for voucher in found}
    shipping = {seller: shipment.price for seller, shipment in quoted.shipments.items()}
    basket = basket_of(lines, quoted.districts, shipping, wish.purse)
    return strike(found, basket, histories, clock.now())


def note(deal: Deal, purchase: Purchase, wish: Wish) -> None:
    """Write down which vouchers a purchase used."""
    if deal.grants:
        uses.take(deal.grants, purchase.code, person_of(wish))


def has_any(orders: Iterable[Order]) -> bool:
    """Tell whether a purchase used vouchers, from its orders' frozen money."""
    return any(order.platform_discount or order.seller_discount for order in orders)


def give_back(locks: Locks, purchase: Purchase, orders: Sequence[Order]) -> None:
    """The purchase ends unpaid: what it used is there for others again."""
    if has_any(orders):
        uses.give_back(locks, purchase.code)


def take_again(locks: Locks, purchase: Purchase, orders: Sequence[Order]) -> None:
    """Money came after all: use the same once more. Raises Refused when a limit is reached meanwhile."""
    if has_any(orders):
        uses.take_again(locks, purchase.code)


def fall(locks: Locks, order: Order, siblings: Sequence[Order]) -> None:
    """A paid order was called off and moved: its discounts go back to their budgets.

    The use itself goes back when nothing is left of the purchase and no part of it fell by the buyer's own wish.
    """
    if not has_any([order]):
        return
    code = order.purchase.code
    shares = {None: order.platform_discount, order.seller_id: order.seller_discount}
    uses.return_share(locks, code, shares)
    if any(sibling.status != S.CANCELLED for sibling in siblings):
        return
    if not OrderEvent.objects.filter(order__in=siblings, verb__in=BUYERS_WISH).exists():
        uses.give_back(locks, code)
