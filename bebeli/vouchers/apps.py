"""The vouchers room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VouchersConfig(AppConfig):
    """What takes something off a price, for whom, and who pays for it."""

    name = "bebeli.vouchers"
    label = "vouchers"
    verbose_name = _("Voucher")

    def ready(self) -> None:
        """Tell the doors who may spend whose money, and how a maker of a voucher hears of its end."""
        from bebeli.kit.access import register_role  # noqa: PLC0415  models load after the apps
        from bebeli.vouchers import kinds, payers  # noqa: PLC0415

        register_role("vouchers", payers.makes_vouchers)
        register_role("reads_vouchers", payers.reads_vouchers)
        kinds.register()
