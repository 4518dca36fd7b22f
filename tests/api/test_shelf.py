"""The shelf, for everybody."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bebeli.catalog.models import Product, Variant
from bebeli.kit.paging import encode
from tests import world
from tests.api.conftest import Api, problem


def test_product_in_a_list(guest: Api) -> None:
    made = world.variant(price=12_000, name="Kerupuk Ikan", cover="ab" * 16)
    (row,) = guest.get("products/").json()["results"]
    assert row == {
        "slug": made.product.slug,
        "name": "Kerupuk Ikan",
        "price_from": 12_000,
        "in_stock": True,
        "image": f"/media/p/ab/{'ab' * 16}-480.webp",
        "rating": {"average": None, "count": 0},
        "seller": {
            "slug": made.product.seller.slug,
            "name": made.product.seller.name,
            "district": made.product.seller.district.name,
        },
        "category": {"slug": "keripik", "name": "Keripik"},
    }


def test_product_detail_carries_its_variants(guest: Api) -> None:
    made = world.variant(price=12_000, stock=7)
    body = guest.get(f"products/{made.product.slug}/").json()
    assert body["variants"] == [{"sku": made.sku, "label": "", "options": {}, "price": 12_000, "available": 7, "weight_g": 500}]
    problem(guest.get("products/tidak-ada/"), 404, "not_found")


def test_drafts_and_closed_stalls_are_not_there(guest: Api) -> None:
    draft, closed = world.variant(), world.variant(world.seller(status="suspended"))
    Product.objects.filter(pk=draft.product_id).update(status="draft")
    assert guest.get("products/").json()["results"] == []
    for made in (draft, closed):
        problem(guest.get(f"products/{made.product.slug}/"), 404, "not_found")
    problem(guest.get(f"sellers/{closed.product.seller.slug}/"), 404, "not_found")


def test_filters_and_order(guest: Api) -> None:
    cheap = world.variant(price=1_000, name="Keripik Singkong")
    dear = world.variant(price=9_000, name="Dodol Durian", stock=0)

    def slugs(query: str) -> list[str]:
        return [row["slug"] for row in guest.get(f"products/?{query}").json()["results"]]

    assert slugs("ordering=price") == [cheap.product.slug, dear.product.slug]
    assert slugs("ordering=-price") == [dear.product.slug, cheap.product.slug]
    assert slugs("search=dodol") == [dear.product.slug]
    assert slugs("min_price=2000") == [dear.product.slug]
    assert slugs("max_price=2000") == [cheap.product.slug]
    assert slugs("in_stock=true") == [cheap.product.slug]
    assert slugs(f"seller={cheap.product.seller.slug}") == [cheap.product.slug]
    assert slugs("category=keripik&ordering=price") == [cheap.product.slug, dear.product.slug]
    assert slugs("category=lain") == []
    assert slugs("district=32.16.09&ordering=price&page_size=1") == [cheap.product.slug]


def test_walking_by_cursor_there_and_back(guest: Api) -> None:
    stall = world.seller()
    made = [world.variant(stall, price=price).product.slug for price in (1000, 2000, 3000, 4000, 5000)]
    first = guest.get("products/?ordering=price&page_size=2").json()
    assert first["previous"] is None
    second = guest.get(first["next"].removeprefix("http://testserver")).json()
    third = guest.get(second["next"].removeprefix("http://testserver")).json()
    assert [row["slug"] for page in (first, second, third) for row in page["results"]] == made
    assert third["next"] is None
    assert guest.get(third["previous"].removeprefix("http://testserver")).json()["results"] == second["results"]


def test_garbage_cursor_gives_the_first_page(guest: Api) -> None:
    world.variant()
    forged = encode("n", ["besok", 1])
    assert len(guest.get(f"products/?ordering=newest&cursor={forged}").json()["results"]) == 1


def queries(guest: Api, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert guest.get(path).status_code == 200
    return len(seen)


def test_lists_ask_the_same_for_one_row_and_for_twenty(guest: Api, api: Any) -> None:
    stall = world.seller()
    maker = api(stall.members.get().user)
    first = world.variant(stall)
    public = ("products/", "sellers/", "categories/", f"products/{first.product.slug}/")
    maker.get("cart/")  # the token's first use is noted
    before = {path: queries(guest, path) for path in public}
    before["own"] = queries(maker, "seller/products/")
    for _number in range(19):
        world.variant(stall)
        world.seller()
        Variant.objects.create(product=first.product, sku=f"X-{_number}", price=1000, options={"Rasa": str(_number)})
    after = {path: queries(guest, path) for path in public}
    after["own"] = queries(maker, "seller/products/")
    assert after == before
    assert before == {
        "products/": 1,
        "sellers/": 1,
        "categories/": 1,
        f"products/{first.product.slug}/": 4,
        "own": 3,
    }


def test_sellers_and_regions_and_categories(guest: Api) -> None:
    stall = world.seller(story_id="Sejak 1998.")
    assert [row["slug"] for row in guest.get("sellers/?district=32.16.09").json()["results"]] == [stall.slug]
    assert guest.get("sellers/?district=32.16.01").json()["results"] == []
    assert guest.get(f"sellers/{stall.slug}/").json()["story"] == "Sejak 1998."
    provinces = guest.get("regions/").json()["results"]
    assert {"code": "32", "level": "province"}.items() <= next(r for r in provinces if r["code"] == "32").items()
    assert len(guest.get("regions/?parent=32.16").json()["results"]) == 23
    assert guest.get("regions/?parent=zz").json() == {"results": [], "next": None, "previous": None}
    world.category()
    assert guest.get("categories/").json()["results"] == [{"slug": "keripik", "name": "Keripik", "parent": None}]


def test_a_public_list_is_made_once_a_second_and_each_address_is_its_own(guest: Api, settings: Any) -> None:
    settings.TESTING = False
    made = world.variant()
    first = guest.get("products/")
    made.product.status = Product.Status.ARCHIVED
    made.product.save()

    again, other = guest.get("products/"), guest.get("products/?page_size=5")

    assert again.headers["X-Page"] == "kept"
    assert again.json() == first.json()
    assert "X-Page" not in other.headers
    assert other.json()["results"] == []


def test_a_refusal_is_never_kept(guest: Api, settings: Any) -> None:
    settings.TESTING = False
    for _time in range(2):
        assert "X-Page" not in guest.get("products/?min_price=x").headers
