"""A cart as it is read: groups by seller, each line with what is wrong with it. Changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bebeli.catalog.models import Variant
from bebeli.orders.models import CartLine
from bebeli.sellers.models import Seller


@dataclass(frozen=True)
class LineView:
    """One line. `problem` is '', `not_on_sale`, `out_of_stock`, `too_many` or `price_changed`."""

    id: int
    variant: Variant
    quantity: int
    price_seen: int
    problem: str

    @property
    def price(self) -> int:
        """The price now."""
        return self.variant.price

    @property
    def subtotal(self) -> int:
        """At the price now."""
        return self.variant.price * self.quantity


@dataclass(frozen=True)
class GroupView:
    """One seller's lines."""

    seller: Seller
    lines: tuple[LineView, ...]

    @property
    def subtotal(self) -> int:
        """Of the lines that can be bought."""
        return sum(line.subtotal for line in self.lines if line.problem not in {"not_on_sale", "out_of_stock"})


@dataclass(frozen=True)
class CartView:
    """The whole cart."""

    groups: tuple[GroupView, ...]

    @property
    def lines(self) -> tuple[LineView, ...]:
        """All lines, seller by seller."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def count(self) -> int:
        """How many pieces."""
        return sum(line.quantity for line in self.lines)

    @property
    def total(self) -> int:
        """Of the lines that can be bought, without shipping."""
        return sum(group.subtotal for group in self.groups)

    @property
    def is_ready(self) -> bool:
        """Whether there is something and nothing is wrong with it."""
        return bool(self.groups) and not any(line.problem for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """Changes whenever a line, a quantity or a price does."""
        parts = sorted(f"{line.variant.pk}:{line.quantity}:{line.price}" for line in self.lines)
        return hashlib.sha256(",".join(parts).encode()).hexdigest()[:32]


def problem_of(variant: Variant, quantity: int, price_seen: int) -> str:
    """Return what keeps a line from being bought, the gravest first; '' when nothing does."""
    product = variant.product
    if not (variant.is_active and product.is_published and product.seller.is_open):
        return "not_on_sale"
    if variant.available < 1:
        return "out_of_stock"
    if quantity > variant.available:
        return "too_many"
    if variant.price != price_seen:
        return "price_changed"
    return ""


def look(cart_id: int | None) -> CartView:
    """Read a cart in one query."""
    if cart_id is None:
        return CartView(())
    rows = (
        CartLine.objects.filter(cart_id=cart_id)
        .select_related("variant__product__seller__district", "variant__product__category")
        .order_by("variant__product__seller__name", "variant__product__seller_id", "added_at", "pk")
    )
    return view_of(list(rows))


def view_of(rows: Sequence[CartLine]) -> CartView:
    """Group loaded lines by seller, in the order they come."""
    groups: dict[int, tuple[Seller, list[LineView]]] = {}
    for row in rows:
        variant = row.variant
        seller = variant.product.seller
        line = LineView(row.pk, variant, row.quantity, row.price_seen, problem_of(variant, row.quantity, row.price_seen))
        groups.setdefault(seller.pk, (seller, []))[1].append(line)
    return CartView(tuple(GroupView(seller, tuple(lines)) for seller, lines in groups.values()))
