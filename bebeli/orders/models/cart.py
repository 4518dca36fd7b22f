"""A cart: many sellers, nothing held, the price the shopper saw kept beside each line."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock

MAX_LINES = 60
MAX_QUANTITY = 9_999


class Cart(models.Model):
    """Belongs to one account, or to a visitor known by the hash of a cookie."""

    lock_rank: ClassVar[str] = "cart"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="cart")
    visitor = models.CharField(max_length=64, null=True, unique=True, help_text="SHA-256 of the visitor's cart cookie")  # noqa: DJ001  unique needs NULL
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("keranjang")
        verbose_name_plural = _("keranjang")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, visitor__isnull=True) | Q(user__isnull=True, visitor__isnull=False),
                name="orders_cart_one_owner",
            )
        ]

    def __str__(self) -> str:
        return f"cart {self.pk}"

    @property
    def owner(self) -> str:
        """Who an idempotency key of this cart belongs to."""
        return f"u:{self.user_id}" if self.user_id else f"c:{self.pk}"


class CartLine(models.Model):
    """So many of one variant, at the price the shopper last saw and agreed to."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines", db_index=False)
    variant = models.ForeignKey("catalog.Variant", on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField(_("jumlah"))
    price_seen = models.BigIntegerField()
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("barang di keranjang")
        verbose_name_plural = _("barang di keranjang")
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant"], name="orders_cart_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1, quantity__lte=MAX_QUANTITY), name="orders_cart_line_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"
