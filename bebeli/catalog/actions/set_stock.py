"""A maker counts the shelf: so many are there, or so many more or fewer."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext_lazy as _

from bebeli.catalog import stock
from bebeli.catalog.actions.product_values import MOST_STOCK
from bebeli.catalog.models import StockMovement, Variant
from bebeli.kit import clock, codes
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb

Kind = StockMovement.Kind


@verb
def set_stock(variant_id: int, user_id: int, on_hand: int, key: str = "") -> Variant:
    """Write how many there are; refused `below_reserved` under what is promised. The same key twice moves once."""
    variant = Locks().row(Variant, variant_id)
    if not _is_known(variant, key, f"={on_hand}"):
        _move(variant, user_id, on_hand, _idem(variant, key, f"={on_hand}"), "on_hand")
    return variant


@verb
def change_stock(variant_id: int, user_id: int, delta: int, key: str = "") -> Variant:
    """Add or take away so many; refused `below_reserved` under what is promised. The same key twice moves once."""
    variant = Locks().row(Variant, variant_id)
    if not _is_known(variant, key, f"{delta:+d}"):
        _move(variant, user_id, variant.on_hand + delta, _idem(variant, key, f"{delta:+d}"), "delta")
    return variant


def _idem(variant: Variant, key: str, asked: str) -> str:
    if not key:
        return f"count:{uuid.uuid4().hex}"
    return f"{_stem(variant, key)}{codes.digest(asked)[:16]}"


def _stem(variant: Variant, key: str) -> str:
    return f"count:{codes.digest(f'{variant.pk}:{key}')[:32]}:"


def _is_known(variant: Variant, key: str, asked: str) -> bool:
    if not key:
        return False
    stem = _stem(variant, key)
    known = StockMovement.objects.filter(variant=variant, idem_key__startswith=stem).values_list("idem_key", flat=True)
    earlier = known.first()
    if earlier is not None and earlier != _idem(variant, key, asked):
        raise InvalidInput(
            "idempotency_mismatch", _("Kunci ini sudah dipakai untuk perubahan lain. Pakai kunci yang baru.")
        )
    return earlier is not None


def _move(variant: Variant, user_id: int, wanted: int, idem_key: str, field: str) -> None:
    if wanted < 0 or wanted > MOST_STOCK:
        raise InvalidInput("bad_stock", _("Stok antara 0 dan 1.000.000."), field=field)
    if wanted < variant.reserved:
        raise Refused(
            "below_reserved",
            _("%(count)s buah sudah dijanjikan kepada pembeli. Stok tidak bisa lebih kecil dari itu.")
            % {"count": variant.reserved},
            field=field,
            reserved=variant.reserved,
        )
    delta = wanted - variant.on_hand
    if delta == 0:
        return
    variant.on_hand = wanted
    variant.save(update_fields=["on_hand"])
    is_first = not StockMovement.objects.filter(variant=variant).exists()
    StockMovement.objects.create(
        variant=variant,
        kind=Kind.OPENING if is_first else Kind.ADJUSTMENT,
        delta=delta,
        on_hand_after=wanted,
        idem_key=idem_key,
        by_id=user_id,
        at=clock.now(),
    )
    stock.refresh_shelf([variant.product_id])
