"""A second factor by an app, with spare codes."""

from __future__ import annotations

import pytest
from allauth.mfa import models
from allauth.mfa.totp.internal import auth
from django.test import Client

from tests.accounts.people import PASSWORD, person

pytestmark = pytest.mark.django_db


def code_of(secret: str) -> str:
    counter = next(iter(auth.yield_hotp_counters_from_time()))
    return str(auth.format_hotp_value(auth.hotp_value(secret, counter)))


def test_the_app_is_asked_at_the_next_login_and_a_spare_code_counts_once(client: Client) -> None:
    user = person()
    said = {"login": user.email, "password": PASSWORD}
    client.post("/masuk/", said)
    assert client.get("/akun/kode/").status_code == 200
    again = client.get("/akun/kode/pasang/").headers["Location"]
    assert again.startswith("/akun/ulang-masuk/?next=")
    assert "Kata sandi tidak cocok" in client.post(again, {"password": "salah"}).content.decode()
    assert client.post(again, {"password": PASSWORD}).headers["Location"] == "/akun/kode/pasang/"
    page = client.get("/akun/kode/pasang/")
    secret = page.context["form"].secret
    assert client.post("/akun/kode/pasang/", {"code": "000000x"}).status_code == 200
    done = client.post("/akun/kode/pasang/", {"code": code_of(secret)})
    assert done.headers["Location"] == "/akun/kode/cadangan/"
    spare = client.get("/akun/kode/cadangan/").context["unused_codes"]
    assert len(spare) == 10
    assert secret not in str(list(models.Authenticator.objects.values_list("data", flat=True)))

    other = Client()
    assert other.post("/masuk/", {**said, "next": "/akun/alamat/"}).headers["Location"] == "/masuk/kode/"
    assert other.get("/akun/").status_code == 302
    assert "Kode tidak cocok" in other.post("/masuk/kode/", {"code": "12"}).content.decode()
    assert other.post("/masuk/kode/", {"code": spare[0]}).headers["Location"] == "/akun/alamat/"
    assert other.get("/akun/kode/").status_code == 200
    third = Client()
    third.post("/masuk/", said)
    assert third.post("/masuk/kode/", {"code": spare[0]}).status_code == 200
    assert third.get("/akun/").status_code == 302

    assert client.get("/akun/kode/lepas/").status_code == 200
    assert client.post("/akun/kode/lepas/").headers["Location"] == "/akun/kode/"
    assert not models.Authenticator.objects.exists()
