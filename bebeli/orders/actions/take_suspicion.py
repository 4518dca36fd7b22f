"""An officer takes a suspect payment, so that nobody else decides about it meanwhile."""

from __future__ import annotations

from bebeli.kit.steps import verb
from bebeli.orders import looking
from bebeli.orders.actions.lock_suspicion import refuse_answered, refuse_other_eyes, take_doubt
from bebeli.orders.models import Suspicion

LOOK_MINUTES = 15


@verb
def take_suspicion(case_id: int, user_id: int) -> Suspicion:
    """Take it for a quarter of an hour; taking it again begins anew. Raises Refused: case_decided, taken, own_purchase."""
    doubt = take_doubt(case_id)
    refuse_answered(doubt)
    refuse_other_eyes(doubt, user_id)
    looking.take(doubt.case, user_id, LOOK_MINUTES)
    return doubt.case


@verb
def leave_suspicion(case_id: int, user_id: int) -> Suspicion:
    """Let others look; leaving what one does not hold changes nothing."""
    case = take_doubt(case_id).case
    looking.leave(case, user_id)
    return case
