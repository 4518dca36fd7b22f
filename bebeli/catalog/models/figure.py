"""A figure about the whole shop that the rooms above count and push down here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class Figure(models.Model):
    """One named number with the moment it was counted, so that a page can say both."""

    class Name(models.TextChoices):
        RECEIVED_BY_MAKERS = "received_by_makers"  # rupiah that became the makers' own since the month began

    name = models.CharField(max_length=32, choices=Name.choices, primary_key=True)
    value = models.BigIntegerField()
    counted_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("angka beranda")
        verbose_name_plural = _("angka beranda")

    def __str__(self) -> str:
        return f"{self.name} {self.value}"
