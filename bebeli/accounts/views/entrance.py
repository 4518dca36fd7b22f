"""In, out, and back in: allauth's own views under our addresses, each declaring who may enter."""

from __future__ import annotations

from allauth.account import views

from bebeli.kit.access import public, signed_in

login = public(views.login)
logout = public(views.logout)
register = public(views.signup)
register_code = public(views.email_verification_sent)
inactive = public(views.account_inactive)
reset = public(views.password_reset)
reset_code = public(views.confirm_password_reset_code)
reset_set = public(views.complete_password_reset)
reset_done = public(views.password_reset_from_key_done)
password = signed_in(views.password_change)
reauthenticate = signed_in(views.reauthenticate)
