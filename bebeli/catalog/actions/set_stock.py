"""The maker counts the shelf."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.catalog.actions.product_values import MOST_STOCK
from bebeli.catalog.models import StockMovement, Variant
from bebeli.catalog.stock import refresh_shelf
from bebeli.kit import clock, codes
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb


@verb
def set_stock(variant_id: int, on_hand: int, user_id: int) -> Variant:
    """Say how many are on the shelf. Raises Refused `below_reserved`, InvalidInput."""
    variant = Locks().row(Variant, variant_id)
    return _move(variant, on_hand - variant.on_hand, user_id)


@verb
def change_stock(variant_id: int, delta: int, user_id: int) -> Variant:
    """Say how many came or went. Raises Refused `below_reserved`, InvalidInput."""
    return _move(Locks().row(Variant, variant_id), delta, user_id)


def _move(variant: Variant, delta: int, user_id: int) -> Variant:
    after = variant.on_hand + delta
    if not 0 <= after <= MOST_STOCK:
        raise InvalidInput("bad_stock", _("Stok 0 sampai 1.000.000."), field="on_hand")
    if after < variant.reserved:
        raise Refused(
            "below_reserved",
            _("%(count)s barang sedang dipesan, jadi stok tidak bisa kurang dari itu.") % {"count": variant.reserved},
            field="on_hand",
            reserved=variant.reserved,
        )
    if delta == 0:
        return variant
    is_first = not StockMovement.objects.filter(variant=variant).exists()
    variant.on_hand = after
    variant.save(update_fields=["on_hand"])
    StockMovement.objects.create(
        variant=variant,
        kind=StockMovement.Kind.OPENING if is_first else StockMovement.Kind.ADJUSTMENT,
        delta=delta,
        on_hand_after=after,
        idem_key=f"count:{codes.random_token()}",
        by_id=user_id,
        at=clock.now(),
    )
    refresh_shelf([variant.product_id])
    return variant
