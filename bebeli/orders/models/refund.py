"""Money on its way back to a buyer."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class RefundQuerySet(models.QuerySet["Refund"]):
    """Refunds, asked by what has to be done."""

    def of_no_order(self, purchase_id: int) -> RefundQuerySet:
        """Of a purchase: money that paid for nothing, what still waits for an account first."""
        rows = self.filter(order=None, attempt__payment__purchase_id=purchase_id).exclude(state=Refund.State.FAILED)
        return rows.order_by("account_number", "pk")

    def standing(self) -> RefundQuerySet:
        """Those that count, oldest first: paid, or still to be paid."""
        return self.exclude(state=Refund.State.FAILED).order_by("pk")

    def turned_down(self, first_id: int | None) -> Refund | None:
        """The one that carries this promise now, where a second person's no to it waits for an answer."""
        rows = self.filter(Q(pk=first_id) | Q(origin=first_id), state=Refund.State.REQUESTED)
        return rows.exclude(turned_down_by=None).first() if first_id else None

    def to_pay_by_hand(self) -> RefundQuerySet:
        """Those that finance must transfer."""
        return self.filter(channel=Refund.Channel.BANK, state__in=Refund.PAYABLE)

    def to_credit(self) -> RefundQuerySet:
        """Parts of an order that went back and are not on paper yet."""
        return self.filter(is_partial=True, origin=None, credited_at=None)


class Refund(models.Model):
    """Of one order, or of money that paid for nothing (`order` empty). Requested → approved → sent → confirmed | failed.

    The books promise it when it is made. Rules approve by themselves; what a person decided about much money waits for a
    second one, and stays owed where that one says no. A refund that `origin` names carries on that one's promise after
    its channel failed.
    """

    lock_rank: ClassVar[str] = "refund"

    class State(models.TextChoices):
        REQUESTED = "requested", _("menunggu persetujuan")
        APPROVED = "approved", _("disetujui")
        SENT = "sent", _("dikirim")
        CONFIRMED = "confirmed", _("diterima pembeli")
        FAILED = "failed", _("gagal")

    class Channel(models.TextChoices):
        PROVIDER = "provider", _("lewat penyedia pembayaran")
        BANK = "bank", _("transfer oleh keuangan")

    OPEN: ClassVar[tuple[str, ...]] = ("requested", "approved", "sent")
    PAYABLE: ClassVar[tuple[str, ...]] = ("approved", "sent")

    key = models.CharField(max_length=40, unique=True, help_text="the provider's refund_key")
    attempt = models.ForeignKey("orders.PaymentAttempt", on_delete=models.PROTECT, related_name="refunds")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, related_name="refunds")
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="carried_on_by")
    outside = models.ForeignKey(
        "orders.OutsideRefund",
        on_delete=models.PROTECT,
        null=True,
        related_name="refunds",
        help_text="under which the provider gave it: we never send it",
    )
    amount = models.BigIntegerField()
    service_fee = models.BigIntegerField(default=0, help_text="part of the amount that is the service fee")
    face = models.BigIntegerField(default=0, db_default=0, help_text="goods and shipping before the platform's discount")
    shipping = models.BigIntegerField(default=0, db_default=0, help_text="part of the face")
    commission = models.BigIntegerField(default=0, db_default=0, help_text="of the face, given up")
    commission_vat = models.BigIntegerField(default=0, db_default=0)
    income_tax = models.BigIntegerField(default=0, db_default=0)
    owed = models.BigIntegerField(default=0, db_default=0, help_text="of the seller's part: what the balance did not cover")
    is_partial = models.BooleanField(default=False, db_default=False, help_text="the order went on")
    is_earned = models.BooleanField(default=False, db_default=False, help_text="the seller had earned it already")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.REQUESTED)
    reason = models.CharField(max_length=240)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="empty: by rule"
    )
    needs_second = models.BooleanField(default=False, db_default=False)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    turned_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="until the no is answered"
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", help_text="who of finance is at it"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    bank_code = models.CharField(max_length=3, blank=True)
    account_number = models.TextField(blank=True, help_text="encrypted")
    account_name = models.TextField(blank=True, help_text="encrypted")
    reference = models.CharField(max_length=60, blank=True)
    proof = models.CharField(max_length=80, blank=True, default="", db_default="", help_text="of the file in the private storage")
    paid_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=clock.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    credited_at = models.DateTimeField(null=True, blank=True, help_text="when a part of an order was put on a credit note")

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("pengembalian dana")
        verbose_name_plural = _("pengembalian dana")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(amount=0, order__isnull=False, face__gt=0),
                name="orders_refund_amount",
            ),
            models.CheckConstraint(
                condition=Q(face__gte=F("amount") - F("service_fee"), shipping__range=(0, F("face"))) | Q(order=None),
                name="orders_refund_face",
            ),
            models.CheckConstraint(
                condition=Q(service_fee__gte=0, commission__gte=0, commission_vat__gte=0, income_tax__gte=0, owed__gte=0),
                name="orders_refund_parts",
            ),
            models.CheckConstraint(
                condition=Q(needs_second=False) | Q(approved_by__isnull=False) | Q(state__in=["requested", "failed"]),
                name="orders_refund_second",
            ),
            models.CheckConstraint(
                condition=Q(needs_second=False)
                | ~(Q(approved_by=F("decided_by")) | Q(approved_by=F("paid_by"), paid_by__isnull=False)),
                name="orders_refund_two_people",
            ),
            models.CheckConstraint(
                condition=Q(turned_down_by=None) | Q(needs_second=True, state__in=["requested", "failed"]),
                name="orders_refund_turned_down",
            ),
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(order=None, origin=None), name="orders_refund_unallocated_once"
            ),
            models.UniqueConstraint(
                fields=["attempt"], condition=Q(service_fee__gt=0, origin=None), name="orders_refund_fee_once"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state__in=["approved", "sent"]), name="orders_refund_to_send"),
            models.Index(
                fields=["requested_at"], condition=Q(state__in=["requested", "approved", "sent"]), name="orders_refund_open"
            ),
            models.Index(
                fields=["requested_at"],
                condition=Q(is_partial=True, origin=None, credited_at=None),
                name="orders_refund_to_credit",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def promo(self) -> int:
        """What of the face the platform had given, and gets back."""
        return self.face - (self.amount - self.service_fee) if self.order_id else 0

    @property
    def seller_part(self) -> int:
        """What the seller bears of it: the face without what is given up of commission and taxes."""
        return self.face - self.commission - self.commission_vat - self.income_tax

    @property
    def first_id(self) -> int:
        """The refund whose promise this one carries on, or itself."""
        return self.origin_id or self.pk

    def words(self) -> RefundWordQuerySet:
        """What was said about it between the first side and the second, oldest first."""
        return RefundWord.objects.filter(refund_id=self.first_id).select_related("by").order_by("pk")

    @property
    def has_bounced(self) -> bool:
        """Whether its transfer was booked as done, and came back."""
        return self.state == self.State.FAILED and self.entries.filter(kind="refund_bounced").exists()

    @property
    def is_open(self) -> bool:
        """Whether the money is promised and not back yet."""
        return self.state in self.OPEN


class RefundWordQuerySet(models.QuerySet["RefundWord"]):
    """Words about a refund."""

    def answerers(self) -> set[int]:
        """Everybody who stood up for it after a no."""
        return set(self.filter(act=RefundWord.Act.ANSWER).values_list("by_id", flat=True))


class RefundWord(models.Model):
    """Why a second person said no to much money, or what was answered to that. Append-only."""

    class Act(models.TextChoices):
        NO = "no", _("Ditolak")
        ANSWER = "answer", _("Dijawab")

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="+", help_text="the first of its promise")
    act = models.CharField(max_length=6, choices=Act.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=240)
    at = models.DateTimeField(default=clock.now)

    objects = RefundWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("kata tentang pengembalian")
        verbose_name_plural = _("kata tentang pengembalian")

    def __str__(self) -> str:
        return f"{self.refund_id} {self.act}"


class RefundPart(models.Model):
    """What of one line a partial refund takes: so many pieces, so much of their face."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="parts")
    line = models.ForeignKey("orders.OrderLine", on_delete=models.PROTECT, related_name="refund_parts")
    quantity = models.PositiveIntegerField(default=0)
    face = models.BigIntegerField()

    class Meta:
        verbose_name = _("bagian yang kembali")
        verbose_name_plural = _("bagian yang kembali")
        constraints = [
            models.UniqueConstraint(fields=["refund", "line"], name="orders_refundpart_once"),
            models.CheckConstraint(condition=Q(face__gt=0) | Q(face=0, quantity__gt=0), name="orders_refundpart_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.refund_id} {self.line_id}"
