"""The groups of the orders room's notices: what a buyer or a maker decides about together."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.accounts.roles import decides_complaints, is_finance, is_officer
from bebeli.notices.kinds import Group
from bebeli.sellers.roles import acts_for_a_seller

ORDERS = Group(
    "orders",
    _("Pesanan saya"),
    _("Pembayaran, pengiriman, pembatalan, dan pengembalian dana: menyangkut uang dan barang Anda."),
    _("Anda menerima surel ini karena berbelanja di BEBELI."),
    is_fixed=True,
)
STEPS = Group(
    "steps",
    _("Langkah pesanan"),
    _("Toko mulai menyiapkan pesanan Anda."),
    _("Anda menerima surel ini karena berbelanja di BEBELI."),
)
SHOP = Group(
    "shop",
    _("Toko saya"),
    _("Pesanan baru, minta batal, keluhan, pesanan selesai. Bila lebih dari tiga dalam seperempat jam, sisanya kami kumpulkan."),
    _("Anda menerima surel ini karena mengurus toko di BEBELI."),
    concerns=acts_for_a_seller,
)
SHOP_ALARM = Group(
    "shop_alarm",
    _("Toko saya: jangan kirim"),
    _("Pembayaran yang ditarik kembali sebelum barangnya berangkat."),
    _("Anda menerima surel ini karena mengurus toko di BEBELI."),
    is_fixed=True,
    concerns=acts_for_a_seller,
)
BOOKS = Group(
    "books",
    _("Buku keuangan"),
    _("Buku yang tidak cocok, uang yang keluar dua kali atau di penyedia tanpa kita: harus dilihat sebelum uang dipindahkan."),
    _("Anda menerima surel ini karena mengurus keuangan BEBELI."),
    is_fixed=True,
    concerns=is_finance,
)
SHOP_MONEY = Group(
    "shop_money",
    _("Toko saya: uang"),
    _("Rekening toko diganti, pencairan sampai atau kembali."),
    _("Anda menerima surel ini karena memiliki toko di BEBELI."),
    is_fixed=True,
    concerns=acts_for_a_seller,
)
COMPLAINTS = Group(
    "complaints",
    _("Keluhan pembeli"),
    _("Keluhan yang menunggu putusan Dinas."),
    _("Anda menerima surel ini karena bertugas di Dinas."),
    concerns=is_officer,
)
TWO_PEOPLE = Group(
    "two_people",
    _("Pengembalian besar dan setoran"),
    _("Pengembalian besar dan setoran yang menunggu petugas kedua, atau yang ditolaknya."),
    _("Anda menerima surel ini karena memutuskan uang yang kembali kepada pembeli."),
    concerns=decides_complaints,
)
ALL = (ORDERS, STEPS, SHOP, SHOP_ALARM, SHOP_MONEY, BOOKS, COMPLAINTS, TWO_PEOPLE)
