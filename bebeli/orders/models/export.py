"""Many documents asked for at once, made in the background."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class ExportQuerySet(models.QuerySet["Export"]):
    """Exports, asked by who may see them and what has to be done."""

    def of(self, user_id: int | None) -> ExportQuerySet:
        """Those a person asked for, while that person acts for the seller."""
        return self.filter(user_id=user_id or 0, seller__members__user_id=user_id or 0)

    def open(self) -> ExportQuerySet:
        """Those still to be made."""
        return self.filter(state__in=[Export.State.WAITING, Export.State.WORKING])


class Export(models.Model):
    """One file of a seller's documents of a month. `worker` names who makes it: whoever lost the row stops."""

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        WORKING = "working", _("dibuat")
        READY = "ready", _("siap diunduh")
        FAILED = "failed", _("gagal")
        GONE = "gone", _("sudah dihapus")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    seller = models.ForeignKey("sellers.Seller", on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    file = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="id")
    worker = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas dokumen")
        verbose_name_plural = _("berkas dokumen")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "seller", "month"],
                condition=Q(state__in=["waiting", "working"]),
                name="orders_export_one_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(state__in=["waiting", "working"]), name="orders_export_to_make")]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.month:%Y-%m} {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it is still being made."""
        return self.state in {self.State.WAITING, self.State.WORKING}

    @property
    def is_ready(self) -> bool:
        """Whether its file can be fetched."""
        return self.state == self.State.READY and self.expires_at is not None and self.expires_at > clock.now()

    @property
    def percent(self) -> int:
        """How far it is."""
        return self.done * 100 // self.total if self.total else 0
