"""When each task that runs by itself last ended well, and what comparing files with rows found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from bebeli.kit.files import Found


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


class FilesRunManager(models.Manager["FilesRun"]):
    """Comparisons of files with rows."""

    def note(self, found: Found) -> FilesRun:
        """Write down what was found, and forget what was found before."""
        last = self.create(
            files=found.files,
            unnamed=len(found.unnamed),
            missing=len(found.missing),
            shown=[*found.missing[: FilesRun.SHOWN], *found.unnamed[: FilesRun.SHOWN]],
        )
        self.filter(pk__lt=last.pk).delete()
        return last


class FilesRun(models.Model):
    """The last comparison of files with rows: how many files, how many of them no row names, how many named are missing."""

    SHOWN: ClassVar[int] = 20

    at = models.DateTimeField(_("waktu"), db_default=Now())
    files = models.PositiveIntegerField(_("berkas"))
    unnamed = models.PositiveIntegerField(_("tanpa catatan"))
    missing = models.PositiveIntegerField(_("hilang"))
    shown = models.JSONField(_("contoh"), default=list)

    objects = FilesRunManager()

    class Meta:
        verbose_name = _("pencocokan berkas")
        verbose_name_plural = _("pencocokan berkas")

    def __str__(self) -> str:
        return f"{self.files} {self.unnamed} {self.missing}"

    @property
    def is_whole(self) -> bool:
        """Whether every file has its row and every row its file."""
        return not self.unnamed and not self.missing
