"""Which of the static files are served: what the style sheet is made from stays at home."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class ServedFilesConfig(StaticFilesConfig):
    """Sources and scripts are not collected; the manifest would also fail on the sources' own imports."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "src", "*.py", "*.sha256"]
