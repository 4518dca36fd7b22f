"""One of finance sits down to a refund, so that no two transfer it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders import outsides
from bebeli.orders.models import Refund
from bebeli.orders.refund_steps import is_anothers, is_own_word


@verb
def take_refund(refund_id: int, user_id: int) -> Refund:
    """Take a refund that waits for a transfer; for an hour nobody else may.

    Raises Refused: refund_moved, taken, own_approval, own_word, outside_open.
    """
    refund = Locks().row(Refund, refund_id)
    if refund.state not in Refund.PAYABLE or refund.channel != Refund.Channel.BANK:
        raise Refused("refund_moved", _("Pengembalian ini sudah %(state)s.") % {"state": refund.get_state_display()})
    refuse_another(refund, user_id)
    refund.taken_by_id = user_id
    refund.taken_at = clock.now()
    refund.save()
    return refund


@verb
def leave_refund(refund_id: int, user_id: int) -> Refund:
    """Let go of what one took."""
    refund = Locks().row(Refund, refund_id)
    if refund.taken_by_id == user_id:
        refund.taken_by_id = None
        refund.taken_at = None
        refund.save()
    return refund


def refuse_another(refund: Refund, user_id: int) -> None:
    """Refuse whoever approved much money, or said that it came, and would pay it too; and whoever comes second.

    While money of its payment that went out without us is not placed nobody may.
    """
    if is_own_word(refund, user_id):
        raise Refused("own_word", _("Anda yang menyatakan uang ini masuk. Petugas lain yang mentransfernya."))
    if refund.needs_second and refund.approved_by_id == user_id:
        raise Refused("own_approval", _("Anda yang menyetujui pengembalian ini. Petugas lain yang mentransfernya."))
    if outsides.is_undecided(refund.attempt_id):
        raise Refused(
            "outside_open",
            _("Ada uang pembayaran ini yang sudah keluar di penyedia. Putuskan itu dulu. Jangan transfer dua kali."),
        )
    if is_anothers(refund, user_id):
        raise Refused("taken", _("Petugas lain sedang mengerjakan pengembalian ini. Jangan transfer dua kali."))
