"""Orders that arrived before the days were kept: those that may still be complained about keep the days of now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import migrations
from django.db.models import Q

from bebeli.kit import clock


def keep(apps: Any, _schema_editor: Any) -> None:
    """Write the present setting where a window is open, or has not begun to run."""
    is_open = Q(closed_at=None) | Q(closed_at__gte=clock.now() - timedelta(days=settings.COMPLAINT_DAYS))
    arrived = Q(status__in=["delivered", "disputed", "completed", "held"], delivered_at__isnull=False, complaint_days=None)
    apps.get_model("orders", "Order").objects.filter(is_open & arrived).update(complaint_days=settings.COMPLAINT_DAYS)


class Migration(migrations.Migration):
    """Days of windows that are open now."""

    dependencies = [("orders", "0031_days_to_complain")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop, elidable=True)]
