"""What somebody bought as a guest becomes their account's."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from bebeli.accounts.models import User
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.models import Purchase


@verb
def adopt_purchases(user_id: int, granted: Sequence[str]) -> list[str]:
    """Give a person the guests' purchases under their own address; returns the codes, none the second time.

    Only after a login, which proves the address. Those made before the account existed come by the address alone;
    later ones only where this browser holds the purchase's link, because anybody may type another's address.
    """
    user = User.objects.get(pk=user_id)
    theirs = Q(code__in=granted) | Q(placed_at__lt=user.date_joined)
    ids = Purchase.objects.filter(theirs, buyer=None, email=user.email).values_list("pk", flat=True)
    purchases = [purchase for purchase in Locks().rows(Purchase, ids) if purchase.buyer_id is None]
    for purchase in purchases:
        purchase.buyer_id = user_id
        purchase.save(update_fields=["buyer"])
    return [purchase.code for purchase in purchases]


@verb
def keep_purchase(purchase_id: int, user_id: int) -> Purchase:
    """Give one guest's purchase to the person who holds its link; one that is an account's already stays there."""
    purchase = Locks().row(Purchase, purchase_id)
    if purchase.buyer_id is None:
        purchase.buyer_id = user_id
        purchase.save(update_fields=["buyer"])
    return purchase
