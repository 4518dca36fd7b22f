"""The second person says no to much money that somebody decided to give back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput
from bebeli.kit.locks import Locks
from bebeli.kit.steps import assert_open, verb
from bebeli.orders import tell
from bebeli.orders.actions.approve_refund import refuse_moved, refuse_own
from bebeli.orders.models import Refund, RefundWord


@verb
def turn_down_refund(refund_id: int, user_id: int, reason: str) -> Refund:
    """Say no with a reason. The money stays owed: the refund goes back to the side that decided it, until that answers.

    The same no twice is a quiet success. Raises InvalidInput at `alasan`, Refused: refund_moved, own_decision,
    own_purchase, turned_down.
    """
    why = words_of(reason)
    refund = Locks().row(Refund, refund_id)
    if refund.turned_down_by_id == user_id:
        return refund
    refuse_moved(refund)
    refuse_own(refund, user_id)
    refund.turned_down_by_id = user_id
    refund.save()
    tell.refund_turned_down(say(refund, RefundWord.Act.NO, user_id, why), refund)
    return refund


def words_of(text: str) -> str:
    """Return a reason in one line; raises InvalidInput at `alasan` for none."""
    words = " ".join(text.replace("\0", "").split())[:240]
    if not words:
        raise InvalidInput("reason_needed", _("Tulis alasannya. Petugas lain akan membacanya."), field="alasan")
    return words


def say(refund: Refund, act: str, user_id: int, text: str) -> RefundWord:
    """Write down what was said about a promise; nobody edits it afterwards."""
    assert_open()
    return RefundWord.objects.create(refund_id=refund.first_id, act=act, by_id=user_id, text=text)
