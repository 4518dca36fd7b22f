"""Approved payouts go into one file for the bank."""

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
def batch_payouts() -> str:
    """Put all approved ones that finance transfers into one file, sent from now on; returns its name. Raises Refused: nothing."""
    waiting = Locks().where(Payout, Q(state=S.APPROVED, channel=Payout.Channel.BANK_FILE))
    if not waiting:
        raise Refused("nothing", _("Tidak ada pencairan yang menunggu ditransfer."))
    now = clock.now()
    name = f"PO-{clock.today():%Y%m%d}-{codes.random_code(4)}"
    for payout in waiting:
        payout.state = S.SENT
        payout.sent_at = now
        payout.batch = name
        payout.save()
    return name
