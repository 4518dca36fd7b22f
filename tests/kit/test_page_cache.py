"""A public page is made once for everybody, in all processes, and is never older than its second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from bebeli.kit import page_cache
from bebeli.kit.language import chosen
from bebeli.kit.page_cache import PageCacheMiddleware

ADDRESS = "/kategori/"  # any page that is kept
MANY = 40
SHARED = LocMemCache("pages", {})


class Kitchen:
    """Makes pages slowly and counts them."""

    def __init__(self) -> None:
        self.made = 0
        self._lock = threading.Lock()

    def __call__(self, _request: HttpRequest) -> HttpResponse:
        """Make one."""
        with self._lock:
            self.made += 1
            number = self.made
        time.sleep(0.2)
        response = HttpResponse(f"page {number}")
        response.is_for_everybody = True  # type: ignore[attr-defined]
        return response


@pytest.fixture
def kitchen(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Kitchen:
    """Keep pages as in production, for a minute; other processes are reached through a cache that never lags."""
    settings.TESTING = False
    SHARED.clear()
    monkeypatch.setattr(page_cache, "cache", SHARED)
    monkeypatch.setattr(page_cache, "SECONDS", 60.0)
    return Kitchen()


def at_once(ask: Callable[[], bytes]) -> set[bytes]:
    with ThreadPoolExecutor(MANY) as crowd:
        return set(crowd.map(lambda _number: ask(), range(MANY)))


def test_a_cold_page_is_made_once(kitchen: Kitchen) -> None:
    shop = PageCacheMiddleware(kitchen)
    assert at_once(lambda: shop(RequestFactory().get(ADDRESS)).content) == {b"page 1"}
    assert kitchen.made == 1


def test_without_the_lock_it_is_made_many_times(kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PageCacheMiddleware, "_made_once", PageCacheMiddleware._make)
    shop = PageCacheMiddleware(kitchen)
    at_once(lambda: shop(RequestFactory().get(ADDRESS)).content)
    assert kitchen.made > 1


def test_another_process_is_handed_the_copy(kitchen: Kitchen) -> None:
    shop = PageCacheMiddleware(kitchen)
    first = shop(RequestFactory().get(ADDRESS))
    page_cache.forget()  # as a process that never saw it
    second = shop(RequestFactory().get(ADDRESS))
    assert (first.content, second.content, kitchen.made) == (b"page 1", b"page 1", 1)
    assert second.headers["X-Page"] == "kept"


def test_a_process_waits_while_another_one_makes_it(kitchen: Kitchen) -> None:
    request = RequestFactory().get(ADDRESS)
    key = f"{chosen(request)} {request.get_host()}{ADDRESS}"
    SHARED.set(page_cache.shared_key("making", key), 1, 5)

    def finish() -> None:
        SHARED.set(page_cache.shared_key("page", key), (time.time() + 60, b"theirs", {}), 60)

    timer = threading.Timer(0.1, finish)
    timer.start()
    assert PageCacheMiddleware(kitchen)(request).content == b"theirs"
    assert kitchen.made == 0
    timer.join()


def test_while_the_shared_cache_is_away_each_process_makes_its_own(kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "cache", Away())
    shop = PageCacheMiddleware(kitchen)
    assert at_once(lambda: shop(RequestFactory().get(ADDRESS)).content) == {b"page 1"}
    page_cache.forget()
    assert shop(RequestFactory().get(ADDRESS)).content == b"page 2"


class Away:
    """A cache that fails open, as ours does."""

    def get(self, _key: str) -> None:
        """Know nothing."""

    def add(self, *_values: Any) -> bool:
        """Say yes."""
        return True

    def set(self, *_values: Any) -> None:
        """Keep nothing."""

    def delete(self, _key: str) -> None:
        """Forget nothing."""


def test_what_is_old_is_made_again(kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "SECONDS", 0.3)
    shop = PageCacheMiddleware(kitchen)
    assert shop(RequestFactory().get(ADDRESS)).content == b"page 1"
    time.sleep(0.35)
    assert shop(RequestFactory().get(ADDRESS)).content == b"page 2"


def test_other_pages_are_never_waited_for(kitchen: Kitchen) -> None:
    shop = PageCacheMiddleware(kitchen)
    at_once(lambda: shop(RequestFactory().get("/masuk/")).content)
    assert kitchen.made == MANY
