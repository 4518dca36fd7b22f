"""Purchases, money and messages as operators see them: to look up, not to change; only rates are set here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from bebeli.kit import clock
from bebeli.kit.admin_lists import QuickList, ReadOnly
from bebeli.orders.models import (
    Account,
    Callback,
    Entry,
    Order,
    Payment,
    PaymentAttempt,
    Posting,
    Purchase,
    Rate,
    ReceivingAccount,
    Refund,
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
    finds = ("number",)


@admin.register(TransferProof)
class TransferProofAdmin(ReadOnly):
    """Proofs of transfers, by their attempt; the file and the sender stay out of sight."""

    list_display = ("attempt", "state", "amount_seen", "uploaded_at", "decided_at")
    list_filter = ("state",)
    list_select_related = ("attempt",)
    finds = ("attempt__code",)
    exclude = ("name", "sender")


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
class RateAdmin(QuickList):
    """Dated rates: one that has begun stays as it was, because orders were sold at it."""

    list_display = ("kind", "value", "valid_from")
    ordering = ("-valid_from", "kind")

    def has_change_permission(self, request: HttpRequest, obj: Rate | None = None) -> bool:
        """Only what has not begun."""
        return super().has_change_permission(request, obj) and (obj is None or obj.valid_from > clock.today())

    def has_delete_permission(self, request: HttpRequest, obj: Rate | None = None) -> bool:
        """Only what has not begun, one at a time."""
        return super().has_delete_permission(request, obj) and obj is not None and obj.valid_from > clock.today()
