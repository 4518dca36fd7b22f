"""The provider's fee of one attempt, as its settlement report says, once."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders import ledger, posting, rates, totals
from bebeli.orders.models import Account, Entry, PaymentAttempt


@verb
def record_gateway_fee(attempt_id: int, fee: int, day: date, part: str = "sale") -> Entry | None:
    """Post a fee and the PPN of `day` in it; a fee of zero posts nothing. The same fee twice is a quiet success.

    `part` tells the attempt's money in from its refunds. Raises Refused fee_differs for another fee under the same part.
    """
    locks = Locks()
    attempt = locks.row(PaymentAttempt, attempt_id)
    key = f"pay:{attempt.code}:fee:{part}"
    known = Entry.objects.filter(idem_key=key).first()
    if known is not None:
        refuse_another(known, -fee)
        return known
    lines = posting.gateway_fee(fee, totals.vat_within(fee, rates.on(day).vat_bp))
    return ledger.post(locks, "gateway_fee", key, lines, attempt=attempt) if lines else None


def refuse_another(known: Entry, through_gateway: int) -> None:
    """Refuse an entry that was posted already with another amount."""
    posted = known.postings.get(account__kind=Account.Kind.GATEWAY).amount
    if posted != through_gateway:
        raise Refused("already_posted", _("Transaksi ini sudah dibukukan dengan jumlah lain. Periksa dua laporannya."))
