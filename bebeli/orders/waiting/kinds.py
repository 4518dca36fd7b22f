"""Every kind of case that stands in finance's one list."""

from __future__ import annotations

from bebeli.orders.waiting import differences, doubles, outsides, payments, payouts, refunds, remittances
from bebeli.orders.waiting.kind import Kind

KINDS: tuple[Kind, ...] = (
    refunds.TO_APPROVE,
    refunds.TO_PAY,
    payouts.PAYOUTS,
    payouts.ARRIVED,
    payouts.ACCOUNTS,
    outsides.OUTSIDES,
    payments.TRANSFERS,
    payments.DOUBTS,
    payments.HELD,
    doubles.DOUBLES,
    differences.DIFFERENCES,
    remittances.REMITTANCES,
)
BY_CODE = {kind.code: kind for kind in KINDS}
