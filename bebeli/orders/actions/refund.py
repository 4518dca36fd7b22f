"""A refund on its way: sent to the provider, refused there, or paid by finance."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.sealed import seal
from bebeli.kit.steps import verb
from bebeli.orders import account_numbers, bank_reference, looking, returns
from bebeli.orders.actions.take_refund import refuse_another
from bebeli.orders.models import Purchase, Refund
from bebeli.orders.proofs import KeptProof
from bebeli.orders.refund_steps import is_taken


def _take(refund_id: int) -> tuple[Locks, Refund, Purchase]:
    locks = Locks()
    purchase_id = Refund.objects.values_list("attempt__payment__purchase_id", flat=True).get(pk=refund_id)
    purchase = locks.row(Purchase, purchase_id)
    return locks, locks.row(Refund, refund_id), purchase


@verb
def refund_sent(refund_id: int) -> Refund:
    """The provider took the request; only its bank's confirmation ends it."""
    _locks, refund, _purchase = _take(refund_id)
    if refund.state == Refund.State.APPROVED:
        refund.state = Refund.State.SENT
        refund.sent_at = clock.now()
    refund.tries += 1
    refund.next_at = clock.minutes_ahead(10)
    refund.lease_until = None
    refund.error = ""
    refund.save()
    return refund


@verb
def refund_refused(refund_id: int, why: str) -> Refund:
    """The provider will never pay it: finance must."""
    _locks, refund, purchase = _take(refund_id)
    if refund.state not in Refund.PAYABLE:
        return refund
    refund.error = why[:200]
    return returns.fall_back_to_bank(refund, purchase)


@verb
def refund_postponed(refund_id: int, why: str) -> Refund:
    """The provider is away: try again later, forever."""
    _locks, refund, _purchase = _take(refund_id)
    refund.tries = min(refund.tries + 1, 1000)
    refund.next_at = clock.now() + timedelta(seconds=min(30 * 2 ** min(refund.tries, 7), 3600))
    refund.lease_until = None
    refund.error = why[:200]
    refund.save()
    return refund


@verb
def refund_waits(refund_id: int, until: datetime) -> Refund:
    """The wallet takes no refunds at this hour: ask when it does; that is not a failed try."""
    _locks, refund, _purchase = _take(refund_id)
    refund.next_at = until
    refund.lease_until = None
    refund.save()
    return refund


@verb
def refund_seen(refund_id: int) -> Refund:
    """The provider says that its bank has confirmed it."""
    locks, refund, purchase = _take(refund_id)
    if refund.state in Refund.PAYABLE:
        returns.confirm(locks, refund, purchase)
    return refund


@verb
def name_refund_account(refund_id: int, bank_code: str, number: str, name: str) -> Refund:
    """The buyer says where a refund by transfer shall go; kept encrypted. Raises InvalidInput at `bank`, `number` or `name`."""
    digits, holder = account_numbers.checked(bank_code, number, name)
    _locks, refund, _purchase = _take(refund_id)
    if refund.channel != Refund.Channel.BANK or refund.state not in {Refund.State.REQUESTED, Refund.State.APPROVED}:
        raise Refused("refund_closed", _("Pengembalian ini sudah berjalan, rekening tidak bisa diganti lagi."))
    if is_taken(refund):
        raise Refused("refund_closed", _("Petugas sedang mentransfernya, jadi rekening tidak bisa diganti sekarang."))
    refund.bank_code, refund.account_number, refund.account_name = bank_code, seal(digits), seal(holder)
    refund.save()
    return refund


@verb
def refund_paid_by_hand(refund_id: int, user_id: int, reference: str, kept: KeptProof) -> Refund:
    """Finance transferred it and says with which reference, with a picture or paper of it.

    Raises InvalidInput at `referensi`, Refused: refund_closed, not_approved, no_account, taken, own_approval, own_purchase,
    own_word, outside_open.
    """
    locks, refund, purchase = _take(refund_id)
    if refund.state == Refund.State.CONFIRMED:
        return refund
    if refund.state == Refund.State.FAILED:
        raise Refused("refund_closed", _("Pengembalian ini sudah gugur. Jangan transfer lagi."))
    if refund.state == Refund.State.REQUESTED:
        raise Refused("not_approved", _("Pengembalian ini masih menunggu persetujuan petugas lain. Jangan transfer dulu."))
    if refund.channel != Refund.Channel.BANK or not refund.account_number:
        raise Refused("no_account", _("Pembeli belum mengisi rekening."))
    looking.refuse_own_purchase(purchase.buyer_id, user_id)
    refuse_another(refund, user_id)
    number = bank_reference.read(reference)
    refund.reference = number
    refund.proof = kept.name
    refund.paid_by_id = user_id
    refund.sent_at = clock.now()
    returns.confirm(locks, refund, purchase)
    return refund
