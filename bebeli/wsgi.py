"""The web server's door."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bebeli.settings")

application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # every door is loaded before the first visitor, not by them
