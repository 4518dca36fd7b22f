"""What the books and the rows hold of money that went out twice: each lie is named, or cannot be written."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from bebeli.kit import clock
from bebeli.orders import books
from bebeli.orders.actions.recover_double import recover_double
from bebeli.orders.actions.refute_double import refute_double
from bebeli.orders.models import DoubleRefund, Entry
from tests import world
from tests.doubling import for_nothing, of_an_order, written_off
from tests.orders.test_doubles import right

pytestmark = pytest.mark.django_db
CORRUPTIONS = {
    "I68": (
        "UPDATE orders_doublerefund SET amount = amount + 1 WHERE state = 'open'",
        "UPDATE orders_doublerefund SET amount = amount + 1 WHERE state = 'recovered'",
        "UPDATE orders_doublerefund SET amount = amount + 1 WHERE state = 'written_off'",
        "UPDATE orders_doublerefund SET state = 'restored' WHERE state = 'written_off'",
        "UPDATE orders_doublerefund SET amount = amount + 1 WHERE state = 'not_taken'",
        "UPDATE orders_doublerefund SET state = 'recovered' WHERE state = 'not_taken'",
        "UPDATE orders_doublerefund SET state = 'recovered', reference = 'x' WHERE state = 'written_off'",
        "UPDATE orders_doublerefund SET ended_with_id = opened_with_id WHERE state = 'recovered'",
        "UPDATE orders_doublerefund SET opened_with_id = ended_with_id WHERE state = 'recovered'",
        "UPDATE orders_doublerefund SET approved_by_id = proposed_by_id WHERE state = 'written_off'",
        "DELETE FROM orders_doublerefund WHERE state = 'open'",
        "DELETE FROM orders_doublerefund WHERE state = 'written_off'",
        "UPDATE orders_entry SET attempt_id = NULL WHERE kind = 'double_recovered'",
    ),
    "I30": (
        "UPDATE orders_doublerefund SET amount = amount + 1 WHERE state = 'open'",
        "UPDATE orders_doublerefund SET opened_at = now() - interval '15 days' WHERE state = 'open'",
    ),
}
GUARDS = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    "ALTER TABLE orders_entry DISABLE TRIGGER USER",
    "ALTER TABLE orders_doublerefund DROP CONSTRAINT orders_double_two_people",
    "ALTER TABLE orders_doublerefund DROP CONSTRAINT orders_double_ended_by_somebody",
)


@pytest.fixture
def each_end() -> None:
    """One open, one paid back, one written off, one never taken."""
    for_nothing()
    recover_double(of_an_order().pk, world.finance().pk, "FT-2026-77")
    written_off(of_an_order())
    refute_double(of_an_order().pk, world.finance().pk, "laporan 12 November")
    assert right()


@pytest.mark.usefixtures("each_end")
@pytest.mark.parametrize(("code", "lie"), [(code, lie) for code, lies in CORRUPTIONS.items() for lie in lies])
def test_the_books_name_a_lie_about_it(code: str, lie: str) -> None:
    with connection.cursor() as cursor:
        for guard in GUARDS:
            cursor.execute(guard)
        cursor.execute(lie)
        assert cursor.rowcount > 0
    assert code in {found.code for found in books.check()}


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": 0},
        {"state": "recovered", "reference": "FT-1"},
        {"proposed_by": 1, "proposed_at": clock.now()},
        {"approved_by": 1},
    ],
)
def test_the_row_holds_how_it_ends(fields: dict[str, Any]) -> None:
    case = for_nothing()
    officer = world.finance()
    fields = {name: officer if name.endswith("_by") else value for name, value in fields.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        DoubleRefund.objects.filter(pk=case.pk).update(**fields)


def test_one_person_cannot_be_two_even_in_the_row() -> None:
    case = written_off(for_nothing())
    with pytest.raises(IntegrityError), transaction.atomic():
        DoubleRefund.objects.filter(pk=case.pk).update(proposed_by=case.approved_by)
    assert Entry.objects.filter(kind="double_written_off").count() == 1
