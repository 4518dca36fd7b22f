"""Counting the shelf."""

from __future__ import annotations

from functools import partial

import pytest

from bebeli.catalog.actions.set_stock import change_stock, set_stock
from bebeli.catalog.models import StockMovement, Variant
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.orders import books
from tests import world

pytestmark = pytest.mark.django_db


def moves(variant: Variant) -> list[tuple[str, int, int]]:
    return list(StockMovement.objects.filter(variant=variant).order_by("pk").values_list("kind", "delta", "on_hand_after"))


def test_a_count_and_a_difference_are_movements() -> None:
    variant = world.variant(stock=10)
    user = world.owner(variant.product.seller)
    assert set_stock(variant.pk, 4, user).on_hand == 4
    assert change_stock(variant.pk, 3, user).on_hand == 7
    assert moves(variant) == [("opening", 10, 10), ("adjustment", -6, 4), ("adjustment", 3, 7)]
    assert books.check() == []


def test_the_first_count_is_the_opening() -> None:
    variant = world.variant(stock=0)
    set_stock(variant.pk, 5, world.owner(variant.product.seller))
    assert moves(variant) == [("opening", 5, 5)]
    variant.product.refresh_from_db()
    assert variant.product.in_stock


def test_emptying_takes_it_off_the_shelf_and_the_same_count_moves_nothing() -> None:
    variant = world.variant(stock=2)
    user = world.owner(variant.product.seller)
    set_stock(variant.pk, 0, user)
    set_stock(variant.pk, 0, user)
    variant.product.refresh_from_db()
    assert (variant.product.in_stock, len(moves(variant))) == (False, 2)


def test_what_is_promised_stays() -> None:
    variant = world.variant(stock=5)
    world.placed(world.user(), (variant, 3))
    user = world.owner(variant.product.seller)
    for call in (partial(set_stock, variant.pk, 2, user), partial(change_stock, variant.pk, -3, user)):
        with pytest.raises(Refused) as refusal:
            call()
        assert (refusal.value.code, refusal.value.extra["reserved"]) == ("below_reserved", 3)
    variant.refresh_from_db()
    assert (variant.on_hand, variant.reserved, len(moves(variant))) == (5, 3, 1)
    assert set_stock(variant.pk, 3, user).available == 0
    assert books.check() == []


@pytest.mark.parametrize("wrong", [-1, 1_000_001, 10**12])
def test_impossible_counts_are_refused(wrong: int) -> None:
    variant = world.variant(stock=5)
    with pytest.raises(InvalidInput):
        set_stock(variant.pk, wrong, 1)
    assert len(moves(variant)) == 1
