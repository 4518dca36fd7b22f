"""Search: words in any order, joined and split, synonyms, slips, makers and kecamatan, and what is said when it had to guess."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bebeli.catalog import search
from bebeli.catalog.actions.count_words import count_words
from bebeli.catalog.models import Product, Synonym, Word
from bebeli.catalog.search import Filters, Found
from bebeli.kit.paging import page
from bebeli.places.models import Region
from tests import world

pytestmark = pytest.mark.django_db
HOSTILE = [
    "'",
    "''",
    "a' | 'b",
    "!(:*)",
    "a & | !",
    "<->",
    "\\",
    "%_%",
    "\0",
    "a\0b",
    "😀",
    "😀 kopi",
    "x" * 10_000,
    "' OR 1=1 --",
    "ﬀ ² ①",
]


def names(found: Found) -> list[str]:
    return [row.name_id for row in page(found.queryset, found.order, "", 24).rows]


def find(text: str, **fields: Any) -> Found:
    return search.find(Filters(q=text, **fields))


def stall_in(folded: str, **fields: Any) -> Any:
    district = Region.objects.districts_of_bekasi().get(folded_name=folded)
    return world.seller(district_id=district.pk, village=district.children.all()[0], **fields)


def test_words_stand_in_any_order_and_filling_words_do_not_count() -> None:
    world.variant(name="Keripik Pisang Vakum")
    world.variant(name="Keripik Talas")
    assert names(find("pisang keripik")) == ["Keripik Pisang Vakum"]
    assert names(find("jual keripik yang pisang")) == ["Keripik Pisang Vakum"]


def test_joined_and_split_words_mean_the_same() -> None:
    world.variant(name="Otak-Otak Bandeng")
    world.variant(name="Biochar Sekam")
    for text in ("otakotak", "otak otak", "otak-otak", "OTAK OTAK", "bandeng otakotak"):
        assert names(find(text)) == ["Otak-Otak Bandeng"], text
    assert names(find("bio char")) == ["Biochar Sekam"]
    assert names(find("sekambiochar")) == ["Biochar Sekam"]


def test_accents_and_punctuation_do_not_matter() -> None:
    world.variant(name="Kopi Café d'Jawa")
    assert names(find("cafe")) == ["Kopi Café d'Jawa"]
    assert names(find("CAFÉ, kopi!")) == ["Kopi Café d'Jawa"]


def test_spellings_synonyms_and_english_names_are_a_table() -> None:
    world.variant(name="Kerudung Voal")
    world.variant(name="Keripik Tempe")
    world.variant(name="Sarung Tangan Rajut")
    for text in ("jilbab", "hijab voal"):
        assert names(find(text)) == ["Kerudung Voal"], text
    assert names(find("kripik tempe")) == ["Keripik Tempe"]
    assert names(find("glove")) == ["Sarung Tangan Rajut"]
    Synonym.objects.filter(words__contains="jilbab").update(is_active=False)
    assert names(find("jilbab")) == []


def test_an_operator_adds_a_synonym_in_the_admin(client: Client, settings: Any) -> None:
    settings.DEBUG = True  # where no second factor is asked for
    world.variant(name="Dodol Betawi")
    admin = get_user_model().objects.create_superuser(email="admin@example.com", password=world.PASSWORD)
    client.force_login(admin)
    assert names(find("jenang")) == []
    answer = client.post("/admin/catalog/synonym/add/", {"words": "dodol, Jenang", "is_active": "on"})
    assert answer.status_code == 302
    assert names(find("jenang")) == ["Dodol Betawi"]


@pytest.mark.parametrize("text", ["dodol", "dodol, DODOL", ", ,", ",".join(f"k{n}" for n in range(25)), "a b c d e, f"])
def test_a_synonym_needs_two_words_that_can_be_understood(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Synonym(words=text).full_clean()
    assert set(caught.value.message_dict) == {"words"}


def test_a_slip_is_mended_and_said() -> None:
    world.variant(name="Kopi Robusta")
    world.variant(name="Kopi Liberika")
    found = find("kopi robsta")
    assert (names(found), found.meant, found.is_corrected) == (["Kopi Robusta"], "kopi robusta", True)
    found = find("kpoi liberika")
    assert (names(found), found.meant) == (["Kopi Liberika"], "kopi liberika")


def test_the_beginning_of_a_word_is_not_a_slip() -> None:
    world.variant(name="Kopi Robusta")
    found = find("kopi robus")
    assert (names(found), found.meant, found.is_corrected) == (["Kopi Robusta"], "", False)


def test_a_slip_in_a_synonym_is_mended_too() -> None:
    world.variant(name="Kerudung Voal")
    assert names(find("jilbap")) == ["Kerudung Voal"]


def test_what_names_only_a_draft_is_no_suggestion() -> None:
    made = world.variant(name="Wajik Ketan")
    Product.objects.filter(pk=made.product_id).update(status="draft")
    count_words()
    assert not Word.objects.filter(pk="wajik").exists()
    assert find("wajikk").meant == ""


def test_counting_knows_how_often_a_word_is_used_and_forgets_the_rest() -> None:
    world.variant(name="Dodol Betawi")
    made = world.variant(name="Dodol Durian", stock=3)
    Word.objects.create(word="lama", written="lama", near=["lama"])
    Word.objects.filter(pk="durian").delete()
    count_words()
    assert Word.objects.get(pk="dodol").uses == 2
    near = {"durian", "urian", "drian", "duian", "duran", "durin", "duria"}
    assert set(Word.objects.get(pk="durian").near) == near
    assert not Word.objects.filter(pk="lama").exists()
    assert Word.objects.get(pk=made.product.seller.district.folded_name).written == made.product.seller.district.name.lower()


def test_kecamatan_and_makers_are_found_joined_or_split() -> None:
    world.variant(stall_in("karangbahagia", name="Rajut Ayu"), name="Karpet Bundar")
    world.variant(stall_in("cibitung", name="Sambal Wangsih"), name="Sambal Bawang")
    for text in ("karangbahagia", "karang bahagia", "kecamatan karang bahagia", "karangbahagya", "rajut ayu", "rajutayu"):
        assert names(find(text)) == ["Karpet Bundar"], text
    assert names(find("sambal cibitung")) == ["Sambal Bawang"]


def test_a_kecamatan_without_such_goods_shows_those_of_others_and_says_so() -> None:
    world.variant(stall_in("tambelang"), name="Selada Segar")
    world.variant(stall_in("cibarusah"), name="Kain Batik")
    found = find("batik tambelang")
    assert (names(found), found.elsewhere, found.is_guess) == (["Kain Batik"], "Tambelang", False)


def test_when_no_product_has_all_the_words_some_are_enough() -> None:
    world.variant(name="Tas Anyam")
    world.variant(name="Karpet Rajut")
    found = find("tas rajut zzqqxx")
    assert (sorted(names(found)), found.is_guess) == (["Karpet Rajut", "Tas Anyam"], True)


def test_the_typed_word_comes_before_what_means_the_same_and_names_before_texts() -> None:
    world.variant(name="Pashmina Sutra")
    world.variant(name="Kain Polos", description_id="cocok untuk kerudung")
    world.variant(name="Kerudung Voal")
    assert names(find("kerudung")) == ["Kerudung Voal", "Kain Polos", "Pashmina Sutra"]


def test_filters_and_orders_hold_for_words_too() -> None:
    world.variant(price=9_000, name="Kopi Robusta")
    world.variant(price=1_000, name="Kopi Liberika")
    assert names(find("kopi", ordering="price")) == ["Kopi Liberika", "Kopi Robusta"]
    assert names(find("kopi", ordering="-price")) == ["Kopi Robusta", "Kopi Liberika"]
    assert names(find("kopi", max_price=5_000)) == ["Kopi Liberika"]


@pytest.mark.parametrize("ordering", ["", "popular", "newest", "price", "-price"])
@pytest.mark.parametrize("text", ["kopi", "kppi", "kopi zzqqxx"])
def test_paging_shows_each_hit_once_also_after_a_guess(text: str, ordering: str) -> None:
    for number in range(7):
        world.variant(price=1_000 + number % 3, name=f"Kopi {number}")
    seen, cursor = [], ""
    while True:
        found = find(text, ordering=ordering)
        part = page(found.queryset, found.order, cursor, 3)
        seen += [row.pk for row in part.rows]
        cursor = part.next
        if not cursor:
            break
    assert len(seen) == 7
    assert len(set(seen)) == 7


@pytest.mark.parametrize(("text", "queries"), [("kopi", 4), ("kppi", 6)])
def test_as_many_queries_for_one_row_as_for_twenty(text: str, queries: int) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as made:
            assert names(find(text))
        return len(made)

    world.variant(name="Kopi 1")
    one = cost()
    for number in range(2, 21):
        world.variant(name=f"Kopi {number}")
    assert (one, cost()) == (queries, queries)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("door", ["/cari/", "/cari/saran/", "/api/v1/products/"])
def test_no_input_breaks_a_door(client: Client, door: str, text: str) -> None:
    world.variant(name="Kopi Robusta")
    answer = client.get(door, {"q": text, "search": text})
    assert answer.status_code in ({200, 422} if "api" in door else {200})


def test_the_api_understands_the_same(client: Client) -> None:
    made = world.variant(name="Keripik Tempe")
    world.variant(name="Kopi Robusta")
    for text in ("kripik tempe", "tempekeripik", "kerpik tempe"):
        rows = client.get("/api/v1/products/", {"search": text}).json()["results"]
        assert [row["slug"] for row in rows] == [made.product.slug], text
