"""The accounts room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and who may act for whom."""

    name = "bebeli.accounts"
    label = "accounts"
    verbose_name = _("Akun")
