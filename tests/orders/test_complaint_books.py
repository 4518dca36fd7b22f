"""The books know complaints: silence while they are right, and a name for every lie."""

from __future__ import annotations

import pytest
from django.db import connection

from bebeli.orders import books
from bebeli.orders.actions.decide_complaint import Decision, decide_complaint
from bebeli.orders.actions.offer_complaint import accept_offer, agree_complaint
from tests import grievances
from tests.orders.corruptions import OF_COMPLAINTS

pytestmark = pytest.mark.django_db

GUARDS = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE orders_complaint DROP CONSTRAINT orders_complaint_closed_when",
    "ALTER TABLE orders_complaint DROP CONSTRAINT orders_complaint_decided_by_somebody",
)


@pytest.fixture
def lived() -> None:
    """One unanswered, one with an officer, one about a completed order, two settled, two decided."""
    grievances.asked()
    grievances.escalated()
    grievances.about(grievances.completed())
    agreed, offered = grievances.asked(wish="part", amount=30_000), grievances.offered(20_000)
    agree_complaint(agreed.pk, grievances.maker(agreed))
    accept_offer(offered.pk, grievances.buyer(offered), 20_000)
    whole, part = grievances.escalated(), grievances.escalated()
    decide_complaint(whole.pk, grievances.officer().pk, Decision("full", "Pecah semua."))
    line = part.lines.get().pk
    decide_complaint(part.pk, grievances.officer().pk, Decision("partial", "Sebagian.", {line: 10_000}))


@pytest.mark.usefixtures("lived")
def test_a_shop_with_complaints_is_right() -> None:
    assert books.check() == []


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(("code", "statement"), [(code, text) for code, texts in OF_COMPLAINTS.items() for text in texts])
def test_a_lie_about_a_complaint_is_named(code: str, statement: str) -> None:
    with connection.cursor() as cursor:
        for guard in GUARDS:
            cursor.execute(guard)
        cursor.execute(statement)
        assert cursor.rowcount > 0
    assert code in {violation.code for violation in books.check()}
