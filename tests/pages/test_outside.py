"""What search engines, chat programs and phones read: sitemap, robots, structured data, share pictures, the offline page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from bebeli.catalog.models import Product
from bebeli.catalog.templatetags.structured import json_ld
from bebeli.catalog.views import sitemap
from tests import world

pytestmark = pytest.mark.django_db

PLACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def places(client: Client, address: str) -> list[str]:
    return [str(found.text) for found in ET.fromstring(client.get(address).content).iter(PLACE)]  # noqa: S314  our own


def test_the_sitemap_names_what_is_on_sale(client: Client, settings: Any) -> None:
    shown, hidden = world.variant().product, world.variant().product
    Product.objects.filter(pk=hidden.pk).update(status="draft")
    index = places(client, "/sitemap.xml")
    assert f"{settings.BASE_URL}/sitemap-halaman.xml" in index
    named = [place for file in index for place in places(client, file.removeprefix(settings.BASE_URL))]
    assert f"{settings.BASE_URL}/produk/{shown.slug}/" in named
    assert f"{settings.BASE_URL}/produk/{hidden.slug}/" not in named
    assert f"{settings.BASE_URL}/toko/{shown.seller.slug}/" in named


def test_the_sitemap_is_cut_by_ranges_of_ids(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "A_FILE", 2)
    goods = [world.variant().product for _number in range(7)]
    Product.objects.filter(pk__in=[product.pk for product in goods[1:5]]).update(status="draft")  # a file of none on sale
    goods = [goods[0], *goods[5:]]
    files = places(client, "/sitemap.xml")
    named = [place for file in files for place in places(client, "/" + file.partition("//")[2].partition("/")[2])]
    assert {place.rstrip("/").rpartition("/")[2] for place in named} >= {product.slug for product in goods}
    assert client.get("/sitemap-produk-999999.xml").status_code == 404


def test_a_product_says_its_offers(client: Client, settings: Any) -> None:
    goods = world.variant(price=31_000, name="Keripik </script> & 'Ujicoba'")
    page = client.get(f"/produk/{goods.product.slug}/").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    data = json.loads(block[1])
    assert data["name"] == "Keripik </script> & 'Ujicoba'"
    assert (data["offers"][0]["price"], data["offers"][0]["priceCurrency"]) == (31_000, "IDR")
    assert data["offers"][0]["url"].startswith(settings.BASE_URL)


def test_nothing_in_a_data_block_can_end_it() -> None:
    assert "</script" not in json_ld({"name": "</script><script>alert(1)</script>"})[:-9].lower()


def test_robots_lead_to_the_sitemap_and_away_from_what_is_private(client: Client, settings: Any) -> None:
    words = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in words
    assert "Disallow: /pembelian/" in words


def test_the_shop_can_be_installed_and_says_so_while_offline(client: Client) -> None:
    worker = client.get("/sw.js")
    assert (worker.status_code, worker["Content-Type"]) == (200, "text/javascript")
    for kept in re.findall(r'"(/[a-z/]*luring/)"', worker.content.decode()):
        assert client.get(kept).status_code == 200
    manifest = json.loads(Path(str(finders.find("img/manifest.webmanifest"))).read_text(encoding="utf-8"))
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in manifest["icons"])


@pytest.mark.parametrize("page", ["/bantuan/", "/privasi/", "/en/bantuan/"])
def test_words_have_pages(client: Client, page: str) -> None:
    assert client.get(page).status_code == 200
