"""The notices about payouts and sellers' bank accounts, and when each is no longer worth saying."""

from __future__ import annotations

from bebeli.orders.payout_wording import (
    about_account,
    about_payout,
    paid_after,
    while_account,
    while_owed,
    while_paid_after,
    while_payout,
)
from bebeli.orders.wording import always


def N_(text: str) -> str:  # noqa: N802  gettext's name for "translate later"
    """Mark a sentence for translation when it is said."""
    return text


OF_FINANCE = (("orders.payout_paid_after", paid_after, while_paid_after),)
OF_OWNER = (
    (
        "orders.bank_account_named",
        about_account(
            N_("Rekening %(seller)s diganti"),
            N_("Uang toko Anda akan dikirim ke %(account)s, paling cepat %(until)s. Bukan Anda yang mengganti? Hubungi kami."),
            N_("Lihat rekening"),
        ),
        always,
    ),
    (
        "orders.bank_account_refused",
        about_account(
            N_("Rekening %(seller)s belum bisa dipakai"),
            N_("%(account)s: %(reason)s"),
            N_("Perbaiki rekening"),
        ),
        while_account("refused"),
    ),
    (
        "orders.payout_completed",
        about_payout(
            N_("%(amount)s sudah masuk rekening Anda"),
            N_("Pencairan saldo %(seller)s sudah sampai di %(account)s."),
        ),
        while_payout("completed"),
    ),
    (
        "orders.payout_returned",
        about_payout(
            N_("Pencairan %(amount)s belum berhasil"),
            N_("Uangnya kembali ke saldo %(seller)s. Alasannya: %(reason)s"),
        ),
        while_payout("failed", "rejected", "bounced"),
    ),
    (
        "orders.payout_owed",
        about_payout(
            N_("Pencairan %(amount)s ternyata sudah masuk rekening Anda"),
            N_(
                "Uangnya sempat kami kembalikan ke saldo %(seller)s, padahal bank sudah mengirimnya ke %(account)s. Yang diambil"
                " lagi dari saldo %(retaken)s, yang dipotong dari penghasilan berikutnya %(owed)s."
            ),
        ),
        while_owed,
    ),
    (
        "orders.payout_unpaid",
        about_payout(
            N_("Pencairan %(amount)s dikembalikan bank"),
            N_("Uangnya tidak jadi masuk ke %(account)s. Saldo %(seller)s kembali seperti sebelum dipotong."),
        ),
        always,
    ),
)
