"""Bulk data: the same for the same seed, in balance, never in production."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from bebeli.accounts.models import User
from bebeli.catalog.models import Product, Variant
from bebeli.catalog.search import Filters, find
from bebeli.kit import clock
from bebeli.orders import books
from bebeli.orders.models import Order
from bebeli.orders.models.ledger import Account
from bebeli.sellers.models import Seller
from demo.accounts import PASSWORD
from tests import world

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 11, 24, 5, tzinfo=UTC)
STATES = {"awaiting_payment", "paid", "processing", "shipped", "completed", "cancelled"}
SEEN = """
SELECT md5(string_agg(line, ';' ORDER BY line)) FROM (
    SELECT concat_ws('|', p.slug, p.price_from, p.in_stock, v.sku, v.price, v.on_hand, v.reserved) AS line
        FROM catalog_product p JOIN catalog_variant v ON v.product_id = p.id
    UNION ALL SELECT concat_ws('|', o.code, o.status, o.total, date_trunc('minute', o.placed_at)) FROM orders_order o
    UNION ALL SELECT concat_ws('|', email, name, phone) FROM accounts_user
    UNION ALL SELECT concat_ws('|', e.idem_key, p.amount) FROM orders_entry e JOIN orders_posting p ON p.entry_id = e.id
) AS lines
"""


@pytest.fixture(autouse=True)
def _as_in_the_demo(settings: Any, tmp_path: Any) -> None:
    """The tests run without DEBUG; and copy no pictures into the test run's media."""
    settings.DEBUG = True
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "p").mkdir()


def load(products: int = 60, sellers: int = 6, buyers: int = 8, orders: int = 60, seed: int = 7) -> str:
    out = StringIO()
    amounts = {"products": products, "sellers": sellers, "buyers": buyers, "orders": orders}
    call_command("seed_load", **amounts, seed=seed, stdout=out)
    return out.getvalue()


def digest(seed: int) -> str:
    """Load, look, forget."""
    with clock.standing_at(MOMENT), transaction.atomic():
        load(seed=seed)
        with connection.cursor() as cursor:
            cursor.execute(SEEN)
            seen = str(cursor.fetchone()[0])
        transaction.set_rollback(True)
    return seen


def test_the_same_seed_gives_the_same_data_and_another_seed_others() -> None:
    assert digest(7) == digest(7)
    assert digest(7) != digest(8)


def test_the_books_balance_and_every_state_is_there() -> None:
    said = load(orders=120)

    assert books.check() == []
    assert set(Order.objects.values_list("status", flat=True)) == STATES
    assert (User.objects.count(), Seller.objects.count()) == (14, 6)
    assert (Product.objects.count(), Order.objects.count()) == (60, 120)
    assert Account.objects.filter(kind="seller_payable", balance__lt=0).exists()
    assert "produk" in said
    assert "pesanan" in said


def test_the_shelf_says_what_the_variants_say() -> None:
    load()

    for product in Product.objects.prefetch_related("variants"):
        variants = list(product.variants.all())
        assert product.price_from == min(variant.price for variant in variants)
        assert product.in_stock == any(variant.available > 0 for variant in variants)
    assert Variant.objects.filter(reserved__gt=0).exists()
    assert Product.objects.filter(popularity__gt=0, standing__sold__gt=0).exists()


def test_products_are_found_by_their_words() -> None:
    load()
    product = Product.objects.latest("pk")

    found = find(Filters(q=product.name_id))

    assert product in found.queryset
    assert not found.is_guess


def test_a_second_run_goes_on_behind_the_first() -> None:
    load()
    load(seed=7)
    load(products=10, sellers=0, buyers=0, orders=10, seed=9)

    assert books.check() == []
    assert User.objects.filter(email="beban00016@example.com").exists()
    assert User.objects.filter(email="muat00012@example.com").exists()
    assert (Product.objects.count(), Order.objects.count()) == (130, 130)


def test_it_stands_beside_what_is_there_already() -> None:
    world.placed(world.user(), (world.variant(), 2))

    load()

    assert books.check() == []


def test_a_loaded_buyer_and_a_loaded_maker_can_log_in() -> None:
    load()
    for email in ("beban00001@example.com", "muat00001@example.com"):
        client = Client()
        answer = client.post("/masuk/", {"login": email, "password": PASSWORD})
        assert answer.status_code == 302
        assert client.session["_auth_user_id"] == str(User.objects.get(email=email).pk)


def test_it_is_refused_when_debug_is_off(settings: Any) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG is off"):
        load()

    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ({"sellers": 0}, "Products need --sellers"),
        ({"buyers": 0}, "orders need --buyers"),
        ({"products": 0}, "orders need --sellers and --products"),
        ({"orders": -1}, "--orders must not be negative"),
        ({"products": 1, "orders": 5000}, "Not enough stock"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(amounts: dict[str, int], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        load(**amounts)

    assert not User.objects.exists()
