"""Weighty steps ask again who is there: the password within five minutes, or the second factor."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bebeli.accounts.mfa_forms import AgainForm
from bebeli.accounts.models import ApiToken, User
from bebeli.kit import clock, logs
from bebeli.kit.errors import InvalidInput, Message, Refused

View = Callable[..., HttpResponse]

MINUTES_OF_MONEY = timedelta(seconds=REAUTHENTICATION_TIMEOUT)
HOURS_OF_READING = timedelta(hours=12)
WAIT_SECONDS = 300  # of allauth's limit on wrong codes


class TooMany(Refused):
    """Too many wrong codes."""

    status = 429

    def __init__(self, message: Message) -> None:
        super().__init__("too_many", message, retry_after=WAIT_SECONDS)


class SecondFactorNeeded(Refused):
    """The second factor was not shown lately enough for this."""

    status = 403

    def __init__(self) -> None:
        super().__init__("second_factor_needed", _("Tunjukkan dulu kode dari aplikasi Anda, lalu ulangi permintaannya."))


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
    """Tell whether the second factor was shown in this browser in the last five minutes."""
    shown = [record["at"] for record in get_authentication_records(request, request.user) if record.get("method") == "mfa"]
    return _is_recent(time.time() - max(shown) if shown else None, MINUTES_OF_MONEY)


def second_factor_of_token_within(token: ApiToken, within: timedelta) -> bool:
    """Tell whether the second factor was shown with this token that lately."""
    at = token.second_factor_at
    return _is_recent((clock.now() - at).total_seconds() if at else None, within)


def _is_recent(seconds_ago: float | None, within: timedelta) -> bool:
    """Tell it for every kind of door; the demo's accounts have no second factor."""
    return settings.DEBUG or (seconds_ago is not None and seconds_ago < within.total_seconds())


def code_again(user: User, code: str) -> None:
    """Let on who shows a code of the app, or a spare one, each once. Raises Refused: no_second_factor, too_many; InvalidInput.

    For doors without a session that could remember it; wrong codes count together with those typed on pages.
    """
    if not is_mfa_enabled(user):
        raise Refused("no_second_factor", _("Akun ini belum punya aplikasi kode. Pasang dulu di situs, di halaman akun Anda."))
    form = AgainForm({"code": code}, user=user)
    if form.is_valid():
        form.authenticator.record_usage()
        return
    [error] = form.errors.as_data()["code"]
    if error.code == "too_many_login_attempts":
        raise TooMany(str(error.message))
    raise InvalidInput("wrong_code", str(error.message), field="code")


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
