"""Pour a visitor's cart into the account's at login."""

from __future__ import annotations

from bebeli.kit import clock, codes
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.models import Cart, CartLine
from bebeli.orders.models.cart import MAX_LINES, MAX_QUANTITY


@verb
def merge_carts(user_id: int, visitor_token: str) -> int:
    """Move the visitor's lines over and return how many arrived; the visitor's cart ends, so a second call moves none.

    A variant in both gets the sum; more than there is in stock is shown in the cart and asked there, never cut silently.
    """
    theirs = Cart.objects.filter(visitor=codes.digest(visitor_token)).values_list("pk", flat=True).first()
    if theirs is None:
        return 0
    mine = Cart.objects.get_or_create(user_id=user_id)[0].pk
    locked = {cart.pk: cart for cart in Locks().rows(Cart, [theirs, mine])}
    if theirs not in locked:
        return 0
    kept = {line.variant_id: line for line in CartLine.objects.filter(cart_id=mine)}
    moved = 0
    for line in CartLine.objects.filter(cart_id=theirs).order_by("pk"):
        mine_already = kept.get(line.variant_id)
        if mine_already is not None:
            mine_already.quantity = min(mine_already.quantity + line.quantity, MAX_QUANTITY)
            mine_already.save()
        elif len(kept) < MAX_LINES:
            line.cart_id = mine
            line.save()
            kept[line.variant_id] = line
        moved += 1
    locked[theirs].delete()
    cart = locked[mine]
    cart.changed_at = clock.now()
    cart.save()
    return moved
