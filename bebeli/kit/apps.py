"""The ground as an app, for the one table that belongs to no room: the heartbeats of what runs by itself."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    """The ground."""

    name = "bebeli.kit"
    label = "kit"
    verbose_name = _("Pengoperasian")
