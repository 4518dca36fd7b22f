"""Gives every request an id that all its log lines carry, and writes one line about each; no query, body or cookie."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import LazyObject

from bebeli.kit import logs

log = structlog.get_logger("bebeli.request")

NOT_FOUND, TOO_MANY, SERVER_ERROR = 404, 429, 500
PLAUSIBLE = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestLogMiddleware:
    """Binds `request_id`, answers with it in X-Request-ID, and writes how the request ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        begin = time.perf_counter()
        request_id = id_of(request)
        logs.bind_request(request_id)
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id
        write(request, response.status_code, round((time.perf_counter() - begin) * 1000, 1))
        return response


def id_of(request: HttpRequest) -> str:
    """Return the id a listed proxy gave, else a new one."""
    given = request.headers.get("X-Request-ID", "")
    if request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES and PLAUSIBLE.fullmatch(given):
        return given
    return secrets.token_hex(8)


def write(request: HttpRequest, status: int, ms: float) -> None:
    """Write the line of a finished request; the route's name stands for the path, which may name a person's things."""
    match = request.resolver_match
    if match is None and status < NOT_FOUND:
        return  # a static file
    route = match.view_name if match else ""
    user_id = known_user(request)
    tell = log.error if status >= SERVER_ERROR else log.info
    tell("answered", method=request.method, route=route, status=status, ms=ms, user_id=user_id)
    if status == NOT_FOUND and user_id and match and match.kwargs:
        logs.security("not_theirs_or_nowhere", route=route, user_id=user_id)
    if status == TOO_MANY:
        logs.security("throttled", route=route, user_id=user_id)


def known_user(request: HttpRequest) -> int | None:
    """Return who is signed in, if somebody asked already: the log itself asks the database nothing."""
    user = getattr(request, "_cached_user", None) or getattr(request, "user", None)
    return None if isinstance(user, LazyObject) else getattr(user, "pk", None)
