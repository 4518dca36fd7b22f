"""What the provider gave out of a payment without us: until people say what it was for."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class OutsideRefundQuerySet(models.QuerySet["OutsideRefund"]):
    """Outside refunds, asked by what has to be done."""

    def open(self) -> OutsideRefundQuerySet:
        """Those that finance must still place."""
        return self.filter(state=OutsideRefund.State.OPEN)


class OutsideRefund(models.Model):
    """Money that left a payment at the provider and that no refund of ours asked for: by its dashboard, or by a bank.

    Open → placed | gone. It is placed once refunds that say so, and what no order had to bear, make up all of it.
    """

    class Kind(models.TextChoices):
        REFUND = "refund", _("dikembalikan di penyedia")
        CHARGEBACK = "chargeback", _("sebagian ditarik bank")

    class State(models.TextChoices):
        OPEN = "open", _("menunggu diputuskan")
        PLACED = "placed", _("sudah dibukukan")
        GONE = "gone", _("tidak berlaku lagi")

    OF_NO_KEY: ClassVar[str] = ""  # the provider says how much in all, and lists it nowhere

    attempt = models.ForeignKey("orders.PaymentAttempt", on_delete=models.PROTECT, related_name="outsides", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=80, blank=True, help_text="the provider's refund_key")
    amount = models.BigIntegerField(null=True, help_text="empty: the provider does not say")
    unplaced = models.BigIntegerField(default=0, db_default=0, help_text="of the amount: what no order had to bear")
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField(default=clock.now)
    heard_at = models.DateTimeField(default=clock.now, help_text="when the provider last spoke of it")
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="when its bank gave the money")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=240, blank=True)

    objects = OutsideRefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengembalian di luar BEBELI")
        verbose_name_plural = _("pengembalian di luar BEBELI")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "kind", "key"], name="orders_outside_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, unplaced__range=(0, models.F("amount"))) | Q(amount=None, unplaced=0),
                name="orders_outside_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state="placed") | Q(amount__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="orders_outside_placed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["found_at", "id"], condition=Q(state="open"), name="orders_outside_open")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.kind} {self.key}"

    @property
    def is_open(self) -> bool:
        """Whether finance must still place it."""
        return self.state == self.State.OPEN

    @property
    def is_chargeback(self) -> bool:
        """Whether a bank took it, instead of somebody giving it."""
        return self.kind == self.Kind.CHARGEBACK

    @property
    def name(self) -> str:
        """What finance calls it: the provider's key, or the payment's code."""
        return self.key or self.attempt.code

    @property
    def placed(self) -> int:
        """What of it stands in the books already, or waits there for a second person."""
        standing = self.refunds.exclude(state="failed").aggregate(total=Sum("amount"))["total"] or 0
        return int(standing) + self.unplaced

    @property
    def left(self) -> int:
        """What must still be placed; nothing while the amount is unknown."""
        return 0 if self.amount is None else self.amount - self.placed
