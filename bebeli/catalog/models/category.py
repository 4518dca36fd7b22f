"""The tree of categories, two levels deep today, any depth by `path`."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class CategoryQuerySet(models.QuerySet["Category"]):
    """Categories, asked by their place in the tree."""

    def within(self, category: Category) -> CategoryQuerySet:
        """The category itself and all below it."""
        return self.filter(path__startswith=category.path)

    def tops(self) -> CategoryQuerySet:
        """Those without a parent, in order."""
        return self.filter(parent=None).order_by("position")


class Category(models.Model):
    """A shelf. `path` is `makanan/keripik/`, so that a subtree is one prefix."""

    slug = models.SlugField(max_length=60, unique=True)
    name_id = models.CharField(_("nama"), max_length=80)
    name_en = models.CharField(_("nama (Inggris)"), max_length=80)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    picture = models.CharField(max_length=32, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("kategori")
        verbose_name_plural = _("kategori")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_id
