"""Purchases, money and messages as operators see them: to look up, not to change."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bebeli.kit.admin_lists import ReadOnly
from bebeli.orders.models import (
    Account,
    BankAccount,
    BooksRun,
    Callback,
    Complaint,
    ComplaintMessage,
    Difference,
    DoubleRefund,
    Entry,
    EntrySeal,
    MoneyReport,
    Order,
    OutsideRefund,
    Payment,
    PaymentAttempt,
    Payout,
    Posting,
    Purchase,
    Rate,
    ReceivingAccount,
    Refund,
    Remittance,
    ReportLine,
    Suspicion,
    TaxLetter,
    TransferProof,
)


@admin.register(Purchase)
class PurchaseAdmin(ReadOnly):
    """Purchases, by code or by the buyer's account."""

    list_display = ("code", "status", "buyer", "total", "placed_at")
    list_filter = ("status", "purse")
    list_select_related = ("buyer",)
    search_fields = ("code", "buyer__email")
    exclude = ("guest_digest", "guest_token", "idem_owner", "idem_key", "idem_body")


@admin.register(Order)
class OrderAdmin(ReadOnly):
    """Orders, by code or by their purchase's."""

    list_display = ("code", "status", "seller", "total", "placed_at")
    list_filter = ("status",)
    list_select_related = ("seller",)
    search_fields = ("code", "purchase__code")
    exclude = ("pickup_code",)


@admin.register(Payment)
class PaymentAdmin(ReadOnly):
    """Payments, by their purchase's code."""

    list_display = ("purchase", "status", "method", "amount", "settled_at")
    list_filter = ("status", "method")
    list_select_related = ("purchase",)
    search_fields = ("purchase__code",)


@admin.register(PaymentAttempt)
class AttemptAdmin(ReadOnly):
    """Tries at the provider, by either side's number."""

    list_display = ("code", "status", "provider_status", "gross", "is_unallocated", "created_at")
    list_filter = ("status", "is_unallocated")
    search_fields = ("code", "transaction_id")


@admin.register(Callback)
class CallbackAdmin(ReadOnly):
    """Messages from the provider; the raw body stays out of sight."""

    list_display = ("order_id", "claimed_status", "state", "is_signed", "seen", "received_at", "done_at")
    list_filter = ("state", "is_signed")
    search_fields = ("attempt__code",)
    exclude = ("raw",)


@admin.register(Refund)
class RefundAdmin(ReadOnly):
    """Money on its way back; bank accounts stay sealed."""

    list_display = ("key", "order", "state", "channel", "amount", "requested_at")
    list_filter = ("state", "channel")
    list_select_related = ("order",)
    search_fields = ("key", "order__code")
    exclude = ("account_number", "account_name")


@admin.register(ReceivingAccount)
class ReceivingAccountAdmin(ReadOnly):
    """The shop's bank accounts; finance's desk adds and stops them."""

    list_display = ("bank_code", "number", "holder", "is_active", "added_at")
    list_filter = ("is_active",)
    search_fields = ("number",)


@admin.register(TransferProof)
class TransferProofAdmin(ReadOnly):
    """Proofs of transfers, by their attempt; the file and the sender stay out of sight."""

    list_display = ("attempt", "state", "amount_seen", "uploaded_at", "decided_at")
    list_filter = ("state",)
    list_select_related = ("attempt",)
    search_fields = ("attempt__code",)
    exclude = ("name", "sender")


@admin.register(Suspicion)
class SuspicionAdmin(ReadOnly):
    """Suspect payments, by their attempt; finance's desk decides."""

    list_display = ("attempt", "state", "expected", "amount", "currency", "found_at", "decided_at")
    list_filter = ("state",)
    list_select_related = ("attempt",)
    search_fields = ("attempt__code",)


@admin.register(OutsideRefund)
class OutsideRefundAdmin(ReadOnly):
    """Money that left a payment at the provider without us, by its attempt or the provider's key; finance's desk places it."""

    list_display = ("attempt", "kind", "state", "amount", "found_at", "confirmed_at", "decided_at")
    list_filter = ("state", "kind")
    list_select_related = ("attempt",)
    search_fields = ("attempt__code", "key")


@admin.register(DoubleRefund)
class DoubleRefundAdmin(ReadOnly):
    """Money that went out twice, by its attempt; finance's desk ends it."""

    list_display = ("attempt", "state", "amount", "opened_at", "decided_at")
    list_filter = ("state",)
    list_select_related = ("attempt",)
    search_fields = ("attempt__code",)


@admin.register(BankAccount)
class BankAccountAdmin(ReadOnly):
    """Sellers' bank accounts; numbers and names stay sealed and out of sight."""

    list_display = ("seller", "bank_code", "state", "named_at", "hold_until")
    list_filter = ("state",)
    list_select_related = ("seller",)
    search_fields = ("seller__slug",)
    exclude = ("number", "name", "holder")


@admin.register(Payout)
class PayoutAdmin(ReadOnly):
    """Payouts, by the seller or the provider's number."""

    list_display = ("pk", "seller", "state", "channel", "amount", "requested_at")
    list_filter = ("state", "channel")
    list_select_related = ("seller",)
    search_fields = ("seller__slug", "reference_no")
    exclude = ("proof", "idem_key", "idem_body")


@admin.register(Complaint)
class ComplaintAdmin(ReadOnly):
    """Complaints, by their order; the desk of the Dinas decides them."""

    list_display = ("order", "number", "state", "problem", "wish", "amount", "opened_at", "closed_at")
    list_filter = ("state", "problem")
    list_select_related = ("order",)
    search_fields = ("order__code",)


@admin.register(ComplaintMessage)
class ComplaintMessageAdmin(ReadOnly):
    """What was said in complaints; the pictures stay out of sight."""

    list_display = ("complaint", "side", "act", "amount", "at")
    list_filter = ("side", "act")
    list_select_related = ("complaint__order",)
    search_fields = ("complaint__order__code",)


class PostingLines(admin.TabularInline):  # type: ignore[type-arg]  # not subscriptable at run time
    """The sides of an entry."""

    model = Posting
    fields = ("account", "order", "amount")
    can_delete = False
    extra = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a line names."""
        return super().get_queryset(request).select_related("account", "order")

    def has_add_permission(self, request: HttpRequest, _row: Any = None) -> bool:
        """Postings come with their entry."""
        del request
        return False

    def has_change_permission(self, request: HttpRequest, _row: Any = None) -> bool:
        """They are append-only."""
        del request
        return False


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    """The books, by the purchase's or the order's code."""

    list_display = ("idem_key", "kind", "at")
    list_filter = ("kind",)
    search_fields = ("idem_key", "purchase__code", "order__code")
    inlines = (PostingLines,)


@admin.register(Account)
class AccountAdmin(ReadOnly):
    """Where money stands."""

    list_display = ("kind", "seller", "balance")
    list_select_related = ("seller",)
    search_fields = ("seller__slug",)


@admin.register(Rate)
class RateAdmin(ReadOnly):
    """Dated rates; finance's desk schedules and withdraws them, and what one says never changes."""

    list_display = ("kind", "value", "valid_from", "seller", "category", "withdrawn_at")
    list_select_related = ("seller", "category")
    ordering = ("-valid_from", "kind")


@admin.register(TaxLetter)
class TaxLetterAdmin(ReadOnly):
    """Letters that free a maker from income tax; finance's desk records and ends them."""

    list_display = ("seller", "kind", "number", "valid_from", "valid_until")
    list_select_related = ("seller",)


@admin.register(EntrySeal)
class EntrySealAdmin(ReadOnly):
    """The chain of seals."""

    list_display = ("entry", "hash", "sealed_at")
    list_select_related = ("entry",)


@admin.register(BooksRun)
class BooksRunAdmin(ReadOnly):
    """Each check of the books."""

    list_display = ("at", "ms", "is_right", "entries")


@admin.register(MoneyReport)
class MoneyReportAdmin(ReadOnly):
    """Reports that finance uploaded."""

    list_display = ("kind", "name", "uploaded_at", "rows")


@admin.register(ReportLine)
class ReportLineAdmin(ReadOnly):
    """Their lines."""

    list_display = ("kind", "day", "order_code", "gross", "fee", "is_matched")


@admin.register(Difference)
class DifferenceAdmin(ReadOnly):
    """Where reports and books differ."""

    list_display = ("key", "kind", "found_at", "resolved_at")


@admin.register(Remittance)
class RemittanceAdmin(ReadOnly):
    """Money of others on its way to them."""

    list_display = ("kind", "month", "amount", "state", "proposed_at", "ended_at")
