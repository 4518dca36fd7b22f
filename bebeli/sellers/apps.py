"""The sellers room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SellersConfig(AppConfig):
    """The makers."""

    name = "bebeli.sellers"
    label = "sellers"
    verbose_name = _("Penjual")

    def ready(self) -> None:
        """Tell the doors who a seller is."""
        from bebeli.kit.access import register_role  # noqa: PLC0415  models load after the apps
        from bebeli.sellers.roles import acts_for_a_seller  # noqa: PLC0415

        register_role("seller", acts_for_a_seller)
