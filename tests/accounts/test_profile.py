"""One's own profile, and the offices one holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from bebeli.accounts import allauth_urls, roles, urls
from bebeli.accounts.actions.choose_language import choose_language
from bebeli.accounts.models import Agency, Appointment, CivilServant, Company, CompanyMember, User
from bebeli.kit import clock
from tests.accounts.people import person, signed_in

pytestmark = pytest.mark.django_db


def test_it_is_saved_with_the_phone_in_one_form() -> None:
    client = signed_in(person())
    said = {"name": "Siti A.", "phone": "0812 3456 7890", "language": "id", "email": "x@example.com", "is_staff": "on"}
    assert client.post("/akun/", said).headers["Location"] == "/akun/"
    user = User.objects.get()
    assert (user.name, user.phone, user.email, user.is_staff) == (
        "Siti A.",
        "+6281234567890",
        "siti@example.com",
        False,
    )


def test_the_page_goes_on_in_the_language_that_was_chosen() -> None:
    client = signed_in(person())
    assert client.post("/akun/", {"name": "Siti", "phone": "", "language": "en"}).headers["Location"] == "/en/akun/"
    assert client.get("/en/akun/").status_code == 200


def test_a_wrong_phone_is_told_at_its_field() -> None:
    answer = signed_in(person()).post("/akun/", {"name": "Siti", "phone": "12", "language": "id"})
    assert answer.status_code == 422
    assert 'id="id_phone_error"' in answer.content.decode()
    assert User.objects.get().phone == ""


def test_strangers_are_led_to_the_login(client: Client) -> None:
    for name in ("profile", "addresses", "address_new", "password"):
        assert client.get(reverse(f"accounts:{name}")).headers["Location"].startswith("/masuk/?next=/akun/")


def test_offices_come_from_rows_and_end_by_date() -> None:
    user = person()
    assert not roles.is_finance(user.pk)
    Appointment.objects.create(user=user, role="finance", since=clock.now())
    assert roles.is_finance(user.pk)
    assert not roles.is_officer(user.pk)
    Appointment.objects.update(until=clock.now() + timedelta(hours=1))
    assert roles.is_finance(user.pk)
    with clock.moved(timedelta(hours=2)):
        assert not roles.is_finance(user.pk)


def test_servants_and_buyers_come_from_rows() -> None:
    user = person()
    assert not roles.is_civil_servant(user.pk)
    assert not roles.is_company_buyer(user.pk)
    agency = Agency.objects.create(code="uji", name="Dinas Uji", kind="dinas")
    CivilServant.objects.create(user=user, agency=agency)
    CompanyMember.objects.create(user=user, company=Company.objects.create(name="PT Uji"))
    assert roles.is_civil_servant(user.pk)
    assert roles.is_company_buyer(user.pk)
    assert "Dinas Uji" in signed_in(user).get("/akun/").content.decode()


def test_every_address_of_the_room_declares_who_may_enter() -> None:
    for pattern in (*urls.urlpatterns, *allauth_urls.urlpatterns):
        assert getattr(pattern.callback, "access", "") in {"public", "signed_in"}, pattern


def test_administrators_see_people_without_their_secrets() -> None:
    user = person()
    User.objects.update(is_staff=True, is_superuser=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    client = signed_in(user)
    for model in ("user", "agency", "appointment", "civilservant"):
        assert client.get(f"/admin/accounts/{model}/?q=siti").status_code == 200
    page = client.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()
    assert "argon2" not in page
    assert client.get("/admin/accounts/user/add/").status_code == 403


def test_choosing_a_language_is_kept_for_the_next_mail_and_page() -> None:
    reader = person()
    choose_language(reader.pk, "en")
    reader.refresh_from_db()
    assert reader.language == "en"
