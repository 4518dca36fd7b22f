"""Somebody stands up for a refund that a second person turned down."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders import tell
from bebeli.orders.actions.turn_down_refund import say, words_of
from bebeli.orders.models import Refund, RefundWord


@verb
def answer_refund(refund_id: int, user_id: int, answer: str) -> Refund:
    """Answer a no: a second person decides again, and not whoever answered. Nobody answers their own no.

    Raises InvalidInput at `alasan`, Refused: own_no, not_turned_down.
    """
    why = words_of(answer)
    refund = Locks().row(Refund, refund_id)
    if refund.turned_down_by_id == user_id:
        raise Refused("own_no", _("Anda yang menolak pengembalian ini. Kalau sudah jelas, setujui saja."))
    if refund.state != Refund.State.REQUESTED or refund.turned_down_by_id is None:
        raise Refused("not_turned_down", _("Pengembalian ini tidak sedang menunggu jawaban."))
    refund.turned_down_by_id = None
    refund.save()
    word = say(refund, RefundWord.Act.ANSWER, user_id, why)
    tell.refund_to_approve(refund, word)
    return refund
