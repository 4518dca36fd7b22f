"""A message the provider sent: stored raw first, understood later."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class CallbackQuerySet(models.QuerySet["Callback"]):
    """Messages, asked by what nobody could do with them."""

    def orphans(self) -> CallbackQuerySet:
        """Rightly signed, of no payment or payout of ours, the newest first."""
        return self.filter(state=Callback.State.ORPHAN).order_by("-received_at")


class Callback(models.Model):
    """One body, however often it came. A signature only makes it worth looking; the provider's answer is the truth."""

    class State(models.TextChoices):
        RECEIVED = "received"
        FAILED = "failed"
        DONE = "processed"
        IGNORED = "ignored"
        ORPHAN = "orphan"
        REJECTED = "rejected"

    provider = models.CharField(max_length=12, default="midtrans")
    sha256 = models.CharField(max_length=64)
    raw = models.BinaryField()
    headers = models.JSONField(default=dict)
    network = models.GenericIPAddressField(null=True)
    is_signed = models.BooleanField()
    order_id = models.CharField(max_length=64, blank=True)
    transaction_id = models.CharField(max_length=64, blank=True)
    claimed_status = models.CharField(max_length=24, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    attempt = models.ForeignKey("orders.PaymentAttempt", on_delete=models.PROTECT, null=True, related_name="callbacks")
    seen = models.PositiveIntegerField(default=1)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    objects = CallbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("pesan penyedia")
        verbose_name_plural = _("pesan penyedia")
        constraints = [
            models.UniqueConstraint(fields=["provider", "sha256"], name="orders_callback_once"),
            models.CheckConstraint(
                condition=Q(is_signed=True) | Q(state="rejected", attempt__isnull=True),
                name="orders_callback_unsigned_without_effect",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state__in=["received", "failed"]), name="orders_callback_waiting"),
            models.Index(fields=["-received_at"], condition=Q(state="orphan"), name="orders_callback_orphans"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.claimed_status}"
