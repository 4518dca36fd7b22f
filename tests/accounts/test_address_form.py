"""The address form: each select below the one before, with and without JavaScript."""

from __future__ import annotations

import pytest
from django.test import Client

from bebeli.accounts.forms import AddressForm, followed, postal_code_of
from bebeli.accounts.models import Address
from tests.accounts.people import VILLAGE, person, signed_in

pytestmark = pytest.mark.django_db

OURS = {
    "recipient": "Siti Aminah",
    "phone": "0812-3456-7890",
    "province": "32",
    "regency": "32.16",
    "district": "32.16.09",
    "village": VILLAGE,
    "street": "Jalan Melati 5, RT 02/RW 03",
    "postal_code": "17530",
    "note": "",
}
ELSEWHERE = {**OURS, "regency": "32.75", "locality": "Jatiasih, Jatimekar", "postal_code": "17422"}


def codes(form: AddressForm, name: str) -> list[str]:
    return [code for code, _name in form.fields[name].choices if code]  # type: ignore[attr-defined]


def test_it_begins_in_our_regency() -> None:
    form = AddressForm()
    assert len(codes(form, "district")) == 23
    assert codes(form, "village") == []
    assert "locality" not in form.fields


def test_a_desa_of_ours() -> None:
    form = AddressForm(OURS)
    assert form.is_valid(), form.errors
    value = form.value()
    assert (value.region_code, value.phone, value.locality) == (VILLAGE, "+6281234567890", "")


def test_the_desa_brings_its_postal_code() -> None:
    form = AddressForm({**OURS, "postal_code": ""})
    assert form.is_valid(), form.errors
    assert form.value().postal_code == postal_code_of(VILLAGE) != ""


def test_a_city_elsewhere_with_words_below_it() -> None:
    form = AddressForm(ELSEWHERE)
    assert form.is_valid(), form.errors
    assert (form.value().region_code, form.value().locality) == ("32.75", "Jatiasih, Jatimekar")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({**OURS, "recipient": ""}, "recipient"),
        ({**OURS, "phone": "abc"}, "phone"),
        ({**OURS, "province": ""}, "province"),
        ({**OURS, "province": "99"}, "province"),
        ({**OURS, "regency": ""}, "regency"),
        ({**OURS, "province": "31"}, "regency"),
        ({**OURS, "district": ""}, "district"),
        ({**OURS, "village": ""}, "village"),
        ({**OURS, "village": "32.16.01.2001"}, "village"),
        ({**OURS, "village": "32.16.09.2001\0"}, "village"),
        ({**OURS, "street": "x"}, "street"),
        ({**OURS, "postal_code": "1753"}, "postal_code"),
        ({**OURS, "postal_code": "17530x"}, "postal_code"),
        ({**ELSEWHERE, "locality": ""}, "locality"),
        ({**ELSEWHERE, "postal_code": ""}, "postal_code"),
        ({**OURS, "note": "x" * 161}, "note"),
    ],
)
def test_errors_stand_at_their_field(said: dict[str, str], field: str) -> None:
    form = AddressForm(said)
    assert not form.is_valid()
    assert field in form.errors
    assert "__all__" not in form.errors


def test_asking_for_regions_shows_no_errors_and_forgets_what_left_its_parent() -> None:
    form = AddressForm({**OURS, "province": "31", "recipient": "", "hitung": "wilayah"})
    assert not form.is_bound
    assert (form.initial["province"], form.initial["regency"], form.initial["village"]) == ("31", "", "")
    assert all(code.startswith("31.") for code in codes(form, "regency"))
    assert followed({**OURS, "district": "32.16.01"})["village"] == ""
    assert followed({**OURS, "postal_code": "99999"})["postal_code"] == postal_code_of(VILLAGE)
    assert followed({**OURS, "regency": "32.75", "postal_code": postal_code_of(VILLAGE)})["postal_code"] == ""
    assert followed({**ELSEWHERE, "village": ""})["postal_code"] == "17422"


def test_a_form_that_was_never_drawn_is_fresh() -> None:
    assert not AddressForm({"alamat": "baru"}).is_bound


def test_the_page_without_javascript() -> None:
    client = signed_in(person())
    step = client.post("/akun/alamat/baru/", {"province": "32", "regency": "32.16", "hitung": "wilayah"})
    assert step.status_code == 200
    assert "32.16.09" in step.content.decode()
    assert "_error" not in step.content.decode()
    wrong = client.post("/akun/alamat/baru/", {**OURS, "street": ""})
    assert wrong.status_code == 422
    assert 'id="id_street_error"' in wrong.content.decode()
    assert not Address.objects.exists()
    assert client.post("/akun/alamat/baru/", {**OURS, "label": "Rumah"}).headers["Location"] == "/akun/alamat/"
    kept = Address.objects.get()
    assert (kept.label, kept.region_id, kept.is_default) == ("Rumah", VILLAGE, True)
    page = client.get(f"/akun/alamat/{kept.pk}/").content.decode()
    assert f'<option value="{VILLAGE}" selected>' in page
    assert client.post(f"/akun/alamat/{kept.pk}/", {**ELSEWHERE, "label": ""}).status_code == 302
    kept.refresh_from_db()
    assert (kept.region_id, kept.locality) == ("32.75", "Jatiasih, Jatimekar")


def test_the_part_that_htmx_draws_anew(client: Client) -> None:
    answer = client.post("/akun/alamat/isian/", {**OURS, "village": VILLAGE, "postal_code": ""})
    assert answer.status_code == 200
    assert f'value="{postal_code_of(VILLAGE)}"' in answer.content.decode()
    assert 'name="locality"' in client.post("/akun/alamat/isian/", ELSEWHERE).content.decode()
