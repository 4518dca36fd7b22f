"""What the provider held of one attempt came to our bank, as its settlement report says, once."""

from __future__ import annotations

from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders import ledger, posting
from bebeli.orders.actions.record_gateway_fee import refuse_another
from bebeli.orders.models import Entry, PaymentAttempt


@verb
def record_gateway_settlement(attempt_id: int, net: int, part: str = "sale") -> Entry | None:
    """Post the net amount from GATEWAY to BANK; zero posts nothing. The same amount twice is a quiet success.

    Raises Refused already_posted for another amount under the same part.
    """
    locks = Locks()
    attempt = locks.row(PaymentAttempt, attempt_id)
    key = f"pay:{attempt.code}:banked:{part}"
    known = Entry.objects.filter(idem_key=key).first()
    if known is not None:
        refuse_another(known, -net)
        return known
    lines = posting.gateway_settled(net)
    return ledger.post(locks, "gateway_settled", key, lines, attempt=attempt) if lines else None
