"""A maker's own note on an order: the buyer never sees it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock

LONGEST = 500


class OrderNote(models.Model):
    """What somebody at the stall wants the others there to know."""

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="notes")
    text = models.CharField(max_length=LONGEST)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("catatan toko")
        verbose_name_plural = _("catatan toko")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.text[:40]}"
