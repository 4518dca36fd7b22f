"""Registering with a mailed code."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from pytest_django import Settings

from bebeli.accounts.forms import RegisterForm
from bebeli.accounts.models import Consent, User
from tests.accounts.people import PASSWORD, mailed_code, person

pytestmark = pytest.mark.django_db

FORM = {"name": "Siti Aminah", "email": "Siti@Example.com", "password1": PASSWORD, "terms": "on"}


def register(client: Client, **changes: str) -> Any:
    return client.post("/daftar/", {**FORM, **changes})


def test_the_code_proves_the_address_and_logs_in(client: Client) -> None:
    answer = register(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/daftar/kode/")
    user = User.objects.get()
    assert (user.email, user.name) == ("siti@example.com", "Siti Aminah")
    assert list(Consent.objects.values_list("user", "purpose", "given")) == [(user.pk, "terms", True)]
    assert mail.outbox[-1].to == ["siti@example.com"]
    assert "testserver" in str(mail.outbox[-1].body)
    assert client.get("/akun/").status_code == 302

    assert "siti@example.com" in client.get("/daftar/kode/").content.decode()
    answer = client.post("/daftar/kode/", {"code": mailed_code().lower()})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/akun/").status_code == 200
    assert EmailAddress.objects.get().verified


def test_where_one_wanted_to_go_survives_the_code(client: Client) -> None:
    register(client, next="/checkout/")
    assert client.post("/daftar/kode/", {"code": mailed_code()}).headers["Location"] == "/checkout/"


def test_a_wrong_code_says_so_and_the_third_ends_it(client: Client) -> None:
    register(client)
    right = mailed_code()
    for _try in range(2):
        answer = client.post("/daftar/kode/", {"code": "BBBB-BBBB"})
        assert answer.status_code == 200
        assert "Kode tidak cocok" in answer.content.decode()
    assert client.post("/daftar/kode/", {"code": "BBBB-BBBB"}).headers["Location"] == "/masuk/"
    assert client.post("/daftar/kode/", {"code": right}).headers["Location"] == "/masuk/"
    assert client.get("/akun/").status_code == 302
    assert not EmailAddress.objects.get().verified


def test_an_address_that_is_taken_looks_like_a_new_one(client: Client) -> None:
    person("siti@example.com")
    answer = register(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/daftar/kode/")
    page = client.get("/daftar/kode/").content.decode()
    assert "siti@example.com" in page
    assert User.objects.count() == 1
    assert not Consent.objects.exists()
    assert "sudah punya akun" in str(mail.outbox[-1].subject)
    assert client.post("/daftar/kode/", {"code": "BBBB-BBBB"}).status_code == 200
    assert client.get("/akun/").status_code == 302


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password1": "pendek"}, "12"),
        ({"password1": "password1234"}, "umum"),
        ({"terms": ""}, "Centang persetujuan"),
        ({"name": ""}, 'id="id_name_error"'),
        ({"email": "bukan surel"}, 'id="id_email_error"'),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_made(client: Client, changes: dict[str, str], words: str) -> None:
    answer = register(client, **changes)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not User.objects.exists()
    assert mail.outbox == []


def test_a_dead_mail_server_is_told_and_the_login_sends_the_code_later(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> int:
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        answer = register(client)
    assert answer.status_code == 503
    assert "Surel belum bisa dikirim" in answer.content.decode()
    assert client.post("/masuk/", {"login": "siti@example.com", "password": PASSWORD}).status_code == 302
    assert client.post("/daftar/kode/", {"code": mailed_code()}).status_code == 302
    assert client.get("/akun/").status_code == 200


def test_a_rival_with_the_same_address_leaves_one_account(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def rival_acts(_form: RegisterForm, value: str) -> str:
        person(value, "Rival")
        return value

    monkeypatch.setattr(RegisterForm, "validate_unique_email", rival_acts)
    answer = register(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/daftar/kode/")
    assert list(User.objects.values_list("name", flat=True)) == ["Rival"]
    assert not Consent.objects.exists()
    assert "sudah punya akun" in mail.outbox[-1].subject


def test_impatience_is_told_to_wait(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}
    cache.clear()
    assert register(client).status_code == 302
    again = register(Client())
    assert again.status_code == 429
    assert "Terlalu sering mencoba" in again.content.decode()
    entering = Client().post("/masuk/", {"login": "siti@example.com", "password": PASSWORD})
    assert "Terlalu sering mencoba" in entering.content.decode()
    assert client.post("/daftar/kode/", {"code": mailed_code()}).status_code == 302
    assert len(mail.outbox) == 1


def test_a_new_code_may_be_asked_for(client: Client, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
    register(client)
    before = mailed_code()
    assert "Kirim kode baru" in client.get("/daftar/kode/").content.decode()
    assert client.post("/daftar/kode/", {"action": "resend"}).headers["Location"] == "/daftar/kode/"
    assert mailed_code() != before
    assert client.post("/daftar/kode/", {"code": mailed_code()}).status_code == 302
    assert client.get("/akun/").status_code == 200
