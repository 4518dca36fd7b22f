"""Five hundred buyers for twenty pieces; carts in opposite order. Each with the guard taken off."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db.models import QuerySet

from bebeli.catalog import stock
from bebeli.catalog.models import Variant
from bebeli.kit.errors import Busy
from bebeli.kit.locks import Locks
from bebeli.orders import books
from bebeli.orders.actions import place as placing
from bebeli.orders.models import CartLine, OrderLine, Purchase
from tests import world
from tests.races.crowd import all_at_once, carts, guest, order
from tests.races.guards import without_constraint

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BUYERS, PIECES, CONNECTIONS = 500, 20, 50
BUSY_TRIES = 5
GONE = "Stoknya habis."


def rush(shop: str, goods: Variant, buyers: int, width: int) -> Counter[str]:
    """Everybody presses at once; returns how many ended on the payment, and what the others were told on which page."""
    tokens = carts(goods, buyers)
    slug = goods.product.seller.slug

    def buy(token: str) -> str:
        with guest(shop, token) as client:
            answer = order(client, slug, token)
            for _try in range(BUSY_TRIES):
                if answer.headers.get("Retry-After"):
                    answer = order(client, slug, token)
            if answer.headers.get("Location", "").startswith("/pembelian/"):
                return "pays"
            assert (answer.status_code, answer.headers["Location"]) == (302, "/keranjang/")
            page = client.get("/keranjang/")
            assert page.status_code == 200
            return "told" if GONE in page.text else page.text

    return Counter(all_at_once(buy, tokens, width))


def test_exactly_as_many_as_there_are_and_the_rest_are_told(shop: str) -> None:
    goods = world.variant(stock=PIECES)
    assert rush(shop, goods, BUYERS, CONNECTIONS) == {"pays": PIECES, "told": BUYERS - PIECES}
    goods.refresh_from_db()
    assert (goods.on_hand, goods.reserved) == (PIECES, PIECES)
    assert Purchase.objects.count() == PIECES
    assert books.check() == []


def test_without_the_guard_everybody_is_sold_what_is_not_there(shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    goods = world.variant(stock=2)
    unguarded = stock.RESERVE.replace("AND v.on_hand - v.reserved >= w.quantity", "")
    monkeypatch.setattr(stock, "RESERVE", unguarded)
    monkeypatch.setattr(placing, "refuse_problems", lambda _lines: None)
    monkeypatch.setattr("bebeli.orders.flows.checkout.refuse_problems", lambda _lines: None)
    with without_constraint(Variant, "catalog_variant_stock", reserved=0):
        assert rush(shop, goods, 8, 8) == {"pays": 8}
        goods.refresh_from_db()
        assert (goods.on_hand, goods.reserved) == (2, 8)
        assert OrderLine.objects.count() == 8


def place_both(first: Variant, second: Variant, rounds: int) -> list[str]:
    """Half of the buyers fill their carts one way round, half the other."""
    jobs = []
    for number in range(rounds):
        buyer = world.user()
        pair = (first, second) if number % 2 else (second, first)
        cart = world.cart_of(buyer, *((goods, 1) for goods in pair))
        jobs.append(world.wish_for(cart, buyer))

    def buy(job: tuple[object, object]) -> str:
        try:
            placing.place(*job)  # type: ignore[arg-type]
        except Busy as busy:
            cause = busy.__cause__
            return type(cause).__name__ + str(getattr(getattr(cause, "__cause__", None), "sqlstate", ""))
        return "placed"

    return all_at_once(buy, jobs, 12)


def test_carts_in_opposite_order_never_deadlock(shop: str) -> None:
    stall = world.seller()
    first, second = world.variant(stall, stock=100), world.variant(stall, stock=100)
    assert set(place_both(first, second, 36)) == {"placed"}
    assert books.check() == []


def test_locks_taken_out_of_order_deadlock(shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stall = world.seller()
    first, second = world.variant(stall, stock=200), world.variant(stall, stock=200)

    def as_they_come(_self: Locks, queryset: QuerySet[CartLine], model: type[Variant], _name: str) -> list[CartLine]:
        lines = list(queryset.order_by("pk"))
        for line in lines:
            model.objects.select_for_update(no_key=True).get(pk=line.variant_id)
        return lines

    monkeypatch.setattr(Locks, "joined", as_they_come)
    outcomes: set[str] = set()
    for _round in range(6):
        outcomes |= set(place_both(first, second, 24))
        if "OperationalError40P01" in outcomes:
            break
    assert "OperationalError40P01" in outcomes
