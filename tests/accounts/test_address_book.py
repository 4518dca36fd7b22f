"""The verbs of the address book: own rows only, one usual address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from bebeli.accounts import book
from bebeli.accounts.actions.choose_default import choose_default
from bebeli.accounts.actions.remove_address import remove_address
from bebeli.accounts.actions.restore_address import restore_address
from bebeli.accounts.actions.save_address import save_address
from bebeli.accounts.models import Address
from bebeli.kit.errors import Busy, InvalidInput
from tests.accounts.people import VILLAGE, home, person, signed_in

pytestmark = pytest.mark.django_db

QUERIES = 7  # session, person, the shell's four, the book


def usual(user_id: int) -> list[int]:
    return [row.pk for row in Address.objects.of(user_id) if row.is_default]


def test_the_first_is_the_usual_one() -> None:
    user = person()
    first, second = save_address(user.pk, home(), "Rumah"), save_address(user.pk, home(), "Kantor")
    assert usual(user.pk) == [first.pk]
    assert (second.region_id, second.phone) == (VILLAGE, "+6281234567890")
    choose_default(user.pk, second.pk)
    assert usual(user.pk) == [second.pk]


def test_removing_passes_the_office_on_and_can_be_undone() -> None:
    user = person()
    first, second = save_address(user.pk, home()), save_address(user.pk, home())
    remove_address(user.pk, first.pk)
    remove_address(user.pk, first.pk)
    assert usual(user.pk) == [second.pk]
    restore_address(user.pk, first.pk)
    restore_address(user.pk, second.pk)
    assert usual(user.pk) == [second.pk]
    assert Address.objects.of(user.pk).count() == 2
    remove_address(user.pk, first.pk)
    remove_address(user.pk, second.pk)
    assert restore_address(user.pk, second.pk).is_default


@pytest.mark.parametrize(
    "verb",
    [
        lambda user_id, pk: save_address(user_id, home(street="Jalan Lain 9"), "", pk),
        remove_address,
        restore_address,
        choose_default,
    ],
)
def test_a_strangers_address_does_not_exist(verb: Callable[[int, int], Address]) -> None:
    owner, stranger = person(), person("budi@example.com")
    kept = save_address(owner.pk, home(), "Rumah")
    before = Address.objects.values().get()
    with pytest.raises(Address.DoesNotExist):
        verb(stranger.pk, kept.pk)
    assert Address.objects.values().get() == before


def test_a_strangers_pages_are_missing() -> None:
    kept = save_address(person().pk, home(), "Rumah")
    client = signed_in(person("budi@example.com"))
    assert client.get(f"/akun/alamat/{kept.pk}/").status_code == 404
    for verb in ("", "hapus/", "kembalikan/", "utama/"):
        assert client.post(f"/akun/alamat/{kept.pk}/{verb}").status_code == 404
    assert Address.objects.get().removed_at is None


def test_the_page_removes_and_brings_back() -> None:
    user = person()
    kept = save_address(user.pk, home(), "Rumah")
    client = signed_in(user)
    assert client.get(f"/akun/alamat/{kept.pk}/hapus/").status_code == 405
    client.post(f"/akun/alamat/{kept.pk}/hapus/")
    page = client.get("/akun/alamat/").content.decode()
    assert f"/akun/alamat/{kept.pk}/kembalikan/" in page
    client.post(f"/akun/alamat/{kept.pk}/kembalikan/")
    assert usual(user.pk) == [kept.pk]


def test_a_wrong_value_moves_nothing() -> None:
    user = person()
    with pytest.raises(InvalidInput) as refusal:
        save_address(user.pk, home(region_code="32.16"))
    assert refusal.value.field == "region"
    assert not Address.objects.exists()


def test_two_usual_addresses_are_refused() -> None:
    user = person()
    save_address(user.pk, home())
    other = save_address(user.pk, home())
    other.is_default = True
    with transaction.atomic(), pytest.raises(Busy):
        book.keep(other)


def test_the_list_asks_as_much_for_one_as_for_twenty(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = person()
    client = signed_in(user)
    save_address(user.pk, home())
    client.get("/akun/alamat/")
    for count in (1, 20):
        while Address.objects.count() < count:
            save_address(user.pk, home())
        with django_assert_num_queries(QUERIES):
            client.get("/akun/alamat/")
