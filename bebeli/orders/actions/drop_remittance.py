"""A remittance is given up before its money moved."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.actions.approve_remittance import refuse_moved
from bebeli.orders.models import Remittance


@verb
def drop_remittance(remittance_id: int, user_id: int, reason: str) -> Remittance:
    """Drop it with a reason; twice is a quiet success. Raises InvalidInput at `alasan`, Refused remittance_moved."""
    found = Locks().row(Remittance, remittance_id)
    if found.state == Remittance.State.DROPPED:
        return found
    refuse_moved(found, *Remittance.OPEN)
    why = " ".join(reason.split())[:240]
    if not why:
        raise InvalidInput("reason_needed", _("Tulis alasannya."), field="alasan")
    found.state = Remittance.State.DROPPED
    found.reason = why
    found.ended_by_id = user_id
    found.ended_at = clock.now()
    found.save()
    return found
