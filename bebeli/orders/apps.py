"""The orders room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """From cart to settled money."""

    name = "bebeli.orders"
    label = "orders"
    verbose_name = _("Pesanan")

    def ready(self) -> None:
        """Give lower rooms what they ask of this one: notice kinds, the cart's merge at login, and where its files lie."""
        from bebeli.kit.files import register  # noqa: PLC0415  models load after the apps
        from bebeli.orders import at_login, files, kinds  # noqa: PLC0415  as above

        kinds.register()
        at_login.register()
        register(files.folders)
