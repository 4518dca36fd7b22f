"""A forgotten password, and a changed one."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from bebeli.accounts import tokens
from bebeli.accounts.models import ApiToken, User
from tests.accounts.people import PASSWORD, mailed_code, person, signed_in

pytestmark = pytest.mark.django_db

NEW = "otak-otak-bakar-enak"


def test_reset_by_code(client: Client) -> None:
    user = person()
    elsewhere = signed_in(user)
    tokens.issue(user)
    assert client.post("/akun/sandi/lupa/", {"email": user.email}).headers["Location"] == "/akun/sandi/kode/"
    assert client.get("/akun/sandi/baru/").headers["Location"] == "/akun/sandi/kode/"
    wrong = client.post("/akun/sandi/kode/", {"code": "BBBB-BBBB"})
    assert "Kode tidak cocok" in wrong.content.decode()
    assert client.post("/akun/sandi/kode/", {"code": mailed_code()}).headers["Location"] == "/akun/sandi/baru/"
    short = client.post("/akun/sandi/baru/", {"password1": "pendek", "password2": "pendek"})
    assert 'id="id_password1_error"' in short.content.decode()
    done = client.post("/akun/sandi/baru/", {"password1": NEW, "password2": NEW})
    assert done.headers["Location"] == "/akun/sandi/selesai/"
    assert client.get("/akun/sandi/selesai/").status_code == 200
    assert User.objects.get().check_password(NEW)
    assert elsewhere.get("/akun/").status_code == 302
    assert not ApiToken.objects.exists()
    assert "diganti" in mail.outbox[-1].subject


def test_an_unknown_address_gets_the_same_pages(client: Client) -> None:
    answer = client.post("/akun/sandi/lupa/", {"email": "budi@example.com"})
    assert answer.headers["Location"] == "/akun/sandi/kode/"
    assert client.get("/akun/sandi/kode/").status_code == 200
    assert client.post("/akun/sandi/kode/", {"code": "BBBB-BBBB"}).status_code == 200
    assert "belum punya akun" in mail.outbox[-1].subject


def test_a_change_ends_every_session_and_key() -> None:
    user = person()
    here, elsewhere = signed_in(user), signed_in(user)
    tokens.issue(user)
    assert here.get("/akun/sandi/").status_code == 200
    said = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/akun/sandi/", said).headers["Location"] == "/akun/"
    assert here.get("/akun/").status_code == 302
    assert elsewhere.get("/akun/").status_code == 302
    assert not ApiToken.objects.exists()
    assert Client().post("/masuk/", {"login": user.email, "password": NEW}).headers["Location"] == "/"


def test_the_old_password_is_asked() -> None:
    client = signed_in(person())
    answer = client.post("/akun/sandi/", {"oldpassword": "salah", "password1": NEW, "password2": NEW})
    assert 'id="id_oldpassword_error"' in answer.content.decode()
    assert User.objects.get().check_password(PASSWORD)


def test_an_account_without_a_password_sets_its_first() -> None:
    user = person()
    user.set_unusable_password()
    user.save()
    client = signed_in(user)
    assert client.get("/akun/sandi/").headers["Location"] == "/akun/sandi/pertama/"
    assert client.get("/akun/sandi/pertama/").status_code == 200
    assert client.post("/akun/sandi/pertama/", {"password1": NEW, "password2": NEW}).status_code == 302
    assert User.objects.get().check_password(NEW)
