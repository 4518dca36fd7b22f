"""The catalog room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """The shelf."""

    name = "bebeli.catalog"
    label = "catalog"
    verbose_name = _("Katalog")

    def ready(self) -> None:
        """Say where the pictures lie."""
        from bebeli.catalog import files  # noqa: PLC0415  models load after the apps
        from bebeli.kit.files import register  # noqa: PLC0415  as above

        register(files.folders)
