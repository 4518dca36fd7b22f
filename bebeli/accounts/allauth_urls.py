"""The names allauth looks its own pages up by, at our addresses."""

from django.urls import path

from bebeli.accounts.views import entrance, profile

urlpatterns = [
    path("masuk/", entrance.login, name="account_login"),
    path("keluar/", entrance.logout, name="account_logout"),
    path("daftar/", entrance.register, name="account_signup"),
    path("daftar/kode/", entrance.register_code, name="account_email_verification_sent"),
    path("akun/", profile.profile, name="account_email"),
    path("akun/tidak-aktif/", entrance.inactive, name="account_inactive"),
    path("akun/ulang-masuk/", entrance.reauthenticate, name="account_reauthenticate"),
    path("akun/sandi/", entrance.password, name="account_change_password"),
    path("akun/sandi/pertama/", entrance.first_password, name="account_set_password"),
    path("akun/sandi/lupa/", entrance.reset, name="account_reset_password"),
    path("akun/sandi/kode/", entrance.reset_code, name="account_confirm_password_reset_code"),
    path("akun/sandi/baru/", entrance.reset_set, name="account_complete_password_reset"),
    path("akun/sandi/selesai/", entrance.reset_done, name="account_password_reset_completed"),
]
