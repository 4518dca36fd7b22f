"""The second factor: allauth's own views under our addresses."""

from __future__ import annotations

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as totp

from bebeli.accounts import mfa_forms
from bebeli.accounts.views.entrance import OFFICE, for_all, for_people
from bebeli.kit.throttle import limited

index = for_people(base.index)
enter = for_all(
    limited("second_factor", account=10, network=OFFICE)(base.AuthenticateView.as_view(form_class=mfa_forms.EnterForm))
)
again = for_people(
    limited("second_factor", account=10, network=OFFICE)(base.ReauthenticateView.as_view(form_class=mfa_forms.AgainForm))
)
activate = for_people(
    limited("second_factor", account=10, network=OFFICE)(totp.ActivateTOTPView.as_view(form_class=mfa_forms.ActivateForm))
)
deactivate = for_people(totp.deactivate_totp)
spare_codes = for_people(spare.view_recovery_codes)
new_spare_codes = for_people(spare.generate_recovery_codes)
