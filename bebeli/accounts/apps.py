"""The accounts room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People and who may act for whom."""

    name = "bebeli.accounts"
    label = "accounts"
    verbose_name = _("Akun")

    def ready(self) -> None:
        """Tell the doors who holds which office, and readers which mails of the account they get."""
        from bebeli.accounts import letters, roles  # noqa: PLC0415  models load after the apps
        from bebeli.kit.access import register_role  # noqa: PLC0415
        from bebeli.notices.kinds import register_group  # noqa: PLC0415

        register_role("finance", roles.is_finance)
        register_role("books", roles.reads_the_books)
        register_role("officer", roles.is_officer)
        register_role("complaints", roles.decides_complaints)
        register_role("auditor", roles.is_auditor)
        register_role("civil_servant", roles.is_civil_servant)
        register_role("company", roles.is_company_buyer)
        register_group(letters.SAFETY)
