"""Money that its payer has twice: returned by us, then taken back by the provider, too."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class DoubleRefundQuerySet(models.QuerySet["DoubleRefund"]):
    """Cases, asked by what has to be done."""

    def open(self) -> DoubleRefundQuerySet:
        """Those that finance must still end, oldest first."""
        return self.filter(state=DoubleRefund.State.OPEN).order_by("opened_at", "pk")

    def still_ours(self) -> DoubleRefundQuerySet:
        """Those whose money is ours if a reversal is taken back: nobody paid it back yet."""
        states = [DoubleRefund.State.OPEN, DoubleRefund.State.WRITTEN_OFF, DoubleRefund.State.NOT_TAKEN]
        return self.filter(state__in=states, opened_with__kind=DoubleRefund.REVERSED)


class DoubleRefund(models.Model):
    """Money that went out twice. Open → recovered | written off (by two people) | restored | not taken.

    Restored: the provider gave it again; not taken: the provider had taken only the rest of the payment.
    While it is open it stands in UNALLOCATED. Two officers do not decide at once: who takes it has a quarter of an hour.
    """

    class State(models.TextChoices):
        OPEN = "open", _("belum kembali")
        RECOVERED = "recovered", _("sudah dibayar kembali")
        WRITTEN_OFF = "written_off", _("dihapus sebagai kerugian")
        RESTORED = "restored", _("penyedia memberikannya lagi")
        NOT_TAKEN = "not_taken", _("ternyata tidak ditarik penyedia")

    REVERSED: ClassVar[str] = "reversed"  # the kind of the entry by which a provider takes all of a payment back

    attempt = models.ForeignKey("orders.PaymentAttempt", on_delete=models.PROTECT, related_name="doubles")
    refund = models.ForeignKey(
        "orders.Refund", on_delete=models.PROTECT, null=True, related_name="doubles", help_text="by which it had gone before"
    )
    amount = models.BigIntegerField()
    state = models.CharField(max_length=11, choices=State.choices, default=State.OPEN)
    opened_with = models.ForeignKey(
        "orders.Entry", on_delete=models.PROTECT, related_name="+", help_text="with which it went the second time"
    )
    opened_at = models.DateTimeField(default=clock.now)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    looked_until = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="to write it off"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=240, blank=True, help_text="why it shall be written off")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="that it is written off"
    )
    turned_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="the last proposal"
    )
    turned_down_because = models.CharField(max_length=240, blank=True)
    reference = models.CharField(
        max_length=60, blank=True, help_text="of the bank, under which it was paid back, or of the provider's report"
    )
    note = models.CharField(max_length=240, blank=True, help_text="how it came again")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_with = models.ForeignKey("orders.Entry", on_delete=models.PROTECT, null=True, related_name="+")

    objects = DoubleRefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("uang yang keluar dua kali")
        verbose_name_plural = _("uang yang keluar dua kali")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="orders_double_amount"),
            models.UniqueConstraint(fields=["refund"], condition=Q(state="open"), name="orders_double_one_open"),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None, ended_with=None)
                | (~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False, ended_with__isnull=False)),
                name="orders_double_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by=None, proposed_at=None)
                | (Q(proposed_by__isnull=False, proposed_at__isnull=False) & ~Q(reason="")),
                name="orders_double_proposed_because",
            ),
            models.CheckConstraint(
                condition=(Q(approved_by=None) & ~Q(state="written_off"))
                | (Q(approved_by__isnull=False, proposed_by__isnull=False) & ~Q(proposed_by=F("approved_by"))),
                name="orders_double_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["recovered", "not_taken"]) | ~Q(reference=""), name="orders_double_reference"
            ),
        ]
        indexes = [models.Index(fields=["opened_at", "id"], condition=Q(state="open"), name="orders_double_open")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether finance must still end it."""
        return self.state == self.State.OPEN

    @property
    def is_proposed(self) -> bool:
        """Whether somebody wants to write it off and a second person must decide."""
        return self.is_open and self.proposed_by_id is not None

    @property
    def is_ours_if_it_comes(self) -> bool:
        """Whether the provider's money is ours where it takes its reversal back."""
        states = {self.State.OPEN, self.State.WRITTEN_OFF, self.State.NOT_TAKEN}
        return self.state in states and self.opened_with.kind == self.REVERSED

    @property
    def is_taken(self) -> bool:
        """Whether somebody is looking at it now."""
        return self.looked_until is not None and self.looked_until > clock.now()

    def is_taken_from(self, user_id: int) -> bool:
        """Whether somebody else is looking at it now."""
        return self.is_taken and self.looked_by_id != user_id
