"""In, out, and back in: allauth's own views under our addresses, each declaring who may enter and how often."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bebeli.accounts import password_forms as forms
from bebeli.kit.access import public, signed_in
from bebeli.kit.throttle import limited

View = TypeVar("View", bound=Callable[..., HttpResponse])

OFFICE = 300  # tries a minute from one network: an agency or a mobile carrier stands behind one address

_ways = require_http_methods(["GET", "HEAD", "POST"])  # allauth's forms would take a PUT for a POST, past every limit


def for_all(view: View) -> View:
    """Anybody may fill in this form."""
    return public(_ways(view))


def for_people(view: View) -> View:
    """People with an account may fill in this form."""
    return signed_in(_ways(view))


_code = views.ConfirmEmailVerificationCodeView.as_view(form_class=forms.RegisterCodeForm)

login = for_all(limited("login", account=10, network=OFFICE, field="login")(views.login))
logout = for_all(views.logout)
register = for_all(limited("register", account=5, network=OFFICE, field="email")(views.signup))
register_code = for_all(limited("register_code", account=10, network=OFFICE)(login_not_required(_code)))
inactive = for_all(views.account_inactive)

reset = for_all(limited("reset", account=5, network=OFFICE, field="email")(views.password_reset))
reset_code = for_all(
    limited("reset_code", account=10, network=OFFICE)(views.ConfirmPasswordResetCodeView.as_view(form_class=forms.ResetCodeForm))
)
reset_set = for_all(
    limited("reset_set", account=10, network=OFFICE)(views.CompletePasswordResetView.as_view(form_class=forms.NewPasswordForm))
)
reset_done = for_all(views.password_reset_from_key_done)

password = for_people(
    limited("password", account=5, network=OFFICE)(views.PasswordChangeView.as_view(form_class=forms.ChangePasswordForm))
)
first_password = for_people(
    limited("password", account=5, network=OFFICE)(
        views.PasswordSetView.as_view(form_class=forms.FirstPasswordForm, template_name="account/password_change.html")
    )
)
reauthenticate = for_people(
    limited("password", account=5, network=OFFICE)(views.ReauthenticateView.as_view(form_class=forms.AgainForm))
)
