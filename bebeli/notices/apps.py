"""The notices room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """The outbox."""

    name = "bebeli.notices"
    label = "notices"
    verbose_name = _("Pemberitahuan")
