"""Money on its way to a seller."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class PayoutQuerySet(models.QuerySet["Payout"]):
    """Payouts, asked by what has to be done."""

    def of_sellers_of(self, user_id: int | None) -> PayoutQuerySet:
        """Those of the stalls a person owns."""
        return self.filter(seller__members__user_id=user_id or 0, seller__members__role="owner")

    def open(self) -> PayoutQuerySet:
        """Those whose money is under way."""
        return self.filter(state__in=Payout.OPEN)

    def in_files(self) -> PayoutQuerySet:
        """Those that stand in a file for the bank and of which nobody has said how they ended."""
        return self.filter(channel=Payout.Channel.BANK_FILE, state=Payout.State.SENT)

    def to_owe(self) -> PayoutQuerySet:
        """Those that arrived after they were given back, and that nobody booked yet, oldest first."""
        return self.filter(paid_after_at__isnull=False, owed_at=None).order_by("paid_after_at", "pk")

    def to_do(self) -> PayoutQuerySet:
        """Those that somebody of finance must do something about; what the provider carries is not among them."""
        by_hand = Q(channel=Payout.Channel.BANK_FILE, state__in=[Payout.State.APPROVED, Payout.State.SENT])
        lost = Q(state=Payout.State.UNKNOWN, sent_at__lt=clock.now() - clock.DAY)
        return self.open().filter(Q(state=Payout.State.REQUESTED) | by_hand | lost)

    def made_by(self, user_id: int) -> PayoutQuerySet:
        """Those that a person asked for, profits from, vouched for the account of, or found: others decide about them."""
        by = Q(requested_by=user_id) | Q(account__verified_by=user_id) | Q(account__named_by=user_id)
        return self.filter(by | Q(seller__members__user=user_id) | Q(paid_after_by=user_id, unpaid_at=None))


class Payout(models.Model):
    """Requested → approved → sent → completed | failed | unknown. One is under way per seller.

    `unknown` means that nobody can say whether the bank took it: it is looked for, never sent again.
    """

    lock_rank: ClassVar[str] = "payout"

    class State(models.TextChoices):
        REQUESTED = "requested", _("menunggu persetujuan")
        APPROVED = "approved", _("disetujui")
        SENT = "sent", _("sedang dikirim")
        UNKNOWN = "unknown", _("sedang dipastikan")
        COMPLETED = "completed", _("sudah masuk rekening")
        FAILED = "failed", _("gagal, uang kembali ke saldo")
        REJECTED = "rejected", _("ditolak, uang kembali ke saldo")
        BOUNCED = "bounced", _("dikembalikan bank ke saldo")

    class Channel(models.TextChoices):
        IRIS = "iris", _("lewat penyedia pembayaran")
        BANK_FILE = "bank_file", _("transfer oleh keuangan")

    OPEN: ClassVar[tuple[str, ...]] = ("requested", "approved", "sent", "unknown")
    ON_THE_WIRE: ClassVar[tuple[str, ...]] = ("sent", "unknown")
    GIVEN_BACK: ClassVar[tuple[str, ...]] = ("failed", "rejected", "bounced")
    KEPT: ClassVar[timedelta] = timedelta(minutes=60)

    seller = models.ForeignKey("sellers.Seller", on_delete=models.PROTECT, related_name="payouts")
    account = models.ForeignKey("orders.BankAccount", on_delete=models.PROTECT, related_name="payouts")
    amount = models.BigIntegerField()
    channel = models.CharField(max_length=9, choices=Channel.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.REQUESTED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="empty: by the weekly plan"
    )
    requested_at = models.DateTimeField(default=clock.now)
    approvals_needed = models.PositiveSmallIntegerField(default=1)
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=240, blank=True, help_text="why it was rejected, failed or came back")
    reference = models.CharField(max_length=60, blank=True, help_text="of the bank, typed by finance")
    proof = models.CharField(max_length=80, blank=True, help_text="of the file in the private storage")
    reference_no = models.CharField(max_length=64, blank=True, help_text="the provider's")
    batch = models.CharField(max_length=24, blank=True, help_text="the bank file it stands in")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="who of finance is at it"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    paid_after_at = models.DateTimeField(
        null=True, blank=True, help_text="when it was said that it had arrived, after it was given back"
    )
    paid_after_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="who found it at the bank; empty: the provider's word",
    )
    owed_at = models.DateTimeField(null=True, blank=True, help_text="when finance booked that")
    owed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    owed = models.BigIntegerField(default=0, db_default=0, help_text="of that: what the balance did not hold")
    unpaid_at = models.DateTimeField(null=True, blank=True, help_text="when that came back to us, too")
    idem_key = models.CharField(max_length=255, blank=True)
    idem_body = models.CharField(max_length=40, blank=True)
    next_at = models.DateTimeField(default=clock.now, help_text="when it is sent, or asked about next")
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    objects = PayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("pencairan")
        verbose_name_plural = _("pencairan")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="orders_payout_amount"),
            models.UniqueConstraint(
                fields=["seller"],
                condition=Q(state__in=["requested", "approved", "sent", "unknown"]),
                name="orders_payout_one_open",
            ),
            models.UniqueConstraint(fields=["seller", "idem_key"], condition=~Q(idem_key=""), name="orders_payout_once_per_key"),
            models.UniqueConstraint(fields=["reference_no"], condition=~Q(reference_no=""), name="orders_payout_reference"),
            models.CheckConstraint(
                condition=~Q(state__in=["completed", "failed", "rejected", "bounced"]) | Q(ended_at__isnull=False),
                name="orders_payout_ended_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "unknown", "completed", "bounced"])
                | Q(approved_at__isnull=False, sent_at__isnull=False),
                name="orders_payout_sent_only_approved",
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_at__isnull=True) | Q(taken_by__isnull=False, taken_at__isnull=False),
                name="orders_payout_taken_when",
            ),
            models.CheckConstraint(
                condition=Q(paid_after_at=None) | Q(state__in=["failed", "rejected", "bounced"]),
                name="orders_payout_paid_after_given_back",
            ),
            models.CheckConstraint(
                condition=Q(paid_after_by=None)
                | (Q(paid_after_at__isnull=False) & ~Q(reference="") & (Q(owed_by=None) | ~Q(owed_by=F("paid_after_by")))),
                name="orders_payout_found_by_another",
            ),
            models.CheckConstraint(
                condition=Q(owed_at=None, owed_by=None, owed=0, unpaid_at=None)
                | Q(paid_after_at__isnull=False, owed_at__isnull=False, owed_by__isnull=False, owed__range=(0, F("amount"))),
                name="orders_payout_owed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(state__in=["approved", "sent", "unknown"]), name="orders_payout_waiting"
            ),
            models.Index(fields=["seller", "-id"], name="orders_payout_of_seller"),
            models.Index(fields=["paid_after_at"], condition=Q(paid_after_at__isnull=False), name="orders_payout_paid_after"),
            models.Index(
                fields=["requested_at", "id"],
                condition=Q(state__in=["requested", "approved", "sent", "unknown"]),
                name="orders_payout_open",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """Our name for it at the bank: in its notes, and so that it is taken once."""
        return f"BKL-PO-{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether its money is under way."""
        return self.state in self.OPEN

    @property
    def is_on_the_wire(self) -> bool:
        """Whether the bank may have it."""
        return self.state in self.ON_THE_WIRE

    @property
    def needs_a_person(self) -> bool:
        """Whether looking for it has gone on for so long that somebody must ask the bank."""
        return self.state == self.State.UNKNOWN and self.sent_at is not None and self.sent_at < clock.now() - clock.DAY

    @property
    def is_by_hand(self) -> bool:
        """Whether finance transfers it."""
        return self.channel == self.Channel.BANK_FILE

    @property
    def is_ours_to_end(self) -> bool:
        """Whether finance says how it ended: it transfers it, or asked the bank."""
        return (self.is_by_hand and self.state == self.State.SENT) or self.needs_a_person

    @property
    def may_be_found(self) -> bool:
        """Whether somebody of finance said that it failed, so that only finance can find that it arrived after all."""
        failed_by_hand = self.state == self.State.FAILED and self.ended_by_id is not None
        return failed_by_hand and (self.paid_after_at is None or self.unpaid_at is not None)

    @property
    def is_found(self) -> bool:
        """Whether somebody of finance found it at the bank after it was given back, and it has not come back, too."""
        return self.paid_after_by_id is not None and self.unpaid_at is None

    @property
    def is_ours_to_owe(self) -> bool:
        """Whether it arrived after it was given back, and finance must book that."""
        return self.paid_after_at is not None and self.owed_at is None

    @property
    def is_owed(self) -> bool:
        """Whether it was given back and arrived, too: what the balance held was taken again, the rest is a debt."""
        return self.owed_at is not None and self.unpaid_at is None

    @property
    def retaken(self) -> int:
        """What of one that is owed was taken from the balance again."""
        return self.amount - self.owed

    @property
    def taken_until(self) -> datetime | None:
        """Until when nobody else may take it."""
        return self.taken_at + self.KEPT if self.taken_at is not None else None

    @property
    def is_taken(self) -> bool:
        """Whether somebody is at it now."""
        return self.taken_until is not None and self.taken_until > clock.now()

    def is_taken_from(self, user_id: int) -> bool:
        """Whether somebody else is at it now."""
        return self.is_taken and self.taken_by_id != user_id


class PayoutApproval(models.Model):
    """Somebody of finance said yes to a payout. Two different people where it is large."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="approvals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("persetujuan pencairan")
        verbose_name_plural = _("persetujuan pencairan")
        constraints = [models.UniqueConstraint(fields=["payout", "by"], name="orders_approval_once_each")]

    def __str__(self) -> str:
        return f"{self.payout_id} {self.by_id}"


class PayoutPlan(models.Model):
    """On which weekday a seller's balance is paid out by itself; Monday is 0, empty is never."""

    seller = models.OneToOneField("sellers.Seller", on_delete=models.CASCADE, related_name="payout_plan")
    weekday = models.PositiveSmallIntegerField(null=True)
    asked_on = models.DateField(null=True, help_text="the last day on which it was carried out")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("jadwal pencairan")
        verbose_name_plural = _("jadwal pencairan")
        constraints = [
            models.CheckConstraint(condition=Q(weekday__isnull=True) | Q(weekday__range=(0, 6)), name="orders_payoutplan_weekday")
        ]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.weekday}"
