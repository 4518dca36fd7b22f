"""A payout arrived although it had been given back: finance books that the seller has the money twice."""

from __future__ import annotations

from bebeli.kit import clock, logs
from bebeli.kit.steps import assert_open, verb
from bebeli.orders import ledger, posting, tell
from bebeli.orders.actions.lock_payout import Taken, refuse_empty_hands, refuse_own, refuse_state, take
from bebeli.orders.models import Entry, Payout

OWED, UNPAID = "payout_owed", "payout_unpaid"


@verb
def owe_payout(payout_id: int, user_id: int) -> Payout:
    """Take the money from the balance again; what that does not hold becomes the seller's debt. Twice is a quiet success.

    Raises Refused: payout_moved, own_payout, taken, not_taken.
    """
    taken = take(payout_id)
    payout = taken.payout
    if payout.is_owed and payout.owed_by_id == user_id:
        return payout
    if not payout.is_ours_to_owe:
        raise refuse_state(payout)
    refuse_own(payout, user_id)
    refuse_empty_hands(payout, user_id)
    payout.owed = max(payout.amount - max(ledger.lock_payable(taken.locks, payout.seller_id), 0), 0)
    lines = posting.payout_owed(payout.seller_id, payout.amount, payout.owed)
    ledger.post(taken.locks, OWED, _key(payout, "owed", _times(payout, UNPAID)), lines, payout=payout)
    payout.owed_at, payout.owed_by_id = clock.now(), user_id
    payout.error = ""
    payout.save()
    tell.payout_owed(payout)
    return payout


def arrived_after_all(payout: Payout) -> None:
    """The provider says that it arrived although it was given back: lay it before finance, once, in nobody's hands."""
    assert_open()
    if payout.paid_after_at is not None and payout.unpaid_at is None:
        return
    logs.security("payout_completed_after_giving_back", payout=payout.pk)
    payout.paid_after_at, payout.paid_after_by = clock.now(), None
    payout.owed, payout.owed_at, payout.owed_by, payout.unpaid_at = 0, None, None, None
    payout.taken_by, payout.taken_at = None, None
    payout.error = "completed at the provider after it was given back"
    payout.save()
    tell.payout_paid_after(payout)


def came_back_too(taken: Taken, why: str) -> None:
    """What had arrived after all came back to us: nothing is owed any more; a debt paid off meanwhile is the seller's again."""
    assert_open()
    payout = taken.payout
    payout.error = why[:200]
    if not payout.is_owed:
        payout.paid_after_at, payout.paid_after_by = None, None
        payout.save()
        return
    ledger.lock_payable(taken.locks, payout.seller_id)
    booked = Entry.objects.filter(payout=payout, kind=OWED).latest("pk")
    lines = posting.negation(posting.payout_owed(payout.seller_id, payout.amount, payout.owed))
    key = _key(payout, "unpaid", _times(payout, OWED) - 1)
    ledger.post(taken.locks, UNPAID, key, lines, payout=payout, reverses=booked)
    if (overpaid := -ledger.debt_of(payout.seller_id)) > 0:
        back = posting.debt_settled(payout.seller_id, -overpaid)
        ledger.post(taken.locks, "debt_settled", f"{key}:debt", back, payout=payout)
    payout.unpaid_at = clock.now()
    payout.save()
    tell.payout_unpaid(payout)


def _times(payout: Payout, kind: str) -> int:
    return Entry.objects.filter(payout=payout, kind=kind).count()


def _key(payout: Payout, name: str, before: int) -> str:
    """Name the entry after its round: it may arrive and come back again and again, each time once."""
    return f"payout:{payout.pk}:{name}" + (f":{before + 1}" if before else "")
