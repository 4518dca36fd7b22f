"""A cart's verbs: what they change, and what they refuse."""

from __future__ import annotations

import pytest

from bebeli.kit import codes
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.orders.actions.accept_price import accept_price
from bebeli.orders.actions.add_to_cart import add_to_cart
from bebeli.orders.actions.change_line import change_line
from bebeli.orders.actions.merge_carts import merge_carts
from bebeli.orders.actions.open_cart import open_cart_of_visitor
from bebeli.orders.actions.remove_line import remove_line
from bebeli.orders.models import Cart, CartLine
from tests import world

pytestmark = pytest.mark.django_db


def test_a_visitor_has_one_cart_known_by_a_hash() -> None:
    token = codes.random_token()
    assert open_cart_of_visitor(token).pk == open_cart_of_visitor(token).pk
    assert Cart.objects.get().visitor == codes.digest(token)


def test_a_changed_price_is_agreed_to_as_shown() -> None:
    goods = world.variant(price=10_000)
    line = world.cart_of(world.user(), (goods, 1)).lines.get()
    goods.price = 12_000
    goods.save()
    with pytest.raises(Refused) as refusal:
        accept_price(line.cart_id, line.pk, 11_000)
    assert refusal.value.extra["lines"] == [{"sku": goods.sku, "old": 11_000, "new": 12_000}]
    line.refresh_from_db()
    assert line.price_seen == 10_000
    assert accept_price(line.cart_id, line.pk, 12_000).price_seen == 12_000


def test_a_quantity_stays_between_one_and_what_there_is() -> None:
    goods = world.variant(stock=3)
    line = world.cart_of(world.user(), (goods, 1)).lines.get()
    assert change_line(line.cart_id, line.pk, 3).quantity == 3
    with pytest.raises(InvalidInput):
        change_line(line.cart_id, line.pk, 0)
    with pytest.raises(Refused):
        change_line(line.cart_id, line.pk, 4)
    line.refresh_from_db()
    assert line.quantity == 3


def test_a_removed_line_can_be_put_back_and_is_gone_only_once() -> None:
    goods = world.variant()
    line = world.cart_of(world.user(), (goods, 2)).lines.get()
    assert remove_line(line.cart_id, line.pk) == (goods.sku, 2)
    assert remove_line(line.cart_id, line.pk) is None
    add_to_cart(line.cart_id, goods.sku, 2)
    assert CartLine.objects.get().quantity == 2


def test_a_strangers_line_does_not_exist() -> None:
    goods = world.variant()
    line = world.cart_of(world.user(), (goods, 2)).lines.get()
    other = world.cart_of(world.user())
    with pytest.raises(CartLine.DoesNotExist):
        change_line(other.pk, line.pk, 1)
    with pytest.raises(CartLine.DoesNotExist):
        accept_price(other.pk, line.pk, goods.price)
    assert remove_line(other.pk, line.pk) is None
    line.refresh_from_db()
    assert line.quantity == 2


def test_a_visitors_cart_pours_into_the_accounts_once() -> None:
    person, both, only = world.user(), world.variant(), world.variant()
    mine = world.cart_of(person, (both, 1))
    _theirs, token = world.visitor_cart(both, 2)
    add_to_cart(_theirs.pk, only.sku, 4)
    assert merge_carts(person.pk, token) == 2
    assert dict(mine.lines.values_list("variant__sku", "quantity")) == {both.sku: 3, only.sku: 4}
    assert merge_carts(person.pk, token) == 0
    assert Cart.objects.count() == 1
