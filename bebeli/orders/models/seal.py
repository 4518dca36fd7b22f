"""What proves afterwards that the books were not rewritten: the chain of seals, and each time they were checked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock


class EntrySeal(models.Model):
    """One entry sealed: a digest of its content and of the seal before it. Append-only; ids give the chain's order."""

    entry = models.OneToOneField("orders.Entry", on_delete=models.PROTECT, related_name="seal")
    prev = models.CharField(max_length=64, blank=True, help_text="the seal before; '' for the first")
    hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of `prev` and the entry's content")
    sealed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("segel ayat")
        verbose_name_plural = _("segel ayat")
        constraints = [models.UniqueConstraint(fields=["prev"], name="orders_seal_one_follower")]

    def __str__(self) -> str:
        return self.hash[:12]


class BooksRun(models.Model):
    """One check of the books: when, how long, what was wrong. `head` is the chain's last seal at that moment."""

    at = models.DateTimeField(default=clock.now, db_index=True)
    ms = models.PositiveIntegerField()
    violations = models.JSONField(default=list, help_text="[code, key, words] each")
    entries = models.PositiveBigIntegerField(default=0, help_text="sealed at that moment")
    head = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("pemeriksaan buku")
        verbose_name_plural = _("pemeriksaan buku")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {len(self.violations)}"

    @property
    def is_right(self) -> bool:
        """Whether nothing was wrong."""
        return not self.violations

    @property
    def broken(self) -> frozenset[str]:
        """Codes of what was wrong."""
        return frozenset(str(code) for code, _key, _words in self.violations)
