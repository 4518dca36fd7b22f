"""How notices about payouts and sellers' bank accounts are put in words."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from bebeli.kit.money import rupiah
from bebeli.kit.sealed import masked, unseal
from bebeli.kit.templatetags.bebeli import tanggal_jam
from bebeli.notices.kinds import Message, Payload
from bebeli.orders.couriers import bank_name
from bebeli.orders.models import BankAccount, Payout
from bebeli.orders.wording import Words


def shown(account: BankAccount) -> str:
    """Return an account as it may be read by anybody who reads the mail: bank and last digits."""
    return f"{bank_name(account.bank_code)} {masked(unseal(account.number))}"


def about_account(subject: str, body: str, action: str) -> Words:
    """Return words about a bank account."""

    def say(payload: Payload) -> Message:
        account = BankAccount.objects.select_related("seller").get(pk=payload["account"])
        named = {
            "seller": account.seller.name,
            "account": shown(account),
            "until": tanggal_jam(account.hold_until),
            "reason": _(account.reason) if account.reason else "",
        }
        return Message(_(subject) % named, _(body) % named, reverse("orders:bank_account"), (), _(action))

    return say


def about_payout(subject: str, body: str) -> Words:
    """Return words about a payout."""

    def say(payload: Payload) -> Message:
        payout = Payout.objects.select_related("account", "seller").get(pk=payload["payout"])
        named = {
            "amount": rupiah(payout.amount),
            "account": shown(payout.account),
            "seller": payout.seller.name,
            "reason": _(payout.reason) if payout.reason else "",
            "retaken": rupiah(payout.retaken),
            "owed": rupiah(payout.owed),
        }
        return Message(_(subject) % named, _(body) % named, reverse("orders:balance"), (), _("Lihat saldo"))

    return say


def paid_after(payload: Payload) -> Message:
    """What finance must book: a payout that arrived although it was given back."""
    payout = Payout.objects.select_related("seller").get(pk=payload["payout"])
    named = {"amount": rupiah(payout.amount), "seller": payout.seller.name}
    subject = _("Pencairan %(amount)s masuk setelah dikembalikan") % named
    body = _("Uangnya sudah kembali ke saldo %(seller)s, lalu ternyata sudah masuk rekening. Bukukan supaya cocok.")
    facts = ((_("Pencairan"), payout.key), (_("Jumlah"), rupiah(payout.amount)))
    return Message(subject, body % named, reverse("orders:payout", args=[payout.pk]), facts, _("Periksa"))


def while_paid_after(payload: Payload) -> bool:
    """Tell whether finance must still book it."""
    return Payout.objects.to_owe().filter(pk=payload["payout"]).exists()


def while_owed(payload: Payload) -> bool:
    """Tell whether the seller still has it twice."""
    return Payout.objects.filter(pk=payload["payout"], owed_at__isnull=False, unpaid_at=None).exists()


def while_account(*states: str) -> Callable[[Payload], bool]:
    """Return a question: is the account still in one of these states."""
    return lambda payload: BankAccount.objects.filter(pk=payload["account"], state__in=states).exists()


def while_payout(*states: str) -> Callable[[Payload], bool]:
    """Return a question: is the payout still in one of these states."""
    return lambda payload: Payout.objects.filter(pk=payload["payout"], state__in=states).exists()
