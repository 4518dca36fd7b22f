"""In and out."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client
from pytest_django.fixtures import Settings

from bebeli.accounts import login_steps
from bebeli.accounts.models import User
from bebeli.kit.errors import Busy
from tests.accounts.people import PASSWORD, person

pytestmark = pytest.mark.django_db

RIGHT = {"login": "Siti@Example.com", "password": PASSWORD}


def test_in_and_out(client: Client) -> None:
    person()
    assert client.post("/masuk/", RIGHT).headers["Location"] == "/"
    assert client.get("/akun/").status_code == 200
    assert client.get("/keluar/").status_code == 200
    assert client.get("/akun/").status_code == 200
    assert client.post("/keluar/").headers["Location"] == "/"
    assert client.get("/akun/").headers["Location"] == "/masuk/?next=/akun/"


def test_the_session_is_a_new_one(client: Client) -> None:
    person()
    client.session.save()
    before = client.cookies["sesi"].value if "sesi" in client.cookies else ""
    client.post("/masuk/", RIGHT)
    assert client.cookies["sesi"].value != before


def test_unknown_and_wrong_get_the_same_answer(client: Client) -> None:
    person()
    wrong = client.post("/masuk/", {**RIGHT, "password": "salah-salah-salah"})
    unknown = client.post("/masuk/", {"login": "budi@example.com", "password": "salah-salah-salah"})
    for answer in (wrong, unknown):
        assert answer.status_code == 200
        assert "Surel atau kata sandi tidak cocok" in answer.content.decode()


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/checkout/", "/checkout/"),
        ("/akun/alamat/?x=1", "/akun/alamat/?x=1"),
        ("https://example.org/", "/"),
        ("//example.org/", "/"),
        ("/\\example.org/", "/"),
        ("http://testserver/akun/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_next_leads_to_own_paths_only(client: Client, wanted: str, reached: str) -> None:
    person()
    assert client.post("/masuk/", {**RIGHT, "next": wanted}).headers["Location"] == reached
    client.logout()
    assert client.post(f"/masuk/?next={wanted}", RIGHT).headers["Location"] in {reached, "/"}


def test_an_account_that_was_closed_stays_out(client: Client) -> None:
    User.objects.filter(pk=person().pk).update(is_active=False)
    assert client.post("/masuk/", RIGHT).headers["Location"] == "/akun/tidak-aktif/"
    assert client.get("/akun/tidak-aktif/").status_code == 200
    assert client.get("/akun/").status_code == 302


def test_steps_of_other_rooms_run_and_a_refused_one_lets_the_rest_pass(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def busy(_request: HttpRequest, _user: User) -> None:
        raise Busy

    def note(_request: HttpRequest, user: User) -> None:
        seen.append(user.pk)

    monkeypatch.setattr(login_steps, "_steps", [busy, note])
    user = person()
    assert client.post("/masuk/", RIGHT).status_code == 302
    assert seen == [user.pk]


def test_too_many_tries_wait(client: Client, settings: Settings) -> None:
    settings.RATE_LIMITS = True
    cache.clear()
    answers = [client.post("/masuk/", {"login": "siti@example.com", "password": "salah"}) for _try in range(11)]
    assert [answer.status_code for answer in answers[:10]] == [200] * 10
    assert answers[10].status_code == 429
    assert int(answers[10].headers["Retry-After"]) > 0
    other = client.post("/masuk/", {"login": "budi@example.com", "password": "salah"})
    assert other.status_code == 200
