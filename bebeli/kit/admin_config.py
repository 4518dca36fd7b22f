"""Django's administration with our own site in its place."""

from django.contrib.admin.apps import AdminConfig


class OperatorConfig(AdminConfig):
    """The site operators enter."""

    default_site = "bebeli.kit.admin_site.OperatorSite"
