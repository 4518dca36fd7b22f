"""The nouns of the accounts room."""

from bebeli.accounts.models.address import Address
from bebeli.accounts.models.agency import Agency, AgencyDuty, CivilServant
from bebeli.accounts.models.company import Company, CompanyMember
from bebeli.accounts.models.token import ApiToken
from bebeli.accounts.models.user import Appointment, Consent, User

__all__ = [
    "Address",
    "Agency",
    "AgencyDuty",
    "ApiToken",
    "Appointment",
    "CivilServant",
    "Company",
    "CompanyMember",
    "Consent",
    "User",
]
