"""Who may do what, asked of rows."""

from __future__ import annotations

from django.db.models import Q

from bebeli.accounts.models import Appointment, CivilServant, CompanyMember
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


def reads_the_books(user_id: int) -> bool:
    """Tell whether a person may look at what was put on paper: finance and auditors."""
    return is_finance(user_id) or is_auditor(user_id)


def is_civil_servant(user_id: int) -> bool:
    """Tell whether a person works for an agency."""
    return CivilServant.objects.filter(user_id=user_id, user__is_active=True).exists()


def is_company_buyer(user_id: int) -> bool:
    """Tell whether a person buys for a company."""
    return CompanyMember.objects.filter(user_id=user_id, user__is_active=True).exists()
