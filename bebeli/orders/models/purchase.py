"""A purchase: one checkout of one cart, paid at once, delivered by several makers."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock

LATE = timedelta(days=30)  # so long after ordering a transfer may be shown for a purchase that has ended


class PurchaseQuerySet(models.QuerySet["Purchase"]):
    """Purchases, asked by who may see them."""

    def of_buyer(self, user_id: int | None) -> PurchaseQuerySet:
        """Those a person made."""
        return self.filter(buyer_id=user_id) if user_id else self.none()

    def to_document(self) -> PurchaseQuerySet:
        """Those paid whose service fee stands on no paper yet."""
        return self.filter(paid_at__isnull=False, service_fee__gt=0, fee_receipted_at=None)


class Purchase(models.Model):
    """`total` = Σ(order total − platform discount) + service fee, in whole rupiah."""

    lock_rank: ClassVar[str] = "purchase"

    class Status(models.TextChoices):
        AWAITING = "awaiting_payment", _("menunggu pembayaran")
        PAID = "paid", _("dibayar")
        EXPIRED = "expired", _("kedaluwarsa")
        CANCELLED = "cancelled", _("dibatalkan")

    class Purse(models.TextChoices):
        PERSONAL = "personal", _("pribadi")
        AGENCY = "agency", _("instansi")
        COMPANY = "company", _("perusahaan")

    code = models.CharField(max_length=16, unique=True)
    buyer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="purchases", db_index=False
    )
    guest_digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the guest's 128-bit token")
    guest_token = models.TextField(
        blank=True, default="", db_default="", help_text="encrypted: for the link in the guest's mails"
    )
    email = models.EmailField(max_length=254)
    language = models.CharField(
        max_length=2, default="id", db_default="id", help_text="it was placed in; a guest is written to in it"
    )
    purse = models.CharField(max_length=8, choices=Purse.choices, default=Purse.PERSONAL)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.AWAITING)
    recipient = models.CharField(max_length=120)
    phone = models.CharField(max_length=16)
    region = models.ForeignKey("places.Region", on_delete=models.PROTECT, related_name="+", db_index=False)
    region_text = models.CharField(max_length=240, help_text="the region in words, as it was at placing")
    street = models.CharField(max_length=240)
    postal_code = models.CharField(max_length=5)
    address_note = models.CharField(max_length=160, blank=True)
    goods_total = models.BigIntegerField()
    shipping_total = models.BigIntegerField()
    platform_discount = models.BigIntegerField(default=0)
    service_fee = models.BigIntegerField(default=0)
    service_fee_vat = models.BigIntegerField(default=0, help_text="PPN contained in the service fee")
    total = models.BigIntegerField()
    idem_owner = models.CharField(max_length=24)
    idem_key = models.CharField(max_length=255)
    idem_body = models.CharField(max_length=64, help_text="SHA-256 of what was asked")
    placed_at = models.DateTimeField(default=clock.now)
    paid_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    fee_receipted_at = models.DateTimeField(null=True, blank=True, help_text="when the service fee was put on a receipt")

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pembelian")
        verbose_name_plural = _("pembelian")
        constraints = [
            models.UniqueConstraint(fields=["idem_owner", "idem_key"], name="orders_purchase_once_per_key"),
            models.CheckConstraint(
                condition=Q(
                    total=F("goods_total") + F("shipping_total") - F("platform_discount") + F("service_fee"),
                    total__gte=0,
                ),
                name="orders_purchase_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(buyer__isnull=False) | ~Q(guest_digest=""), name="orders_purchase_somebody_may_open_it"
            ),
        ]
        indexes = [
            models.Index(fields=["buyer", "-id"], name="orders_purchase_of_buyer"),
            models.Index(fields=["email"], condition=Q(buyer=None), name="orders_purchase_of_guest"),
            models.Index(fields=["paid_at"], condition=Q(paid_at__isnull=False), name="orders_purchase_paid_when"),
            models.Index(
                fields=["paid_at"],
                condition=Q(paid_at__isnull=False, service_fee__gt=0, fee_receipted_at=None),
                name="orders_purchase_to_receipt",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_awaiting_payment(self) -> bool:
        """Whether money may still come."""
        return self.status == self.Status.AWAITING

    @property
    def may_be_late(self) -> bool:
        """Whether it ended without money, so short ago that a transfer to our account may still be shown."""
        ended = self.status in {self.Status.EXPIRED, self.Status.CANCELLED}
        return ended and self.placed_at > clock.now() - LATE

    @property
    def is_paid(self) -> bool:
        """Whether the money came."""
        return self.status == self.Status.PAID
