"""Who may do what, asked of rows."""

from __future__ import annotations

from django.db.models import Q

from bebeli.accounts.models import Appointment
from bebeli.kit import clock


def holds(user_id: int, role: str) -> bool:
    """Tell whether a person is appointed to a role now."""
    now = clock.now()
    return Appointment.objects.filter(
        Q(until=None) | Q(until__gt=now), user_id=user_id, role=role, since__lte=now, user__is_active=True
    ).exists()


def is_finance(user_id: int) -> bool:
    """Tell whether a person pays for the regency's shop."""
    return holds(user_id, Appointment.Role.FINANCE)


def is_officer(user_id: int) -> bool:
    """Tell whether a person works at the Dinas."""
    return holds(user_id, Appointment.Role.OFFICER)


def is_auditor(user_id: int) -> bool:
    """Tell whether a person may look at everything."""
    return holds(user_id, Appointment.Role.AUDITOR)
