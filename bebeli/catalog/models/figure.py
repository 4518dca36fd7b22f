"""A figure about the whole shop that the rooms above count and push down here."""

from __future__ import annotations

from django.db import models

from bebeli.kit import clock


class Figure(models.Model):
    """One named number with the moment it was counted, so that a page can say both."""

    class Name(models.TextChoices):
        RECEIVED_BY_MAKERS = "received_by_makers"  # rupiah that became the makers' own since the month began

    name = models.CharField(max_length=32, choices=Name.choices, primary_key=True)
    value = models.BigIntegerField()
    counted_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"
