"""A seller wants its money."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.money import rupiah
from bebeli.kit.steps import verb
from bebeli.orders import channels, ledger, posting, settlement
from bebeli.orders.models import BankAccount, Payout
from bebeli.sellers.models import Seller

ALL = ""  # the body of an idempotent request that names no amount


@verb
def request_payout(seller_id: int, user_id: int | None, amount: int | None = None, idem_key: str = "") -> Payout:
    """Put a seller's balance, or a part of it, on its way; what the seller owes is settled first.

    The same key and amount again give the same payout. Raises InvalidInput at `jumlah`, Refused: seller_direct,
    seller_suspended, no_account, account_unverified, account_held, payout_open, too_little, idempotency_mismatch.
    """
    return make(Locks(), seller_id, user_id, amount, idem_key)


def make(locks: Locks, seller_id: int, user_id: int | None, amount: int | None, idem_key: str) -> Payout:
    """Make a payout, as a step of the verb's or of the plan's transaction."""
    if settlement.is_direct():
        raise Refused(
            "seller_direct", _("Uang penjualan langsung masuk ke akun Anda di penyedia pembayaran. Tidak ada saldo di sini.")
        )
    accounts = locks.where(BankAccount, Q(seller_id=seller_id, state__in=BankAccount.CURRENT))
    body = ALL if amount is None else str(amount)
    if idem_key and (known := Payout.objects.filter(seller_id=seller_id, idem_key=idem_key).first()):
        if known.idem_body != body:
            raise InvalidInput("idempotency_mismatch", _("Kunci ini sudah dipakai untuk pencairan lain. Pakai kunci yang baru."))
        return known
    account = _good(seller_id, accounts)
    if locks.where(Payout, Q(seller_id=seller_id, state__in=Payout.OPEN)):
        raise Refused("payout_open", _("Masih ada pencairan yang berjalan. Tunggu sampai selesai, lalu minta lagi."))
    payable = ledger.lock_payable(locks, seller_id)
    debt = min(ledger.debt_of(seller_id), payable)
    wanted = _amount(amount, payable - debt)
    payout = Payout.objects.create(
        seller_id=seller_id,
        account=account,
        amount=wanted,
        channel=channels.channel_of(account.bank_code),
        requested_by_id=user_id,
        requested_at=clock.now(),
        approvals_needed=2 if wanted >= settings.PAYOUT_TWO_PEOPLE_FROM else 1,
        idem_key=idem_key,
        idem_body=body,
        next_at=clock.now(),
    )
    if debt > 0:
        lines = posting.debt_settled(seller_id, debt)
        ledger.post(locks, "debt_settled", f"payout:{payout.pk}:debt", lines, payout=payout)
    lines = posting.payout_requested(seller_id, wanted)
    ledger.post(locks, "payout_requested", f"payout:{payout.pk}:requested", lines, payout=payout)
    return payout


def _good(seller_id: int, accounts: list[BankAccount]) -> BankAccount:
    """Return the account that may be paid to; raises Refused."""
    if Seller.objects.filter(pk=seller_id, status=Seller.Status.SUSPENDED).exists():
        raise Refused("seller_suspended", _("Toko Anda sedang dihentikan. Hubungi kami sebelum meminta pencairan."))
    if not accounts:
        raise Refused("no_account", _("Isi rekening bank toko Anda dulu."))
    account = accounts[0]
    if not account.is_verified:
        raise Refused("account_unverified", _("Rekening Anda belum terverifikasi. Kami kabari begitu selesai."))
    if account.is_held:
        raise Refused(
            "account_held",
            _("Rekening ini baru diisi. Demi keamanan, pencairan baru bisa dilakukan setelah masa tunggunya lewat."),
            until=account.hold_until,
        )
    return account


def _amount(amount: int | None, may_have: int) -> int:
    """Return what is paid out; raises Refused or InvalidInput."""
    least = settings.PAYOUT_MINIMUM
    if may_have < least:
        words = _("Saldo yang bisa dicairkan %(have)s. Paling sedikit %(least)s.")
        raise Refused("too_little", words % {"have": rupiah(max(may_have, 0)), "least": rupiah(least)}, balance=may_have)
    if amount is None:
        return may_have
    if not least <= amount <= may_have:
        words = _("Tulis jumlah antara %(least)s dan %(have)s.")
        raise InvalidInput("bad_amount", words % {"have": rupiah(may_have), "least": rupiah(least)}, field="jumlah")
    return amount
