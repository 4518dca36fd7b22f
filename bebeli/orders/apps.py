"""The orders room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """From cart to settled money."""

    name = "bebeli.orders"
    label = "orders"
    verbose_name = _("Pesanan")
