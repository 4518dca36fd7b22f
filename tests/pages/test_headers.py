"""What every answer carries, whatever kind it is; which cookies there are, and where they are not."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.views.defaults import server_error

from bebeli.kit import csp
from tests import world
from tests.pages.actors import PICTURE

pytestmark = pytest.mark.django_db

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": csp.PERMISSIONS,
}
DIRECTIVES = (
    "default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'",
)  # fmt: skip
PUBLIC = ("/", "/kategori/", "/toko/", "/cari/?q=barang", "/en/")


def carried(response: Any) -> None:
    """Assert the headers of one answer."""
    policy = response.headers["Content-Security-Policy"]
    assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS
    assert all(words in policy for words in DIRECTIVES)
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/tidak-ada/", 404),
        ("/akun/", 302),
        ("/keranjang", 301),
        ("/tidak-ada.txt", 301),
        ("/keranjang/tambah/", 405),
        ("/static/js/app.js", 200),
        (f"/media/{PICTURE}", 200),
        ("/media/p/00/" + "0" * 32 + "-480.webp", 404),
        ("/api/v1/categories/", 200),
        ("/api/v1/cart/", 401),
        ("/api/v1/nowhere/", 404),
        ("/api/v1/schema/", 200),
        ("/health/live", 200),
        ("/admin/", 302),
    ],
)
def test_every_answer_carries_them(path: str, status: int, settings: Any) -> None:
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    if not default_storage.exists(PICTURE):
        default_storage.save(PICTURE, ContentFile(b"RIFF"))
    response = Client().get(path)
    if response.streaming:
        b"".join(response)
    assert response.status_code == status
    carried(response)


def test_a_form_without_its_token_is_forbidden_in_our_look() -> None:
    response = Client(enforce_csrf_checks=True).post("/masuk/", {})
    assert response.status_code == 403
    assert b"batik" in response.content
    carried(response)


def test_too_many_tries_are_refused_in_our_look(settings: Any) -> None:
    settings.RATE_LIMITS = True
    answers = [Client().post("/masuk/", {"login": "a@example.com", "password": "x"}) for _try in range(11)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    carried(answers[-1])


def test_a_lost_database_is_an_answer_without_a_query(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    def lost(*_anything: object) -> None:
        raise OperationalError

    monkeypatch.setattr("bebeli.pages.front.of_today", lost)
    with django_assert_num_queries(0):
        response = Client().get("/")
    assert (response.status_code, int(response.headers["Retry-After"])) == (503, 5)
    carried(response)


def test_a_fault_is_an_answer_without_a_query(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    def broken(*_anything: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bebeli.pages.front.of_today", broken)
    with django_assert_num_queries(0):
        response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert b"batik" in response.content
    carried(response)


def test_the_page_of_a_fault_needs_nothing(django_assert_num_queries: Any) -> None:
    request: HttpRequest = RequestFactory().get("/")
    with django_assert_num_queries(0):
        assert b"BEBELI" in server_error(request).content


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_set_no_cookie(path: str) -> None:
    response = Client().get(path)
    assert (response.status_code, dict(response.cookies)) == (200, {})


def test_cookies_are_kept_from_scripts_and_strangers() -> None:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    client.get("/masuk/")
    client.post("/keranjang/tambah/", {"sku": world.variant().sku, "jumlah": "1"})
    client.force_login(world.user())
    assert set(client.cookies) >= {"csrf", "keranjang", "sesi"}
    for name in ("csrf", "keranjang", "sesi"):
        assert (client.cookies[name]["httponly"], client.cookies[name]["samesite"]) == (True, "Lax"), name


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil"]
)
def test_next_leads_to_our_own_pages_only(away: str) -> None:
    person = world.user()
    response = Client().post("/masuk/?next=" + away, {"login": person.email, "password": world.PASSWORD, "next": away})
    assert (response.status_code, response.headers["Location"]) == (302, "/")
