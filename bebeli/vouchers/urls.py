"""Addresses of the vouchers room."""

from django.urls import path, re_path

from bebeli.vouchers.views import desk, mine

app_name = "vouchers"
CODE = r"(?P<code>[A-Z0-9-]{4,24})"
STEPS = r"(?P<verb>jeda|lanjut|akhiri)"
urlpatterns = [
    path("keuangan/voucher/", desk.desk, name="desk"),
    path("keuangan/voucher/baru/", desk.new, name="new"),
    re_path(rf"^keuangan/voucher/{CODE}/$", desk.voucher, name="voucher"),
    re_path(rf"^keuangan/voucher/{CODE}/ubah/$", desk.change, name="change"),
    re_path(rf"^keuangan/voucher/{CODE}\.csv$", desk.file, name="file"),
    re_path(rf"^keuangan/voucher/{CODE}/{STEPS}/$", desk.step, name="step"),
    path("penjual/voucher/", mine.mine, name="mine"),
    path("penjual/voucher/baru/", mine.new, name="my_new"),
    re_path(rf"^penjual/voucher/{CODE}/$", mine.voucher, name="my_voucher"),
    re_path(rf"^penjual/voucher/{CODE}/ubah/$", mine.change, name="my_change"),
    re_path(rf"^penjual/voucher/{CODE}\.csv$", mine.file, name="my_file"),
    re_path(rf"^penjual/voucher/{CODE}/{STEPS}/$", mine.step, name="my_step"),
]
