"""Who may do what, asked of rows."""

from __future__ import annotations

from django.db.models import Q

from bebeli.accounts.models import Appointment, CivilServant, CompanyMember, User
from bebeli.kit import clock

BOOKS = frozenset({Appointment.Role.FINANCE, Appointment.Role.AUDITOR})  # who sees the shop's money
COMPLAINTS = frozenset({Appointment.Role.OFFICER, Appointment.Role.FINANCE})  # who sees buyers' complaints


def holds(user_id: int, *any_of: str) -> bool:
    """Tell whether a person is appointed to one of these roles now."""
    now = clock.now()
    return Appointment.objects.filter(
        Q(until=None) | Q(until__gt=now), user_id=user_id, role__in=any_of, since__lte=now, user__is_active=True
    ).exists()


def offices_of(user_id: int) -> frozenset[str]:
    """Return everything a person is appointed to now."""
    now = clock.now()
    duty = Appointment.objects.filter(Q(until=None) | Q(until__gt=now), user_id=user_id, since__lte=now, user__is_active=True)
    return frozenset(duty.values_list("role", flat=True))


def holders(role: str) -> list[User]:
    """Return everybody appointed to a role now."""
    now = clock.now()
    duty = Appointment.objects.filter(Q(until=None) | Q(until__gt=now), role=role, since__lte=now, user__is_active=True)
    return [appointment.user for appointment in duty.select_related("user").order_by("pk")]


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
    """Tell whether a person may see the shop's money: finance, which acts, and the auditor, who only looks."""
    return holds(user_id, *BOOKS)


def decides_complaints(user_id: int) -> bool:
    """Tell whether a person may see complaints and their evidence: officers, who decide, and finance, which pays."""
    return holds(user_id, *COMPLAINTS)


def is_civil_servant(user_id: int) -> bool:
    """Tell whether a person works for an agency."""
    return CivilServant.objects.filter(user_id=user_id, user__is_active=True).exists()


def is_company_buyer(user_id: int) -> bool:
    """Tell whether a person buys for a company."""
    return CompanyMember.objects.filter(user_id=user_id, user__is_active=True).exists()
