"""The second officer says yes to a remittance."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.models import Remittance

S = Remittance.State


@verb
def approve_remittance(remittance_id: int, user_id: int) -> Remittance:
    """Let it be transferred by who proposed it; the same yes twice is a quiet success.

    Raises Refused: remittance_moved, own_decision.
    """
    found = Locks().row(Remittance, remittance_id)
    if found.state == S.APPROVED and found.approved_by_id == user_id:
        return found
    refuse_moved(found, S.PROPOSED)
    if found.proposed_by_id == user_id:
        raise Refused("own_decision", _("Anda yang mengusulkan setoran ini. Petugas keuangan lain yang menyetujuinya."))
    found.state = S.APPROVED
    found.approved_by_id = user_id
    found.approved_at = clock.now()
    found.save()
    return found


def refuse_moved(found: Remittance, *states: str) -> None:
    """Refuse what stands in another state."""
    if found.state not in states:
        raise Refused("remittance_moved", _("Setoran ini sudah %(state)s.") % {"state": found.get_state_display()})
