"""Money on its way back to a buyer."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class RefundQuerySet(models.QuerySet["Refund"]):
    """Refunds, asked by what has to be done."""

    def of_no_order(self, purchase_id: int) -> RefundQuerySet:
        """Of a purchase: money that paid for nothing, what still waits for an account first."""
        rows = self.filter(order=None, attempt__payment__purchase_id=purchase_id).exclude(state=Refund.State.FAILED)
        return rows.order_by("account_number", "pk")

    def to_pay_by_hand(self) -> RefundQuerySet:
        """Those that finance must transfer."""
        return self.filter(channel=Refund.Channel.BANK, state__in=[Refund.State.REQUESTED, Refund.State.SENT])


class Refund(models.Model):
    """Of one order, or of money that paid for nothing (`order` empty). Requested → sent → confirmed | failed."""

    lock_rank: ClassVar[str] = "refund"

    class State(models.TextChoices):
        REQUESTED = "requested", _("diminta")
        SENT = "sent", _("dikirim")
        CONFIRMED = "confirmed", _("diterima pembeli")
        FAILED = "failed", _("gagal")

    class Channel(models.TextChoices):
        PROVIDER = "provider", _("lewat penyedia pembayaran")
        BANK = "bank", _("transfer oleh keuangan")

    key = models.CharField(max_length=40, unique=True, help_text="the provider's refund_key")
    attempt = models.ForeignKey("orders.PaymentAttempt", on_delete=models.PROTECT, related_name="refunds")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, related_name="refunds")
    amount = models.BigIntegerField()
    service_fee = models.BigIntegerField(default=0, help_text="part of the amount that is the service fee")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.REQUESTED)
    reason = models.CharField(max_length=240)
    bank_code = models.CharField(max_length=3, blank=True)
    account_number = models.TextField(blank=True, help_text="encrypted")
    account_name = models.TextField(blank=True, help_text="encrypted")
    reference = models.CharField(max_length=60, blank=True)
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengembalian dana")
        verbose_name_plural = _("pengembalian dana")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="orders_refund_amount"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(order__isnull=False) & ~Q(state="failed"), name="orders_refund_once"
            ),
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(state__in=["requested", "sent"]), name="orders_refund_open")]

    def __str__(self) -> str:
        return self.key
