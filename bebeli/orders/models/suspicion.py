"""What a provider said of an attempt that does not fit what was asked, until people decide."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock

ENDED = frozenset({"expire", "deny", "cancel", "failure", "refund"})  # as the provider calls what brings no money


class SuspicionQuerySet(models.QuerySet["Suspicion"]):
    """Cases, asked by what has to be done."""

    def open(self) -> SuspicionQuerySet:
        """Those that finance must still decide."""
        return self.filter(state=Suspicion.State.OPEN)


class Suspicion(models.Model):
    """One attempt of which the provider says another amount, currency or merchant. Open → cleared | returned | closed."""

    class State(models.TextChoices):
        OPEN = "open", _("menunggu diputuskan")
        CLEARED = "cleared", _("ternyata cocok")
        RETURNED = "returned", _("uang dikembalikan")
        CLOSED = "closed", _("ditutup")

    BY_PEOPLE: ClassVar[tuple[str, ...]] = ("returned", "closed")

    attempt = models.ForeignKey("orders.PaymentAttempt", on_delete=models.PROTECT, related_name="suspicions")
    came = models.ForeignKey(
        "orders.PaymentAttempt", on_delete=models.PROTECT, null=True, related_name="+", help_text="under which it was booked"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    expected = models.BigIntegerField(help_text="what the attempt asked for when it was found")
    amount = models.BigIntegerField(help_text="that the provider says")
    currency = models.CharField(max_length=8)
    merchant_id = models.CharField(max_length=64)
    is_ours = models.BooleanField(help_text="whether the merchant is this shop")
    is_success = models.BooleanField(help_text="whether the provider says that the money came")
    provider_status = models.CharField(max_length=24)
    transaction_id = models.CharField(max_length=64, blank=True)
    found_at = models.DateTimeField(default=clock.now)
    heard_at = models.DateTimeField(default=clock.now, help_text="when the provider was last heard")
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    looked_until = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=240, blank=True)

    objects = SuspicionQuerySet.as_manager()

    class Meta:
        verbose_name = _("pembayaran yang diperiksa")
        verbose_name_plural = _("pembayaran yang diperiksa")
        constraints = [
            models.UniqueConstraint(fields=["attempt"], condition=Q(state="open"), name="orders_suspicion_one_open"),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "closed"])
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason=""),
                name="orders_suspicion_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["found_at", "id"], condition=Q(state="open"), name="orders_suspicion_open")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether finance must still decide."""
        return self.state == self.State.OPEN

    @property
    def is_rupiah(self) -> bool:
        """Whether what the provider says is whole rupiah."""
        return self.currency == "IDR"

    @property
    def may_go_back(self) -> bool:
        """Whether money of a known amount came to us that was not booked."""
        return self.is_success and self.is_rupiah and self.is_ours and self.amount > 0 and not self.attempt.is_success

    @property
    def may_close(self) -> bool:
        """Whether nothing can be outstanding: dead at the provider, never ours, or in the books already."""
        return self.provider_status in ENDED or not self.is_ours or self.attempt.is_success

    @property
    def is_taken(self) -> bool:
        """Whether somebody is looking at it now."""
        return self.looked_until is not None and self.looked_until > clock.now()

    def is_taken_from(self, user_id: int) -> bool:
        """Whether somebody else is looking at it now."""
        return self.is_taken and self.looked_by_id != user_id
