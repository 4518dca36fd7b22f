"""A cart and a language are chosen without a CSRF token, by strict Origin checks, so that public pages stay cacheable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware

# URL names whose POST needs no token but a same-origin browser; a rule test holds the list short.
BY_ORIGIN = frozenset({"orders:cart_add", "accounts:language"})


def is_same_origin(request: HttpRequest) -> bool:
    """Tell whether a browser sent this from one of our own pages: Sec-Fetch-Site, else Origin, must say so."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return site == "same-origin"
    own = {settings.BASE_URL, f"{request.scheme}://{request.get_host()}"}
    return f"{urlsplit(origin).scheme}://{urlsplit(origin).netloc}" in own


class OriginCsrfMiddleware(CsrfViewMiddleware):
    """Django's CSRF check, except for the listed addresses, which are checked by origin."""

    def process_view(
        self, request: HttpRequest, callback: Callable[..., Any], callback_args: Any, callback_kwargs: Any
    ) -> HttpResponseForbidden | None:
        """Check by origin where listed, else by token."""
        match = request.resolver_match
        if match is not None and match.view_name in BY_ORIGIN and request.method == "POST":
            if is_same_origin(request):
                return None
            return HttpResponseForbidden("origin")
        return super().process_view(request, callback, callback_args, callback_kwargs)
