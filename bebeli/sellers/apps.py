"""The sellers room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SellersConfig(AppConfig):
    """The UMKM themselves."""

    name = "bebeli.sellers"
    label = "sellers"
    verbose_name = _("Penjual")
