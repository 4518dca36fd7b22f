"""The places room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    """Regions, zones and tariffs."""

    name = "bebeli.places"
    label = "places"
    verbose_name = _("Wilayah")
