"""The catalog room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """The shelf."""

    name = "bebeli.catalog"
    label = "catalog"
    verbose_name = _("Katalog")
