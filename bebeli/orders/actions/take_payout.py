"""One of finance sits down to a payout, or to all of a bank file, so that no two transfer it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.actions.lock_payout import refuse_other_hands, refuse_own, refuse_state, take
from bebeli.orders.models import Payout

S = Payout.State


@verb
def take_payout(payout_id: int, user_id: int) -> Payout:
    """Take one that waits for a transfer, for the bank's answer, or to be booked because it arrived after all.

    For an hour nobody else may; taking it again begins anew. Raises Refused: payout_moved, own_payout, taken.
    """
    payout = take(payout_id).payout
    if not (payout.is_ours_to_end or payout.is_ours_to_owe):
        raise refuse_state(payout)
    refuse_own(payout, user_id)
    refuse_other_hands(payout, user_id)
    _hold(payout, user_id)
    return payout


@verb
def leave_payout(payout_id: int, user_id: int) -> Payout:
    """Let go of what one took; leaving what one does not hold changes nothing."""
    payout = take(payout_id).payout
    if payout.taken_by_id == user_id:
        _let_go(payout)
    return payout


@verb
def take_batch(name: str, user_id: int) -> list[Payout]:
    """Take what is free of a bank file and not one's own; returns that. Raises Refused: batch_done, taken, own_payout."""
    rows = Locks().where(Payout, Q(batch=name, state=S.SENT))
    if not rows:
        raise Refused("batch_done", _("Semua pencairan di berkas ini sudah dicatat."))
    free = [row for row in rows if not row.is_taken_from(user_id)]
    if not free:
        refuse_other_hands(rows[0], user_id)
    own = set(Payout.objects.made_by(user_id).filter(pk__in=[row.pk for row in free]).values_list("pk", flat=True))
    mine = [row for row in free if row.pk not in own]
    if not mine:
        refuse_own(free[0], user_id)
    for row in mine:
        _hold(row, user_id)
    return mine


@verb
def leave_batch(name: str, user_id: int) -> list[Payout]:
    """Let go of what one took of a bank file; returns that."""
    rows = Locks().where(Payout, Q(batch=name, state=S.SENT, taken_by=user_id))
    for row in rows:
        _let_go(row)
    return rows


def _hold(payout: Payout, user_id: int) -> None:
    payout.taken_by_id = user_id
    payout.taken_at = clock.now()
    payout.save(update_fields=["taken_by", "taken_at"])


def _let_go(payout: Payout) -> None:
    payout.taken_by = None
    payout.taken_at = None
    payout.save(update_fields=["taken_by", "taken_at"])
