"""Whose money a person may promise: finance the platform's and the regency's, an officer the regency's."""

from __future__ import annotations

from bebeli.accounts import roles
from bebeli.accounts.models import Appointment
from bebeli.vouchers.models import Voucher

P = Voucher.Payer


def makes_vouchers(user_id: int) -> bool:
    """Tell whether a person makes campaigns of the regency or the platform."""
    return roles.holds(user_id, Appointment.Role.FINANCE, Appointment.Role.OFFICER)


def reads_vouchers(user_id: int) -> bool:
    """Tell whether a person may look at the campaigns: those who make them, and the auditor."""
    return roles.holds(user_id, Appointment.Role.FINANCE, Appointment.Role.OFFICER, Appointment.Role.AUDITOR)


def is_at_finance(user_id: int) -> bool:
    """Tell whether a person's other tabs are those of finance's desk."""
    return roles.reads_the_books(user_id)


def purses_of(user_id: int) -> frozenset[str]:
    """Return whose money a person may promise, beside a stall's own."""
    if roles.is_finance(user_id):
        return frozenset({P.PLATFORM, P.REGENCY})
    return frozenset({P.REGENCY}) if roles.is_officer(user_id) else frozenset()
