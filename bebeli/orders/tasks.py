"""The worker's doors: each calls one flow. A ring names a row; a sweeper picks up what the bell missed."""

from __future__ import annotations

import time
from collections.abc import Callable

from celery import shared_task
from django.db import transaction

from bebeli.kit import locks
from bebeli.orders.actions.issue_documents import issue_documents
from bebeli.orders.flows import (
    bank_account,
    bookkeeping,
    charge,
    documents,
    export,
    matching,
    payout,
    reconcile,
    refund,
    settle,
    standing,
    timers,
)

ENOUGH_SECONDS = 20.0


def _rounds(sweep: Callable[[], int]) -> None:
    """Sweep until nothing is left, or enough was done for one tick of the clock: a silent provider may not keep a worker."""
    enough = time.monotonic() + ENOUGH_SECONDS
    while sweep() and time.monotonic() < enough:
        pass


@shared_task(name="orders.settle")
def settle_callback(callback_id: int) -> None:
    """Understand one callback."""
    settle.understand(callback_id)


@shared_task(name="orders.refund")
def send_refund(refund_id: int) -> None:
    """Send one refund."""
    refund.send(refund_id)


@shared_task(name="orders.sweep_callbacks")
def sweep_callbacks() -> None:
    """Callbacks the bell missed."""
    _rounds(settle.sweep)


@shared_task(name="orders.sweep_charges")
def sweep_charges() -> None:
    """Charges the door could not open."""
    _rounds(charge.sweep)


@shared_task(name="orders.reconcile")
def reconcile_attempts() -> None:
    """Attempts nobody told us about."""
    _rounds(reconcile.reconcile)


@shared_task(name="orders.expire")
def expire() -> None:
    """Purchases nobody paid."""
    _rounds(reconcile.expire_due)


@shared_task(name="orders.cancel_unanswered")
def cancel_unanswered() -> None:
    """Orders nobody answered."""
    _rounds(timers.cancel_unanswered_due)


@shared_task(name="orders.complete_received")
def complete_received() -> None:
    """Orders whose window passed."""
    _rounds(timers.complete_due)


@shared_task(name="orders.escalate_complaints")
def escalate_complaints() -> None:
    """Complaints that somebody left unanswered."""
    _rounds(timers.escalate_due)


@shared_task(name="orders.sweep_refunds")
def sweep_refunds() -> None:
    """Refunds on their way."""
    _rounds(refund.sweep)


@shared_task(name="orders.issue_documents")
def issue_documents_of(order_id: int) -> None:
    """Put on paper what one order calls for."""
    issue_documents(order_id)


@shared_task(name="orders.sweep_documents")
def sweep_documents() -> None:
    """Invoices, receipts and credit notes the bell missed."""
    _rounds(documents.issue_due)


@shared_task(name="orders.sweep_statements")
def sweep_statements() -> None:
    """Statements of the months that have ended."""
    _rounds(documents.issue_statements_due)


@shared_task(name="orders.make_export")
def make_export(export_id: int) -> None:
    """Make one file of documents."""
    export.make(export_id)


@shared_task(name="orders.sweep_exports")
def sweep_exports() -> None:
    """Files the bell missed or a killed worker left, and those whose week is over."""
    _rounds(export.sweep)
    export.forget_old()


@shared_task(name="orders.check_bank_account")
def check_bank_account(account_id: int) -> None:
    """Ask whose one account is."""
    bank_account.check(account_id)


@shared_task(name="orders.send_payout")
def send_payout(payout_id: int) -> None:
    """Send one payout."""
    payout.send(payout_id)


@shared_task(name="orders.settle_payout")
def settle_payout(callback_id: int) -> None:
    """Understand one message about a payout."""
    payout.understand(callback_id)


@shared_task(name="orders.sweep_payouts")
def sweep_payouts() -> None:
    """Payouts on their way, messages about them, and accounts to ask about."""
    _rounds(payout.sweep_callbacks)
    _rounds(payout.sweep)
    _rounds(bank_account.sweep)


@shared_task(name="orders.carry_out_plans")
def carry_out_plans() -> None:
    """Balances that are paid out on this day of the week."""
    payout.carry_out_plans()


@shared_task(name="orders.count_standing")
def count_standing() -> None:
    """What sold, pushed down to the shelf."""
    with transaction.atomic():
        if locks.alone("count_standing"):
            standing.count()


@shared_task(name="orders.check_books")
def check_books() -> None:
    """The books: a run written down, an alarm in the log for every violation."""
    bookkeeping.check_now()


@shared_task(name="orders.seal_entries")
def seal_entries() -> None:
    """What the books have gained, into the chain."""
    _rounds(bookkeeping.seal)


@shared_task(name="orders.say_head")
def say_head() -> None:
    """The whole chain, and its head into the log."""
    bookkeeping.say_head()


@shared_task(name="orders.match_report")
def match_report(report_id: int) -> None:
    """Match one report."""
    matching.match_report(report_id)


@shared_task(name="orders.sweep_reports")
def sweep_reports() -> None:
    """Lines of reports that the bell missed."""
    matching.sweep()
