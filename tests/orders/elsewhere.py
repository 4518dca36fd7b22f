"""Which invariants have their corruptions beside the tests of what they speak of."""

from __future__ import annotations

from tests.orders import (
    test_double_books,
    test_fee_papers,
    test_outside_pages,
    test_owe_payout,
    test_remittances,
    test_slips,
    test_suspicion,
)
from tests.orders.corruptions import OF_REPORTS
from tests.vouchers.test_books import CORRUPTIONS as OF_VOUCHERS

OTHERS = (test_double_books, test_fee_papers, test_outside_pages, test_owe_payout, test_remittances, test_slips, test_suspicion)
ELSEWHERE = {*OF_REPORTS, *OF_VOUCHERS, *(code for test in OTHERS for code in test.CORRUPTIONS)}
