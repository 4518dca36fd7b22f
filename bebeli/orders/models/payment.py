"""The payment of a purchase, and each try at it with the provider."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class Method(models.TextChoices):
    """How a buyer may pay."""

    QRIS = "qris", _("QRIS")
    BCA = "bca_va", _("VA BCA")
    BNI = "bni_va", _("VA BNI")
    BRI = "bri_va", _("VA BRI")
    MANDIRI = "mandiri_bill", _("Mandiri Bill")
    PERMATA = "permata_va", _("VA Permata")
    GOPAY = "gopay", _("GoPay")
    SHOPEEPAY = "shopeepay", _("ShopeePay")
    MANUAL = "manual_transfer", _("Transfer manual")


WALLETS = frozenset({Method.GOPAY, Method.SHOPEEPAY})
BY_HAND = frozenset({Method.MANUAL})  # money comes to our own bank account; no provider knows of it
PICTURED = frozenset({Method.QRIS, Method.GOPAY})  # the provider draws a QR for these, also when it gave no text of it


class Payment(models.Model):
    """One per purchase. It stays `settled` after refunds: what was refunded is derived from the refund rows."""

    lock_rank: ClassVar[str] = "payment"

    class Status(models.TextChoices):
        CREATED = "created", _("disiapkan")
        PENDING = "pending", _("menunggu pembayaran")
        SETTLED = "settled", _("lunas")
        EXPIRED = "expired", _("kedaluwarsa")
        DENIED = "denied", _("ditolak")
        CANCELLED = "cancelled", _("dibatalkan")
        REVERSED = "reversed", _("dibalik penyedia")
        CHARGED_BACK = "charged_back", _("ditarik kembali")
        SUSPECT = "suspect", _("diperiksa")

    purchase = models.OneToOneField("orders.Purchase", on_delete=models.PROTECT, related_name="payment")
    amount = models.BigIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.CREATED)
    method = models.CharField(max_length=16, choices=Method.choices)
    pay_before = models.DateTimeField(help_text="the deadline shown to the buyer")
    provider_until = models.DateTimeField(help_text="when the provider closes")
    hold_until = models.DateTimeField(help_text="when stock is given back at the latest")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("pembayaran")
        verbose_name_plural = _("pembayaran")
        indexes = [
            models.Index(
                fields=["provider_until"],
                condition=Q(status__in=["created", "pending", "denied"]),
                name="orders_payment_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purchase_id} {self.status}"

    @property
    def is_taken_back(self) -> bool:
        """Whether its money came and is with its buyer's bank again."""
        return self.status in {self.Status.REVERSED, self.Status.CHARGED_BACK}

    @property
    def is_open(self) -> bool:
        """Whether money may still come in time."""
        return self.status in {self.Status.CREATED, self.Status.PENDING, self.Status.DENIED}


class PaymentAttempt(models.Model):
    """One charge at the provider, under an order id of its own. `rank` only grows, except by a legal reversal."""

    lock_rank: ClassVar[str] = "attempt"

    class Status(models.TextChoices):
        CREATED = "created", _("belum terkirim")
        PENDING = "pending", _("menunggu")
        SETTLED = "settled", _("berhasil")
        DEAD = "dead", _("tutup")
        REVERSED = "reversed", _("dibalik")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="attempts")
    code = models.CharField(max_length=24, unique=True, help_text="the provider's order_id")
    method = models.CharField(max_length=16, choices=Method.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.CREATED)
    rank = models.PositiveSmallIntegerField(default=0)
    is_unallocated = models.BooleanField(default=False, help_text="money that came but pays for nothing: to be returned")
    receiving = models.ForeignKey(
        "orders.ReceivingAccount", on_delete=models.PROTECT, null=True, related_name="attempts", help_text="of a transfer"
    )
    gross = models.BigIntegerField()
    transaction_id = models.CharField(max_length=64, blank=True)
    provider_status = models.CharField(max_length=24, blank=True)
    va_number = models.CharField(max_length=32, blank=True)
    biller_code = models.CharField(max_length=16, blank=True)
    qr_string = models.TextField(blank=True)
    qr_image_url = models.CharField(max_length=300, blank=True)
    deeplink_url = models.CharField(
        max_length=500, blank=True, default="", db_default="", help_text="opens the wallet's app; checked by the adapter"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    ask_at = models.DateTimeField(default=clock.now, help_text="when the reconciler asks next")
    asked = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("percobaan pembayaran")
        verbose_name_plural = _("percobaan pembayaran")
        constraints = [
            models.UniqueConstraint(
                fields=["payment"],
                condition=Q(status="settled", is_unallocated=False),
                name="orders_attempt_one_success",
            ),
            models.UniqueConstraint(
                fields=["transaction_id"], condition=~Q(transaction_id=""), name="orders_attempt_transaction"
            ),
        ]
        indexes = [
            models.Index(fields=["ask_at"], condition=Q(status__in=["created", "pending"]), name="orders_attempt_to_ask"),
            models.Index(fields=["settled_at"], condition=Q(settled_at__isnull=False), name="orders_attempt_settled_when"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_success(self) -> bool:
        """Whether its money came."""
        return self.status == self.Status.SETTLED

    @property
    def is_live(self) -> bool:
        """Whether its money may still come."""
        return self.status in {self.Status.CREATED, self.Status.PENDING}

    @property
    def has_qr(self) -> bool:
        """Whether there is a QR to show: from its text, or drawn by the provider."""
        return bool(self.qr_string or (self.qr_image_url and self.method in PICTURED))


class AttemptEvent(models.Model):
    """One truth the provider told about an attempt. Append-only."""

    attempt = models.ForeignKey(PaymentAttempt, on_delete=models.PROTECT, related_name="events", db_index=False)
    provider_status = models.CharField(max_length=24)
    rank = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("kejadian percobaan")
        verbose_name_plural = _("kejadian percobaan")
        indexes = [models.Index(fields=["attempt", "id"], name="orders_attempt_events")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.provider_status}"
