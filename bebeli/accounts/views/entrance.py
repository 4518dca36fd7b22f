"""In, out, and back in: allauth's own views under our addresses, each declaring who may enter and how often."""

from __future__ import annotations

from allauth.account import views
from django.contrib.auth.decorators import login_not_required

from bebeli.accounts import password_forms as forms
from bebeli.kit.access import public, signed_in
from bebeli.kit.throttle import limited

OFFICE = 300  # tries a minute from one network: an agency or a mobile carrier stands behind one address

_code = views.ConfirmEmailVerificationCodeView.as_view(form_class=forms.RegisterCodeForm)

login = public(limited("login", account=10, network=OFFICE, field="login")(views.login))
logout = public(views.logout)
register = public(limited("register", account=5, network=OFFICE, field="email")(views.signup))
register_code = public(limited("register_code", account=10, network=OFFICE)(login_not_required(_code)))
inactive = public(views.account_inactive)

reset = public(limited("reset", account=5, network=OFFICE, field="email")(views.password_reset))
reset_code = public(
    limited("reset_code", account=10, network=OFFICE)(views.ConfirmPasswordResetCodeView.as_view(form_class=forms.ResetCodeForm))
)
reset_set = public(
    limited("reset_set", account=10, network=OFFICE)(views.CompletePasswordResetView.as_view(form_class=forms.NewPasswordForm))
)
reset_done = public(views.password_reset_from_key_done)

password = signed_in(
    limited("password", account=5, network=OFFICE)(views.PasswordChangeView.as_view(form_class=forms.ChangePasswordForm))
)
first_password = signed_in(
    limited("password", account=5, network=OFFICE)(
        views.PasswordSetView.as_view(form_class=forms.FirstPasswordForm, template_name="account/password_change.html")
    )
)
reauthenticate = signed_in(
    limited("password", account=5, network=OFFICE)(views.ReauthenticateView.as_view(form_class=forms.AgainForm))
)
