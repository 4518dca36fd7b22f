"""When each task that runs by itself last ended well."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    """Heartbeats, asked by their age on the database's clock."""

    def ages(self) -> dict[str, float]:
        """Return seconds since each task last ended well."""
        age = models.ExpressionWrapper(Now() - models.F("at"), output_field=models.DurationField())
        rows = self.annotate(age=age).values_list("task", "age")
        return {task: since.total_seconds() for task, since in rows}

    def beat(self, task: str, ms: int) -> None:
        """Write that a task ended well just now, in one statement."""
        self.bulk_create(
            [Heartbeat(task=task, at=Now(), ms=ms)],
            update_conflicts=True,
            unique_fields=["task"],
            update_fields=["at", "ms"],
        )


class Heartbeat(models.Model):
    """One task of the schedule."""

    task = models.CharField(_("tugas"), max_length=80, primary_key=True)
    at = models.DateTimeField(_("terakhir berhasil"), db_default=Now())
    ms = models.PositiveIntegerField(_("lama (ms)"))

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("denyut tugas")
        verbose_name_plural = _("denyut tugas")

    def __str__(self) -> str:
        return self.task
