"""Approved payouts go into one file for the bank, in the hands of whoever makes it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock, codes
from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.models import Payout

S = Payout.State


@verb
def batch_payouts(user_id: int) -> str:
    """Put all approved ones that finance transfers into one file, sent from now on and taken by its maker; returns its name.

    What the maker had a part in waits for another officer's file. Raises Refused: nothing.
    """
    own = Payout.objects.made_by(user_id).filter(state=S.APPROVED)
    waiting = Locks().where(Payout, Q(state=S.APPROVED, channel=Payout.Channel.BANK_FILE) & ~Q(pk__in=own.values("pk")))
    if not waiting:
        raise Refused("nothing", _("Tidak ada pencairan yang menunggu Anda transfer."))
    now = clock.now()
    name = f"PO-{clock.today():%Y%m%d}-{codes.random_code(4)}"
    for payout in waiting:
        payout.state = S.SENT
        payout.sent_at = now
        payout.batch = name
        payout.taken_by_id = user_id
        payout.taken_at = now
        payout.save()
    return name
