"""The composition root: settings, addresses, the worker. Rooms are the apps beside it."""

from bebeli.celery import app as celery_app

__all__ = ["celery_app"]
