"""How one pays by each method, step by step."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bebeli.orders.models.payment import WALLETS, Method


def steps(method: str) -> list[str]:
    """Return the steps in the reader's language."""
    if method == Method.QRIS:
        return [
            _("Buka aplikasi bank atau dompet digital Anda."),
            _("Pilih Bayar dengan QRIS, lalu pindai kode di halaman ini. Di ponsel yang sama: simpan gambarnya, lalu unggah."),
            _("Periksa jumlahnya, lalu selesaikan."),
        ]
    if method == Method.MANUAL:
        return [
            _("Transfer tepat sejumlah ini dari bank mana pun, sampai rupiah terakhirnya."),
            _("Simpan buktinya: tangkapan layar, foto struk, atau PDF dari bank."),
            _("Unggah buktinya di halaman ini. Sejak itu barangnya ditahan untuk Anda sampai kami selesai memeriksa."),
        ]
    if method in WALLETS:
        return _wallet_steps(method)
    if method == Method.MANDIRI:
        return [
            _("Buka Livin' by Mandiri atau ATM, pilih Bayar, lalu Multipayment."),
            _("Isi kode perusahaan dan nomor bayar dari halaman ini."),
            _("Periksa jumlahnya, lalu selesaikan."),
        ]
    return [
        _("Buka aplikasi atau ATM bank Anda, pilih Transfer, lalu Virtual Account."),
        _("Tempel nomor virtual account dari halaman ini."),
        _("Periksa nama BEBELI dan jumlahnya, lalu selesaikan."),
    ]


def _wallet_steps(method: str) -> list[str]:
    app = Method(method).label
    first = (
        _("Di ponsel: tekan Buka %(app)s. Di komputer: pindai kode QR dengan aplikasinya.")
        if method == Method.GOPAY
        else _("Buka halaman ini di ponsel yang ada aplikasi Shopee, lalu tekan Buka %(app)s.")
    )
    return [
        first % {"app": app},
        _("Periksa jumlahnya di aplikasi, lalu masukkan PIN."),
        _("Kembali ke halaman ini. Tandanya berubah sendiri begitu uangnya masuk."),
    ]
