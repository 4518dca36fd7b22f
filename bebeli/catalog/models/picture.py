"""A product's picture, known by the hash of its content."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Picture(models.Model):
    """Derivatives lie at `p/<digest[:2]>/<digest>-<width>.<avif|webp>`; the original is not kept."""

    product = models.ForeignKey("catalog.Product", on_delete=models.CASCADE, related_name="pictures")
    digest = models.CharField(max_length=32)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    widths = models.JSONField(default=list)
    alt_id = models.CharField(max_length=160, blank=True)
    alt_en = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("foto produk")
        verbose_name_plural = _("foto produk")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["product", "digest"], name="catalog_picture_once")]

    def __str__(self) -> str:
        return self.digest
