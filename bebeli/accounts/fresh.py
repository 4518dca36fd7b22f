"""Weighty steps ask again who is there: the password within five minutes, or the second factor."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bebeli.kit import logs
from bebeli.kit.errors import InvalidInput

View = Callable[..., HttpResponse]


def signed_in_again(view: View) -> View:
    """Enter only within five minutes of having proved oneself again; what was typed is never kept meanwhile."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if did_recently_reauthenticate(request):
            return view(request, *args, **kwargs)
        return _away(request, "account_reauthenticate", request.get_full_path())

    return enter


def password_again(user: AbstractBaseUser | AnonymousUser, password: str) -> None:
    """Let on who knows the password; raises InvalidInput at `password`. For doors without a session that could remember it."""
    if not user.check_password(password):
        logs.security("password_refused", user_id=user.pk)
        raise InvalidInput("wrong_password", _("Kata sandinya tidak cocok. Ketik lagi."), field="password")


def second_factor_within_minutes(request: HttpRequest) -> bool:
    """Tell whether the second factor was shown in the last five minutes; the demo's accounts have none."""
    if settings.DEBUG:
        return True
    shown = [record["at"] for record in get_authentication_records(request, request.user) if record.get("method") == "mfa"]
    return bool(shown) and time.time() - max(shown) < REAUTHENTICATION_TIMEOUT


def to_second_factor(request: HttpRequest, back: str) -> HttpResponse:
    """Lead to the second factor and back to a page, where the button is pressed again."""
    messages.info(request, _("Masukkan kode dari aplikasi Anda, lalu tekan tombolnya sekali lagi."))
    return _away(request, "mfa_reauthenticate", back)


def factor_first(request: HttpRequest, back: str) -> str:
    """Return where to show the second factor before a form is filled in, so that nothing typed is lost; '' when it was shown."""
    return "" if second_factor_within_minutes(request) else _address("mfa_reauthenticate", back)


def _away(_request: HttpRequest, name: str, back: str) -> HttpResponse:
    return redirect(_address(name, back))


def _address(name: str, back: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': back})}"
