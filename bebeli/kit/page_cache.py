"""Whole pages for visitors without cookies (a chosen language apart), kept in this process for one second and made once.

A page is therefore never wrong for longer than a second after a change, and nothing has to be invalidated; a page
under two hundred requests at once is made by one of them while the others wait for it.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bebeli.kit.language import chosen

View = TypeVar("View", bound=Callable[..., HttpResponse])

SECONDS = 1.0
MOST_PAGES = 400
WAIT_SECONDS = 5.0
HEADERS = ("Content-Type", "Content-Security-Policy", "Content-Language")

_lock = threading.Lock()
_pages: OrderedDict[str, tuple[float, bytes, dict[str, str]]] = OrderedDict()
_makers: dict[str, threading.Lock] = {}


def for_everybody(view: View) -> View:
    """Mark a page that is the same for every visitor without cookies but the chosen language's."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.is_for_everybody = True  # type: ignore[attr-defined]
        return response

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
        if (kept := _find(key)) is not None:
            return kept
        with _lock:
            maker = _makers.setdefault(key, threading.Lock())
        is_ours = maker.acquire(timeout=WAIT_SECONDS)
        try:
            if (kept := _find(key)) is not None:
                return kept
            response = self.get_response(request)
            _keep(key, response)
            return response
        finally:
            if is_ours:
                maker.release()
            with _lock:
                _makers.pop(key, None)


def _find(key: str) -> HttpResponse | None:
    with _lock:
        kept = _pages.get(key)
    if kept is None or kept[0] < time.monotonic():
        return None
    response = HttpResponse(kept[1], headers=kept[2])
    response.headers["X-Page"] = "kept"
    return response


def _keep(key: str, response: HttpResponse) -> None:
    if response.status_code != 200 or not getattr(response, "is_for_everybody", False) or response.cookies:  # noqa: PLR2004
        return
    headers = {name: response.headers[name] for name in HEADERS if name in response.headers}
    until = time.monotonic() + (SECONDS if not settings.TESTING else 0.0)
    with _lock:
        _pages[key] = (until, response.content, headers)
        _pages.move_to_end(key)
        while len(_pages) > MOST_PAGES:
            _pages.popitem(last=False)
