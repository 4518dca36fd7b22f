"""The database goes away: every page says so with 503, also when it goes after the page was made."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from tests import world

PAGES = ("/", "/kategori/", "/cari/?q=keripik", "/keranjang/", "/checkout/", "/masuk/", "/akun/")


def gone(*_args: Any, **_more: Any) -> None:
    raise OperationalError


def test_every_page_says_that_we_are_away(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.force_login(world.user())
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "cursor", gone)
        for page in PAGES:
            answer = client.get(page)
            assert (page, answer.status_code, answer.headers["Retry-After"]) == (page, 503, "5")
            assert "Sedang terganggu sebentar" in answer.content.decode()


def test_a_form_without_its_token_is_no_fault(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(world.user())
    with monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "cursor", gone)
        assert client.post("/checkout/").status_code == 503
    assert client.post("/checkout/").status_code == 403


def test_a_session_that_cannot_be_saved_is_no_fault(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    person = world.user()
    client.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "save", gone)
    answer = client.post("/masuk/", {"login": person.email, "password": world.PASSWORD})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
