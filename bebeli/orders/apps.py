"""The orders room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """From cart to settled money."""

    name = "bebeli.orders"
    label = "orders"
    verbose_name = _("Pesanan")

    def ready(self) -> None:
        """Give lower rooms what they ask of this one: notice kinds, and the cart's merge at login."""
        from bebeli.orders import at_login, kinds  # noqa: PLC0415  models load after the apps

        kinds.register()
        at_login.register()
