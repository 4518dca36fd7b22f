"""The second factor's pages, by the names allauth looks them up."""

from django.urls import path

from bebeli.accounts.views import second_factor

urlpatterns = [
    path("masuk/kode/", second_factor.enter, name="mfa_authenticate"),
    path("akun/kode/", second_factor.index, name="mfa_index"),
    path("akun/kode/lagi/", second_factor.again, name="mfa_reauthenticate"),
    path("akun/kode/pasang/", second_factor.activate, name="mfa_activate_totp"),
    path("akun/kode/lepas/", second_factor.deactivate, name="mfa_deactivate_totp"),
    path("akun/kode/cadangan/", second_factor.spare_codes, name="mfa_view_recovery_codes"),
    path("akun/kode/cadangan/baru/", second_factor.new_spare_codes, name="mfa_generate_recovery_codes"),
]
