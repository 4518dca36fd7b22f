"""The second factor: allauth's own views under our addresses."""

from __future__ import annotations

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as totp

from bebeli.accounts import mfa_forms
from bebeli.accounts.views.entrance import OFFICE
from bebeli.kit.access import public, signed_in
from bebeli.kit.throttle import limited

index = signed_in(base.index)
enter = public(
    limited("second_factor", account=10, network=OFFICE)(base.AuthenticateView.as_view(form_class=mfa_forms.EnterForm))
)
again = signed_in(
    limited("second_factor", account=10, network=OFFICE)(base.ReauthenticateView.as_view(form_class=mfa_forms.AgainForm))
)
activate = signed_in(
    limited("second_factor", account=10, network=OFFICE)(totp.ActivateTOTPView.as_view(form_class=mfa_forms.ActivateForm))
)
deactivate = signed_in(totp.deactivate_totp)
spare_codes = signed_in(spare.view_recovery_codes)
new_spare_codes = signed_in(spare.generate_recovery_codes)
