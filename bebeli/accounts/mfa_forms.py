"""The forms of the second factor: allauth's with our words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from django.utils.translation import gettext_lazy as _

from bebeli.accounts.password_forms import worded


class EnterForm(base_forms.AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The code at the login."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, code=_("Kode dari aplikasi, atau kode cadangan"))


class AgainForm(base_forms.ReauthenticateForm):  # type: ignore[misc]
    """The code once more, before something weighty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, code=_("Kode dari aplikasi, atau kode cadangan"))


class ActivateForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code proves that the app is set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        worded(self, code=_("Kode dari aplikasi"))
