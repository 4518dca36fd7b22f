"""How the verbs of a payout take it, and what they share: giving the money back, ending it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import assert_open
from bebeli.orders import ledger, posting, tell
from bebeli.orders.models import Entry, Payout

S = Payout.State


@dataclass
class Taken:
    """A locked payout, and the locks it was taken with."""

    locks: Locks
    payout: Payout


def take(payout_id: int) -> Taken:
    """Lock a payout and read it fresh; raises Payout.DoesNotExist."""
    locks = Locks()
    return Taken(locks, locks.row(Payout, payout_id))


def refuse_state(payout: Payout) -> Refused:
    """Return the refusal for a step that does not exist from here."""
    return Refused(
        "payout_moved",
        _("Pencairan ini sudah %(state)s. Muat ulang halamannya.") % {"state": payout.get_state_display()},
        state=payout.state,
    )


def refuse_own(payout: Payout, user_id: int) -> None:
    """Refuse whoever made it: asked for it, belongs to the seller, or vouched for its account by hand."""
    if Payout.objects.made_by(user_id).filter(pk=payout.pk).exists():
        raise Refused("own_payout", _("Anda ikut membuat pencairan ini. Petugas lain yang harus memutuskannya."))


def refuse_other_hands(payout: Payout, user_id: int) -> None:
    """Refuse while another officer is at it."""
    if payout.taken_by is not None and payout.is_taken_from(user_id):
        words = _("%(name)s sedang mengerjakan pencairan ini. Jangan transfer dua kali.")
        raise Refused("taken", words % {"name": payout.taken_by.first_name})


def refuse_empty_hands(payout: Payout, user_id: int) -> None:
    """Refuse whoever did not take it: only one officer transfers it and says how that ended."""
    refuse_other_hands(payout, user_id)
    if payout.taken_by_id != user_id:
        raise Refused("not_taken", _("Kerjakan pencairan ini dulu, supaya petugas lain tahu dan tidak mentransfernya juga."))


def reason_of(text: str) -> str:
    """Return a reason in its plain form; raises InvalidInput at `alasan` for none."""
    reason = " ".join(text.split())[:240]
    if not reason:
        raise InvalidInput("reason_needed", _("Tulis alasannya. Penjual akan membacanya."), field="alasan")
    return reason


def end(payout: Payout, state: str, user_id: int | None) -> None:
    """Write the end down, and tell the seller."""
    payout.state = state
    payout.ended_at = clock.now()
    payout.ended_by_id = user_id
    payout.lease_until = None
    payout.error = ""
    payout.save()
    tell.payout_ended(payout)


def complete(taken: Taken, user_id: int | None) -> None:
    """The money reached the seller."""
    assert_open()
    payout = taken.payout
    lines = posting.payout_completed(payout.seller_id, payout.amount)
    ledger.post(taken.locks, "payout_completed", f"payout:{payout.pk}:completed", lines, payout=payout)
    end(payout, S.COMPLETED, user_id)


def give_back(taken: Taken, state: str, user_id: int | None, reason: str) -> None:
    """The money did not arrive: what it moved is negated by new entries, and the seller may have it again."""
    assert_open()
    payout = taken.payout
    if payout.state == S.COMPLETED:
        _negate(taken, "completed", "payout_bounced", "bounced", posting.payout_completed(payout.seller_id, payout.amount))
    _negate(taken, "requested", "payout_returned", "returned", posting.payout_requested(payout.seller_id, payout.amount))
    payout.reason = reason[:240]
    end(payout, state, user_id)


def _negate(taken: Taken, what: str, kind: str, name: str, lines: tuple[posting.Line, ...]) -> None:
    payout = taken.payout
    entry = Entry.objects.get(idem_key=f"payout:{payout.pk}:{what}")
    key = f"payout:{payout.pk}:{name}"
    ledger.post(taken.locks, kind, key, posting.negation(lines), payout=payout, reverses=entry)
