"""An officer proposes to send on what is not ours, or to ask the regency for what its promos cost."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock, money
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders import ledger, remitting, tell
from bebeli.orders.models import Remittance


@verb
def propose_remittance(kind: str, month: date, amount: int, set_off: int, user_id: int) -> Remittance:
    """Lay it before a second officer. At most what stands on the account.

    Raises InvalidInput at `jenis`, `bulan`, `jumlah` or `kredit`, Refused remittance_open.
    """
    if kind not in Remittance.Kind.values:
        raise InvalidInput("bad_kind", _("Pilih jenis setorannya."), field="jenis")
    if month > clock.today():
        raise InvalidInput("bad_month", _("Bulan itu belum mulai."), field="bulan")
    if amount < 0 or set_off < 0 or amount + set_off == 0:
        raise InvalidInput("bad_amount", _("Tulis jumlahnya, dalam rupiah."), field="jumlah")
    if set_off and kind != Remittance.Kind.PPN:
        raise InvalidInput("bad_set_off", _("Hanya PPN yang bisa dikurangi PPN masukan."), field="kredit")
    refuse_more(Locks(), kind, amount, set_off)
    try:
        made = Remittance.objects.create(
            kind=kind, month=month.replace(day=1), amount=amount, set_off=set_off, proposed_by_id=user_id
        )
    except IntegrityError as error:
        words = _("Setoran jenis ini masih ada yang berjalan. Selesaikan atau batalkan dulu.")
        raise Refused("remittance_open", words) from error
    tell.remittance_to_approve(made)
    return made


def refuse_more(locks: Locks, kind: str, amount: int, set_off: int) -> None:
    """Refuse more than stands on the account, which nobody else remits meanwhile; raises InvalidInput."""
    ledger.lock_kind(locks, Remittance.STANDS_ON[kind])
    stands = max(remitting.owed(kind), 0)
    if amount + set_off > stands:
        words = _("Yang tercatat di akun ini hanya %(stands)s.") % {"stands": money.rupiah(stands)}
        raise InvalidInput("too_much", words, field="jumlah")
    if set_off > max(remitting.set_off_left(), 0):
        words = _("PPN masukan yang belum dikreditkan hanya %(left)s.") % {"left": money.rupiah(max(remitting.set_off_left(), 0))}
        raise InvalidInput("too_much", words, field="kredit")
