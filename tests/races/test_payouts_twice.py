"""A payout that arrived after it was given back is booked once, however many press. With the guard taken off."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from bebeli.kit.errors import Refused
from bebeli.orders import books
from bebeli.orders.actions import owe_payout as owing
from bebeli.orders.actions.lock_payout import refuse_own
from bebeli.orders.actions.owe_payout import owe_payout
from bebeli.orders.actions.take_payout import take_payout
from bebeli.orders.models import Entry, Payout
from tests import payees, world
from tests.orders.test_owe_payout import arrived
from tests.races.crowd import all_at_once
from tests.races.guards import unlock
from tests.sizes import size

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

OWED = size("RACE_PAYOUTS_OWED", 3, 50)


def test_two_clicks_and_two_officers_owe_a_payout_once() -> None:
    made = [arrived(payees.earned(world.seller())) for _number in range(OWED)]
    officers = [world.finance().pk for _number in range(2)]
    for one in made:
        take_payout(one.pk, officers[0])

    def act(job: tuple[int, int]) -> str:
        try:
            owe_payout(*job)
        except Refused as refusal:
            return refusal.code
        return "owed"

    said = all_at_once(act, [(one.pk, officer) for one in made for officer in officers * 3], 12)
    assert set(said) <= {"owed", "taken", "payout_moved", "busy"}
    assert Entry.objects.filter(kind="payout_owed").count() == OWED
    assert books.check() == []


def test_without_the_lock_the_books_refuse_the_second_booking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other click books it between our reading and our writing: only the entry's key stops the second debt."""
    one, officer = arrived(), world.finance().pk
    take_payout(one.pk, officer)
    unlock(monkeypatch)

    def rival_acts(found: Payout, user_id: int) -> None:
        monkeypatch.setattr(owing, "refuse_own", refuse_own)
        refuse_own(found, user_id)
        all_at_once(lambda pk: owe_payout(pk, user_id), [one.pk], 1)

    monkeypatch.setattr(owing, "refuse_own", rival_acts)
    with pytest.raises(IntegrityError):
        owe_payout(one.pk, officer)
    assert Entry.objects.filter(kind="payout_owed").count() == 1
