"""Money that is not ours on its way: taxes to the state, prices to couriers; and what the regency pays for its promos."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.orders.models.ledger import Account


class RemittanceQuerySet(models.QuerySet["Remittance"]):
    """Remittances, asked by what has to be done."""

    def open(self) -> RemittanceQuerySet:
        """Those that are not in the books yet."""
        return self.filter(state__in=Remittance.OPEN)

    def booked(self) -> RemittanceQuerySet:
        """Those whose money moved."""
        return self.filter(state=Remittance.State.BOOKED)


class Remittance(models.Model):
    """Proposed by one officer, approved by another, transferred and booked by the first. One of a kind is open at a time.

    `amount` moves through our bank account; `set_off` is input PPN that lowers what the state gets.
    """

    lock_rank: ClassVar[str] = "payout"

    class Kind(models.TextChoices):
        PPN = "ppn", _("PPN ke kas negara")
        INCOME_TAX = "pph22", _("PPh 22 ke kas negara")
        COURIERS = "couriers", _("ongkir ke kurir")
        REGENCY = "regency", _("promo dari kabupaten")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("menunggu petugas kedua")
        APPROVED = "approved", _("disetujui, belum dibukukan")
        BOOKED = "booked", _("dibukukan")
        DROPPED = "dropped", _("dibatalkan")

    OPEN: ClassVar[tuple[str, ...]] = ("proposed", "approved")
    STANDS_ON: ClassVar[dict[str, str]] = {
        Kind.PPN: Account.Kind.PPN_OUTPUT,
        Kind.INCOME_TAX: Account.Kind.PPH22_PAYABLE,
        Kind.COURIERS: Account.Kind.SHIPPING_PAYABLE,
        Kind.REGENCY: Account.Kind.PROMO_REGENCY,
    }

    kind = models.CharField(max_length=8, choices=Kind.choices)
    month = models.DateField(help_text="the first day of the month it is for")
    amount = models.BigIntegerField()
    set_off = models.BigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=60, blank=True, help_text="of the bank or the state, typed by finance")
    proof = models.CharField(max_length=80, blank=True, help_text="of the file in the private storage")
    reason = models.CharField(max_length=240, blank=True, help_text="why it was dropped")

    objects = RemittanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("setoran")
        verbose_name_plural = _("setoran")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, set_off__gte=0) & (Q(amount__gt=0) | Q(set_off__gt=0)),
                name="orders_remittance_amounts",
            ),
            models.CheckConstraint(condition=Q(set_off=0) | Q(kind="ppn"), name="orders_remittance_only_ppn_sets_off"),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(state__in=["proposed", "approved"]), name="orders_remittance_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "booked"])
                | Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=models.F("proposed_by")),
                name="orders_remittance_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["booked", "dropped"]) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="orders_remittance_ended_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="booked") | (~Q(reference="") & ~Q(proof="")), name="orders_remittance_proved"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """Its name in the books."""
        return f"remit:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it is not in the books yet."""
        return self.state in self.OPEN

    @property
    def comes_in(self) -> bool:
        """Whether its money comes to us."""
        return self.kind == self.Kind.REGENCY

    @property
    def moved(self) -> int:
        """What a line of the bank's statement says of it: positive came in."""
        return self.amount if self.comes_in else -self.amount
