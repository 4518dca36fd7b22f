"""A line of an order."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OrderLine(models.Model):
    """So many of one variant, as it was sold: name, options and price stay what they were."""

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="lines", db_index=False)
    variant = models.ForeignKey("catalog.Variant", on_delete=models.PROTECT, related_name="+")
    sku = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    options = models.CharField(max_length=160, blank=True)
    product_slug = models.CharField(max_length=120)
    picture = models.CharField(max_length=32, blank=True)
    quantity = models.PositiveIntegerField()
    price = models.BigIntegerField()
    subtotal = models.BigIntegerField()
    commission_bp = models.PositiveIntegerField(default=0, db_default=0, help_text="frozen at the moment of sale")
    fallen = models.PositiveIntegerField(default=0, db_default=0, help_text="pieces of it that were refunded")
    refunded = models.BigIntegerField(default=0, db_default=0, help_text="of its subtotal, by partial refunds")

    class Meta:
        verbose_name = _("barang pesanan")
        verbose_name_plural = _("barang pesanan")
        constraints = [
            models.UniqueConstraint(fields=["order", "variant"], name="orders_line_once"),
            models.CheckConstraint(condition=Q(subtotal=F("price") * F("quantity"), quantity__gt=0), name="orders_line_adds_up"),
            models.CheckConstraint(
                condition=Q(fallen__lte=F("quantity"), refunded__range=(0, F("subtotal"))), name="orders_line_refunded"
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=~Q(fallen=0) | ~Q(refunded=0), name="orders_line_given_back")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.sku}"

    @property
    def left(self) -> int:
        """How many pieces stay sold."""
        return self.quantity - self.fallen
