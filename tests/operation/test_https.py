"""Behind a proxy that speaks HTTPS: cookies that only this host gets, HSTS, and no word of the Host header in a mail."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from bebeli.notices.flows import send
from tests import world
from tests.pages.test_headers import carried
from tests.rules.sources import ROOT
from tests.rules.test_settings import PRODUCTION

pytestmark = pytest.mark.django_db

PROXY = "10.0.0.1"
OURS = "bebeli.example.com"
NAMES = (
    "BASE_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "SECURE_PROXY_SSL_HEADER", "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SESSION_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_HTTPONLY",
    "CSRF_TRUSTED_ORIGINS", "CART_COOKIE_NAME",
)  # fmt: skip
READ = "import json, runpy, sys; found = runpy.run_path(sys.argv[1]); print(json.dumps({n: found[n] for n in sys.argv[2:]}))"


@pytest.fixture(scope="module")
def production() -> dict[str, Any]:
    """The security settings as the settings file makes them for a server."""
    done = subprocess.run(
        [sys.executable, "-c", READ, "bebeli/settings.py", *NAMES],
        cwd=ROOT,
        env={**PRODUCTION, "TRUSTED_PROXIES": PROXY, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


@pytest.fixture
def browser(settings: Any, production: dict[str, Any]) -> Client:
    """A browser whose requests come through the proxy over HTTPS."""
    for name, value in production.items():
        setattr(settings, name, tuple(value) if name == "SECURE_PROXY_SSL_HEADER" else value)
    return Client(headers={"X-Forwarded-Proto": "https", "Host": OURS, "Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR=PROXY)


def test_every_cookie_is_for_this_host_alone(browser: Client) -> None:
    person, goods = world.user(), world.variant()
    browser.get("/masuk/")
    browser.post("/keranjang/tambah/", {"sku": goods.sku, "jumlah": "1"})
    answer = browser.post("/masuk/", {"login": person.email, "password": world.PASSWORD})
    browser.post("/bahasa/", {"language": "en", "next": "/"})
    assert answer.status_code == 302
    cookies = browser.cookies
    assert set(cookies) >= {"__Host-csrf", "__Host-keranjang", "__Host-sesi", "bahasa"}
    for name, cookie in cookies.items():
        said = (bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"], cookie["path"], cookie["domain"])
        assert said == (True, True, "Lax", "/", ""), name


def test_the_cart_is_found_again_by_its_cookie(browser: Client) -> None:
    goods = world.variant(name="Keripik yang dicari")
    browser.post("/keranjang/tambah/", {"sku": goods.sku, "jumlah": "2"})
    assert "Keripik yang dicari" in browser.get("/keranjang/").content.decode()


def test_browsers_are_told_to_stay_with_https(browser: Client) -> None:
    answer = browser.get("/")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    carried(answer)
    plain = Client(headers={"Host": OURS}).get("/")
    assert "Strict-Transport-Security" not in plain.headers


@pytest.mark.parametrize(
    ("path", "method"), [("/", "get"), ("/masuk/", "get"), ("/akun/sandi/lupa/", "post"), ("/daftar/", "post")]
)
def test_another_host_is_refused(browser: Client, path: str, method: str) -> None:
    person = world.user()
    answer = getattr(browser, method)(path, {"email": person.email}, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.content
    assert mail.outbox == []


def test_a_forwarded_host_counts_for_nothing(browser: Client) -> None:
    answer = browser.get("/masuk/", headers={"X-Forwarded-Host": "evil.example"})
    page = answer.content.decode()
    assert (answer.status_code, "evil.example" in page) == (200, False)


def test_links_in_mail_come_from_the_base_address(browser: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = [OURS, "www.bebeli.example.com"]
    other = {"Host": "www.bebeli.example.com"}
    known = world.user("dikenal@example.com")
    form = {"name": "Siti", "email": known.email, "password1": "rahasia-panjang-sekali", "terms": "on"}
    assert browser.post("/daftar/", form, headers=other).status_code == 302
    browser.post("/akun/sandi/lupa/", {"email": "tak-dikenal@example.com"}, headers=other)
    purchase = world.placed(world.user(), (world.variant(), 1))
    send.send_due(purchase.code)
    letters = [str(letter.body) for letter in mail.outbox]
    assert len(letters) >= 3
    assert all("www.bebeli.example.com" not in body for body in letters)
    assert all(f"https://{OURS}/" in body for body in letters)
