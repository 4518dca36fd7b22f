"""An officer takes a case of money that went out twice, so that nobody else decides about it meanwhile."""

from __future__ import annotations

from bebeli.kit.steps import verb
from bebeli.orders import looking
from bebeli.orders.actions.lock_double import refuse_ended, refuse_other_eyes, take_twice
from bebeli.orders.models import DoubleRefund

LOOK_MINUTES = 15


@verb
def take_double(case_id: int, user_id: int) -> DoubleRefund:
    """Take it for a quarter of an hour; taking it again begins anew. Raises Refused: case_decided, taken, own_purchase."""
    twice = take_twice(case_id)
    refuse_ended(twice.case)
    refuse_other_eyes(twice, user_id)
    looking.take(twice.case, user_id, LOOK_MINUTES)
    return twice.case


@verb
def leave_double(case_id: int, user_id: int) -> DoubleRefund:
    """Let others look; leaving what one does not hold changes nothing."""
    case = take_twice(case_id).case
    looking.leave(case, user_id)
    return case
