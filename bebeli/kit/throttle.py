"""Limits on how often: strict per account, loose per network, because offices and carriers share addresses."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from rest_framework.throttling import BaseThrottle

from bebeli.kit import codes

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView

View = TypeVar("View", bound=Callable[..., HttpResponse])

MINUTE = 60
_own_lock = threading.Lock()
_own: dict[str, int] = {}


def network_of(request: HttpRequest) -> str | None:
    """Return the caller's address; X-Forwarded-For counts only from a listed proxy."""
    direct: str | None = request.META.get("REMOTE_ADDR") or None
    if direct in settings.TRUSTED_PROXIES:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        return forwarded[-1].strip() or direct
    return direct


def too_many(key: str, limit: int, seconds: int) -> int:
    """Count one use of a key in its window; return seconds to wait when it is over the limit, else 0."""
    if not settings.RATE_LIMITS:
        return 0
    return seconds - int(time.time()) % seconds if used_by_now(key, seconds) > limit else 0


def used_by_now(key: str, seconds: int) -> int:
    """Count one use of a key and return how many there were in this window."""
    name = f"limit:{key}:{int(time.time()) // seconds}"
    cache.add(name, 0, seconds * 2)
    try:
        return int(cache.incr(name))
    except ValueError:  # Redis is away: this process counts for itself
        return _count_here(name)


def is_over(key: str, limit: int, seconds: int) -> bool:
    """Tell whether a key's uses in this window have reached the limit, without counting one."""
    name = f"limit:{key}:{int(time.time()) // seconds}"
    return settings.RATE_LIMITS and max(int(cache.get(name) or 0), _own.get(name, 0)) >= limit


def _count_here(name: str) -> int:
    with _own_lock:
        if len(_own) > 10_000:  # noqa: PLR2004  bounded memory while Redis is away
            _own.clear()
        _own[name] = _own.get(name, 0) + 1
        return _own[name]


def limited(
    name: str, *, account: int, network: int, seconds: int = MINUTE, field: str = "", method: str = "POST"
) -> Callable[[View], View]:
    """Limit a page's POSTs (or another method): per account (the posted `field`, else the signed-in person) and network."""

    def decorate(view: View) -> View:
        @wraps(view)
        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == method:
                who = str(request.POST.get(field, "")).strip().lower() if field else str(request.user.pk or "")
                waits = [too_many(f"{name}:n:{network_of(request)}", network, seconds)]
                if who:
                    waits.append(too_many(f"{name}:a:{who[:254]}", account, seconds))
                if wait := max(waits):
                    response = render(request, "429.html", {"wait": wait}, status=429)
                    response.headers["Retry-After"] = str(wait)
                    return response
            return view(request, *args, **kwargs)

        return cast("View", enter)

    return decorate


class _Throttle(BaseThrottle):
    """One window of a minute."""

    limit = 0
    _wait = 0

    def key(self, request: Request) -> str:
        """Return whose uses are counted; '' counts nobody's."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count this request."""
        del view
        key = self.key(request)
        self._wait = too_many(key, self.limit, MINUTE) if key else 0
        return self._wait == 0

    def wait(self) -> float:
        """Seconds until the window ends."""
        return float(self._wait)


class AccountThrottle(_Throttle):
    """240 requests a minute for one account."""

    limit = 240

    def key(self, request: Request) -> str:
        """The account."""
        return f"api:a:{request.user.pk}" if request.user and request.user.pk else ""


class UploadThrottle(_Throttle):
    """Ten files a minute for one account; looking counts for nothing."""

    limit = 10

    def key(self, request: Request) -> str:
        """The account that sends."""
        return f"api:file:{request.user.pk}" if request.method == "POST" and request.user.pk else ""


class FormThrottle(UploadThrottle):
    """The same where files are one of two kinds of body: JSON counts for nothing."""

    def key(self, request: Request) -> str:
        """The account that sends a form."""
        is_form = (request.content_type or "").lower().startswith("multipart/")
        return super().key(request) if is_form else ""


class NetworkThrottle(_Throttle):
    """1,200 requests a minute for one address."""

    limit = 1200

    def key(self, request: Request) -> str:
        """The address."""
        return f"api:n:{network_of(request)}"


class LoginThrottle(_Throttle):
    """Ten tries a minute for one account's e-mail."""

    limit = 10

    def key(self, request: Request) -> str:
        """The e-mail that is tried."""
        data = request.data if isinstance(request.data, dict) else {}
        email = str(data.get("email", "")).strip().lower()[:254]
        return f"api:login:{codes.digest(email.encode(errors='replace').decode())}"


class PasswordThrottle(_Throttle):
    """Ten passwords a minute for one account that proves itself again; looking counts for nothing."""

    limit = 10

    def key(self, request: Request) -> str:
        """The account."""
        return f"api:password:{request.user.pk}" if request.method == "PUT" and request.user.pk else ""


class SecondFactorThrottle(_Throttle):
    """Ten codes a minute for one account, counted together with those typed on pages."""

    limit = 10

    def key(self, request: Request) -> str:
        """The account."""
        return f"second_factor:a:{request.user.pk}" if request.user.pk else ""
