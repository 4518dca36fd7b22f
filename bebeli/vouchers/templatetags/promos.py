"""Vouchers beside what they are for, on pages of rooms below: the same for every visitor, one query each."""

from __future__ import annotations

from django import template

from bebeli.catalog.models import Product
from bebeli.kit import clock
from bebeli.vouchers import wording
from bebeli.vouchers.fitting import BasketLine, is_for
from bebeli.vouchers.models import Voucher

register = template.Library()

MOST = 3
LOOKED_AT = 100


@register.simple_tag
def promos_of_today() -> list[Voucher]:
    """Return the newest vouchers of the regency and the platform that anybody is told about."""
    return list(Voucher.objects.of_the_house().running(clock.now()).shown().order_by("-pk")[:MOST])


@register.simple_tag
def promos_for(product: Product) -> list[Voucher]:
    """Return vouchers that a product counts for, its maker's first; seller and category are loaded."""
    line = BasketLine(product.seller_id, product.category.path, product.seller.district_id, 0)
    ours = Voucher.objects.of_the_house() | Voucher.objects.filter(seller=line.seller_id)
    rows = ours.running(clock.now()).shown().order_by("seller_id", "-pk")[:LOOKED_AT]
    return [voucher for voucher in rows if is_for(voucher, line)][:MOST]


@register.filter
def gist(voucher: Voucher) -> str:
    """Say what it takes off in a few words."""
    return wording.gist(voucher)
