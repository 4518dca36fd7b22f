"""A transfer to a buyer came back: the bank could not give it, or it went to another's account."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders import ledger, looking, posting, returns, tell
from bebeli.orders.actions.turn_down_refund import words_of
from bebeli.orders.models import Entry, Purchase, Refund

S = Refund.State


@verb
def bounce_refund(refund_id: int, user_id: int, reason: str) -> Refund:
    """Negate the confirmation of a transfer, and owe the money again under a new key; the buyer names another account.

    Much money waits for a second person before it goes out again. The same word twice is a quiet success. Raises
    InvalidInput at `alasan`, Refused: not_transferred, own_purchase, payment_gone.
    """
    why = words_of(reason)
    locks = Locks()
    purchase = locks.row(Purchase, Refund.objects.values_list("attempt__payment__purchase_id", flat=True).get(pk=refund_id))
    refund = locks.row(Refund, refund_id)
    if refund.has_bounced:
        return refund
    looking.refuse_own_purchase(purchase.buyer_id, user_id)
    if refund.state != S.CONFIRMED or refund.channel != Refund.Channel.BANK:
        raise Refused("not_transferred", _("Pengembalian ini tidak tercatat sudah ditransfer. Muat ulang halamannya."))
    if not refund.attempt.is_success:
        raise Refused("payment_gone", _("Bank sudah menarik pembayarannya, jadi uang ini tidak dijanjikan lagi."))
    _come_back(locks, refund, purchase)
    refund.state, refund.error = S.FAILED, why[:200]
    refund.save()
    _owe_again(refund, purchase, user_id)
    return refund


def _come_back(locks: Locks, refund: Refund, purchase: Purchase) -> None:
    lines = posting.negation(posting.refund_confirmed(refund.amount, refund.channel))
    ledger.post(
        locks,
        "refund_bounced",
        f"refund:{refund.key}:bounced",
        lines,
        purchase=purchase,
        order=refund.order,
        attempt=refund.attempt,
        refund=refund,
        reverses=Entry.objects.get(idem_key=f"refund:{refund.key}:confirmed"),
    )


def _owe_again(refund: Refund, purchase: Purchase, user_id: int) -> None:
    again = returns.again(refund, Refund.Channel.BANK)
    if returns.is_much(again.amount):  # somebody's word that it came back sends it a second time
        again.state, again.needs_second, again.decided_by_id = S.REQUESTED, True, user_id
        again.approved_by_id, again.approved_at = None, None
    again.requested_at = clock.now()
    again.save()
    if again.state == S.REQUESTED:
        tell.refund_to_approve(again)
    tell.refund_bounced(again, purchase)
