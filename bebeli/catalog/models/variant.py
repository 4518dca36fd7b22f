"""A variant: the thing that has a price, a weight and a stock of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class Variant(models.Model):
    """What is put into a cart. `on_hand` is on the maker's shelf, `reserved` of it is promised to placed purchases."""

    lock_rank: ClassVar[str] = "variant"

    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="variants")
    sku = models.CharField(max_length=40, unique=True)
    options = models.JSONField(_("pilihan"), default=dict, blank=True)
    price = models.BigIntegerField(_("harga"))
    weight_g = models.PositiveIntegerField(_("berat (gram)"), default=0)
    length_cm = models.PositiveSmallIntegerField(default=0)
    width_cm = models.PositiveSmallIntegerField(default=0)
    height_cm = models.PositiveSmallIntegerField(default=0)
    gtin = models.CharField(max_length=14, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    on_hand = models.IntegerField(_("stok"), default=0)
    reserved = models.IntegerField(default=0)
    price_since = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("varian")
        verbose_name_plural = _("varian")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gt=0), name="catalog_variant_price"),
            models.CheckConstraint(condition=Q(reserved__gte=0, reserved__lte=F("on_hand")), name="catalog_variant_stock"),
        ]

    def __str__(self) -> str:
        return self.sku

    @property
    def available(self) -> int:
        """How many may still be promised."""
        return self.on_hand - self.reserved if self.is_active else 0

    @property
    def label(self) -> str:
        """Its options in words: `Pedas, 150 g`; a bare number needs its axis: `Level 3`."""
        return ", ".join(f"{axis} {value}" if str(value).isdecimal() else str(value) for axis, value in self.options.items())

    @property
    def dims_cm(self) -> tuple[int, int, int] | None:
        """Length, width and height in cm, or None where unknown."""
        sides = (self.length_cm, self.width_cm, self.height_cm)
        return sides if all(sides) else None


class PriceChange(models.Model):
    """One price a variant had, from when; append-only, so that price history can be shown."""

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="price_changes")
    price = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("riwayat harga")
        verbose_name_plural = _("riwayat harga")
        indexes = [models.Index(fields=["variant", "-at"], name="catalog_price_history")]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.price}"
