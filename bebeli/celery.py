"""The worker's application: tasks are found by name, the queue itself lives in Postgres."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bebeli.settings")

app = Celery("bebeli", task_cls="bebeli.kit.worker:LoggedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
