"""Whole pages for visitors without cookies (a chosen language apart), kept for one second and made once.

A page is therefore never wrong for longer than a second after a change, and nothing has to be invalidated; a page
under two hundred requests at once is made by one of them while the others wait for it, also those in other processes:
each keeps its own copy, and the shared cache hands a copy over. While that is away each process makes its own.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, get_urlconf, resolve

from bebeli.kit import codes
from bebeli.kit.language import chosen

View = TypeVar("View", bound=Callable[..., HttpResponse])

Kept = tuple[float, bytes, dict[str, str]]  # until when by the wall clock, the page, its headers

SECONDS = 1.0
MOST_PAGES = 400
WAIT_SECONDS = 5.0
LOOK_SECONDS = 0.01
HEADERS = ("Content-Type", "Content-Security-Policy", "Content-Language")

_lock = threading.Lock()
_pages: OrderedDict[str, Kept] = OrderedDict()
_makers: dict[str, threading.Lock] = {}


def for_everybody(view: View) -> View:
    """Mark a page that is the same for every visitor without cookies but the chosen language's."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.is_for_everybody = True  # type: ignore[attr-defined]
        return response

    enter.is_for_everybody = True  # type: ignore[attr-defined]  # read before the page is made
    return cast("View", enter)


def forget() -> None:
    """Forget all pages."""
    with _lock:
        _pages.clear()


class PageCacheMiddleware:
    """Stands before sessions and the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        others = request.COOKIES.keys() - {settings.LANGUAGE_COOKIE_NAME}
        if request.method != "GET" or others or request.headers.get("HX-Request"):
            return self.get_response(request)
        key = f"{chosen(request)} {request.get_host()}{request.get_full_path()}"
        return _find(key) or self._made_once(request, key)

    def _made_once(self, request: HttpRequest, key: str) -> HttpResponse:
        if not _may_be_kept(request):
            return self.get_response(request)
        with _lock:
            maker = _makers.setdefault(key, threading.Lock())
        is_ours = maker.acquire(timeout=WAIT_SECONDS)
        try:
            return _find(key) or _handed_over(key) or self._make(request, key)
        finally:
            if is_ours:
                maker.release()
            with _lock:
                _makers.pop(key, None)

    def _make(self, request: HttpRequest, key: str) -> HttpResponse:
        try:
            response = self.get_response(request)
            _keep(key, response)
            return response
        finally:
            cache.delete(shared_key("making", key))


def _may_be_kept(request: HttpRequest) -> bool:
    """Tell whether the page behind an address is one of those; what is not is never waited for."""
    try:
        view = resolve(request.path_info, get_urlconf()).func
    except Resolver404:
        return False
    return bool(getattr(view, "is_for_everybody", False) or getattr(getattr(view, "cls", None), "is_for_everybody", False))


def _handed_over(key: str) -> HttpResponse | None:
    """Return another process's copy, waiting for it while one is being made; None when this process shall make it."""
    waited_until = time.monotonic() + WAIT_SECONDS
    while True:
        shared: Kept | None = cache.get(shared_key("page", key))
        if shared is not None and shared[0] > time.time():
            with _lock:
                _pages[key] = shared
            return _find(key)
        if cache.add(shared_key("making", key), 1, int(WAIT_SECONDS)) or time.monotonic() > waited_until:
            return None
        time.sleep(LOOK_SECONDS)


def shared_key(kind: str, key: str) -> str:
    """Return a key of bounded length for the shared cache."""
    return f"{kind}:{codes.digest(key)}"


def _find(key: str) -> HttpResponse | None:
    with _lock:
        kept = _pages.get(key)
    if kept is None or kept[0] < time.time():
        return None
    response = HttpResponse(kept[1], headers=kept[2])
    response.headers["X-Page"] = "kept"
    return response


def _keep(key: str, response: HttpResponse) -> None:
    if response.status_code != 200 or not getattr(response, "is_for_everybody", False) or response.cookies:  # noqa: PLR2004
        return
    headers = {name: response.headers[name] for name in HEADERS if name in response.headers}
    seconds = SECONDS if not settings.TESTING else 0.0
    kept = (time.time() + seconds, response.content, headers)
    with _lock:
        _pages[key] = kept
        _pages.move_to_end(key)
        while len(_pages) > MOST_PAGES:
            _pages.popitem(last=False)
    if seconds:
        cache.set(shared_key("page", key), kept, int(seconds) + 1)
