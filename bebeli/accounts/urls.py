"""Addresses of the accounts room."""

from django.urls import path

from bebeli.accounts.views import entrance, language, profile

app_name = "accounts"
urlpatterns = [
    path("masuk/", entrance.login, name="login"),
    path("keluar/", entrance.logout, name="logout"),
    path("daftar/", entrance.register, name="register"),
    path("daftar/kode/", entrance.register_code, name="register_code"),
    path("bahasa/", language.choose, name="language"),
    path("akun/", profile.profile, name="profile"),
    path("akun/sandi/", entrance.password, name="password"),
    path("akun/sandi/lupa/", entrance.reset, name="reset"),
    path("akun/sandi/kode/", entrance.reset_code, name="reset_code"),
    path("akun/sandi/baru/", entrance.reset_set, name="reset_set"),
    path("akun/alamat/", profile.addresses, name="addresses"),
    path("akun/alamat/baru/", profile.address, name="address_new"),
    path("akun/alamat/isian/", profile.address_fields, name="address_fields"),
    path("akun/alamat/<int:address_id>/", profile.address, name="address_edit"),
    path("akun/alamat/<int:address_id>/hapus/", profile.remove, name="address_remove"),
    path("akun/alamat/<int:address_id>/kembalikan/", profile.restore, name="address_restore"),
    path("akun/alamat/<int:address_id>/utama/", profile.make_default, name="address_default"),
]
