"""People for the tests of this room."""

from __future__ import annotations

import re

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from bebeli.accounts.addressing import AddressValue
from bebeli.accounts.models import User

PASSWORD = "kerupuk-ikan-gurih"
VILLAGE = "32.16.09.2001"


def person(email: str = "siti@example.com", name: str = "Siti Aminah") -> User:
    """Return somebody whose address is proved."""
    user = User.objects.create_user(email, PASSWORD, name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def signed_in(user: User) -> Client:
    """Return a browser in which a person is logged in."""
    client = Client()
    client.force_login(user)
    return client


def mailed_code() -> str:
    """Return the code in the last mail."""
    found = re.search(r"^ {4}(\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found is not None
    return found[1]


def home(**changes: str) -> AddressValue:
    """Return an address in Kabupaten Bekasi."""
    value = {
        "recipient": "Siti Aminah",
        "phone": "0812-3456-7890",
        "region_code": VILLAGE,
        "street": "Jalan Melati 5, RT 02/RW 03",
        "postal_code": "17530",
        **changes,
    }
    return AddressValue(**value)
