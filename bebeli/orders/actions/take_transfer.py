"""An officer takes a case, so that nobody else looks at it meanwhile."""

from __future__ import annotations

from bebeli.kit.steps import verb
from bebeli.orders import looking
from bebeli.orders.actions.lock_transfer import refuse_answered, refuse_other_eyes, take_case
from bebeli.orders.models import TransferProof

LOOK_MINUTES = 15


@verb
def take_transfer(proof_id: int, user_id: int) -> TransferProof:
    """Take it for a quarter of an hour; taking it again begins anew. Raises Refused: proof_decided, taken, own_purchase."""
    case = take_case(proof_id)
    refuse_answered(case)
    refuse_other_eyes(case, user_id)
    looking.take(case.proof, user_id, LOOK_MINUTES)
    return case.proof


@verb
def leave_transfer(proof_id: int, user_id: int) -> TransferProof:
    """Let others look; leaving what one does not hold changes nothing."""
    case = take_case(proof_id)
    looking.leave(case.proof, user_id)
    return case.proof
